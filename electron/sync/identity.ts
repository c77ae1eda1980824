import { createHash } from 'node:crypto'
import { v5 } from 'uuid'
import { plainName } from '../domain/name-similarity.ts'
import type { Rule } from '../domain/schedule.ts'
import { normalizedPostalCode, normalizedStreet } from '../domain/street.ts'
import type { ReadMeeting } from './feeds/reader.ts'

/** Fixed for ever: another value would give every meeting of every machine another id. */
const meetingNamespace = '6d1f0c0e-6f2b-4c63-9b52-0f2f4c1c5a77'

/**
 * The id of a feed's meeting: two machines that read the same canonical address agree on it without
 * asking each other. `part` tells apart the meetings of one key.
 */
export function meetingId(canonicalAddress: string, key: string, part: string): string {
  return v5(JSON.stringify([canonicalAddress, key, part]), meetingNamespace)
}

/**
 * Hash of what a visitor or staff could see of a meeting (feeds.md 2.10): the only trusted sign of a
 * change. Left out: the feed's own date of change, white space, the order of types and languages,
 * coordinates beyond five decimals (one meter).
 */
export function contentHash(meeting: ReadMeeting): string {
  const { place } = meeting
  return sha256(
    withoutExtraSpace([
      meeting.name,
      meeting.kind,
      meeting.fellowship,
      meeting.audience,
      meeting.decidedBy,
      meeting.group,
      meeting.notes,
      sorted(meeting.types.map((type) => JSON.stringify([type.code, type.label, type.es, type.weeks]))),
      sorted(meeting.languages),
      meeting.openness,
      meeting.openWeeks ?? [],
      meeting.wheelchair,
      meeting.attendance,
      place === null
        ? null
        : [
            place.name,
            place.street,
            place.city,
            place.region,
            place.postalCode,
            place.country,
            place.address,
            place.note,
            place.latitude?.toFixed(5) ?? null,
            place.longitude?.toFixed(5) ?? null,
            place.approximate,
          ],
      meeting.onlineUrl,
      meeting.onlineNote,
      meeting.phone,
      meeting.phoneNote,
      meeting.provider,
      meeting.rules,
      meeting.sourceName,
    ]),
  )
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** White space at the ends of a text, twice in a row, or other than a blank; escaped or not. */
const extraSpace = /" | "|  |[^\S ]|\\[bfnrtu]/u

/** As JSON, each run of white space in a text as one blank. Most lists have no such text: they cost no walk. */
function withoutExtraSpace(values: readonly unknown[]): string {
  const json = JSON.stringify(values)
  return extraSpace.test(json) ? JSON.stringify(values, collapseSpace) : json
}

function collapseSpace(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : value
}

/** The parts of a fingerprint; `place` is empty for a meeting without one. */
export type Fingerprint = { readonly when: string; readonly name: string; readonly place: string }

/**
 * What stays when a feed renumbers itself (feeds.md 2.9): fellowship, weekday, start, name, street or
 * postal code. Text and not a hash, so that a meeting with a slightly other name can be found too.
 */
export function fingerprintOf(meeting: ReadMeeting): string {
  const place =
    meeting.attendance === 'online'
      ? ''
      : normalizedStreet(meeting.place?.street ?? null) ||
        normalizedPostalCode(meeting.place?.postalCode ?? null)
  return [meeting.fellowship, startOf(meeting.rules[0]), plainName(meeting.name), place].join('|')
}

export function parseFingerprint(fingerprint: string): Fingerprint {
  const [fellowship = '', start = '', name = '', place = ''] = fingerprint.split('|')
  return { when: `${fellowship}|${start}`, name, place }
}

function startOf(rule: Rule | undefined): string {
  if (rule === undefined) return 'by appointment'
  return rule.form === 'weekly' ? `${rule.weekday} ${rule.startMinute}` : `${rule.start} ${rule.rrule ?? ''}`
}

/** Hex SHA-256 of bytes or text. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}
