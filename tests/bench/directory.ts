import { ok, type Result } from '../../electron/contract/result.ts'
import type { Db } from '../../electron/db/connection.ts'
import { joinForImport } from '../../electron/db/import-connection.ts'
import { openDatabase } from '../../electron/db/open.ts'
import type { Center } from '../../electron/domain/whereabouts.ts'
import { readFeed } from '../../electron/sync/feeds/readers.ts'
import { runFeed } from '../../electron/sync/import.ts'
import { openWorkshop } from '../../electron/sync/workshop.ts'
import { createIds } from '../../electron/system.ts'
import { benchCenter } from './place.ts'
import { createRandom } from './random.ts'
import { makeRow, type GuideRow } from './rows.ts'

/** A Tuesday, half past noon at the center. */
export const nowMs = Date.parse('2026-03-10T17:30:00Z')

const center: Center = { ...benchCenter, street: '12 Cedar Street', postalCode: '66952' }
const feedFellowships = ['aa', 'aa', 'aa', 'na', 'aa', 'al-anon', 'na', 'aa', 'ca', 'aa'] as const

export type Place = { readonly file: string; readonly key: Uint8Array }

/** Wall time, and the time this process was computing: on a busy machine it waits for the rest. */
export type Took = { readonly ms: number; readonly cpuMs: number }

export type Filled = {
  readonly rows: number
  /** `JSON.parse` of the same bytes. */
  readonly parsed: Took
  /** Through the reader, once. */
  readonly read: Took
  /** All of a run: read, compared, written, the same meetings found. */
  readonly imported: Took
  /** One of the feeds again, with one row in a hundred changed. */
  readonly refreshed: Took & {
    readonly rows: number
    readonly written: number
    readonly longestHoldMs: number
  }
}

const silent = { info() {}, warn() {}, error() {} }
const clock = { now: () => nowMs }

export function openBench(place: Place): Db {
  return opened(openDatabase({ ...place, log: silent, clock }))
}

/** Fills an empty place through the product's own runs, in this thread, then refreshes one of the feeds. */
export async function fillDirectory(
  place: Place,
  of: { readonly seed: number; readonly size: number; readonly feeds: number },
): Promise<Filled> {
  openBench(place).close()
  const db = opened(joinForImport({ ...place, log: silent }))
  let served: Uint8Array = Buffer.of()
  const shop = openWorkshop({
    db,
    client: {
      fetch: () =>
        Promise.resolve(
          ok({
            changed: true,
            bytes: served,
            contentType: null,
            etag: null,
            lastModified: null,
            origin: 'bench',
          }),
        ),
    },
    read: readFeed,
    clock,
    ids: createIds(clock),
    log: silent,
    machineId: 'bench',
    random: () => 0.5,
    pause: () => Promise.resolve(),
    stopping: () => false,
    stopped: new Promise(() => undefined),
    onProgress: () => undefined,
  })
  const rows = Math.ceil(of.size / of.feeds)
  const edition = (feed: number, revision: number) =>
    Buffer.from(
      JSON.stringify(
        Array.from({ length: rows }, (_, row) =>
          named(makeRow(of.seed, `${fellowshipOf(feed)}-${feed}`, row, revision), of.seed, feed, row),
        ),
      ),
    )
  const run = async (feedId: string, bytes: Uint8Array) => {
    served = bytes
    const report = await runFeed(shop, { feedId, accept: false, center })
    if (report?.outcome !== 'applied') throw new Error(`An invented feed was not taken: ${report?.problem}`)
    return report
  }

  let [parsed, read, imported] = [nothing, nothing, nothing]
  let feedId = ''
  for (let feed = 0; feed < of.feeds; feed += 1) {
    const bytes = edition(feed, 0)
    const settings = { kind: 'peer', fellowship: fellowshipOf(feed), zone: null, heldHere: false } as const
    const address = `https://office-${feed}.invalid/feed.json`
    const source = { from: 'web', address, plainHttpAllowed: false } as const
    feedId = opened(shop.feeds.add({ ...settings, source, name: `Office ${feed}` })).feedId
    const from = startWatch()
    JSON.parse(new TextDecoder().decode(bytes))
    parsed = from(parsed)
    const fromReading = startWatch()
    const reading = opened(readFeed(bytes, { ...settings, zone: center.zone }))
    let meetings = 0
    for (const _ of reading.meetings) meetings += 1
    if (meetings !== rows) throw new Error(`Of ${rows} invented rows ${meetings} were read.`)
    read = fromReading(read)
    const fromImport = startWatch()
    await run(feedId, bytes)
    imported = fromImport(imported)
  }
  // Fewer than a hundred rows: an edition may leave them all as they are.
  const before = edition(of.feeds - 1, 0)
  let bytes = before
  for (let revision = 1; bytes.equals(before); revision += 1) bytes = edition(of.feeds - 1, revision)
  const from = startWatch()
  const { tally, longestHoldMs } = await run(feedId, bytes)
  const refreshed = { ...from(nothing), rows, written: tally.added + tally.changed, longestHoldMs }
  db.truncateLog()
  db.close()
  return { rows: rows * of.feeds, parsed, read, imported, refreshed }
}

const nothing: Took = { ms: 0, cpuMs: 0 }

/** Returns what adds the time since then to another. */
export function startWatch(): (before: Took) => Took {
  const cpu = process.cpuUsage()
  const from = performance.now()
  return ({ ms, cpuMs }) => {
    const { user, system } = process.cpuUsage(cpu)
    return { ms: ms + performance.now() - from, cpuMs: cpuMs + (user + system) / 1000 }
  }
}

function opened<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(`The directory is not filled: ${result.code}`)
  return result.value
}

function fellowshipOf(feed: number): (typeof feedFellowships)[number] {
  return feedFellowships[feed % feedFellowships.length] ?? 'aa'
}

const syllables = [
  'ba',
  'cor',
  'den',
  'fal',
  'gri',
  'hol',
  'kel',
  'lan',
  'mer',
  'nor',
  'per',
  'ros',
  'sta',
  'ton',
]

/** Real lists have tens of thousands of words; the generator alone would have a few hundred. */
function named(row: GuideRow, seed: number, feed: number, index: number): GuideRow {
  const random = createRandom(`${seed}/named/${feed}/${Math.floor(index / 3)}`)
  if (!random.chance(0.6)) return row
  const word = Array.from({ length: random.between(2, 4) }, () => random.pick(syllables)).join('')
  return { ...row, name: `${word[0]?.toUpperCase()}${word.slice(1)} ${String(row['name'])}` }
}
