import { Temporal } from 'temporal-polyfill'

/**
 * Wall-clock arithmetic on plain numbers: a wall clock is the milliseconds that its reading would be in UTC.
 * A day with the same offset before and after it needs no calendar at all; only the few days around a change
 * of the clock ask Temporal. That makes 100,000 meetings a matter of a second or two.
 */

export const dayMs = 86_400_000
const minuteMs = 60_000

/** Offsets are facts that never change while the program runs; the size is bounded all the same. */
const offsetsByZone = new Map<string, Map<number, number>>()
const maxOffsetsPerZone = 20_000

/** True for an IANA name (or a fixed offset such as `+05:30`) that this machine can compute with. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** Milliseconds that the clocks of `zone` are ahead of UTC at an instant. */
export function offsetMs(zone: string, instantMs: number): number {
  return (
    Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000
  )
}

/** `YYYY-MM-DD` as days since 1970-01-01. */
export function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / dayMs
}

export function dateText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]` as a wall clock in milliseconds. */
export function wallMs(text: string): number {
  const day = dayNumber(text) * dayMs
  if (text.length === 10) return day
  const seconds = text.length > 16 ? Number(text.slice(17, 19)) : 0
  return day + Number(text.slice(11, 13)) * 3_600_000 + Number(text.slice(14, 16)) * minuteMs + seconds * 1000
}

/** A wall clock in milliseconds as `YYYY-MM-DDTHH:MM:SS`. */
export function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19)
}

/**
 * The instant at which a clock of `zone` shows `wall`. A time that a spring night skips is read with the
 * offset before it (02:30 becomes 03:30); of a time that an autumn night has twice, the first one.
 */
export function instantOf(zone: string, wall: number): number {
  const day = Math.floor(wall / dayMs)
  const before = offsetAtDay(zone, day - 1)
  // Every zone is within a day of UTC: the instant lies between the starts of these two UTC days.
  if (before === offsetAtDay(zone, day + 2)) return wall - before
  return Temporal.PlainDateTime.from(wallText(wall)).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds
}

/** What a clock of `zone` shows at an instant, as a wall clock in milliseconds. */
export function wallOf(zone: string, instantMs: number): number {
  const day = Math.floor(instantMs / dayMs)
  const before = offsetAtDay(zone, day)
  if (before === offsetAtDay(zone, day + 1)) return instantMs + before
  return instantMs + offsetMs(zone, instantMs)
}

/** The local date of an instant. */
export function localDateOf(zone: string, instantMs: number): string {
  return dateText(Math.floor(wallOf(zone, instantMs) / dayMs))
}

/** The first instant of a local day: its midnight, or the end of the gap where a midnight is skipped. */
export function startOfDay(zone: string, day: number): number {
  return instantOf(zone, day * dayMs)
}

function offsetAtDay(zone: string, day: number): number {
  let offsets = offsetsByZone.get(zone)
  if (offsets === undefined) {
    offsets = new Map()
    offsetsByZone.set(zone, offsets)
  }
  const known = offsets.get(day)
  if (known !== undefined) return known
  if (offsets.size >= maxOffsetsPerZone) offsets.clear()
  const offset = offsetMs(zone, day * dayMs)
  offsets.set(day, offset)
  return offset
}
