import fc from 'fast-check'
import { zipSync } from 'fflate'

/*
 * Feeds that are broken on purpose: good rows of every format, in which fields are given values of wrong types and
 * hostile texts, and whose bytes are then cut, changed and doubled.
 */

export const forms = [
  'Meeting Guide array',
  'Meeting Guide wrapper',
  'Google sheet',
  'Airtable',
  'BMLT array',
  'BMLT answer',
  'NAWS export',
  'table',
  'workbook',
  'calendar',
] as const

export type Form = (typeof forms)[number]
type Fields = Record<string, unknown>

export type BrokenFeed = {
  readonly form: Form
  readonly bytes: Uint8Array
  /** What was done to it. */
  readonly how: readonly string[]
}

/** A good feed of `count` rows that a reader takes whole. */
export function goodFeed(form: Form, count: number): Uint8Array {
  return written(
    form,
    Array.from({ length: count }, (_, number) => goodRow(form, number)),
    [],
  )
}

export function brokenFeed(form: Form): fc.Arbitrary<BrokenFeed> {
  const count = fc.integer({ min: 1, max: 6 })
  return fc
    .tuple(count, fc.array(rowBreak, { maxLength: 4 }), fc.array(textBreak, { maxLength: 2 }), encoding)
    .map(([rows, rowBreaks, textBreaks, encode]): BrokenFeed => {
      const good: unknown[] = Array.from({ length: rows }, (_, number) => goodRow(form, number))
      for (const change of rowBreaks) change.apply(good)
      const bytes = encode.apply(written(form, good, textBreaks))
      return { form, bytes, how: [...rowBreaks, ...textBreaks, encode].map(({ name }) => name) }
    })
}

/** Texts that must never reach a screen as they are, or that a careless reader believes. */
const hostileTexts = [
  '<script>alert(1)</script>Meeting',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;img src=x onerror=alert(1)&amp;gt;',
  '<<b>script>alert(1)<</b>/script>',
  '&l<b>t;script&gt;',
  '<a href="javascript:alert(1)">Join</a>',
  'javascript:alert(1)',
  'https://zoom.us@elsewhere.example/j/1',
  'https://zoom.us/j/1"onload="x',
  '\u202egnitteem\u202c',
  '\u2066left\u2069\u200fright\u061c',
  'a\u0000b\u0007c\u001bd\u0085e\u009ff',
  '\ufeff\u200b\u2060hidden\u2028line\u2029',
  '\ud800 lone \udfff',
  'e\u0301'.repeat(50),
  '=HYPERLINK("http://elsewhere.example")',
  '-- ; DROP TABLE meeting',
  '../../../etc/passwd',
  'x'.repeat(20_000),
  '&'.repeat(5000),
  '<'.repeat(5000),
  '"'.repeat(301),
  '\\'.repeat(301),
  ','.repeat(301),
  '\r\n\r\n',
  'BEGIN:VEVENT\r\nSUMMARY:inside\r\nEND:VEVENT',
  '2026-02-30',
  '20260230T250000',
  '0000-00-00 00:00:00',
  '99999-12-31',
  '-271821-04-20',
  '25:61',
  '24:01',
  '24:00',
  '7',
  '-1',
  '1e309',
  'NaN',
  'Infinity',
  '0x1F',
  '91',
  '-181.5',
  '1e308,1e308',
  '0,0',
  'Someday',
  'America/Nowhere',
  '__proto__',
  'constructor',
  'FREQ=SECONDLY',
  'FREQ=SECONDLY;INTERVAL=1;COUNT=999999999',
  'FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;UNTIL=99991231T235959Z;BYDAY=5MO',
  'FREQ=WEEKLY;INTERVAL=0',
  'FREQ=WEEKLY;BYDAY=XX,9MO,;BYHOUR=25',
  '',
  ' \t ',
]

const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileTexts) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      7,
      6.5,
      91,
      -180.1,
      1e308,
      Number.MAX_SAFE_INTEGER,
      [],
      {},
      [[]],
      [1, '2', 'Monday', null, { x: 1 }],
      { 0: 'O', 2: 'X' },
      { toString: 'x', length: 3 },
      nested(70),
      nested(10_000),
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

type RowBreak = { readonly name: string; apply(rows: unknown[]): void }

/** One change to one row, by numbers that pick the row and the field. */
const rowBreak: fc.Arbitrary<RowBreak> = fc
  .tuple(
    fc.constantFrom('set', 'set', 'set', 'set', 'take away', 'double', 'replace', 'add'),
    fc.nat(),
    fc.nat(),
    hostileValues,
  )
  .map(([what, rowSeed, fieldSeed, value]) => ({
    name: `${what} ${fieldSeed % 97} of ${rowSeed % 7}`,
    apply: (rows) => {
      const at = rowSeed % rows.length
      const row = rows[at]
      if (what === 'double') rows.push(row)
      else if (what === 'replace') rows[at] = value
      else if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
        const changed: Fields = { ...row }
        const keys = Object.keys(changed)
        const field = keys[fieldSeed % keys.length] ?? 'name'
        if (what === 'take away') delete changed[field]
        else changed[what === 'add' ? `odd_${fieldSeed % 5}` : field] = value
        rows[at] = changed
      }
    },
  }))

