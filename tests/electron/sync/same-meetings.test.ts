import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { removeFeed } from '../../../electron/sync/remove-feed.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { settleMeetings, settleSameMeetings } from '../../../electron/sync/same-meetings.ts'
import { todayAt } from '../../../electron/sync/standing.ts'
import {
  addWebFeed,
  guideList,
  guideRow,
  openTestShop,
  rowsOf,
  sanJose,
  type GuideRow,
  type TestShop,
} from './shop.ts'

/** A Tuesday, in San José ten in the morning. */
const now = '2026-11-24T18:00:00Z'
const today = '2026-11-24'

let shop: TestShop
beforeEach(() => {
  shop = openTestShop(now)
})
afterEach(() => shop.close())

function addFeed(name: string, more: Parameters<typeof addWebFeed>[1] = {}): string {
  // Feeds that are added in one millisecond would be told apart by their ids alone.
  shop.clock.advance(1000)
  return addWebFeed(shop, {
    name,
    source: {
      from: 'web',
      address: `https://${name.toLowerCase()}.example.org/list`,
      plainHttpAllowed: false,
    },
    ...more,
  })
}

async function refresh(feedId: string, rows: readonly GuideRow[]) {
  shop.client.serve(guideList(rows))
  const report = await runFeed(shop, { feedId, accept: true, center: sanJose })
  expect(report?.outcome).toBe('applied')
}

function list(date = today): OccurrenceRow[] {
  const occurrences = new OccurrenceStore(shop.main, { fellowshipName: () => null })
  const view = { date, today, nowMs: shop.clock.now(), offset: 0, limit: 200 } as const
  return (['here', 'nearby', 'online'] as const).flatMap((whereabouts) => [
    ...occurrences.listDay({ ...view, whereabouts }).rows,
  ])
}
const keysOf = (rows: readonly OccurrenceRow[]) => rows.map(({ key, alsoIn }) => [key, alsoIn ?? []])
const apart = (a: string, b: string, isApart: boolean) => {
  const idOf = (key: string) =>
    rowsOf<{ id: string }>(shop, `SELECT id FROM meeting WHERE feed_key = '${key}'`)[0]!.id
  shop.db.transaction((tx) => {
    shop.same.setApart(tx, idOf(a), idOf(b), isApart)
    const numbers = [a, b].map((key) => shop.same.numberOf(idOf(key))!)
    settleMeetings(tx, { ...shop, center: sanJose, today: todayAt(sanJose, shop.clock.now()) }, numbers)
  })
}

