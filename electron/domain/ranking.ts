import type { EpochMs, LocalDate } from '../contract/models.ts'
import { compareBytes } from './day-list.ts'
import type { WhereaboutsOrder } from './whereabouts.ts'

/**
 * In which order a search shows what it found. Each meeting stands once, with its first coming date.
 *
 * 1. What is within reach (here, nearby, online) before what is far, whatever else.
 * 2. How well the typed words fit: a fellowship by its whole name or a whole word for it ("na" is Narcotics
 *    Anonymous before a group in Narberth), the other words in any way; the whole name; the beginning of the name; words of the name; words of name and
 *    place; anything else, such as what a word means ("narcotics" for a meeting of that fellowship).
 *    Without words all fit alike. A slip is mended only when nothing fits as typed, so there is no mixture.
 * 3. `soonest`: what is running or begins within the hour; then day by day, here before nearby before online, by
 *    start. `nearest`: by distance, then by start.
 * 4. Distance, name, and at last the number, so that no two are equal and each machine has the same order.
 *
 * When one kind of fit has more than 1,500 meetings (a single letter, the largest fellowship), only the days that
 * it takes to fill the list are looked at: `nearest` is then the nearest of these.
 *
 * A word that 3,000 meetings or more have, and with which more than sixteen other words begin, is looked for as it is:
 * who types "group" is shown groups, and has to type on for "groupies".
 */
export type Ranked = {
  readonly isFar: boolean
  readonly fit: Fit
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
  readonly whereabouts: WhereaboutsOrder
  readonly distanceOrder: number
  readonly nameOrder: string
  readonly number: number
}

export const fits = {
  fellowship: 0,
  wholeName: 1,
  nameBegins: 2,
  inName: 3,
  inPlace: 4,
  otherwise: 5,
} as const
export type Fit = (typeof fits)[keyof typeof fits]

export type SearchOrder = 'soonest' | 'nearest'

/** A meeting that begins within this time counts as next. */
export const nextWithinMs = 60 * 60_000

/** `soonBeforeMs`: what starts before it is running or next; null when the first day is not today. */
export function compareRanked(
  order: SearchOrder,
  soonBeforeMs: EpochMs | null,
): (a: Ranked, b: Ranked) => number {
  const dayOf = ({ startsAtMs, localDate }: Ranked) =>
    soonBeforeMs !== null && startsAtMs < soonBeforeMs ? '' : localDate
  const inOrder =
    order === 'nearest'
      ? (a: Ranked, b: Ranked) => a.distanceOrder - b.distanceOrder || a.startsAtMs - b.startsAtMs
      : (a: Ranked, b: Ranked) =>
          compareBytes(dayOf(a), dayOf(b)) ||
          a.whereabouts - b.whereabouts ||
          a.startsAtMs - b.startsAtMs ||
          a.distanceOrder - b.distanceOrder
  return (a, b) =>
    Number(a.isFar) - Number(b.isFar) ||
    a.fit - b.fit ||
    inOrder(a, b) ||
    compareBytes(a.nameOrder, b.nameOrder) ||
    a.number - b.number
}
