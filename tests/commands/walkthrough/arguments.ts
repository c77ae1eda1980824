import { err, ok, type Result } from '../../../electron/contract/result.ts'
import { isZone } from '../../../electron/domain/zones.ts'
import { fellowshipId } from '../feed/arguments.ts'

export type WalkthroughFeed = { readonly source: string; readonly fellowship: string | null }

export type WalkthroughArguments = {
  readonly feeds: readonly WalkthroughFeed[]
  readonly clubs: readonly string[]
  readonly now: string
  readonly zone: string
  readonly latitude: number
  readonly longitude: number
  readonly here: readonly string[]
  readonly locale: 'en' | 'es'
  readonly out: string
}

export const usage = `Usage: npm run walkthrough -- --feed FILE_OR_URL [--fellowship ID] [--feed ... ] --clubs FILE_OR_URL
         --now ISO --zone ZONE --at LAT,LON [--here KEY] [--locale en|es] --out DIR

  --feed        a list of peer groups, as a file or an address; may stand several times
  --fellowship  fellowship of the --feed before it, such as aa, na or al-anon
  --clubs       a calendar of clubs, as a file or an address; may stand several times
  --now         the instant to show, such as 2026-11-24T15:00:00Z
  --zone        time zone of the center, such as America/New_York
  --at          where the center is, such as 39.95,-75.16
  --here        key of a meeting (slug, id or UID) that is held at the center; may stand several times
  --locale      language of the screens and the hand-out; en unless told
  --out         folder for screenshots, handout.pdf and report.json

Exit code: 0 done, 1 no usable feed, 2 wrong arguments, 3 a step failed (the report is still written).`

const names = ['feed', 'fellowship', 'clubs', 'now', 'zone', 'at', 'here', 'locale', 'out'] as const
type Name = (typeof names)[number]
const manyTimes: readonly Name[] = ['feed', 'fellowship', 'clubs', 'here']

/** Reads the words after `--`. The error's `detail` is one sentence that says what to mend. */
export function parseWalkthroughArguments(words: readonly string[]): Result<WalkthroughArguments, 'usage'> {
  const given = readOptions(words)
  if (!given.ok) return given
  const feeds: WalkthroughFeed[] = []
  for (const { name, value } of given.value) {
    if (name === 'feed') feeds.push({ source: value, fellowship: null })
    if (name !== 'fellowship') continue
    const last = feeds.pop()
    if (last === undefined) return err('usage', '--fellowship stands after the --feed that it is about.')
    if (last.fellowship !== null) return err('usage', 'One --feed has two --fellowship.')
    const fellowship = fellowshipId(value)
    if (fellowship === undefined) {
      return err('usage', `--fellowship ${value} is not known; aa, na and al-anon are some that are.`)
    }
    feeds.push({ ...last, fellowship })
  }
  const all = (name: Name) =>
    given.value.filter((option) => option.name === name).map((option) => option.value)
  const one = (name: Name) => all(name)[0] ?? null
  const [now, zone, at, out] = [one('now'), one('zone'), one('at'), one('out')]
  const clubs = all('clubs')
  if (feeds.length === 0 && clubs.length === 0) return err('usage', 'Give at least one --feed or --clubs.')
  if (now === null || zone === null || at === null || out === null) {
    return err('usage', 'These are needed: --now, --zone, --at and --out.')
  }
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(now) ||
    Number.isNaN(Date.parse(now))
  ) {
    return err('usage', '--now is an instant with its offset, such as 2026-11-24T15:00:00Z.')
  }
  if (!isZone(zone)) return err('usage', '--zone is the name of a time zone, such as America/New_York.')
  const place = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(at)
  const latitude = Number(place?.[1] ?? 'x')
  const longitude = Number(place?.[2] ?? 'x')
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    return err('usage', '--at is latitude and longitude in degrees, such as 39.95,-75.16.')
  }
  const locale = one('locale') ?? 'en'
  if (locale !== 'en' && locale !== 'es') return err('usage', '--locale is en or es.')
  const here = all('here')
  return ok({ feeds, clubs, now: new Date(now).toISOString(), zone, latitude, longitude, here, locale, out })
}

function readOptions(
  words: readonly string[],
): Result<readonly { readonly name: Name; readonly value: string }[], 'usage'> {
  const options: { readonly name: Name; readonly value: string }[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [flag = '', ...rest] = word.split('=')
    const name = names.find((candidate) => flag === `--${candidate}`)
    if (name === undefined) return err('usage', `${word} is not an option.`)
    let value: string | undefined = rest.join('=')
    if (!word.includes('=')) {
      at += 1
      value = words[at]
    }
    // A negative latitude starts with a hyphen; an option starts with two.
    if (value === undefined || value === '' || value.startsWith('--'))
      return err('usage', `${flag} needs a value.`)
    if (!manyTimes.includes(name) && options.some((option) => option.name === name)) {
      return err('usage', `${flag} stands twice.`)
    }
    options.push({ name, value })
  }
  return ok(options)
}
