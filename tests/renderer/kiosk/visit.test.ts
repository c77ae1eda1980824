import { describe, expect, it } from 'vitest'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import {
  firstHandout,
  givenOf,
  home,
  isUntouched,
  nameLimit,
  newSearch,
  newVisit,
  reduceVisit,
  searchLength,
  searchMost,
  searchStep,
  type SignInScreen,
  type Visit,
  type VisitAction,
} from '../../../renderer/kiosk/visit.ts'

const row = (change: Partial<OccurrenceRow>): OccurrenceRow => ({
  meetingId: 'm1',
  key: 'k1',
  localDate: '2026-11-25',
  startsAtMs: 1,
  endsAtMs: 2,
  allDay: false,
  name: 'Early recovery',
  kind: 'therapy',
  fellowship: 'unknown',
  fellowshipName: null,
  audience: 'self',
  whereabouts: 'here',
  distanceMeters: null,
  place: 'Room 1',
  attendance: 'in_person',
  status: 'scheduled',
  wheelchair: null,
  languages: [],
  openness: 'unknown',
  asOfMs: null,
  canSignIn: true,
  ...change,
})

const after = (visit: Visit, ...actions: VisitAction[]) => actions.reduce(reduceVisit, visit)
const begin = (change: Partial<OccurrenceRow> = {}): VisitAction => ({
  do: 'begin_sign_in',
  row: row(change),
  requestId: 'r1',
})
const type = (field: 'firstName' | 'lastInitial', text: string): VisitAction => ({ do: 'type', field, text })
const typed = [begin(), type('firstName', 'Marisol'), { do: 'next_step' }, type('lastInitial', 'V')] as const
const signIn = (visit: Visit): SignInScreen => {
  if (visit.screen.name !== 'sign_in') throw new Error(`at ${visit.screen.name}`)
  return visit.screen
}

describe('the end of a visit', () => {
  it('leaves nothing of what was chosen or typed (PRV-06)', () => {
    const visit = after(
      newVisit('en'),
      { do: 'set_locale', locale: 'es' },
      { do: 'set_size', size: 'large' },
      { do: 'set_key_order', keyOrder: 'alphabetical' },
      { do: 'choose', choice: { part: 'kind', is: 'club' } },
      { do: 'show', screen: newSearch },
      { do: 'search_for', change: { text: 'Zyxwvq' } },
      ...typed,
      { do: 'reset', locale: 'en' },
    )
    expect(visit).toEqual({ ...newVisit('en'), number: 2 })
    expect(JSON.stringify(visit)).not.toMatch(/Marisol|Zyxwvq|club/)
  })

  it('counts as untouched only what has nothing to clear', () => {
    const fresh = newVisit('en')
    expect(isUntouched(fresh, 'en')).toBe(true)
    const touched: readonly VisitAction[] = [
      { do: 'set_locale', locale: 'es' },
      { do: 'set_size', size: 'large' },
      { do: 'show', screen: { name: 'help' } },
      { do: 'look_at', change: { group: 'online' } },
      { do: 'look_at', change: { date: '2026-11-26' } },
      { do: 'choose', choice: { part: 'online' } },
    ]
    for (const action of touched) expect(isUntouched(after(fresh, action), 'en')).toBe(false)
  })
})

describe('sign-in', () => {
  it('asks a therapist-led group for a name and counts all others (PRV-04)', () => {
    const name = signIn(after(newVisit('en'), ...typed))
    expect(givenOf(name)).toEqual({ kind: 'name', firstName: 'Marisol', lastInitial: 'V' })
    for (const kind of ['peer', 'club'] as const) {
      const screen = signIn(after(newVisit('en'), begin({ kind })))
      expect(screen.step).toBe('review')
      expect(givenOf(screen)).toEqual({ kind: 'count' })
    }
  })

  it('says what is missing and stays at the question (A11Y-44)', () => {
    const empty = signIn(after(newVisit('en'), begin(), type('firstName', '  '), { do: 'next_step' }))
    expect(empty).toMatchObject({ step: 'first_name', problem: 'firstNameEmpty', firstName: '  ' })
    const mended = signIn(after(newVisit('en'), begin(), { do: 'next_step' }, type('firstName', 'O')))
    expect(mended.problem).toBeNull()
  })

  it('keeps one letter as the initial: the newest, with its marks', () => {
    expect(signIn(after(newVisit('en'), ...typed, type('lastInitial', 'VÑ'))).lastInitial).toBe('Ñ')
    expect(signIn(after(newVisit('en'), ...typed, type('lastInitial', 'Ve\u0301 '))).lastInitial).toBe(
      'e\u0301',
    )
  })

  it('cuts an endless name without cutting a letter in two (LNG-10)', () => {
    const screen = signIn(after(newVisit('en'), begin(), type('firstName', 'e\u0301'.repeat(90))))
    expect(screen.firstName).toBe('e\u0301'.repeat(nameLimit))
  })

  it('goes back one question at a time with nothing lost', () => {
    const review = after(newVisit('en'), ...typed, { do: 'next_step' })
    expect(signIn(review).step).toBe('review')
    const first = after(review, { do: 'back' }, { do: 'back' })
    expect(signIn(first)).toMatchObject({ step: 'first_name', firstName: 'Marisol', lastInitial: 'V' })
    expect(after(first, { do: 'back' }).screen).toEqual(home)
  })

  it('shows a refused name next to its field and keeps the same request for the next try', () => {
    const visit = after(
      newVisit('en'),
      ...typed,
      { do: 'next_step' },
      { do: 'send' },
      { do: 'refused', requestId: 'r1', problem: 'firstNameRefused' },
    )
    expect(signIn(visit)).toMatchObject({
      step: 'first_name',
      firstName: 'Marisol',
      sending: false,
      requestId: 'r1',
    })
  })

  it('forgets the name once signed in, and Back never leads to the form', () => {
    const done = after(
      newVisit('en'),
      ...typed,
      { do: 'send' },
      { do: 'signed_in', requestId: 'r1', undoToken: 'u', undoForMs: 10_000 },
    )
    expect(JSON.stringify(done)).not.toContain('Marisol')
    expect(after(done, { do: 'back' }).screen).toEqual(home)
  })

  it('ignores what main answers to an earlier visitor', () => {
    const late: VisitAction = { do: 'signed_in', requestId: 'r1', undoToken: 'u', undoForMs: 1 }
    const left = after(newVisit('en'), ...typed, { do: 'send' }, { do: 'reset', locale: 'en' })
    expect(after(left, late)).toBe(left)
    const next = after(left, { ...begin(), requestId: 'r2' } as VisitAction)
    expect(after(next, late)).toBe(next)
  })
})

