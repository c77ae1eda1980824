import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { isAbsent } from './day-time.ts'
import type { JsonDocument, JsonList } from './json.ts'
import { isRow, looksLikeMeeting, type Row } from './meeting-guide-fields.ts'
import { quoted } from './text.ts'

/** One element of the source: a row, or the reason why it is none. */
export type SourceRow =
  | { readonly number: number; readonly row: Row }
  /** `unread`: it is too large to say whether it is a meeting. */
  | { readonly number: number; readonly row: null; readonly reason: string; readonly unread: boolean }

export type Source = {
  /** Each walk reads the rows from the bytes again. */
  readonly rows: Iterable<SourceRow>
  /** How many there are, told without reading them; a sheet's header counts. */
  count(): number
  /** Rows of a spreadsheet, with plain-language headers (feeds.md 3.1). */
  readonly table: boolean
  warningsFor(rows: number): readonly string[]
  /** Why the list is refused when none of its rows looks like a meeting; `first` is the first of them. */
  notMeetings(first: Row | null): Result<never, FeedProblem>
}

/**
 * Finds the rows: a top-level array, or one of the wrappers of feeds.md 2.1, known by their names.
 * `lone` is the reason for a single meeting without a list around it: it was one row, and it is refused.
 * `head` are the first characters of the text.
 */
export function findRows(
  json: JsonDocument,
  head: string,
): Result<Source, FeedProblem> | { readonly lone: string } {
  if (json.form === 'list') return ok(listOf(json.list, () => []))
  if (json.form === 'single') {
    return err('wrong_format', 'The file holds a single value, not a list of meetings.')
  }
  const { members } = json
  const list = (key: string): JsonList | null => members.get(key)?.list ?? null
  const [meetings, values, records] = [list('meetings'), list('values'), list('records')]
  if (meetings !== null && !members.has('formats')) {
    const warnings = sheetWarnings(list('warnings'))
    return ok(listOf(meetings, () => warnings))
  }
  if (values !== null) return sheetOf(values)
  if (records !== null) return ok(recordsOf(records, members.has('offset')))
  const keys = [...members.keys()]
  const code = members.get('code')?.read()
  if (members.has('error') || (code?.ok === true && code.value === 'feed_restricted')) {
    return errorAnswer(keys, head)
  }
  if (looksLikeMeeting(Object.fromEntries(keys.map((key) => [key, null])))) {
    return {
      lone: `wrong-format: This is a single meeting (keys ${keyList(keys)}), not a list: a Meeting Guide feed is a list of meetings, "[ ... ]". Ask for the whole feed.`,
    }
  }
  return err(
    'wrong_format',
    `A Meeting Guide feed is a list of meetings; this file is an object with the keys ${keyList(keys)}. Check the address, or ask the office for its Meeting Guide feed.`,
  )
}

function sheetWarnings(list: JsonList | null): readonly string[] {
  if (list === null) return []
  const count = list.count()
  if (count === 0) return []
  const problems = count === 1 ? '1 problem' : `${count} problems`
  return [`sheet-warnings: Whoever made this list from a spreadsheet reports ${problems} in it.`]
}

function listOf(list: JsonList, warningsFor: Source['warningsFor']): Source {
  return {
    rows: numbered(list, (element) =>
      isRow(element) ? element : `not-a-row: ${quoted(element)} is not a meeting.`,
    ),
    count: () => list.count(),
    table: false,
    warningsFor,
    notMeetings: (first) => {
      const found =
        first === null ? 'no objects at all' : `objects with the keys ${keyList(Object.keys(first))}`
      return err('wrong_format', `This is a list, but not of meetings: it holds ${found}.`)
    },
  }
}

/** `{ values: [[header ...], [cell ...] ...] }`: short rows are usual there, empty cells at the end are left out. */
function sheetOf(values: JsonList): Result<Source, FeedProblem> {
  const [first] = values
  if (first === undefined) return empty
  const cells = first.ok && Array.isArray(first.value) ? (first.value as readonly unknown[]) : []
  const header = cells.map((cell) => (typeof cell === 'string' ? columnKey(cell) : ''))
  if (!looksLikeMeeting(rowOf(header, header))) return noHeader
  // The number that the spreadsheet itself shows: the header is its row 1.
  const rows = numbered(values, (line, number) => {
    if (number === 1) return null
    if (!Array.isArray(line)) return `not-a-row: ${quoted(line)} is not a row of cells.`
    if (line.every(isAbsent)) return 'empty-row: the row has no cell with anything in it.'
    if (line.slice(header.length).some((cell) => !isAbsent(cell))) {
      return `too-wide: the row has ${line.length} cells, the header ${header.length}.`
    }
    return rowOf(header, line)
  })
  // The header has named the columns, so every row of it may be a meeting.
  return ok({
    rows,
    count: () => values.count(),
    table: true,
    warningsFor: () => [],
    notMeetings: () => noHeader,
  })
}

/** Airtable: `{ records: [{ id, fields }] }`, read as a table (design ruling "Held back"). */
function recordsOf(records: JsonList, hasMore: boolean): Source {
  return {
    rows: numbered(records, (record) => {
      const fields = isRow(record) && Object.hasOwn(record, 'fields') ? record['fields'] : null
      if (!isRow(record) || !isRow(fields)) return 'not-a-row: the record has no fields.'
      const keys = Object.keys(fields)
      const row = rowOf(
        keys.map(columnKey),
        keys.map((key) => fields[key]),
      )
      const named = Object.hasOwn(row, 'slug') || Object.hasOwn(row, 'id')
      return named ? row : { ...row, id: record['id'] }
    }),
    count: () => records.count(),
    table: true,
    warningsFor: (rows) =>
      hasMore
        ? [`partial-list: The answer is only the first page of the table; ${rows} rows were read.`]
        : [],
    notMeetings: () =>
      err(
        'wrong_format',
        'These are records of a database, but not meetings: no field such as Name, Day or Time was found.',
      ),
  }
}

/** Rows with their numbers, from 1. `read` makes one of an element, or says why not; null for no row. */
function numbered(
  list: JsonList,
  read: (element: unknown, number: number) => Row | string | null,
): Iterable<SourceRow> {
  return {
    *[Symbol.iterator]() {
      let number = 0
      for (const element of list) {
        number += 1
        const row = element.ok ? read(element.value, number) : element.reason
        if (typeof row === 'string')
          yield { number, row: null, reason: row, unread: !element.ok && element.isObject }
        else if (row !== null) yield { number, row }
      }
    },
  }
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

function errorAnswer(keys: readonly string[], head: string): Result<Source, FeedProblem> {
  if (/\b40[13]\b|unauthori[sz]ed|forbidden|feed_restricted/i.test(head)) {
    return err(
      'needs_key',
      'The site only gives this list to those who have its sharing key. Ask the office that runs it for an address with a key.',
    )
  }
  return err('wrong_format', `The site answered with an error instead of a list (keys ${keyList(keys)}).`)
}

function keyList(keys: readonly string[]): string {
  const shown = keys
    .slice(0, 12)
    .map((key) => quoted(key))
    .join(', ')
  if (keys.length === 0) return 'none'
  return keys.length > 12 ? `${shown} and ${keys.length - 12} more` : shown
}

export const bmltAnswer =
  'This has rows of a BMLT answer, of a Narcotics Anonymous server, but does not start like one. Ask the server again, for all fields.'

export const empty = err(
  'empty',
  'The list is empty: the file is in order but has no meeting in it. Check the address with the office that publishes it.',
)

const noHeader = err(
  'wrong_format',
  'The first row of this sheet is not a header with columns such as Name, Day and Time.',
)
