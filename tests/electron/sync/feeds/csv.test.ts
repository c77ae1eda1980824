import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  csvRows,
  type Dialect,
  quotesByBackslash,
  type SheetRow,
} from '../../../../electron/sync/feeds/csv.ts'
import { feedText } from '../../../../electron/sync/feeds/feed-text.ts'

const commas: Dialect = { delimiter: ',', backslash: false }

function rowsOf(text: string, width: number | null = null, dialect: Dialect = commas): readonly SheetRow[] {
  return [...csvRows(feedText(Buffer.from(text), 'utf-8'), dialect, width)]
}

/** `3@5 a|b` is row 3 in line 5; a refused row shows its code. */
function shapes(rows: readonly SheetRow[]): readonly string[] {
  return rows.map(({ number, line, ...row }) => {
    const content = row.cells === null ? `! ${row.reason.split(':')[0]}` : row.cells.join('|')
    return `${number}@${line} ${content}`
  })
}

describe('rows and lines', () => {
  test.each([
    ['CR LF', '\r\n'],
    ['LF', '\n'],
    ['CR alone, as old programs on a Mac wrote it', '\r'],
  ])('%s ends a line', (_what, end) => {
    const rows = rowsOf(['a,b', '1,2', '', '3,4', ''].join(end), 2)
    expect(shapes(rows)).toEqual(['1@1 a|b', '2@2 1|2', '4@4 3|4'])
  })

  test('a quoted cell holds line breaks, separators and doubled quotes; the lines after it are counted on', () => {
    const rows = rowsOf('a,b\r\n"one\r\ntwo, ""three""\r\nfour",2\r\n5,6\r\n', 2)
    expect(shapes(rows)).toEqual(['1@1 a|b', '2@2 one\r\ntwo, "three"\r\nfour|2', '3@5 5|6'])
  })

  test('a quotation mark inside an unquoted cell, and text behind a quoted one, are text', () => {
    expect(shapes(rowsOf('Joe "the" x,2\n"Big" room,3\n', 2))).toEqual([
      '1@1 Joe "the" x|2',
      '2@2 "Big" room|3',
    ])
  })

  test('a row of another width is refused with its line, and says what may be wrong', () => {
    const rows = rowsOf('a,b,c\n1,2\n1,2,3\n1,2,3,4\n', 3)
    expect(shapes(rows)).toEqual(['1@1 a|b|c', '2@2 ! wrong-width', '3@3 1|2|3', '4@4 ! wrong-width'])
    expect(rows[1]).toMatchObject({ reason: expect.stringContaining('has 2 cells, the header has 3') })
    expect(rows[3]).toMatchObject({ reason: expect.stringContaining('quotation marks') })
  })

  test('a row of another width with line breaks in it is one row, not several', () => {
    expect(shapes(rowsOf('a,b,c\n1,"x\ny\nz"\n1,2,3\n', 3))).toEqual([
      '1@1 a|b|c',
      '2@2 ! wrong-width',
      '3@5 1|2|3',
    ])
  })

  test.each([
    ['in the middle', 'a,b\n1,"x\n3,4\n5,"y"\n7,8\n', ['3@3 3|4', '4@4 5|y', '5@5 7|8']],
    ['with as many cells', 'a,b\n1,2\n1,"x\n3,4\n5,"y" z\n', ['4@4 3|4', '5@5 5|"y" z']],
    ['to the end of the file', 'a,b\n1,"x\n3,4\n7,8', ['3@3 3|4', '4@4 7|8']],
  ])('a quotation mark that is never closed costs its own line only: %s', (_what, text, after) => {
    const rows = shapes(rowsOf(text, 2))
    expect(rows.filter((row) => row.includes('!'))).toEqual([expect.stringContaining('! unclosed-quote')])
    expect(rows.slice(-after.length)).toEqual(after)
  })

  test('a quotation mark that is never closed in a large file costs its own line only', () => {
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      index === 10 ? '10,"open' : `${index},some text of a row`,
    )
    const rows = rowsOf(lines.join('\n'), 2)
    expect(rows).toHaveLength(60_000)
    expect(shapes(rows.filter(({ cells }) => cells === null))).toEqual(['11@11 ! unclosed-quote'])
    expect(rows.at(-1)).toMatchObject({
      number: 60_000,
      line: 60_000,
      cells: ['59999', 'some text of a row'],
    })
  })

  test('two rows whose bad quotation marks close each other are two refused rows, not one with a mixed name', () => {
    const text = 'name,day,time\n"A,Monday,7 PM\n"B,Monday,7 PM\nC,Monday,7 PM\n'
    expect(shapes(rowsOf(text, 3))).toEqual([
      '1@1 name|day|time',
      '2@2 ! unclosed-quote',
      '3@3 ! unclosed-quote',
      '4@4 C|Monday|7 PM',
    ])
  })

  test('however many rows have a bad quotation mark, each is refused and the good ones are read', () => {
    const bad = Array.from({ length: 150 }, (_, index) => `"${index}"x,Monday,"7 PM`)
    const good = Array.from({ length: 3000 }, (_, index) => `${index},Tuesday,8 PM`)
    const rows = rowsOf(['name,day,time', ...bad, ...good, '"Q, R",Friday,9 PM', '"open,1'].join('\n'), 3)
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 3153 }, (_, index) => index + 1))
    expect(rows.filter(({ cells }) => cells === null)).toHaveLength(151)
    expect(rows.at(-2)).toMatchObject({ number: 3152, cells: ['Q, R', 'Friday', '9 PM'] })
  })

  test('a file full of open quotation marks ends in seconds (SEC-10)', () => {
    const startedAt = performance.now()
    const text = `a,b\n${'1,"x\n'.repeat(40_001)}`
    for (const row of csvRows(feedText(Buffer.from(text), 'utf-8'), commas, 2)) void row
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})

