import type { OccurrenceStatus } from '../../contract/models.ts'
import { parseRecurrence } from '../../domain/recurrence.ts'
import { defaultDurationMinutes, type RuleChange, type SetRule } from '../../domain/schedule.ts'
import { derivedKey } from './derived-key.ts'
import { propertiesOf, propertyOf, type RawEvent, valueOf } from './ical-components.ts'
import { type Property, unescaped } from './ical-lines.ts'
import { placeLine } from './ical-place.ts'
import {
  daysBetween,
  durationMinutes,
  instantOfMoment,
  type Moment,
  momentOf,
  type Times,
  wallFromText,
  wallIn,
} from './ical-times.ts'
import { asLocalSeries } from './ical-utc.ts'
import { clipped } from './meeting-guide-fields.ts'
import { maxName } from './meeting-name.ts'
import { plainLine } from './text.ts'

/** Longer than the UID of any calendar program. */
const maxKey = 500

/** UID as its value, or a hash of what does not change in an event without one. */
export function keyOf(event: RawEvent): { readonly key: string; readonly derived: boolean } {
  const uid = unescaped(valueOf(event.properties, 'UID') ?? '').trim()
  if (uid !== '' && uid.length <= maxKey) return { key: uid, derived: false }
  if (uid !== '') return { key: `long-uid-${derivedKey(uid)}`, derived: true }
  const facts = ['SUMMARY', 'DTSTART', 'LOCATION'].map((name) => valueOf(event.properties, name) ?? '')
  return { key: `no-uid-${derivedKey(JSON.stringify(facts)).slice(0, 16)}`, derived: true }
}

/** True when the first of two versions of one event is the newer: SEQUENCE, LAST-MODIFIED, then file order. */
export function isNewer(a: RawEvent, b: RawEvent): boolean {
  const versionOf = ({ properties, number }: RawEvent): readonly [number, string, number] => [
    Number.parseInt(valueOf(properties, 'SEQUENCE') ?? '', 10) || 0,
    wallFromText(valueOf(properties, 'LAST-MODIFIED') ?? '') ?? '',
    number,
  ]
  const [x, y] = [versionOf(a), versionOf(b)]
  if (x[0] !== y[0]) return x[0] > y[0]
  if (x[1] !== y[1]) return x[1] > y[1]
  return x[2] > y[2]
}

export function isPrivate(event: RawEvent): boolean {
  return /^(?:PRIVATE|CONFIDENTIAL)$/i.test(valueOf(event.properties, 'CLASS') ?? '')
}

export function statusOf(event: RawEvent): OccurrenceStatus {
  const status = (valueOf(event.properties, 'STATUS') ?? '').toUpperCase()
  if (status === 'CANCELLED' || status === 'CANCELED' || event.calledOff) return 'cancelled'
  return status === 'TENTATIVE' ? 'tentative' : 'scheduled'
}

/** The name of an event on one line; null when it has none. */
export function nameOf(event: RawEvent): string | null {
  return nameIn(event.properties, 'SUMMARY')
}

/** A name in one line, no longer than any meeting's; null when there is none. */
export function nameIn(properties: RawEvent['properties'], property: string): string | null {
  return clipped(plainLine(unescaped(valueOf(properties, property) ?? '')), maxName) || null
}

export type SetReading =
  | { readonly rule: SetRule; readonly warnings: readonly string[] }
  | { readonly refused: string }

