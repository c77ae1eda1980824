import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SignInStore } from '../../../electron/db/sign-in-store.ts'
import type { SyncJob } from '../../../electron/sync/sync-job.ts'
import type { Progress } from '../../../electron/sync/worker-protocol.ts'
import { createIds } from '../../../electron/system.ts'
import type { Center } from '../../../electron/domain/whereabouts.ts'
import { importThread, openTestJob } from '../../support/test-job.ts'
import { guideList, guideRow, key, must, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

// Real threads, processes and files: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

let shop: TestShop
let job: SyncJob
let center: Center | null
let tick: () => void
let events: string[]
let progress: Progress[]
let workers: Worker[]

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  center = sanJose
  events = []
  progress = []
  workers = []
  job = newJob()
})
afterEach(async () => {
  await job.stop()
  shop.close()
})

/** The real worker thread, run from its source; only time is the test's. */
function newJob(): SyncJob {
  return openTestJob(
    { ...shop, db: shop.main, key, center: () => center },
    {
      createWorker: (options) => {
        const worker = importThread(options)
        workers.push(worker)
        return worker
      },
      timers: {
        every: (_ms, work) => {
          tick = work
          return () => undefined
        },
      },
      onProgress: (one) => progress.push(one),
      onMeetingsChanged: () => events.push('meetings'),
      onFeedsChanged: () => events.push('feeds'),
    },
  )
}

function fileFeed(name: string, content: string): string {
  const path = join(dirname(shop.file), name)
  writeFileSync(path, content)
  return must(
    shop.feeds.add({
      source: { from: 'file', path },
      name: '',
      kind: 'peer',
      fellowship: 'aa',
      zone: null,
      heldHere: false,
    }),
  ).feedId
}

const week = (count: number, more = {}) =>
  guideList(Array.from({ length: count }, (_, n) => guideRow(`m${n}`, { day: n % 7, ...more })))

const days = () =>
  rowsOf<{ first: string; last: string; n: number }>(
    shop,
    'SELECT min(local_date) AS first, max(local_date) AS last, count(*) AS n FROM occurrence',
  )[0]

it('reads a feed in its thread and says how it goes and that it is done', async () => {
  const feedId = fileFeed('meetings.json', week(20))
  const run = must(await job.refresh(feedId))
  expect(run).toMatchObject({ outcome: 'applied', problem: null, tally: { added: 20 } })
  expect([...new Set(progress.map((one) => one.stage))]).toEqual(['fetching', 'reading', 'applying'])
  expect(new Set(progress.map((one) => one.feedId))).toEqual(new Set([feedId]))
  expect(events).toContain('meetings')
  expect(events).toContain('feeds')
  expect(rowsOf(shop, 'SELECT count(*) AS n FROM meeting')).toEqual([{ n: 20 }])
  expect(shop.feeds.findView(feedId)).toMatchObject({ name: 'meetings.json', running: false })
  expect(shop.log.lines.join('\n')).not.toContain('Meeting m')
})

it('runs what is due at the start; a source that fails holds up no other', async () => {
  const bad = fileFeed('bad.json', '<html>')
  const gone = fileFeed('gone.json', '')
  const good = fileFeed('good.json', week(3))
  job.start()
  await job.whenIdle()
  expect(shop.feeds.findView(bad)?.problem).toBe('html')
  expect(shop.feeds.findView(gone)?.problem).toBe('empty')
  expect(shop.feeds.findView(good)).toMatchObject({ problem: null, counts: { shown: 3 } })
  const runs = () => rowsOf(shop, 'SELECT count(*) AS n FROM feed_run')[0]?.['n']
  expect(runs()).toBe(3)
  tick()
  await job.whenIdle()
  expect(runs()).toBe(3)
  // After 17 minutes the failed ones are due again, the good one is not.
  shop.clock.advance(17 * 60_000)
  tick()
  await job.whenIdle()
  expect(runs()).toBe(5)
  expect(shop.feeds.listRuns(good)).toHaveLength(1)
})

