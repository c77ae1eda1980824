import { parseArgs } from 'node:util'
import type { FellowshipId, LocalDate } from '../../../electron/contract/models.ts'
import { err, ok, type Result } from '../../../electron/contract/result.ts'
import { createFellowshipMatcher } from '../../../electron/domain/fellowships.ts'
import { knownZone } from '../../../electron/sync/feeds/day-time.ts'
import { codeTables, fellowships } from '../../../electron/sync/feeds/directory.ts'

export type FeedArguments = {
  readonly source: string
  readonly json: boolean
  readonly fellowship: FellowshipId | null
  readonly zone: string
  /** False when `zone` is the machine's own because none was given. */
  readonly zoneGiven: boolean
  readonly dates: { readonly from: LocalDate; readonly days: number } | null
}

/** No list of dates is longer (design ruling "Windows and sizes"). */
const maxDays = 400

export const usage = `Usage: npm run -s feed -- FILE_OR_URL [--json] [--fellowship ID] [--zone ZONE] [--from DATE --days N]

  --json        nothing but JSON on standard output
  --fellowship  whose meetings they are, such as aa, na or al-anon; type codes are read by it
  --zone        time zone of rows that name none and of the dates, such as America/New_York;
                the zone of this machine unless told
  --from        first date to list, such as 2026-11-24
  --days        how many days to list, 1 to ${maxDays}
  --help        this text

Exit code: 0 read, 1 nothing usable in it, 2 wrong arguments.`

/** Reads the words after `--`, in any order. The error's `detail` is one sentence that says what to mend. */
export function parseFeedArguments(
  words: readonly string[],
  systemZone: string,
): Result<FeedArguments | 'help', 'usage'> {
  const parsed = parse(words)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.help === true) return ok('help')
  const [source, ...more] = positionals
  if (source === undefined || source === '') return err('usage', 'Give a file or an address.')
  if (more.length > 0) return err('usage', `One file or address at a time; ${more.length + 1} were given.`)

  const zone = values.zone === undefined ? systemZone : knownZone(values.zone)
  if (zone === null) return err('usage', '--zone is the name of a time zone, such as America/New_York.')
  const fellowship = values.fellowship === undefined ? null : fellowshipId(values.fellowship)
  if (fellowship === undefined) {
    const ids = fellowships.map(({ id }) => id).join(', ')
    return err('usage', `--fellowship is not known. These are: ${ids}.`)
  }
  if ((values.from === undefined) !== (values.days === undefined)) {
    return err('usage', '--from and --days belong together.')
  }
  const settings = {
    source,
    json: values.json === true,
    fellowship,
    zone,
    zoneGiven: values.zone !== undefined,
  }
  if (values.from === undefined || values.days === undefined) return ok({ ...settings, dates: null })
  if (!isDate(values.from)) return err('usage', '--from is a date, such as 2026-11-24.')
  const days = /^\d+$/.test(values.days) ? Number(values.days) : 0
  if (days < 1 || days > maxDays) return err('usage', `--days is a number from 1 to ${maxDays}.`)
  return ok({ ...settings, dates: { from: values.from, days } })
}

function parse(words: readonly string[]) {
  try {
    return ok(
      parseArgs({
        args: [...words],
        allowPositionals: true,
        options: {
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
          fellowship: { type: 'string' },
          zone: { type: 'string' },
          from: { type: 'string' },
          days: { type: 'string' },
        },
      }),
    )
  } catch (error) {
    // What `parseArgs` throws is a sentence about the option, made for the one who typed it.
    return err('usage', error instanceof Error ? error.message : 'The arguments could not be read.')
  }
}

/** An id, name or abbreviation of the directory, or an id that only has type codes; undefined for others. */
export function fellowshipId(text: string): FellowshipId | undefined {
  const named = createFellowshipMatcher(fellowships).named(text)
  return named ?? codeTables.find(({ id }) => id === text.toLowerCase())?.id
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
