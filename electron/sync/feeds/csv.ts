import { CsvError, parse } from 'csv-parse/sync'
import type { FeedText } from './reader.ts'

/** One row of a sheet, its cells as text; or the reason why it is no row of this sheet. */
export type SheetRow =
  | { readonly number: number; readonly line: number | null; readonly cells: readonly string[] }
  | {
      readonly number: number
      readonly line: number | null
      readonly cells: null
      readonly reason: string
    }

export type Dialect = {
  readonly delimiter: Delimiter
  /** Quotes inside a quoted cell are written `\"`, beside or instead of `""` (feeds.md 3.2). */
  readonly backslash: boolean
}

export type Delimiter = (typeof delimiters)[number]

export const delimiters = [',', ';', '\t', '|'] as const

/** Bytes that are parsed at a time: cells of more than that are never held. */
const pieceBytes = 256 * 1024
/** After a bad quotation mark: few, since the reading starts again at the next line. */
const shortPieceBytes = 16 * 1024
/** No office writes a longer row: what is longer has a quotation mark that is never closed. */
const maxRowBytes = 1024 * 1024
/**
 * Rows after a bad quotation mark are looked for that often; a hostile file has them in each line, and then each
 * line is a row by itself.
 */
const maxMends = 100

const unclosed =
  'unclosed-quote: a cell starts with a quotation mark (") that has no partner. Remove it, or write it twice.'

/**
 * Reads delimited text row by row, lazily and from the start at each walk: CR LF, LF and CR end a line, quoted
 * cells may hold line breaks. A row's `number` counts rows as a spreadsheet shows them (the header is one of
 * them), its `line` is where it begins in the file. Blank lines are counted but not given. With `width` (the
 * header's), a row of another width is given with the reason; of a quotation mark that swallowed the rows after
 * it, only its own line is lost.
 */
export function* csvRows(source: FeedText, dialect: Dialect, width: number | null): Generator<SheetRow> {
  const { bytes } = source
  const cleaned = cellCleaner(source.encoding)
  let [at, line, number, mends] = [0, 1, 0, 0]
  let size = pieceBytes
  while (at < bytes.length) {
    if (mends >= maxMends) {
      yield* lineRows(source, dialect, width, { at, line, number })
      return
    }
    const end = Math.min(at + size, bytes.length)
    const records = recordsIn(bytes.subarray(at, end), dialect, source.encoding, end === bytes.length)
    if (records.length === 0) {
      if (end < bytes.length && size < maxRowBytes) {
        size *= 4
        continue
      }
      number += 1
      yield { number, line, cells: null, reason: unclosed }
      mends += 1
      at = nextLine(bytes, at)
      line += 1
      size = shortPieceBytes
      continue
    }
    size = pieceBytes
    const from = at
    for (const record of records) {
      const recordEnd = from + record.end
      const breaks = lineBreaks(bytes, at, recordEnd)
      number += 1
      const wrong = width !== null && record.cells.length !== width
      const isLong = width !== null && breaks > 1
      if (
        isLong &&
        (wrong || isMendedQuote(bytes, at, recordEnd, source, dialect, record)) &&
        swallowedRows(bytes, at, recordEnd, source, dialect, width)
      ) {
        yield { number, line, cells: null, reason: unclosed }
        mends += 1
        at = nextLine(bytes, at)
        line += 1
        size = shortPieceBytes
        break
      }
      const row = rowOf(record, number, line, width, cleaned)
      if (row !== null) yield row
      at = recordEnd
      line += breaks
    }
  }
}

/** The rest of a file with too many bad quotation marks: no row is lost, but none has line breaks in it. */
function* lineRows(
  source: FeedText,
  dialect: Dialect,
  width: number | null,
  from: { readonly at: number; readonly line: number; readonly number: number },
): Generator<SheetRow> {
  const { bytes } = source
  const cleaned = cellCleaner(source.encoding)
  let { at, line, number } = from
  let quote = -1
  while (at < bytes.length) {
    if (quote < at) quote = bytes.indexOf(quoteByte, at)
    if (quote < 0) quote = bytes.length
    let end = nextLine(bytes, at)
    // Lines without a quotation mark are read together: each call of the parser has its price.
    while (end < bytes.length && end - at < shortPieceBytes) {
      const next = nextLine(bytes, end)
      if (quote < next) break
      end = next
    }
    const isLong = end - at > maxRowBytes
    const records = isLong ? [] : recordsIn(bytes.subarray(at, end), dialect, source.encoding, true)
    for (const record of records) {
      number += 1
      const row = rowOf(record, number, line, width, cleaned)
      if (row !== null) yield row
      line += 1
    }
    if (records.length === 0) {
      number += 1
      yield { number, line, cells: null, reason: unclosed }
      line += 1
    }
    at = end
  }
}

/** Null for a blank line. */
function rowOf(
  { cells }: Parsed,
  number: number,
  line: number,
  width: number | null,
  cleaned: (cell: string) => string,
): SheetRow | null {
  if (cells.length === 1 && cells[0]?.trim() === '') return null
  return width === null || cells.length === width
    ? { number, line, cells: cells.map(cleaned) }
    : { number, line, cells: null, reason: otherWidth(cells.length, width) }
}

