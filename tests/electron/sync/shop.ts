import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result } from '../../../electron/contract/result.ts'
import type { FeedProblem } from '../../../electron/contract/models.ts'
import type { Db } from '../../../electron/db/connection.ts'
import { joinForImport } from '../../../electron/db/import-connection.ts'
import { openDatabase } from '../../../electron/db/open.ts'
import type { NewFeed } from '../../../electron/db/feed-store.ts'
import type { Center } from '../../../electron/domain/whereabouts.ts'
import type { FeedClient, FeedSource, FetchedFeed } from '../../../electron/ports.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'
import { openWorkshop, type Workshop } from '../../../electron/sync/workshop.ts'
import { FakeClock, FakeIds, MemoryLogger } from '../../support/fakes.ts'

/** San José, California: the area of the real pair of feeds. */
export const sanJose: Center = {
  street: '1711 Hamilton Ave',
  postalCode: '95125',
  latitude: 37.2934,
  longitude: -121.9106,
  zone: 'America/Los_Angeles',
  radiusMeters: 25_000,
}

/** Serves what a test puts into it, with an etag per content. */
export class MemoryFeedClient implements FeedClient {
  readonly asked: FeedSource[] = []
  #served: Result<Uint8Array, FeedProblem> = err('not_found')
  #etag = 0

  serve(content: string | Uint8Array): void {
    this.#etag += 1
    this.#served = ok(typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }

  fail(code: FeedProblem, detail: string): void {
    this.#served = err(code, detail)
  }

  fetch(source: FeedSource, onProgress: (bytes: number) => void): Promise<Result<FetchedFeed, FeedProblem>> {
    this.asked.push(source)
    const served = this.#served
    if (!served.ok) return Promise.resolve(served)
    const etag = `"${this.#etag}"`
    if (source.from === 'web' && source.etag === etag) return Promise.resolve(ok({ changed: false }))
    onProgress(served.value.length)
    return Promise.resolve(
      ok({
        changed: true,
        bytes: served.value,
        contentType: null,
        etag,
        lastModified: null,
        origin: 'memory',
      }),
    )
  }
}

export const key = new Uint8Array(32).fill(7)

export type TestShop = Workshop & {
  readonly clock: FakeClock
  readonly client: MemoryFeedClient
  readonly log: MemoryLogger
  readonly main: Db
  readonly file: string
  readonly holds: number[]
  stopNow(): void
  close(): void
}

/** A real encrypted database in a folder of its own, with the import's connection and main's. */
export function openTestShop(now: string, options: Partial<Workshop> = {}): TestShop {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-sync-'))
  const file = join(folder, 'open-chair.db')
  const clock = new FakeClock(now)
  const log = new MemoryLogger()
  const main = must(openDatabase({ file, key, log, clock }))
  const db = must(joinForImport({ file, key, log }))
  const client = new MemoryFeedClient()
  const holds: number[] = []
  let stopping = false
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const shop = openWorkshop({
    db,
    client,
    read: readFeed,
    clock,
    ids: new FakeIds(),
    log,
    machineId: 'machine-1',
    random: () => 0.5,
    pause: () => Promise.resolve(),
    stopping: () => stopping,
    stopped,
    onProgress: () => undefined,
    onHold: (ms) => holds.push(ms),
    ...options,
  })
  return {
    ...shop,
    clock,
    client,
    log,
    main,
    file,
    holds,
    stopNow() {
      stopping = true
      stop()
    },
    close() {
      db.close()
      main.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function addWebFeed(shop: Workshop, feed: Partial<NewFeed> = {}): string {
  return must(
    shop.feeds.add({
      source: { from: 'web', address: 'https://example.org/meetings.json', plainHttpAllowed: false },
      name: '',
      kind: 'peer',
      fellowship: 'aa',
      zone: null,
      heldHere: false,
      ...feed,
    }),
  ).feedId
}

export function must<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail ?? ''}`)
  return result.value
}

export type GuideRow = {
  readonly slug: string
  readonly name: string
  readonly day: number
  readonly time: string
  readonly [field: string]: unknown
}

/** One row of a Meeting Guide list at an exact place near the center. */
export function guideRow(slug: string, more: Partial<GuideRow> = {}): GuideRow {
  return {
    slug,
    name: `Meeting ${slug}`,
    day: 2,
    time: '19:00',
    end_time: '20:00',
    types: ['O'],
    location: 'Hall',
    formatted_address: '100 Oak Street, San Jose, CA 95112, USA',
    latitude: 37.34,
    longitude: -121.89,
    ...more,
  }
}

export function guideList(rows: readonly GuideRow[]): string {
  return JSON.stringify(rows)
}

/** Rows of a query on the main connection. */
export function rowsOf<Row = Record<string, unknown>>(shop: TestShop, sql: string): Row[] {
  return shop.main.prepare<Row>('test', sql).all()
}
