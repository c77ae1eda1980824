import { expect, it } from 'vitest'
import type { MeetingFilter } from '../../../electron/contract/kiosk-calls.ts'
import type { Db } from '../../../electron/db/connection.ts'
import { MeetingStore } from '../../../electron/db/meeting-store.ts'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { SearchStore } from '../../../electron/db/search-store.ts'
import { WeekStore } from '../../../electron/db/week-store.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { FakeClock } from '../../support/fakes.ts'
import { addListings, listing, listingToday } from '../../support/listings.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

// Plans do not depend on the rows: the product gathers no statistics. A few thousand meetings take every path.

/** A statement and its plan, one line a step. */
type Asked = { readonly name: string; readonly plan: readonly string[] }

/** The database, with the plan of each statement that is run. */
function watched(db: Db): { readonly db: Db; readonly asked: Map<string, Asked> } {
  const asked = new Map<string, Asked>()
  const prepare: Db['prepare'] = (name, sql) => {
    const statement = db.prepare<never>(name, sql)
    const explain = (params: Parameters<typeof statement.all>[0] = {}) => {
      if (asked.has(sql)) return
      const steps = db.driver.prepare<[typeof params], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      asked.set(sql, { name, plan: steps.all(params).map(({ detail }) => detail) })
    }
    return {
      ...statement,
      get(params) {
        explain(params)
        return statement.get(params)
      },
      all(params) {
        explain(params)
        return statement.all(params)
      },
    }
  }
  return { db: { ...db, prepare }, asked }
}

const now = { today: listingToday, nowMs: Date.parse('2026-11-24T17:00:00Z') }
const filters: readonly MeetingFilter[] = [
  {},
  { kinds: ['peer'] },
  { fellowships: ['na'], wheelchair: true, online: true },
  { audience: 'family', languages: ['es', 'en'] },
  { partOfDay: 'evening' },
]

it('every question of the kiosk takes the index that was made for it', () => {
  const base = temporaryDatabase()
  const night = { startMinute: 23 * 60, durationMinutes: 20 * 60 }
  addListings(
    base.db,
    Array.from({ length: 1520 }, (_, n) =>
      listing(`m${n}`, {
        name: `Harbor Hope ${n}`,
        weekdays: [n % 7],
        fellowship: 'na',
        ...(n % 50 === 0 ? night : {}),
      }),
    ),
  )
  const { db, asked } = watched(base.db)
  const fellowshipName = (id: string) => id
  const occurrences = new OccurrenceStore(db, { fellowshipName })
  const search = new SearchStore(db, { fellowshipName, dictionary: searchDictionary() })
  for (const date of [listingToday, '2026-11-26']) {
    for (const filter of filters) {
      const view = { ...now, date, ownLanguage: 'en', filter }
      occurrences.listFacets(view)
      const { rows } = occurrences.listDay({ ...view, whereabouts: 'nearby', offset: 0, limit: 50 })
      for (const row of rows.slice(0, 1)) {
        occurrences.findOccurrence(row, now)
        occurrences.findDetail(row, now)
      }
      for (const text of ['', 'h', 'harbor', 'harbor 1499', 'harbr', 'narcotics', 'nothing'])
        for (const order of ['soonest', 'nearest'] as const)
          search.search({ ...view, text, order, days: 8, limit: 50 })
    }
  }
  occurrences.oldestGoodRun()
  new WeekStore(db, { fellowshipName }).listWeek({ ...now, from: listingToday, days: 7, perDay: 2 })
  const desk = new MeetingStore(db, { clock: new FakeClock('2026-11-24T17:00:00Z'), machineId: 'm' })
  desk.find('harbor', 'en')
  desk.findHit('m1', 'en')
  const plans = [...asked.values()]
  expect(plans.flatMap(({ name, plan }) => plan.filter(isWhole).map((step) => [name, step]))).toEqual([])
  for (const [name, steps] of Object.entries(intended)) {
    const taken = new Set(
      plans.filter((one) => one.name === name).flatMap(({ plan }) => plan.filter(isOfDates)),
    )
    expect([name, [...taken].toSorted()]).toEqual([name, steps])
  }
  const others = plans.filter(({ name, plan }) => !(name in intended) && plan.some(isOfDates))
  expect(others.map(({ name }) => name)).toEqual([])
}, 30_000)

/** A walk through all there is of a table, or of the words. What a statement has gathered itself may be walked. */
function isWhole(step: string): boolean {
  const gathered = /^SCAN (page|found|nearest|first|\(subquery-\d+\)|json_each VIRTUAL TABLE INDEX 1:)$/u
  // M: the words that are looked for; 513: from one word on, in the order of words.
  const words = /^SCAN (meeting_search VIRTUAL TABLE INDEX 0:M\d|meeting_word VIRTUAL TABLE INDEX 513:)$/u
  return step.startsWith('SCAN') && !gathered.test(step) && !words.test(step)
}

function isOfDates(step: string): boolean {
  return /^SEARCH (occurrence|o) /u.test(step)
}

const one = 'SEARCH o USING PRIMARY KEY (local_date=? AND number=? AND starts_at_ms=?)'
const ofDay = 'COVERING INDEX occurrence_of_day (local_date=? AND whereabouts=?)'
const byEnd = 'INDEX occurrence_by_end (local_date=? AND ends_at_ms>?)'

/** The steps to dates, in the order of letters. */
const intended: Readonly<Record<string, readonly string[]>> = {
  'occurrence.list-day': [one, `SEARCH occurrence USING ${ofDay}`, `SEARCH occurrence USING ${byEnd}`],
  'occurrence.count-day': [`SEARCH occurrence USING COVERING ${byEnd}`, `SEARCH occurrence USING ${ofDay}`],
  'occurrence.count-facets': [`SEARCH occurrence USING ${ofDay}`],
  'occurrence.find': [one],
  'occurrence.find-detail': [one],
  'occurrence.list-upcoming': ['SEARCH occurrence USING INDEX occurrence_of_meeting (number=?)'],
  'search.is-any-running': [`SEARCH occurrence USING COVERING ${byEnd}`],
  'search.list-day': [`SEARCH o USING ${ofDay}`, `SEARCH o USING ${byEnd}`],
  'search.list-few': [
    'SEARCH o USING INDEX occurrence_of_meeting (number=? AND local_date>? AND local_date<?)',
  ],
  'search.row': [one],
  'week.list-nearest': [one, `SEARCH occurrence USING ${ofDay}`],
  'week.count-meetings': [
    'SEARCH occurrence USING COVERING INDEX occurrence_of_day (local_date>? AND local_date<?)',
  ],
}
