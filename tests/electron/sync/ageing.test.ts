import { afterEach, beforeEach, expect, it } from 'vitest'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { staleAfterMs } from '../../../electron/db/feed-rows.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { todayAt } from '../../../electron/sync/standing.ts'
import { addWebFeed, guideList, guideRow, openTestShop, sanJose, type TestShop } from './shop.ts'

let shop: TestShop
let feedId: string
const hour = 3_600_000

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop)
})
afterEach(() => shop.close())

const week = guideList(Array.from({ length: 7 }, (_, n) => guideRow(`m${n}`, { day: n })))

async function run() {
  const report = await runFeed(shop, { feedId, accept: false, center: sanJose })
  await rollOccurrences(shop, sanJose, { whole: false })
  return report
}

/** Ages of what the kiosk lists today. */
function agesToday(): readonly (number | null)[] {
  const nowMs = shop.clock.now()
  const today = todayAt(sanJose, nowMs)
  return new OccurrenceStore(shop.main, { fellowshipName: () => null })
    .listDay({ date: today, today, nowMs, whereabouts: 'nearby', limit: 50, offset: 0 })
    .rows.map((row) => row.asOfMs)
}

it('a feed that fails for weeks keeps its meetings, marked with their age; a good run clears that', async () => {
  shop.client.serve(week)
  await run()
  const goodAt = shop.clock.now()
  expect(agesToday()).toEqual([null])
  shop.client.fail('timeout', 'The server does not answer.')

  // In the first 48 hours nothing is said.
  shop.clock.advance(staleAfterMs - hour)
  await run()
  expect(shop.feeds.findView(feedId)).toMatchObject({ stale: false, problem: 'timeout' })
  expect(agesToday()).toEqual([null])

  shop.clock.advance(2 * hour)
  await run()
  expect(shop.feeds.findView(feedId)).toMatchObject({ stale: true, lastGoodRunAtMs: goodAt })
  expect(agesToday()).toEqual([goodAt])

  // Ten weeks later the days have rolled on, further than any date that the good run had written.
  for (let days = 0; days < 70; days += 7) {
    shop.clock.advance(7 * 24 * hour)
    expect(await run()).toMatchObject({ outcome: 'failed', problem: 'timeout' })
    expect(agesToday()).toEqual([goodAt])
  }
  expect(shop.feeds.findView(feedId)).toMatchObject({ stale: true, heldBack: false })

  shop.client.serve(week)
  expect(await run()).toMatchObject({ outcome: 'unchanged' })
  expect(shop.feeds.findView(feedId)).toMatchObject({ stale: false, problem: null })
  expect(agesToday()).toEqual([null])
})
