import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeetingFilter } from '../../electron/contract/kiosk-calls.ts'
import type { Db } from '../../electron/db/connection.ts'
import { joinForImport } from '../../electron/db/import-connection.ts'
import { datesIn, ListingWriter } from '../../electron/db/listing-writer.ts'
import { OccurrenceStore } from '../../electron/db/occurrence-store.ts'
import { openDatabase } from '../../electron/db/open.ts'
import { SearchStore } from '../../electron/db/search-store.ts'
import { whereaboutsOf, type Center } from '../../electron/domain/whereabouts.ts'
import { searchDictionary } from '../../electron/handlers/search-dictionary.ts'
import { contentHash, fingerprintOf, meetingId } from '../../electron/sync/identity.ts'
import { readFeed } from '../../electron/sync/feeds/readers.ts'
import { standingOf, windowAround } from '../../electron/sync/standing.ts'
import { benchCenter } from './place.ts'
import { createRandom } from './random.ts'
import { makeRow, type GuideRow } from './rows.ts'
import { summarize } from './statistics.ts'
import { formatNumber, formatTable } from './table.ts'

/** What one question took in the main thread. */
type TimedQuery = {
  readonly name: string
  /** The first time after the file was opened: nothing is in the cache. */
  readonly firstMs: number
  readonly ms: readonly number[]
  readonly rows: number
}

export type QueriesResult = {
  readonly size: number
  readonly feeds: number
  readonly databaseBytes: number
  readonly writtenPerSecond: number
  readonly queries: readonly TimedQuery[]
}

/** A Tuesday, half past noon at the center. */
const nowMs = Date.parse('2026-03-10T17:30:00Z')
const today = '2026-03-10'
const feedFellowships = ['aa', 'aa', 'aa', 'na', 'aa', 'al-anon', 'na', 'aa', 'ca', 'aa'] as const

const center: Center = { ...benchCenter, street: '12 Cedar Street', postalCode: '66952' }

/**
 * Times what the kiosk asks of `size` meetings from `feeds` feeds in a real encrypted database, `rounds` times
 * each, in this thread as in main.
 */