it('accepts a list that was held back, and only then', async () => {
  const feedId = fileFeed('meetings.json', week(20))
  await job.refresh(feedId)
  expect(await job.accept(feedId)).toMatchObject({ ok: false, code: 'nothing_held_back' })
  fileFeedContent('meetings.json', week(7))
  expect(must(await job.refresh(feedId))).toMatchObject({ outcome: 'held_back', problem: 'loses_too_many' })
  expect(must(await job.accept(feedId))).toMatchObject({ outcome: 'applied', tally: { removed: 13 } })
  expect(await job.accept('nobody')).toMatchObject({ ok: false, code: 'not_found' })
})

it('rolls on at local midnight, keeps up after a clock jump forward, and goes back with a clock put back', async () => {
  fileFeed('meetings.json', week(7))
  job.start()
  await job.whenIdle()
  expect(days()).toEqual({ first: '2026-11-23', last: '2026-12-29', n: 37 })
  // 23:59:50 in California, then 00:00:10.
  shop.clock.set('2026-11-25T07:59:50Z')
  tick()
  await job.whenIdle()
  expect(days()?.first).toBe('2026-11-23')
  events.length = 0
  shop.clock.set('2026-11-25T08:00:10Z')
  tick()
  await job.whenIdle()
  expect(days()).toEqual({ first: '2026-11-24', last: '2026-12-30', n: 37 })
  expect(events).toContain('meetings')
  // The machine slept for a week.
  shop.clock.advance(7 * 86_400_000)
  job.onResume()
  await job.whenIdle()
  expect(days()).toEqual({ first: '2026-12-01', last: '2027-01-06', n: 37 })
  // It was off for three months, and wakes in summer time.
  shop.clock.set('2027-03-20T20:00:00Z')
  tick()
  await job.whenIdle()
  expect(days()).toEqual({ first: '2027-03-19', last: '2027-04-24', n: 37 })
  const clockTimes = `SELECT DISTINCT (starts_at_ms / 60000) % 1440 AS minute FROM occurrence`
  expect(rowsOf(shop, clockTimes)).toEqual([{ minute: (19 + 7) * 60 - 1440 }])
  // Its clock was wrong and is put back.
  shop.clock.set('2026-11-24T20:00:00Z')
  tick()
  await job.whenIdle()
  expect(days()).toEqual({ first: '2026-11-23', last: '2026-12-29', n: 37 })
  expect(rowsOf(shop, clockTimes)).toEqual([{ minute: (19 + 8) * 60 - 1440 }])
})

it('keeps the clock time over the change to winter time, while instants move by an hour', async () => {
  shop.clock.set('2026-10-30T19:00:00Z')
  fileFeed('meetings.json', week(7))
  job.start()
  await job.whenIdle()
  const minutes = rowsOf<{ date: string; minute: number }>(
    shop,
    `SELECT local_date AS date, (starts_at_ms / 60000) % 1440 AS minute FROM occurrence ORDER BY starts_at_ms`,
  )
  // The clocks of California go back on 1 November 2026.
  for (const { date, minute } of minutes) expect(minute).toBe(date < '2026-11-01' ? 120 : 180)
  expect(minutes).toHaveLength(37)
})

it('computes where meetings stand again when the center moves', async () => {
  const feedId = fileFeed('meetings.json', week(7))
  job.start()
  await job.whenIdle()
  const stands = () =>
    rowsOf(shop, `SELECT DISTINCT here, here_why, whereabouts FROM meeting JOIN occurrence USING (number)`)
  expect(stands()).toEqual([{ here: 0, here_why: 'no', whereabouts: 1 }])
  center = { ...sanJose, latitude: 37.34, longitude: -121.89 }
  await job.rebuild()
  expect(stands()).toEqual([{ here: 1, here_why: 'distance', whereabouts: 0 }])
  center = { ...sanJose, latitude: 40.7, longitude: -74, zone: 'America/New_York' }
  await job.rebuild()
  await job.whenIdle()
  expect(stands()).toEqual([{ here: 0, here_why: 'no', whereabouts: 3 }])
  // The zone of the feed was the center's: it was read again, and 19:00 means New York now.
  expect(rowsOf(shop, 'SELECT DISTINCT (starts_at_ms / 60000) % 1440 AS minute FROM occurrence')).toEqual([
    { minute: 0 },
  ])
  expect(shop.feeds.listRuns(feedId)).toHaveLength(3)
})

