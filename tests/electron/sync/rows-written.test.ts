import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runFeed } from '../../../electron/sync/import.ts'
import { addWebFeed, guideList, guideRow, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

// Real files: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let shop: TestShop
let feedId: string

beforeEach(async () => {
  shop = openTestShop('2026-11-24T20:00:00Z')
  feedId = addWebFeed(shop)
  await run(guideList(rows()))
  countWrites(shop)
})
afterEach(() => shop.close())

const count = 300
const rows = () =>
  Array.from({ length: count }, (_, n) =>
    guideRow(`m${n}`, { day: n % 7, formatted_address: `${n} Oak St, San Jose, CA 95112, USA` }),
  )

async function run(content: string) {
  shop.client.serve(content)
  shop.clock.advance(60_000)
  return runFeed(shop, { feedId, accept: false, center: sanJose })
}

const tables = ['meeting', 'meeting_rule', 'occurrence', 'meeting_search_entry']

/** Each row that is written from here on leaves a line, whoever writes it. */
function countWrites({ db }: TestShop): void {
  db.driver.exec('CREATE TABLE written (tbl TEXT NOT NULL, what TEXT NOT NULL)')
  for (const table of tables) {
    for (const what of ['INSERT', 'UPDATE', 'DELETE']) {
      db.driver.exec(`CREATE TRIGGER written_${table}_${what} AFTER ${what} ON ${table}
        BEGIN INSERT INTO written VALUES ('${table}', '${what}'); END`)
    }
  }
}

const written = () =>
  Object.fromEntries(
    rowsOf<{ tbl: string; n: number }>(shop, 'SELECT tbl, count(*) AS n FROM written GROUP BY tbl').map(
      (row) => [row.tbl, row.n],
    ),
  )

it('a refresh with one in a hundred changed writes those meetings and no other row', async () => {
  const changed = rows().map((row, n) => (n % 100 === 7 ? { ...row, notes: 'Bring a mug.' } : row))
  // Every row is stamped anew, as many feeds do, and stands elsewhere in the file.
  const stamped = changed.toReversed().map((row) => ({ ...row, updated: '2026-11-24 20:00:00' }))
  expect(await run(guideList(stamped))).toMatchObject({
    tally: { changed: count / 100, added: 0, removed: 0 },
  })
  const { meeting = 0, meeting_rule = 0, occurrence = 0, meeting_search_entry = 0 } = written()
  // At most twice each: the row itself, and what is noted of it for the search for doubles.
  expect(meeting).toBeGreaterThanOrEqual(count / 100)
  expect(meeting).toBeLessThanOrEqual((2 * count) / 100)
  expect(meeting_rule).toBe(0)
  expect(occurrence).toBe(0)
  expect(meeting_search_entry).toBeLessThanOrEqual(count / 100)
})

it('another time of day writes the rule and the dates of that meeting alone', async () => {
  const changed = rows().map((row, n) => (n === 7 ? { ...row, time: '18:00', end_time: '19:00' } : row))
  await run(guideList(changed))
  expect(written()).toMatchObject({ meeting_rule: 1 })
  // Five or six dates go and as many come.
  expect(written()['occurrence']).toBeLessThanOrEqual(12)
  expect(written()['occurrence']).toBeGreaterThanOrEqual(10)
})

it('one that is gone takes its own dates along', async () => {
  await run(guideList(rows().slice(1)))
  const [{ number } = { number: 0 }] = rowsOf<{ number: number }>(
    shop,
    `SELECT number FROM meeting WHERE feed_key = 'm0'`,
  )
  expect(rowsOf(shop, `SELECT * FROM occurrence WHERE number = ${number}`)).toEqual([])
  expect(written()['occurrence']).toBeLessThanOrEqual(6)
})

it('the same bytes, or the same meetings in other bytes, write nothing', async () => {
  expect(await run(guideList(rows()))).toMatchObject({ outcome: 'unchanged' })
  expect(await run(JSON.stringify(rows(), null, 2))).toMatchObject({ outcome: 'applied', chunks: 0 })
  expect(written()).toEqual({})
})
