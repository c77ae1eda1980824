import type { FeedProblem } from '../../contract/models.ts'
import { err, type Result } from '../../contract/result.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings } from './reader.ts'
import { findHeader, readSheet, type Sheet } from './table.ts'
import { entriesOf, limits, WorkbookRefused } from './xlsx-archive.ts'
import { type Merge, mergesOf } from './xlsx-merges.ts'
import { readSharedStrings, sheetRows, type Workbook } from './xlsx-sheet.ts'
import { readStyles } from './xlsx-styles.ts'
import { readWholeXml } from './xlsx-xml.ts'

/** A workbook of Excel, LibreOffice or an online spreadsheet: a ZIP archive of XML. Its rows are those of a table. */
export const workbookReader: Reader = {
  format: 'table',
  recognizes: (head) => head.startsWith('PK\u0003\u0004'),
  read: (source, settings) => {
    try {
      return read(source, settings)
    } catch (error) {
      if (error instanceof WorkbookRefused) return err(error.problem, error.message)
      throw error
    }
  },
}

function read({ bytes }: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const entries = entriesOf(bytes)
  if (!entries.has(workbookPart)) return noWorkbook(entries)
  const { sheets, from1904 } = readParts(bytes, entries)
  const workbook: Workbook = {
    bytes,
    strings: entries.has('xl/sharedStrings.xml') ? readSharedStrings(bytes, 'xl/sharedStrings.xml') : [],
    meanings: entries.has('xl/styles.xml') ? readStyles(bytes, 'xl/styles.xml') : [],
    from1904,
  }
  const inOrder = sheets.slice(0, limits.sheets).map((part): Sheet => {
    let merges: readonly Merge[] | null = null
    return { rows: () => sheetRows(workbook, part, (merges ??= mergesOf(bytes, part))), isWorkbook: true }
  })
  // The first sheet with a header: another may hold help or a title.
  const sheet = inOrder.find((candidate) => findHeader(candidate) !== null)
  return sheet === undefined ? noHeader : readSheet(sheet, settings)
}

const workbookPart = 'xl/workbook.xml'

/** The parts of the visible sheets, in the order of their tabs. */
function readParts(
  bytes: Uint8Array,
  entries: ReadonlySet<string>,
): { readonly sheets: readonly string[]; readonly from1904: boolean } {
  const targets = new Map<string, string>()
  const relations = 'xl/_rels/workbook.xml.rels'
  if (entries.has(relations)) {
    readWholeXml(bytes, relations, {
      open: (name, attribute) => {
        if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '')
      },
    })
  }
  const sheets: string[] = []
  let from1904 = false
  readWholeXml(bytes, workbookPart, {
    open: (name, attribute) => {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '')
      if (name !== 'sheet' || /hidden/i.test(attribute('state') ?? '')) return
      const target = targets.get(attribute('r:id') ?? '') ?? ''
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
      if (entries.has(part)) sheets.push(part)
    },
  })
  return { sheets, from1904 }
}

function noWorkbook(entries: ReadonlySet<string>): Result<never, FeedProblem> {
  const what = entries.has('xl/workbook.bin')
    ? 'This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.'
    : entries.has('content.xml') && entries.has('mimetype')
      ? 'This is a LibreOffice document. If it is a spreadsheet, save it as .xlsx or CSV.'
      : [...entries].some((name) => name.startsWith('word/'))
        ? 'This is a Word document, not a spreadsheet. Put the meetings into our template.'
        : 'This is a ZIP archive, but not an Excel workbook. Unpack it and choose the list of meetings inside.'
  return err('wrong_encoding', what)
}

const noHeader = err(
  'wrong_format',
  'No sheet of this workbook has a header with columns such as Name, Day, Start and Place. Put one above the meetings; our template has it.',
)
