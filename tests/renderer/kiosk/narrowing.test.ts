import { describe, expect, it } from 'vitest'
import { kioskCalls } from '../../../electron/contract/kiosk-calls.ts'
import {
  filterOf,
  hasChoice,
  toggleChoice,
  type Choice,
  type Narrowing,
} from '../../../renderer/kiosk/narrowing.ts'

const chosen = (...choices: Choice[]): Narrowing => choices.reduce(toggleChoice, [] as Narrowing)
const every: readonly Choice[] = [
  { part: 'audience', is: 'family' },
  { part: 'kind', is: 'peer' },
  { part: 'kind', is: 'club' },
  { part: 'partOfDay', is: 'evening' },
  { part: 'online' },
  { part: 'wheelchair' },
  { part: 'language', is: 'es' },
  { part: 'fellowship', is: 'al-anon', name: 'Al-Anon' },
]

describe('what a list is narrowed to', () => {
  it('asks for nothing while nothing is chosen', () => {
    expect(filterOf([])).toBeUndefined()
  })

  it('becomes the filter that main takes, each choice in its part', () => {
    const filter = filterOf(chosen(...every))
    expect(filter).toEqual({
      audience: 'family',
      kinds: ['peer', 'club'],
      partOfDay: 'evening',
      online: true,
      wheelchair: true,
      languages: ['es'],
      fellowships: ['al-anon'],
    })
    const call = { date: '2026-11-25', filter }
    expect(kioskCalls['meetings.listFacets'].input.safeParse(call).success).toBe(true)
  })

  it('is taken away by the same touch', () => {
    for (const choice of every) expect(toggleChoice(chosen(choice), choice)).toEqual([])
  })

  it('keeps one audience and one part of the day, but any number of kinds', () => {
    const narrowing = chosen(
      { part: 'audience', is: 'self' },
      { part: 'audience', is: 'family' },
      { part: 'partOfDay', is: 'morning' },
      { part: 'partOfDay', is: 'evening' },
      { part: 'kind', is: 'therapy' },
      { part: 'kind', is: 'club' },
    )
    expect(filterOf(narrowing)).toEqual({
      audience: 'family',
      partOfDay: 'evening',
      kinds: ['therapy', 'club'],
    })
  })

  it('knows a fellowship by its id, whatever a list calls it', () => {
    const narrowing = chosen({ part: 'fellowship', is: 'aa', name: 'Alcoholics Anonymous' })
    expect(hasChoice(narrowing, { part: 'fellowship', is: 'aa', name: 'AA' })).toBe(true)
    expect(hasChoice(narrowing, { part: 'fellowship', is: 'na', name: 'Alcoholics Anonymous' })).toBe(false)
  })
})
