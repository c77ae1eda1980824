import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeetingFilter } from '../../../electron/contract/kiosk-calls.ts'
import type { Db } from '../../../electron/db/connection.ts'
import type { MeetingWrite } from '../../../electron/db/meeting-writer.ts'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { SearchStore, type Search } from '../../../electron/db/search-store.ts'
import { unknownDistance } from '../../../electron/domain/day-list.ts'
import { folded } from '../../../electron/domain/folded.ts'
import { compareRanked, fits, type Ranked } from '../../../electron/domain/ranking.ts'
import { createSearchDictionary } from '../../../electron/domain/search-query.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { addFeed } from '../../support/directory-rows.ts'
import { addListings, datesOf, listing, listingToday } from '../../support/listings.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const fellowshipName = (id: string) => (id === 'na' ? 'Narcotics Anonymous' : null)
/** Noon in New York, a Tuesday. */
const now = { today: listingToday, nowMs: Date.parse('2026-11-24T17:00:00Z') }
const asked = { ...now, date: listingToday, days: 8, order: 'soonest', limit: 50, ownLanguage: 'en' } as const

function open(meetings: readonly MeetingWrite[], dictionary = searchDictionary()) {
  const base = temporaryDatabase()
  addListings(base.db, meetings)
  const store = new SearchStore(base.db, { dictionary, fellowshipName })
  const answer = (text: string, more: Partial<Search> = {}) => store.search({ ...asked, text, ...more })
  return {
    ...base,
    answer,
    find: (text: string, more?: Partial<Search>) => answer(text, more).rows.map((row) => row.meetingId),
  }
}

