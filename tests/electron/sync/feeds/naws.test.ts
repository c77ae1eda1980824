import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { naFormat } from '../../../../electron/sync/feeds/na-formats.ts'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'America/New_York' }

const old =
  'Committee,CommitteeName,AddDate,AreaRegion,ParentName,ComemID,ContactID,ContactName,CompanyName,ContactAddrID,ContactAddress1,ContactAddress2,ContactCity,ContactState,ContactZip,ContactCountry,ContactPhone,MeetingID,Room,Closed,WheelChr,Day,Time,Language1,Language2,Language3,LocationId,Place,Address,City,LocBorough,State,Zip,Country,Directions,Institutional,Format1,Format2,Format3,Format4,Format5,Delete,LastChanged,Longitude,Latitude,ContactGP'
const today = `${old},PhoneMeetingNumber,VirtualMeetingLink,VirtualMeetingInfo,TimeZone,bmlt_id,unpublished`

const base = {
  Committee: 'G1',
  CommitteeName: 'Lantern Group',
  ParentName: 'Lake Area',
  Day: 'Monday',
  Time: '1930',
  Place: 'Hall',
  Address: '1 A St',
  City: 'Albany',
  State: 'NY',
  Zip: '12207',
  Closed: 'OPEN',
  WheelChr: 'FALSE',
  Institutional: 'FALSE',
}

/** An export with these rows; a value stands as it is, so that it can be quoted in a wrong way. */
function naws(rows: readonly Readonly<Record<string, string>>[], header = today): string {
  const columns = header.split(',')
  return [header, ...rows.map((row) => columns.map((column) => row[column] ?? '').join(','))].join('\r\n')
}

function read(content: string | Uint8Array, more: Partial<ReaderSettings> = {}): WholeReading {
  const reading = readAll(content, { ...settings, ...more })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  expect(reading.value.format).toBe('naws')
  return reading.value
}

const one = (row: Readonly<Record<string, string>>) => read(naws([{ ...base, ...row }])).meetings[0]

