import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { isAbsent } from './day-time.ts'
import { isRow, looksLikeMeeting, type Row } from './meeting-guide-fields.ts'
import { quoted } from './text.ts'

/** One element of the source: a row, or the reason why it is none. */
export type SourceRow =
  | { readonly number: number; readonly row: Row }
  | { readonly number: number; readonly row: null; readonly reason: string }

export type Source = {
  readonly rows: readonly SourceRow[]
  /** Rows of a spreadsheet, with plain-language headers (feeds.md 3.1). */
  readonly table: boolean
  readonly warnings: readonly string[]
}

/**
 * Finds the rows: a top-level array, or one of the wrappers of feeds.md 2.1, known by their names.
 * `lone` is the reason for a single meeting without a list around it: it was one row, and it is refused.
 */
export function findRows(json: unknown): Result<Source, FeedProblem> | { readonly lone: string } {
  if (Array.isArray(json)) return listOf(json)
  if (!isRow(json)) return err('wrong_format', 'The file holds a single value, not a list of meetings.')
  const own = (key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined)
  const [meetings, values, records, warnings] = [
    own('meetings'),
    own('values'),
    own('records'),
    own('warnings'),
  ]
  if (Array.isArray(meetings) && own('formats') === undefined) {
    const list = listOf(meetings)
    const count = Array.isArray(warnings) ? warnings.length : 0
    if (!list.ok || count === 0) return list
    const warning = `sheet-warnings: Whoever made this list from a spreadsheet reports ${count} problems in it.`
    return ok({ ...list.value, warnings: [warning] })
  }
  if (Array.isArray(values)) return sheetOf(values)
  if (Array.isArray(records)) return recordsOf(records, own('offset') !== undefined)
  if (own('error') !== undefined || own('code') === 'feed_restricted') return errorAnswer(json)
  if (looksLikeMeeting(json)) {
    return {
      lone: `wrong-format: This is a single meeting (keys ${keyList(json)}), not a list: a Meeting Guide feed is a list of meetings, "[ ... ]". Ask for the whole feed.`,
    }
  }
  return err(
    'wrong_format',
    `A Meeting Guide feed is a list of meetings; this file is an object with the keys ${keyList(json)}. Check the address, or ask the office for its Meeting Guide feed.`,
  )
}

function listOf(elements: readonly unknown[]): Result<Source, FeedProblem> {
  if (elements.length === 0) return empty
  const objects = elements.filter(isRow)
  if (objects.some((row) => Object.hasOwn(row, 'id_bigint') && !Object.hasOwn(row, 'slug'))) {
    return err('wrong_format', bmltAnswer)
  }
  if (!objects.some(looksLikeMeeting)) {
    const [first] = objects
    const found = first === undefined ? 'no objects at all' : `objects with the keys ${keyList(first)}`
    return err('wrong_format', `This is a list, but not of meetings: it holds ${found}.`)
  }
  const rows = elements.map((element, index): SourceRow => {
    const number = index + 1
    return isRow(element)
      ? { number, row: element }
      : { number, row: null, reason: `not-a-row: ${quoted(element)} is not a meeting.` }
  })
  return ok({ rows, table: false, warnings: [] })
}

/** `{ values: [[header ...], [cell ...] ...] }`: short rows are usual there, empty cells at the end are left out. */
function sheetOf(values: readonly unknown[]): Result<Source, FeedProblem> {
  const [first, ...lines] = values
  if (!Array.isArray(first)) return values.length === 0 ? empty : noHeader
  const header = first.map((cell) => (typeof cell === 'string' ? columnKey(cell) : ''))
  if (!looksLikeMeeting(rowOf(header, header))) return noHeader
  if (lines.length === 0) return empty
  const rows = lines.map((line, index): SourceRow => {
    // The number that the spreadsheet itself shows: the header is its row 1.
    const number = index + 2
    const refused = (reason: string): SourceRow => ({ number, row: null, reason })
    if (!Array.isArray(line)) return refused(`not-a-row: ${quoted(line)} is not a row of cells.`)
    if (line.every(isAbsent)) return refused('empty-row: the row has no cell with anything in it.')
    if (line.slice(header.length).some((cell) => !isAbsent(cell))) {
      return refused(`too-wide: the row has ${line.length} cells, the header ${header.length}.`)
    }
    return { number, row: rowOf(header, line) }
  })
  return ok({ rows, table: true, warnings: [] })
}

/** Airtable: `{ records: [{ id, fields }] }`, read as a table (design ruling "Held back"). */
function recordsOf(records: readonly unknown[], hasMore: boolean): Result<Source, FeedProblem> {
  if (records.length === 0) return empty
  const rows = records.map((record, index): SourceRow => {
    const number = index + 1
    const fields = isRow(record) && Object.hasOwn(record, 'fields') ? record['fields'] : null
    if (!isRow(record) || !isRow(fields)) {
      return { number, row: null, reason: 'not-a-row: the record has no fields.' }
    }
    const keys = Object.keys(fields)
    const row = rowOf(
      keys.map(columnKey),
      keys.map((key) => fields[key]),
    )
    const named = Object.hasOwn(row, 'slug') || Object.hasOwn(row, 'id')
    return { number, row: named ? row : { ...row, id: record['id'] } }
  })
  if (!rows.some(({ row }) => row !== null && looksLikeMeeting(row))) {
    return err(
      'wrong_format',
      'These are records of a database, but not meetings: no field such as Name, Day or Time was found.',
    )
  }
  const partial = `partial-list: The answer is only the first page of the table; ${rows.length} rows were read.`
  return ok({ rows, table: true, warnings: hasMore ? [partial] : [] })
}

/** `End Time` is `end_time`. */
function columnKey(header: string): string {
  return header.trim().toLowerCase().replace(/\s+/g, '_')
}

function rowOf(keys: readonly string[], cells: readonly unknown[]): Row {
  const entries = keys.flatMap((key, index) =>
    key === '' || isAbsent(cells[index]) ? [] : [[key, cells[index]] as const],
  )
  return Object.fromEntries(entries)
}

function errorAnswer(json: Row): Result<Source, FeedProblem> {
  const text = JSON.stringify(json).slice(0, 2000)
  if (/\b40[13]\b|unauthori[sz]ed|forbidden|feed_restricted/i.test(text)) {
    return err(
      'needs_key',
      'The site only gives this list to those who have its sharing key. Ask the office that runs it for an address with a key.',
    )
  }
  return err('wrong_format', `The site answered with an error instead of a list (keys ${keyList(json)}).`)
}

function keyList(row: Row): string {
  const keys = Object.keys(row)
  const shown = keys
    .slice(0, 12)
    .map((key) => quoted(key))
    .join(', ')
  if (keys.length === 0) return 'none'
  return keys.length > 12 ? `${shown} and ${keys.length - 12} more` : shown
}

export const bmltAnswer =
  'This is a BMLT answer, not Meeting Guide: it comes from a Narcotics Anonymous server. Add it as a feed of that kind.'

const empty = err(
  'empty',
  'The list is empty: the file is in order but has no meeting in it. Check the address with the office that publishes it.',
)

const noHeader = err(
  'wrong_format',
  'The first row of this sheet is not a header with columns such as Name, Day and Time.',
)
