import type { FeedCounts, FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { csvRows, delimiters, type Dialect, quotesByBackslash, type SheetRow } from './csv.ts'
import { createZoneReader, saysSeven } from './day-time.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings } from './reader.ts'
import { createRemarks } from './remarks.ts'
import { cellsOf, readTableRow, type TableTools } from './table-row.ts'
import { type Columns, columnsOf, dayComesFirst, isOurs } from './table-columns.ts'
import { emptyRow, readingOf, readOne, rowName, type Walk } from './table-walk.ts'
import { quoted } from './text.ts'
import { createTypesReader } from './types.ts'
import { createWhose } from './whose.ts'

/** A table of meetings as delimited text (feeds.md 3). Workbooks go through `readSheet` too. */
export const tableReader: Reader = {
  format: 'table',
  recognizes: (head) => dialectOf(head) !== null,
  read,
}

/** Rows of a sheet from its first one on, at each walk. */
export type Sheet = {
  /** With the header's `width`, a row of a text file that has another comes with the reason. */
  rows(width: number | null): Iterable<SheetRow>
  /** A workbook leaves out empty cells at a row's end, and formats rows that have nothing in them. */
  readonly isWorkbook: boolean
}

/** Lines of a title or a date above the header. */
const headerWithin = 10

/** The separator of the line that is a header by its words, and more of them than with another one. */
function dialectOf(head: string): Dialect | null {
  const lines = head.split(/\r\n|\r|\n/, headerWithin)
  let best: { readonly delimiter: Dialect['delimiter']; readonly cells: number } | null = null
  for (const line of lines) {
    for (const delimiter of delimiters) {
      const cells = line.split(delimiter).map((cell) => cell.replaceAll('"', ''))
      if (cells.length > (best?.cells ?? 1) && columnsOf(cells) !== null)
        best = { delimiter, cells: cells.length }
    }
  }
  return best === null ? null : { delimiter: best.delimiter, backslash: false }
}

function read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const dialect = dialectOf(source.head)
  if (dialect === null) return noHeader
  const width = findHeader({ rows: () => csvRows(source, dialect, null), isWorkbook: false })?.columns.names
    .length
  if (width === undefined) return noHeader
  const backslash = quotesByBackslash(source, dialect.delimiter, width)
  const sheet: Sheet = {
    rows: (asked) => csvRows(source, { ...dialect, backslash }, asked),
    isWorkbook: false,
  }
  return readSheet(sheet, settings)
}

const noHeader = err(
  'wrong_format',
  'No row of this table is a header with columns such as Name, Day, Start and Place. Put one above the meetings; our template has it.',
)

/** The columns of the header, which stands in one of the first rows; null when none is one. */
export function findHeader(sheet: Sheet): { readonly columns: Columns; readonly number: number } | null {
  let seen = 0
  for (const { number, cells } of sheet.rows(null)) {
    const columns = cells === null ? null : columnsOf(cells)
    if (columns !== null) return { columns, number }
    seen += 1
    if (seen >= headerWithin) return null
  }
  return null
}

/** The meetings of a table. Every row ends as shown, by appointment, inactive or refused. */
export function readSheet(sheet: Sheet, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const header = findHeader(sheet)
  if (header === null) return noHeader
  const remarks = createRemarks()
  for (const name of header.columns.unknown) {
    remarks.tally(
      'unknown-column',
      name,
      () => `The column ${quoted(name)} is not known here; it was not read.`,
    )
  }
  const sevens: string[] = []
  const reading = readingOf('table', walkOf(sheet, header, settings, sevens), remarks)
  const [seven] = sevens
  return reading.ok && seven !== undefined ? ok(wrongDays(reading.value.counts.read, seven)) : reading
}

/** `sevens` collects where a day has the number 7. */
function walkOf(
  sheet: Sheet,
  { columns, number: headerNumber }: { readonly columns: Columns; readonly number: number },
  settings: ReaderSettings,
  sevens: string[],
): Walk {
  const width = columns.names.length
  return function* walk(remarks) {
    const tools: TableTools = {
      row: {
        settings,
        table: true,
        whose: createWhose(settings),
        readTypes: createTypesReader(),
        readZone: createZoneReader(),
        remarks,
      },
      columns,
      ours: isOurs(columns),
      dayFirst: dayComesFirst(columns),
    }
    for (const row of sheet.rows(width)) {
      if (row.number <= headerNumber) continue
      const at = rowName(row)
      if (row.cells === null) {
        yield { where: at, outcome: row.reason }
        continue
      }
      if (row.cells.every((cell) => cell.trim() === '')) {
        if (!sheet.isWorkbook) yield { where: at, outcome: emptyRow }
        continue
      }
      const cells = cellsOf(columns, row.cells)
      const name = cells.get('slug') ?? cells.get('id') ?? cells.get('name')
      const where = name === undefined ? at : `${at} (${quoted(name).slice(1, -1)})`
      if (sevens.length === 0 && !tools.ours && saysSeven(cells.get('day'))) sevens.push(where)
      const beyond = row.cells.slice(width).findIndex((cell) => cell.trim() !== '')
      const outcome =
        beyond < 0
          ? readOne(() => readTableRow(cells, where, tools))
          : `too-wide: the row has a cell to the right of the header's last column (${quoted(columns.names.at(-1))}). Give its column a header, or empty it.`
      yield { where, outcome }
    }
  }
}

function wrongDays(rows: number, where: string): FeedReading {
  const counts: FeedCounts = { read: rows, shown: 0, byAppointment: 0, inactive: 0, refused: rows }
  const reason =
    'wrong-day-scheme: A day has the number 7, but numbers go from 0 (Sunday) to 6 (Saturday). The table counts ' +
    `days another way, so every day of it could be wrong, and none was taken. First seen in ${where}. Write names: Monday, Tuesday ...`
  return {
    format: 'table',
    counts,
    meetings: [],
    problem: 'wrong_day_scheme',
    refused: [{ where: 'feed', reason }],
    warnings: [],
    proposed: { name: null, zone: null },
  }
}
