import type { LocalDate, MeetingType, Openness, WeekOfMonth } from '../contract/models.ts'
import { isInWeeks } from './weeks-of-month.ts'

/**
 * Who may come on one date. A meeting that is open in the first week of a month only is closed on all others
 * (feeds.md 4.6). `date` is a local date of the meeting's own zone: that of the slot, or
 * `namedDate` where a meeting at 24:00 must count by the day it names.
 */
export function opennessOn(
  openness: Openness,
  openWeeks: readonly WeekOfMonth[] | null,
  date: LocalDate,
): Openness {
  if (openness !== 'open_this_week' || openWeeks === null) return openness
  return isInWeeks(openWeeks, date) ? 'open_this_week' : 'closed'
}

/** The types that a meeting has on a date: a speaker in week 3 is named in week 3. */
export function typesOn(types: readonly MeetingType[], date: LocalDate): readonly MeetingType[] {
  return types.filter((type) => type.weeks === undefined || isInWeeks(type.weeks, date))
}
