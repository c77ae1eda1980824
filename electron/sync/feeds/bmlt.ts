import type { FeedCounts, FeedProblem, RowRemark } from '../../contract/models.ts'
import { ok, type Result } from '../../contract/result.ts'
import { isKnownKey, rawOf } from './bmlt-fields.ts'
import { indexFormats } from './bmlt-formats.ts'
import { type BmltReading, type BmltTools, readBmltRow } from './bmlt-row.ts'
import { type BmltSource, findMeetings, rowsOf, type SourceRow, withheldBecause } from './bmlt-source.ts'
import { createFormatsReader } from './bmlt-types.ts'
import { clockText, createZoneReader } from './day-time.ts'
import { openJson } from './json.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings, ReadMeeting } from './reader.ts'
import { createRemarks, inRows, noRemarks, type Remarks } from './remarks.ts'
import { maxRows, tooManyRows } from './row-limit.ts'
import { quoted } from './text.ts'
import { createWhose } from './whose.ts'
import { createZoneCheck } from './zone-check.ts'

/**
 * Answers of BMLT servers, Narcotics Anonymous world-wide (feeds.md 4). Invariant: every row of the answer ends
 * in exactly one of shown, by appointment, inactive and refused, and no row is ever held with all others: the
 * first walk counts and remarks, each later one makes the meetings again.
 */