describe('a search', () => {
  it('finds by the beginnings of all words, whatever case, accents and marks', () => {
    const { find } = open([
      listing('a', { name: 'Grupo Ángeles de Mañana', place: { city: 'Salt Fork' } }),
      listing('b', { name: 'Al-Anon Angels' }),
      listing('c', { name: 'Straße 12', types: [{ code: 'SP', label: 'Speaker', es: 'Orador' }] }),
      listing('d', { name: 'AA匿名戒酒会' }),
    ])
    expect(find('ANGEL')).toEqual(['b', 'a'])
    expect(find('angeles salt')).toEqual(['a'])
    expect(find('salt angeles manana')).toEqual(['a'])
    expect(find('alanon')).toEqual(['b'])
    expect(find('strasse')).toEqual(['c'])
    expect(find('orador')).toEqual(['c'])
    expect(find('戒酒会')).toEqual(['d'])
    expect(find('angeles nowhere')).toEqual([])
  })

  it('finds a fellowship by what people call it, and its name in texts', () => {
    const { find } = open([
      listing('na', { fellowship: 'na' }),
      listing('aa', { fellowship: 'aa' }),
      listing('named', { name: 'Narcotics and Friends' }),
      listing('smart', { fellowship: 'smart' }),
    ])
    expect(find('narcotics')).toEqual(['na', 'named'])
    expect(find('narcot')).toEqual(['named', 'na'])
    expect(find('doce pasos').toSorted()).toEqual(['aa', 'na'])
    expect(find('smart recovery')).toEqual(['smart'])
    expect(find('narcotics friends')).toEqual(['named'])
  })

  it('takes the whole name of a fellowship for it before names and places that begin so', () => {
    const { find } = open([
      listing('narberth', { name: 'Narberth Group', fellowship: 'aa' }),
      listing('hope', { name: 'Hope Tonight', fellowship: 'na', place: { city: 'Trenton' } }),
      listing('clean', { name: 'Clean Air', fellowship: 'na' }),
    ])
    expect(find('na')).toEqual(['clean', 'hope', 'narberth'])
    expect(find('nar')[0]).toBe('narberth')
    expect(find('na trenton')).toEqual(['hope'])
  })

  it('forgives one slip in a word of four letters or more and says what it looked for', () => {
    const { answer } = open([
      listing('a', { name: 'Harbor Hope' }),
      listing('b', { name: 'Harper Hope' }),
      listing('c', { name: 'Harper Road' }),
      listing('n', { fellowship: 'na' }),
    ])
    const found = (text: string) => {
      const { rows, corrected } = answer(text)
      return [rows.map((row) => row.meetingId), corrected]
    }
    expect(found('harbr hope')).toEqual([['a'], 'harbor hope'])
    expect(found('ahrbor')).toEqual([['a'], 'harbor'])
    expect(found('narcoitcs')).toEqual([['n'], 'narcotics'])
    // As far from both: the word that more meetings have.
    expect(found('harxer')).toEqual([['b', 'c'], 'harper'])
    expect(found('hxp')).toEqual([[], null])
    expect(found('qqqqqq')).toEqual([[], null])
    // What fits as typed is never mended.
    expect(found('harp')).toEqual([['b', 'c'], null])
  })

  it('shows each meeting once, with its first date that has not ended, what still runs of yesterday included', () => {
    const { answer } = open([
      listing('early', { weekdays: [2], startMinute: 9 * 60 }),
      listing('daily', { weekdays: [0, 1, 2, 3, 4, 5, 6], startMinute: 9 * 60 }),
      listing('night', { weekdays: [1], startMinute: 23 * 60, durationMinutes: 20 * 60 }),
    ])
    const dates = (more?: Partial<Search>) =>
      answer('meeting', more).rows.map((row) => [row.meetingId, row.localDate])
    expect(dates()).toEqual([
      ['night', '2026-11-23'],
      ['daily', '2026-11-25'],
      ['early', '2026-12-01'],
    ])
    expect(dates({ days: 2 })).toEqual([
      ['night', '2026-11-23'],
      ['daily', '2026-11-25'],
    ])
    expect(dates({ date: '2026-11-30', days: 1 })).toEqual([
      ['daily', '2026-11-30'],
      ['night', '2026-11-30'],
    ])
  })

  it('puts what is far last, with its distance', () => {
    const { answer } = open([
      listing('far', { name: 'Harbor', whereabouts: 3, distanceMeters: 90_000 }),
      listing('near', { name: 'Meeting', place: { city: 'Harbor' } }),
    ])
    expect(answer('harbor').rows.map((row) => [row.meetingId, row.distanceMeters])).toEqual([
      ['near', 1000],
      ['far', 90_000],
    ])
  })

  it('lists the days when nothing is typed, and says when there is more', () => {
    const { answer, find } = open(['a', 'b', 'c'].map((id) => listing(id)))
    expect(find('')).toEqual(['a', 'b', 'c'])
    expect(find(' * ')).toEqual(['a', 'b', 'c'])
    expect(answer('', { limit: 2 })).toMatchObject({ more: true, rows: [{}, {}] })
    expect(answer('', { limit: 3 }).more).toBe(false)
  })

  it('takes what is typed for words only, never for a part of a question to the index (PRV-12)', () => {
    const { find, log } = open([listing('a')])
    for (const text of [
      '"',
      'a" OR "b',
      'name : x',
      '_p1',
      '^ NEAR(',
      "');--",
      '\0',
      '*'.repeat(80),
      'a '.repeat(40),
    ])
      expect(() => find(text)).not.toThrow()
    expect(find('_p1')).toEqual([])
    expect(JSON.stringify(log)).not.toContain('NEAR(')
  })

  it('marks what an old list says with its age, and names the other lists that have the meeting', () => {
    const base = temporaryDatabase()
    const hours = 3_600_000
    addFeed(base.db, 'old', { last_good_run_at_ms: now.nowMs - 49 * hours })
    addFeed(base.db, 'new', { last_good_run_at_ms: now.nowMs - 47 * hours })
    const other = listing('other', { feedId: 'old' })
    const writer = addListings(base.db, [
      listing('a', { feedId: 'old' }),
      listing('b', { feedId: 'new' }),
      other,
    ])
    base.db.transaction((tx) => writer.showAs(tx, 'other', 'b', other.stands, datesOf(other)))
    const store = new SearchStore(base.db, { dictionary: searchDictionary(), fellowshipName })
    expect(store.search({ ...asked, text: '' }).rows).toMatchObject([
      { meetingId: 'a', asOfMs: now.nowMs - 49 * hours },
      { meetingId: 'b', asOfMs: null, alsoIn: [{ source: 'Feed old', key: 'key-other' }] },
    ])
  })
})

