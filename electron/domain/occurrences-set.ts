import type { OccurrenceStatus } from '../contract/models.ts'
import type { Span } from './occurrences.ts'
import { slotsBetween } from './recurrence.ts'
import type { Dated, RuleChange, SetRule } from './schedule.ts'
import {
  dateText,
  dayMs,
  dayNumber,
  instantOf,
  localDateOf,
  startOfDay,
  wallMs,
  wallOf,
  wallText,
} from './zones.ts'

/**
 * The dates of an iCalendar event in a window: its own start, its rule and its added dates, without the
 * excluded ones, each replaced by its change if it has one. A change brings its date along wherever it
 * moved it to; the slot it left is empty.
 */
export function setOccurrences(
  rule: SetRule,
  span: Span,
  limit: number,
): { readonly dated: readonly Dated[]; readonly capped: boolean } {
  const excluded = new Set(rule.exdates.map((text) => slotKey(rule, text)))
  const changed = new Set(rule.changes.map((change) => slotKey(rule, change.replaces)))
  const dated: Dated[] = []
  const { slots, capped } = slotsOf(rule, span, limit + excluded.size + changed.size)
  for (const slot of slots) {
    const date = slot.slice(0, 10)
    if (excluded.has(slot) || excluded.has(date) || changed.has(slot) || changed.has(date)) continue
    const found = datedAt(rule, span, { slot, start: slot, zone: rule.zone, minutes: rule.durationMinutes })
    if (found !== null) dated.push({ ...found, status: rule.status })
  }
  for (const change of rule.changes) {
    const found = changedDate(rule, span, change)
    if (found !== null) dated.push(found)
  }
  dated.sort((a, b) => a.startsAtMs - b.startsAtMs)
  return { dated: dated.slice(0, limit), capped: capped || dated.length > limit }
}

/** Slots as texts, those in the window only (all-day: those whose date is in it). */
function slotsOf(
  rule: SetRule,
  span: Span,
  limit: number,
): { readonly slots: Iterable<string>; readonly capped: boolean } {
  const slots = new Set<string>()
  for (const text of rule.rdates) slots.add(slotText(rule, text))
  if (rule.rrule === null) {
    slots.add(slotText(rule, rule.start))
    return { slots, capped: false }
  }
  const fromMs = rule.allDay ? span.firstDay * dayMs : span.fromMs
  const toMs = rule.allDay ? (span.firstDay + span.days) * dayMs : span.toMs
  const found = slotsBetween({ ...rule, rrule: rule.rrule }, fromMs, toMs, limit)
  for (const instant of found.instants) {
    slots.add(rule.allDay ? dateText(instant / dayMs) : wallText(wallOf(rule.zone, instant)))
  }
  return { slots, capped: found.capped }
}

function changedDate(rule: SetRule, span: Span, change: RuleChange): Dated | null {
  const slot = slotText(rule, change.replaces)
  const status = rule.status === 'cancelled' ? 'cancelled' : change.status
  // Cancelled: a slot, also when a sender put another time beside the cancellation.
  const stays = status === 'cancelled'
  const found = datedAt(rule, span, {
    slot,
    start: stays ? slot : change.start,
    zone: stays ? rule.zone : change.zone,
    minutes: change.durationMinutes ?? rule.durationMinutes,
  })
  if (found === null) return null
  const moved = status !== 'cancelled' && !stays && isMoved(rule, slot, found)
  const shown: OccurrenceStatus = moved ? 'moved' : status
  return { ...found, status: shown, name: change.name, place: change.place }
}

/** Only another start is a move: a longer meeting or another room keeps its place in the day. */
function isMoved(rule: SetRule, slot: string, found: Dated): boolean {
  if (rule.allDay !== found.allDay) return true
  if (rule.allDay) return found.localDate !== slot
  return found.startsAtMs !== instantOf(rule.zone, wallMs(slot))
}

type Start = {
  readonly slot: string
  readonly start: string
  readonly zone: string
  readonly minutes: number
}

/** Null outside the window. A start without a clock time is all-day: that date, whatever the zone. */
function datedAt(rule: SetRule, span: Span, at: Start): Dated | null {
  const common = { slot: at.slot, status: rule.status, name: null, place: null }
  if (at.start.length === 10) {
    const day = dayNumber(at.start)
    if (day < span.firstDay || day >= span.firstDay + span.days) return null
    const days = Math.max(1, Math.round(at.minutes / 1440))
    return {
      ...common,
      localDate: at.start,
      startsAtMs: startOfDay(span.zone, day),
      endsAtMs: startOfDay(span.zone, day + days),
      allDay: true,
    }
  }
  const startsAtMs = instantOf(at.zone, wallMs(at.start))
  if (startsAtMs < span.fromMs || startsAtMs >= span.toMs) return null
  return {
    ...common,
    localDate: localDateOf(span.zone, startsAtMs),
    startsAtMs,
    endsAtMs: startsAtMs + at.minutes * 60_000,
    allDay: false,
  }
}

/** A slot in the form of the set: a date when all-day, else date and time; a date alone takes the set's time. */
function slotText(rule: SetRule, text: string): string {
  if (rule.allDay) return text.slice(0, 10)
  if (text.length === 10) return `${text}T${wallText(wallMs(rule.start)).slice(11)}`
  return wallText(wallMs(text))
}

/** What a slot is compared by: a date alone stands for whatever the set has on that day. */
function slotKey(rule: SetRule, text: string): string {
  return rule.allDay || text.length === 10 ? text.slice(0, 10) : wallText(wallMs(text))
}
