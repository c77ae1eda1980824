import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ReadMeeting } from '../../../../electron/sync/feeds/reader.ts'
import { createTypesReader } from '../../../../electron/sync/feeds/types.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

function read(name: string, fellowship: string | null = 'aa'): WholeReading {
  const reading = readAll(readFileSync(sharedFeed(name)), {
    kind: 'peer',
    fellowship,
    zone: 'America/New_York',
  })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

/** Of the feed itself, without anything of the reader: the rules of feeds.md 2.7 and 2.8 in a few lines. */
function expectedAttendance(row: Record<string, unknown>): string {
  const text = (key: string) => String(row[key] ?? '').trim()
  const online =
    /^https?:\/\//i.test(text('conference_url')) || text('conference_phone').replace(/\D/g, '').length >= 10
  const types = (Array.isArray(row['types']) ? row['types'] : []).map((type) => String(type).toUpperCase())
  const built = [
    text('address'),
    text('city'),
    [text('state'), text('postal_code')].join(' ').trim(),
    text('country'),
  ]
  const address = text('formatted_address') || built.filter((part) => part !== '').join(', ')
  const said = text('approximate')
  const exact = said === '' ? address.split(',').length >= 4 || /^\d+ /.test(address) : said === 'no'
  const inPerson = exact && address !== '' && !types.includes('TC')
  return inPerson ? (online ? 'hybrid' : 'in_person') : online ? 'online' : 'inactive'
}

function rowsOf(name: string): readonly Record<string, unknown>[] {
  return JSON.parse(readFileSync(sharedFeed(`tsml/${name}`), 'utf8')) as Record<string, unknown>[]
}

/** Rows, shown, by appointment, inactive: of the feed itself. */
function expectedCounts(rows: readonly Record<string, unknown>[]): readonly number[] {
  const inactive = rows.filter((row) => expectedAttendance(row) === 'inactive')
  const dated = (row: Record<string, unknown>) =>
    !['', 'null'].includes(String(row['day'] ?? '')) && !['', 'null'].includes(String(row['time'] ?? ''))
  const shown = rows.filter((row) => !inactive.includes(row) && dated(row))
  return [rows.length, shown.length, rows.length - shown.length - inactive.length, inactive.length]
}

function tally(values: readonly (string | number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

const weekdays = ({ meetings }: WholeReading) =>
  tally(
    meetings.flatMap(({ rules }) => rules.map((rule) => (rule.form === 'weekly' ? rule.weekday : undefined))),
  )

describe.skipIf(!hasSharedFeeds)('real Meeting Guide feeds', () => {
  // Rows, then shown, by appointment, inactive.
  test.each([
    ['aa-edmonton-2024-11.json', 315, 294, 0, 21],
    ['aa-kansas-city-2017-sample.json', 45, 43, 0, 2],
    ['aa-kansas-city-2021-05.json', 206, 197, 0, 9],
    ['aa-raleigh-2017-04.json', 357, 357, 0, 0],
    ['aa-san-jose-2018-07.json', 568, 568, 0, 0],
    ['aa-san-jose-2021-08-28.json', 686, 560, 0, 126],
    ['aa-san-jose-2021-10-02.json', 693, 572, 0, 121],
    ['aa-southeast-pennsylvania-2024-11.json', 2038, 1901, 0, 137],
    ['al-anon-massachusetts-2024-11.json', 360, 326, 0, 34],
    ['c4r-pdf-fixture-2026.json', 25, 21, 0, 4],
    ['eda-world-2023-07.json', 185, 184, 0, 1],
    ['edge-appointment.json', 2, 1, 1, 0],
    ['edge-times.json', 9, 7, 1, 1],
    ['edge-timezones.json', 2, 0, 0, 2],
  ])('%s: every one of its %i rows is kept, and counted as by a count of its own', (name, ...expected) => {
    const [rows, shown, byAppointment, inactive] = expected
    const { counts, refused, problem, meetings } = read(`tsml/${name}`, null)
    expect(counts).toEqual({ read: rows, shown, byAppointment, inactive, refused: 0 })
    expect([refused, problem]).toEqual([[], undefined])
    expect(expectedCounts(rowsOf(name))).toEqual([rows, shown, byAppointment, inactive])
    const keys = rowsOf(name).map((row) => String(row['slug'] ?? row['id']))
    expect(new Set(meetings.map(({ key }) => key))).toEqual(new Set(keys))
  })

  // Each refusal with its reason; the rows are those that the files' own page counts.
  test.each([
    [
      'oiaa-meetings-2026-05.mongo.json',
      160,
      'wrong_day_scheme',
      /^wrong-day-scheme: A day has the number 7/,
    ],
    ['spec-example-2024.json', 1, 'wrong_format', /^wrong-format: This is a single meeting/],
  ])('%s is refused as a whole, all %i rows with one reason', (name, rows, code, reason) => {
    const { counts, refused, problem, meetings } = read(`tsml/${name}`, null)
    expect(counts).toEqual({ read: rows, shown: 0, byAppointment: 0, inactive: 0, refused: rows })
    expect([problem, refused.length, [...meetings]]).toEqual([code, 1, []])
    expect(refused[0]?.reason).toMatch(reason)
    const parsed = JSON.parse(readFileSync(sharedFeed(`tsml/${name}`), 'utf8')) as unknown
    expect(Array.isArray(parsed) ? parsed.length : 1).toBe(rows)
  })

  test('broken-not-json.txt is not read at all, and the place where it breaks is named', () => {
    const reading = readAll(readFileSync(sharedFeed('tsml/broken-not-json.txt')), {
      kind: 'peer',
      fellowship: null,
      zone: 'America/New_York',
    })
    expect(reading).toMatchObject({
      ok: false,
      code: 'not_json',
      detail: expect.stringContaining('starting at line 80, column 3'),
    })
  })

  test('every file of the folder is looked at by one of these tests, or is a table', () => {
    const tables = /\.(?:csv|md)$|^codes$/
    const source = readFileSync(import.meta.filename, 'utf8')
    const files = readdirSync(sharedFeed('tsml')).filter((name) => !tables.test(name))
    expect(
      files.filter((name) => !source.includes(`'${name}'`) && !source.includes(`'tsml/${name}'`)),
    ).toEqual([])
    expect(files).toHaveLength(17)
  })

  test('every code of every fellowship is read as its own list says (feeds.md 2.5, 2.6)', () => {
    type Lists = Record<string, { types?: Record<string, string>; languages?: Record<string, string> }>
    const lists = JSON.parse(readFileSync(sharedFeed('tsml/codes/fellowship-types.json'), 'utf8')) as Lists
    const readTypes = createTypesReader()
    const ids = Object.keys(lists).filter((id) => !id.startsWith('_'))
    expect(ids).toHaveLength(27)
    for (const id of ids) {
      const { types = {}, languages = {} } = lists[id] ?? {}
      const fellowship = id === 'rd' ? 'recovery-dharma' : id
      // A code that is a type and a language is the type.
      const labels = { ...languages, ...types }
      for (const [code, label] of Object.entries(labels)) {
        for (const written of [code, code.toLowerCase(), ` ${code} `]) {
          const {
            types: [type],
            unknown,
          } = readTypes([written], fellowship)
          expect([fellowship, code, type?.label, unknown]).toEqual([fellowship, code, label, []])
        }
      }
    }
    type Nine = Record<string, { en: string }>
    const nine = JSON.parse(readFileSync(sharedFeed('tsml/codes/aa-types-9-languages.json'), 'utf8')) as Nine
    expect(Object.keys(nine)).toHaveLength(87)
    for (const [code, { en }] of Object.entries(nine)) {
      expect([code, readTypes([code], 'aa').types[0]?.label]).toEqual([code, en])
      expect([en, readTypes([en], 'aa').types[0]?.code]).toEqual([en, code])
    }
  })

  test.each([
    'aa-edmonton-2024-11.json',
    'aa-kansas-city-2017-sample.json',
    'aa-kansas-city-2021-05.json',
    'aa-raleigh-2017-04.json',
    'aa-san-jose-2018-07.json',
    'aa-san-jose-2021-10-02.json',
    'aa-southeast-pennsylvania-2024-11.json',
    'al-anon-massachusetts-2024-11.json',
    'c4r-pdf-fixture-2026.json',
    'eda-world-2023-07.json',
    'edge-times.json',
  ])('%s: attendance of each row equals a computation of its own', (name) => {
    const rows = JSON.parse(readFileSync(sharedFeed(`tsml/${name}`), 'utf8')) as Record<string, unknown>[]
    const { meetings } = read(`tsml/${name}`, null)
    expect(meetings.map(({ key, attendance }) => [key, attendance])).toEqual(
      rows.map((row) => [String(row['slug']), expectedAttendance(row)]),
    )
  })

  test.each([
    ['aa-southeast-pennsylvania-2024-11.json', [271, 283, 302, 312, 306, 288, 276]],
    ['aa-edmonton-2024-11.json', [42, 53, 47, 52, 46, 41, 34]],
    ['aa-raleigh-2017-04.json', [36, 56, 62, 52, 58, 49, 44]],
    ['aa-san-jose-2018-07.json', [71, 92, 80, 84, 87, 73, 81]],
  ])('%s has the weekdays of feeds.md 7', (name, expected) => {
    expect(weekdays(read(`tsml/${name}`))).toEqual(
      Object.fromEntries(expected.map((count, day) => [day, count])),
    )
  })

  test('a database export with Monday as 1 is refused with one message', () => {
    const reading = read('tsml/oiaa-meetings-2026-05.mongo.json')
    expect(reading.counts).toEqual({ read: 160, shown: 0, byAppointment: 0, inactive: 0, refused: 160 })
    expect(reading.problem).toBe('wrong_day_scheme')
    expect(reading.meetings).toEqual([])
  })

  test('the attendance of Al-Anon Massachusetts is that of feeds.md 7', () => {
    const { meetings, warnings } = read('tsml/al-anon-massachusetts-2024-11.json', 'al-anon')
    expect(tally(meetings.map(({ attendance }) => attendance))).toEqual({
      in_person: 156,
      online: 110,
      hybrid: 60,
      inactive: 34,
    })
    expect(warnings.filter(({ reason }) => reason.startsWith('attendance-differs'))).toHaveLength(3)
    expect(warnings.filter(({ reason }) => reason.startsWith('bad-phone'))).toHaveLength(3)
  })

  test('POA reads "Parents of Alcoholics" in Al-Anon, whose meetings are for the family', () => {
    const { meetings } = read('tsml/al-anon-massachusetts-2024-11.json', 'al-anon')
    const poa = meetings.flatMap(({ types }) =>
      types.filter(({ code }) => code === 'POA').map(({ label }) => label),
    )
    expect(poa.length).toBeGreaterThan(0)
    expect(new Set(poa)).toEqual(new Set(['Parents of Alcoholics']))
    expect(new Set(meetings.map(({ audience }) => audience))).toEqual(new Set(['family']))
  })

  test('meetings that end after midnight have positive lengths', () => {
    for (const name of [
      'edge-times.json',
      'aa-san-jose-2021-10-02.json',
      'aa-southeast-pennsylvania-2024-11.json',
    ]) {
      const lengths = read(`tsml/${name}`).meetings.flatMap(({ rules }) =>
        rules.flatMap((rule) =>
          rule.form === 'weekly' && rule.durationMinutes !== null ? [rule.durationMinutes] : [],
        ),
      )
      expect(lengths.length).toBeGreaterThan(0)
      expect(lengths.every((length) => length > 0 && length <= 360)).toBe(true)
    }
  })

  test('the pair of San Jose differs by 18 added, 12 gone and 1 moved meeting', () => {
    const when = ({ meetings }: WholeReading) =>
      new Map(
        [...Map.groupBy(meetings, ({ key }) => key)].map(([key, all]) => [
          key,
          all.map(schedule).sort().join(),
        ]),
      )
    const schedule = ({ rules }: ReadMeeting) =>
      rules.map((rule) => (rule.form === 'weekly' ? `${rule.weekday} ${rule.startMinute}` : '')).join()
    const [before, after] = [
      when(read('tsml/aa-san-jose-2021-08-28.json')),
      when(read('tsml/aa-san-jose-2021-10-02.json')),
    ]
    const added = [...after.keys()].filter((key) => !before.has(key))
    const gone = [...before.keys()].filter((key) => !after.has(key))
    const moved = [...after].filter(
      ([key, rule]) => before.has(key) && before.get(key)?.split(',')[0] !== rule.split(',')[0],
    )
    expect([added.length, gone.length, moved.length]).toEqual([18, 12, 1])
  })

  test('a list of the whole world without zones is noted once', () => {
    const { warnings } = read('tsml/eda-world-2023-07.json', null)
    expect(warnings.filter(({ reason }) => reason.startsWith('ambiguous-zone'))).toHaveLength(1)
  })

  test('a misspelt code is kept and said once', () => {
    const { warnings, meetings } = read('tsml/aa-southeast-pennsylvania-2024-11.json')
    expect(warnings.filter(({ reason }) => reason.includes('ASBI'))).toHaveLength(1)
    expect(
      meetings.some(({ types }) => types.some(({ code, label }) => code === 'ASBI' && label === null)),
    ).toBe(true)
  })

  test('no entity, tag or blank run is left in any text', () => {
    for (const name of [
      'al-anon-massachusetts-2024-11.json',
      'aa-raleigh-2017-04.json',
      'aa-kansas-city-2021-05.json',
    ]) {
      for (const { name: title, notes, place } of read(`tsml/${name}`).meetings) {
        for (const text of [title, notes, place?.note, place?.name])
          expect(text ?? '').not.toMatch(/&(?:amp|nbsp|#\d+);|<br|\t| {2}/)
      }
    }
  })

  test('contacts and donation handles are nowhere in what is read (feeds.md 6.5)', () => {
    const text = readFileSync(sharedFeed('tsml/aa-san-jose-2021-10-02.json'), 'utf8')
    const handle = /"venmo": ?"(@[^"]+)"/.exec(text)?.[1] ?? ''
    expect(handle).not.toBe('')
    const all = JSON.stringify(read('tsml/aa-san-jose-2021-10-02.json'))
    // Compared as yes or no: a failure must not print the whole feed.
    expect(all.includes(`"${handle}"`)).toBe(false)
    expect(
      ['email', 'venmo', 'paypal', 'website', 'contact_1_name'].filter((key) => all.includes(`"${key}":`)),
    ).toEqual([])
  })
})