const names = ['Harbor', 'Harbor Hope', 'Hope', 'Hope Harbor', 'Road']
const someListing = fc.record({
  name: fc.constantFrom(...names),
  place: fc.constantFrom({}, { city: 'Harbor' }, { city: 'Hopeville' }),
  kind: fc.constantFrom('peer' as const, 'club' as const),
  fellowship: fc.constantFrom('aa', 'na', 'unknown'),
  audience: fc.constantFrom('self' as const, 'family' as const, 'anyone' as const),
  attendance: fc.constantFrom('in_person' as const, 'hybrid' as const, 'online' as const),
  languages: fc.constantFrom([], ['en'], ['es'], ['pt-BR', 'es']),
  wheelchair: fc.constantFrom(true, false, null),
  weekdays: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 2 }),
  startMinute: fc.constantFrom(11 * 60 + 30, 12 * 60, 16 * 60 + 59, 17 * 60, 23 * 60),
  whereabouts: fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3),
  distanceMeters: fc.constantFrom(null, 5, 900),
})
const someFilter: fc.Arbitrary<MeetingFilter> = fc.record(
  {
    kinds: fc.subarray(['peer' as const, 'club' as const]),
    fellowships: fc.subarray(['aa', 'na']),
    audience: fc.constantFrom('self' as const, 'family' as const),
    partOfDay: fc.constantFrom('morning' as const, 'afternoon' as const, 'evening' as const),
    languages: fc.subarray(['en', 'es', 'pt']),
    wheelchair: fc.constant(true as const),
    online: fc.constant(true as const),
  },
  { requiredKeys: [] },
)

/** The rules in plain words, on the values that were written. */
function passes({ content }: MeetingWrite, startMinute: number, filter: MeetingFilter): boolean {
  const part = startMinute < 720 ? 'morning' : startMinute < 1020 ? 'afternoon' : 'evening'
  const has = (tag: string) => content.languages.some((own) => own === tag || own.startsWith(`${tag}-`))
  return (
    (filter.kinds?.includes(content.kind) ?? true) &&
    (filter.fellowships?.includes(content.fellowship) ?? true) &&
    (filter.audience === undefined || ['anyone', filter.audience].includes(content.audience)) &&
    (filter.partOfDay === undefined || filter.partOfDay === part) &&
    (filter.languages?.some((tag) => has(tag) || (tag === 'en' && content.languages.length === 0)) ?? true) &&
    (filter.wheelchair === undefined || content.wheelchair === true) &&
    (filter.online === undefined || content.attendance !== 'in_person')
  )
}

function fitOf({ content }: MeetingWrite, text: string): Ranked['fit'] | null {
  if (text === '') return fits.otherwise
  const typed = text.split(' ')
  const name = folded(content.name)
  const within = (words: string) =>
    typed.every((word) => words.split(' ').some((other) => other.startsWith(word)))
  if (name === text) return fits.wholeName
  if (name.startsWith(text)) return fits.nameBegins
  if (within(name)) return fits.inName
  return within(`${name} ${folded(content.place?.city ?? '')}`) ? fits.inPlace : null
}

function expected(
  meetings: readonly MeetingWrite[],
  text: string,
  filter: MeetingFilter,
  order: Search['order'],
) {
  const to = '2026-12-01'
  const found = meetings.flatMap((meeting, index): (Ranked & { id: string })[] => {
    const fit = fitOf(meeting, text)
    const first = datesOf(meeting).find(
      (date) =>
        date.endsAtMs > now.nowMs && date.localDate <= to && passes(meeting, date.startMinute ?? 0, filter),
    )
    if (
      fit === null ||
      first === undefined ||
      (text === '' && Object.keys(filter).length === 0 && meeting.stands.whereabouts === 3)
    )
      return []
    const { whereabouts, distanceMeters } = meeting.stands
    return [
      {
        id: meeting.id,
        fit,
        isFar: whereabouts === 3,
        localDate: first.localDate,
        startsAtMs: first.startsAtMs,
        whereabouts,
        distanceOrder: distanceMeters ?? unknownDistance,
        nameOrder: folded(meeting.content.name),
        number: index + 1,
      },
    ]
  })
  return found.toSorted(compareRanked(order, now.nowMs + 3_600_000)).map((one) => one.id)
}

const someDirectory = fc
  .array(someListing, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((one, index) => listing(`m${index}`, one)))