describe('columns', () => {
  test.each([
    ['46 columns', old, 46],
    ['52 columns', today, 52],
  ])('%s are read', (_what, header, width) => {
    expect(header.split(',')).toHaveLength(width)
    const { counts, meetings } = read(naws([base], header))
    expect(counts).toEqual({ read: 1, shown: 1, byAppointment: 0, inactive: 0, refused: 0 })
    expect(meetings[0]).toMatchObject({
      key: 'G1',
      keyDerived: false,
      name: 'Lantern Group',
      kind: 'peer',
      fellowship: 'na',
      audience: 'self',
      openness: 'open',
      wheelchair: null,
      attendance: 'in_person',
      place: { name: 'Hall', street: '1 A St', city: 'Albany', region: 'NY', postalCode: '12207' },
      rules: [{ weekday: 1, startMinute: 1170, durationMinutes: null, zone: 'America/New_York' }],
      sourceName: 'Lake Area',
    })
  })

  test('the borough is the town where there is one; room and directions are notes of the place', () => {
    const meeting = one({
      LocBorough: 'Queens',
      Room: 'Lower hall',
      Directions: 'Ring twice',
      WheelChr: 'TRUE',
    })
    expect(meeting).toMatchObject({
      wheelchair: true,
      place: { city: 'Queens', note: 'Lower hall\nRing twice' },
    })
  })

  test('nothing of the columns with contacts is read', () => {
    const secret = Object.fromEntries(
      old.split(',').flatMap((column) => (column.startsWith('Contact') ? [[column, 'Nobody']] : [])),
    )
    expect(Object.keys(secret).length).toBeGreaterThan(10)
    expect(JSON.stringify(read(naws([{ ...base, ...secret }])))).not.toContain('Nobody')
  })

  test.each<[string, number | null]>([
    ['1930', 1170],
    ['900', 540],
    ['0730', 450],
    ['0', 0],
    ['30', 30],
    ['7', null],
    ['7:30 PM', 1170],
    ['0000', 0],
    ['2460', null],
    ['19:30', 1170],
    ['evening', null],
  ])('the time %s', (time, minute) => {
    const { meetings, warnings, counts } = read(naws([{ ...base, Time: time }]))
    expect(meetings[0]?.rules[0]).toEqual(
      minute === null ? undefined : expect.objectContaining({ startMinute: minute }),
    )
    expect(warnings).toEqual(
      minute === null
        ? [{ where: 'row 2 (G1)', reason: expect.stringContaining(`column Time: "${time}" is no time`) }]
        : [],
    )
    expect(counts.byAppointment).toBe(minute === null ? 1 : 0)
  })

  test('a day that is none, a zone that is none, a date of change', () => {
    expect(
      read(naws([{ ...base, Day: 'Funday', TimeZone: 'Moon' }])).warnings.map(({ reason }) => reason),
    ).toEqual([
      expect.stringContaining('column TimeZone: "Moon"'),
      expect.stringContaining('column Day: "Funday" is no day'),
    ])
    expect(one({ TimeZone: 'America/Chicago' })?.rules[0]?.zone).toBe('America/Chicago')
    expect(one({ LastChanged: '6/10/21' })?.sourceUpdated).toBe('2021-06-10')
    expect(one({ Language1: 'EN', Language2: 'es' })?.languages).toEqual(['en', 'es'])
  })

  test('a group with several meetings has one world id; they are told apart by day and time', () => {
    const { meetings, warnings } = read(naws([base, { ...base, Day: 'Friday' }, { ...base, Time: '900' }]))
    expect(meetings.map(({ key, part }) => `${key} ${part}`)).toEqual([
      'G1 1-19:30',
      'G1 5-19:30',
      'G1 1-09:00',
    ])
    expect(warnings).toEqual([])
  })

  test('the id of the server goes before the world id', () => {
    expect(one({ bmlt_id: '1093' })).toMatchObject({ key: '1093', part: '' })
    expect(one({ Committee: '', CommitteeName: '' })).toMatchObject({
      keyDerived: true,
      name: 'Hall, Monday 19:30',
    })
  })
})

describe('rows that are never listed', () => {
  test.each([
    ['deleted', { Delete: 'D' }],
    ['unpublished', { unpublished: '1' }],
    ['institutional', { Institutional: 'TRUE' }],
  ])('%s', (reason, row) => {
    const { counts, refused, meetings } = read(naws([base, { ...base, ...row }]))
    expect(counts).toMatchObject({ read: 2, shown: 1, refused: 1 })
    expect(refused).toEqual([{ where: 'row 3 (G1)', reason: expect.stringMatching(`^${reason}:`) }])
    expect(meetings).toHaveLength(1)
  })
})

describe('formats', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a place', {}, 'in_person'],
    ['a place and a link', { VirtualMeetingLink: 'https://zoom.us/j/1' }, 'hybrid'],
    ['virtual', { Format1: 'VM', VirtualMeetingLink: 'https://zoom.us/j/1' }, 'online'],
    ['virtual though it has an address', { Format1: 'VM' }, 'online'],
    ['building closed, virtual for now', { Format1: 'TC', Format2: 'VM' }, 'online'],
    ['building closed', { Format1: 'TC' }, 'inactive'],
    ['hybrid', { Format1: 'HYBR', PhoneMeetingNumber: '+1 518 555 0100' }, 'hybrid'],
    ['nowhere', { Place: '', Address: '' }, 'inactive'],
  ])('%s', (_what, row, attendance) => {
    expect(one(row)?.attendance).toBe(attendance)
  })

  test('world ids in English and Spanish; others keep their letters without a name and are said', () => {
    const { meetings, warnings } = read(
      naws([
        {
          ...base,
          Closed: '',
          Format1: 'CLOSED',
          Format2: 'JFT',
          Format3: 'WCHR',
          Format4: 'ZZ',
          Format5: 'jft',
        },
      ]),
    )
    expect(meetings[0]).toMatchObject({
      openness: 'closed',
      wheelchair: true,
      types: [
        { code: 'C', label: 'Closed', es: 'Cerrada' },
        { code: 'JFT', label: 'Just For Today Study' },
        { code: 'X' },
        { code: 'ZZ', label: null },
      ],
    })
    expect(warnings.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('unknown-format: The format "ZZ"'),
    ])
  })

  test('what is said of the building is left out of an online meeting', () => {
    const meeting = one({ Format1: 'VM', Format2: 'NS', Format3: 'WCHR', WheelChr: 'TRUE' })
    expect(meeting).toMatchObject({ types: [{ code: 'VM' }], wheelchair: null, place: null })
  })

  test('every world id of the field is known, and the directory’s own letters are none', () => {
    const ids =
      'OPEN CLOSED BEG Y M W GL WCHR CW NC NS SMOK BT IP IW JFT LC LIT SPAD SWG GP STEP TRAD CPT DISC TOP SPK S-D QA MED CAN VAR VM HYBR TC RA CH'
    expect(ids.split(' ').filter((id) => naFormat(id)?.type.label === undefined)).toEqual([])
    expect(['O', 'C', 'X', '', 'LANG', 'S'].map(naFormat)).toEqual([null, null, null, null, null, null])
  })
})

