import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runFeed } from '../../../electron/sync/import.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'
import { addWebFeed, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

// Real threads, processes and files: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

let shop: TestShop | null = null
afterEach(() => {
  shop?.close()
  shop = null
})

function open(now: string): TestShop {
  shop = openTestShop(now)
  return shop
}

describe.skipIf(!hasSharedFeeds)('real feeds', () => {
  it.each([
    ['aa-san-jose-2021-10-02.json', 'aa', 693],
    ['al-anon-massachusetts-2024-11.json', 'al-anon', 360],
    ['aa-edmonton-2024-11.json', 'aa', 315],
    ['aa-southeast-pennsylvania-2024-11.json', 'aa', 2038],
  ])(
    '%s: every row is accounted for and every shown meeting has its dates',
    async (name, fellowship, rows) => {
      const at = open('2026-11-24T20:00:00Z')
      const feedId = addWebFeed(at, { fellowship })
      at.client.serve(readFileSync(sharedFeed(`tsml/${name}`)))
      const report = await runFeed(at, { feedId, accept: false, center: sanJose })
      expect(report).toMatchObject({ outcome: 'applied', tally: { read: rows } })
      const counts = at.feeds.findView(feedId)?.counts
      expect(counts).not.toBeNull()
      const { read = 0, shown = 0, byAppointment = 0, inactive = 0, refused = 0 } = counts ?? {}
      expect(shown + byAppointment + inactive + refused).toBe(read)
      const dated = rowsOf<{ meetings: number; least: number; most: number }>(
        at,
        `SELECT count(*) AS meetings, min(n) AS least, max(n) AS most
       FROM (SELECT count(*) AS n FROM occurrence GROUP BY number)`,
      )
      // 37 days hold a weekday five or six times.
      expect(dated).toEqual([{ meetings: shown, least: 5, most: 6 }])
      // A second run finds nothing to write: what is stored compares equal to what is read.
      at.feeds.forgetContent(feedId)
      const again = await runFeed(at, { feedId, accept: false, center: sanJose })
      expect(again).toMatchObject({
        outcome: 'applied',
        chunks: 0,
        tally: { added: 0, changed: 0, removed: 0 },
      })
    },
  )

  // feeds.md counts 407 changed rows, among them 234 whose types only stand in another order: those are not
  // changes (feeds.md 2.10). Of the 18 new and 12 gone slugs, two are one meeting under a new name; a slug
  // that is used twice makes two parts out of one.
  it('the San José pair: what differs is written, all else stays byte by byte', async () => {
    const at = open('2021-10-02T20:00:00Z')
    const feedId = addWebFeed(at)
    const before = readFileSync(sharedFeed('tsml/aa-san-jose-2021-08-28.json'))
    const after = readFileSync(sharedFeed('tsml/aa-san-jose-2021-10-02.json'))
    at.client.serve(before)
    await runFeed(at, { feedId, accept: false, center: sanJose })
    const stored = new Map(rowsOf(at, 'SELECT * FROM meeting').map((row) => [row['id'], row]))
    at.clock.advance(86_400_000)
    at.client.serve(after)
    const report = await runFeed(at, { feedId, accept: false, center: sanJose })

    const carriedOn = 3
    const slug = differing(before, after)
    expect(slug).toMatchObject({ added: 18, gone: 12, twice: 1 })
    expect(report?.tally).toMatchObject({
      added: slug.added + 2 * slug.twice - carriedOn,
      removed: slug.gone + slug.twice - carriedOn,
      changed: slug.changed - slug.twice + carriedOn,
    })
    expect(rowsOf(at, 'SELECT count(*) AS n FROM meeting_alias')).toEqual([{ n: carriedOn }])
    const now = rowsOf(at, 'SELECT * FROM meeting')
    const untouched = now.filter((row) => row['updated_at_ms'] !== at.clock.now())
    expect(untouched).toHaveLength(693 - slug.added - 2 * slug.twice - slug.changed + slug.twice)
    for (const row of untouched) expect(row).toEqual(stored.get(row['id']))
  })

  it('a real calendar: the very dates that two other programs find', async () => {
    const at = open('2019-02-20T12:00:00Z')
    const center = { ...sanJose, zone: 'Europe/Berlin', latitude: 52.39, longitude: 13.06 }
    const feedId = addWebFeed(at, { kind: 'club', fellowship: null })
    at.client.serve(readFileSync(sharedFeed('ical/makerspace-potsdam-2019.ics')))
    const report = await runFeed(at, { feedId, accept: false, center })
    expect(report).toMatchObject({ outcome: 'applied' })
    const file = readFileSync(sharedFeed('ical/expected/makerspace-potsdam-2019.json'), 'utf8')
    const { occurrences } = JSON.parse(file) as { occurrences: [uid: string, start: string][] }
    // 19 February to 27 March, before the clocks change: Berlin is one hour ahead.
    const from = Date.parse('2019-02-18T23:00:00Z')
    const to = Date.parse('2019-03-27T23:00:00Z')
    const expected = occurrences
      .map(
        ([uid, start]) =>
          [uid, start.length > 10 ? Date.parse(start) : Date.parse(`${start}T00:00+01:00`)] as const,
      )
      .filter(([, start]) => start >= from && start < to)
      .map(([uid, start]) => `${uid} ${new Date(start).toISOString()}`)
    const found = rowsOf<{ key: string; at: number }>(
      at,
      'SELECT feed_key AS key, starts_at_ms AS at FROM occurrence JOIN meeting USING (number)',
    ).map((row) => `${row.key} ${new Date(row.at).toISOString()}`)
    expect(expected.length).toBeGreaterThan(15)
    expect(found.toSorted()).toEqual(expected.toSorted())
  })
})

type Row = { readonly slug: string; readonly [field: string]: unknown }

/** What differs between two lists by slug; it imports nothing of ours. */
function differing(before: Uint8Array, after: Uint8Array) {
  const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Row[]
  const notKept = ['updated', 'email', 'venmo', 'paypal', 'phone']
  const plain = (row: Row) =>
    JSON.stringify(
      Object.entries(row)
        .filter(([field]) => !notKept.includes(field))
        .map(([field, value]) => [field, field === 'types' ? (value as string[]).toSorted() : value])
        .sort(([a], [b]) => String(a).localeCompare(String(b))),
      (_field, value: unknown) => {
        if (typeof value === 'number') return Number(value.toFixed(5))
        return typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : value
      },
    )
  const old = new Map(parse(before).map((row) => [row.slug, row]))
  const fresh = Map.groupBy(parse(after), (row) => row.slug)
  const slugs = [...fresh.keys()]
  return {
    added: slugs.filter((slug) => !old.has(slug)).length,
    gone: [...old.keys()].filter((slug) => !fresh.has(slug)).length,
    twice: [...fresh.values()].filter((rows) => rows.length > 1).length,
    changed: [...old].filter(([slug, row]) => fresh.has(slug) && plain(row) !== plain(fresh.get(slug)![0]!))
      .length,
  }
}
