import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { dayMs, instantOf, wallMs } from './zones.ts'

/**
 * The dates of one RFC 5545 RRULE inside a span of time. Repetition is by wall clock in the zone of the
 * start; a time that a spring night skips is left out, as the standard says.
 */

/** The parts of an RRULE with upper-case names; null when it is not one that can be expanded. */
export function parseRecurrence(rrule: string): ReadonlyMap<string, string> | null {
  const parts = new Map<string, string>()
  for (const piece of rrule.toUpperCase().split(';')) {
    const at = piece.indexOf('=')
    if (at < 1) continue
    const name = piece.slice(0, at).trim()
    const value = piece.slice(at + 1).replaceAll(/\s/g, '')
    const form = forms[name]
    if (form === undefined || value === '') continue
    if (!form.test(value)) return null
    parts.set(name, value)
  }
  return parts.has('FREQ') ? parts : null
}

const twoDigits = /^\d{1,2}(,\d{1,2})*$/
const signed = /^[+-]?0*[1-9]\d{0,2}(,[+-]?0*[1-9]\d{0,2})*$/
const hours = /^([01]?\d|2[0-3])(,([01]?\d|2[0-3]))*$/
const months = /^(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*$/
const monthDays = /^[+-]?(0?[1-9]|[12]\d|3[01])(,[+-]?(0?[1-9]|[12]\d|3[01]))*$/
/** What each part may hold. Parts that are not here (X-..., DTSTART written inside) are ignored. */
const forms: Readonly<Record<string, RegExp>> = {
  FREQ: /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^0*[1-9]\d{0,5}$/,
  COUNT: /^0*[1-9]\d{0,8}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYSECOND: twoDigits,
  BYMINUTE: twoDigits,
  BYHOUR: hours,
  BYDAY: /^([+-]?0?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?0?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: monthDays,
  BYYEARDAY: signed,
  BYWEEKNO: signed,
  BYMONTH: months,
  BYSETPOS: signed,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
}

export type Recurrence = {
  readonly rrule: string
  /** Wall-clock start, or a date for an all-day set. */
  readonly start: string
  readonly zone: string
  readonly allDay: boolean
}

export type Slots = { readonly instants: readonly number[]; readonly capped: boolean }

const secondsOf: Readonly<Record<string, number>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 }

/**
 * Instants from `fromMs` until before `toMs` at which the rule falls, soonest first, at most `limit`.
 * An all-day rule is expanded in UTC: its instants are the midnights of its dates there.
 */
export function slotsBetween(recurrence: Recurrence, fromMs: number, toMs: number, limit: number): Slots {
  const parts = parseRecurrence(recurrence.rrule)
  if (parts === null) return { instants: [], capped: false }
  const zone = recurrence.allDay ? 'UTC' : recurrence.zone
  const firstMs = instantOf(zone, wallMs(recurrence.start))
  const untilMs = untilOf(parts.get('UNTIL'), recurrence)
  const lastMs = Math.min(toMs - 1, untilMs ?? Infinity)
  if (lastMs < firstMs || lastMs < fromMs) return { instants: [], capped: false }

  const seconds = secondsOf[parts.get('FREQ') ?? '']
  const near = nearStart(parts, firstMs, fromMs, seconds)
  // Nobody meets so often: expanding every second of a day would stop the import for minutes.
  if (timesADay(parts) > maxTimesADay) return { instants: [], capped: true }
  // Counted through a filter, such a rule can only be walked from its beginning.
  const filtered = near.parts.has('COUNT') && [...parts.keys()].some((name) => name.startsWith('BY'))
  if (seconds !== undefined && filtered && (lastMs - firstMs) / (seconds * 1000) > 20_000) {
    return { instants: [], capped: true }
  }
  const most = mostUntil(near.parts, near.startMs, lastMs)
  const counted = Number(near.parts.get('COUNT') ?? Infinity) < most
  // A count that cannot be used up before the end says nothing, and costs the engine minutes all the same.
  const used = counted ? near.parts : new Map([...near.parts].filter(([name]) => name !== 'COUNT'))
  const isWalked = seconds !== undefined || (counted && most <= mostWalked)
  if (counted && !isWalked && most > mostCounted) return { instants: [], capped: true }
  const rule = new RRuleTemporal({
    rruleString: withoutUntil(used),
    dtstart: zoned(near.startMs, zone),
    until: zoned(lastMs, zone),
    maxIterations: 50_000,
    cache: false,
  })
  const instants: number[] = []
  try {
    if (!isWalked) {
      for (const at of rule.between(zoned(fromMs, zone), zoned(lastMs, zone), true)) {
        instants.push(at.epochMilliseconds)
        if (instants.length > limit) break
      }
    } else {
      rule.all((at) => {
        if (at.epochMilliseconds > lastMs) return false
        if (at.epochMilliseconds >= fromMs) instants.push(at.epochMilliseconds)
        return instants.length <= limit
      })
    }
  } catch (error) {
    // The engine gives up on a rule that would count for minutes, and on one that leaves the calendar
    // (every 999,999 years): nobody meets so.
    const isGivenUp =
      error instanceof RangeError || (error instanceof Error && error.message.startsWith('Maximum'))
    if (!isGivenUp) throw error
    return { instants: instants.slice(0, limit), capped: true }
  }
  return { instants: instants.slice(0, limit), capped: instants.length > limit }
}

/**
 * A rule of equal steps (hours, minutes, seconds) starts again at its last step before the span, so that
 * nothing is counted from the beginning. The engine itself does so for days, weeks, months and years.
 */
function nearStart(
  parts: ReadonlyMap<string, string>,
  firstMs: number,
  fromMs: number,
  seconds: number | undefined,
): { readonly startMs: number; readonly parts: ReadonlyMap<string, string> } {
  const counted = parts.has('COUNT')
  const filtered = [...parts.keys()].some((name) => name.startsWith('BY'))
  if (seconds === undefined || fromMs <= firstMs || (counted && filtered)) return { startMs: firstMs, parts }
  const stepMs = seconds * 1000 * Number(parts.get('INTERVAL') ?? 1)
  let steps = Math.max(0, Math.floor((fromMs - firstMs) / stepMs) - 1)
  if (!counted) return { startMs: firstMs + steps * stepMs, parts }
  const count = Number(parts.get('COUNT'))
  steps = Math.min(steps, count - 1)
  return {
    startMs: firstMs + steps * stepMs,
    parts: new Map([...parts, ['COUNT', String(count - steps)]]),
  }
}

const daysOf: Readonly<Record<string, number>> = { DAILY: 1, WEEKLY: 7, MONTHLY: 28, YEARLY: 365 }
const mostDaysOf: Readonly<Record<string, number>> = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }

