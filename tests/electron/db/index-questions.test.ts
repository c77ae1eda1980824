import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MeetingStore } from '../../../electron/db/meeting-store.ts'
import { SearchStore } from '../../../electron/db/search-store.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { addListings, listing, listingToday } from '../../support/listings.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

/* Whatever is typed is a value: it can neither break a question to the index of words nor become a part of it. */

/** What the language of the index is made of, and names of its columns and facts. */
const marks = fc.constantFrom(
  '"',
  '""',
  "'",
  '*',
  '^',
  ':',
  '(',
  ')',
  '{',
  '}',
  '+',
  '-',
  ',',
  ';',
  '--',
  '\\',
  '\0',
  ' ',
  '\u202e',
  '\ud800',
  'AND',
  'OR',
  'NOT',
  'NEAR(',
  'name :',
  'facts :',
  '{name place}',
  '_p3',
  '_kpeer',
  'rowid',
  'meeting_search',
)
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.oneof(marks, fc.constantFrom('harbor', 'hop', 'á', 'ﬁ', '氷', 'ابت', 'na', '12')), {
      maxLength: 12,
    })
    .map((parts) => parts.join('').slice(0, 80)),
)
const chosen = fc.array(fc.oneof(marks, fc.string({ unit: 'binary', maxLength: 35 })), { maxLength: 3 })
const filter = fc.record(
  {
    fellowships: chosen,
    languages: chosen,
    audience: fc.constantFrom('self' as const, 'family' as const),
    wheelchair: fc.constant(true as const),
    online: fc.constant(true as const),
  },
  { requiredKeys: [] },
)

it('searches by any text and under any filter, and finds no more than there is (PRV-12, SEC-10)', () => {
  const { db, clock, log } = temporaryDatabase()
  addListings(db, [
    listing('harbor', { name: 'Harbor Hope' }),
    listing('ice', { name: '氷 club', kind: 'club' }),
    listing('gone', { name: 'Harbor Gone', attendance: 'inactive' }),
  ])
  const search = new SearchStore(db, { dictionary: searchDictionary(), fellowshipName: () => null })
  const meetings = new MeetingStore(db, { clock, machineId: 'm' })
  const now = { today: listingToday, nowMs: Date.parse('2026-11-24T17:00:00Z') }
  const before = log.lines.length
  fc.assert(
    fc.property(
      typed,
      filter,
      fc.constantFrom('soonest' as const, 'nearest' as const),
      (text, narrowed, order) => {
        const { rows } = search.search({
          ...now,
          text,
          filter: narrowed,
          order,
          date: listingToday,
          days: 8,
          limit: 50,
          ownLanguage: 'en',
        })
        const ids = rows.map((row) => row.meetingId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).not.toContain('gone')
        expect(meetings.find(text, 'en').map((hit) => hit.meetingId)).not.toContain('gone')
      },
    ),
    { numRuns: 1500 },
  )
  // Slow statements are named, never what was asked.
  for (const line of log.lines.slice(before)) expect(JSON.stringify(line)).toMatch(/slow_statement/)
})
