import fc from 'fast-check'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Db } from '../../../electron/db/connection.ts'
import { ListingWriter } from '../../../electron/db/listing-writer.ts'
import type { MeetingWrite } from '../../../electron/db/meeting-writer.ts'
import { openDatabase } from '../../../electron/db/open.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'
import { addListings, datesOf, listing, listingWindow } from '../../support/listings.ts'

/** Dates and words by the meeting's id: whatever number it has. */
function visible(db: Db) {
  db.driver.exec(
    'CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_instance USING fts5vocab(main, meeting_search, instance)',
  )
  const all = (sql: string) => db.driver.prepare(sql).all()
  return {
    dates: all(
      `SELECT m.id, o.* FROM occurrence o JOIN meeting m USING (number) ORDER BY m.id, local_date, starts_at_ms`,
    ).map((row) => ({ ...(row as object), number: 0 })),
    words: all(
      `SELECT m.id, term, col, offset FROM temp.word_instance w JOIN meeting m ON m.number = w.doc
       ORDER BY m.id, col, offset, term`,
    ),
    entries: all(
      `SELECT m.id, hash, weekdays FROM meeting_search_entry e JOIN meeting m USING (number) ORDER BY m.id`,
    ),
    orphans: db.driver
      .prepare('SELECT count(*) FROM temp.word_instance WHERE doc NOT IN (SELECT number FROM meeting)')
      .pluck()
      .get(),
  }
}

const visibleIds = (db: Db) => ({
  dates: db.driver
    .prepare('SELECT DISTINCT id FROM meeting JOIN occurrence USING (number) ORDER BY id')
    .pluck()
    .all(),
  words: db.driver
    .prepare('SELECT id FROM meeting JOIN meeting_search s ON s.rowid = number ORDER BY id')
    .pluck()
    .all(),
})

it('gives neither dates nor words to what is hidden, withdrawn, inactive or shown as another', () => {
  const { db } = temporaryDatabase()
  const meetings = ['a', 'b', 'c', 'd', 'e'].map((id) => listing(id))
  const writer = addListings(db, [...meetings, listing('f', { attendance: 'inactive' })])
  expect(visibleIds(db)).toEqual({ dates: ['a', 'b', 'c', 'd', 'e'], words: ['a', 'b', 'c', 'd', 'e'] })
  const { stands } = meetings[0]!
  const dated = datesOf(meetings[0]!)
  db.transaction((tx) => {
    expect(writer.hide(tx, 'a', 1)).toBe(true)
    writer.withdraw(tx, 'b', 1)
    writer.showAs(tx, 'c', 'd', stands, dated)
    // A refresh, a new day and a move change nothing about that.
    writer.write(tx, meetings[0]!, dated, 2)
    writer.redate(tx, 'b', stands, dated)
    writer.addDates(tx, 'c', stands, dated)
    writer.restand(tx, 'a', { ...stands, whereabouts: 0 })
  })
  expect(visibleIds(db)).toEqual({ dates: ['d', 'e'], words: ['d', 'e'] })
  db.transaction((tx) => {
    expect(writer.show(tx, 'a', stands, dated, 3)).toBe(true)
    expect(writer.show(tx, 'b', stands, dated, 3)).toBe(false)
    writer.write(tx, meetings[1]!, dated, 3)
    writer.showAs(tx, 'c', null, stands, dated)
  })
  expect(visibleIds(db).words).toEqual(['a', 'b', 'c', 'd', 'e'])
})

it('keeps number, dates and words of a meeting that its feed renumbers', () => {
  const { db } = temporaryDatabase()
  const writer = addListings(db, [listing('old', { name: 'Harbor' }), listing('other')])
  const before = visible(db)
  db.transaction((tx) => writer.carryOn(tx, 'old', 'new'))
  const renamed = (rows: readonly unknown[]) =>
    JSON.parse(JSON.stringify(rows).replaceAll('"old"', '"new"')) as unknown[]
  expect(visible(db)).toEqual({
    ...before,
    dates: renamed(before.dates),
    words: renamed(before.words),
    entries: renamed(before.entries),
  })
})

it('has the same words in a copy of the file, under the same numbers', () => {
  const { db, folder, key, log, clock } = temporaryDatabase()
  const writer = addListings(
    db,
    ['a', 'b', 'c'].map((id) => listing(id)),
  )
  db.transaction((tx) => writer.withdraw(tx, 'a', 1))
  // A row that went makes a copy give out other row ids than the original has.
  db.driver.exec(`DELETE FROM meeting WHERE id = 'a'`)
  const file = join(folder, 'copy.db')
  db.copyTo(file)
  const copy = openDatabase({ file, key, log, clock })
  if (!copy.ok) throw new Error(copy.code)
  try {
    expect(visible(copy.value)).toEqual(visible(db))
    expect(visibleIds(copy.value).words).toEqual(['b', 'c'])
  } finally {
    copy.value.close()
  }
})

