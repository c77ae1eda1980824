import type { FeedCounts, FeedProblem, RowRemark } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { clockText, createZoneReader, saysSeven } from './day-time.ts'
import { openJson } from './json.ts'
import {
  isBmlt,
  isKnownKey,
  looksLikeMeeting,
  rawText,
  type Row,
  valueOf,
  withheldBecause,
} from './meeting-guide-fields.ts'
import { readRow, type RowReading, type RowTools } from './meeting-guide-row.ts'
import { bmltAnswer, empty, findRows, type Source, type SourceRow } from './meeting-guide-source.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings, ReadMeeting } from './reader.ts'
import { createRemarks, inRows, noRemarks, type Remarks } from './remarks.ts'
import { maxRows, tooManyRows } from './row-limit.ts'
import { quoted } from './text.ts'
import { createTypesReader } from './types.ts'
import { createWhose } from './whose.ts'
import { createZoneCheck } from './zone-check.ts'

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

function read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const json = openJson(source)
  if (!json.ok) return json
  const found = findRows(json.value, source.head)
  if ('lone' in found) return ok(refusedWhole('wrong_format', 1, found.lone))
  return found.ok ? readRows(found.value, settings) : found
}

/**
 * Looks at every row once, for counts, refusals and remarks, and keeps nothing else of it: `meetings` reads the
 * rows again, so that memory does not grow with the feed.
 */
function readRows(source: Source, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  if (source.count() > maxRows) return tooManyRows
  const remarks = createRemarks()
  const tools = toolsFor(source, settings, remarks)
  const counts = createCounts()
  const refused: RowRemark[] = []
  const keys = createKeyCheck(remarks)
  const zones = createZoneCheck(settings, remarks)
  let [first, mayBeMeetings]: [Row | null, boolean] = [null, false]
  let seven: SourceRow | null = null
  let rows = 0
  for (const sourceRow of source.rows) {
    rows += 1
    const { row } = sourceRow
    if (row === null) mayBeMeetings ||= sourceRow.unread
    else {
      if (isBmlt(row) && !source.table) return err('wrong_format', bmltAnswer)
      first ??= row
      mayBeMeetings ||= looksLikeMeeting(row)
      if (saysSeven(valueOf(row, 'day'))) seven ??= sourceRow
    }
    const where = whereOf(sourceRow)
    const outcome = readOne(sourceRow, where, tools)
    if (typeof outcome === 'string') {
      refused.push({ where, reason: outcome })
      continue
    }
    counts.add(outcome)
    keys.see(outcome.key, where)
    zones.see(outcome)
  }
  if (rows === 0) return empty
  if (!mayBeMeetings && !source.table) return source.notMeetings(first)
  if (seven !== null) return ok(refusedWhole('wrong_day_scheme', rows, wrongDays(seven)))
  zones.warn()
  return ok({
    format: 'meeting-guide',
    counts: counts.all(refused.length),
    meetings: { [Symbol.iterator]: () => walk(source, settings, keys.repeated) },
    refused,
    warnings: [...source.warningsFor(rows).map((reason) => ({ where: 'feed', reason })), ...remarks.all()],
    proposed: { name: null, zone: null },
  })
}

function toolsFor(source: Source, settings: ReaderSettings, remarks: Remarks): RowTools {
  return {
    settings,
    table: source.table,
    whose: createWhose(settings),
    readTypes: createTypesReader(),
    readZone: createZoneReader(),
    remarks,
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

function createCounts(): { add(reading: RowReading): void; all(refused: number): FeedCounts } {
  let [shown, byAppointment, inactive] = [0, 0, 0]
  return {
    add: ({ meetings: [first] }) => {
      if (first?.attendance === 'inactive') inactive += 1
      else if (first === undefined || first.rules.length === 0) byAppointment += 1
      else shown += 1
    },
    all: (refused) => {
      const read = shown + byAppointment + inactive + refused
      return { read, shown, byAppointment, inactive, refused }
    },
  }
}

/** Finds the keys that several rows share. */
function createKeyCheck(remarks: Remarks): {
  see(key: string, where: string): void
  readonly repeated: ReadonlySet<string>
} {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  return {
    see: (key, where) => {
      if (!seen.has(key)) {
        seen.add(key)
        return
      }
      repeated.add(key)
      remarks.warn(where, 'duplicate-slug', 'Another row has the same slug; both are kept.')
    },
    repeated,
  }
}

/**
 * Rows that share a slug are all kept, told apart by day and time whatever their order, so that the same
 * feed in another order gives the same identities (feeds.md 2.9).
 */
function* walk(
  source: Source,
  settings: ReaderSettings,
  repeated: ReadonlySet<string>,
): Generator<ReadMeeting> {
  const tools = toolsFor(source, settings, noRemarks)
  const partCounts = new Map<string, number>()
  for (const sourceRow of source.rows) {
    const outcome = readOne(sourceRow, '', tools)
    if (typeof outcome === 'string') continue
    const { key, meetings } = outcome
    if (!repeated.has(key)) {
      yield* meetings
      continue
    }
    for (const meeting of meetings) {
      const [rule] = meeting.rules
      const when = rule?.form === 'weekly' ? `${rule.weekday}-${clockText(rule.startMinute)}` : 'appointment'
      const used = `${key} ${when}`
      const count = (partCounts.get(used) ?? 0) + 1
      partCounts.set(used, count)
      yield { ...meeting, part: count === 1 ? when : `${when}-${count}` }
    }
  }
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
