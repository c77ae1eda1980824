import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runFeed } from '../../../electron/sync/import.ts'
import type { RunReport } from '../../../electron/sync/worker-protocol.ts'
import { addWebFeed, guideList, guideRow, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

let shop: TestShop
let feedId: string

beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop, { fellowship: null })
})
afterEach(() => shop.close())

async function run(content?: string, accept = false): Promise<RunReport> {
  if (content !== undefined) shop.client.serve(content)
  shop.clock.advance(60_000)
  const report = await runFeed(shop, { feedId, accept, center: sanJose })
  if (report === null) throw new Error('no such feed')
  return report
}

const aa = 'Alcoholics Anonymous of the county'
const na = 'Narcotics Anonymous of the county'
const list = (count: number, more: (n: number) => object = () => ({})) =>
  guideList(
    Array.from({ length: count }, (_, n) =>
      guideRow(`m${String(n).padStart(2, '0')}`, { day: n % 7, entity: aa, ...more(n) }),
    ),
  )

const stored = () => ({
  meetings: rowsOf(shop, 'SELECT * FROM meeting ORDER BY id'),
  occurrences: rowsOf(shop, 'SELECT * FROM occurrence ORDER BY number, starts_at_ms'),
})
const view = () => shop.feeds.findView(feedId)

async function expectHeldBack(content: string, problem: string, detail: RegExp | string): Promise<void> {
  const before = stored()
  const goodAt = view()?.lastGoodRunAtMs
  expect(await run(content)).toMatchObject({ outcome: 'held_back', problem, chunks: 0 })
  expect(stored()).toEqual(before)
  expect(view()).toMatchObject({ heldBack: true, problem, lastGoodRunAtMs: goodAt })
  expect(view()?.problemDetail).toMatch(detail)
  // A list that waits is not a failing one: it is looked at again in the usual time.
  expect((view()?.nextRunAtMs ?? 0) - shop.clock.now()).toBeGreaterThan(300 * 60_000)
}

describe('a list that waits for staff', () => {
  it('names what would go, and is taken when staff say so', async () => {
    await run(list(20))
    await expectHeldBack(list(12), 'loses_too_many', '8 of 20 meetings are missing in the new list.')
    expect(view()?.lost).toEqual([12, 13, 14, 15, 16, 17, 18, 19].map((n) => `Meeting m${n}`))
    expect(await run(undefined, true)).toMatchObject({ outcome: 'applied', tally: { removed: 8 } })
    expect(view()).toMatchObject({ heldBack: false, problem: null, lost: [] })
  })

  it('names twenty at most', async () => {
    await run(list(60))
    await expectHeldBack(list(20), 'loses_too_many', '40 of 60')
    expect(view()?.lost).toHaveLength(20)
  })

  it('is one that turned into a web page; accepting takes whatever is a list by then', async () => {
    await run(list(20))
    await expectHeldBack('<!DOCTYPE html><html><body>Sign in</body></html>', 'html', /./)
    expect(view()?.lost).toEqual([])
    // It is still a page: it goes on waiting.
    expect(await run(undefined, true)).toMatchObject({ outcome: 'held_back', problem: 'html' })
    expect(await run(list(3), true)).toMatchObject({ outcome: 'applied', tally: { kept: 3, removed: 17 } })
    expect(view()).toMatchObject({ heldBack: false, problem: null })
  })

  it('is a calendar that turned into a sign-in page', async () => {
    await run(calendar(['20261201', '20261208']))
    await expectHeldBack('<html><head><title>Sign in</title></head><body></body></html>', 'html', /./)
    expect(await run(calendar(['20261201', '20261208']))).toMatchObject({ outcome: 'unchanged' })
    expect(view()).toMatchObject({ heldBack: false, problem: null })
  })

  it('does not wait when there is nothing yet that it could harm: it failed', async () => {
    expect(await run('<!DOCTYPE html><p>Sign in')).toMatchObject({ outcome: 'failed', problem: 'html' })
    expect(view()).toMatchObject({ heldBack: false, problem: 'html' })
  })

  it('is one of which no meeting has a date ahead', async () => {
    await run(calendar(['20261201', '20261208', '20261215']))
    await expectHeldBack(
      calendar(['20261001', '20261008', '20261015']),
      'loses_all_future',
      'No meeting of the new list has a date ahead; 3 of the present list have.',
    )
    expect(await run(undefined, true)).toMatchObject({ outcome: 'applied' })
  })

  it('is one whose meetings change their fellowship', async () => {
    await run(list(20))
    await expectHeldBack(
      list(20, (n) => (n < 7 ? { entity: na } : {})),
      'changes_fellowship',
      '7 of 20 meetings would change from Alcoholics Anonymous to Narcotics Anonymous.',
    )
    expect(await run(undefined, true)).toMatchObject({ outcome: 'applied', tally: { changed: 7 } })
  })

  it('is a small one that turns over as a whole', async () => {
    await run(list(3))
    await expectHeldBack(
      list(3, () => ({ entity: na })),
      'changes_fellowship',
      'The list of Alcoholics Anonymous would turn into one of Narcotics Anonymous.',
    )
  })
})