export function measureQueries(options: {
  readonly seed: number
  readonly size: number
  readonly feeds: number
  readonly rounds: number
}): QueriesResult {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-queries-'))
  try {
    const place = { file: join(folder, 'kiosk.db'), key: randomBytes(32) }
    const startedAt = performance.now()
    fillDirectory(place, options)
    const tookMs = performance.now() - startedAt
    const queries = timeQueries(place, options.rounds)
    return {
      size: options.size,
      feeds: options.feeds,
      databaseBytes: statSync(place.file).size,
      writtenPerSecond: (options.size * 1000) / tookMs,
      queries,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** One line for each question; the frame of a screen is 16 ms. */
export function formatQueries({ size, feeds, queries }: QueriesResult): string {
  return formatTable([
    [`${formatNumber(size)} meetings, ${feeds} feeds`, 'first, ms', 'median, ms', 'p99, ms', 'rows'],
    ...queries.map(({ name, firstMs, ms, rows }) => {
      const { median, p99 } = summarize(ms)
      return [name, ...[firstMs, median, p99, rows].map(formatNumber)]
    }),
  ])
}

/** Each on a connection of its own, so that the first one finds an empty cache. */
function timeQueries(place: Place, rounds: number): readonly TimedQuery[] {
  return questions.map(({ name, ask }): TimedQuery => {
    const db = open(place)
    try {
      const stores = storesOf(db)
      const time = () => {
        const from = performance.now()
        const rows = ask(stores)
        return { ms: performance.now() - from, rows }
      }
      const first = time()
      const ms = Array.from({ length: rounds }, () => time().ms)
      return { name, firstMs: first.ms, ms, rows: first.rows }
    } finally {
      db.close()
    }
  })
}

type Place = { readonly file: string; readonly key: Uint8Array }

const silent = { info() {}, warn() {}, error() {} }

function open(place: Place): Db {
  const opened = openDatabase({ ...place, log: silent, clock: { now: () => nowMs } })
  if (!opened.ok) throw new Error(`The database does not open: ${opened.code}`)
  return opened.value
}

type Stores = { readonly occurrences: OccurrenceStore; readonly search: SearchStore }

function storesOf(db: Db): Stores {
  const fellowshipName = (id: string) => id
  return {
    occurrences: new OccurrenceStore(db, { fellowshipName }),
    search: new SearchStore(db, { fellowshipName, dictionary: searchDictionary() }),
  }
}

/** Through the reader and the writer of the product, a few hundred meetings to a transaction. */
function fillDirectory(
  place: Place,
  of: { readonly seed: number; readonly size: number; readonly feeds: number },
): void {
  open(place).close()
  const joined = joinForImport({ ...place, log: silent })
  if (!joined.ok) throw new Error(`The database does not open: ${joined.code}`)
  const db = joined.value
  const writer = new ListingWriter(db, 'bench')
  const window = windowAround(today, center.zone)
  for (let feed = 0; feed < of.feeds; feed += 1) {
    const fellowship = feedFellowships[feed % feedFellowships.length] ?? 'aa'
    const address = `https://office-${feed}.invalid/feed.json`
    db.driver
      .prepare(
        `INSERT INTO feed (id, name, source_from, address, canonical_address, kind, last_good_run_at_ms,
           machine_id, created_at_ms, updated_at_ms) VALUES (?, ?, 'web', ?, ?, 'peer', ?, 'bench', 0, 0)`,
      )
      .run(`feed-${feed}`, `Office ${feed}`, address, address, nowMs)
    const rows = Array.from({ length: Math.ceil(of.size / of.feeds) }, (_, row) =>
      named(makeRow(of.seed, `${fellowship}-${feed}`, row, 0), of.seed, feed, row),
    )
    const settings = { kind: 'peer', fellowship, zone: center.zone } as const
    const reading = readFeed(Buffer.from(JSON.stringify(rows)), settings)
    if (!reading.ok) throw new Error(`The invented feed is not read: ${reading.code}`)
    const meetings = [...reading.value.meetings]
    for (let from = 0; from < meetings.length; from += 400) {
      db.transaction((tx) => {
        for (const content of meetings.slice(from, from + 400)) {
          const id = meetingId(address, content.key, content.part)
          const stands = whereaboutsOf(standingOf(content, null, false), center)
          const hashes = { contentHash: contentHash(content), fingerprint: fingerprintOf(content) }
          const meeting = { id, feedId: `feed-${feed}`, content, stands, ...hashes }
          writer.write(tx, meeting, datesIn(window, content.rules, null), nowMs)
        }
      })
    }
  }
  db.truncateLog()
  db.close()
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

const view = { date: today, today, nowMs, ownLanguage: 'en' } as const
const page = { offset: 0, limit: 50 } as const

function listed(whereabouts: 'here' | 'nearby' | 'online', filter?: MeetingFilter) {
  return ({ occurrences }: Stores) =>
    occurrences.listDay({ ...view, ...page, whereabouts, filter }).rows.length
}

function searched(text: string, more: { order?: 'nearest'; filter?: MeetingFilter } = {}) {
  return ({ search }: Stores) =>
    search.search({ ...view, text, days: 8, order: 'soonest', limit: 50, ...more }).rows.length
}

const questions: readonly { readonly name: string; readonly ask: (stores: Stores) => number }[] = [
  { name: 'today nearby', ask: listed('nearby') },
  { name: 'today online', ask: listed('online') },
  { name: 'today nearby, one fellowship', ask: listed('nearby', { fellowships: ['na'] }) },
  { name: 'today nearby, wheelchair', ask: listed('nearby', { wheelchair: true }) },
  { name: 'today nearby, evening', ask: listed('nearby', { partOfDay: 'evening' }) },
  { name: 'today nearby, Spanish', ask: listed('nearby', { languages: ['es'] }) },
  { name: 'today nearby, family', ask: listed('nearby', { audience: 'family' }) },
  { name: 'today nearby, can be joined online', ask: listed('nearby', { online: true }) },
  { name: 'today nearby, kind', ask: listed('nearby', { kinds: ['peer'] }) },
  {
    name: 'today nearby, four filters',
    ask: listed('nearby', { fellowships: ['aa'], wheelchair: true, partOfDay: 'evening', audience: 'self' }),
  },
  { name: 'facets', ask: ({ occurrences }) => occurrences.listFacets(view).languages.length },
  {
    name: 'facets under a filter',
    ask: ({ occurrences }) =>
      occurrences.listFacets({ ...view, filter: { wheelchair: true } }).languages.length,
  },
  { name: 'search: a rare word', ask: searched('lanternos') },
  { name: 'search: a word', ask: searched('harbor') },
  { name: 'search: a common word', ask: searched('group') },
  { name: 'search: two words', ask: searched('harbor hope') },
  { name: 'search: one letter', ask: searched('s') },
  { name: 'search: one letter, nearest', ask: searched('s', { order: 'nearest' }) },
  { name: 'search: two letters', ask: searched('co') },
  { name: 'search: a fellowship', ask: searched('aa') },
  { name: 'search: a fellowship by its meaning', ask: searched('narcotics') },
  { name: 'search: a slip', ask: searched('harbr') },
  { name: 'search: a slip in the first letter', ask: searched('jarbor') },
  { name: 'search: a slip that nothing mends', ask: searched('qqzzx') },
  { name: 'search: a place', ask: searched('millbrook') },
  { name: 'search: a place and evening', ask: searched('millbrook', { filter: { partOfDay: 'evening' } }) },
  { name: 'search: no words', ask: searched('') },
  { name: 'search: no words, nearest', ask: searched('', { order: 'nearest' }) },
  { name: 'search: no words, family', ask: searched('', { filter: { audience: 'family' } }) },
]