/** One event with its overrides as a rule; `refused` says why it cannot be dated. */
export function readSet(
  master: RawEvent,
  overrides: readonly RawEvent[],
  base: Times,
  utcIsLocal = false,
): SetReading {
  const warnings = new Set<string>()
  let times: Times = { ...base, onProblem: (problem) => warnings.add(problem) }
  let start = startOf(master, times)
  if (typeof start === 'string') return { refused: start }
  const rrules = propertiesOf(master.properties, 'RRULE').map(({ value }) => cleanRule(value))
  let [rrule = null] = rrules
  if (rrules.length > 1) warnings.add('it has several repetition rules; the first is used')
  if (propertyOf(master.properties, 'EXRULE') !== undefined) {
    warnings.add('exrule: its exclusion rule (EXRULE) is of a form given up long ago and is not applied')
  }
  if (rrule !== null && parseRecurrence(rrule) === null) {
    return { refused: 'its repetition rule (RRULE) cannot be understood' }
  }
  if (rrule !== null && !start.allDay && start.form === 'utc') {
    const local = utcIsLocal ? asLocalSeries(start, rrule, times.sourceZone) : null
    const moved = local === null ? null : startOf(master, { ...times, utcAs: local.utcAs })
    if (local !== null && moved !== null && typeof moved !== 'string') {
      times = { ...times, utcAs: local.utcAs }
      start = moved
      rrule = local.rrule
    } else {
      warnings.add(
        utcIsLocal
          ? 'utc-series: it repeats by dates or hours of UTC that are others here, so its local time still moves when the clocks change'
          : 'utc-series: it repeats by UTC, so its local time moves by an hour when the clocks change',
      )
    }
  }
  const zone = start.allDay ? times.sourceZone : start.zone
  const length = lengthOf(master, start, times)
  const added = addedDates(master, zone, start, length, times)
  const changes = new Map<string, RuleChange>(added.periods.map((change) => [change.replaces, change]))
  const excluded = dateList(master, 'EXDATE', zone, start.allDay, times)
  for (const override of newestOnly(overrides)) {
    if (isPrivate(override)) {
      const slot = replacedSlot(override, zone, start.allDay, times)
      if (slot !== null) excluded.push(slot)
      warnings.add('one of its dates is private and is left out')
      continue
    }
    const change = changeOf(override, master, zone, start, times)
    if (change !== null) changes.set(change.replaces, change)
  }
  return {
    rule: {
      form: 'set',
      allDay: start.allDay,
      start: start.allDay ? start.date : start.wall,
      zone,
      durationMinutes: length,
      rrule,
      rdates: added.dates,
      exdates: [...new Set(excluded)],
      changes: [...changes.values()],
      status: statusOf(master),
    },
    warnings: [...warnings],
  }
}

/** A sentence when there is no usable start. */
function startOf(event: RawEvent, times: Times): Moment | string {
  const property = propertyOf(event.properties, 'DTSTART')
  if (property === undefined) return 'it has no start (DTSTART)'
  const start = momentOf(property, property.value, times)
  return start ?? 'its start (DTSTART) is no date'
}

/** `RRULE:RRULE:FREQ=...` occurs; blanks and parts without a meaning are dropped. */
function cleanRule(value: string): string {
  const text = value.replace(/^\s*RRULE:/i, '')
  const parts = parseRecurrence(text)
  return parts === null ? text : [...parts].map(([name, part]) => `${name}=${part}`).join(';')
}

/** Minutes from the start to the end; whole days × 1440 for an all-day event. Zero without an end. */
function lengthOf(event: RawEvent, start: Moment, times: Times): number {
  const length = statedLength(event, start, times)
  if (length !== null && length < 0) {
    times.onProblem('it ends before it starts; the usual length is shown')
    return start.allDay ? 1440 : defaultDurationMinutes
  }
  if (start.allDay) return Math.max(1, Math.ceil((length ?? 0) / 1440)) * 1440
  return Math.round(length ?? 0)
}

function statedLength(event: RawEvent, start: Moment, times: Times): number | null {
  const end = propertyOf(event.properties, 'DTEND')
  const until = end === undefined ? null : momentOf(end, end.value, times)
  if (end !== undefined && until === null) times.onProblem('its end (DTEND) is no date and is ignored')
  if (until !== null) {
    if (start.allDay) {
      const days = daysBetween(start.date, until.allDay ? until.date : until.wall)
      return (days + (until.allDay || until.wall.endsWith('T00:00:00') ? 0 : 1)) * 1440
    }
    if (!until.allDay) return (instantOfMoment(until) - instantOfMoment(start)) / 60_000
    // A date as the end of a timed event: until the end of the day before, as for all-day events.
    const midnight = { ...start, wall: `${until.date}T00:00:00` }
    return (instantOfMoment(midnight) - instantOfMoment(start)) / 60_000
  }
  const text = valueOf(event.properties, 'DURATION')
  if (text === null) return null
  const length = durationMinutes(text)
  if (length === null) times.onProblem('its length (DURATION) is not understood and is ignored')
  return length
}

/** All values of a list property as slots of the set: wall clocks of its zone, or dates. */
function dateList(event: RawEvent, name: string, zone: string, allDay: boolean, times: Times): string[] {
  const slots: string[] = []
  for (const property of propertiesOf(event.properties, name)) {
    for (const text of property.value.split(',')) {
      if (text.trim() === '') continue
      const slot = slotOf(property, text, zone, allDay, times)
      if (slot === null) times.onProblem(`a date in its ${name} list is not understood and is ignored`)
      else slots.push(slot)
    }
  }
  return slots
}

