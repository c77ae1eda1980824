import { strToU8, zipSync } from 'fflate'

/** A cell: text, number, boolean; or a number with the index of its style, a formula's result, raw XML. */
export type Cell =
  | string
  | number
  | boolean
  | { readonly value: number; readonly style: number }
  | { readonly xml: string }

export type WorkbookSheet = {
  readonly name?: string
  readonly rows: readonly (readonly Cell[])[]
  readonly hidden?: boolean
  /** Ranges such as `C2:C4`. */
  readonly merged?: readonly string[]
}

export type WorkbookOptions = {
  /** Format codes of the styles from 1 on. */
  readonly formats?: readonly string[]
  readonly from1904?: boolean
  /** Texts are shared, as Excel writes them, instead of inline. */
  readonly shared?: boolean
  /** Parts that replace or join those made here. */
  readonly parts?: Readonly<Record<string, string>>
  /** Written before each name of an element, as some programs do. */
  readonly prefix?: string
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** A workbook made part by part, so that tests can also make wrong ones. */
export function workbookOf(sheets: readonly WorkbookSheet[], options: WorkbookOptions = {}): Uint8Array {
  const { formats = [], from1904 = false, shared = false, parts = {}, prefix = '' } = options
  const strings: string[] = []
  const cellXml = (cell: Cell, reference: string): string => {
    if (typeof cell === 'object' && 'xml' in cell) return cell.xml.replace('REF', reference)
    if (typeof cell === 'object') return `<c r="${reference}" s="${cell.style}"><v>${cell.value}</v></c>`
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`
    if (cell === '') return ''
    if (!shared) return `<c r="${reference}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
    strings.push(cell)
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`
  }
  const sheetXml = ({ rows, merged = [] }: WorkbookSheet): string => {
    const lines = rows.map((cells, row) =>
      cells.length === 0
        ? ''
        : `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`)).join('')}</row>`,
    )
    const merges = merged.map((range) => `<mergeCell ref="${range}"/>`).join('')
    const behind = merges === '' ? '' : `<mergeCells>${merges}</mergeCells>`
    return `<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData>${behind}</worksheet>`
  }
  const sheetParts = sheets.map(
    (sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)] as const,
  )
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="urn:r"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, hidden }, index) =>
          `<sheet name="${name ?? `Sheet${index + 1}`}" sheetId="${index + 1}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${formats
      .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, index) => `<xf numFmtId="${164 + index}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(sheetParts),
  }
  if (shared) {
    files['xl/sharedStrings.xml'] = `<sst xmlns="${main}">${strings
      .map(
        (text) =>
          `<si><r><t>${escaped(text.slice(0, 2))}</t></r><r><t xml:space="preserve">${escaped(text.slice(2))}</t></r><rPh><t>x</t></rPh></si>`,
      )
      .join('')}</sst>`
  }
  const named = Object.entries({ ...files, ...parts }).map(
    ([name, text]) => [name, strToU8(`<?xml version="1.0"?>${withPrefix(text, prefix)}`)] as const,
  )
  return zipSync(Object.fromEntries(named))
}

function withPrefix(xml: string, prefix: string): string {
  return prefix === '' ? xml : xml.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}:`)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : `${letters(Math.floor(column / 26) - 1)}${last}`
}