export type TextBreak = { readonly name: string; apply(bytes: Uint8Array): Uint8Array }

const snippets = [
  '"name":"twice",',
  '"slug":"same",',
  '"id_bigint":"1",',
  '{"meetings":',
  ']',
  '}',
  ',',
  '\\u0000',
  '\r',
  '\n',
  '"',
  'END:VEVENT\r\n',
  'RRULE:FREQ=SECONDLY\r\n',
  '<!ENTITY a "b">',
  '\u202e',
  '<script>',
]

/** One change to the bytes, wherever it falls. */
const textBreak: fc.Arbitrary<TextBreak> = fc
  .tuple(
    fc.constantFrom('cut', 'set', 'lose', 'double', 'insert', 'swap'),
    fc.nat(),
    fc.nat({ max: 255 }),
    fc.constantFrom(...snippets),
  )
  .map(([what, seed, byte, snippet]) => ({
    name: `${what} at ${seed}`,
    apply: (bytes) => {
      if (bytes.length === 0) return bytes
      const at = seed % bytes.length
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
      if (what === 'cut') return before
      if (what === 'set') return Buffer.concat([before, Buffer.of(byte), after.subarray(1)])
      if (what === 'lose') return Buffer.concat([before, after.subarray(1 + (byte % 9))])
      if (what === 'double') return Buffer.concat([before, after.subarray(0, 40), after])
      if (what === 'insert') return Buffer.concat([before, Buffer.from(snippet), after])
      return Buffer.concat([after, before])
    },
  }))

const encoding: fc.Arbitrary<TextBreak> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ name: 'as UTF-8', apply: (bytes: Uint8Array) => bytes }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<TextBreak>(
      {
        name: 'as UTF-16',
        apply: (bytes) => Buffer.from(`\ufeff${Buffer.from(bytes).toString()}`, 'utf16le'),
      },
      { name: 'as Latin-1', apply: (bytes) => Buffer.from(Buffer.from(bytes).toString(), 'latin1') },
      { name: 'with a mark', apply: (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]) },
    ),
  },
)

function goodRow(form: Form, number: number): Fields {
  const day = number % 7
  const weekday = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][day]
  const place = { Latitude: String(40 + number / 100), Longitude: '-75.5' }
  if (form === 'BMLT array' || form === 'BMLT answer') {
    return {
      id_bigint: String(number + 1),
      weekday_tinyint: String(day + 1),
      start_time: '19:30:00',
      duration_time: '01:00:00',
      time_zone: '',
      formats: 'O,BT',
      format_shared_id_list: '1,2',
      venue_type: '1',
      latitude: place.Latitude,
      longitude: place.Longitude,
      lang_enum: 'en',
      published: '1',
      root_server_uri: 'https://bmlt.example.org/main_server',
      meeting_name: `Group ${number}`,
      location_text: 'Hall',
      location_info: 'Ring twice',
      location_street: '12 Lantern St',
      location_municipality: 'Millbrook',
      location_province: 'PA',
      location_postal_code_1: '19999',
      comments: 'Bring a cup',
      virtual_meeting_link: '',
      phone_meeting_number: '',
      worldid_mixed: `G0000${number}`,
    }
  }
  if (form === 'NAWS export') {
    return {
      Committee: `G0000${number}`,
      CommitteeName: `Group ${number}`,
      ParentName: 'Millbrook Area',
      Room: '2',
      Closed: 'OPEN',
      WheelChr: 'TRUE',
      Day: weekday,
      Time: '1930',
      Language1: 'EN',
      Place: 'Hall',
      Address: '12 Lantern St',
      City: 'Millbrook',
      State: 'PA',
      Zip: '19999',
      Country: 'USA',
      Directions: 'Ring twice',
      Institutional: 'FALSE',
      Format1: 'BT',
      Delete: '',
      LastChanged: '5/3/26',
      ...place,
      VirtualMeetingLink: '',
      bmlt_id: String(number + 1),
      unpublished: '0',
    }
  }
  if (form === 'table' || form === 'workbook') {
    return {
      Name: `Group ${number}`,
      Day: weekday,
      Time: '7:30 PM',
      'End Time': '8:30 PM',
      Weeks: '',
      Types: 'Open, Discussion',
      Location: 'Hall',
      Address: '12 Lantern St, Millbrook, PA 19999, USA',
      ...place,
      Notes: 'Bring a cup',
      'Conference URL': '',
      'Conference Phone': '',
      Slug: `group-${number}`,
    }
  }
  if (form === 'calendar') {
    return {
      UID: `event-${number}`,
      DTSTART: `2026050${1 + (number % 9)}T193000`,
      DTEND: `2026050${1 + (number % 9)}T203000`,
      RRULE: 'FREQ=WEEKLY;COUNT=30',
      EXDATE: '20260515T193000',
      SUMMARY: `Run ${number}`,
      LOCATION: 'Hall\\, 12 Lantern St',
      DESCRIPTION: 'Bring shoes\\nand water',
      GEO: '40.1;-75.5',
      URL: 'https://club.example.org/',
      CATEGORIES: 'Run,Outdoors',
      STATUS: 'CONFIRMED',
      SEQUENCE: '1',
      DURATION: '',
      'RECURRENCE-ID': '',
    }
  }
  const row: Fields = {
    name: `Group ${number}`,
    slug: `group-${number}`,
    day,
    time: '19:30',
    end_time: '20:30',
    timezone: 'America/New_York',
    types: ['O', 'D', 'X'],
    formatted_address: '12 Lantern St, Millbrook, PA 19999, USA',
    latitude: place.Latitude,
    longitude: place.Longitude,
    coordinates: null,
    approximate: 'no',
    location: 'Hall',
    location_notes: 'Ring twice',
    group: 'Lantern',
    notes: 'Bring a cup',
    conference_url: number % 2 === 0 ? 'https://zoom.us/j/1' : '',
    conference_phone: '',
    updated: '2026-05-03 12:00:00',
    entity: 'Millbrook Intergroup',
    postal_code: 19999,
    city: 'Millbrook',
  }
  return row
}

