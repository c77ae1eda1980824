import type { LocalDate, WeekOfMonth } from '../contract/models.ts'
import { endOfDayMinute, type Rule } from './schedule.ts'
import { dateText, dayNumber } from './zones.ts'

/**
 * Weeks of a month as groups speak of them (feeds.md 1.4): the third Friday is the third Friday that the month
 * has, whatever weekday the month began with. Some months have a fifth; each has a last.
 */

/** In which week of its month a date is: day 1-7 is the first, 29-31 the fifth. */
export function weekOfMonth(date: LocalDate): 1 | 2 | 3 | 4 | 5 {
  return weekOfDay(Number(date.slice(8, 10)))
}

/** True when its month has no further date of the same weekday. */
export function isLastOfMonth(date: LocalDate): boolean {
  return dateText(dayNumber(date) + 7).slice(0, 7) !== date.slice(0, 7)
}

/** True in one of the weeks; a fifth that is also the last is both. No weeks at all: never. */
export function isInWeeks(weeks: readonly WeekOfMonth[], date: LocalDate): boolean {
  return weeks.includes(weekOfMonth(date)) || (weeks.includes('last') && isLastOfMonth(date))
}

/**
 * The same rules, the weekly ones only in the weeks that staff chose; null leaves them as the list gives them.
 * What staff say replaces the list's own weeks: they know their meeting. Calendars bring their exact rule.
 */
export function withWeeks(rules: readonly Rule[], weeks: readonly WeekOfMonth[] | null): readonly Rule[] {
  if (weeks === null) return rules
  return rules.map((rule) => (rule.form === 'weekly' ? { ...rule, weeks } : rule))
}

/**
 * The date that the rule of a slot names: the slot's own, but Friday for a Friday 24:00, which starts on Saturday.
 * `slot` is `Dated.slot`, in the zone of the meeting.
 */
export function namedDate(slot: string, rules: readonly Rule[]): LocalDate {
  const date = slot.slice(0, 10)
  if (slot.slice(11, 16) !== '00:00') return date
  const before = dateText(dayNumber(date) - 1)
  const weekday = weekdayOf(before)
  const isEndOfDay = rules.some(
    (rule) => rule.form === 'weekly' && rule.startMinute === endOfDayMinute && rule.weekday === weekday,
  )
  return isEndOfDay ? before : date
}

/** 0 = Sunday; 1970-01-01 was a Thursday, weekday 4. */
function weekdayOf(date: LocalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7
}

function weekOfDay(dayOfMonth: number): 1 | 2 | 3 | 4 | 5 {
  if (dayOfMonth <= 7) return 1
  if (dayOfMonth <= 14) return 2
  if (dayOfMonth <= 21) return 3
  return dayOfMonth <= 28 ? 4 : 5
}
