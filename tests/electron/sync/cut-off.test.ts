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
