import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ReaderSettings, ReadMeeting } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: 'aa', zone: 'America/Chicago' }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const fixture = readFileSync(resolve(import.meta.dirname, '../../../support/feeds/meeting-guide.json'))

function read(json: unknown, change: Partial<ReaderSettings> = {}): WholeReading {
  const reading = readAll(bytesOf(JSON.stringify(json)), { ...settings, ...change })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

function readOne(row: object, change: Partial<ReaderSettings> = {}): ReadMeeting {
  const [meeting] = read([{ slug: 'x', name: 'X', ...row }], change).meetings
  if (meeting === undefined) throw new Error('no meeting')
  return meeting
}

const codes = (reading: WholeReading, where?: string) =>
  reading.warnings
    .filter((warning) => where === undefined || warning.where === where)
    .map(({ reason }) => reason.split(':')[0])

const here = { day: 1, time: '19:00', formatted_address: '12 Lantern St, Millbrook, PA 19999, USA' }

describe('the invented feed', () => {
  const reading = readAll(fixture, settings)
  if (!reading.ok) throw new Error(reading.code)
  const { counts, meetings, refused } = reading.value
  const byKey = (key: string) => meetings.filter((meeting) => meeting.key === key)
  const one = (key: string) => byKey(key)[0]

  test('every row ends in exactly one of the four counts', () => {
    expect(counts).toEqual({ read: 17, shown: 7, byAppointment: 4, inactive: 2, refused: 4 })
    expect(refused).toHaveLength(4)
  })

  test('a refused row is named by its number and slug, with its reason', () => {
    expect(refused.map(({ where, reason }) => [where, reason.split(':')[0]])).toEqual([
      ['row 14 (secret)', 'private'],
      ['row 15 (draft)', 'unpublished'],
      ['row 16', 'not-a-row'],
      ['row 17', 'not-a-row'],
    ])
  })

  test('a whole row is read', () => {
    expect(one('lantern-street-monday')).toEqual({
      key: 'lantern-street-monday',
      part: '',
      keyDerived: false,
      name: 'Lantern Street Group',
      kind: 'peer',
      fellowship: 'aa',
      audience: 'self',
      decidedBy: 'fellowship: feed setting; kind: feed setting; audience: the fellowship',
      group: 'Lantern Street',
      notes: 'Coffee & tea\nBring a book',
      types: [
        { code: 'O', label: 'Open' },
        { code: 'D', label: 'Discussion' },
        { code: 'X', label: 'Wheelchair Access' },
        { code: 'S', label: 'Spanish' },
      ],
      languages: ['es'],
      openness: 'open',
      wheelchair: true,
      attendance: 'in_person',
      place: {
        name: 'Lantern Hall',
        street: '12 Lantern St',
        city: 'Millbrook',
        region: 'PA',
        postalCode: '19999',
        country: 'USA',
        address: '12 Lantern St, Millbrook, PA 19999, USA',
        note: 'Door on the left',
        latitude: 40.1,
        longitude: -75.2,
        approximate: false,
      },
      onlineUrl: null,
      onlineNote: null,
      phone: null,
      phoneNote: null,
      provider: null,
      rules: [
        { form: 'weekly', weekday: 1, startMinute: 1140, durationMinutes: 75, zone: 'America/New_York' },
      ],
      sourceUpdated: '2026-10-02T11:12:13Z',
      sourceName: 'Invented Office of AA',
    })
  })

  test('a row with two days is two meetings of one key, told apart by their days', () => {
    expect(byKey('42').map(({ part, rules }) => [part, rules[0]])).toEqual([
      [
        '2',
        { form: 'weekly', weekday: 2, startMinute: 1110, durationMinutes: null, zone: 'America/Chicago' },
      ],
      [
        '4',
        { form: 'weekly', weekday: 4, startMinute: 1110, durationMinutes: null, zone: 'America/Chicago' },
      ],
    ])
    expect(one('42')?.place?.postalCode).toBe('01999')
    expect(one('42')?.types.map(({ code }) => code)).toEqual(['C', 'W'])
  })

  test('an online meeting after midnight has a length and no place', () => {
    expect(one('late-online')).toMatchObject({
      attendance: 'online',
      place: null,
      provider: 'Zoom',
      phone: '+13125550100,,000#',
      rules: [{ weekday: 5, startMinute: 1410, durationMinutes: 90 }],
    })
  })

  test('a link to any other host counts as online', () => {
    expect(one('hybrid-noon')).toMatchObject({
      attendance: 'hybrid',
      provider: 'website',
      rules: [{ weekday: 6 }],
    })
  })

  test('no day or time that can be read is by appointment', () => {
    expect(['on-request', 'half', 'bad-day', 'bad-time'].map((key) => one(key)?.rules)).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(codes(reading.value, 'row 5 (on-request)')).toEqual([])
    expect(codes(reading.value, 'row 6 (half)')).toEqual(['half-schedule'])
    expect(codes(reading.value, 'row 7 (bad-day)')).toEqual(['bad-day'])
    expect(codes(reading.value, 'row 8 (bad-time)')).toEqual(['bad-time'])
  })

  test('a shut building and a row without any way to join are inactive', () => {
    expect(one('closed-site')?.attendance).toBe('inactive')
    expect(one('nowhere')).toMatchObject({ attendance: 'inactive', onlineUrl: null, phone: null })
    expect(codes(reading.value, 'row 10 (nowhere)')).toEqual(['bad-link', 'bad-phone', 'no-place'])
  })

  test('rows of one slug are all kept, told apart by day and time', () => {
    expect(byKey('twin').map(({ part }) => part)).toEqual(['0-08:00', '6-08:00'])
    expect(codes(reading.value, 'row 12 (twin)')).toEqual(['open-and-closed', 'duplicate-slug'])
  })

  test('a missing slug and name are made up for, and midnight may end the day', () => {
    expect(one('77')).toMatchObject({
      name: 'Named by Group',
      keyDerived: false,
      rules: [{ weekday: 2, startMinute: 1440, durationMinutes: 45, zone: 'America/New_York' }],
    })
  })

  test('an unknown key and an unknown type are each said once, with their count', () => {
    expect(
      reading.value.warnings.filter(({ where }) => where === 'feed').map(({ reason }) => reason),
    ).toEqual([
      'site-closed: 1 row names a building that is closed for now and no way to join online; not shown.',
      expect.stringContaining('unknown-key: The key "color" in 2 rows'),
      expect.stringContaining('unknown-type: The type "ZZ" in 1 row'),
    ])
  })

  test('contacts and donation handles are nowhere in what is read (feeds.md 6.5)', () => {
    const all = JSON.stringify(reading.value)
    for (const word of ['Nobody N', '555-0100,"', '@nobody']) expect(all).not.toContain(word)
    expect(fixture.toString()).toContain('Nobody N')
  })
})

describe('whose meetings they are', () => {
  const whose = (row: object, change: Partial<ReaderSettings> = {}) => {
    const { fellowship, audience, decidedBy } = readOne({ ...here, ...row }, { fellowship: null, ...change })
    return { fellowship, audience, decidedBy: decidedBy.split(';')[0] }
  }

  test('the setting of the feed goes before all else', () => {
    expect(whose({ fellowship: 'NA', entity: 'Office of NA' }, { fellowship: 'al-anon' })).toEqual({
      fellowship: 'al-anon',
      audience: 'family',
      decidedBy: 'fellowship: feed setting',
    })
  })

  test('then the column of the row, the name of its office, the name of the feed', () => {
    expect(whose({ fellowship: 'NA', entity: 'Office of AA' }).fellowship).toBe('na')
    expect(whose({ entity: 'Office of AA' }, { feedName: 'Al-Anon' })).toMatchObject({
      fellowship: 'aa',
      decidedBy: 'fellowship: name of the office "Office of AA"',
    })
    expect(whose({ entity: 'The Office' }, { feedName: 'Al-Anon of Ohio' }).fellowship).toBe('al-anon')
  })

  test('else it is unknown, for anyone, and no code is decoded but online and closed', () => {
    const meeting = readOne({ ...here, types: ['POA', 'O', 'onl'] }, { fellowship: null })
    expect(meeting).toMatchObject({ fellowship: 'unknown', audience: 'anyone', openness: 'unknown' })
    expect(meeting.types).toEqual([
      { code: 'POA', label: null },
      { code: 'O', label: null },
      { code: 'ONL', label: 'Online Meeting' },
    ])
  })

  test('codes that only one fellowship uses give nothing away', () => {
    expect(whose({ types: ['AC', 'POA'], name: 'X AFG' }).fellowship).toBe('unknown')
  })

  test('a column that names no known fellowship is said, and the next rule decides', () => {
    const reading = read([{ slug: 'x', name: 'X', ...here, fellowship: 'Zed', entity: 'AA' }], {
      fellowship: null,
    })
    expect(reading.meetings[0]?.fellowship).toBe('aa')
    expect(codes(reading)).toEqual(['unknown-fellowship'])
  })
})

describe('shapes of the source', () => {
  const table = [
    ['Name', 'Day', 'Time', 'End Time', 'Types', 'Address', 'ID', 'Regions'],
    [
      'Lantern',
      'Lunes',
      '7:00 PM',
      '8:00 PM',
      'Open, Big Book',
      '12 Lantern St, Millbrook, PA 19999, USA',
      5,
      'A > B',
    ],
    ['Short row', 'Friday', '9:00 AM'],
    [],
    ['Wide', 'Friday', '9:00', '', '', '', '', '', 'too much'],
    'no row',
  ]

  test('a sheet is read as a table: headers in plain words, days in other languages, labels as types', () => {
    const { counts, meetings, refused } = read({ values: table })
    expect(counts).toEqual({ read: 5, shown: 1, byAppointment: 0, inactive: 1, refused: 3 })
    expect(meetings[0]).toMatchObject({
      key: '5',
      rules: [{ weekday: 1, startMinute: 1140, durationMinutes: 60 }],
      types: [{ code: 'O' }, { code: 'B' }],
    })
    expect(refused.map(({ where, reason }) => [where, reason.split(':')[0]])).toEqual([
      ['row 4', 'empty-row'],
      ['row 5', 'too-wide'],
      ['row 6', 'not-a-row'],
    ])
  })

  test("a converter's answer is unwrapped, and its own warnings are counted", () => {
    const reading = read({ warnings: ['a', 'b'], meetings: [{ slug: 'x', name: 'X', ...here }] })
    expect(reading.counts.shown).toBe(1)
    expect(reading.warnings[0]?.reason).toContain('2 problems')
  })

  test("Airtable's records are read as a table, with the record's id as key", () => {
    const fields = {
      Name: 'X',
      Day: ['Monday', 'Friday'],
      Time: '19:00',
      'Conference URL': 'https://zoom.us/j/1',
    }
    const reading = read({ records: [{ id: 'rec1', fields }, { id: 'rec2' }], offset: 'next' })
    expect(reading.counts).toEqual({ read: 2, shown: 1, byAppointment: 0, inactive: 0, refused: 1 })
    expect(reading.meetings.map(({ key, part }) => [key, part])).toEqual([
      ['rec1', '1'],
      ['rec1', '5'],
    ])
    expect(reading.warnings[0]?.reason).toContain('first page')
  })

  test('a lone meeting is one refused row, with the keys that were found', () => {
    const reading = read({ slug: 'x', name: 'X', day: 1, time: '19:00' })
    expect(reading.counts).toEqual({ read: 1, shown: 0, byAppointment: 0, inactive: 0, refused: 1 })
    expect(reading.problem).toBe('wrong_format')
    expect(reading.refused[0]?.reason).toContain('"slug", "name", "day", "time"')
  })

  test.each<[string, unknown, string, string]>([
    ['an empty list', [], 'empty', 'empty'],
    ['an empty wrapper', { meetings: [] }, 'empty', 'empty'],
    [
      'an object of another kind',
      { type: 'FeatureCollection', features: [] },
      'wrong_format',
      '"type", "features"',
    ],
    ['a list of another kind', [{ id: 1, title: 'x' }], 'wrong_format', '"id", "title"'],
    ['a list of numbers', [1, 2], 'wrong_format', 'no objects'],
    ['a refusal', { error: 'HTTP/1.1 401 Unauthorized' }, 'needs_key', 'sharing key'],
    ['a restricted feed', { code: 'feed_restricted', message: 'x' }, 'needs_key', 'sharing key'],
    [
      'a sheet without header',
      {
        values: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      'wrong_format',
      'header',
    ],
    ['a single value', 'text', 'wrong_format', ''],
  ])('%s is refused in plain words', (_what, json, code, words) => {
    const reading = readAll(bytesOf(JSON.stringify(json)), settings)
    expect(reading).toMatchObject({ ok: false, code, detail: expect.stringContaining(words) })
  })

  test('what a BMLT server answers is named, wherever its first row stands', () => {
    const late = [
      { name: 'X'.repeat(5000), day: 1 },
      { id_bigint: '1', weekday_tinyint: '1' },
    ]
    expect(readAll(JSON.stringify(late), settings)).toMatchObject({
      ok: false,
      code: 'wrong_format',
      detail: expect.stringContaining('BMLT answer'),
    })
  })

  test.each([7, '7', [1, 7]])('a day %j refuses the whole source with one message', (day) => {
    const reading = read([
      { slug: 'a', name: 'A', ...here },
      { slug: 'b', name: 'B', ...here, day },
    ])
    expect(reading.counts).toEqual({ read: 2, shown: 0, byAppointment: 0, inactive: 0, refused: 2 })
    expect(reading.meetings).toEqual([])
    expect(reading.problem).toBe('wrong_day_scheme')
    expect(reading.refused).toHaveLength(1)
    expect(reading.refused[0]?.reason).toContain('row 2 (b)')
  })
})

describe('odd rows', () => {
  test.each([
    [{ private: 'yes' }, 'private'],
    [{ status: 'private' }, 'private'],
    [{ visibility: 'Private' }, 'private'],
    [{ deleted: '2026-01-01' }, 'deleted'],
    [{ published: false }, 'unpublished'],
    [{ unpublished: '1' }, 'unpublished'],
    [{ status: 'draft' }, 'unpublished'],
    [{ archived: true }, 'archived'],
  ])('%j is refused as %s', (mark, reason) => {
    const { counts, refused } = read([{ slug: 'x', name: 'X', ...here, ...mark }])
    expect(counts).toEqual({ read: 1, shown: 0, byAppointment: 0, inactive: 0, refused: 1 })
    expect(refused[0]?.reason.startsWith(`${reason}:`)).toBe(true)
  })

  test.each([
    { private: false },
    { deleted: '' },
    { published: '1' },
    { unpublished: '0' },
    { archived: 'no' },
    { status: 'active' },
  ])('%j is not refused', (mark) => {
    expect(read([{ slug: 'x', name: 'X', ...here, ...mark }]).counts.shown).toBe(1)
  })

  test('an inactive row without a time is inactive, not by appointment', () => {
    expect(read([{ slug: 'x', name: 'X', city: 'Millbrook' }]).counts).toMatchObject({
      inactive: 1,
      byAppointment: 0,
    })
  })

  test('a row without slug or id gets a key that does not depend on its place in the file', () => {
    const row = { name: 'X', ...here }
    const other = { name: 'Y', ...here }
    const keys = (rows: object[]) =>
      read(rows)
        .meetings.filter(({ name }) => name === 'X')
        .map(({ key }) => key)
    expect(keys([row, other])).toEqual(keys([other, row]))
    expect(read([row]).meetings[0]?.keyDerived).toBe(true)
  })

  test('two rows alike in all are two meetings with different parts', () => {
    const row = { slug: 'x', name: 'X', ...here }
    expect(read([row, row]).meetings.map(({ part }) => part)).toEqual(['1-19:00', '1-19:00-2'])
  })

  test('a row without any name is named by place, day and time', () => {
    const reading = read([{ slug: 'x', location: 'Lantern Hall', ...here }])
    expect(reading.meetings[0]?.name).toBe('Lantern Hall, Monday 19:00')
    expect(codes(reading)).toEqual(['no-name'])
  })

  test('an alias counts only where the proper key is absent or blank', () => {
    const row = {
      slug: 'x',
      name: ' ',
      meeting: 'By alias',
      day: 1,
      start_time: '10:00',
      zip: '19999',
      location_name: 'Hall',
    }
    const [meeting] = read([{ ...row, full_address: '1 A St, Millbrook, PA 19999, USA' }]).meetings
    expect(meeting).toMatchObject({
      name: 'By alias',
      rules: [{ startMinute: 600 }],
      place: { name: 'Hall', postalCode: '19999' },
    })
  })

  test('the feed may say another attendance; ours stands, and it is noted', () => {
    const reading = read([{ slug: 'x', name: 'X', ...here, attendance_option: 'online' }])
    expect(reading.meetings[0]?.attendance).toBe('in_person')
    expect(codes(reading)).toEqual(['attendance-differs'])
  })

  test('an unknown zone falls back to the setting, and it is noted', () => {
    const reading = read([{ slug: 'x', name: 'X', ...here, timezone: 'Narnia' }])
    expect(reading.meetings[0]?.rules).toMatchObject([{ zone: 'America/Chicago' }])
    expect(codes(reading)).toEqual(['bad-zone'])
  })

  test('a list across many zones in which no row names one is noted once', () => {
    const at = (longitude: number, more: object = {}) => ({
      slug: `x${longitude}`,
      name: 'X',
      ...here,
      latitude: 40,
      longitude,
      ...more,
    })
    expect(codes(read([at(-75), at(-122), at(0)]))).toEqual(['ambiguous-zone'])
    expect(codes(read([at(-75), at(-80)]))).toEqual([])
    expect(codes(read([at(-75), at(-122, { timezone: 'PT' })]))).toEqual([])
  })

  test('a doubtful end keeps the meeting and drops the length', () => {
    const lengths = (end: string) => {
      const reading = read([{ slug: 'x', name: 'X', ...here, end_time: end }])
      return [reading.meetings[0]?.rules[0], codes(reading)[0]]
    }
    expect(lengths('19:00')).toMatchObject([{ durationMinutes: null }, 'zero-length'])
    expect(lengths('08:15')).toMatchObject([{ durationMinutes: null }, 'long-length'])
    expect(lengths('late')).toMatchObject([{ durationMinutes: null }, 'bad-end-time'])
  })

  test('types about a building are hidden online', () => {
    const row = { day: 1, time: '19:00', conference_url: 'https://zoom.us/j/1', types: ['X', 'D'] }
    expect(readOne(row)).toMatchObject({ types: [{ code: 'D' }], wheelchair: null })
    expect(readOne({ ...row, ...here })).toMatchObject({
      types: [{ code: 'X' }, { code: 'D' }],
      wheelchair: true,
    })
  })

  test('a name that is too long is cut, and it is noted', () => {
    const reading = read([{ slug: 'x', name: 'n'.repeat(300), ...here }])
    expect(reading.meetings[0]?.name).toHaveLength(255)
    expect(codes(reading)).toEqual(['long-name'])
  })

  test('midnight is the end of the day it names where staff said so (feeds.md 1.5)', () => {
    const row = { ...here, day: 5, time: '00:00', end_time: '01:00' }
    const midnight = (change: Partial<ReaderSettings>) => readOne(row, change).rules
    expect(midnight({})).toMatchObject([{ weekday: 5, startMinute: 0, durationMinutes: 60 }])
    expect(midnight({ midnightBefore: true })).toMatchObject([
      { weekday: 5, startMinute: 1440, durationMinutes: 60 },
    ])
  })

  test('a slug longer than four times what the format allows is replaced by a hash of it', () => {
    const long = (slug: string) => readOne({ ...here, slug })
    expect(long('s'.repeat(256))).toMatchObject({ key: 's'.repeat(256), keyDerived: false })
    expect(long('s'.repeat(257)).keyDerived).toBe(true)
    expect(long('s'.repeat(257)).key).not.toBe(long('s'.repeat(258)).key)
  })

  test('of thousands of types the first hundred are kept, none of them long', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `t${index}`)
    for (const types of [many, many.join(','), [`${'x'.repeat(100_000)}`]]) {
      const read = readOne({ ...here, types }).types
      expect(read.length).toBeLessThanOrEqual(100)
      expect(Math.max(...read.map(({ code }) => code.length))).toBeLessThanOrEqual(80)
    }
  })

  test('more different keys than are told apart are still counted', () => {
    const rows = Array.from({ length: 60 }, (_, row) => ({
      slug: `s${row}`,
      name: 'X',
      ...here,
      ...Object.fromEntries(Array.from({ length: 50 }, (_value, index) => [`odd_${row}_${index}`, 1])),
    }))
    expect(read(rows).warnings.at(-1)?.reason).toBe('unknown-key: 2960 more of this kind.')
  })

  test('a link or a number never stands in a remark: they hold pass codes', () => {
    const reading = read([
      { slug: 'x', name: 'X', ...here, conference_url: 'zoom.us/pass-word', conference_phone: '+99' },
    ])
    expect(JSON.stringify(reading.warnings)).not.toMatch(/pass-word|\+99/)
  })

  test('thousands of different unknown keys are listed in part', () => {
    const row = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`odd_${index}`, 1]))
    const reading = read([{ slug: 'x', name: 'X', ...here, ...row }])
    expect(reading.warnings).toHaveLength(41)
    expect(reading.warnings[40]?.reason).toBe('unknown-key: 460 more of this kind.')
  })

  test.each([
    ['2026-10-02 11:12:13', '2026-10-02T11:12:13Z'],
    ['2014-05-3107:32:00', '2014-05-31T07:32:00Z'],
    ['8/28/2021', '2021-08-28'],
    ['8/16/2021 7:25:34 AM', '2021-08-16T07:25:34Z'],
    ['8/16/2021 12:25:34 PM', '2021-08-16T12:25:34Z'],
    ['2026-10-02T11:12:13Z', '2026-10-02T11:12:13Z'],
    ['yesterday', null],
    ['2026-13-45', null],
  ])('reads updated %j as %j', (updated, expected) => {
    expect(readOne({ ...here, updated }).sourceUpdated).toBe(expected)
  })
})

