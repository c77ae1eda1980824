import type { FeedProblem, RowRemark } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { isZone } from '../../domain/zones.ts'
import {
  type Components,
  components,
  propertiesOf,
  propertyOf,
  type RawEvent,
  valueOf,
} from './ical-components.ts'
import { isNewer, isPrivate, keyOf, nameIn, nameOf, newestOnly, readSet } from './ical-event.ts'
import { startsAsCalendar, unescaped, unescapedList } from './ical-lines.ts'
import { whereaboutsOf } from './ical-place.ts'
import { type Times, wallFromText } from './ical-times.ts'
import { zoneResolver } from './ical-zones.ts'
import { clipped } from './meeting-guide-fields.ts'
import type { FeedReading, Reader, ReaderSettings, ReadMeeting } from './reader.ts'
import { plainLine, plainText } from './text.ts'
import { createWhose, type Whose } from './whose.ts'

/** No calendar is read beyond this size (feeds.md 5.2). */
export const maxCalendarBytes = 10 * 1024 * 1024

/**
 * iCalendar (RFC 5545), by feeds.md section 5. A row is one VEVENT together with its overrides; an override
 * without its master is a row of its own. Each row becomes one meeting with one set rule, or is refused.
 */
export const icalReader: Reader = {
  format: 'ical',
  recognizes: startsAsCalendar,
  read(source, settings) {
    const text = source.text()
    const problem = unfit(text)
    return problem ?? ok(readCalendar(components(text), settings))
  },
}

function unfit(text: string): Result<never, FeedProblem> | null {
  if (text.trim() === '') return err('empty', 'The calendar is empty.')
  if (!startsAsCalendar(text)) {
    return err(
      'not_a_calendar',
      'This is not a calendar: it does not start with BEGIN:VCALENDAR. Check the address; it may lead to a sign-in page.',
    )
  }
  if (text.length > maxCalendarBytes || Buffer.byteLength(text) > maxCalendarBytes) {
    return err(
      'too_large',
      'The calendar is larger than 10 MB. Ask its owner for one with fewer past events.',
    )
  }
  const lastBegin = [...text.matchAll(/^[ \t]*BEGIN:VCALENDAR/gim)].at(-1)?.index ?? 0
  if (!/^[ \t]*END:VCALENDAR/im.test(text.slice(lastBegin))) {
    return err(
      'not_a_calendar',
      'The calendar breaks off: its last line END:VCALENDAR is missing. Fetch it again.',
    )
  }
  return null
}

type Row = { readonly event: RawEvent; readonly overrides: readonly RawEvent[]; readonly part: string }

function readCalendar(calendar: Components, settings: ReaderSettings): FeedReading {
  const times: Times = {
    sourceZone: settings.zone,
    resolve: zoneResolver(calendar.zones, settings.zone, yearsOf(calendar.events)),
    onProblem: () => undefined,
  }
  const proposed = {
    name: nameIn(calendar.calendar, 'X-WR-CALNAME'),
    zone: proposedZone(calendar, times),
  }
  const whose = createWhose(settings)({ ownName: proposed.name })
  const refused: RowRemark[] = []
  const warnings: RowRemark[] = []
  const meetings: ReadMeeting[] = []
  let floating = 0
  let read = 0
  for (const row of rowsOf(calendar.events, (event, reason) => {
    read += 1
    refused.push({ where: whereOf(event), reason })
  })) {
    read += 1
    const where = whereOf(row.event)
    if (isPrivate(row.event)) {
      refused.push({ where, reason: 'private: the calendar marks it as private or confidential' })
      continue
    }
    const set = readSet(row.event, row.overrides, times, settings.utcIsLocal)
    if ('refused' in set) {
      refused.push({ where, reason: `bad-event: ${set.refused}` })
      continue
    }
    for (const reason of set.warnings) warnings.push({ where, reason })
    if (isFloating(row.event)) floating += 1
    const { key, derived } = keyOf(row.event)
    if (derived)
      warnings.push({ where, reason: 'no-uid: it has no UID; its identity is made of name and start' })
    const name = nameOf(row.event)
    if (name === null) warnings.push({ where, reason: 'no-name: it has no name; the calendar’s is shown' })
    meetings.push({
      ...meetingOf(row.event, whose),
      key,
      part: row.part,
      keyDerived: derived,
      name: name ?? proposed.name ?? 'Event',
      sourceName: proposed.name,
      rules: [set.rule],
    })
  }
  if (floating > 0 && proposed.zone !== null && proposed.zone !== settings.zone) {
    const reason = `${floating} of its events name no zone and are read in ${settings.zone}, while the calendar proposes ${proposed.zone}`
    warnings.push({ where: 'feed', reason: `floating: ${reason}` })
  }
  if (read === 0) {
    const reason = 'empty: the calendar is in order but has no events in it (tasks and notes are none)'
    warnings.push({ where: 'feed', reason })
  }
  return {
    format: 'ical',
    counts: { read, shown: meetings.length, byAppointment: 0, inactive: 0, refused: refused.length },
    meetings,
    refused,
    warnings,
    proposed,
  }
}

