import type { FeedFormat, FeedProblem, RowRemark } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { SheetRow } from './csv.ts'
import { clockText } from './day-time.ts'
import type { RowReading } from './meeting-guide-row.ts'
import type { FeedReading, ReadMeeting } from './reader.ts'
import { createRemarks, inRows, noRemarks, type Remarks } from './remarks.ts'
import { maxRows, tooManyRows } from './row-limit.ts'

/** What became of one row: its meetings, or why it is refused. */
export type Step = { readonly where: string; readonly outcome: RowReading | string }

/** Reads all rows from the first one on. Remarks of the first walk are kept, of the others not. */
export type Walk = (remarks: Remarks) => Iterable<Step>

export const emptyRow = 'empty-row: the row has no cell with anything in it.'

/** A row as a spreadsheet numbers it, with its line in the file where cells above it have line breaks. */
export function rowName({ number, line }: SheetRow): string {
  return line === null || line === number ? `row ${number}` : `row ${number}, line ${line}`
}

/**
 * Walks once for counts, refusals and remarks; the meetings are read again at each walk of theirs, so that only
 * the keys of a large table are held. Every row ends as shown, by appointment, inactive or refused.
 */
export function readingOf(
  format: FeedFormat,
  walk: Walk,
  remarks: Remarks = createRemarks(),
): Result<FeedReading, FeedProblem> {
  const refused: RowRemark[] = []
  const rowsOfKey = new Map<string, number>()
  let [shown, byAppointment, inactive] = [0, 0, 0]
  let rows = 0
  for (const { where, outcome } of walk(remarks)) {
    rows += 1
    if (rows > maxRows) return tooManyRows
    if (typeof outcome === 'string') {
      refused.push({ where, reason: outcome })
      continue
    }
    const { key, meetings } = outcome
    rowsOfKey.set(key, (rowsOfKey.get(key) ?? 0) + 1)
    const [first] = meetings
    // Rows of one group of NA share its world id; that is no mistake.
    if (format === 'table' && first?.keyDerived === false && (rowsOfKey.get(key) ?? 0) > 1) {
      remarks.tally(
        'duplicate-slug',
        '',
        (rows) => `Another row has the same id (${inRows(rows)}); all are kept.`,
      )
    }
    if (first?.attendance === 'inactive') inactive += 1
    else if (first === undefined || first.rules.length === 0) byAppointment += 1
    else shown += 1
  }
  const read = shown + byAppointment + inactive + refused.length
  if (read === 0) {
    return err('empty', 'The table has a header but no row below it. It needs one row for each meeting.')
  }
  return ok({
    format,
    counts: { read, shown, byAppointment, inactive, refused: refused.length },
    meetings: { [Symbol.iterator]: () => meetingsOf(walk(noRemarks), rowsOfKey) },
    refused,
    warnings: remarks.all(),
    proposed: { name: null, zone: null },
  })
}

/** Rows that share a key are told apart by day or date and start, whatever their order (feeds.md 2.9). */
function* meetingsOf(steps: Iterable<Step>, rowsOfKey: ReadonlyMap<string, number>): Generator<ReadMeeting> {
  const used = new Map<string, number>()
  for (const { outcome } of steps) {
    if (typeof outcome === 'string') continue
    const { key, meetings } = outcome
    if (rowsOfKey.get(key) === 1) {
      yield* meetings
      continue
    }
    for (const meeting of meetings) {
      const when = whenOf(meeting)
      const count = (used.get(`${key} ${when}`) ?? 0) + 1
      used.set(`${key} ${when}`, count)
      yield { ...meeting, part: count === 1 ? when : `${when}-${count}` }
    }
  }
}

function whenOf({ rules: [rule] }: ReadMeeting): string {
  if (rule === undefined) return 'appointment'
  return rule.form === 'weekly' ? `${rule.weekday}-${clockText(rule.startMinute)}` : rule.start
}

/** A boundary: one odd row must not cost the others. Its text stays out of the reason. */
export function readOne(read: () => RowReading | string): RowReading | string {
  try {
    return read()
  } catch {
    return 'unreadable: the row could not be read; please report this feed to the makers of this program.'
  }
}
