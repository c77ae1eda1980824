import { expect, it } from 'vitest'
import { MeetingStore } from '../../../electron/db/meeting-store.ts'
import { ListingWriter } from '../../../electron/db/listing-writer.ts'
import type { MeetingWrite } from '../../../electron/db/meeting-writer.ts'
import type { ListingDate } from '../../../electron/db/occurrence-writer.ts'
import type { Center } from '../../../electron/domain/whereabouts.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const center: Center = {
  street: '1 Elm St',
  postalCode: '33101',
  latitude: 25.77,
  longitude: -80.19,
  zone: 'America/New_York',
  radiusMeters: 25_000,
}

function meeting(id: string, name: string, key = id): MeetingWrite {
  return {
    id,
    feedId: null,
    content: {
      key,
      part: '',
      name,
      kind: 'peer',
      fellowship: 'aa',
      audience: 'self',
      decidedBy: 'setting',
      group: null,
      notes: null,
      types: [],
      languages: ['es'],
      openness: 'open',
      wheelchair: true,
      attendance: 'in_person',
      place: {
        name: 'Hall',
        street: '9 Oak St',
        city: 'Miami',
        region: 'FL',
        postalCode: '33102',
        country: null,
        address: '9 Oak St, Miami',
        note: null,
        latitude: 25.8,
        longitude: -80.19,
        approximate: false,
      },
      onlineUrl: null,
      onlineNote: null,
      phone: null,
      phoneNote: null,
      provider: null,
      rules: [
        { form: 'weekly', weekday: 1, startMinute: 1140, durationMinutes: 60, zone: 'America/New_York' },
      ],
      sourceUpdated: null,
      sourceName: null,
    },
    contentHash: `hash ${name}`,
    fingerprint: 'aa|1 1140|x|y',
    stands: { here: false, hereWhy: 'no', distanceMeters: 3336, whereabouts: 1 },
  }
}

const date = (localDate: string, more: Partial<ListingDate> = {}): ListingDate => ({
  slot: `${localDate}T19:00:00`,
  localDate,
  startsAtMs: Date.parse(`${localDate}T23:00:00Z`),
  endsAtMs: Date.parse(`${localDate}T23:59:00Z`),
  allDay: false,
  startMinute: 1080,
  status: 'scheduled',
  name: null,
  place: null,
  ...more,
})

function open() {
  const base = temporaryDatabase()
  const { db, clock } = base
  const meetings = new MeetingStore(db, { clock, machineId: 'machine-1' })
  const writer = new ListingWriter(db, 'machine-1')
  const rows = (sql: string) => db.prepare<Record<string, unknown>>('test', sql).all()
  const write = (one: MeetingWrite, dated: readonly ListingDate[] = []) =>
    db.transaction((tx) => writer.write(tx, one, dated, clock.now()))
  return { ...base, meetings, writer, rows, write }
}

it('finds meetings by the beginnings of words of the name or by the whole key, never by a wildcard', () => {
  const { meetings, write } = open()
  write(meeting('a', 'Monday Serenity', '4711'), [date('2026-11-30')])
  write(meeting('b', '100% Sober'), [date('2026-11-30')])
  expect(meetings.find('serENity', 'en')).toEqual([
    {
      meetingId: 'a',
      key: '4711',
      name: 'Monday Serenity',
      feedName: '',
      place: 'Hall, 9 Oak St',
      schedule: 'Mon 7:00 PM',
      here: false,
      hereWhy: 'no',
      kind: 'peer',
      fellowship: 'aa',
      audience: 'self',
      decidedBy: 'setting',
      weeks: [],
    },
  ])
  expect(meetings.find('4711', 'es')).toMatchObject([{ meetingId: 'a', schedule: 'lun, 19:00' }])
  expect(meetings.find('47', 'en')).toEqual([])
  expect(meetings.find('sob 100', 'en')).toMatchObject([{ meetingId: 'b' }])
  expect(meetings.find('renity', 'en')).toEqual([])
  expect(meetings.find('%', 'en')).toEqual([])
  expect(meetings.find('"*', 'en')).toEqual([])
  expect(meetings.find('NOT x', 'en')).toEqual([])
  expect(meetings.find('_', 'en')).toEqual([])
})

it('names the meeting of a whole key first, however many names hold the same text', () => {
  const { meetings, write } = open()
  for (let n = 0; n < 60; n += 1) write(meeting(`a${n}`, `5 o’clock group ${n}`), [date('2026-11-30')])
  write(meeting('z', 'Zuversicht', '5'))
  const found = meetings.find('5', 'en')
  expect(found).toHaveLength(50)
  expect(found[0]).toMatchObject({ meetingId: 'z', key: '5' })
  expect(found[1]).toMatchObject({ name: '5 o’clock group 0' })
})

