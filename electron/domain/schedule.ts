import type { LocalDate, OccurrenceStatus, WeekOfMonth } from '../contract/models.ts'

/** Weekly at a wall-clock time of `zone`: 0 = Sunday .. 6 = Saturday, as Meeting Guide numbers them. */
export type WeeklyRule = {
  readonly form: 'weekly'
  readonly weekday: number
  /** Minutes after midnight, 0..1439; `endOfDayMinute` is the midnight that ends the day. */
  readonly startMinute: number
  /** Null when the feed gives no end; `occurrencesOf` then uses the default length. */
  readonly durationMinutes: number | null
  readonly zone: string
  /** Only in these weeks of the month; absent: every week. */
  readonly weeks?: readonly WeekOfMonth[]
}

/** One date of a set that differs from the rule (RECURRENCE-ID), or stands alone. */
export type RuleChange = {
  /** Wall-clock start that it replaces, in the zone of the set; a date for an all-day set. */
  readonly replaces: string
  /** New wall-clock start in `zone`; the replaced one when the date is cancelled without a new one. */
  readonly start: string
  readonly zone: string
  readonly durationMinutes: number | null
  readonly status: OccurrenceStatus
  readonly name: string | null
  readonly place: string | null
}

/** An iCalendar event: single, or repeated by rule, with exceptions. All texts are wall-clock in `zone`. */
export type SetRule = {
  readonly form: 'set'
  readonly allDay: boolean
  /** `YYYY-MM-DDTHH:MM:SS`, or `YYYY-MM-DD` when all-day. */
  readonly start: string
  readonly zone: string
  /** Length in minutes; for all-day the whole days × 1440. Zero is an instant (no DTEND, no DURATION). */
  readonly durationMinutes: number
  /** RFC 5545 RRULE value without the prefix, or null. */
  readonly rrule: string | null
  readonly rdates: readonly string[]
  readonly exdates: readonly string[]
  readonly changes: readonly RuleChange[]
  readonly status: OccurrenceStatus
}

export type Rule = WeeklyRule | SetRule

/** 24:00: it belongs to the day that it ends, though a clock shows the next one. */
export const endOfDayMinute = 1440

/** Default length of a meeting whose feed gives no end (feeds.md 1.1); never stored as the feed's own. */
export const defaultDurationMinutes = 60

/** The dates a machine keeps: from yesterday to 35 days ahead. */
export const daysBehind = 1
export const daysAhead = 35

export type Window = { readonly zone: string; readonly from: LocalDate; readonly days: number }

/** One dated occurrence in the asked zone. */
export type Dated = {
  /** Wall-clock start by the rule, before any move: with the meeting's id it names the occurrence. */
  readonly slot: string
  /** On whose list it stands: the date of its start, but Friday for "Friday 24:00". */
  readonly localDate: LocalDate
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly allDay: boolean
  readonly status: OccurrenceStatus
  readonly name: string | null
  readonly place: string | null
}
