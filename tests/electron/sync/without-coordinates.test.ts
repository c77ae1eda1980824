import { afterEach, beforeEach, expect, it } from 'vitest'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { SearchStore } from '../../../electron/db/search-store.ts'
import { WeekStore } from '../../../electron/db/week-store.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { calendar, event } from '../../support/calendars.ts'
import { addWebFeed, guideList, guideRow, openTestShop, sanJose, type TestShop } from './shop.ts'

/* A place without coordinates is neither here nor near by the letter: found, printed, and staff are told. */

let shop: TestShop
beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
})
afterEach(() => shop.close())

const today = '2026-11-24'
const club = { kind: 'club', fellowship: null, zone: null, heldHere: false } as const
const runs = calendar(
  ...event(
    'UID:run',
    'SUMMARY:River Run',
    'DTSTART:20261124T180000',
    'DTEND:20261124T190000',
    'LOCATION:Oak Park',
  ),
  ...event(
    'UID:walk',
    'SUMMARY:Hill Walk',
    'DTSTART:20261124T200000',
    'DTEND:20261124T210000',
    'LOCATION:The Hill',
  ),
  ...event(
    'UID:swim',
    'SUMMARY:Pool Night',
    'DTSTART:20261124T200000',
    'DTEND:20261124T210000',
    'LOCATION:Pool',
    'GEO:37.30;-121.90',
  ),
)

async function importWith(content: string, feedId: string): Promise<readonly string[]> {
  shop.client.serve(content)
  expect(await runFeed(shop, { feedId, accept: false, center: sanJose })).toMatchObject({
    outcome: 'applied',
  })
  return remarksOf(feedId)
}

const remarksOf = (feedId: string) =>
  shop.feeds
    .findView(feedId)!
    .remarks.filter(({ reason }) => reason.startsWith('no-coordinates:'))
    .map(({ where, reason }) => `${where}: ${reason}`)

const now = () => ({ today, nowMs: shop.clock.now() })
const fellowshipName = () => null
const onList = (whereabouts: 'here' | 'nearby' | 'online') =>
  new OccurrenceStore(shop.main, { fellowshipName })
    .listDay({ ...now(), date: today, whereabouts, offset: 0, limit: 50 })
    .rows.map((row) => row.key)

it('is on no list of a day, but found, printed, and told to staff as one remark about the feed', async () => {
  await rollOccurrences(shop, sanJose, { whole: true })
  const remarks = await importWith(runs, addWebFeed(shop, club))
  expect([onList('here'), onList('nearby'), onList('online')]).toEqual([[], ['swim'], []])

  const search = new SearchStore(shop.main, { dictionary: searchDictionary(), fellowshipName })
  const { rows } = search.search({
    ...now(),
    text: 'river',
    date: today,
    days: 1,
    order: 'nearest',
    limit: 10,
    ownLanguage: 'en',
  })
  expect(rows).toMatchObject([{ key: 'run', place: 'Oak Park', distanceMeters: null }])
  const week = new WeekStore(shop.main, { fellowshipName }).listWeek({ ...now(), from: today, days: 7 })
  expect(week.rows.map((row) => row.key).toSorted()).toEqual(['run', 'swim', 'walk'])

  expect(remarks).toEqual([
    expect.stringMatching(
      /^feed: no-coordinates: 2 meetings have a place without coordinates, so they are on no day's list; .*mark the feed as held here; .*ask its owner for coordinates\.$/u,
    ),
  ])
})

it('is not told any more when staff have marked the feed as held here', async () => {
  await rollOccurrences(shop, sanJose, { whole: true })
  const feedId = addWebFeed(shop, club)
  expect(await importWith(runs, feedId)).toHaveLength(1)
  shop.feeds.change(feedId, { ...club, name: '', heldHere: true })
  await rollOccurrences(shop, sanJose, { whole: true })
  await runFeed(shop, { feedId, accept: false, center: sanJose })
  expect(remarksOf(feedId)).toEqual([])
  expect(onList('here')).toEqual(['run', 'swim', 'walk'])
})

it('is not told of what is on a list anyway: online, by appointment, at our own address, shown by another feed', async () => {
  await rollOccurrences(shop, sanJose, { whole: true })
  const nowhere = { latitude: null, longitude: null }
  await importWith(
    guideList([guideRow('known', { name: 'Tuesday Serenity' })]),
    addWebFeed(shop, {
      source: { from: 'web', address: 'https://county.example/a.json', plainHttpAllowed: false },
    }),
  )
  const remarks = await importWith(
    guideList([
      guideRow('zoom', {
        ...nowhere,
        conference_url: 'https://zoom.us/j/1234567890',
        formatted_address: 'San Jose, CA, USA',
      }),
      guideRow('our-house', { ...nowhere, formatted_address: '1711 Hamilton Ave, San Jose, CA 95125, USA' }),
      guideRow('known-here-too', { ...nowhere, name: 'Tuesday Serenity Group' }),
      { ...guideRow('asked-for', nowhere), day: undefined as never, time: undefined as never },
      guideRow('unknown', {
        ...nowhere,
        time: '10:00',
        formatted_address: '7 Far Road, Elsewhere, CA 90001, USA',
      }),
    ]),
    addWebFeed(shop),
  )
  expect(remarks).toEqual([
    expect.stringContaining('1 meeting has a place without coordinates, so it is on no day'),
  ])
})
