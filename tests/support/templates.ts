import { strToU8, zipSync } from 'fflate'

/*
 * Our own table for clubs, therapists and groups without a feed (feeds.md 3.4), as text and as a workbook with a
 * page of help. `node tests/commands/make-templates.ts` writes both to resources/templates/; a test holds them
 * to what is here.
 */

type TemplateColumn = {
  readonly header: string
  readonly spanish: string
  /** In characters. */
  readonly width: number
  readonly help: string
  readonly choices?: readonly string[]
  /** How the program shows what is typed into the column. */
  readonly shows?: 'date' | 'time'
}

export const templateColumns: readonly TemplateColumn[] = [
  { header: 'Name', spanish: 'Nombre', width: 36, help: 'Needed. What the meeting is called.' },
  {
    header: 'Kind',
    spanish: 'Tipo',
    width: 10,
    help: 'therapy, peer or club. Empty: the kind that you choose when you add the list.',
    choices: ['therapy', 'peer', 'club'],
  },
  {
    header: 'Fellowship',
    spanish: 'Comunidad',
    width: 14,
    help: 'For peer groups that belong to one: AA, NA, Al-Anon, PAL ...',
  },
  {
    header: 'Day',
    spanish: 'Día',
    width: 14,
    help: 'Needed, or a date. Monday to Sunday; several: "Monday, Wednesday" or "Monday to Friday".',
  },
  {
    header: 'Date',
    spanish: 'Fecha',
    width: 13,
    help: 'Instead of a day, for something that is held once: 2026-12-05. Several: "2026-12-05, 2027-01-09".',
    shows: 'date',
  },
  { header: 'Start', spanish: 'Inicio', width: 11, help: 'Needed. 7:00 PM or 19:00.', shows: 'time' },
  { header: 'End', spanish: 'Fin', width: 11, help: 'When it is over, if you know.', shows: 'time' },
  {
    header: 'Length',
    spanish: 'Duración',
    width: 9,
    help: 'Instead of an end, in minutes: 90. Without both, 60 minutes are assumed.',
  },
  {
    header: 'Weeks',
    spanish: 'Semanas',
    width: 10,
    help: 'If it is not held every week: 1, 2, 3, 4, 5 or last. "1, 3" with Monday: on the first and third Monday of the month.',
  },
  {
    header: 'Place',
    spanish: 'Lugar',
    width: 30,
    help: 'Needed. The building, or what people call the place.',
  },
  { header: 'Room', spanish: 'Sala', width: 16, help: 'Room, floor or door.' },
  { header: 'Street', spanish: 'Calle', width: 24, help: 'Number and street. Repeat it in each row.' },
  { header: 'City', spanish: 'Ciudad', width: 16, help: '' },
  { header: 'State', spanish: 'Estado', width: 8, help: 'In the United States two letters: NY.' },
  { header: 'Postal code', spanish: 'Código postal', width: 12, help: '' },
  {
    header: 'Language',
    spanish: 'Idioma',
    width: 16,
    help: 'English, Spanish ... Several: "English, Spanish". Empty: not said.',
  },
  {
    header: 'Wheelchair',
    spanish: 'Silla de ruedas',
    width: 12,
    help: 'yes if it can be reached and entered in a wheelchair, no if not. Empty: not known.',
    choices: ['yes', 'no'],
  },
  {
    header: 'Open or closed',
    spanish: 'Abierta o cerrada',
    width: 15,
    help: 'open: anyone may come. closed: only those it is for. Empty: not said.',
    choices: ['open', 'closed'],
  },
  {
    header: 'Join link',
    spanish: 'Enlace para unirse',
    width: 24,
    help: 'To take part online: https://...',
  },
  {
    header: 'Join phone',
    spanish: 'Teléfono para unirse',
    width: 16,
    help: 'To take part by telephone. Never the number of a person.',
  },
  {
    header: 'Notes',
    spanish: 'Notas',
    width: 50,
    help: 'What people should know before they come. Everyone can read it: write no names of people.',
  },
]

/** Rows that show how it is done. The reader leaves them out by the first word of their name. */
const examples: readonly Readonly<Record<string, string>>[] = [
  {
    Name: 'EXAMPLE: Garden Club',
    Kind: 'club',
    Day: 'Tuesday',
    Start: '5:30 PM',
    Length: '90',
    Weeks: '1, 3',
    Place: 'Riverside Community Garden',
    Room: 'Tool shed',
    Street: '12 Example Street',
    City: 'Albany',
    State: 'NY',
    'Postal code': '12207',
    Language: 'English, Spanish',
    Wheelchair: 'yes',
    'Open or closed': 'open',
    Notes: 'Bring gloves. Delete this row when you have your own.',
  },
  {
    Name: 'EXAMPLE: Family Evening',
    Kind: 'therapy',
    Date: '2026-12-05',
    Start: '10:00 AM',
    End: '11:30 AM',
    Place: 'Example Center',
    Room: 'Group room 2',
    Notes: 'A single date. Delete this row too.',
  },
]

