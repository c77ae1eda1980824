import type { LocalDate } from '../contract/models.ts'
import type { MeetingContent } from '../db/meeting-rows.ts'
import { daysAhead, daysBehind, type Window } from '../domain/schedule.ts'
import type { Center, Standing } from '../domain/whereabouts.ts'
import { dateText, dayNumber, localDateOf } from '../domain/zones.ts'
import { sha256 } from './identity.ts'

/** The days that are kept around `today`: yesterday to 35 days ahead. */
export function windowAround(today: LocalDate, zone: string): Window {
  return { zone, from: addDays(today, -daysBehind), days: daysBehind + 1 + daysAhead }
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateText(dayNumber(date) + days)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

export function todayAt(center: Center, nowMs: number): LocalDate {
  return localDateOf(center.zone, nowMs)
}

/** Changes when anything does that decides where meetings stand or on which date they are. */
export function centerHash(center: Center): string {
  const { street, postalCode, latitude, longitude, zone, radiusMeters } = center
  return sha256(JSON.stringify([street, postalCode, latitude, longitude, zone, radiusMeters]))
}

export function standingOf(
  content: MeetingContent,
  hereByStaff: boolean | null,
  feedHeldHere: boolean,
): Standing {
  return {
    attendance: content.attendance,
    latitude: content.place?.latitude ?? null,
    longitude: content.place?.longitude ?? null,
    approximate: content.place?.approximate ?? false,
    street: content.place?.street ?? null,
    postalCode: content.place?.postalCode ?? null,
    own: false,
    feedHeldHere,
    hereByStaff,
  }
}
