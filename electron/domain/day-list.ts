import { Temporal } from 'temporal-polyfill'
import type { EpochMs, LocalDate, OccurrenceStatus } from '../contract/models.ts'
import type { WhereaboutsOrder } from './whereabouts.ts'

/** The day that is looked at, and where "now" is. `today` is the center's own date. */
export type DayView = {
  readonly date: LocalDate
  readonly today: LocalDate
  readonly nowMs: EpochMs
}

/** What of an occurrence decides whether and where it stands on the list of a day. */
export type Listed = {
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
  readonly whereabouts: WhereaboutsOrder
  readonly distanceOrder: number
  readonly nameOrder: string
  readonly status: OccurrenceStatus
}

/** Stored in place of a distance nobody knows; sorts last. */
export const unknownDistance = 2_147_483_647

export function dayBefore(date: LocalDate): LocalDate {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
}

/**
 * Design ruling "The list of a day": occurrences of that date; on today's list also yesterday's that still run,
 * and none that has ended. Cancelled ones stay. What is neither here nor nearby nor online is on no list.
 * `OccurrenceStore.listDay` asks the same of the index; a test holds the two together.
 */
export function isOnList(occurrence: Listed, view: DayView): boolean {
  if (occurrence.whereabouts === 3) return false
  if (view.date !== view.today) return occurrence.localDate === view.date
  const ofDay = occurrence.localDate === view.date || occurrence.localDate === dayBefore(view.date)
  return ofDay && occurrence.endsAtMs > view.nowMs
}

/**
 * Here, nearby, online; inside each by start, distance, name. An all-day occurrence starts at the day's first
 * midnight, so it stands at the head of its day.
 */
export function compareOnList(a: Listed, b: Listed): number {
  return (
    a.whereabouts - b.whereabouts ||
    a.startsAtMs - b.startsAtMs ||
    a.distanceOrder - b.distanceOrder ||
    compareBytes(a.nameOrder, b.nameOrder)
  )
}

/** A visitor can sign in to what is held here, is on today's list and is not cancelled. */
export function canSignInTo(occurrence: Listed, now: Omit<DayView, 'date'>): boolean {
  return (
    occurrence.whereabouts === 0 &&
    occurrence.status !== 'cancelled' &&
    isOnList(occurrence, { ...now, date: now.today })
  )
}

/** The order of SQLite's BINARY collation: by code point, which is not JavaScript's order beyond U+FFFF. */
export function compareBytes(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