/** The way of quoting that fits more rows: asked only where `\"` occurs at all. */
export function quotesByBackslash(source: FeedText, delimiter: Delimiter, width: number): boolean {
  if (Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length).indexOf('\\"') < 0)
    return false
  const misfits = (backslash: boolean): number => {
    let count = 0
    for (const row of csvRows(source, { delimiter, backslash }, width)) if (row.cells === null) count += 1
    return count
  }
  const doubled = misfits(false)
  return doubled > 0 && misfits(true) < doubled
}

type Parsed = { readonly cells: readonly string[]; /** Offset behind its line end. */ readonly end: number }

/** The whole rows of a piece; the last one may go on in the next piece and is left out unless it is the end. */
function recordsIn(
  piece: Uint8Array,
  { delimiter, backslash }: Dialect,
  encoding: FeedText['encoding'],
  isEnd: boolean,
  strict = false,
): readonly Parsed[] {
  const records: Parsed[] = []
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
  let closed = true
  // The parser makes an error of each row of another width and drops it: with its stack that costs ten times more.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    parse(backslash ? withDoubledQuotes(bytes) : bytes, {
      delimiter,
      // Windows-1252 byte by byte; `cellCleaner` gives its quotation marks their meaning.
      encoding: encoding === 'windows-1252' ? 'latin1' : 'utf8',
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A quotation mark inside a cell that does not start with one is text.
      relax_quotes: !strict,
      on_record: (cells: unknown, { bytes: end }) => {
        records.push({ cells: cells as readonly string[], end })
        return null
      },
    })
  } catch (error) {
    if (strict || !(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error
    closed = false
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  return isEnd || !closed ? records : records.slice(0, -1)
}

/** `\"` as `""`, of the same length, so that all positions stay. A doubled backslash is itself. */
function withDoubledQuotes(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let index = copy.indexOf(backslashByte); index >= 0 && index + 1 < copy.length;) {
    if (copy[index + 1] === quoteByte) copy[index] = quoteByte
    index = copy.indexOf(backslashByte, index + 2)
  }
  return copy
}

const [backslashByte, quoteByte, lineFeed, carriageReturn] = [0x5c, 0x22, 0x0a, 0x0d]

/**
 * True when a quoted cell of the row ends in the middle of a text. With the last column, a quotation mark that
 * is not closed can swallow rows and leave the right number of cells.
 */
function isMendedQuote(
  bytes: Uint8Array,
  from: number,
  to: number,
  { encoding }: FeedText,
  dialect: Dialect,
  { cells }: Parsed,
): boolean {
  if (!cells.some((cell) => cell.startsWith('"'))) return false
  try {
    recordsIn(bytes.subarray(from, to), dialect, encoding, true, true)
    return false
  } catch {
    return true
  }
}

/** True when the lines after the first one are rows of this sheet: a quotation mark was not closed before them. */
function swallowedRows(
  bytes: Uint8Array,
  from: number,
  to: number,
  { encoding }: FeedText,
  dialect: Dialect,
  width: number,
): boolean {
  const rest = bytes.subarray(nextLine(bytes, from), Math.min(to, from + shortPieceBytes))
  if (recordsIn(rest, dialect, encoding, true).some(({ cells }) => cells.length === width)) return true
  // The next line may have a bad quotation mark too: two such rows close each other's.
  const lines = Buffer.from(rest)
    .toString('latin1')
    .split(/\r\n|\r|\n/)
  return lines.some((line) => line.split(dialect.delimiter).length === width)
}

function otherWidth(cells: number, width: number): string {
  const found = cells === 1 ? '1 cell' : `${cells} cells`
  const cause =
    cells > width
      ? 'A cell that holds the separator needs quotation marks (") around it.'
      : 'A separator is missing, or the row was cut off.'
  return `wrong-width: the row has ${found}, the header has ${width}. ${cause}`
}

function nextLine(bytes: Uint8Array, from: number): number {
  for (let index = from; index < bytes.length; index += 1) {
    if (bytes[index] === lineFeed) return index + 1
    if (bytes[index] === carriageReturn) return bytes[index + 1] === lineFeed ? index + 2 : index + 1
  }
  return bytes.length
}

function lineBreaks(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let index = from; index < to; index += 1) {
    if (bytes[index] === lineFeed || (bytes[index] === carriageReturn && bytes[index + 1] !== lineFeed))
      count += 1
  }
  return count
}

/** Windows-1252 differs from Latin-1 in the bytes 0x80 to 0x9f: quotation marks, dashes, the euro. */
function cellCleaner(encoding: FeedText['encoding']): (cell: string) => string {
  if (encoding !== 'windows-1252') return (cell) => cell
  const decoder = new TextDecoder('windows-1252')
  return (cell) => (/[\x80-\x9f]/.test(cell) ? decoder.decode(Buffer.from(cell, 'latin1')) : cell)
}