test('quotes escaped by a backslash cost no row: 52 of 876 would have the wrong width', () => {
  const rows = Array.from({ length: 876 }, (_, index) => ({
    ...base,
    Committee: `G${index}`,
    Directions:
      index % 17 === 0 && index < 884 ? '"Ring at \\"Lake, Hall\\" twice"' : '"By the ""old"" door"',
  }))
  const { counts, meetings, refused } = read(naws(rows))
  expect(rows.filter(({ Directions }) => Directions.includes('\\'))).toHaveLength(52)
  expect(refused).toEqual([])
  expect(counts).toMatchObject({ read: 876, shown: 876 })
  expect(meetings[0]?.place?.note).toBe('Ring at "Lake, Hall" twice')
  expect(meetings[1]?.place?.note).toBe('By the "old" door')
})

test('a row of another width is refused with its line', () => {
  const { refused, counts } = read(`${naws([base])}\r\nG2,Cut off\r\n`)
  expect(counts).toMatchObject({ read: 2, shown: 1, refused: 1 })
  expect(refused).toEqual([
    { where: 'row 3', reason: expect.stringContaining('has 2 cells, the header has 52') },
  ])
})

test('staff say whose it is if it is not what the format says', () => {
  expect(read(naws([base]), { fellowship: 'ca' }).meetings[0]).toMatchObject({ fellowship: 'ca' })
  expect(readAll('Committee,CommitteeName\nG1,A\n', settings)).toMatchObject({
    ok: false,
    code: 'wrong_format',
  })
  expect(readAll(`${today}\n`, settings)).toMatchObject({ ok: false, code: 'empty' })
})

describe.skipIf(!hasSharedFeeds)('the export of Cape Cod', () => {
  const name = 'bmlt/naws-cape-cod.csv'

  test('one row is shown, the other is not published', () => {
    // Independently: two lines below the header, the last column of the second says 1.
    const lines = readFileSync(sharedFeed(name), 'utf8').trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]?.endsWith(',1')).toBe(true)
    const { counts, refused, meetings } = read(readFileSync(sharedFeed(name)))
    expect(counts).toEqual({ read: 2, shown: 1, byAppointment: 0, inactive: 0, refused: 1 })
    expect(refused).toEqual([{ where: 'row 3 (251)', reason: expect.stringMatching(/^unpublished/) }])
    expect(meetings).toMatchObject([
      {
        key: '1093',
        name: 'Just For Today NA USA (Online only)',
        attendance: 'online',
        provider: 'Zoom',
        openness: 'open',
        types: [{ code: 'VM' }, { code: 'DISC' }, { code: 'JFT' }],
        rules: [{ weekday: 0, startMinute: 450 }],
      },
    ])
  })
})