/** A counted rule that falls at most so often before the end is walked from its beginning. */
const mostWalked = 1_000
/** A counted rule that may fall more often is given up: every day for 130 years. */
const mostCounted = 50_000

/** No less than how often a rule of days, weeks, months or years can fall until `lastMs`; the count aside. */
function mostUntil(parts: ReadonlyMap<string, string>, firstMs: number, lastMs: number): number {
  const freq = parts.get('FREQ') ?? ''
  const days = daysOf[freq]
  if (days === undefined) return Infinity
  const filtered = [...parts.keys()].some((name) => name.startsWith('BY'))
  const periods = Math.floor((lastMs - firstMs) / (days * Number(parts.get('INTERVAL') ?? 1) * dayMs)) + 2
  return periods * (filtered ? (mostDaysOf[freq] ?? 1) : 1) * timesADay(parts)
}

function zoned(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone)
}

const maxTimesADay = 96

function timesADay(parts: ReadonlyMap<string, string>): number {
  const lists = ['BYHOUR', 'BYMINUTE', 'BYSECOND'].map((name) => parts.get(name)?.split(',').length ?? 1)
  return lists.reduce((product, length) => product * length, 1)
}

function withoutUntil(parts: ReadonlyMap<string, string>): string {
  const kept = [...parts].filter(([name]) => name !== 'UNTIL')
  return `RRULE:${kept.map(([name, value]) => `${name}=${value}`).join(';')}`
}

/** UNTIL is inclusive: an instant in UTC, a wall clock of the set's zone, or a whole day of that zone. */
function untilOf(until: string | undefined, recurrence: Recurrence): number | null {
  if (until === undefined) return null
  const date = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`
  if (recurrence.allDay) return wallMs(date)
  if (until.length === 8) return instantOf(recurrence.zone, wallMs(date) + dayMs) - 1
  const wall = wallMs(`${date}T${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}`)
  return until.endsWith('Z') ? wall : instantOf(recurrence.zone, wall)
}
