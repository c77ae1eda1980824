import { dayMs, instantOf, wallMs, wallOf, wallText } from '../../domain/zones.ts'
import type { Property } from './ical-lines.ts'
import type { ResolvedZone } from './ical-zones.ts'

/** A DTSTART-like value: a date, or a wall clock in a zone. */
export type Moment =
  | { readonly allDay: true; readonly date: string }
  | {
      readonly allDay: false
      readonly wall: string
      readonly zone: string
      readonly form: 'utc' | 'zoned' | 'floating'
    }

/** UTC as a clock of this zone that never changes. */
export type UtcAs = { readonly zone: string; readonly offsetMs: number }

export type Times = {
  /** The zone of floating times. */
  readonly sourceZone: string
  readonly resolve: (tzid: string) => ResolvedZone
  /** How times in UTC are read when they mean a local clock; absent: as UTC. */
  readonly utcAs?: UtcAs
  /** Called for each zone that could not be taken as it stands. */
  readonly onProblem: (problem: string) => void
}

/** One value of a date property; null when it is no date. */
export function momentOf(property: Property, text: string, times: Times): Moment | null {
  const value = text.trim()
  const wall = wallFromText(value)
  if (wall === null) return null
  const datesOnly = property.parameters.get('VALUE')?.toUpperCase() === 'DATE'
  if (datesOnly || !/T/i.test(value)) return { allDay: true, date: wall.slice(0, 10) }
  if (/Z$/i.test(value)) {
    if (times.utcAs === undefined) return { allDay: false, wall, zone: 'UTC', form: 'utc' }
    const { zone, offsetMs } = times.utcAs
    return { allDay: false, wall: wallText(wallMs(wall) + offsetMs), zone, form: 'utc' }
  }
  const tzid = property.parameters.get('TZID')
  if (tzid === undefined || tzid === '') {
    return { allDay: false, wall, zone: times.sourceZone, form: 'floating' }
  }
  const { zone, problem } = times.resolve(tzid)
  if (problem !== null) times.onProblem(problem)
  return { allDay: false, wall, zone, form: 'zoned' }
}

/** `YYYYMMDD` or `YYYYMMDDTHHMM[SS][Z]`, also with dashes and colons, as `YYYY-MM-DDTHH:MM:SS`. */
export function wallFromText(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?Z?)?$/i.exec(
    text.trim(),
  )
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  if (year === undefined || month === undefined || day === undefined) return null
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  const clock = (hour ?? 0) * 3600 + (minute ?? 0) * 60 + Math.min(second ?? 0, 59)
  if ((minute ?? 0) > 59 || (second ?? 0) > 60 || clock > 86_400) return null
  // 24:00 is midnight at the end of the day.
  return wallText(wallMs(`${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}`) + clock * 1000)
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Length of a DURATION in minutes; negative when it says so, null when it is none. */
export function durationMinutes(text: string): number | null {
  const form = /^([+-])?P(?=[\dT])(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i
  const match = form.exec(text.trim())
  if (match === null) return null
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0))
  const length =
    (weeks ?? 0) * 10_080 + (days ?? 0) * 1440 + (hours ?? 0) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60
  return match[1] === '-' ? -length : length
}

export function instantOfMoment(moment: Moment & { readonly allDay: false }): number {
  return instantOf(moment.zone, wallMs(moment.wall))
}

/** The moment as a wall clock of `zone`; a date stays a date. */
export function wallIn(zone: string, moment: Moment): string {
  if (moment.allDay) return moment.date
  return moment.zone === zone ? moment.wall : wallText(wallOf(zone, instantOfMoment(moment)))
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (wallMs(to.slice(0, 10)) - wallMs(from.slice(0, 10))) / dayMs
}