it('takes a feed off the list: its meetings are withdrawn, not deleted, and come back with it', async () => {
  const feedId = fileFeed('meetings.json', week(7))
  await job.refresh(feedId)
  const ids = rowsOf(shop, 'SELECT id FROM meeting ORDER BY id')
  expect(await job.remove(feedId)).toEqual({ ok: true, value: { removed: true } })
  expect(shop.feeds.list()).toEqual([])
  expect(rowsOf(shop, 'SELECT DISTINCT state, feed_id FROM meeting')).toEqual([
    { state: 'withdrawn', feed_id: null },
  ])
  expect(rowsOf(shop, 'SELECT * FROM occurrence')).toEqual([])
  await job.refresh(fileFeed('meetings.json', week(7)))
  expect(rowsOf(shop, `SELECT id FROM meeting WHERE state = 'active' ORDER BY id`)).toEqual(ids)
})

it('reports a thread that died, closes its run, lets the feed rest and goes on with the next', async () => {
  const feedId = fileFeed('big.json', week(600))
  const other = fileFeed('other.json', week(3))
  const refreshing = job.refresh(feedId)
  await until(() => progress.some((one) => one.stage === 'applying' && one.rows > 0))
  await workers[0]?.terminate()
  expect(must(await refreshing)).toMatchObject({ outcome: 'failed', problem: 'internal' })
  expect(shop.feeds.listRuns(feedId)[0]).toMatchObject({ outcome: 'interrupted' })
  expect(shop.feeds.findView(feedId)).toMatchObject({ problem: 'interrupted', running: false })
  job.onResume()
  await job.whenIdle()
  expect(workers).toHaveLength(2)
  expect(shop.feeds.findView(other)?.problem).toBeNull()
  expect(shop.feeds.listRuns(feedId)).toHaveLength(1)
  // By hand it runs at once.
  expect(must(await job.refresh(feedId))).toMatchObject({ outcome: 'applied' })
})

it('lets sign-ins through while a list of 5,000 is applied', { timeout: 120_000 }, async () => {
  const signIns = new SignInStore(shop.main, {
    ids: createIds(shop.clock),
    clock: shop.clock,
    machineId: 'machine-1',
  })
  const feedId = fileFeed('big.json', week(5000))
  const refreshing = job.refresh(feedId)
  await until(() => progress.some((one) => one.stage === 'applying' && one.rows > 0))
  const waits: number[] = []
  for (let n = 0; n < 60; n += 1) {
    const askedAt = performance.now()
    must(signIns.addCount({ requestId: `request-${n}`, meetingId: 'any', localDate: '2026-11-24' }))
    waits.push(performance.now() - askedAt)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  const rows = progress.at(-1)?.rows ?? 0
  // The import was under way all the time, and went on between the sign-ins.
  expect(rows).toBeGreaterThan(100)
  expect(rows).toBeLessThan(5000)
  await job.stop()
  await refreshing
  expect(rowsOf(shop, 'SELECT count(*) AS n FROM head_count')).toEqual([{ n: 60 }])
  const sorted = waits.toSorted((a, b) => a - b)
  // A quiet machine has 10 and 40 ms here; a chunk without an end would be seconds.
  expect(sorted[30]).toBeLessThan(80)
  expect(sorted.at(-1)).toBeLessThan(1000)
})

it('stops in the middle of an import within a moment; the next start repeats it', async () => {
  const feedId = fileFeed('big.json', week(600))
  const refreshing = job.refresh(feedId)
  await until(() => progress.some((one) => one.stage === 'applying' && one.rows > 0))
  const startedAt = performance.now()
  await job.stop()
  expect(performance.now() - startedAt).toBeLessThan(2000)
  expect(must(await refreshing)).toMatchObject({ outcome: 'interrupted' })
  expect(rowsOf(shop, 'SELECT outcome FROM feed_run')).toEqual([{ outcome: 'interrupted' }])
  job = newJob()
  job.start()
  await job.whenIdle()
  expect(rowsOf(shop, `SELECT count(*) AS n FROM meeting WHERE state = 'active'`)).toEqual([{ n: 600 }])
  expect(shop.feeds.findView(feedId)).toMatchObject({ problem: null })
})

function fileFeedContent(name: string, content: string): void {
  writeFileSync(join(dirname(shop.file), name), content)
}

async function until(condition: () => boolean): Promise<void> {
  for (let waits = 0; !condition(); waits += 1) {
    if (waits > 2000) throw new Error('It did not happen in 20 seconds.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
