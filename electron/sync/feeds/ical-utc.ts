import { parseRecurrence } from '../../domain/recurrence.ts'
import { dayMs, instantOf, offsetMs, wallMs, wallText } from '../../domain/zones.ts'
import type { Moment, UtcAs } from './ical-times.ts'

/**
 * A series whose owner wrote UTC but means the clock on the wall (feeds.md 5.4, staff say so). Every time of it
 * is read as far from UTC as the local clock was on the first date: start, end, exclusions, changed dates and
 * the end of the rule. Weekdays move along where the local date is another one.
 *
 * Null when the rule counts days of a month or a year, or hours, across that other date: then it stays in UTC.
 */
export function asLocalSeries(
  start: Moment,
  rrule: string,
  zone: string,
): { readonly utcAs: UtcAs; readonly rrule: string } | null {
  if (start.allDay || start.form !== 'utc') return null
  const wall = wallMs(start.wall)
  const offset = offsetMs(zone, instantOf('UTC', wall))
  const days = Math.floor((wall + offset) / dayMs) - Math.floor(wall / dayMs)
  const local = localRule(rrule, offset, days)
  return local === null ? null : { utcAs: { zone, offsetMs: offset }, rrule: local }
}

/** Parts that name hours, or dates that cannot be moved by a day. */
const fixed = ['BYHOUR', 'BYMINUTE', 'BYSECOND']
const ofDates = ['BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYMONTH', 'BYSETPOS']

function localRule(rrule: string, offset: number, days: number): string | null {
  const parts = parseRecurrence(rrule)
  if (parts === null || fixed.some((name) => parts.has(name))) return null
  const freq = parts.get('FREQ') ?? ''
  if (days !== 0) {
    const isPlain = ['DAILY', 'WEEKLY'].includes(freq) && !ofDates.some((name) => parts.has(name))
    if (!isPlain || /\d/.test(parts.get('BYDAY') ?? '')) return null
  }
  const moved = new Map(parts)
  const byDay = parts.get('BYDAY')
  if (byDay !== undefined && days !== 0) {
    moved.set(
      'BYDAY',
      byDay
        .split(',')
        .map((day) => movedDay(day, days))
        .join(','),
    )
  }
  // Every second week is counted from this weekday: Monday unless the rule says another.
  if (freq === 'WEEKLY' && days !== 0) moved.set('WKST', movedDay(parts.get('WKST') ?? 'MO', days))
  const until = parts.get('UNTIL')
  if (until?.endsWith('Z') === true) moved.set('UNTIL', localUntil(until, offset))
  return [...moved].map(([name, value]) => `${name}=${value}`).join(';')
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

function movedDay(day: string, days: number): string {
  return weekdays[(weekdays.indexOf(day) + days + 7) % 7] ?? day
}

/** `20261202T000000Z` as the wall clock of the series, without its Z. */
function localUntil(until: string, offset: number): string {
  const [date, time] = [until.slice(0, 8), until.slice(9, 15)]
  const text = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`
  return wallText(wallMs(text) + offset).replaceAll(/[-:]/g, '')
}