it('says of each date who may come', () => {
  const { db } = temporaryDatabase()
  addListings(db, [listing('a', { openness: 'open_this_week', openWeeks: [1] })])
  const rows = db.driver.prepare('SELECT local_date AS date, openness FROM occurrence ORDER BY 1').all()
  expect(rows).toEqual([
    { date: '2026-11-24', openness: 'closed' },
    { date: '2026-12-01', openness: 'open_this_week' },
    { date: '2026-12-08', openness: 'closed' },
    { date: '2026-12-15', openness: 'closed' },
    { date: '2026-12-22', openness: 'closed' },
    { date: '2026-12-29', openness: 'closed' },
  ])
})

it('drops a weekday from the words with the last date on it', () => {
  const { db } = temporaryDatabase()
  const one = listing('a', { weekdays: [1, 2] })
  const writer = addListings(db, [])
  const days = { ...listingWindow, days: 2 }
  db.transaction((tx) => writer.write(tx, one, datesOf(one, days), 0))
  const found = () =>
    db.driver
      .prepare(`SELECT count(*) FROM meeting_search WHERE meeting_search MATCH 'facts : "_d1"'`)
      .pluck()
      .get()
  expect(found()).toBe(1)
  db.transaction((tx) => expect(writer.removeOutside(tx, '2026-11-24', '2026-12-31', 10)).toBe(1))
  expect(found()).toBe(0)
  expect(visibleIds(db)).toEqual({ dates: ['a'], words: ['a'] })
  db.transaction((tx) => writer.removeOutside(tx, '2026-12-30', '2026-12-31', 10))
  expect(visibleIds(db)).toEqual({ dates: [], words: [] })
})

type Step =
  | {
      readonly do: 'write'
      readonly at: number
      readonly name: string
      readonly weekdays: readonly number[]
      readonly whereabouts: 0 | 1 | 2 | 3
    }
  | { readonly do: 'withdraw' | 'hide' | 'show' | 'showAs' | 'showItself' | 'carryOn'; readonly at: number }
  | { readonly do: 'restand'; readonly at: number; readonly whereabouts: 0 | 1 | 2 | 3 }

const at = fc.nat(3)
const whereabouts = fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    at,
    name: fc.constantFrom('Harbor', 'Hope', 'Al-Anon Hope', '匿名'),
    weekdays: fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
    whereabouts,
  }),
  fc.record({
    do: fc.constantFrom('withdraw', 'hide', 'show', 'showAs', 'showItself', 'carryOn'),
    at,
  }),
  fc.record({ do: fc.constant('restand' as const), at, whereabouts }),
)

it('ends, whatever was done, with the rows that an index made from scratch would have', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { db } = temporaryDatabase()
      const writer = new ListingWriter(db, 'machine')
      const ids = ['m0', 'm1', 'm2', 'm3']
      const last = new Map<number, MeetingWrite>()
      const state = new Map<number, { hidden: boolean; withdrawn: boolean; as: boolean }>()
      for (const one of steps) {
        const id = ids[one.at]!
        db.transaction((tx) => {
          const known = last.get(one.at)
          if (one.do === 'write') {
            const meeting = listing(id, one)
            writer.write(tx, meeting, datesOf(meeting), 0)
            last.set(one.at, meeting)
            const was = state.get(one.at)
            state.set(one.at, { hidden: was?.hidden ?? false, as: was?.as ?? false, withdrawn: false })
            return
          }
          if (known === undefined) return
          const is = state.get(one.at)!
          const dated = datesOf(known)
          if (one.do === 'restand') {
            const stands = { ...known.stands, whereabouts: one.whereabouts }
            writer.restand(tx, id, stands)
            last.set(one.at, { ...known, stands })
          } else if (one.do === 'withdraw') {
            writer.withdraw(tx, id, 0)
            Object.assign(is, { withdrawn: true, hidden: false })
          } else if (one.do === 'hide') {
            if (writer.hide(tx, id, 0)) is.hidden = true
          } else if (one.do === 'show') {
            if (writer.show(tx, id, known.stands, dated, 0)) is.hidden = false
          } else if (one.do === 'carryOn') {
            const newId = `${id}x`
            writer.carryOn(tx, id, newId)
            ids[one.at] = newId
            last.set(one.at, { ...known, id: newId })
          } else {
            is.as = one.do === 'showAs'
            writer.showAs(tx, id, is.as ? 'other' : null, known.stands, dated)
          }
        })
      }
      const fresh = temporaryDatabase().db
      const shown = [...last].filter(([index]) => {
        const { hidden, withdrawn, as } = state.get(index)!
        return !hidden && !withdrawn && !as
      })
      addListings(
        fresh,
        shown.map(([, meeting]) => meeting),
      )
      expect(visible(db)).toEqual(visible(fresh))
      db.close()
      fresh.close()
    }),
    { numRuns: 25 },
  )
}, 60_000)