describe('moving about', () => {
  it('keeps the place when the language or the size changes (LNG-03)', () => {
    const visit = after(newVisit('en'), ...typed)
    const changed = after(visit, { do: 'set_locale', locale: 'es' }, { do: 'set_size', size: 'large' })
    expect(changed.screen).toBe(visit.screen)
  })

  it('does not pile up one screen by repeated touches', () => {
    const help: VisitAction = { do: 'show', screen: { name: 'help' } }
    const twice = after(newVisit('en'), help, help, { do: 'show', screen: firstHandout }, help)
    expect(twice.trail.map((screen) => screen.name)).toEqual(['today', 'help', 'handout'])
  })

  it('begins each other group or day at its first page', () => {
    const visit = after(newVisit('en'), { do: 'look_at', change: { group: 'nearby', offset: 100 } })
    expect(after(visit, { do: 'look_at', change: { group: 'online' } }).screen).toMatchObject({ offset: 0 })
  })
})

describe('narrowing the lists', () => {
  const club: VisitAction = { do: 'choose', choice: { part: 'kind', is: 'club' } }
  const panel: VisitAction = { do: 'show', screen: { name: 'narrow', of: 'today', date: null } }
  const meeting: VisitAction = {
    do: 'show',
    screen: { name: 'meeting', key: { meetingId: 'm1', localDate: '2026-11-25', startsAtMs: 1 } },
  }

  it('holds for another day, for a meeting and the way back, for the search and for home', () => {
    const ways: readonly VisitAction[] = [
      { do: 'look_at', change: { date: '2026-11-26' } },
      meeting,
      { do: 'back' },
      { do: 'show', screen: newSearch },
      { do: 'home' },
    ]
    let visit = after(newVisit('en'), panel, club, { do: 'back' })
    for (const way of ways) {
      visit = after(visit, way)
      expect(visit.narrowing, way.do).toEqual([{ part: 'kind', is: 'club' }])
    }
  })

  it('begins the list behind the choices at its first page again', () => {
    const visit = after(
      newVisit('en'),
      { do: 'look_at', change: { group: 'nearby', offset: 100 } },
      panel,
      club,
      { do: 'back' },
    )
    expect(visit.screen).toMatchObject({ name: 'today', group: 'nearby', offset: 0 })
  })

  it('ends by one touch', () => {
    const visit = after(
      newVisit('en'),
      club,
      { do: 'choose', choice: { part: 'online' } },
      { do: 'show_all' },
    )
    expect(visit.narrowing).toEqual([])
    expect(isUntouched(visit, 'en')).toBe(true)
  })
})

describe('the search', () => {
  const search = (...actions: VisitAction[]) => {
    const { screen } = after(newVisit('en'), { do: 'show', screen: newSearch }, ...actions)
    if (screen.name !== 'search') throw new Error(`at ${screen.name}`)
    return screen
  }

  it('begins at the first results again for other words or another order, not for more of them', () => {
    const more: VisitAction = { do: 'search_for', change: { limit: 3 * searchStep } }
    expect(search(more).limit).toBe(3 * searchStep)
    expect(search(more, { do: 'search_for', change: { text: 'a' } }).limit).toBe(searchStep)
    expect(search(more, { do: 'search_for', change: { order: 'nearest' } }).limit).toBe(searchStep)
    expect(search({ do: 'search_for', change: { limit: 9_999 } }).limit).toBe(searchMost)
  })

  it('keeps what main takes of an endless text, and no half letter', () => {
    const { text } = search({ do: 'search_for', change: { text: 'e\u0301\u0302'.repeat(60) } })
    expect(text.length).toBeLessThanOrEqual(searchLength)
    expect(text).toBe('e\u0301\u0302'.repeat(26))
  })

  it('has its words again when one comes back from a meeting', () => {
    const visit = after(
      newVisit('en'),
      { do: 'show', screen: newSearch },
      { do: 'search_for', change: { text: 'morning' } },
      { do: 'show', screen: { name: 'help' } },
      { do: 'back' },
    )
    expect(visit.screen).toMatchObject({ name: 'search', text: 'morning' })
  })
})
