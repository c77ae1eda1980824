import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOccurrenceWindow } from '../../../electron/db/occurrence-window.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { addWebFeed, guideList, guideRow, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

let shop: TestShop
let feedId: string

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop)
})
afterEach(() => shop.close())

const roll = (at = shop, whole = false) => rollOccurrences(at, sanJose, { whole })
const occurrences = () => rowsOf(shop, 'SELECT * FROM occurrence ORDER BY number, starts_at_ms')
const week = (count: number, more = {}) =>
  guideList(Array.from({ length: count }, (_, n) => guideRow(`m${n}`, { day: n % 7, ...more })))

async function importList(content: string): Promise<void> {
  shop.client.serve(content)
  const report = await runFeed(shop, { feedId, accept: false, center: sanJose })
  expect(report).toMatchObject({ outcome: 'applied' })
}

it('adds the new day, drops the old one and touches no other row', async () => {
  await roll()
  await importList(week(70))
  const before = occurrences()
  shop.clock.advance(86_400_000)
  const changes = () => shop.db.prepare<{ n: number }>('test', 'SELECT total_changes() AS n').get()?.n ?? -1
  const changesBefore = changes()
  // Ten meetings on each weekday: 24 November goes 23rd out, 30 December comes in.
  expect(await roll()).toMatchObject({ outcome: 'done', meetings: 70, occurrencesWritten: 10 })
  expect(changes() - changesBefore).toBe(10 + 10 + 1)
  const after = occurrences()
  expect(after).toHaveLength(before.length)
  const kept = before.filter((row) => row['local_date'] !== '2026-11-23')
  expect(after.filter((row) => row['local_date'] !== '2026-12-30')).toEqual(kept)
  expect(await roll()).toMatchObject({ outcome: 'done', occurrencesWritten: 0 })
})

it('ends in the same rows as an import of that day', async () => {
  await roll()
  await importList(week(30))
  shop.clock.advance(3 * 86_400_000)
  await roll()
  const rolled = occurrences()
  expect(await roll(shop, true)).toMatchObject({ outcome: 'done', occurrencesWritten: 0 })
  expect(occurrences()).toEqual(rolled)
})

it('is repeated when it was stopped midway', async () => {
  await roll()
  await importList(week(70))
  shop.clock.advance(86_400_000)
  const stopAtOnce = { ...shop, stopping: () => true }
  expect(await roll(stopAtOnce)).toMatchObject({ outcome: 'stopped' })
  expect(readOccurrenceWindow(shop.main)?.today).toBe('2026-11-24')
  expect(await roll()).toMatchObject({ outcome: 'done', occurrencesWritten: 10 })
  expect(readOccurrenceWindow(shop.main)?.today).toBe('2026-11-25')
})

it('says that the disk is full, keeps the days that there are and is not marked as done', async () => {
  await roll()
  await importList(week(700))
  const before = occurrences()
  shop.clock.advance(20 * 86_400_000)
  const { page_count: pages } = shop.db.driver.prepare('PRAGMA page_count').get() as { page_count: number }
  shop.db.driver.pragma(`max_page_count = ${pages}`)
  expect(await roll()).toMatchObject({ outcome: 'disk_full' })
  expect(readOccurrenceWindow(shop.main)?.today).toBe('2026-11-24')
  expect(occurrences()).toEqual(expect.arrayContaining(before.slice(0, 3)))
  shop.db.driver.pragma('max_page_count = 1000000')
  expect(await roll()).toMatchObject({ outcome: 'done' })
  expect(rowsOf(shop, 'SELECT min(local_date) AS first, max(local_date) AS last FROM occurrence')).toEqual([
    { first: '2026-12-13', last: '2027-01-18' },
  ])
})

it('gives no dates to meetings by appointment or without any way to take part', async () => {
  const byAppointment = { ...guideRow('appointment'), day: undefined, time: undefined }
  const closed = guideRow('closed', { types: ['TC'] })
  await importList(JSON.stringify([guideRow('weekly'), byAppointment, closed]))
  expect(
    rowsOf(
      shop,
      `SELECT feed_key, by_appointment, attendance,
      (SELECT count(*) FROM occurrence WHERE number = meeting.number) > 0 AS dated FROM meeting ORDER BY feed_key`,
    ),
  ).toEqual([
    { feed_key: 'appointment', by_appointment: 1, attendance: 'in_person', dated: 0 },
    { feed_key: 'closed', by_appointment: 0, attendance: 'inactive', dated: 0 },
    { feed_key: 'weekly', by_appointment: 0, attendance: 'in_person', dated: 1 },
  ])
  await roll(shop, true)
  expect(rowsOf(shop, 'SELECT count(DISTINCT number) AS n FROM occurrence')).toEqual([{ n: 1 }])
})

it('keeps all-day events on local midnights, and what one date of a series changes', async () => {
  shop.feeds.change(feedId, { name: '', kind: 'club', fellowship: null, zone: null, heldHere: false })
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:fair@example.org',
    'DTSTAMP:20261101T000000Z',
    'DTSTART;VALUE=DATE:20261205',
    'DTEND;VALUE=DATE:20261207',
    'SUMMARY:Garden Fair',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:run@example.org',
    'DTSTAMP:20261101T000000Z',
    'DTSTART;TZID=America/Los_Angeles:20261125T180000',
    'DTEND;TZID=America/Los_Angeles:20261125T190000',
    'RRULE:FREQ=WEEKLY;COUNT=3',
    'SUMMARY:Río Run',
    'LOCATION:Bridge',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:run@example.org',
    'DTSTAMP:20261101T000000Z',
    'RECURRENCE-ID;TZID=America/Los_Angeles:20261202T180000',
    'DTSTART;TZID=America/Los_Angeles:20261203T073000',
    'DTEND;TZID=America/Los_Angeles:20261203T083000',
    'SUMMARY:Morning Run',
    'LOCATION:Mill',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
  await importList(lines.join('\r\n'))
  expect(
    rowsOf(
      shop,
      `SELECT local_date, starts_at_ms AS at, ends_at_ms AS until, all_day, status, name_order, kind, variant
       FROM occurrence ORDER BY starts_at_ms`,
    ).map(({ at, until, variant, ...row }) => ({
      ...row,
      at: new Date(Number(at)).toISOString(),
      minutes: (Number(until) - Number(at)) / 60_000,
      variant: variant === null ? null : (JSON.parse(String(variant)) as unknown),
    })),
  ).toMatchObject([
    {
      local_date: '2026-11-25',
      at: '2026-11-26T02:00:00.000Z',
      minutes: 60,
      name_order: 'rio run',
      variant: null,
    },
    {
      local_date: '2026-12-03',
      at: '2026-12-03T15:30:00.000Z',
      status: 'moved',
      variant: { name: 'Morning Run', place: 'Mill' },
    },
    { local_date: '2026-12-05', at: '2026-12-05T08:00:00.000Z', minutes: 2880, all_day: 1, kind: 'club' },
    { local_date: '2026-12-09', at: '2026-12-10T02:00:00.000Z', status: 'scheduled', variant: null },
  ])
})
