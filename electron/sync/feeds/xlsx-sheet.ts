import type { SheetRow } from './csv.ts'
import { WorkbookRefused } from './xlsx-archive.ts'
import { columnNumber, type Merge, mergeFiller } from './xlsx-merges.ts'
import { type NumberMeaning, numberText } from './xlsx-styles.ts'
import { readWholeXml, readXml } from './xlsx-xml.ts'

export type Workbook = {
  readonly bytes: Uint8Array
  /** Texts that cells share, by number. */
  readonly strings: readonly string[]
  readonly meanings: readonly NumberMeaning[]
  /** Days are counted from 1904 (old programs on a Mac). */
  readonly from1904: boolean
}

/** More columns than any list has; what stands further right is only known to be there. */
const maxColumns = 200
/** The most that a spreadsheet program takes in one cell. */
const maxCell = 32_767
/** What is longer was made to cost time. */
const maxInCell = 1024 * 1024

export function readSharedStrings(bytes: Uint8Array, part: string): readonly string[] {
  const strings: string[] = []
  let text = ''
  let [isText, inReading] = [false, false]
  readWholeXml(bytes, part, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') isText = !inReading
      else if (name === 'rPh') inReading = true
    },
    text: (piece) => {
      if (isText) text = joined(text, piece)
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') strings.push(text)
    },
  })
  return strings
}

/**
 * Rows of one sheet as texts, read again from the archive at each walk. Rows that are not there keep their number. A
 * row has the cells that are merged with one above it, unless it has no other.
 */
export function* sheetRows(workbook: Workbook, part: string, merges: readonly Merge[]): Generator<SheetRow> {
  const fill = mergeFiller(merges)
  const rows: SheetRow[] = []
  let [number, column, inCell] = [0, 0, 0]
  let cells: string[] = []
  let cell: { type: string; style: number; text: string } | null = null
  let isValue = false
  const steps = readXml(workbook.bytes, part, {
    open: (name, attribute) => {
      if (name === 'row') {
        const said = Number(attribute('r'))
        number = Number.isInteger(said) && said > number ? said : number + 1
        cells = []
        column = 0
      } else if (name === 'c') {
        column = columnOf(attribute('r')) ?? column + 1
        cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), text: '' }
        inCell = 0
      } else if (name === 'v' || name === 't') isValue = true
      else if (name === 'rPh') isValue = false
    },
    text: (piece) => {
      if (!isValue || cell === null) return
      cell.text = joined(cell.text, piece)
      inCell += piece.length
      if (inCell > maxInCell) throw tooLongCell
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false
      else if (name === 'c' && cell !== null) {
        const text = cellText(cell, workbook)
        const at = Math.min(column, maxColumns) - 1
        if (text.trim() !== '') {
          while (cells.length < at) cells.push('')
          cells[at] = text
        }
        cell = null
      } else if (name === 'row') {
        if (cells.length > 0) fill(number, cells)
        rows.push({ number, line: null, cells })
      }
    },
  })
  for (;;) {
    const { done } = steps.next()
    yield* rows.splice(0)
    if (done === true) return
  }
}

function cellText(
  { type, style, text }: { readonly type: string; readonly style: number; readonly text: string },
  { strings, meanings, from1904 }: Workbook,
): string {
  switch (type) {
    case 's':
      return strings[Number(text)] ?? ''
    case 'b':
      return text.trim() === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return ''
    case 'd':
      // An ISO date in the cell itself; a time of 00:00 is none.
      return text.replace('T', ' ').replace(/(?: 00:00)?(?::00)?(?:\.0+)?Z?$/, '')
    case 'n': {
      const value = Number(text)
      if (text.trim() === '' || !Number.isFinite(value)) return text
      return numberText(value, meanings[style] ?? 'number', from1904)
    }
    default:
      return text
  }
}

/** `C7` is the third column. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1]
  return letters === undefined ? null : columnNumber(letters)
}

function joined(text: string, piece: string): string {
  return text.length + piece.length > maxCell ? (text + piece).slice(0, maxCell) : text + piece
}

const tooLongCell = new WorkbookRefused(
  'too_large',
  'A cell of this workbook holds more text than any spreadsheet program takes. Save it again, or export it as CSV.',
)
