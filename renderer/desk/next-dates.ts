import { occurrencesOf } from '../../electron/domain/occurrences.ts'
import { rulesOfOwnDates, type OwnDate } from '../../electron/domain/own-dates.ts'
import type { EpochMs } from '../../electron/contract/models.ts'
import { localDateAt } from '../ui/format.ts'

export type NextDate = {
  readonly localDate: string
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
}

/** Long enough for the fifth Friday that some months skip, and for a date planned a year ahead. */
const daysLookedAt = 400

/** The next dates that have not ended, soonest first: those that the kiosk will show. */
export function nextDates(
  dates: readonly OwnDate[],
  zone: string,
  nowMs: EpochMs,
  count = 3,
): readonly NextDate[] {
  const from = localDateAt(nowMs, zone)
  const { dated } = occurrencesOf(rulesOfOwnDates(dates, zone), { zone, from, days: daysLookedAt })
  return dated.filter(({ endsAtMs }) => endsAtMs > nowMs).slice(0, count)
}