function slotOf(
  property: Property,
  text: string,
  zone: string,
  allDay: boolean,
  times: Times,
): string | null {
  const moment = momentOf(property, text, floatingAs(times, zone))
  if (moment === null) return null
  if (!allDay) return wallIn(zone, moment)
  // In an all-day set only the date counts, as it is written.
  return moment.allDay ? moment.date : moment.wall.slice(0, 10)
}

/** Inside a set a time without a zone is a time of the set. */
function floatingAs(times: Times, zone: string): Times {
  return { ...times, sourceZone: zone }
}

/** RDATE: dates alone, and periods that bring their own length. */
function addedDates(
  event: RawEvent,
  zone: string,
  start: Moment,
  length: number,
  times: Times,
): { readonly dates: readonly string[]; readonly periods: readonly RuleChange[] } {
  const dates: string[] = []
  const periods: RuleChange[] = []
  for (const property of propertiesOf(event.properties, 'RDATE')) {
    for (const text of property.value.split(',')) {
      const [first = '', last] = text.trim().split('/')
      if (first === '') continue
      const slot = slotOf(property, first, zone, start.allDay, times)
      if (slot === null) {
        times.onProblem('a date in its RDATE list is not understood and is ignored')
        continue
      }
      dates.push(slot)
      if (last === undefined || start.allDay) continue
      const from = momentOf(property, first, floatingAs(times, zone))
      const to = momentOf(property, last, floatingAs(times, zone))
      const minutes =
        durationMinutes(last) ??
        (from === null || to === null || from.allDay || to.allDay
          ? null
          : (instantOfMoment(to) - instantOfMoment(from)) / 60_000)
      if (minutes === null || minutes < 0 || minutes === length) continue
      periods.push({
        replaces: slot,
        start: slot,
        zone,
        durationMinutes: Math.round(minutes),
        status: statusOf(event),
        name: null,
        place: null,
      })
    }
  }
  return { dates: [...new Set(dates)], periods }
}

/** Of several overrides of one date only the newest counts. */
export function newestOnly(overrides: readonly RawEvent[]): readonly RawEvent[] {
  const newest = new Map<string, RawEvent>()
  for (const override of overrides) {
    const id = propertyOf(override.properties, 'RECURRENCE-ID')
    const key = `${id?.parameters.get('TZID') ?? ''}:${id?.value.trim() ?? ''}`
    const other = newest.get(key)
    if (other === undefined || isNewer(override, other)) newest.set(key, override)
  }
  return [...newest.values()].toSorted((a, b) => (isNewer(a, b) ? 1 : -1))
}

function replacedSlot(override: RawEvent, zone: string, allDay: boolean, times: Times): string | null {
  const property = propertyOf(override.properties, 'RECURRENCE-ID')
  if (property === undefined) return null
  const slot = slotOf(property, property.value, zone, allDay, times)
  if (slot === null) times.onProblem('a changed date does not say which one it replaces and is ignored')
  if (/^THISANDFUTURE$/i.test(property.parameters.get('RANGE') ?? '')) {
    times.onProblem('RANGE=THISANDFUTURE: a change meant for all later dates is taken for one date only')
  }
  return slot
}

function changeOf(
  override: RawEvent,
  master: RawEvent,
  zone: string,
  masterStart: Moment,
  times: Times,
): RuleChange | null {
  const replaces = replacedSlot(override, zone, masterStart.allDay, times)
  if (replaces === null) return null
  const status = statusOf(override)
  if (status === 'cancelled') {
    return { replaces, start: replaces, zone, durationMinutes: null, status, name: null, place: null }
  }
  const start = startOf(override, times)
  if (typeof start === 'string') {
    times.onProblem(`a changed date is ignored: ${start}`)
    return null
  }
  const [name, place] = [nameOf(override), placeLine(override.properties)]
  return {
    replaces,
    start: start.allDay ? start.date : start.wall,
    zone: start.allDay ? zone : start.zone,
    durationMinutes: lengthOf(override, start, times),
    status,
    name: name === nameOf(master) ? null : name,
    place: place === placeLine(master.properties) ? null : place,
  }
}