describe('one meeting in two feeds', () => {
  it('is one row with both keys', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1', { name: 'Serenity Group' })])
    expect(keysOf(list())).toEqual([['c1', []]])
    await refresh(region, [
      guideRow('r1', { name: 'Serenity' }),
      guideRow('r2', { name: 'Road to Recovery' }),
    ])
    expect(keysOf(list())).toEqual([
      ['r2', []],
      ['c1', [{ source: 'Region', key: 'r1' }]],
    ])
  })

  it('says which of its other lists is only a file, so that no visitor is shown its name', async () => {
    const county = addFeed('County')
    const file = addFeed('', { source: { from: 'file', path: '/lists/clients-of-doctor-jones.json' } })
    await refresh(county, [guideRow('c1')])
    await refresh(file, [guideRow('f1', { name: 'Meeting c1' })])
    expect(keysOf(list())).toEqual([
      ['c1', [{ source: 'clients-of-doctor-jones.json', key: 'f1', isFile: true }]],
    ])
  })

  it('shows the same whichever feed is read first', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(region, [guideRow('r1')])
    await refresh(county, [guideRow('c1', { name: 'Meeting r1' })])
    expect(keysOf(list())).toEqual([['c1', [{ source: 'Region', key: 'r1' }]]])
  })

  it('shows the one whose feed is held here, with its place, also when that is said later', async () => {
    const [county, house] = [addFeed('County'), addFeed('House', { heldHere: true })]
    await refresh(county, [guideRow('c1')])
    await refresh(house, [guideRow('h1', { name: 'Meeting c1' })])
    expect(list()).toMatchObject([
      { key: 'h1', whereabouts: 'here', alsoIn: [{ source: 'County', key: 'c1' }] },
    ])
    shop.main.driver.exec(`UPDATE feed SET held_here = 0`)
    await rollOccurrences(shop, sanJose, { whole: true })
    expect(list()).toMatchObject([
      { key: 'c1', whereabouts: 'nearby', alsoIn: [{ source: 'House', key: 'h1' }] },
    ])
  })

  it('stays one row over refreshes, a new day and a rebuild', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1', { notes: 'a' })])
    await refresh(region, [guideRow('r1', { name: 'Meeting c1' })])
    const one = [['c1', [{ source: 'Region', key: 'r1' }]]]
    await refresh(region, [guideRow('r1', { name: 'Meeting c1', notes: 'Ring the bell' })])
    await refresh(county, [guideRow('c1', { notes: 'b' })])
    expect(keysOf(list())).toEqual(one)
    shop.clock.advance(86_400_000)
    await rollOccurrences(shop, sanJose, { whole: false })
    expect(keysOf(list('2026-12-01'))).toEqual(one)
    expect(keysOf(list('2026-12-29'))).toEqual(one)
    await rollOccurrences(shop, sanJose, { whole: true })
    expect(keysOf(list('2026-12-29'))).toEqual(one)
  })

  it('is two again when one of them moves, and one when it comes back', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1')])
    await refresh(region, [guideRow('r1', { name: 'Meeting c1' })])
    await refresh(county, [guideRow('c1', { time: '20:00', end_time: '21:00' })])
    expect(keysOf(list())).toEqual([
      ['r1', []],
      ['c1', []],
    ])
    await refresh(county, [guideRow('c1')])
    expect(keysOf(list())).toEqual([['c1', [{ source: 'Region', key: 'r1' }]]])
  })

  it('is shown by the other when its feed no longer has it, or is taken off the list', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1'), guideRow('c2', { time: '08:00' })])
    await refresh(region, [
      guideRow('r1', { name: 'Meeting c1' }),
      guideRow('r2', { name: 'Meeting c2', time: '08:00' }),
    ])
    await refresh(county, [guideRow('c2', { time: '08:00' })])
    expect(keysOf(list('2026-12-01'))).toEqual([
      ['c2', [{ source: 'Region', key: 'r2' }]],
      ['r1', []],
    ])
    await removeFeed(shop, county, sanJose)
    expect(keysOf(list('2026-12-01'))).toEqual([
      ['r2', []],
      ['r1', []],
    ])
    await removeFeed(shop, region, sanJose)
    expect(list('2026-12-01')).toEqual([])
    expect(rowsOf(shop, 'SELECT * FROM meeting_slot')).toEqual([])
  })

  it('keeps what staff said of either when the other is shown', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(region, [guideRow('r1', { name: 'Meeting c1' })])
    const id = rowsOf<{ id: string }>(shop, 'SELECT id FROM meeting')[0]!.id
    shop.meetings.setHere(id, true, sanJose)
    await refresh(county, [guideRow('c1')])
    expect(list()).toMatchObject([{ key: 'c1', whereabouts: 'here' }])
    await refresh(county, [guideRow('c1', { notes: 'Changed' })])
    await rollOccurrences(shop, sanJose, { whole: true })
    expect(list()).toMatchObject([{ key: 'c1', whereabouts: 'here' }])
    // Taken away by whatever id: it is one meeting.
    shop.meetings.setHere(id, null, sanJose)
    expect(list()).toMatchObject([{ key: 'c1', whereabouts: 'nearby' }])
    await rollOccurrences(shop, sanJose, { whole: true })
    expect(list()).toMatchObject([{ key: 'c1', whereabouts: 'nearby' }])
  })

  it('does not come back by another feed when staff hid it', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1')])
    const id = rowsOf<{ id: string }>(shop, 'SELECT id FROM meeting')[0]!.id
    shop.db.transaction((tx) => shop.writer.hide(tx, id, shop.clock.now()))
    await refresh(region, [guideRow('r1', { name: 'Meeting c1' })])
    expect(list()).toEqual([])
  })

  it('is two rows when staff say so, at once and for good, and one again when they take it back', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1')])
    await refresh(region, [guideRow('r1', { name: 'Meeting c1' })])
    apart('c1', 'r1', true)
    const two = [
      ['c1', []],
      ['r1', []],
    ]
    expect(keysOf(list())).toEqual(two)
    await refresh(region, [guideRow('r1', { name: 'Meeting c1', notes: 'Changed' })])
    await rollOccurrences(shop, sanJose, { whole: true })
    expect(keysOf(list())).toEqual(two)
    // The region renumbers its list: what staff said holds for the meeting, not for its number.
    await refresh(region, [guideRow('r99', { name: 'Meeting c1', notes: 'Changed' })])
    expect(keysOf(list())).toEqual([
      ['c1', []],
      ['r99', []],
    ])
    apart('r99', 'c1', false)
    expect(keysOf(list())).toEqual([['c1', [{ source: 'Region', key: 'r99' }]]])
  })

  it('stays one when the feed of the shown one renumbers itself, and old ids lead to it', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    await refresh(county, [guideRow('c1', { name: 'Serenity' })])
    await refresh(region, [guideRow('r1', { name: 'Serenity' })])
    const ids = rowsOf<{ id: string }>(shop, 'SELECT id FROM meeting').map((row) => row.id)
    await refresh(county, [guideRow('c77', { name: 'Serenity' })])
    expect(keysOf(list())).toEqual([['c77', [{ source: 'Region', key: 'r1' }]]])
    const shown = list()[0]!
    expect(ids.map((id) => shop.meetings.resolve(id))).toEqual([shown.meetingId, shown.meetingId])
    const occurrences = new OccurrenceStore(shop.main, { fellowshipName: () => null })
    const view = { today, nowMs: shop.clock.now() }
    for (const meetingId of ids) {
      const found = occurrences.findOccurrence({ ...shown, meetingId }, view)
      expect(found?.meetingId).toBe(shown.meetingId)
    }
  })

  it('comes back when the calendar that was shown for it has had its last date', async () => {
    const [club, region] = [addFeed('Club', { heldHere: true }), addFeed('Region')]
    shop.client.serve(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        'UID:k1',
        'SUMMARY:Meeting r1',
        'LOCATION:100 Oak Street\\, San Jose\\, CA 95112',
        'GEO:37.34;-121.89',
        'DTSTART;TZID=America/Los_Angeles:20261103T190000',
        'DTEND;TZID=America/Los_Angeles:20261103T200000',
        'RRULE:FREQ=WEEKLY;UNTIL=20270115T000000Z',
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n'),
    )
    expect((await runFeed(shop, { feedId: club, accept: true, center: sanJose }))?.outcome).toBe('applied')
    await refresh(region, [guideRow('r1')])
    expect(keysOf(list())).toEqual([['k1', [{ source: 'Region', key: 'r1' }]]])
    for (let day = 0; day < 56; day += 1) {
      shop.clock.advance(86_400_000)
      await rollOccurrences(shop, sanJose, { whole: false })
    }
    const later = rowsOf<{ local_date: string; feed_key: string }>(
      shop,
      `SELECT DISTINCT local_date, feed_key FROM occurrence JOIN meeting USING (number)
       WHERE local_date >= '2027-01-19' ORDER BY 1`,
    )
    expect(later.slice(0, 2)).toEqual([
      { local_date: '2027-01-19', feed_key: 'r1' },
      { local_date: '2027-01-26', feed_key: 'r1' },
    ])
  })
})

