import { strToU8, unzipSync, Zip, ZipDeflate, zipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { templateColumns, templateCsv, templateXlsx } from '../../../support/templates.ts'
import { type Cell, workbookOf, type WorkbookOptions, type WorkbookSheet } from '../../../support/workbook.ts'

const settings: ReaderSettings = { kind: 'club', fellowship: null, zone: 'America/New_York' }
const header = ['Name', 'Day', 'Date', 'Start', 'End', 'Length', 'Weeks', 'Place', 'Wheelchair']
const row = ['Garden Club', 'Tuesday', '', '5:30 PM', '', '', '', 'Riverside Garden', '']

function readBytes(bytes: Uint8Array): WholeReading {
  const reading = readAll(bytes, settings)
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  expect(reading.value.format).toBe('table')
  return reading.value
}

const read = (sheets: readonly WorkbookSheet[], options: WorkbookOptions = {}) =>
  readBytes(workbookOf(sheets, options))

/** One club whose named cells are replaced. */
function club(cells: Readonly<Record<string, Cell>>, options: WorkbookOptions = {}): WholeReading {
  const changed = row.map((cell, index): Cell => cells[header[index] ?? ''] ?? cell)
  return read([{ rows: [header, changed] }], options)
}

describe('cells', () => {
  test.each<[string, WorkbookOptions]>([
    ['inline texts', {}],
    ['shared texts, with pieces and their reading aids', { shared: true }],
    ['names with a prefix', { prefix: 'x' }],
  ])('%s', (_what, options) => {
    const { counts, meetings, warnings } = read([{ rows: [header, row] }], options)
    expect(counts).toEqual({ read: 1, shown: 1, byAppointment: 0, inactive: 0, refused: 0 })
    expect(warnings).toEqual([])
    expect(meetings[0]).toMatchObject({
      name: 'Garden Club',
      place: { name: 'Riverside Garden' },
      rules: [{ weekday: 2, startMinute: 1050 }],
    })
  })

  test.each<[string, string, number, number]>([
    ['h:mm AM/PM', 'a time', 0.8125, 1170],
    ['[$-409]h:mm\\ AM/PM;@', 'a time with its language', 0.8125, 1170],
    ['hh:mm:ss', 'a time with seconds', 0.81249999, 1170],
    ['General', 'a time whose format was lost', 0.8125, 1170],
    ['m/d/yy h:mm', 'a time on a date', 46_361.8125, 1170],
    ['h:mm', 'midnight', 0, 0],
  ])('%s is %s', (format, _what, value, minute) => {
    const { meetings, refused } = club({ Start: { value, style: 1 } }, { formats: [format] })
    expect(refused).toEqual([])
    expect(meetings[0]?.rules[0]).toMatchObject({ startMinute: minute })
  })

  test.each<[string, number, boolean]>([
    ['yyyy\\-mm\\-dd', 46_361, false],
    ['[$-F800]dddd, mmmm dd, yyyy', 46_361, false],
    ['d"d of "mmmm yyyy', 46_361, false],
    ['yyyy-mm-dd', 46_361 - 1462, true],
  ])('a date as %s', (format, value, from1904) => {
    const { meetings } = club({ Day: '', Date: { value, style: 1 } }, { formats: [format], from1904 })
    expect(meetings[0]?.rules[0]).toMatchObject({ form: 'set', start: '2026-12-05T17:30:00' })
  })

  test('a date that shows only its day of the week is that day', () => {
    const { meetings } = club({ Day: { value: 46_361, style: 1 } }, { formats: ['dddd'] })
    expect(meetings[0]?.rules[0]).toMatchObject({ weekday: 6 })
  })

  test('numbers, lengths of time, booleans, results of formulas, errors', () => {
    const { meetings, warnings } = club(
      {
        Name: { xml: '<c r="REF" t="str"><f>A1&amp;B1</f><v>Made Club</v></c>' },
        Day: { xml: '<c r="REF" t="str"><f>x</f><v>Friday</v></c>' },
        Length: { value: 0.0625, style: 1 },
        Weeks: 3,
        Wheelchair: true,
        End: { xml: '<c r="REF" t="e"><v>#N/A</v></c>' },
      },
      { formats: ['[h]:mm'] },
    )
    expect(warnings).toEqual([])
    expect(meetings[0]).toMatchObject({
      name: 'Made Club',
      wheelchair: true,
      rules: [{ weekday: 5, durationMinutes: 90, weeks: [3] }],
    })
  })

  test('cells that are not there leave no gap, and cells behind the header are named', () => {
    const { counts, refused, meetings } = read([
      { rows: [header, row, [], [...row, 'stray'], ['', '', '', '', '', '', '', '', ''], row.slice(0, 8)] },
    ])
    expect(counts).toMatchObject({ read: 3, shown: 2, refused: 1 })
    expect(refused).toEqual([
      { where: 'row 4 (Garden Club)', reason: expect.stringMatching(/^too-wide:.*"Wheelchair"/) },
    ])
    expect(meetings).toHaveLength(2)
  })

  test('a cell that is merged over several rows is that of each of them', () => {
    const rows = [
      ['Our clubs'],
      header,
      row,
      ['Oak', '', ...row.slice(2, 7), '', ''],
      [],
      ['Elm', 'Friday', ...row.slice(2)],
      ['Ash', '', ...row.slice(2)],
    ]
    const { counts, meetings, refused } = read([{ rows, merged: ['A1:I1', 'B3:B5', 'H3:I4'] }])
    expect(counts).toMatchObject({ read: 4, shown: 3, refused: 1 })
    expect(refused).toEqual([{ where: 'row 7 (Ash)', reason: expect.stringContaining('no-day') }])
    expect(meetings[1]).toMatchObject({
      name: 'Oak',
      place: { name: 'Riverside Garden' },
      rules: [{ weekday: 2 }],
    })
  })

  test('a wrong cell is named with the row that the program shows', () => {
    const { refused } = read([{ rows: [['Our clubs'], [], header, row, ['Oak', 'Funday', ...row.slice(2)]] }])
    expect(refused).toEqual([
      { where: 'row 5 (Oak)', reason: expect.stringContaining('column Day: "Funday" is no day') },
    ])
  })
})

describe('sheets', () => {
  test('the first one with a header is read; hidden ones are not looked at', () => {
    const { meetings } = read([
      { name: 'About', rows: [['Our clubs, autumn'], ['Call the office']] },
      { name: 'Old', hidden: true, rows: [header, ['Old Club', ...row.slice(1)]] },
      { name: 'Clubs', rows: [header, row] },
      { name: 'More', rows: [header, ['More', ...row.slice(1)]] },
    ])
    expect(meetings.map(({ name }) => name)).toEqual(['Garden Club'])
  })

  test('none with a header is refused by name', () => {
    expect(readAll(workbookOf([{ rows: [['a', 'b']] }]), settings)).toMatchObject({
      ok: false,
      code: 'wrong_format',
      detail: expect.stringContaining('No sheet of this workbook'),
    })
  })

  test('the columns of 12-step-meeting-list come from a workbook too', () => {
    const bytes = workbookOf([
      {
        rows: [
          ['Name', 'Day', 'Time', 'Address', 'Types'],
          ['Oak', 'Monday', '7:00 PM', '1 A St', 'Open'],
        ],
      },
    ])
    const reading = readAll(bytes, { ...settings, kind: 'peer', fellowship: 'aa' })
    expect(reading).toMatchObject({ ok: true, value: { meetings: [{ openness: 'open', fellowship: 'aa' }] } })
  })

  test('an archive written as a stream, with the sizes behind the data', () => {
    const chunks: Uint8Array[] = []
    const zip = new Zip((_error, chunk) => chunks.push(chunk))
    const made = unzipSync(workbookOf([{ rows: [header, row] }]))
    for (const [name, content] of Object.entries(made)) {
      const file = new ZipDeflate(name)
      zip.add(file)
      file.push(content, true)
    }
    zip.end()
    expect(readBytes(Buffer.concat(chunks)).counts).toMatchObject({ shown: 1 })
  })
})

describe('hostile archives are refused by name, soon and with little memory (SEC-10)', () => {
  function refusal(bytes: Uint8Array, withinMs = 5000): { code: string; detail: string } {
    const startedAt = performance.now()
    const before = process.memoryUsage().arrayBuffers
    const reading = readAll(bytes, settings)
    expect(performance.now() - startedAt).toBeLessThan(withinMs)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024)
    if (reading.ok) throw new Error('was read')
    return { code: reading.code, detail: reading.detail ?? '' }
  }

  test('a sheet of some kilobytes that unpacks to 40 MiB', () => {
    // Written as a stream, so that the test itself does not hold it.
    const chunks: Uint8Array[] = []
    const zip = new Zip((_error, chunk) => chunks.push(chunk))
    const parts = unzipSync(workbookOf([{ rows: [header] }]))
    for (const [name, content] of Object.entries(parts)) {
      const file = new ZipDeflate(name, { level: 6 })
      zip.add(file)
      if (!name.includes('worksheets')) {
        file.push(content, true)
        continue
      }
      const blanks = new Uint8Array(1024 * 1024).fill(0x20)
      for (let mebibyte = 0; mebibyte < 40; mebibyte += 1) file.push(blanks, mebibyte === 39)
    }
    zip.end()
    const bytes = Buffer.concat(chunks)
    expect(bytes.length).toBeLessThan(1024 * 1024)
    expect(refusal(bytes)).toEqual({ code: 'too_large', detail: expect.stringContaining('more than 32 MiB') })
  })

  test('an archive that lies about the sizes of its parts', () => {
    const bytes = workbookOf([{ rows: [header, row] }], {
      parts: { 'xl/worksheets/sheet1.xml': `<worksheet>${' '.repeat(40 * 1024 * 1024)}</worksheet>` },
    })
    // The unpacked sizes of all entries, in both of their headers, say 100 bytes.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at + 46 < bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true)
    }
    expect(refusal(bytes).code).toBe('too_large')
  })

  test.each([
    ['a billion laughs', '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'],
    ['a file of this machine', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ['a document type alone', '<!DOCTYPE worksheet SYSTEM "http://example.org/x.dtd">'],
  ])('%s', (_what, declaration) => {
    const sheet = `${declaration}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
    for (const part of [
      'xl/worksheets/sheet1.xml',
      'xl/sharedStrings.xml',
      'xl/workbook.xml',
      'xl/styles.xml',
    ]) {
      const answer = refusal(workbookOf([{ rows: [header] }], { parts: { [part]: sheet } }))
      expect(answer).toEqual({
        code: 'wrong_format',
        detail: expect.stringContaining('document type declaration'),
      })
    }
  })

  test('10,000 sheets', () => {
    const sheets = Array.from({ length: 10_000 }, () => ({ rows: [] }))
    expect(refusal(workbookOf(sheets))).toEqual({
      code: 'too_large',
      detail: expect.stringContaining('more than 2000 parts'),
    })
  })

  test('elements in elements without end, and attributes of megabytes', () => {
    const deep = `<worksheet>${'<a>'.repeat(1000)}</worksheet>`
    const wide = `<worksheet><row r="${'1'.repeat(300_000)}"/></worksheet>`
    const answers = [deep, wide].map((sheet) =>
      refusal(workbookOf([{ rows: [] }], { parts: { 'xl/worksheets/sheet1.xml': sheet } })),
    )
    expect(answers).toEqual([
      { code: 'wrong_encoding', detail: expect.stringContaining('damaged') },
      { code: 'wrong_format', detail: expect.stringContaining('No sheet') },
    ])
  })

  test('more cells than any list has', () => {
    const bytes = workbookOf([{ rows: [] }], {
      parts: { 'xl/worksheets/sheet1.xml': `<worksheet><row>${'<c/>'.repeat(1_600_000)}</row></worksheet>` },
    })
    expect(refusal(bytes, 60_000)).toEqual({
      code: 'too_large',
      detail: expect.stringContaining('more cells'),
    })
  })

  test('a reference to the last cell there is costs no memory, and row numbers need not make sense', () => {
    const cell = (reference: string, text: string) =>
      `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
    const head = header.map((name, index) => cell(`${String.fromCharCode(65 + index)}1`, name)).join('')
    const sheet = `<worksheet><sheetData><row r="1">${head}</row><row r="1048576">${cell('A1048576', 'Oak')}${cell('XFD1048576', 'x')}</row><row r="-5">${cell('ZZZZ1', 'y')}</row></sheetData></worksheet>`
    const { refused } = readBytes(
      workbookOf([{ rows: [] }], { parts: { 'xl/worksheets/sheet1.xml': sheet } }),
    )
    expect(refused).toMatchObject([{ where: 'row 1048576 (Oak)' }, { where: 'row 1048577 (y)' }])
  })

  test('an archive that is cut off anywhere is damaged, never half a list', () => {
    const bytes = workbookOf([{ rows: [header, ...Array.from({ length: 200 }, () => row)] }], {
      shared: true,
    })
    const lengths = Array.from(
      { length: 60 },
      (_, index) => 5 + Math.floor((index * (bytes.length - 6)) / 59),
    )
    for (const length of [...lengths, bytes.length - 1]) {
      expect(refusal(bytes.slice(0, length))).toEqual({
        code: 'wrong_encoding',
        detail: expect.stringContaining('damaged or cut off'),
      })
    }
  })

  test('bytes that are changed anywhere give a list or a refusal, and no other end', () => {
    const bytes = workbookOf([{ rows: [header, row] }])
    for (let at = 4; at < bytes.length; at += 23) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x5a
      const reading = readAll(changed, settings)
      if (!reading.ok) expect(reading.detail).toMatch(/\.$/)
    }
  })
})

