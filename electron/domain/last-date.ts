import type { LocalDate } from '../contract/models.ts'
import { parseRecurrence, slotsBetween } from './recurrence.ts'
import type { Rule, SetRule } from './schedule.ts'
import { dateText, dayMs, dayNumber, instantOf, wallMs, wallOf } from './zones.ts'

/** The latest date that any of the rules has, in their own zones; null when there is no end, or none to tell. */
export function lastDateOf(rules: readonly Rule[]): LocalDate | null {
  let last: LocalDate | null = null
  for (const rule of rules) {
    const own = rule.form === 'weekly' ? null : lastOfSet(rule)
    if (own === null) return null
    if (last === null || own > last) last = own
  }
  return last
}

/** More dates than this are not counted: a rule with so many is as good as endless. */
const maxCounted = 1000

function lastOfSet(rule: SetRule): LocalDate | null {
  const moved = rule.changes.filter(({ status }) => status !== 'cancelled').map(({ start }) => start)
  const dates = [...rule.rdates, ...moved].map((text) => text.slice(0, 10))
  dates.push(rule.start.slice(0, 10))
  if (rule.rrule !== null) {
    const ofRule = lastOfRule({ ...rule, rrule: rule.rrule })
    if (ofRule === null) return null
    dates.push(ofRule)
  }
  return dates.reduce((late, date) => (date > late ? date : late))
}

function lastOfRule(rule: SetRule & { readonly rrule: string }): LocalDate | null {
  const parts = parseRecurrence(rule.rrule)
  const until = parts?.get('UNTIL')
  const count = Number(parts?.get('COUNT') ?? 0)
  const zone = rule.allDay ? 'UTC' : rule.zone
  const startMs = instantOf(zone, wallMs(rule.start))
  if (until !== undefined) {
    // The end of the rule may be long after its last date.
    const endMs =
      dayNumber(`${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`) * dayMs + 2 * dayMs
    const found = slotsBetween(rule, Math.max(startMs, endMs - yearMs), endMs, maxCounted)
    return dateIn(zone, found.capped ? endMs - 2 * dayMs : (found.instants.at(-1) ?? startMs))
  }
  if (count === 0 || count > maxCounted) return null
  const found = slotsBetween(rule, startMs, startMs + 100 * yearMs, count)
  return found.capped ? null : dateIn(zone, found.instants.at(-1) ?? startMs)
}

const yearMs = 366 * dayMs

function dateIn(zone: string, instantMs: number): LocalDate {
  return dateText(Math.floor(wallOf(zone, instantMs) / dayMs))
}
