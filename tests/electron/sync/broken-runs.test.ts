import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runFeed } from '../../../electron/sync/import.ts'
import { brokenFeed, forms, goodFeed } from '../../support/broken-feeds.ts'
import { addWebFeed, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

/*
 * Broken feeds all the way into the database (issue "Bad input"): a run is applied whole or changes nothing, and
 * none ends as an error of the program.
 */

const tables = ['meeting', 'meeting_rule', 'occurrence', 'meeting_alias']
const cases = 14

function dump(shop: TestShop): string {
  const known = rowsOf<{ name: string }>(shop, "SELECT name FROM sqlite_schema WHERE type = 'table'")
  return JSON.stringify(
    tables
      .filter((table) => known.some(({ name }) => name === table))
      .map((table) =>
        rowsOf(shop, `SELECT * FROM ${table}`)
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ),
  )
}

test.each(forms)('a broken %s never leaves half a list behind', async (form) => {
  const shop = openTestShop('2026-05-02T20:00:00Z')
  try {
    const feedId = addWebFeed(shop)
    const run = async (content: Uint8Array) => {
      shop.client.serve(content)
      shop.clock.advance(60_000)
      return await runFeed(shop, { feedId, accept: false, center: sanJose })
    }
    expect(await run(goodFeed(form, 12))).toMatchObject({ outcome: 'applied', tally: { kept: 12 } })
    let refusals = 0
    for (const { bytes, how } of fc.sample(brokenFeed(form), cases)) {
      const before = dump(shop)
      const report = await run(bytes)
      expect([how, report?.problem]).not.toContain('internal')
      if (report?.outcome === 'applied') continue
      refusals += 1
      expect(dump(shop) === before, how.join()).toBe(true)
    }
    // From the good bytes the good list comes back, whatever was in between.
    shop.client.serve(goodFeed(form, 12))
    shop.clock.advance(60_000)
    await runFeed(shop, { feedId, accept: true, center: sanJose })
    expect(rowsOf(shop, "SELECT count(*) AS n FROM meeting WHERE state = 'active'")).toEqual([{ n: 12 }])
    expect(refusals).toBeGreaterThan(0)
  } finally {
    shop.close()
  }
})