/** The zone that the calendar names for itself, else the only one that it defines. */
function proposedZone(calendar: Components, times: Times): string | null {
  const [first, second] = calendar.zones
  const name = valueOf(calendar.calendar, 'X-WR-TIMEZONE') ?? (second === undefined ? first?.id : undefined)
  if (name === undefined) return null
  const { zone, problem } = times.resolve(name)
  return problem === null && isZone(zone) ? zone : null
}

/** Groups the events of the file into rows, in its order; hands events that are no row to `refuse`. */
function rowsOf(
  events: readonly RawEvent[],
  refuse: (event: RawEvent, reason: string) => void,
): readonly Row[] {
  const masters = new Map<string, RawEvent>()
  const overrides = new Map<string, RawEvent[]>()
  for (const event of events) {
    if (!event.closed) {
      refuse(event, 'bad-event: it breaks off before END:VEVENT')
      continue
    }
    const { key } = keyOf(event)
    if (propertyOf(event.properties, 'RECURRENCE-ID') !== undefined) {
      const others = overrides.get(key)
      if (others === undefined) overrides.set(key, [event])
      else others.push(event)
      continue
    }
    const other = masters.get(key)
    const newer = other === undefined || isNewer(event, other) ? event : other
    masters.set(key, newer)
    const older = newer === event ? other : event
    if (older !== undefined) refuse(older, 'superseded: the file has a newer version with the same UID')
  }
  const rows: Row[] = [...masters].map(([key, event]) => ({
    event,
    overrides: overrides.get(key) ?? [],
    part: '',
  }))
  for (const [key, alone] of overrides) {
    if (masters.has(key)) continue
    const newest = newestOnly(alone)
    for (const event of newest) {
      rows.push({ event, overrides: [], part: valueOf(event.properties, 'RECURRENCE-ID') ?? '' })
    }
    const shown = new Set(newest)
    for (const event of alone) {
      if (!shown.has(event)) refuse(event, 'superseded: the file has a newer version of the same date')
    }
  }
  return rows.toSorted((a, b) => a.event.number - b.event.number)
}

function meetingOf(event: RawEvent, { fellowship, kind, audience, decidedBy }: Whose) {
  const { properties } = event
  const where = whereaboutsOf(properties)
  const categories = propertiesOf(properties, 'CATEGORIES')
    .flatMap(({ value }) => unescapedList(value.slice(0, maxNotes)).map(plainLine))
    .filter((category) => category !== '')
    .slice(0, 40)
    .map((category) => clipped(category, 80))
  return {
    kind,
    fellowship,
    audience,
    decidedBy,
    group: null,
    // ORGANIZER, ATTENDEE and CONTACT name private persons: they are never looked at (feeds.md 5.3).
    notes:
      clipped(
        plainText(unescaped((valueOf(properties, 'DESCRIPTION') ?? '').slice(0, maxNotes * 10))),
        maxNotes,
      ) || null,
    types: [...new Set(categories)].map((category) => ({ code: category, label: category })),
    languages: [],
    openness: 'unknown',
    wheelchair: null,
    ...where,
    onlineNote: null,
    phoneNote: null,
    sourceUpdated: updatedOf(event),
  } satisfies Partial<ReadMeeting>
}

/** As much as a page can show. */
const maxNotes = 10_000

function updatedOf(event: RawEvent): string | null {
  const wall = wallFromText(valueOf(event.properties, 'LAST-MODIFIED') ?? '')
  return wall === null ? null : `${wall}Z`
}

function isFloating({ properties }: RawEvent): boolean {
  const start = propertyOf(properties, 'DTSTART')
  return start !== undefined && /T\d+$/i.test(start.value.trim()) && !start.parameters.has('TZID')
}

function yearsOf(events: readonly RawEvent[]): readonly number[] {
  return events.flatMap(({ properties }) => {
    const year = Number((valueOf(properties, 'DTSTART') ?? '').slice(0, 4))
    return year >= 1970 && year < 2100 ? [year] : []
  })
}

function whereOf(event: RawEvent): string {
  const uid = plainLine(valueOf(event.properties, 'UID') ?? '').slice(0, 120)
  return `event ${event.number}, line ${event.line}${uid === '' ? '' : ` (${uid})`}`
}
