import { setOccurrences } from './occurrences-set.ts'
import {
  type Dated,
  defaultDurationMinutes,
  endOfDayMinute,
  type Rule,
  type WeeklyRule,
  type Window,
} from './schedule.ts'
import { isInWeeks } from './weeks-of-month.ts'
import { dateText, dayMs, dayNumber, instantOf, localDateOf, startOfDay, wallOf, wallText } from './zones.ts'

/** No more dates of one meeting than this in one window (feeds.md 5.4). */
export const maxOccurrences = 400

/** A window as numbers: its first local day, and the instants at which it starts and is over. */
export type Span = {
  readonly zone: string
  readonly firstDay: number
  readonly days: number
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The dates of one meeting in a window, soonest first. An occurrence belongs to the window when its start
 * lies in it; an all-day one, and a weekly one at the midnight that ends a day, when its date does. `capped` says
 * that there were more than could be kept.
 */
export function occurrencesOf(
  rules: readonly Rule[],
  window: Window,
): { readonly dated: readonly Dated[]; readonly capped: boolean } {
  const span = spanOf(window)
  const bySlot = new Map<string, Dated>()
  let capped = false
  const keep = (dated: Dated): void => {
    // Two rules of one meeting may name the same start (Saturday 24:00, Sunday 00:00): it is one occurrence.
    if (!bySlot.has(dated.slot)) bySlot.set(dated.slot, dated)
  }
  for (const rule of rules) {
    if (rule.form === 'weekly') {
      weeklyOccurrences(rule, span, keep)
    } else {
      const found = setOccurrences(rule, span, maxOccurrences)
      capped ||= found.capped
      for (const dated of found.dated) keep(dated)
    }
  }
  const dated = [...bySlot.values()].toSorted(
    (a, b) => a.startsAtMs - b.startsAtMs || compareText(a.slot, b.slot),
  )
  if (dated.length > maxOccurrences) return { dated: dated.slice(0, maxOccurrences), capped: true }
  return { dated, capped }
}

/**
 * False when `occurrencesOf` cannot be capped in the days that a machine keeps, told without expanding: a
 * meeting that falls on a day once at most.
 */
export function mayBeCapped(rules: readonly Rule[]): boolean {
  return rules.some(
    (rule) =>
      rule.form === 'set' &&
      (rule.rdates.length + rule.changes.length > maxOccurrences / 2 ||
        /FREQ=(?:HOUR|MINUTE|SECOND)LY|BY(?:HOUR|MINUTE|SECOND)=/.test(rule.rrule ?? '')),
  )
}

function spanOf(window: Window): Span {
  const firstDay = dayNumber(window.from)
  const days = Math.max(0, Math.floor(window.days))
  return {
    zone: window.zone,
    firstDay,
    days,
    fromMs: startOfDay(window.zone, firstDay),
    toMs: startOfDay(window.zone, firstDay + days),
  }
}

/** Clock time stays and instants move: a meeting at 19:00 is at 19:00 in summer and in winter. */
function weeklyOccurrences(rule: WeeklyRule, span: Span, keep: (dated: Dated) => void): void {
  const lengthMs = (rule.durationMinutes ?? defaultDurationMinutes) * 60_000
  // Days of the rule's own zone that can touch the window; 24:00 starts on the day after the one it names.
  const first = Math.floor(wallOf(rule.zone, span.fromMs) / dayMs) - 2
  const last = Math.floor(wallOf(rule.zone, span.toMs) / dayMs) + 1
  for (let day = first + daysUntilWeekday(first, rule.weekday); day <= last; day += 7) {
    const wall = day * dayMs + rule.startMinute * 60_000
    const startsAtMs = instantOf(rule.zone, wall)
    // "Friday 24:00" is looked for on Friday (feeds.md 1.5), at the end of its list: the moment before it tells the date.
    const onListMs = rule.startMinute === endOfDayMinute ? startsAtMs - 1 : startsAtMs
    if (onListMs < span.fromMs || onListMs >= span.toMs) continue
    // By the day that the rule names, in its own zone: the first Friday is the meeting's Friday, not ours.
    if (rule.weeks !== undefined && !isInWeeks(rule.weeks, dateText(day))) continue
    keep({
      slot: wallText(wall),
      localDate: localDateOf(span.zone, onListMs),
      startsAtMs,
      endsAtMs: startsAtMs + lengthMs,
      allDay: false,
      status: 'scheduled',
      name: null,
      place: null,
    })
  }
}

/** 1970-01-01 was a Thursday, weekday 4. */
function daysUntilWeekday(day: number, weekday: number): number {
  return (((weekday - 4 - day) % 7) + 7) % 7
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
