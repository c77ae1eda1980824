import type { FeedCounts, FeedProblem, RowRemark } from '../../contract/models.ts'
import { ok, type Result } from '../../contract/result.ts'
import { clockText, createZoneReader, saysSeven } from './day-time.ts'
import { parseJson } from './json.ts'
import { isKnownKey, rawText, type Row, valueOf, withheldBecause } from './meeting-guide-fields.ts'
import { readRow, type RowReading, type RowTools } from './meeting-guide-row.ts'
import { findRows, type Source, type SourceRow } from './meeting-guide-source.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings, ReadMeeting } from './reader.ts'
import { createRemarks, inRows, type Remarks } from './remarks.ts'
import { quoted } from './text.ts'
import { createTypesReader } from './types.ts'
import { createWhose } from './whose.ts'

/**
 * The Meeting Guide / TSML format (feeds.md 2). Invariant: every row of the source ends in exactly one of
 * shown, by appointment, inactive and refused, and what a row looks like never ends the run (2.12).
 *
 * A row that is inactive and has no time counts as inactive: nobody can come to it or join it, so it must
 * not stand on the page of meetings by appointment either.
 */
export const meetingGuideReader: Reader = {
  format: 'meeting-guide',
  recognizes: (head) => /^\s*[[{]/.test(head) && !/"id_bigint"/.test(head),
  read,
}

/** More degrees of longitude than one time zone has (feeds.md 2.4). */
const zoneWidthDegrees = 7.5

function read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const json = parseJson(source.text())
  if (!json.ok) return json
  const found = findRows(json.value)
  if ('lone' in found) return ok(refusedWhole('wrong_format', 1, found.lone))
  if (!found.ok) return found
  const { rows } = found.value
  const seven = rows.find(({ row }) => row !== null && saysSeven(valueOf(row, 'day')))
  if (seven !== undefined) return ok(refusedWhole('wrong_day_scheme', rows.length, wrongDays(seven)))
  return ok(readRows(found.value, settings))
}

function readRows(source: Source, settings: ReaderSettings): FeedReading {
  const remarks = createRemarks()
  const tools: RowTools = {
    settings,
    table: source.table,
    whose: createWhose(settings),
    readTypes: createTypesReader(),
    readZone: createZoneReader(),
    remarks,
  }
  const refused: RowRemark[] = []
  const readings: (RowReading & { readonly where: string })[] = []
  for (const sourceRow of source.rows) {
    const where = whereOf(sourceRow)
    const outcome = readOne(sourceRow, where, tools)
    if (typeof outcome === 'string') refused.push({ where, reason: outcome })
    else readings.push({ ...outcome, where })
  }
  const meetings = withParts(readings, remarks)
  warnOfZones(readings, settings, remarks)
  return {
    format: 'meeting-guide',
    counts: countsOf(readings, refused.length),
    meetings,
    refused,
    warnings: [...source.warnings.map((reason) => ({ where: 'feed', reason })), ...remarks.all()],
    proposed: { name: null, zone: null },
  }
}

/** The meetings of a row, or the reason why it is refused. */
function readOne(sourceRow: SourceRow, where: string, tools: RowTools): RowReading | string {
  if (sourceRow.row === null) return sourceRow.reason
  const { row } = sourceRow
  const withheld = withheldBecause(row)
  if (withheld !== null) return withheld
  for (const key of Object.keys(row)) {
    if (isKnownKey(key)) continue
    tools.remarks.tally(
      'unknown-key',
      key,
      (rows) => `The key ${quoted(key)} ${inRows(rows)} is not part of the format; it was not read.`,
    )
  }
  try {
    return readRow(row, where, tools)
  } catch {
    // A boundary: one odd row must not cost the others. Its text stays out of the reason.
    return 'unreadable: the row could not be read; please report this feed to the makers of this program.'
  }
}

function countsOf(readings: readonly RowReading[], refused: number): FeedCounts {
  let [shown, byAppointment, inactive] = [0, 0, 0]
  for (const { meetings } of readings) {
    const [first] = meetings
    if (first?.attendance === 'inactive') inactive += 1
    else if (first === undefined || first.rules.length === 0) byAppointment += 1
    else shown += 1
  }
  return { read: readings.length + refused, shown, byAppointment, inactive, refused }
}

/**
 * Rows that share a slug are all kept, told apart by day and time whatever their order, so that the same
 * feed in another order gives the same identities (feeds.md 2.9).
 */
function withParts(
  readings: readonly (RowReading & { readonly where: string })[],
  remarks: Remarks,
): readonly ReadMeeting[] {
  const rowsOfKey = new Map<string, number>()
  for (const { key } of readings) rowsOfKey.set(key, (rowsOfKey.get(key) ?? 0) + 1)
  const seenKeys = new Set<string>()
  const partCounts = new Map<string, number>()
  return readings.flatMap(({ key, meetings, where }) => {
    if (rowsOfKey.get(key) === 1) return meetings
    if (seenKeys.has(key)) {
      remarks.warn(where, 'duplicate-slug', 'Another row has the same slug; both are kept.')
    }
    seenKeys.add(key)
    return meetings.map((meeting) => {
      const [rule] = meeting.rules
      const when = rule?.form === 'weekly' ? `${rule.weekday}-${clockText(rule.startMinute)}` : 'appointment'
      const used = `${key} ${when}`
      const count = (partCounts.get(used) ?? 0) + 1
      partCounts.set(used, count)
      return { ...meeting, part: count === 1 ? when : `${when}-${count}` }
    })
  })
}

function warnOfZones(readings: readonly RowReading[], settings: ReaderSettings, remarks: Remarks): void {
  if (readings.some((reading) => reading.zoneNamed)) return
  let [west, east] = [Infinity, -Infinity]
  for (const { longitude } of readings) {
    if (longitude === null) continue
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
  }
  if (east - west <= zoneWidthDegrees) return
  remarks.warn(
    'feed',
    'ambiguous-zone',
    `The meetings lie ${Math.round(east - west)} degrees of longitude apart and none names its time zone; all are read as ${settings.zone}. Times of far ones may be wrong.`,
  )
}

function wrongDays(sourceRow: SourceRow): string {
  return (
    'wrong-day-scheme: A day has the number 7, but Meeting Guide counts from 0 (Sunday) to 6 (Saturday). ' +
    `The file counts days another way, so every day of it could be wrong, and none was taken. First seen in ${whereOf(sourceRow)}. ` +
    'Ask the office for its Meeting Guide feed.'
  )
}

function refusedWhole(problem: FeedProblem, rows: number, reason: string): FeedReading {
  return {
    format: 'meeting-guide',
    counts: { read: rows, shown: 0, byAppointment: 0, inactive: 0, refused: rows },
    meetings: [],
    problem,
    refused: [{ where: 'feed', reason }],
    warnings: [],
    proposed: { name: null, zone: null },
  }
}

function whereOf({ number, row }: SourceRow): string {
  const key = row === null ? null : keyText(row)
  return key === null ? `row ${number}` : `row ${number} (${key})`
}

function keyText(row: Row): string | null {
  const key = rawText(row, 'slug') ?? rawText(row, 'id')
  return key === null ? null : quoted(key).slice(1, -1)
}
