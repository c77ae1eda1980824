import type { LocalDate, WeekOfMonth } from '../contract/models.ts'
import { occurrencesOf } from './occurrences.ts'
import { daysAhead, daysBehind, type Rule, type SetRule, type WeeklyRule, type Window } from './schedule.ts'
import { isInWeeks } from './weeks-of-month.ts'
import { dateText, dayMs, dayNumber, instantOf, wallOf, wallText } from './zones.ts'

/**
 * When a meeting is, in a form that two feeds can be compared by: clock times of the center's week. `walls` are
 * minutes since Sunday 00:00 by the center's clock; an all-day event has its own range, so that it is never the
 * same as a meeting at midnight.
 */
export type MeetingTime = {
  readonly walls: readonly number[]
  /** Null: every week. */
  readonly weeks: readonly WeekOfMonth[] | null
  /** A calendar's own dates in the coming days, as slots; null for a weekly rule. */
  readonly dates: ReadonlySet<string> | null
  /** No end in sight. Which weeks a calendar leaves out is its own word, as that of a list with weeks. */
  readonly goesOn: boolean
}

const weekMinutes = 7 * 1440
/** More clock times than this in a week are a calendar of something else. */
const mostTimes = 50

export function timesOf(rules: readonly Rule[], zone: string, today: LocalDate): readonly MeetingTime[] {
  const times: MeetingTime[] = []
  const sets: SetRule[] = []
  for (const rule of rules) {
    if (rule.form === 'weekly') times.push(weeklyTime(rule, zone, today))
    else sets.push(rule)
  }
  for (const rule of sets) times.push(...setTimes(rule, zone, today))
  return times.length > mostTimes ? [] : times
}

function weeklyTime(rule: WeeklyRule, zone: string, today: LocalDate): MeetingTime {
  const weeks = rule.weeks ?? null
  const own = (rule.weekday * 1440 + rule.startMinute) % weekMinutes
  const walls = rule.zone === zone ? [own] : wallsElsewhere(rule.zone, own, zone, today)
  return { walls, weeks, dates: null, goesOn: true }
}

/**
 * A meeting of another zone is at two or more clock times of this one in the course of a year, when the two do
 * not change their clocks in the same nights. All of them, so that the answer does not depend on the season.
 */
function wallsElsewhere(from: string, wall: number, zone: string, today: LocalDate): readonly number[] {
  const first = dayNumber(today)
  // 1970-01-01 was a Thursday, weekday 4.
  const sunday = first - ((((first + 4) % 7) + 7) % 7)
  const found = new Set<number>()
  for (let week = 0; week < 53; week += 1) {
    const instant = instantOf(from, (sunday + week * 7) * dayMs + wall * 60_000)
    found.add(wallOfWeek(wallOf(zone, instant)))
  }
  return [...found].sort((a, b) => a - b)
}

function setTimes(rule: SetRule, zone: string, today: LocalDate): readonly MeetingTime[] {
  const from = dayNumber(today) - daysBehind
  const days = daysBehind + 1 + daysAhead
  const byWall = datesByWall(rule, { zone, from: dateText(from), days })
  const hasEnd = /UNTIL|COUNT/iu.test(rule.rrule ?? '')
  const later = hasEnd ? datesByWall(rule, { zone, from: dateText(from + days), days: daysBeyond }) : null
  return [...byWall].map(([wall, dates]) => ({
    walls: [wall],
    weeks: null,
    dates,
    goesOn: rule.rrule !== null && (later === null || later.has(wall)),
  }))
}

/** A series is looked at so far beyond the kept days: two of its months. */
const daysBeyond = 62

function datesByWall(rule: SetRule, window: Window): Map<number, Set<string>> {
  const byWall = new Map<number, Set<string>>()
  for (const one of occurrencesOf([rule], window).dated) {
    if (one.status === 'cancelled') continue
    const wall = wallOf(window.zone, one.startsAtMs)
    const key = wallOfWeek(wall) + (one.allDay ? weekMinutes : 0)
    const dates = byWall.get(key) ?? new Set()
    dates.add(one.allDay ? dateText(Math.floor(wall / dayMs)) : wallText(wall))
    byWall.set(key, dates)
  }
  return byWall
}

function wallOfWeek(wall: number): number {
  const minutes = Math.floor(wall / 60_000)
  return (((minutes + 4 * 1440) % weekMinutes) + weekMinutes) % weekMinutes
}

/**
 * True when nothing of `hidden` is lost where `shown` stands for it: each of its times is one of the other's.
 * A meeting limited to some weeks of the month may stand for one that is listed every week, because lists that
 * cannot say weeks say every week; the other way about, and on dates, none may be missing.
 */
export function coversTimes(shown: readonly MeetingTime[], hidden: readonly MeetingTime[]): boolean {
  return hidden.length > 0 && hidden.every((time) => shown.some((other) => coversTime(other, time)))
}

function coversTime(shown: MeetingTime, hidden: MeetingTime): boolean {
  if (shown.walls.length !== hidden.walls.length) return false
  if (shown.walls.some((wall, index) => wall !== hidden.walls[index])) return false
  const { weeks, dates } = shown
  if (dates === null) {
    if (weeks === null) return true
    if (hidden.dates !== null) return [...hidden.dates].every((date) => isInWeeks(weeks, date.slice(0, 10)))
    return hidden.weeks === null || hidden.weeks.every((week) => weeks.includes(week))
  }
  if (hidden.dates !== null) return [...hidden.dates].every((date) => dates.has(date))
  const isHeldIn = (week: WeekOfMonth): boolean =>
    [...dates].some((date) => isInWeeks([week], date.slice(0, 10)))
  return shown.goesOn && (hidden.weeks === null || hidden.weeks.every(isHeldIn))
}

/** True when both are ever held at the same time of the week. */
export function timesMeet(a: readonly MeetingTime[], b: readonly MeetingTime[]): boolean {
  return a.some((time) => b.some((other) => time.walls.some((wall) => other.walls.includes(wall))))
}

/** How much of a week a meeting fills by what goes on; single dates and the last of a series count nothing. */
export function repeatingTimes(times: readonly MeetingTime[]): number {
  return times.filter((time) => time.goesOn).length
}