describe('whatever the feed holds', () => {
  const key = fc.constantFrom(
    'slug',
    'id',
    'name',
    'day',
    'time',
    'end_time',
    'types',
    'timezone',
    'formatted_address',
    'address',
    'coordinates',
    'latitude',
    'longitude',
    'conference_url',
    'conference_phone',
    'approximate',
    'entity',
    'updated',
    'published',
    '__proto__',
    'constructor',
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(1, '2', [3], 'Monday', '19:00', 'TC', 'https://zoom.us/j/1', '1 A St, B, C, D'),
  )
  const row = fc.oneof(fc.dictionary(key, value), fc.jsonValue())

  test('reading never throws, and the counts add up', () => {
    const list = fc.array(row, { maxLength: 8 })
    const source = fc.oneof(
      list,
      fc.jsonValue(),
      list.map((meetings) => ({ meetings })),
      list.map((records) => ({ records: records.map((fields) => ({ fields })) })),
      fc.array(fc.array(value)).map((values) => ({ values: [['Name', 'Day', 'Time'], ...values] })),
    )
    fc.assert(
      fc.property(source, fc.constantFrom('aa', null), (json, fellowship) => {
        const reading = readAll(bytesOf(JSON.stringify(json)), { ...settings, fellowship })
        if (!reading.ok) return reading.detail !== undefined && reading.detail !== ''
        const { counts, meetings, refused, problem } = reading.value
        expect(counts.shown + counts.byAppointment + counts.inactive + counts.refused).toBe(counts.read)
        expect(refused).toHaveLength(problem === undefined ? counts.refused : 1)
        const identities = meetings.map((meeting) => JSON.stringify([meeting.key, meeting.part]))
        expect(new Set(identities).size).toBe(identities.length)
        return meetings.every((meeting) => meeting.name !== '')
      }),
      { numRuns: 500 },
    )
  })

  test('any bytes are read or refused, never thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof readAll(bytes, settings).ok).toBe('boolean')
      }),
    )
  })
})
