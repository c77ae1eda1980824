import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NewFeed } from '../../../electron/db/feed-store.ts'
import type { SyncJob } from '../../../electron/sync/sync-job.ts'
import { openTestJob } from '../../support/test-job.ts'
import {
  addWebFeed,
  guideList,
  guideRow,
  key,
  must,
  openTestShop,
  rowsOf,
  sanJose,
  type TestShop,
} from './shop.ts'

// A real worker thread and real files: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

let shop: TestShop
let job: SyncJob
let tick: () => void
const minute = 60_000

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  job = openTestJob(
    { ...shop, db: shop.main, key, center: () => sanJose },
    {
      timers: {
        every: (_ms, work) => {
          tick = work
          return () => undefined
        },
      },
    },
  )
})
afterEach(async () => {
  await job.stop()
  shop.close()
})

function fileFeeds(count: number, more: Partial<NewFeed> = {}): string[] {
  return Array.from({ length: count }, (_, n) => {
    const path = join(dirname(shop.file), `list-${n}.json`)
    writeFileSync(path, guideList([guideRow(`m${n}`)]))
    return addWebFeed(shop, { source: { from: 'file', path }, ...more })
  })
}

/** Names of the feeds in the order in which they were read. */
const order = () =>
  rowsOf<{ feed: string }>(shop, 'SELECT feed_id AS feed FROM feed_run ORDER BY rowid').map((row) => row.feed)
const nextRunOf = (feedId: string) => shop.feeds.findView(feedId)?.nextRunAtMs ?? 0

it('a few due feeds are read at a time, each once, and what staff ask for goes before them', async () => {
  const ids = fileFeeds(20)
  const last = ids.at(-1) ?? ''
  job.start()
  // Staff tap "read now" while the first is under way and others wait.
  expect(must(await job.refresh(last))).toMatchObject({ outcome: 'applied' })
  expect(order().indexOf(last)).toBeLessThanOrEqual(1)
  await job.whenIdle()
  expect(order()).toHaveLength(5)
  for (let ticks = 0; ticks < 8; ticks += 1) {
    tick()
    await job.whenIdle()
  }
  expect(order().toSorted()).toEqual(ids.toSorted())
})

it('a feed that waits as due and is asked for by staff is read once, and first', async () => {
  const [first = '', second = '', third = ''] = fileFeeds(3)
  job.start()
  await job.refresh(third)
  await job.whenIdle()
  // The first thing under way is the roll of the days.
  expect(order()).toEqual([third, first, second])
})

it('what staff said last counts: a run that is under way is followed by another', async () => {
  const [feedId = ''] = fileFeeds(1)
  const running = job.refresh(feedId)
  shop.feeds.change(feedId, { name: '', kind: 'peer', fellowship: 'na', zone: null, heldHere: false })
  await job.refresh(feedId, { changed: true })
  await running
  expect(order()).toEqual([feedId, feedId])
  expect(rowsOf(shop, 'SELECT fellowship FROM meeting')).toEqual([{ fellowship: 'na' }])
})

it('runs that were missed in a week of sleep are made up for once', async () => {
  const [feedId = ''] = fileFeeds(1, { everyMinutes: 60 })
  job.start()
  await job.whenIdle()
  shop.clock.advance(7 * 24 * 60 * minute)
  job.onResume()
  await job.whenIdle()
  tick()
  await job.whenIdle()
  expect(order()).toEqual([feedId, feedId])
  expect(nextRunOf(feedId)).toBeGreaterThanOrEqual(shop.clock.now() + 60 * minute)
  expect(nextRunOf(feedId)).toBeLessThanOrEqual(shop.clock.now() + 66 * minute)
})

it('a clock that was put back by an hour does not make a feed wait longer than it can be made to', async () => {
  const [feedId = ''] = fileFeeds(1, { everyMinutes: 15 })
  job.start()
  await job.whenIdle()
  expect(order()).toHaveLength(1)
  shop.clock.advance(-60 * minute)
  tick()
  await job.whenIdle()
  expect(order()).toEqual([feedId, feedId])
  tick()
  await job.whenIdle()
  expect(order()).toHaveLength(2)
})

it('a server that asks to be left alone is left alone for so long, up to a day', () => {
  const feedId = addWebFeed(shop)
  const failed = { outcome: 'failed', problem: 'http_error', detail: null } as const
  const tally = { bytes: 0, read: 0, kept: 0, refused: 0, added: 0, changed: 0, removed: 0 }
  const waits = [undefined, 1000, 2 * 60 * minute, 1e12].map((retryAfterMs) => {
    // Each after one success, so that it is the first failure.
    shop.feeds.endRun(
      feedId,
      shop.feeds.startRun(feedId),
      { outcome: 'unchanged', etag: null, lastModified: null },
      tally,
      0,
    )
    shop.feeds.endRun(feedId, shop.feeds.startRun(feedId), { ...failed, retryAfterMs }, tally, 0)
    return (nextRunOf(feedId) - shop.clock.now()) / minute
  })
  expect(waits).toEqual([15, 15, 120, 1440])
})

it('a machine without a network asks again soon, however often it failed', () => {
  const feedId = addWebFeed(shop)
  const tally = { bytes: 0, read: 0, kept: 0, refused: 0, added: 0, changed: 0, removed: 0 }
  const waits = (['timeout', 'timeout', 'timeout', 'no_network', 'timeout'] as const).map((problem) => {
    shop.feeds.endRun(
      feedId,
      shop.feeds.startRun(feedId),
      { outcome: 'failed', problem, detail: null },
      tally,
      0,
    )
    return (nextRunOf(feedId) - shop.clock.now()) / minute
  })
  expect(waits).toEqual([15, 60, 360, 15, 1440])
})