describe('other archives', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a ZIP archive of something else', { 'list.csv': 'Name,Day,Time' }, 'Unpack it'],
    ['a Word document', { 'word/document.xml': '<w/>' }, 'Word document'],
    ['a LibreOffice sheet', { mimetype: 'x', 'content.xml': '<office/>' }, 'save it as .xlsx or CSV'],
    ['a binary workbook', { 'xl/workbook.bin': 'x' }, '.xlsb'],
  ])('%s is named, with what to do', (_what, parts, words) => {
    const bytes = zipSync(
      Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    )
    expect(readAll(bytes, settings)).toMatchObject({
      ok: false,
      code: 'wrong_encoding',
      detail: expect.stringContaining(words),
    })
  })
})

describe('our template', () => {
  const folder = resolve(import.meta.dirname, '../../../../resources/templates')
  const file = (form: string) => readFileSync(resolve(folder, `open-chair-meetings.${form}`))

  test('the files in resources are those that the program makes', () => {
    expect(file('csv').equals(templateCsv())).toBe(true)
    expect(unzipSync(file('xlsx'))).toEqual(unzipSync(templateXlsx()))
  })

  test('text and workbook are read alike: nothing but examples, which are left out', () => {
    const [text, workbook] = [readBytes(file('csv')), readBytes(file('xlsx'))]
    expect(workbook.counts).toEqual({ read: 2, shown: 0, byAppointment: 0, inactive: 0, refused: 2 })
    expect({ ...workbook, meetings: [] }).toEqual({ ...text, meetings: [] })
    expect(text.refused.every(({ reason }) => reason.startsWith('example:'))).toBe(true)
  })

  test('once staff have renamed the examples they are meetings, the same from both', () => {
    const renamed = Buffer.from(file('csv').toString('utf8').replaceAll('EXAMPLE: ', ''))
    const sheet = Buffer.from(unzipSync(file('xlsx'))['xl/worksheets/sheet1.xml'] ?? []).toString('utf8')
    const parts = {
      ...unzipSync(file('xlsx')),
      'xl/worksheets/sheet1.xml': strToU8(sheet.replaceAll('EXAMPLE: ', '')),
    }
    const [text, workbook] = [readBytes(renamed), readBytes(zipSync(parts))]
    expect(text.counts).toMatchObject({ read: 2, shown: 2 })
    expect(text.warnings).toEqual([])
    expect(workbook.meetings).toEqual(text.meetings)
    expect(text.meetings).toMatchObject([
      {
        kind: 'club',
        languages: ['en', 'es'],
        rules: [{ weekday: 2, startMinute: 1050, durationMinutes: 90, weeks: [1, 3] }],
      },
      { kind: 'therapy', rules: [{ start: '2026-12-05T10:00:00', durationMinutes: 90 }] },
    ])
  })

  test('every column is known under its English and its Spanish header', () => {
    for (const headers of [
      templateColumns.map((column) => column.header),
      templateColumns.map(({ spanish }) => spanish),
    ]) {
      const line = headers.map(
        (_, index) => ['A', 'club', '', 'Monday', '', '9:00', '10:00', '', '', 'Hall'][index] ?? '',
      )
      const { warnings, counts } = readBytes(Buffer.from(`${headers.join(';')}\n${line.join(';')}\n`))
      expect({ warnings, shown: counts.shown }).toEqual({ warnings: [], shown: 1 })
    }
  })
})