describe('settling', () => {
  it('goes on where it was stopped, and ends as if it had not been', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    const rows = (of: string) =>
      Array.from({ length: 120 }, (_, n) =>
        guideRow(`${of}${n}`, {
          name: `Group of house ${n}`,
          formatted_address: `${n + 1} Oak Street, San Jose, CA 95112, USA`,
          latitude: 37.3 + n / 1000,
        }),
      )
    await refresh(county, rows('c'))
    let asked = 0
    const cut = { ...shop, stopping: () => (asked += 1) > 4 }
    shop.client.serve(guideList(rows('r')))
    for (;;) {
      asked = 0
      const report = await runFeed(cut, { feedId: region, accept: true, center: sanJose })
      if (report?.outcome === 'applied') break
      expect(report?.outcome).toBe('interrupted')
    }
    await settleSameMeetings(shop, sanJose)
    expect(list()).toHaveLength(120)
    expect(list().every((row) => row.alsoIn?.length === 1)).toBe(true)
    expect(rowsOf(shop, 'SELECT * FROM meeting_unsettled')).toEqual([])
  })

  it('gives the same whether all is compared at once or one after the other', async () => {
    const feeds = [addFeed('A'), addFeed('B'), addFeed('C')]
    const names = ['Serenity', 'Serenity Group', 'Serenity Women', 'Serenity Men', 'Hope', 'Hope Group']
    for (const [at, feed] of feeds.entries()) {
      const rows = names.map((name, n) =>
        guideRow(`${at}-${n}`, {
          name,
          time: (n + at) % 2 === 0 ? '19:00' : '19:30',
          types: at === 2 ? ['O', 'X'] : ['O'],
        }),
      )
      await refresh(feed, rows)
    }
    const state = () => rowsOf(shop, 'SELECT id, shown_as FROM meeting ORDER BY id')
    const found = state()
    expect(found.some((row) => row['shown_as'] !== null)).toBe(true)
    for (let round = 0; round < 5; round += 1) {
      shop.main.driver.exec(`UPDATE meeting SET shown_as = NULL WHERE abs(random()) % 2 = 0`)
      await settleSameMeetings(shop, sanJose, 'all')
      expect(state()).toEqual(found)
    }
  })

  it('passes over a slot that a list has filled with one name, and hangs on nothing', async () => {
    const [county, region] = [addFeed('County'), addFeed('Region')]
    const many = (of: string) =>
      Array.from({ length: 400 }, (_, n) => guideRow(`${of}${n}`, { name: 'Serenity' }))
    await refresh(county, many('c'))
    const startedAt = performance.now()
    await refresh(region, many('r'))
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(rowsOf(shop, 'SELECT id FROM meeting WHERE shown_as IS NOT NULL')).toEqual([])
  })
})