export const bmltReader: Reader = {
  format: 'bmlt',
  recognizes: (head) =>
    /^\s*[[{]/.test(head) &&
    (/"(?:id_bigint|weekday_tinyint|format_type_enum|versionInt|change_type)"\s*:/.test(head) ||
      /^\s*\{\s*"meetings"\s*:\s*\[\s*\]\s*,\s*"formats"/.test(head) ||
      /^\s*\[\s*\{[^{}]*"parent_id"\s*:[^{}]*"(?:helpline|world_id)"/.test(head)),
  read,
}

function read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const json = openJson(source)
  if (!json.ok) return json
  const found = findMeetings(json.value)
  if (!found.ok) return found
  if (found.value.meetings.count() > maxRows) return tooManyRows
  const scheme = dayScheme(found.value)
  if (scheme !== null) return ok(refusedWhole(scheme.rows, scheme.where))
  return ok(readAnswer(found.value, settings))
}

function readAnswer(source: BmltSource, settings: ReaderSettings): FeedReading {
  const index = indexFormats(source.formats)
  const tools = {
    settings,
    whose: createWhose(settings)({ format: { name: 'BMLT', fellowship: 'na' } }),
    readFormats: createFormatsReader(index),
    hasFormats: index.hasFormats,
    readZone: createZoneReader(),
  }
  const remarks = createRemarks()
  const counts = { read: 0, shown: 0, byAppointment: 0, inactive: 0, refused: 0 }
  const refused: RowRemark[] = []
  const zones = createZoneCheck(settings, remarks)
  let decodedNothing = false
  for (const { where, outcome } of walk(source, { ...tools, remarks })) {
    counts.read += 1
    if (typeof outcome === 'string') {
      refused.push({ where, reason: outcome })
      counts.refused += 1
      continue
    }
    counts[countOf(outcome.meeting)] += 1
    zones.see(outcome)
    decodedNothing ||= !index.hasFormats && outcome.meeting.types.length > 0
  }
  if (decodedNothing) remarks.warn('feed', 'no-formats', noFormats)
  zones.warn()
  return {
    format: 'bmlt',
    counts,
    meetings: {
      *[Symbol.iterator]() {
        for (const { outcome } of walk(source, { ...tools, remarks: noRemarks })) {
          if (typeof outcome !== 'string') yield outcome.meeting
        }
      },
    },
    refused,
    warnings: remarks.all(),
    proposed: { name: null, zone: null },
  }
}

const noFormats =
  'The answer names the formats of its meetings by letters of its server only, without their meaning: what is open to anyone, and in which language, is not known. Ask with get_used_formats=1, or give the address of the server itself.'

type Walked = { readonly where: string; readonly outcome: BmltReading | string }

/** One walk over the rows: the meeting of each, or the reason why it is refused. */
function* walk(source: BmltSource, tools: BmltTools): Generator<Walked> {
  const starts = new Map<string, string[]>()
  for (const sourceRow of rowsOf(source.meetings)) {
    const where = whereOf(sourceRow)
    const outcome = readOne(sourceRow, where, tools)
    yield {
      where,
      outcome: typeof outcome === 'string' ? outcome : apart(outcome, starts, where, tools.remarks),
    }
  }
}

function readOne(sourceRow: SourceRow, where: string, tools: BmltTools): BmltReading | string {
  if (sourceRow.row === null) return sourceRow.reason
  const { row } = sourceRow
  const withheld = withheldBecause(row)
  if (withheld !== null) return withheld
  for (const key of Object.keys(row)) {
    if (isKnownKey(key) || rawOf(row, key) === null) continue
    tools.remarks.tally(
      'unknown-key',
      key,
      (rows) => `The key ${quoted(key)} ${inRows(rows)} is one of this server's own; it was not read.`,
    )
  }
  try {
    return readBmltRow(row, where, tools)
  } catch {
    // A boundary: one odd row must not cost the others. Its text stays out of the reason.
    return 'unreadable: the row could not be read; please report this feed to the makers of this program.'
  }
}

/**
 * A second row of the same id and server: the same day and time again says nothing new; another one is another
 * meeting, told apart by it.
 */
function apart(
  reading: BmltReading,
  starts: Map<string, string[]>,
  where: string,
  remarks: Remarks,
): BmltReading | string {
  const { meeting } = reading
  const identity = `${meeting.part} ${meeting.key}`
  const [rule] = meeting.rules
  const when = rule?.form === 'weekly' ? `${rule.weekday}-${clockText(rule.startMinute)}` : 'appointment'
  const known = starts.get(identity)
  if (known === undefined) {
    starts.set(identity, [when])
    return reading
  }
  if (known.includes(when)) return 'repeated: the answer has this meeting twice; the first is kept.'
  known.push(when)
  remarks.warn(where, 'duplicate-id', 'Another row has the same id; both are kept.')
  return { ...reading, meeting: { ...meeting, part: `${meeting.part} ${when}`.trim() } }
}

function countOf(meeting: ReadMeeting): keyof Omit<FeedCounts, 'read' | 'refused'> {
  if (meeting.attendance === 'inactive') return 'inactive'
  return meeting.rules.length === 0 ? 'byAppointment' : 'shown'
}

/**
 * Days are 1 to 7 here. A 0 where nobody says 7 is another way of counting, and every day would be one off
 * (feeds.md 1.3).
 */
function dayScheme({ meetings }: BmltSource): { readonly rows: number; readonly where: string } | null {
  let rows = 0
  let where: string | null = null
  for (const sourceRow of rowsOf(meetings)) {
    rows += 1
    const day = sourceRow.row === null ? null : rawOf(sourceRow.row, 'weekday_tinyint')
    if (day === '7') return null
    if (day === '0') where ??= whereOf(sourceRow)
  }
  return where === null ? null : { rows, where }
}

function refusedWhole(rows: number, where: string): FeedReading {
  const reason =
    'wrong-day-scheme: A day has the number 0, but BMLT counts from 1 (Sunday) to 7 (Saturday). The file counts ' +
    `days another way, so every day of it could be wrong, and none was taken. First seen in ${where}. ` +
    'Give the address of the server itself as the feed.'
  return {
    format: 'bmlt',
    counts: { read: rows, shown: 0, byAppointment: 0, inactive: 0, refused: rows },
    meetings: [],
    problem: 'wrong_day_scheme',
    refused: [{ where: 'feed', reason }],
    warnings: [],
    proposed: { name: null, zone: null },
  }
}

function whereOf({ number, row }: SourceRow): string {
  const id = row === null ? null : rawOf(row, 'id_bigint')
  return id === null ? `row ${number}` : `row ${number} (${quoted(id).slice(1, -1)})`
}
