import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeetingFilter } from '../../electron/contract/kiosk-calls.ts'
import type { Db } from '../../electron/db/connection.ts'
import { MeetingStore } from '../../electron/db/meeting-store.ts'
import { OccurrenceStore } from '../../electron/db/occurrence-store.ts'
import { SearchStore } from '../../electron/db/search-store.ts'
import { searchDictionary } from '../../electron/handlers/search-dictionary.ts'
import {
  fillDirectory,
  nowMs,
  openBench,
  startWatch,
  type Filled,
  type Place,
  type Took,
} from './directory.ts'
import { summarize } from './statistics.ts'
import { formatNumber, formatTable } from './table.ts'

/** What one question took in this thread. */
type TimedQuery = {
  readonly name: string
  /** The first time after the file was opened: nothing is in the cache. */
  readonly first: Took
  readonly again: readonly Took[]
  readonly rows: number
}

export type QueriesResult = Filled & {
  readonly feeds: number
  readonly databaseBytes: number
  readonly queries: readonly TimedQuery[]
}

const today = '2026-03-10'

/**
 * Imports `size` meetings from `feeds` feeds into a real encrypted database, refreshes one of them, and times what
 * screens ask, `rounds` times each, in one thread.
 */
export async function measureQueries(options: {
  readonly seed: number
  readonly size: number
  readonly feeds: number
  readonly rounds: number
}): Promise<QueriesResult> {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-queries-'))
  try {
    const place = { file: join(folder, 'kiosk.db'), key: randomBytes(32) }
    const filled = await fillDirectory(place, options)
    const queries = timeQueries(place, options.rounds)
    return { ...filled, feeds: options.feeds, databaseBytes: statSync(place.file).size, queries }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** Two tables: the feeds, and one line for each question. The frame of a screen is 16 ms. */
export function formatQueries(result: QueriesResult): string {
  const { rows, feeds, parsed, read, imported, refreshed, queries } = result
  const title = `${formatNumber(rows)} meetings, ${feeds} feeds`
  const perSecond = (of: Took, count = rows) => [
    formatNumber(Math.round((count * 1000) / of.ms)),
    formatNumber(Math.round((count * 1000) / of.cpuMs)),
    formatNumber(of.ms / parsed.ms),
  ]
  const { written, longestHoldMs } = refreshed
  return [
    formatTable([
      [title, 'rows per s', 'rows per s of CPU', 'times JSON.parse'],
      ['JSON.parse of the same bytes', ...perSecond(parsed)],
      ['read by the reader', ...perSecond(read)],
      ['imported whole', ...perSecond(imported)],
    ]),
    formatTable([
      ['one feed again, 1 % changed', 'ms', 'CPU ms', 'rows', 'written', 'longest hold, ms'],
      ['', ...[refreshed.ms, refreshed.cpuMs, refreshed.rows, written, longestHoldMs].map(formatNumber)],
    ]),
    formatTable([
      [title, 'first, ms', 'median, ms', 'p99, ms', 'CPU median', 'CPU p99', 'rows'],
      ...queries.map(({ name, first, again, rows: found }) => {
        const wall = summarize(again.map(({ ms }) => ms))
        const cpu = summarize(again.map(({ cpuMs }) => cpuMs))
        const { median, p99 } = wall
        return [name, ...[first.ms, median, p99, cpu.median, cpu.p99, found].map(formatNumber)]
      }),
    ]),
  ].join('\n\n')
}

/** Each on a connection of its own, so that the first one finds an empty cache. */
function timeQueries(place: Place, rounds: number): readonly TimedQuery[] {
  return questions.map(({ name, ask }): TimedQuery => {
    const db = openBench(place)
    try {
      const stores = storesOf(db)
      const time = () => {
        const took = startWatch()
        const rows = ask(stores)
        return { took: took({ ms: 0, cpuMs: 0 }), rows }
      }
      const first = time()
      const again = Array.from({ length: rounds }, () => time().took)
      return { name, first: first.took, again, rows: first.rows }
    } finally {
      db.close()
    }
  })
}

type Stores = {
  readonly occurrences: OccurrenceStore
  readonly search: SearchStore
  readonly meetings: MeetingStore
}

function storesOf(db: Db): Stores {
  const fellowshipName = (id: string) => id
  return {
    occurrences: new OccurrenceStore(db, { fellowshipName }),
    search: new SearchStore(db, { fellowshipName, dictionary: searchDictionary() }),
    meetings: new MeetingStore(db, { clock: { now: () => nowMs }, machineId: 'bench' }),
  }
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
  { name: 'search: the beginning of a common word', ask: searched('grou') },
  {
    name: 'search: a common word and part of the day',
    ask: searched('harbor group', { filter: { partOfDay: 'morning' } }),
  },
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
  { name: 'desk: a word', ask: ({ meetings }) => meetings.find('harbor', 'en').length },
  { name: 'desk: a common word', ask: ({ meetings }) => meetings.find('group', 'en').length },
  { name: 'desk: one letter', ask: ({ meetings }) => meetings.find('s', 'en').length },
]
