import type { LocalDate, WeekOfMonth } from '../contract/models.ts'
import { occurrencesOf } from './occurrences.ts'
import { daysAhead, daysBehind, type Rule, type WeeklyRule } from './schedule.ts'
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
  /** A calendar that repeats by months: which weeks it means is its own word. */
  readonly monthly: boolean
}

const weekMinutes = 7 * 1440
/** More clock times than this in a week are a calendar of something else. */
const mostTimes = 50

export function timesOf(rules: readonly Rule[], zone: string, today: LocalDate): readonly MeetingTime[] {
  const times: MeetingTime[] = []
  const sets: Rule[] = []
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
  return { walls, weeks, dates: null, monthly: false }
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

function setTimes(rule: Rule, zone: string, today: LocalDate): readonly MeetingTime[] {
  const from = dateText(dayNumber(today) - daysBehind)
  const { dated } = occurrencesOf([rule], { zone, from, days: daysBehind + 1 + daysAhead })
  const byWall = new Map<number, Set<string>>()
  for (const one of dated) {
    if (one.status === 'cancelled') continue
    const wall = wallOf(zone, one.startsAtMs)
    const key = wallOfWeek(wall) + (one.allDay ? weekMinutes : 0)
    const dates = byWall.get(key) ?? new Set()
    dates.add(one.allDay ? dateText(Math.floor(wall / dayMs)) : wallText(wall))
    byWall.set(key, dates)
  }
  const monthly = rule.form === 'set' && /FREQ=MONTHLY/iu.test(rule.rrule ?? '')
  return [...byWall].map(([wall, dates]) => ({ walls: [wall], weeks: null, dates, monthly }))
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
  if (shown.dates === null) {
    const { weeks } = shown
    if (weeks === null) return true
    if (hidden.dates !== null) return [...hidden.dates].every((date) => isInWeeks(weeks, date.slice(0, 10)))
    return hidden.weeks === null || hidden.weeks.every((week) => weeks.includes(week))
  }
  if (hidden.dates === null) return shown.monthly && hidden.weeks === null
  return [...hidden.dates].every((date) => shown.dates?.has(date) === true)
}

/** True when both are ever held at the same time of the week. */
export function timesMeet(a: readonly MeetingTime[], b: readonly MeetingTime[]): boolean {
  return a.some((time) => b.some((other) => time.walls.some((wall) => other.walls.includes(wall))))
}

/** How much of a week a meeting fills by rules that go on; single dates count nothing. */
export function repeatingTimes(times: readonly MeetingTime[], rules: readonly Rule[]): number {
  const goesOn = rules.some((rule) => rule.form === 'weekly' || rule.rrule !== null)
  return goesOn ? times.length : 0
}