const rows: readonly (readonly string[])[] = [
  templateColumns.map(({ header }) => header),
  ...examples.map((example) => templateColumns.map(({ header }) => example[header] ?? '')),
]

/** With a mark, by which Excel knows that accents are UTF-8. */
export function templateCsv(): Uint8Array {
  const quoted = (cell: string): string => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return strToU8(`\ufeff${rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')}`)
}

/** Rows that the sheet is prepared for: lists to choose from, formats. */
const preparedRows = 500

export function templateXlsx(): Uint8Array {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Meetings" sheetId="1" r:id="rId1"/><sheet name="Help" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relation}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="h:mm\\ AM/PM"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': meetingsSheet(),
    'xl/worksheets/sheet2.xml': helpSheet(),
  }
  const files = Object.entries(parts).map(([name, text]) => [name, strToU8(xmlStart + text)] as const)
  return zipSync(Object.fromEntries(files), { level: 9, mtime: '2026-01-01T00:00:00' })
}

const xmlStart = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const styles = { header: 1, date: 2, time: 3, wrapped: 4 } as const

function meetingsSheet(): string {
  const styleOf = ({ shows }: TemplateColumn): number => (shows === undefined ? 0 : styles[shows])
  const widths = templateColumns
    .map(
      (column, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${column.width}" style="${styleOf(column)}" customWidth="1"/>`,
    )
    .join('')
  const lines = rows.map((row, index) => {
    const cells = row.map((text, at) =>
      cellXml(at, index + 1, text, index === 0 ? styles.header : styleOf(templateColumns[at]!)),
    )
    return `<row r="${index + 1}">${cells.join('')}</row>`
  })
  const validations = templateColumns.flatMap(({ choices }, index) =>
    choices === undefined
      ? []
      : [
          `<dataValidation type="list" allowBlank="1" sqref="${letter(index)}2:${letter(index)}${preparedRows}"><formula1>"${choices.join(',')}"</formula1></dataValidation>`,
        ],
  )
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${lines.join('')}</sheetData><dataValidations count="${validations.length}">${validations.join('')}</dataValidations></worksheet>`
}

function helpSheet(): string {
  const lines: readonly (readonly string[])[] = [
    [
      'One row for each meeting, on the sheet "Meetings". Only name, day or date, start and place are needed.',
    ],
    [
      'Rows whose name begins with EXAMPLE are left out. Columns may stand in any order; those you do not need can go.',
    ],
    [
      'Save the workbook, then add it as a file under "Feeds" at the desk. What cannot be read is named there with its row and column.',
    ],
    [],
    ['Column', 'In Spanish', 'What to write'],
    ...templateColumns.map(({ header, spanish, help }) => [header, spanish, help]),
  ]
  const text = lines.map((line, index) => {
    const style = line.length < 2 ? 0 : index === 4 ? styles.header : styles.wrapped
    return `<row r="${index + 1}">${line.map((cell, at) => cellXml(at, index + 1, cell, style)).join('')}</row>`
  })
  return `<worksheet xmlns="${main}"><cols><col min="1" max="2" width="20" customWidth="1"/><col min="3" max="3" width="90" customWidth="1"/></cols><sheetData>${text.join('')}</sheetData></worksheet>`
}

/** Examples with a date or time are typed as such, as the program itself stores what people type. */
function cellXml(column: number, row: number, text: string, style: number): string {
  if (text === '') return ''
  const at = `r="${letter(column)}${row}"${style === 0 ? '' : ` s="${style}"`}`
  const serial = style === styles.date ? dateSerial(text) : style === styles.time ? timeSerial(text) : null
  if (serial !== null) return `<c ${at}><v>${serial}</v></c>`
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<c ${at} t="inlineStr"><is><t>${escaped}</t></is></c>`
}

function dateSerial(text: string): number {
  return (Date.parse(`${text}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
}

function timeSerial(text: string): number {
  const [, hour = '0', minute = '0', half = ''] = /^(\d+):(\d+) ([AP])M$/.exec(text) ?? []
  return ((Number(hour) % 12) * 60 + (half === 'P' ? 720 : 0) + Number(minute)) / 1440
}

function letter(column: number): string {
  return String.fromCharCode(65 + column)
}