it('marks a meeting as held here with all its dates, and takes the mark away again', () => {
  const { meetings, write, rows } = open()
  write(meeting('a', 'Monday'), [date('2026-11-30'), date('2026-12-07')])
  const stands = () =>
    rows(
      'SELECT DISTINCT here, here_why, here_by_staff, whereabouts FROM meeting JOIN occurrence USING (number)',
    )
  expect(meetings.setHere('a', true, center)).toBe(true)
  expect(stands()).toEqual([{ here: 1, here_why: 'staff', here_by_staff: 1, whereabouts: 0 }])
  expect(meetings.setHere('a', false, center)).toBe(true)
  expect(stands()).toEqual([{ here: 0, here_why: 'staff', here_by_staff: 0, whereabouts: 1 }])
  // Nothing by staff: it stands where its place is.
  expect(meetings.setHere('a', null, center)).toBe(true)
  expect(stands()).toEqual([{ here: 0, here_why: 'no', here_by_staff: null, whereabouts: 1 }])
  expect(meetings.setHere('nobody', true, center)).toBe(false)
})

it('follows an id that a feed gave up, over several renumberings', () => {
  const { db, meetings, writer, write, rows } = open()
  write(meeting('a', 'Monday'))
  db.transaction((tx) => writer.carryOn(tx, 'a', 'b'))
  db.transaction((tx) => writer.carryOn(tx, 'b', 'c'))
  expect(['a', 'b', 'c', 'z'].map((id) => meetings.resolve(id))).toEqual(['c', 'c', 'c', 'z'])
  expect(meetings.setHere('a', true, center)).toBe(true)
  expect(rows('SELECT id, here FROM meeting')).toEqual([{ id: 'c', here: 1 }])
  expect(rows('SELECT meeting_id FROM meeting_rule')).toEqual([{ meeting_id: 'c' }])
  // The feed lists the first id again, as another meeting: it is itself from now on.
  write(meeting('a', 'Another'))
  expect(meetings.resolve('a')).toBe('a')
  expect(db.driver.pragma('foreign_key_check')).toEqual([])
})

it('writes only the dates that differ, and keeps what one date changes', () => {
  const { db, writer, write, rows } = open()
  write(meeting('a', 'Monday'))
  const dates = [date('2026-11-30'), date('2026-12-07'), date('2026-12-14')]
  const replace = (dated: readonly ListingDate[]) =>
    db.transaction((tx) => writer.redate(tx, 'a', meeting('a', 'Monday').stands, dated))
  expect(replace(dates)).toBe(3)
  expect(replace(dates)).toBe(0)
  const moved = date('2026-12-07', { status: 'moved', name: 'Elsewhere', place: 'Room 2' })
  expect(replace([dates[0]!, moved, date('2026-12-21')])).toBe(3)
  expect(rows('SELECT local_date, status, variant FROM occurrence ORDER BY starts_at_ms')).toEqual([
    { local_date: '2026-11-30', status: 'scheduled', variant: null },
    { local_date: '2026-12-07', status: 'moved', variant: '{"name":"Elsewhere","place":"Room 2"}' },
    { local_date: '2026-12-21', status: 'scheduled', variant: null },
  ])
  expect(replace([dates[0]!, date('2026-12-07'), date('2026-12-21')])).toBe(1)
  db.transaction((tx) => {
    expect(writer.countOutside('2026-12-01', '2026-12-20')).toBe(2)
    expect(writer.removeOutside(tx, '2026-12-01', '2026-12-20', 1)).toBe(1)
    expect(writer.removeOutside(tx, '2026-12-01', '2026-12-20', 10)).toBe(1)
  })
  expect(rows('SELECT local_date FROM occurrence')).toEqual([{ local_date: '2026-12-07' }])
})

it('removes rules that a meeting has no more, and its dates with a withdrawal', () => {
  const { db, writer, write, rows } = open()
  const one = meeting('a', 'Monday')
  write({ ...one, content: { ...one.content, rules: [...one.content.rules, ...one.content.rules] } })
  expect(rows('SELECT count(*) AS n FROM meeting_rule')).toEqual([{ n: 2 }])
  write({ ...one, content: { ...one.content, rules: [] } }, [date('2026-11-30')])
  expect(rows('SELECT count(*) AS n FROM meeting_rule')).toEqual([{ n: 0 }])
  expect(rows('SELECT by_appointment FROM meeting')).toEqual([{ by_appointment: 1 }])
  expect(rows('SELECT count(*) AS n FROM occurrence')).toEqual([{ n: 1 }])
  db.transaction((tx) => writer.withdraw(tx, 'a', 1))
  expect(rows('SELECT state FROM meeting')).toEqual([{ state: 'withdrawn' }])
  expect(rows('SELECT * FROM occurrence')).toEqual([])
})
