import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runFeed } from '../../../electron/sync/import.ts'
import type { RunReport } from '../../../electron/sync/worker-protocol.ts'
import { addWebFeed, guideList, guideRow, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

let shop: TestShop
let feedId: string

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop)
})
afterEach(() => shop.close())

const list = (count: number, more = {}) =>
  Array.from({ length: count }, (_, n) => guideRow(`m${n}`, { day: n % 7, ...more }))

async function run(content?: string, accept = false): Promise<RunReport> {
  if (content !== undefined) shop.client.serve(content)
  shop.clock.advance(60_000)
  const report = await runFeed(shop, { feedId, accept, center: sanJose })
  if (report === null) throw new Error('no such feed')
  return report
}

const states = () => rowsOf(shop, `SELECT state, count(*) AS n FROM meeting GROUP BY state ORDER BY state`)
const totalChanges = () =>
  shop.db.prepare<{ n: number }>('test', 'SELECT total_changes() AS n').get()?.n ?? -1

describe('a run that passes', () => {
  it('writes meetings with their rules and dates for yesterday to 35 days ahead', async () => {
    const report = await run(guideList(list(7)))
    expect(report).toMatchObject({ outcome: 'applied', tally: { read: 7, kept: 7, added: 7, changed: 0 } })
    const dates = rowsOf<{ first: string; last: string; n: number }>(
      shop,
      'SELECT min(local_date) AS first, max(local_date) AS last, count(*) AS n FROM occurrence',
    )
    // 37 days, one meeting on each weekday.
    expect(dates).toEqual([{ first: '2026-11-23', last: '2026-12-29', n: 37 }])
    expect(rowsOf(shop, 'SELECT count(*) AS n FROM meeting_rule')).toEqual([{ n: 7 }])
    expect(shop.feeds.findView(feedId)).toMatchObject({
      format: 'meeting-guide',
      running: false,
      problem: null,
      counts: { read: 7, shown: 7 },
      lastGoodRunAtMs: shop.clock.now(),
    })
  })

  it('leaves unchanged rows alone and rewrites only what differs', async () => {
    await run(guideList(list(50)))
    const before = rowsOf(shop, 'SELECT id, updated_at_ms FROM meeting ORDER BY id')
    const rows = list(50)
    rows[3] = guideRow('m3', { day: 3, name: 'Renamed' })
    const changesBefore = totalChanges()
    const report = await run(guideList(rows.map((row) => ({ ...row, updated: '2026-11-24 01:02:03' }))))
    expect(report.tally).toMatchObject({ added: 0, changed: 1, removed: 0 })
    const after = rowsOf(shop, 'SELECT id, updated_at_ms FROM meeting ORDER BY id')
    expect(after.filter((row, n) => row['updated_at_ms'] !== before[n]?.['updated_at_ms'])).toHaveLength(1)
    // The meeting, its five or six dates (their order by name changed), its words, that it was compared, the
    // feed's and the run's own rows.
    expect(totalChanges() - changesBefore).toBeLessThan(30)
    expect(
      rowsOf(shop, `SELECT DISTINCT name_order FROM occurrence WHERE name_order = 'renamed'`),
    ).toHaveLength(1)
  })

  it('ends as unchanged without touching meetings when the server says so, or sends the same bytes', async () => {
    const content = guideList(list(50))
    await run(content)
    const before = rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')
    const changesBefore = totalChanges()
    expect((await run()).outcome).toBe('unchanged')
    expect(shop.client.asked.at(-1)).toMatchObject({ etag: '"1"' })
    expect((await run(content)).outcome).toBe('unchanged')
    expect(totalChanges() - changesBefore).toBeLessThanOrEqual(10)
    expect(rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')).toEqual(before)
    expect(shop.feeds.findView(feedId)?.lastGoodRunAtMs).toBe(shop.clock.now())
  })

  it('reads the same bytes again when staff changed what the feed is', async () => {
    await run(guideList(list(3)))
    shop.feeds.change(feedId, { name: '', kind: 'peer', fellowship: 'al-anon', zone: null, heldHere: false })
    const report = await run()
    expect(shop.client.asked.at(-1)).toMatchObject({ etag: null })
    expect(report).toMatchObject({ outcome: 'applied', tally: { changed: 3 } })
    expect(rowsOf(shop, 'SELECT DISTINCT fellowship FROM meeting')).toEqual([{ fellowship: 'al-anon' }])
  })

  it('withdraws what is missing, never deletes it, and takes it back when it comes again', async () => {
    await run(guideList(list(10)))
    const ids = rowsOf(shop, 'SELECT id FROM meeting ORDER BY id')
    const report = await run(guideList(list(8)))
    expect(report.tally).toMatchObject({ removed: 2 })
    expect(states()).toEqual([
      { state: 'active', n: 8 },
      { state: 'withdrawn', n: 2 },
    ])
    const orphaned = `SELECT count(*) AS n FROM occurrence JOIN meeting USING (number) WHERE state <> 'active'`
    expect(rowsOf(shop, orphaned)).toEqual([{ n: 0 }])
    expect((await run(guideList(list(10)))).tally).toMatchObject({ added: 2 })
    expect(states()).toEqual([{ state: 'active', n: 10 }])
    expect(rowsOf(shop, 'SELECT id FROM meeting ORDER BY id')).toEqual(ids)
    expect(rowsOf(shop, 'SELECT count(DISTINCT number) AS n FROM occurrence')).toEqual([{ n: 10 }])
  })

  it('keeps what staff said: hidden stays hidden, also when it went and came; held here stays held here', async () => {
    await run(guideList(list(10)))
    shop.main.driver.exec(`UPDATE meeting SET state = 'hidden' WHERE feed_key = 'm9';
      DELETE FROM occurrence WHERE number = (SELECT number FROM meeting WHERE feed_key = 'm9')`)
    const [marked] = rowsOf<{ id: string }>(shop, `SELECT id FROM meeting WHERE feed_key = 'm1'`)
    shop.meetings.setHere(marked?.id ?? '', true, sanJose)
    await run(guideList(list(10, { notes: 'New note' })))
    await run(guideList(list(9, { notes: 'Other note' })))
    await run(guideList(list(10, { notes: 'Third note' })))
    expect(rowsOf(shop, `SELECT state FROM meeting WHERE feed_key = 'm9'`)).toEqual([{ state: 'hidden' }])
    expect(rowsOf(shop, `SELECT here, here_why, notes FROM meeting WHERE feed_key = 'm1'`)).toEqual([
      { here: 1, here_why: 'staff', notes: 'Third note' },
    ])
    expect(
      rowsOf(
        shop,
        `SELECT DISTINCT whereabouts FROM occurrence JOIN meeting USING (number) WHERE id = '${marked?.id}'`,
      ),
    ).toEqual([{ whereabouts: 0 }])
    const hidden = `SELECT count(*) AS n FROM occurrence JOIN meeting USING (number) WHERE state = 'hidden'`
    expect(rowsOf(shop, hidden)).toEqual([{ n: 0 }])
  })

  it('follows a feed that renumbers itself: the old id leads on, marks survive, nothing is lost', async () => {
    const halls = (slug: (n: number) => string) =>
      Array.from({ length: 12 }, (_, n) =>
        guideRow(slug(n), {
          name: `Group ${n}`,
          day: n % 7,
          formatted_address: `${n} Oak St, San Jose, CA 95112, USA`,
        }),
      )
    await run(guideList(halls((n) => `old-${n}`)))
    const old = rowsOf<{ id: string; feed_key: string }>(shop, 'SELECT id, feed_key FROM meeting')
    const idOf = (n: number) => old.find((row) => row.feed_key === `old-${n}`)?.id ?? ''
    shop.meetings.setHere(idOf(4), true, sanJose)
    // One has a slightly other name besides.
    const renumbered = halls((n) => `new-${n}`)
    renumbered[5] = { ...guideRow('new-5'), ...renumbered[5], name: 'Group 5 (Zoom too)' } as never
    const report = await run(guideList(renumbered))
    expect(report).toMatchObject({ outcome: 'applied', tally: { added: 0, changed: 12, removed: 0 } })
    expect(states()).toEqual([{ state: 'active', n: 12 }])
    expect(rowsOf(shop, 'SELECT count(*) AS n FROM meeting_alias')).toEqual([{ n: 12 }])
    const carriedOn = shop.meetings.resolve(idOf(4))
    expect(
      rowsOf(shop, `SELECT feed_key, here, here_by_staff FROM meeting WHERE id = '${carriedOn}'`),
    ).toEqual([{ feed_key: 'new-4', here: 1, here_by_staff: 1 }])
    // Once more, and back to the first numbers: the oldest id still leads to its meeting.
    await run(guideList(halls((n) => `newest-${n}`)))
    const [last] = rowsOf<{ id: string }>(shop, `SELECT id FROM meeting WHERE feed_key = 'newest-4'`)
    expect(shop.meetings.resolve(idOf(4))).toBe(last?.id)
    await run(guideList(halls((n) => `old-${n}`)))
    expect(shop.meetings.resolve(carriedOn)).toBe(idOf(4))
    expect(shop.meetings.resolve(idOf(4))).toBe(idOf(4))
    expect(shop.main.driver.pragma('foreign_key_check')).toEqual([])
  })
})

describe('a run that does not pass', () => {
  it('is held back when 30 % and more than five meetings are lost, says so, and can be accepted', async () => {
    await run(guideList(list(20)))
    const before = rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')
    const report = await run(guideList(list(14)))
    expect(report).toMatchObject({ outcome: 'held_back', problem: 'loses_too_many', chunks: 0 })
    expect(rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')).toEqual(before)
    expect(shop.feeds.findView(feedId)).toMatchObject({
      problem: 'loses_too_many',
      problemDetail: '6 of 20 meetings are missing in the new list.',
    })
    expect(shop.feeds.isHeldBack(feedId)).toBe(true)
    expect(await run(undefined, true)).toMatchObject({ outcome: 'applied', tally: { removed: 6 } })
    expect(states()).toEqual([
      { state: 'active', n: 14 },
      { state: 'withdrawn', n: 6 },
    ])
    expect(shop.feeds.findView(feedId)?.problem).toBeNull()
  })

  it('is not held back for five of ten', async () => {
    await run(guideList(list(10)))
    expect(await run(guideList(list(5)))).toMatchObject({ outcome: 'applied', tally: { removed: 5 } })
  })

  it.each([
    ['a sign-in page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'html'],
    ['an empty list', '[]', 'empty'],
    ['a list without one usable row', '[{"slug": "x"}, {"slug": "y"}]', 'nothing_usable'],
    ['an empty body', '', 'empty'],
    ['a cut off body', '[{"slug": "a", "name": "A", "day": 1, "ti', 'not_json'],
  ])('keeps the last good list and says why for %s', async (_what, content, problem) => {
    await run(guideList(list(10)))
    const goodAt = shop.clock.now()
    const before = rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')
    const occurrences = rowsOf(shop, 'SELECT * FROM occurrence ORDER BY number, starts_at_ms')
    const report = await run(content)
    expect(report.problem).toBe(problem)
    expect(['failed', 'held_back']).toContain(report.outcome)
    expect(rowsOf(shop, 'SELECT * FROM meeting ORDER BY id')).toEqual(before)
    expect(rowsOf(shop, 'SELECT * FROM occurrence ORDER BY number, starts_at_ms')).toEqual(occurrences)
    const view = shop.feeds.findView(feedId)
    expect(view).toMatchObject({ problem, lastGoodRunAtMs: goodAt, counts: { read: 10 } })
    expect(view?.problemDetail).toBeTruthy()
    expect(rowsOf(shop, 'SELECT outcome, problem FROM feed_run ORDER BY rowid')).toEqual([
      { outcome: 'applied', problem: null },
      { outcome: report.outcome, problem },
    ])
    // The good list again: all is well, and not one row was written for it.
    expect((await run(guideList(list(10)))).outcome).toBe('unchanged')
    expect(shop.feeds.findView(feedId)?.problem).toBeNull()
  })

  it('waits longer after each failure in a row and forgets them after a success', async () => {
    const waits: number[] = []
    for (let n = 0; n < 5; n += 1) {
      shop.client.fail('timeout', 'The server did not answer in 30 seconds.')
      await run()
      waits.push(((shop.feeds.find(feedId)?.nextRunAtMs ?? 0) - shop.clock.now()) / 60_000)
    }
    expect(waits.map((minutes) => Math.round(minutes / 1.05))).toEqual([15, 60, 360, 1440, 1440])
    await run(guideList(list(2)))
    expect(((shop.feeds.find(feedId)?.nextRunAtMs ?? 0) - shop.clock.now()) / 60_000).toBeCloseTo(360 * 1.05)
  })

  it('is repeated later when the disk is full; what was there stays, and the repeat ends in the same rows', async () => {
    await run(guideList(list(20)))
    const before = rowsOf(shop, 'SELECT id, name, notes FROM meeting ORDER BY id')
    const { page_count: pages } = shop.db.driver.prepare('PRAGMA page_count').get() as { page_count: number }
    shop.db.driver.pragma(`max_page_count = ${pages + 3}`)
    const big = guideList(list(400, { notes: 'x'.repeat(2000) }))
    const report = await run(big)
    expect(report).toMatchObject({ outcome: 'failed', problem: 'disk_full' })
    const kept = rowsOf<{ id: string }>(shop, 'SELECT id, name, notes FROM meeting ORDER BY id')
    expect(kept.map((row) => row.id)).toEqual(expect.arrayContaining(before.map((row) => row['id'])))
    expect(shop.feeds.findView(feedId)).toMatchObject({ problem: 'disk_full', running: false })
    shop.db.driver.pragma('max_page_count = 1000000')
    expect(await run()).toMatchObject({ outcome: 'applied' })
    expect(states()).toEqual([{ state: 'active', n: 400 }])
    expect(rowsOf(shop, `SELECT count(*) AS n FROM meeting WHERE notes LIKE 'xxx%'`)).toEqual([{ n: 400 }])
  })
})

describe('a run that is cut off', () => {
  it('is repeated without a second decision and ends in the same rows', async () => {
    await run(guideList(list(40)))
    // Staff accepted a list that loses half and changes the rest; the machine stops in the middle of it.
    const next = guideList(list(20, { notes: 'Changed' }))
    let chunks = 0
    const cut = {
      ...shop,
      pause: () => Promise.resolve(),
      stopping: () => chunks > 0,
      onHold: () => void (chunks += 1),
    }
    shop.client.serve(next)
    // One meeting per chunk, so that one chunk is a part only.
    const slow = { ...cut, writer: slowed(shop.writer) }
    const report = await runFeed(slow, { feedId, accept: true, center: sanJose })
    expect(report?.outcome).toBe('interrupted')
    const changed = `SELECT count(*) AS n FROM meeting WHERE notes = 'Changed'`
    const [part] = rowsOf<{ n: number }>(shop, changed)
    expect(part?.n).toBeGreaterThan(0)
    expect(part?.n).toBeLessThan(20)
    expect(shop.feeds.due()).toEqual([feedId])
    expect(await run()).toMatchObject({ outcome: 'applied' })
    expect(rowsOf(shop, changed)).toEqual([{ n: 20 }])
    expect(states()).toEqual([
      { state: 'active', n: 20 },
      { state: 'withdrawn', n: 20 },
    ])
  })
})

/** A writer that takes longer than a chunk may last. */
function slowed(writer: TestShop['writer']): TestShop['writer'] {
  return new Proxy(writer, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: unknown[]): unknown => {
        const until = performance.now() + 12
        while (performance.now() < until);
        return Reflect.apply(member as (...all: unknown[]) => unknown, target, args)
      }
    },
  })
}
