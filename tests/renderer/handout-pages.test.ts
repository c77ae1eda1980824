import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeHandout } from '../../electron/domain/handout.ts'
import { countPrinted } from '../../electron/domain/handout-limit.ts'
import { blocksToMeasure, heightKey, unitsOf, type Block } from '../../renderer/handout/blocks.ts'
import { packPages, planPages, type Heights } from '../../renderer/handout/pack-pages.ts'
import { addressPieces, shortPlace } from '../../renderer/handout/words.ts'
import { plausibleWeek, weekStartMs, zone } from '../support/handout-rows.ts'

const week = (count: number, pageLimit = 6) =>
  composeHandout({
    choice: { locale: 'en', paper: 'letter', size: 'standard', peerGroups: true, clubs: true, online: true },
    rows: plausibleWeek(count),
    nowMs: weekStartMs,
    zone,
    distanceUnit: 'mi',
    helpLines: [],
    listsAsOfMs: null,
    sources: [],
    pageLimit,
  })

/** Every block one of a few heights, chosen by its key: the same each time. */
function heightsOf(document: ReturnType<typeof week>, least: number): Heights {
  const heights = new Map<string, number>()
  for (const block of blocksToMeasure(document, 500)) {
    const key = heightKey(block)
    heights.set(key, least + ([...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 40))
  }
  return heights
}

const isHeading = (block: Block | undefined) => block?.kind === 'day' || block?.kind === 'section'

describe('pages', () => {
  test('hold every listing once and in order, none too high, no heading alone at the end', () => {
    const document = week(80)
    const heights = heightsOf(document, 20)
    const units = unitsOf(document, 80)
    fc.assert(
      fc.property(fc.integer({ min: 250, max: 900 }), (bodyHeight) => {
        const pages = packPages(units, heights, bodyHeight)
        const listed = (blocks: readonly Block[]) => blocks.filter((block) => !isHeading(block))
        expect(listed(pages.flat())).toEqual(listed(units.flat()))
        for (const page of pages) {
          const height = page.reduce((sum, block) => sum + heights.get(heightKey(block))!, 0)
          expect(height).toBeLessThanOrEqual(bodyHeight)
          expect(isHeading(page.at(-1))).toBe(false)
        }
      }),
    )
  })

  test('a page that goes on with a day begins with its name, its section and "continued"', () => {
    const document = week(80)
    const pages = packPages(unitsOf(document, 80), heightsOf(document, 20), 400)
    for (const page of pages.slice(1)) {
      const [first, second] = page
      if (first?.kind === 'day') expect(first.labelled).toBe(true)
      else expect(['section', 'about']).toContain(first?.kind)
      if (first?.kind === 'day' && first.continued && second?.kind === 'entry') {
        expect(second.entry.date).toBe(first.date)
      }
    }
    expect(pages.some(([first]) => first?.kind === 'day' && first.continued)).toBe(true)
  })

  test('every block that comes up has been measured', () => {
    const document = week(500)
    const heights = heightsOf(document, 20)
    for (const bodyHeight of [300, 500, 800]) {
      for (const block of planPages(document, heights, bodyHeight).pages.flat()) {
        expect(heights.has(heightKey(block)), heightKey(block)).toBe(true)
      }
    }
  })

  test.each([3, 4, 6, 10])('a limit of %i pages is kept, and what did not fit is counted', (pageLimit) => {
    const document = week(500, pageLimit)
    const { pages, shown } = planPages(document, heightsOf(document, 20), 800)
    expect(pages.length).toBeLessThanOrEqual(pageLimit)
    expect(shown.pages).toBe(pages.length)
    expect(shown.meetings + shown.clubs + shown.leftOut).toBe(500)
    expect(shown.clubs).toBeGreaterThanOrEqual(7)
    expect(shown.leftOut).toBeGreaterThan(0)
  })

  test('a short week is printed whole', () => {
    const document = week(20)
    const { shown } = planPages(document, heightsOf(document, 20), 800)
    expect(shown).toMatchObject({ ...countPrinted(document), leftOut: 0 })
  })

  test('a sheet of huge names is rather too long than without a day', () => {
    const document = week(500, 1)
    const { pages, shown } = planPages(document, heightsOf(document, 300), 800)
    expect(pages.length).toBeGreaterThan(1)
    expect(shown.meetings).toBeGreaterThanOrEqual(7)
  })
})

test('an address is read without its scheme and broken after its signs', () => {
  expect(addressPieces('https://www.example.org/j/12?pwd=a-b')).toEqual([
    'example.',
    'org/',
    'j/',
    '12?',
    'pwd=',
    'a-',
    'b',
  ])
  expect(addressPieces('https://example.org/').join('')).toBe('example.org')
})

test.each([
  ['Hall, 525 W Alma Ave, San Jose, CA 95125, USA', 'Hall, 525 W Alma Ave, San Jose'],
  ['Church, 8318 104 Street NW, Edmonton, AB T6E 4E8, Canada', 'Church, 8318 104 Street NW, Edmonton'],
  [
    'Room 4, 2250 West Washington Boulevard, Springfield',
    'Room 4, 2250 West Washington Boulevard, Springfield',
  ],
  ['Am Kanal 5, 14467 Potsdam', 'Am Kanal 5, 14467 Potsdam'],
])('a place is printed without state and postal code: %s', (place, short) => {
  expect(shortPlace(place)).toBe(short)
})