const bmltFormats = [
  { id: '1', key_string: 'O', name_string: 'Open', world_id: 'OPEN', lang: 'en', format_type_enum: 'O-1' },
  {
    id: '2',
    key_string: 'BT',
    name_string: 'Basic Text',
    world_id: 'BT',
    lang: 'en',
    format_type_enum: 'FC1',
  },
]

/** Rows as the bytes of a format; `breaks` fall on what stands inside of a workbook or on its archive. */
function written(form: Form, rows: readonly unknown[], breaks: readonly TextBreak[]): Uint8Array {
  const broken = (bytes: Uint8Array): Uint8Array => breaks.reduce((all, one) => one.apply(all), bytes)
  if (form === 'workbook') {
    const [inside, outside] = [breaks.slice(0, 1), breaks.slice(1)]
    const sheet = inside.reduce(
      (all, one) => one.apply(all),
      Buffer.from(sheetXml(cellsOf(rows))) as Uint8Array,
    )
    return outside.reduce((all, one) => one.apply(all), workbookOf(sheet))
  }
  return broken(Buffer.from(textOf(form, rows)))
}

function textOf(form: Form, rows: readonly unknown[]): string {
  if (form === 'Meeting Guide array' || form === 'BMLT array') return json(rows)
  if (form === 'Meeting Guide wrapper') return json({ warnings: ['one'], meetings: rows })
  if (form === 'BMLT answer') return json({ meetings: rows, formats: bmltFormats })
  if (form === 'Airtable') return json({ records: rows.map((fields, id) => ({ id: `rec${id}`, fields })) })
  if (form === 'Google sheet') return json({ range: 'A1:Z', values: cellsOf(rows) })
  if (form === 'calendar') return calendarOf(rows)
  return cellsOf(rows)
    .map((cells) => cells.map((cell) => `"${cellText(cell).replaceAll('"', '""')}"`).join(','))
    .join('\r\n')
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // Deeper than the engine writes by itself.
    return `[{"slug":"deep","name":"Deep","notes":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`
  }
}

function cellsOf(rows: readonly unknown[]): readonly (readonly unknown[])[] {
  const objects = rows.map((row): Fields =>
    typeof row === 'object' && row !== null ? (row as Fields) : { x: row },
  )
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))]
  return [columns, ...objects.map((row) => columns.map((column) => row[column] ?? ''))]
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : json(value)
}

function calendarOf(rows: readonly unknown[]): string {
  const events = cellsOf(rows).slice(1)
  const [columns = []] = cellsOf(rows)
  const lines = events.flatMap((cells) => [
    'BEGIN:VEVENT',
    ...cells.flatMap((cell, at) =>
      cellText(cell) === '' ? [] : [`${String(columns[at])}:${cellText(cell)}`],
    ),
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Club', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

/** A workbook with one sheet of the given XML. */
export function workbookOf(sheet: Uint8Array | string, level: 0 | 1 | 6 = 1): Uint8Array {
  const text = (content: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`)
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync(
    {
      '[Content_Types].xml': text('<Types/>'),
      'xl/workbook.xml': text(
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': text(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': typeof sheet === 'string' ? Buffer.from(sheet) : sheet,
    },
    { level },
  )
}

export function sheetXml(rows: readonly (readonly unknown[])[], before = ''): string {
  const cell = (value: unknown): string => `<c t="inlineStr"><is><t>${escaped(cellText(value))}</t></is></c>`
  const lines = rows.map((cells, at) => `<row r="${at + 1}">${cells.map(cell).join('')}</row>`)
  return `<?xml version="1.0" encoding="UTF-8"?>${before}<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
