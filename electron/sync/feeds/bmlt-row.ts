import type { Attendance } from '../../contract/models.ts'
import type { WeeklyRule } from '../../domain/schedule.ts'
import { type Link, readLink, readPhone } from './attendance.ts'
import { type BmltRow, lineOf, rawOf, rootOf, textOf } from './bmlt-fields.ts'
import type { FormatsReading, RowFormats } from './bmlt-types.ts'
import { readTime } from './day-time.ts'
import { derivedKey } from './derived-key.ts'
import { meetingName } from './meeting-name.ts'
import { readPlace } from './place.ts'
import type { ReaderSettings, ReadMeeting, ReadPlace } from './reader.ts'
import { inRows, type Remarks } from './remarks.ts'
import { quoted } from './text.ts'
import type { Whose } from './whose.ts'

/** What all rows of one run share. */
export type BmltTools = {
  readonly settings: ReaderSettings
  readonly readFormats: (row: BmltRow) => RowFormats
  /** False when the answer has no formats at all. */
  readonly hasFormats: boolean
  /** The same for all rows: the format decides it where staff did not. */
  readonly whose: Whose
  readonly readZone: (value: string) => string | null
  readonly remarks: Remarks
}

export type BmltReading = {
  readonly meeting: ReadMeeting
  readonly zoneNamed: boolean
  /** Null for an online meeting: its point is the default of its server. */
  readonly longitude: number | null
}

type Warn = (code: string, sentence: string) => void

/** One row is one meeting on one weekday (feeds.md 4.7). */
export function readBmltRow(row: BmltRow, where: string, tools: BmltTools): BmltReading {
  const { whose, remarks, hasFormats } = tools
  const warn: Warn = (code, sentence) => remarks.warn(where, code, sentence)
  const facts = tools.readFormats(row)
  remarkFormats(facts, hasFormats ? facts.unknown : [], remarks, warn)
  const link = linkOf(row, warn)
  const { phone, note: phoneNote } = phoneOf(row, warn)
  const place = placeOf(row)
  const attendance = attendanceOf(row, facts, {
    joinable: link !== null || phone !== null,
    hasPlace: place !== null,
    isDecoded: hasFormats || (rawOf(row, 'formats') ?? rawOf(row, 'format_shared_id_list')) === null,
    warn,
  })
  const { rule, zoneNamed } = ruleOf(row, facts.openEnded, tools, warn)
  const name = meetingName(
    {
      name: lineOf(row, 'meeting_name'),
      place: lineOf(row, 'location_text') ?? lineOf(row, 'location_municipality'),
      rule: rule ?? undefined,
      otherwise: 'NA Meeting',
    },
    warn,
  )
  const { key, derived } = keyOf(row, rule)
  const isOnline = attendance === 'online'
  const meeting: ReadMeeting = {
    key,
    // Servers number for themselves, and an aggregator answers for many.
    part: rootOf(row),
    keyDerived: derived,
    name,
    kind: whose.kind,
    fellowship: whose.fellowship,
    audience: whose.audience,
    decidedBy: whose.decidedBy,
    group: null,
    notes: notesOf(row, facts),
    types: isOnline ? facts.types.filter(({ code }) => !facts.onSiteCodes.has(code)) : facts.types,
    languages: facts.languages,
    openness: facts.openness,
    ...(facts.openWeeks === null ? {} : { openWeeks: facts.openWeeks }),
    wheelchair: facts.wheelchair && !isOnline ? true : null,
    attendance,
    place: isOnline ? null : place,
    onlineUrl: link?.url ?? null,
    onlineNote: textOf(row, 'virtual_meeting_additional_info'),
    phone,
    phoneNote,
    provider: link?.provider ?? null,
    rules: rule === null ? [] : [rule],
    sourceUpdated: null,
    sourceName: lineOf(row, 'service_body_name'),
  }
  return { meeting, zoneNamed, longitude: isOnline ? null : (place?.longitude ?? null) }
}

