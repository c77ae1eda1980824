import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import type { Center } from '../../../electron/domain/whereabouts.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { todayAt } from '../../../electron/sync/standing.ts'
import { calendar, event } from '../../support/calendars.ts'
import { addWebFeed, guideRow, openTestShop, sanJose, type TestShop } from './shop.ts'

/* A center whose zone is set right, or that moves: today's list before and after, on a real database. */

let shop: TestShop
let feedId: string

beforeEach(() => {
  // Tuesday noon in California, Wednesday morning in Auckland.
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop)
})
afterEach(() => shop.close())

const auckland: Center = { ...sanJose, zone: 'Pacific/Auckland' }
const phoenix: Center = { ...sanJose, zone: 'America/Phoenix' }

async function importAt(center: Center, content?: string): Promise<void> {
  if (content !== undefined) shop.client.serve(content)
  const report = await runFeed(shop, { feedId, accept: false, center })
  expect(report?.outcome).toMatch(/^(?:applied|unchanged)$/)
}

const rebuild = (center: Center) => rollOccurrences(shop, center, { whole: false })

/** `key clock` of today's list, all three groups in their order, on the center's clock. */
function todayList(center: Center): readonly string[] {
  const store = new OccurrenceStore(shop.main, { fellowshipName: () => null })
  const nowMs = shop.clock.now()
  const today = todayAt(center, nowMs)
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: center.zone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return (['here', 'nearby', 'online'] as const).flatMap((whereabouts) =>
    store
      .listDay({ date: today, today, nowMs, whereabouts, offset: 0, limit: 50 })
      .rows.map((row) => `${row.key} ${clock.format(row.startsAtMs)}`),
  )
}

const online = {
  conference_url: 'https://zoom.us/j/1234567890',
  formatted_address: 'London, UK',
  latitude: null,
  longitude: null,
}
const list = JSON.stringify([
  guideRow('named', { day: 2, time: '19:00', timezone: 'America/Los_Angeles' }),
  guideRow('own', { day: 2, time: '20:00' }),
  guideRow('own-wednesday', { day: 3, time: '10:00' }),
  guideRow('london', { ...online, day: 2, time: '21:30', timezone: 'Europe/London' }),
  guideRow('london-late', { ...online, day: 3, time: '04:30', timezone: 'Europe/London' }),
])

describe('a center that changes its zone', () => {
  it('has the list of its new day at once, and the clock times that its own lists meant after the next reading', async () => {
    await rebuild(sanJose)
    await importAt(sanJose, list)
    expect(todayList(sanJose)).toEqual([
      'named 2026-11-24 19:00',
      'own 2026-11-24 20:00',
      'london 2026-11-24 13:30',
      'london-late 2026-11-24 20:30',
    ])

    await rebuild(auckland)
    // The same moments on the other clock; what the list means by "10:00" is not known before it is read again.
    expect(todayList(auckland)).toEqual([
      'named 2026-11-25 16:00',
      'own 2026-11-25 17:00',
      'london 2026-11-25 10:30',
      'london-late 2026-11-25 17:30',
    ])

    await importAt(auckland)
    expect(todayList(auckland)).toEqual([
      'own-wednesday 2026-11-25 10:00',
      'named 2026-11-25 16:00',
      'london 2026-11-25 10:30',
      'london-late 2026-11-25 17:30',
    ])
  })

  it('has the old list again when the zone is put back', async () => {
    await rebuild(sanJose)
    await importAt(sanJose, list)
    const before = todayList(sanJose)
    await rebuild(auckland)
    await importAt(auckland)
    await rebuild(sanJose)
    await importAt(sanJose)
    expect(todayList(sanJose)).toEqual(before)
  })

  it('ends in the same rows as a machine that had this zone from the start', async () => {
    await rebuild(sanJose)
    await importAt(sanJose, list)
    await rebuild(auckland)
    await importAt(auckland)
    const moved = todayList(auckland)
    const other = openTestShop('2026-11-24T20:00:00Z')
    try {
      const first = shop
      shop = other
      feedId = addWebFeed(other)
      await rebuild(auckland)
      await importAt(auckland, list)
      expect(todayList(auckland)).toEqual(moved)
      shop = first
    } finally {
      other.close()
    }
  })

  it('keeps a feed that staff gave its own zone in that zone', async () => {
    shop.feeds.change(feedId, {
      name: '',
      kind: 'peer',
      fellowship: 'aa',
      zone: 'America/Los_Angeles',
      heldHere: false,
    })
    await rebuild(sanJose)
    await importAt(sanJose, list)
    await rebuild(phoenix)
    await importAt(phoenix)
    // Arizona is an hour ahead of California in winter.
    expect(todayList(phoenix).filter((text) => text.startsWith('own'))).toEqual(['own 2026-11-24 21:00'])
  })

  it('keeps all-day events on their date, and calendars at their own clock', async () => {
    shop.feeds.change(feedId, { name: '', kind: 'club', fellowship: null, zone: null, heldHere: true })
    const text = calendar(
      ...event('UID:fair', 'DTSTART;VALUE=DATE:20261125', 'SUMMARY:Fair'),
      ...event(
        'UID:run',
        'DTSTART;TZID=America/Los_Angeles:20261124T180000',
        'RRULE:FREQ=WEEKLY',
        'SUMMARY:Run',
      ),
      ...event('UID:walk', 'DTSTART:20261124T183000', 'RRULE:FREQ=DAILY', 'SUMMARY:Walk'),
    )
    await rebuild(sanJose)
    await importAt(sanJose, text)
    expect(todayList(sanJose)).toEqual(['run 2026-11-24 18:00', 'walk 2026-11-24 18:30'])
    await rebuild(auckland)
    await importAt(auckland)
    expect(todayList(auckland)).toEqual([
      'fair 2026-11-25 00:00',
      'run 2026-11-25 15:00',
      'walk 2026-11-25 18:30',
    ])
  })
})

describe('the nights in which the clocks change, on today’s list', () => {
  const row = (slug: string, day: number, time: string) => guideRow(slug, { day, time, end_time: undefined })
  const nights = JSON.stringify([
    row('gap', 0, '02:30'),
    row('twice', 0, '01:30'),
    row('evening', 0, '19:00'),
    row('late', 6, '23:30'),
  ])

  it.each([
    [
      '2027-03-14T06:00:00Z',
      ['late 2027-03-13 23:30'],
      ['twice 2027-03-14 01:30', 'gap 2027-03-14 03:30', 'evening 2027-03-14 19:00'],
    ],
    [
      '2027-11-07T05:00:00Z',
      ['late 2027-11-06 23:30'],
      ['twice 2027-11-07 01:30', 'gap 2027-11-07 02:30', 'evening 2027-11-07 19:00'],
    ],
  ])('from %s each meeting is there once, at the time on the wall', async (now, before, after) => {
    shop.clock.set(now)
    await rebuild(sanJose)
    await importAt(sanJose, nights)
    expect(todayList(sanJose)).toEqual(before)
    // At three on the clock the one of half past one still runs, and that of the evening before is over.
    shop.clock.advance(4 * 3_600_000)
    await rebuild(sanJose)
    expect(todayList(sanJose)).toEqual(after)
  })
})
