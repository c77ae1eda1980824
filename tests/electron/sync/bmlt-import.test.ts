import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFeedClient } from '../../../electron/sync/feeds/feed-client.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import type { RunReport } from '../../../electron/sync/worker-protocol.ts'
import { type BmltServer, openBmltServer } from '../../support/bmlt-server.ts'
import { addWebFeed, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

/* A feed that is a BMLT server, through the real client, the real readers and a real database. */

const root = 'http://127.0.0.1/main_server'
const row = (id: string, more = {}) => ({
  id_bigint: id,
  weekday_tinyint: '2',
  start_time: '19:00:00',
  duration_time: '01:00:00',
  formats: 'O1',
  format_shared_id_list: '3',
  venue_type: '1',
  latitude: '37.34',
  longitude: '-121.89',
  published: '1',
  root_server_uri: root,
  meeting_name: `Meeting ${id}`,
  location_street: '100 Oak Street',
  location_municipality: 'San Jose',
  location_province: 'CA',
  ...more,
})
const formats = JSON.stringify([
  {
    id: '3',
    key_string: 'O1',
    name_string: 'Week 1: open',
    lang: 'en',
    world_id: '',
    format_type_enum: 'O-1',
    root_server_uri: root,
  },
])

let shop: TestShop
let server: BmltServer

beforeEach(async () => {
  server = await openBmltServer({
    search: JSON.stringify([row('1'), row('2', { root_server_uri: 'https://other.example.org' })]),
    formats: { en: formats },
  })
  shop = openTestShop('2026-11-24T20:00:00Z', { client: createFeedClient() })
})
afterEach(async () => {
  shop.close()
  await server.close()
})

async function run(feedId: string, center = sanJose): Promise<RunReport> {
  shop.clock.advance(60_000)
  const report = await runFeed({ ...shop, client: createFeedClient() }, { feedId, accept: false, center })
  if (report === null) throw new Error('no such feed')
  return report
}

const addServer = (more: Parameters<typeof addWebFeed>[1] = {}): string =>
  addWebFeed(shop, {
    source: { from: 'web', address: server.root, plainHttpAllowed: false },
    fellowship: null,
    ...more,
  })

it('brings the meetings of a circle around the center, with the weeks in which they are open', async () => {
  const feedId = addServer({ scope: { by: 'circle', kilometers: null } })
  expect(await run(feedId)).toMatchObject({ outcome: 'applied', tally: { read: 2, added: 2 } })
  expect(server.asked[0]).toContain('&lat_val=37.2934&long_val=-121.9106&geo_width_km=25')
  expect(shop.feeds.findView(feedId)).toMatchObject({ format: 'bmlt', counts: { shown: 2 }, problem: null })
  expect(
    rowsOf(shop, 'SELECT feed_key, fellowship, openness, open_weeks FROM meeting ORDER BY feed_key'),
  ).toEqual([
    { feed_key: '1', fellowship: 'na', openness: 'open_this_week', open_weeks: '[1]' },
    // Another server's: our formats are not its own.
    { feed_key: '2', fellowship: 'na', openness: 'unknown', open_weeks: '[]' },
  ])
})

it('is unchanged when the server says the same again, and asks anew when staff change the scope', async () => {
  const feedId = addServer()
  await run(feedId)
  expect(await run(feedId)).toMatchObject({ outcome: 'unchanged' })
  const feed = shop.feeds.find(feedId)
  if (feed === undefined) throw new Error('no feed')
  shop.feeds.change(feedId, { ...feed, name: 'NA', scope: { by: 'services', ids: [7] } })
  await run(feedId)
  expect(decodeURIComponent(server.asked.at(-3) ?? '')).toContain('services[]=7&recursive=1')
})

it('says what the server answers when it is none, and keeps what it had', async () => {
  const feedId = addServer()
  await run(feedId)
  await server.close()
  server = await openBmltServer({ search: '<html>moved' })
  const moved = addWebFeed(shop, { source: { from: 'web', address: server.root, plainHttpAllowed: false } })
  expect(await run(moved)).toMatchObject({ outcome: 'failed', problem: 'html' })
  expect(await run(feedId)).toMatchObject({ outcome: 'failed', problem: 'connection_refused' })
  expect(rowsOf(shop, `SELECT count(*) AS n FROM meeting WHERE state = 'active'`)).toEqual([{ n: 2 }])
})