describe('a list does not wait', () => {
  it('when six of twenty change their fellowship', async () => {
    await run(list(20))
    expect(await run(list(20, (n) => (n < 6 ? { entity: na } : {})))).toMatchObject({ outcome: 'applied' })
  })

  it('when nobody knew before whose its meetings are', async () => {
    await run(list(20, () => ({ entity: 'County list' })))
    expect(await run(list(20))).toMatchObject({ outcome: 'applied', tally: { changed: 20 } })
  })

  it('when it is staff who say that it is another fellowship', async () => {
    await run(list(20))
    shop.feeds.change(feedId, { name: '', kind: 'peer', fellowship: 'na', zone: null, heldHere: false })
    expect(await run()).toMatchObject({ outcome: 'applied', tally: { changed: 20 } })
    expect(rowsOf(shop, 'SELECT DISTINCT fellowship FROM meeting')).toEqual([{ fellowship: 'na' }])
    // And not for a change of theirs that has nothing to do with it.
    shop.feeds.change(feedId, { name: '', kind: 'peer', fellowship: null, zone: null, heldHere: false })
    await run()
    shop.feeds.change(feedId, {
      name: '',
      kind: 'peer',
      fellowship: null,
      zone: 'America/Denver',
      heldHere: false,
    })
    const turned = list(20, () => ({ entity: na }))
    expect(await run(turned)).toMatchObject({ outcome: 'held_back', problem: 'changes_fellowship' })
  })

  it('when what it loses is over anyway', async () => {
    const past = Array.from({ length: 12 }, (_, n) => `202611${String(n + 1).padStart(2, '0')}`)
    await run(calendar([...past, '20261201', '20261208']))
    expect(await run(calendar(['20261201', '20261208'], past.length))).toMatchObject({
      outcome: 'applied',
      tally: { removed: 12 },
    })
  })

  it('when its meetings were only renumbered', async () => {
    const street = (n: number) => ({
      formatted_address: `${n} Oak St, San Jose, CA 95112, USA`,
      name: `Group ${n}`,
    })
    await run(list(20, street))
    const report = await run(list(20, (n) => ({ ...street(n), slug: `new-${n}` })))
    expect(report).toMatchObject({ outcome: 'applied', tally: { added: 0, changed: 20, removed: 0 } })
  })
})

/** Events of one hour; their UIDs count up from `first`. */
function calendar(dates: readonly string[], first = 0): string {
  const events = dates.map((date, n) =>
    [
      'BEGIN:VEVENT',
      `UID:event-${first + n}@example.org`,
      `SUMMARY:Walk ${n}`,
      `DTSTART;TZID=America/Los_Angeles:${date}T180000`,
      `DTEND;TZID=America/Los_Angeles:${date}T190000`,
      'END:VEVENT',
    ].join('\r\n'),
  )
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...events, 'END:VCALENDAR', ''].join('\r\n')
}