it('finds and orders what the rules say, under every filter', () => {
  fc.assert(
    fc.property(
      someDirectory,
      fc.array(
        fc.tuple(
          fc.constantFrom('', 'h', 'harbor', 'hope', 'harbor hope', 'ho ha'),
          someFilter,
          fc.constantFrom<Search['order']>('soonest', 'nearest'),
        ),
        {
          minLength: 8,
          maxLength: 8,
        },
      ),
      (meetings, questions) => {
        const { db, find } = open(meetings, createSearchDictionary([]))
        for (const [text, filter, order] of questions) {
          const without = Object.keys(filter).every((key) => key === 'partOfDay')
          const all = expected(meetings, text, filter, order)
          // Without words or facts to look for, the answer is the list of the days, which has nothing far.
          const wanted =
            text === '' && without
              ? all.filter((id) => meetings[Number(id.slice(1))]?.stands.whereabouts !== 3)
              : all
          expect(find(text, { filter, order })).toEqual(wanted)
        }
        db.close()
      },
    ),
    { numRuns: 20 },
  )
}, 60_000)

it('counts for each choice what the day’s list would then have', () => {
  fc.assert(
    fc.property(someDirectory, someFilter, (meetings, filter) => {
      const { db } = open(meetings)
      const store = new OccurrenceStore(db, { fellowshipName: (id) => id })
      const day = { ...now, date: '2026-11-25', ownLanguage: 'en' }
      const count = (more: MeetingFilter) => {
        const { totals } = store.listDay({
          ...day,
          whereabouts: 'here',
          offset: 0,
          limit: 1,
          filter: { ...filter, ...more },
        })
        return totals.here + totals.nearby + totals.online
      }
      const facets = store.listFacets({ ...day, filter })
      for (const kind of ['peer', 'club'] as const) expect(facets.kinds[kind]).toBe(count({ kinds: [kind] }))
      for (const audience of ['self', 'family'] as const)
        expect(facets.audiences[audience]).toBe(count({ audience }))
      for (const partOfDay of ['morning', 'afternoon', 'evening'] as const)
        expect(facets.partsOfDay[partOfDay]).toBe(count({ partOfDay }))
      for (const { id, count: listed } of facets.fellowships)
        expect(listed).toBe(count({ fellowships: [id] }))
      for (const { tag, count: listed } of facets.languages) expect(listed).toBe(count({ languages: [tag] }))
      expect(facets.wheelchair).toBe(count({ wheelchair: true }))
      expect(facets.online).toBe(count({ online: true }))
      db.close()
    }),
    { numRuns: 30 },
  )
}, 60_000)

it('answers from many meetings as from few, for one letter too', () => {
  const many = Array.from({ length: 1600 }, (_, n) =>
    listing(`m${n}`, {
      name: `Harbor ${n}`,
      weekdays: [n % 7],
      startMinute: 13 * 60 + (n % 60),
      distanceMeters: n,
    }),
  )
  const { find, db } = open(many, createSearchDictionary([]))
  expect(countOf(db)).toBe(1600)
  expect(find('h')).toEqual(expected(many, 'h', {}, 'soonest').slice(0, 50))
  expect(find('h', { limit: 100, filter: { partOfDay: 'morning' } })).toEqual([])
  // Of those of the first day, which fill the list.
  expect(find('h', { order: 'nearest', limit: 3 })).toEqual(['m2', 'm9', 'm16'])
}, 30_000)

it('looks for a word as it is when very many meetings have it, and many others begin with it', () => {
  const called = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => listing(`${name} ${n}`, { name: `${name} ${n}` }))
  const others = Array.from({ length: 17 }, (_, n) => listing(`m${n}`, { name: `Groups${n} ${n}` }))
  const { answer, db } = open(
    [...called('Group', 2999), ...called('Groupies', 1), ...others],
    createSearchDictionary([]),
  )
  const found = (text: string) => answer(text, { limit: 4000 }).rows.length
  expect(found('group')).toBe(3017)
  addListings(db, called('Group', 3000).slice(2999))
  expect([found('group'), found('grou'), found('groupi')]).toEqual([3000, 3018, 1])
}, 60_000)

function countOf(db: Db): unknown {
  return db.driver.prepare('SELECT count(*) FROM meeting_search').pluck().get()
}
