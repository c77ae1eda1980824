import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openDatabase } from '../../../electron/db/open.ts'
import { runFeed } from '../../../electron/sync/import.ts'
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

// Real threads, processes and files: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

const list = (from: number, to: number, notes: string) =>
  guideList(
    Array.from({ length: to - from }, (_, n) =>
      guideRow(`m${from + n}`, {
        day: n % 7,
        notes,
        formatted_address: `${from + n} Oak St, San Jose, CA 95112, USA`,
      }),
    ),
  )

const now = '2026-11-24T20:00:00Z'

/** All that a kiosk shows of the feed, and what the desk would see of it. */
const shown = (shop: TestShop) => ({
  meetings: rowsOf(shop, 'SELECT id, name, notes, state, content_hash FROM meeting ORDER BY id'),
  rules: rowsOf(shop, 'SELECT * FROM meeting_rule ORDER BY meeting_id, position'),
  occurrences: rowsOf(shop, 'SELECT * FROM occurrence ORDER BY number, starts_at_ms'),
  aliases: rowsOf(shop, 'SELECT * FROM meeting_alias ORDER BY old_id'),
})

async function prepare(): Promise<{ shop: TestShop; feedId: string }> {
  const shop = openTestShop(now)
  const feedId = addWebFeed(shop)
  shop.client.serve(list(0, 300, 'first'))
  await runFeed(shop, { feedId, accept: false, center: sanJose })
  return { shop, feedId }
}

it.each([1, 4, 9])(
  'a process killed after chunk %i leaves whole meetings; the repeat ends as if it had not been',
  async (chunks) => {
    const next = list(120, 420, 'second')
    const whole = await prepare()
    whole.shop.client.serve(next)
    await runFeed(whole.shop, { feedId: whole.feedId, accept: true, center: sanJose })

    const { shop, feedId } = await prepare()
    const content = join(dirname(shop.file), 'next.json')
    writeFileSync(content, next)
    await killAfter(chunks, [shop.file, content, now, feedId])

    const reopened = must(openDatabase({ file: shop.file, key, log: shop.log, clock: shop.clock }))
    expect(reopened.integrityErrors()).toEqual([])
    reopened.close()
    const second = `SELECT count(*) AS n FROM meeting WHERE notes = 'second'`
    const [applied] = rowsOf<{ n: number }>(shop, second)
    expect(applied?.n).toBeGreaterThan(0)
    expect(applied?.n).toBeLessThan(300)
    // Each meeting is wholly of the one list or of the other: it has its rule and its dates.
    const torn = `SELECT count(*) AS n FROM meeting WHERE state = 'active' AND (
    (SELECT count(*) FROM occurrence WHERE number = meeting.number) < 5
    OR (SELECT count(*) FROM meeting_rule WHERE meeting_id = meeting.id) <> 1)`
    expect(rowsOf(shop, torn)).toEqual([{ n: 0 }])
    expect(rowsOf(shop, `SELECT outcome FROM feed_run WHERE ended_at_ms IS NULL`)).toEqual([
      { outcome: 'applying' },
    ])

    expect(shop.feeds.closeCutOffRuns()).toBe(1)
    expect(shop.feeds.findView(feedId)).toMatchObject({ problem: 'interrupted', running: false })
    expect(shop.feeds.due()).toEqual([feedId])
    // Half of the meetings go: without the memory of what was decided, the guard would hold it back now.
    shop.client.serve(next)
    const repeat = await runFeed(shop, { feedId, accept: false, center: sanJose })
    expect(repeat).toMatchObject({ outcome: 'applied', problem: null })
    expect(shown(shop)).toEqual(shown(whole.shop))
    shop.close()
    whole.shop.close()
  },
)

it('the list changed between the cut and the repeat: the repeat ends as if only the new one had ever come', async () => {
  // What both editions of the next list keep of the first is enough for the guard.
  const next = list(60, 360, 'second')
  const newest = list(80, 380, 'third')
  const whole = await prepare()
  whole.shop.client.serve(newest)
  await runFeed(whole.shop, { feedId: whole.feedId, accept: false, center: sanJose })

  const { shop, feedId } = await prepare()
  const content = join(dirname(shop.file), 'next.json')
  writeFileSync(content, next)
  await killAfter(4, [shop.file, content, now, feedId])
  expect(shop.feeds.closeCutOffRuns()).toBe(1)
  shop.client.serve(newest)
  expect(await runFeed(shop, { feedId, accept: false, center: sanJose })).toMatchObject({
    outcome: 'applied',
    problem: null,
  })
  const active = `SELECT feed_key, notes FROM meeting WHERE state = 'active' ORDER BY feed_key`
  expect(rowsOf(shop, active)).toEqual(rowsOf(whole.shop, active))
  expect(rowsOf(shop, active)).toHaveLength(300)
  // Nothing of the list that was never finished is on a day's list.
  const dated = `SELECT DISTINCT notes, state FROM meeting JOIN occurrence USING (number)`
  expect(rowsOf(shop, dated)).toEqual([{ notes: 'third', state: 'active' }])
  shop.close()
  whole.shop.close()
})

it('a list that came between and loses too much waits, though the one that was cut off had been accepted', async () => {
  const { shop, feedId } = await prepare()
  const content = join(dirname(shop.file), 'next.json')
  writeFileSync(content, list(0, 280, 'second'))
  await killAfter(4, [shop.file, content, now, feedId])
  shop.feeds.closeCutOffRuns()
  shop.client.serve(list(0, 100, 'third'))
  expect(await runFeed(shop, { feedId, accept: false, center: sanJose })).toMatchObject({
    outcome: 'held_back',
    problem: 'loses_too_many',
  })
  expect(rowsOf(shop, `SELECT count(*) AS n FROM meeting WHERE state = 'active'`)).toEqual([{ n: 300 }])
  shop.close()
})

function killAfter(chunks: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'apply-child.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = ''
  child.stdout.on('data', (text: Buffer) => {
    seen += text.toString()
    if (seen.split('chunk\n').length > chunks) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`The child ended by itself: ${seen}`)),
    )
  })
}
