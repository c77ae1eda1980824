import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareRanked,
  fits,
  type Fit,
  type Ranked,
  type SearchOrder,
} from '../../../electron/domain/ranking.ts'

const hour = 3_600_000
const now = 100 * hour
const soon = now + hour

function one(number: number, more: Partial<Ranked> = {}): Ranked {
  return {
    isFar: false,
    fit: fits.otherwise,
    localDate: '2026-11-24',
    startsAtMs: now + 4 * hour,
    whereabouts: 1,
    distanceOrder: 1000,
    nameOrder: 'name',
    number,
    ...more,
  }
}

const sorted = (order: SearchOrder, rows: readonly Ranked[]) =>
  rows.toSorted(compareRanked(order, soon)).map((row) => row.number)

describe('the order of what a search found', () => {
  it('puts a fellowship by its name first, then the whole name, its beginning, its words, the place, and what else fits', () => {
    const rows = [5, 4, 3, 2, 1, 0].map((fit) => one(fit, { fit: fit as Fit }))
    expect(sorted('soonest', rows)).toEqual([0, 1, 2, 3, 4, 5])
    expect(sorted('nearest', rows)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('keeps what is far for the end, however well it fits', () => {
    const far = one(1, { isFar: true, fit: fits.wholeName, whereabouts: 3, startsAtMs: now })
    expect(sorted('soonest', [far, one(2)])).toEqual([2, 1])
    expect(sorted('nearest', [far, one(2, { distanceOrder: 9_000_000 })])).toEqual([2, 1])
  })

  it('begins with what runs or is next, then goes day by day: here, nearby, online, by start', () => {
    const rows = [
      one(1, { localDate: '2026-11-25', whereabouts: 0, startsAtMs: now + 24 * hour }),
      one(2, { whereabouts: 2, startsAtMs: now - hour }),
      one(3, { whereabouts: 1, startsAtMs: now + 3 * hour }),
      one(4, { whereabouts: 0, startsAtMs: now + 5 * hour }),
      one(5, { whereabouts: 2, startsAtMs: now + 2 * hour }),
      one(6, { whereabouts: 1, startsAtMs: now + 2 * hour, distanceOrder: 5 }),
    ]
    expect(sorted('soonest', rows)).toEqual([2, 4, 6, 3, 5, 1])
    expect(sorted('nearest', rows)[0]).toBe(6)
  })

  const ranked = fc.record({
    isFar: fc.boolean(),
    fit: fc.constantFrom<Fit>(0, 1, 2, 3, 4, 5),
    localDate: fc.constantFrom('2026-11-24', '2026-11-25'),
    startsAtMs: fc.constantFrom(now, soon, now + 5 * hour),
    whereabouts: fc.constantFrom<Ranked['whereabouts']>(0, 1, 2, 3),
    distanceOrder: fc.constantFrom(1, 2, 2_147_483_647),
    nameOrder: fc.constantFrom('a', 'b', '😀', '\uffff'),
    number: fc.nat(5),
  })
  const order = fc.constantFrom<SearchOrder>('soonest', 'nearest')

  it('is a total order, the same in whatever order things were found', () => {
    fc.assert(
      fc.property(order, ranked, ranked, ranked, (how, a, b, c) => {
        const compare = compareRanked(how, soon)
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
    )
    fc.assert(
      fc.property(order, fc.uniqueArray(ranked, { selector: (row) => row.number }), (how, rows) => {
        expect(sorted(how, rows.toReversed())).toEqual(sorted(how, rows))
      }),
    )
  })

  it('never moves a meeting down for fitting better', () => {
    fc.assert(
      fc.property(order, ranked, ranked, (how, a, b) => {
        const compare = compareRanked(how, soon)
        const better = { ...a, fit: Math.max(0, a.fit - 1) as Fit }
        if (compare(a, b) < 0) expect(compare(better, b)).toBeLessThan(0)
      }),
    )
  })
})
