import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReaderSettings, ReadMeeting } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'America/Chicago' }

type Row = Readonly<Record<string, unknown>>

const root = 'https://bmlt.example.org/main_server'
const link = 'https://zoom.us/j/1234567890'

function row(changes: Row = {}): Row {
  return {
    id_bigint: '7',
    weekday_tinyint: '2',
    start_time: '19:30:00',
    duration_time: '01:30:00',
    time_zone: '',
    formats: '',
    format_shared_id_list: '',
    venue_type: '1',
    latitude: '41.9',
    longitude: '-87.6',
    published: '1',
    root_server_uri: root,
    meeting_name: 'Lake Street Group',
    location_text: 'Community House',
    location_street: '12 Lake Street',
    location_municipality: 'Chicago',
    location_province: 'IL',
    location_postal_code_1: '60601',
    location_nation: 'US',
    virtual_meeting_link: '',
    phone_meeting_number: '',
    ...changes,
  }
}

function format(id: string, key: string, name: string, world: string, type: string, more: Row = {}): Row {
  return {
    id,
    key_string: key,
    name_string: name,
    description_string: '',
    lang: 'en',
    world_id: world,
    format_type_enum: type,
    root_server_uri: root,
    ...more,
  }
}

const formats = [
  format('1', 'S', 'Open', 'OPEN', 'O'),
  format('2', 'T', 'Closed', 'CLOSED', 'O'),
  format('3', 'O', 'Step', 'STEP', 'FC1'),
  format('4', 'O1', 'First week open', '', 'O-1'),
  format('5', 'OL', 'Last week open', '', 'O-L'),
  format('6', 'WC', 'Wheelchair', 'WCHR', 'FC2'),
  format('7', 'VM', 'Virtual', 'VM', 'FC2'),
  format('8', 'HY', 'Hybrid', 'HYBR', 'FC2'),
  format('9', 'TC', 'Facility closed', 'TC', 'FC2'),
  format('10', 'sp', 'Spanish speaking', 'LANG', 'LANG'),
  format('11', 'VG', 'Paused', '', 'Alert', { description_string: 'No meeting until the roof is mended.' }),
  format('12', 'CH', 'Closed Holidays', 'CH', 'FC3', {
    description_string: 'The building is shut on holidays.',
  }),
  format('13', 'OE', 'Open-Ended', '', 'FC1'),
  format('14', 'C', 'Coffee', '', 'FC3'),
  format('15', 'Sp3', 'Speaker in week 3', 'SPK', 'FC1-3'),
  format('16', 'SpL', 'Speaker in the last week', 'SPK', 'FC1-L'),
  format('17', 'no', 'No dogs', '', 'FC2'),
  format('18', 'naf', 'Not on holidays', '', 'When'),
  format('19', 'RA', 'Inside', 'RA', 'Alert', { description_string: 'Bring an ID.' }),
  format('20', 'O2', 'Open to all', '', 'O'),
]