describe('pieces', () => {
  test('rows across the ends of pieces are whole, whatever the length of the file', () => {
    const cells = (index: number) => [`${index}`, 'é"\n,'.repeat(index % 50), 'x'.repeat((index * 37) % 900)]
    const lines = Array.from({ length: 4000 }, (_, index) => cells(index))
    const text = lines
      .map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
      .join('\r\n')
    expect(text.length).toBeGreaterThan(1_500_000)
    const rows = rowsOf(text, 3)
    expect(rows.map(({ cells: found }) => found)).toEqual(lines)
    expect(rows.at(-1)?.line).toBe(text.split('\n').length - (3999 % 50))
  })

  test('each walk reads the same again', () => {
    const source = feedText(Buffer.from('a,b\n1,2\n'), 'utf-8')
    const walk = () => [...csvRows(source, commas, 2)]
    expect(walk()).toEqual(walk())
  })

  test('of a large file only a piece is in memory', () => {
    const line = `${'x'.repeat(200)},${'y'.repeat(200)}\n`
    const bytes = Buffer.from(line.repeat(40_000))
    let [count, most] = [0, 0]
    const before = process.memoryUsage().heapUsed
    for (const row of csvRows(feedText(bytes, 'utf-8'), commas, 2)) {
      if (row.cells !== null) count += 1
      if (count % 2000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before)
    }
    expect(count).toBe(40_000)
    // 16 MB of cells; the collector is never pressed to free what is behind.
    expect(most).toBeLessThan(100 * 1024 * 1024)
  })
})

describe('quotes with a backslash', () => {
  const text = 'a,b,c\n1,"say \\"hi, you\\" now",3\n1,"both "" and \\" here",3\n1,"end\\"",3\n'
  const source = feedText(Buffer.from(text), 'utf-8')

  test('are found by the width of the rows, and mix with doubled ones', () => {
    expect(quotesByBackslash(source, ',', 3)).toBe(true)
    expect(shapes([...csvRows(source, { delimiter: ',', backslash: true }, 3)])).toEqual([
      '1@1 a|b|c',
      '2@2 1|say "hi, you" now|3',
      '3@3 1|both " and " here|3',
      '4@4 1|end"|3',
    ])
  })

  test('are not assumed where doubled quotes fit: a path may end with a backslash', () => {
    expect(quotesByBackslash(feedText(Buffer.from('a,b\n"C:\\",2\n"D:\\",3\n'), 'utf-8'), ',', 2)).toBe(false)
  })
})

test('Windows-1252 keeps its own quotation marks', () => {
  const bytes = Buffer.from('a,b\nCaf\u00e9,\u0093x\u0094\n', 'latin1')
  expect([...csvRows(feedText(bytes, 'windows-1252'), commas, 2)][1]?.cells).toEqual(['Café', '“x”'])
})

test('whatever cells are written, the same are read', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', '\\', ' ', '|') })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      (lines) => {
        const text = lines
          .map((line) => line.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n')
        expect(rowsOf(text, 3).map(({ cells }) => cells)).toEqual(lines)
      },
    ),
  )
})