function remarkFormats(
  facts: FormatsReading,
  unknown: readonly string[],
  remarks: Remarks,
  warn: Warn,
): void {
  if (facts.openAndClosed) {
    warn('open-and-closed', 'The row has both the open and the closed format; it is listed as closed.')
  }
  for (const key of unknown) {
    remarks.tally(
      'unknown-format',
      key,
      (rows) =>
        `The format ${quoted(key)} ${inRows(rows)} is not among the formats of the answer; it is kept without a name.`,
    )
  }
  for (const name of facts.weeksInWords) {
    remarks.tally(
      'weeks-in-words',
      name,
      (rows) =>
        `The format ${quoted(name)} ${inRows(rows)} names weeks of the month in words only; it is shown as a note. Limit such a meeting to its weeks at the desk.`,
    )
  }
}

/* The values themselves stay out of the remarks: links and numbers of online rooms hold pass codes. */

/** The link may lack its scheme (feeds.md 4.3). */
function linkOf(row: BmltRow, warn: Warn): Link | null {
  const text = rawOf(row, 'virtual_meeting_link')
  if (text === null) return null
  const isBare = !/^[a-z][a-z0-9+.-]*:/i.test(text) && /^[^\s/@]+\.[a-z]{2,}(?:[/?#:]|$)/i.test(text)
  const link = readLink(isBare ? `https://${text}` : text)
  if (link === null)
    warn('bad-link', 'The link to join online is not an http or https address; it was left out.')
  return link
}

/** Numbers are kept as numbers; words around them as a note. */
function phoneOf(row: BmltRow, warn: Warn): { readonly phone: string | null; readonly note: string | null } {
  const text = lineOf(row, 'phone_meeting_number')
  if (text === null) return { phone: null, note: null }
  if (!/\p{L}{2,}/u.test(text)) {
    const phone = readPhone(text)
    if (phone === null) warn('bad-phone', 'The number to join by has fewer than 10 digits; it was left out.')
    return { phone, note: null }
  }
  const first = /\+?\d[\d\s().-]{8,30}\d/.exec(text)?.[0]
  const phone = first === undefined ? null : readPhone(first)
  if (phone === null) warn('bad-phone', 'The text about joining by phone has no number of 10 digits.')
  return { phone, note: text }
}

function placeOf(row: BmltRow): ReadPlace | null {
  const line = (key: Parameters<typeof lineOf>[1]): string | null => lineOf(row, key)
  const street = line('location_street')
  const quarter = line('location_city_subsection') ?? line('location_neighborhood')
  const city = line('location_municipality') ?? quarter
  const region = line('location_province')
  const postalCode = line('location_postal_code_1')
  const nation = line('location_nation')
  const area = [region === city ? null : region, postalCode].filter((text) => text !== null).join(' ')
  const parts = [street, quarter, city, area, nation].filter((text) => text !== null && text !== '')
  const { place } = readPlace({
    name: line('location_text'),
    note: textOf(row, 'location_info'),
    formatted: [...new Set(parts)].join(', ') || null,
    address: street,
    city,
    region,
    postalCode,
    country: nation,
    coordinates: undefined,
    latitude: rawOf(row, 'latitude') ?? undefined,
    longitude: rawOf(row, 'longitude') ?? undefined,
    // A server looks each address up: with a street the point is that house.
    approximate: street === null ? 'yes' : 'no',
  })
  // A point alone is no place that anybody could find.
  return place !== null && (place.name ?? place.address) !== null ? place : null
}

/** `venue_type` first, then the world ids, else in person (feeds.md 4.4). */
function attendanceOf(
  row: BmltRow,
  facts: FormatsReading,
  how: {
    readonly joinable: boolean
    readonly hasPlace: boolean
    readonly isDecoded: boolean
    readonly warn: Warn
  },
): Attendance | 'inactive' {
  const { joinable, hasPlace, isDecoded, warn } = how
  const venue = venues[rawOf(row, 'venue_type') ?? ''] ?? null
  const byFormat = facts.virtual ? 'online' : facts.hybrid ? 'hybrid' : null
  // Old servers say it by format only. Where formats cannot be read, a link may be the only way in.
  const guessed = !isDecoded && joinable ? (hasPlace ? 'hybrid' : 'online') : 'in_person'
  const said = venue ?? byFormat ?? guessed
  if (facts.siteClosed) {
    if (said !== 'in_person' || facts.virtual || facts.hybrid || joinable)
      return remarkJoin('online', joinable, warn)
    warn('site-closed', 'Its building is closed for now and it has no way to join online; it is not shown.')
    return 'inactive'
  }
  if (said === 'online') return remarkJoin('online', joinable, warn)
  if (!hasPlace) {
    if (said === 'hybrid' || joinable) return remarkJoin('online', joinable, warn)
    warn('no-place', 'The row names neither a place nor a way to join online; it is not shown.')
    return 'inactive'
  }
  return said === 'hybrid' ? remarkJoin('hybrid', joinable, warn) : said
}

const venues: Readonly<Record<string, Attendance | undefined>> = {
  '1': 'in_person',
  '2': 'online',
  '3': 'hybrid',
}

function remarkJoin(attendance: 'online' | 'hybrid', joinable: boolean, warn: Warn): Attendance {
  if (!joinable) warn('no-link', 'It can be joined online, but the row has neither a link nor a number.')
  return attendance
}

function ruleOf(
  row: BmltRow,
  openEnded: boolean,
  { settings, readZone }: BmltTools,
  warn: Warn,
): { readonly rule: WeeklyRule | null; readonly zoneNamed: boolean } {
  const zoneText = rawOf(row, 'time_zone')
  const named = zoneText === null ? null : readZone(zoneText)
  if (zoneText !== null && named === null) {
    warn('bad-zone', `${quoted(zoneText)} is not a time zone; ${settings.zone} is used.`)
  }
  const dayText = rawOf(row, 'weekday_tinyint')
  const startText = rawOf(row, 'start_time')
  const day = dayText !== null && /^[1-7]$/.test(dayText) ? Number(dayText) - 1 : null
  const startMinute = readTime(startText)
  if (dayText !== null && day === null)
    warn('bad-day', `${quoted(dayText)} is not a day from 1 (Sunday) to 7.`)
  if (startText !== null && startMinute === null)
    warn('bad-time', `${quoted(startText)} is not a time of day.`)
  if (day === null || startMinute === null) {
    if ((dayText === null) !== (startText === null)) {
      warn('half-schedule', 'The row has a day or a time but not both; it is listed by appointment.')
    }
    return { rule: null, zoneNamed: named !== null }
  }
  return {
    rule: {
      form: 'weekly',
      weekday: day,
      startMinute,
      durationMinutes: openEnded ? null : durationOf(row, warn),
      zone: named ?? settings.zone,
    },
    zoneNamed: named !== null,
  }
}

/** More than this is no length of a meeting (feeds.md 1.5). */
const longestMinutes = 360

function durationOf(row: BmltRow, warn: Warn): number | null {
  const text = rawOf(row, 'duration_time')
  if (text === null) return null
  const match = /^(\d{1,3}):([0-5]\d)(?::[0-5]\d)?$/.exec(text)
  if (match === null) {
    warn('bad-duration', `${quoted(text)} is not a length; the usual length is used.`)
    return null
  }
  const minutes = Number(match[1]) * 60 + Number(match[2])
  if (minutes > 0 && minutes <= longestMinutes) return minutes
  const what = minutes === 0 ? 'no length at all' : 'a length of more than six hours'
  warn(minutes === 0 ? 'zero-length' : 'long-length', `${quoted(text)} is ${what}; the usual length is used.`)
  return null
}

/** Ids are numbers; a text as long as a book is none. */
const maxKey = 64

function keyOf(row: BmltRow, rule: WeeklyRule | null): { readonly key: string; readonly derived: boolean } {
  const own = rawOf(row, 'id_bigint')
  if (own !== null && own.length <= maxKey) return { key: own, derived: false }
  const identity = JSON.stringify([
    lineOf(row, 'meeting_name'),
    rule?.weekday ?? null,
    rule?.startMinute ?? null,
    lineOf(row, 'location_street') ?? rawOf(row, 'virtual_meeting_link'),
  ])
  return { key: derivedKey(identity), derived: true }
}

/** Notices first, then what the group writes, at last how to get there. */
function notesOf(row: BmltRow, facts: FormatsReading): string | null {
  const named = (caption: string, key: Parameters<typeof textOf>[1]): string | null => {
    const text = textOf(row, key)
    return text === null ? null : `${caption}: ${text}`
  }
  const parts = [
    facts.notices.join('\n') || null,
    textOf(row, 'comments'),
    textOf(row, 'format_comments'),
    [named('Bus', 'bus_lines'), named('Train', 'train_lines'), textOf(row, 'public_transport')]
      .filter((text) => text !== null)
      .join('\n') || null,
  ].filter((text) => text !== null)
  return [...new Set(parts)].join('\n\n') || null
}