function read(
  rows: readonly unknown[],
  options: { formats?: readonly unknown[]; set?: Partial<ReaderSettings> } = {},
): WholeReading {
  const answer = { meetings: rows, formats: options.formats ?? formats }
  const reading = readAll(JSON.stringify(answer), { ...settings, ...options.set })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

function only(changes: Row, options: Parameters<typeof read>[1] = {}): ReadMeeting {
  const [meeting] = read([row(changes)], options).meetings
  if (meeting === undefined) throw new Error('no meeting')
  return meeting
}

const codesOf = (reading: WholeReading): readonly string[] =>
  reading.warnings.map(({ reason }) => reason.slice(0, reason.indexOf(':')))

describe('a row of a BMLT answer', () => {
  it('is one meeting on one weekday, 1 being Sunday', () => {
    for (const [day, weekday] of [
      ['1', 0],
      ['2', 1],
      ['7', 6],
    ] as const) {
      expect(only({ weekday_tinyint: day }).rules).toEqual([
        { form: 'weekly', weekday, startMinute: 1170, durationMinutes: 90, zone: 'America/Chicago' },
      ])
    }
  })

  it('keeps its raw id as key, and its server apart from it', () => {
    const { meetings, counts } = read([
      row(),
      row({ root_server_uri: 'https://other.example.org/' }),
      row({ root_server_uri: 'http:' }),
    ])
    expect(meetings.map(({ key, part }) => [key, part])).toEqual([
      ['7', 'bmlt.example.org/main_server'],
      ['7', 'other.example.org'],
      ['7', ''],
    ])
    expect(counts).toMatchObject({ read: 3, shown: 3, refused: 0 })
  })

  it('has the same identity behind http, https, www and a final slash', () => {
    const parts = ['http://www.BMLT.example.org/main_server/', 'https://bmlt.example.org/main_server'].map(
      (uri) => only({ root_server_uri: uri }).part,
    )
    expect(new Set(parts).size).toBe(1)
  })

  it('takes the server as that of Narcotics Anonymous only after what staff said', () => {
    expect(only({})).toMatchObject({ fellowship: 'na', audience: 'self' })
    expect(only({}).decidedBy).toContain('format BMLT')
    const nar = only({}, { set: { fellowship: 'nar-anon' } })
    expect(nar).toMatchObject({ fellowship: 'nar-anon', audience: 'family' })
    expect(nar.decidedBy).toContain('feed setting')
  })

  it('is refused when it is not published', () => {
    const reading = read([row({ published: '0' }), row({ id_bigint: '8' })])
    expect(reading.counts).toMatchObject({ read: 2, shown: 1, refused: 1 })
    expect(reading.refused[0]?.reason).toMatch(/^unpublished:/)
  })

  it('is refused when it is no object, and when the answer has it twice', () => {
    const reading = read([row(), 'hello', null, row()])
    expect(reading.counts).toMatchObject({ read: 4, shown: 1, refused: 3 })
    expect(reading.refused.map(({ reason }) => reason.split(':')[0])).toEqual([
      'not-a-row',
      'not-a-row',
      'repeated',
    ])
  })

  it('is kept beside another row with its id on another day', () => {
    const { meetings } = read([row(), row({ weekday_tinyint: '3' })])
    expect(meetings.map(({ part }) => part)).toEqual([
      'bmlt.example.org/main_server',
      'bmlt.example.org/main_server 2-19:30',
    ])
  })

  it('never brings a contact along', () => {
    const text = JSON.stringify(
      read([
        row({
          contact_name_1: 'Jo Secret',
          contact_phone_1: '555-0100-99',
          contact_email_1: 'jo@secret.example',
          contact_name2: 'Al Secret',
          email_contact: 'al@secret.example',
        }),
      ]),
    )
    expect(text).not.toMatch(/secret|555-0100/i)
  })

  it('gets a name from its place and time when it has none', () => {
    expect(only({ meeting_name: '' }).name).toBe('Community House, Monday 19:30')
    expect(only({ meeting_name: 'NA Meeting' }).name).toBe('NA Meeting')
  })

  it('keeps what follows the separator of old servers, without the caption before it', () => {
    expect(only({ comments: 'Comments#@-@#Ring the bell', bus_lines: 'Bus#@-@#22, 36' }).notes).toBe(
      'Ring the bell\n\nBus: 22, 36',
    )
  })
})

describe('time of a BMLT row', () => {
  it.each([
    ['01:15:00', 75, null],
    ['1:00', 60, null],
    ['00:35', 35, null],
    ['24:00:00', null, 'long-length'],
    ['07:00:00', null, 'long-length'],
    ['06:00:00', 360, null],
    ['00:00:00', null, 'zero-length'],
    ['soon', null, 'bad-duration'],
    ['', null, null],
  ])('a duration of %j is %j minutes', (duration, minutes, remark) => {
    const reading = read([row({ duration_time: duration })])
    expect(reading.meetings[0]?.rules[0]).toMatchObject({ durationMinutes: minutes })
    expect(codesOf(reading)).toEqual(remark === null ? [] : [remark])
  })

  it('has no length that means anything when it is open-ended', () => {
    const reading = read([row({ duration_time: '24:00:00', format_shared_id_list: '13' })])
    expect(reading.meetings[0]?.rules[0]).toMatchObject({ durationMinutes: null })
    expect(codesOf(reading)).toEqual([])
  })

  it('is in its own zone when it names one, else in that of the setting', () => {
    expect(only({ time_zone: 'America/New_York' }).rules[0]).toMatchObject({ zone: 'America/New_York' })
    const bad = read([row({ time_zone: 'Moon/Base' })])
    expect(bad.meetings[0]?.rules[0]).toMatchObject({ zone: 'America/Chicago' })
    expect(codesOf(bad)).toEqual(['bad-zone'])
  })

  it('is by appointment without a day or a time, and 24:00 is midnight at the end of the day', () => {
    expect(read([row({ weekday_tinyint: '', start_time: '' })]).counts).toMatchObject({ byAppointment: 1 })
    expect(codesOf(read([row({ start_time: '' })]))).toEqual(['half-schedule'])
    expect(codesOf(read([row({ weekday_tinyint: '9' })]))).toEqual(['bad-day'])
    expect(codesOf(read([row({ start_time: '25:00:00' })]))).toEqual(['bad-time'])
    expect(only({ start_time: '24:00:00' }).rules[0]).toMatchObject({ weekday: 1, startMinute: 1440 })
  })

  it('of a list that counts days from 0 is refused whole, not shifted row by row', () => {
    const reading = read([row({ weekday_tinyint: '0' }), row({ id_bigint: '8', weekday_tinyint: '6' })])
    expect(reading).toMatchObject({
      problem: 'wrong_day_scheme',
      meetings: [],
      counts: { read: 2, refused: 2 },
    })
    // With a 7 in it the list counts from 1, and the 0 is one bad row.
    expect(
      read([row({ weekday_tinyint: '0' }), row({ id_bigint: '8', weekday_tinyint: '7' })]).counts,
    ).toMatchObject({
      shown: 1,
      byAppointment: 1,
    })
  })
})

describe('attendance of a BMLT row', () => {
  const noPlace = {
    location_text: '',
    location_street: '',
    location_municipality: '',
    location_province: '',
    location_postal_code_1: '',
    location_nation: '',
  }
  it.each([
    ['venue 1', { venue_type: '1' }, 'in_person'],
    [
      'venue 1 with the format of a virtual meeting',
      { venue_type: '1', format_shared_id_list: '7' },
      'in_person',
    ],
    ['venue 2', { venue_type: '2', virtual_meeting_link: link }, 'online'],
    ['venue 3', { venue_type: '3', virtual_meeting_link: link }, 'hybrid'],
    ['no venue, nothing else', { venue_type: '' }, 'in_person'],
    ['no venue, VM', { venue_type: '', format_shared_id_list: '7', virtual_meeting_link: link }, 'online'],
    ['no venue, HYBR', { venue_type: '', format_shared_id_list: '8', virtual_meeting_link: link }, 'hybrid'],
    [
      'no venue, TC and VM',
      { venue_type: '', format_shared_id_list: '7,9', virtual_meeting_link: link },
      'online',
    ],
    [
      'venue 1, TC and a link',
      { venue_type: '1', format_shared_id_list: '9', virtual_meeting_link: link },
      'online',
    ],
    ['venue 1, TC alone', { venue_type: '1', format_shared_id_list: '9' }, 'inactive'],
    ['venue 1 without any place', { venue_type: '1', ...noPlace }, 'inactive'],
    [
      'venue 1 without any place, with a link',
      { venue_type: '1', ...noPlace, virtual_meeting_link: link },
      'online',
    ],
    ['venue 3 without any place', { venue_type: '3', ...noPlace, virtual_meeting_link: link }, 'online'],
  ])('%s is %s', (_, changes, attendance) => {
    expect(only(changes).attendance).toBe(attendance)
  })

  it('without venue and without readable formats, a link counts: nobody is sent to a door that may be shut', () => {
    const changes = { venue_type: '', formats: 'VM', virtual_meeting_link: link }
    expect(only(changes, { formats: [] }).attendance).toBe('hybrid')
    expect(only({ ...changes, ...noPlace }, { formats: [] }).attendance).toBe('online')
  })

  it('does not keep the default point of a server as the place of a virtual meeting', () => {
    const online = only({
      venue_type: '2',
      latitude: '34.235918',
      longitude: '-118.563659',
      virtual_meeting_link: link,
    })
    expect(online.place).toBeNull()
  })

  it('takes a link without its scheme, and no other scheme', () => {
    const withLink = (text: string) => only({ venue_type: '2', virtual_meeting_link: text })
    expect(withLink('zoom.us/j/1234567890')).toMatchObject({ onlineUrl: link, provider: 'Zoom' })
    expect(withLink('javascript:alert(1)').onlineUrl).toBeNull()
    expect(withLink('see website').onlineUrl).toBeNull()
    expect(codesOf(read([row({ venue_type: '2', virtual_meeting_link: 'see website' })]))).toEqual([
      'bad-link',
      'no-link',
    ])
  })

  it('takes a number to dial, and keeps the words around one as a note', () => {
    expect(only({ venue_type: '2', phone_meeting_number: '+1 646-555-0100,,123456789#' })).toMatchObject({
      phone: '+16465550100,,123456789#',
      phoneNote: null,
    })
    expect(
      only({ venue_type: '2', phone_meeting_number: 'Dial 646 555 0100 and enter 99 88' }),
    ).toMatchObject({
      phone: '6465550100',
      phoneNote: 'Dial 646 555 0100 and enter 99 88',
    })
    expect(codesOf(read([row({ phone_meeting_number: '12345' })]))).toEqual(['bad-phone'])
  })

  it('says where it is in one line, with the quarter, and calls a place without a street approximate', () => {
    expect(only({ location_city_subsection: 'The Loop', location_info: 'Back<br>door' }).place).toEqual({
      name: 'Community House',
      street: '12 Lake Street',
      city: 'Chicago',
      region: 'IL',
      postalCode: '60601',
      country: 'USA',
      address: '12 Lake Street, The Loop, Chicago, IL 60601, USA',
      note: 'Back\ndoor',
      latitude: 41.9,
      longitude: -87.6,
      approximate: false,
    })
    expect(only({ location_street: '' }).place).toMatchObject({ approximate: true })
  })
})

describe('formats of a BMLT row', () => {
  const openness = (ids: string) => {
    const meeting = only({ format_shared_id_list: ids })
    return [meeting.openness, meeting.openWeeks ?? null]
  }

  it('are decoded by world id, whatever letters the server gave them', () => {
    expect(openness('1')).toEqual(['open', null])
    expect(openness('2')).toEqual(['closed', null])
    const meeting = only({ formats: 'O', format_shared_id_list: '3' })
    expect(meeting.types).toEqual([{ code: 'STEP', label: 'Step', es: 'Pasos' }])
    expect(meeting.openness).toBe('unknown')
  })

  it('are open in their weeks, and both at once is closed', () => {
    expect(openness('4')).toEqual(['open_this_week', [1]])
    expect(openness('4,5')).toEqual(['open_this_week', [1, 'last']])
    expect(openness('2,4')).toEqual(['open_this_week', [1]])
    expect(openness('1,4')).toEqual(['open', null])
    expect(openness('20')).toEqual(['open', null])
    const both = read([row({ format_shared_id_list: '1,2' })])
    expect(both.meetings[0]).toMatchObject({ openness: 'closed' })
    expect(codesOf(both)).toEqual(['open-and-closed'])
  })

  it('that are open in each of the five weeks are simply open', () => {
    const weekly = [1, 2, 3, 4, 5].map((week) => format(String(week), `O${week}`, 'Open', '', `O-${week}`))
    expect(only({ format_shared_id_list: '1,2,3,4,5' }, { formats: weekly })).toMatchObject({
      openness: 'open',
    })
    expect(only({ format_shared_id_list: '1,2,3,4' }, { formats: weekly })).toMatchObject({
      openWeeks: [1, 2, 3, 4],
    })
  })

  it('of one meaning are one type in the weeks of either', () => {
    expect(only({ format_shared_id_list: '15,16' }).types).toEqual([
      { code: 'SPK', label: 'Speaker', es: 'Orador', weeks: [3, 'last'] },
    ])
  })

  it('that are local show their name, and their letters are not taken for a known code', () => {
    expect(only({ format_shared_id_list: '14' }).types).toEqual([{ code: 'C (local)', label: 'Coffee' }])
    expect(only({ format_shared_id_list: '14' }).openness).toBe('unknown')
  })

  it('give languages by their names in any language, not by their letters', () => {
    const language = (name: string, key: string, more: Row = {}) =>
      only({ format_shared_id_list: '1' }, { formats: [format('1', key, name, 'LANG', 'LANG', more)] })
        .languages
    expect(only({ format_shared_id_list: '10' }).languages).toEqual(['es'])
    expect(language('Espanol', 'X')).toEqual(['es'])
    expect(language('Rusa', 'es', { description_string: 'auf Russisch' })).toEqual(['ru'])
    expect(language('ungarische', 'zz')).toEqual(['hu'])
    expect(language('Farsi', 'p')).toEqual(['fa'])
    expect(language('日本語', 'j')).toEqual(['ja'])
    expect(language('?', 'uk')).toEqual(['uk'])
    expect(language('?', 'q')).toEqual([])
  })

  it('come in several languages: English is shown, Spanish kept beside it', () => {
    const both = [
      format('1', 'Kf', 'Kaffee', '', 'FC3', { lang: 'de' }),
      format('1', 'Co', 'Coffee', '', 'FC3'),
      format('1', 'Ca', 'Café', '', 'FC3', { lang: 'es' }),
    ]
    expect(only({ formats: 'Kf', format_shared_id_list: '1' }, { formats: both }).types).toEqual([
      { code: 'Co', label: 'Coffee', es: 'Café' },
    ])
    expect(only({ formats: 'Kf', format_shared_id_list: '1' }, { formats: both.slice(0, 1) }).types).toEqual([
      { code: 'Kf', label: 'Kaffee' },
    ])
  })

  it('of another server of an aggregator are never used for its neighbour', () => {
    const other = 'https://other.example.org'
    const two = [
      format('1', 'A', 'Open', 'OPEN', 'O'),
      format('1', 'B', 'Closed', 'CLOSED', 'O', { root_server_uri: other }),
    ]
    expect(only({ format_shared_id_list: '1' }, { formats: two }).openness).toBe('open')
    expect(only({ format_shared_id_list: '1', root_server_uri: other }, { formats: two }).openness).toBe(
      'closed',
    )
    expect(only({ format_shared_id_list: '1', root_server_uri: 'http:' }, { formats: two }).openness).toBe(
      'unknown',
    )
  })

  it('become notes that a visitor sees: alerts first, then access and holidays', () => {
    expect(only({ format_shared_id_list: '18,12,19,11', comments: 'Bring a chair.' }).notes).toBe(
      'Paused: No meeting until the roof is mended.\nInside: Bring an ID.\nClosed Holidays: The building is shut on holidays.\nNot on holidays\n\nBring a chair.',
    )
    expect(only({ format_shared_id_list: '11' }).attendance).toBe('in_person')
  })

  it('about the building are not said of an online meeting', () => {
    const ids = { format_shared_id_list: '6,17,3' }
    expect(only(ids)).toMatchObject({ wheelchair: true })
    expect(only(ids).types.map(({ code }) => code)).toEqual(['X', 'no (local)', 'STEP'])
    const online = only({ ...ids, venue_type: '2', virtual_meeting_link: link })
    expect(online.types.map(({ code }) => code)).toEqual(['STEP'])
    expect(online.wheelchair).toBeNull()
  })

  it('that the answer does not explain are kept without a name, and told to staff', () => {
    const reading = read([row({ formats: 'zz', format_shared_id_list: '99' })])
    expect(reading.meetings[0]?.types).toEqual([{ code: 'zz', label: null }])
    expect(codesOf(reading)).toEqual(['unknown-format'])
  })
})

describe('a BMLT answer', () => {
  it('gives the same meetings at each walk', () => {
    const reading = readAll(
      JSON.stringify([row(), row({ id_bigint: '8' }), row({ weekday_tinyint: '5' })]),
      settings,
    )
    if (!reading.ok) throw new Error(reading.code)
    expect([...reading.value.meetings]).toEqual([...reading.value.meetings])
    expect(reading.value.meetings).toHaveLength(3)
  })

  it('warns when places lie far apart and no row names a zone', () => {
    const far = [row(), row({ id_bigint: '8', longitude: '-73.9' })]
    expect(codesOf(read(far))).toEqual(['ambiguous-zone'])
    expect(codesOf(read([far[0], { ...far[1], time_zone: 'America/New_York' }]))).toEqual([])
  })

  it.each([
    ['a single value', '"id_bigint": 1'],
    ['an object without meetings', '{"id_bigint": "1"}'],
    ['formats alone', '{"formats": [{"id": "1", "key_string": "O", "format_type_enum": "O"}]}'],
    ['changes', '[{"date_int": "1", "change_type": "comdef_change_type_new"}]'],
  ])('that is %s is refused', (_, text) => {
    expect(readAll(text, settings).ok).toBe(false)
  })

  it('unwraps the call of a page around it', () => {
    const text = `/**/show(${JSON.stringify([row()])});`
    expect(readAll(text, settings)).toMatchObject({
      ok: true,
      value: { format: 'bmlt', counts: { shown: 1 } },
    })
  })

  it('that breaks off is refused, and says where', () => {
    const text = JSON.stringify([row(), row({ id_bigint: '8' })]).slice(0, -40)
    const reading = readAll(text, settings)
    expect(reading).toMatchObject({ ok: false, code: 'not_json' })
    expect(reading.ok ? '' : reading.detail).toMatch(/line 1, column \d+/)
  })
})

it('keeps no more of a hostile row than a page can show', () => {
  const long = 'x'.repeat(150_000)
  const many = Array.from({ length: 5000 }, (_, at) => `k${at}`).join(',')
  const reading = read([
    row({
      id_bigint: long,
      meeting_name: long,
      comments: long,
      location_info: long,
      formats: many,
      root_server_uri: `https://${long}`,
    }),
  ])
  expect(reading.counts).toMatchObject({ read: 1, shown: 1 })
  expect(JSON.stringify(reading).length).toBeLessThan(60_000)
  expect(reading.meetings[0]?.keyDerived).toBe(true)
})

describe('a BMLT answer of any kind', () => {
  const value = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '0',
      '7',
      '24:00:00',
      '19:00:00',
      '99:99',
      '1,2,3',
      'http:',
      link,
      '#@-@#',
      '<br>',
      null,
    ),
    fc.string({ maxLength: 12 }),
    fc.integer(),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const keys = [
    ...Object.keys(row()),
    'location_info',
    'comments',
    'virtual_meeting_additional_info',
    'zone',
    'unheard_of',
  ]
  const anyRow = fc.oneof(
    { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...keys), value).map((changes) => row(changes)) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
  )
  const anyFormat = fc.oneof(
    fc.constantFrom(...formats),
    fc.dictionary(fc.constantFrom(...Object.keys(formats[0] ?? {})), value),
    fc.jsonValue({ maxDepth: 1 }),
  )

  it('never throws, counts each row once, and gives the same meetings at each walk', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 8 }),
        fc.array(anyFormat, { maxLength: 6 }),
        (rows, some) => {
          const reading = readAll(
            JSON.stringify({ meetings: [row({ weekday_tinyint: '7' }), ...rows], formats: some }),
            settings,
          )
          if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
          const { counts, meetings, refused } = reading.value
          expect(counts.read).toBe(rows.length + 1)
          expect(counts.shown + counts.byAppointment + counts.inactive + counts.refused).toBe(counts.read)
          expect(refused).toHaveLength(counts.refused)
          expect(meetings).toHaveLength(counts.read - counts.refused)
          for (const { name, rules, onlineUrl, place } of meetings) {
            expect(name.trim()).not.toBe('')
            expect(onlineUrl === null || /^https?:/.test(onlineUrl)).toBe(true)
            expect(place === null || Math.abs(place.latitude ?? 0) <= 90).toBe(true)
            for (const rule of rules) {
              if (rule.form !== 'weekly') throw new Error('no weekly rule')
              expect(
                rule.weekday >= 0 && rule.weekday <= 6 && rule.startMinute >= 0 && rule.startMinute <= 1440,
              ).toBe(true)
              expect(
                rule.durationMinutes === null || (rule.durationMinutes > 0 && rule.durationMinutes <= 360),
              ).toBe(true)
            }
          }
          const identities = meetings.map(({ key, part }) => `${part} ${key}`)
          expect(new Set(identities).size).toBe(identities.length)
        },
      ),
      { numRuns: 300 },
    )
  })
})

it('is refused with more rows than any server has', () => {
  const reading = readAll(`[${JSON.stringify(row())}${',1'.repeat(200_001)}]`, settings)
  expect(reading).toMatchObject({ ok: false, code: 'too_large' })
})
