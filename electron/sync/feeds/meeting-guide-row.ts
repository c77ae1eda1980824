import type { FellowshipId } from '../../contract/models.ts'
import type { WeeklyRule } from '../../domain/schedule.ts'
import { attendanceOf, type Link, readLink, readPhone } from './attendance.ts'
import { clockText, isAbsent, lengthOf, readDays, readTime } from './day-time.ts'
import { derivedKey } from './derived-key.ts'
import { lineOf, rawText, type Row, textOf, updatedOf, valueOf } from './meeting-guide-fields.ts'
import { meetingName } from './meeting-name.ts'
import { type PlaceReading, readPlace } from './place.ts'
import type { ReaderSettings, ReadMeeting } from './reader.ts'
import { inRows, type Remarks } from './remarks.ts'
import { quoted } from './text.ts'
import { type TypesReading, withoutOnSite } from './types.ts'
import type { Whose, WhoseReader } from './whose.ts'

/** What all rows of one run share. */
export type RowTools = {
  readonly settings: ReaderSettings
  /** Rows of a spreadsheet: day names in other languages count too. */
  readonly table: boolean
  readonly whose: WhoseReader
  readonly readTypes: (value: unknown, fellowship: FellowshipId) => TypesReading
  readonly readZone: (value: string) => string | null
  readonly remarks: Remarks
}

export type RowReading = {
  readonly key: string
  readonly meetings: readonly ReadMeeting[]
  readonly zoneNamed: boolean
  /** Also of an online meeting, whose place is not kept. */
  readonly longitude: number | null
}

type Warn = (code: string, sentence: string) => void

/** One row as its meetings: one for each day, or a single one by appointment. */
export function readRow(row: Row, where: string, tools: RowTools): RowReading {
  const { remarks } = tools
  const warn: Warn = (code, sentence) => remarks.warn(where, code, sentence)
  const whose = whoseIs(row, tools, warn)
  const types = readRowTypes(row, whose.fellowship, tools, warn)
  const { place, exact } = placeOf(row)
  const link = linkOf(row, warn)
  const phone = phoneOf(row, warn)
  const online = link !== null || phone !== null
  if (place === null && !online) {
    warn('no-place', 'The row names neither a place nor a way to join online; it is not shown.')
  }
  const attendance = attendanceOf({ online, exactPlace: exact, siteClosed: types.siteClosed })
  if (attendance === 'inactive' && place !== null) tallyInactive(types.siteClosed, remarks)
  const said = lineOf(row, 'attendance_option')?.toLowerCase() ?? null
  if (said !== null && said !== attendance) {
    warn(
      'attendance-differs',
      `The feed says ${quoted(said)}; by its place and links the meeting is "${attendance}".`,
    )
  }
  const { rules, zoneNamed } = scheduleOf(row, tools, warn)
  const name = meetingName(
    {
      name: lineOf(row, 'name', 'meeting'),
      group: lineOf(row, 'group'),
      place: lineOf(row, 'location', 'location_name'),
      rule: rules[0],
      otherwise: 'Meeting',
    },
    warn,
  )
  const { key, derived } = keyOf(row, name, rules, place?.address ?? place?.name ?? link?.url ?? null)
  const notes = [textOf(row, 'notes'), textOf(row, 'group_notes')].filter((text) => text !== null)
  const meeting: Omit<ReadMeeting, 'part' | 'rules'> = {
    key,
    keyDerived: derived,
    name,
    kind: whose.kind,
    fellowship: whose.fellowship,
    audience: whose.audience,
    decidedBy: whose.decidedBy,
    group: lineOf(row, 'group'),
    notes: [...new Set(notes)].join('\n\n') || null,
    types: attendance === 'online' ? withoutOnSite(types.types) : types.types,
    languages: types.languages,
    openness: types.openness,
    // A feed that does not say it has no ramp has said nothing.
    wheelchair: types.wheelchair && attendance !== 'online' ? true : null,
    attendance,
    // The address of an online meeting is the middle of its region, or a building that is shut.
    place: attendance === 'online' ? null : place,
    onlineUrl: link?.url ?? null,
    onlineNote: textOf(row, 'conference_url_notes'),
    phone,
    phoneNote: textOf(row, 'conference_phone_notes'),
    provider: link?.provider ?? null,
    sourceUpdated: updatedOf(row),
    sourceName: lineOf(row, 'entity'),
  }
  const meetings =
    rules.length === 0
      ? [{ ...meeting, part: '', rules: [] }]
      : rules.map((rule) => ({
          ...meeting,
          part: rules.length > 1 ? String(rule.weekday) : '',
          rules: [rule],
        }))
  return { key, meetings, zoneNamed, longitude: place?.longitude ?? null }
}

/** One remark for all rows: some offices list dozens of them. */
function tallyInactive(siteClosed: boolean, remarks: Remarks): void {
  const [code, what] = siteClosed
    ? ['site-closed', 'a building that is closed for now']
    : ['no-address', 'no exact address']
  remarks.tally(code, '', (rows) => {
    const name = rows === 1 ? '1 row names' : `${rows} rows name`
    return `${name} ${what} and no way to join online; not shown.`
  })
}

/** The columns are those of spreadsheets that list several fellowships; a feed of one has none of them. */
function whoseIs(row: Row, { whose }: RowTools, warn: Warn): Whose {
  const answer = whose({
    columns: whoseColumns.map((name) => ({ name, text: lineOf(row, name) })),
    offices: [lineOf(row, 'entity')],
  })
  if (answer.unknownColumn !== null) {
    warn('unknown-fellowship', `${answer.unknownColumn} is not in the directory of fellowships.`)
  }
  return answer
}

const whoseColumns = ['fellowship', 'meetingtypenamespace', 'program'] as const

function readRowTypes(row: Row, fellowship: FellowshipId, tools: RowTools, warn: Warn): TypesReading {
  const types = tools.readTypes(valueOf(row, 'types'), fellowship)
  if (types.openAndClosed) {
    warn('open-and-closed', 'The row has both the open and the closed code; it is listed as closed.')
  }
  if (types.bad) warn('bad-types', 'A type that is neither text nor number was left out.')
  for (const code of types.unknown) {
    tools.remarks.tally(
      'unknown-type',
      code.toLowerCase(),
      (rows) =>
        `The type ${quoted(code)} ${inRows(rows)} is not in the list of this fellowship; it is kept without a name.`,
    )
  }
  return types
}

function placeOf(row: Row): PlaceReading {
  return readPlace({
    name: lineOf(row, 'location', 'location_name'),
    note: textOf(row, 'location_notes'),
    formatted: lineOf(row, 'formatted_address', 'full_address'),
    address: lineOf(row, 'address'),
    city: lineOf(row, 'city'),
    region: lineOf(row, 'state'),
    postalCode: lineOf(row, 'postal_code', 'zip'),
    country: lineOf(row, 'country'),
    coordinates: valueOf(row, 'coordinates'),
    latitude: valueOf(row, 'latitude'),
    longitude: valueOf(row, 'longitude'),
    approximate: valueOf(row, 'approximate'),
  })
}

/* The values themselves stay out of the remarks: links and numbers of online rooms hold pass codes. */

function linkOf(row: Row, warn: Warn): Link | null {
  const text = rawText(row, 'conference_url')
  if (text === null) return null
  const link = readLink(text)
  if (link === null)
    warn('bad-link', 'The link to join online is not an http or https address; it was left out.')
  return link
}

function phoneOf(row: Row, warn: Warn): string | null {
  const text = rawText(row, 'conference_phone')
  if (text === null) return null
  const phone = readPhone(text)
  if (phone === null) warn('bad-phone', 'The number to join by has fewer than 10 digits; it was left out.')
  return phone
}

function scheduleOf(
  row: Row,
  { settings, table, readZone }: RowTools,
  warn: Warn,
): { readonly rules: readonly WeeklyRule[]; readonly zoneNamed: boolean } {
  const zoneText = rawText(row, 'timezone')
  const named = zoneText === null ? null : readZone(zoneText)
  if (zoneText !== null && named === null) {
    warn('bad-zone', `${quoted(zoneText)} is not a time zone; ${settings.zone} is used.`)
  }
  const zone = named ?? settings.zone
  const dayValue = valueOf(row, 'day')
  const timeValue = valueOf(row, 'time', 'start_time')
  const { days, bad } = readDays(dayValue, table)
  const start = readTime(timeValue)
  if (bad.length > 0)
    warn('bad-day', `${quoted(bad[0])} is not a day from 0 (Sunday) to 6 or the name of one.`)
  if (timeValue !== undefined && start === null)
    warn('bad-time', `${quoted(timeValue)} is not a time of day.`)
  const none = { rules: [], zoneNamed: named !== null }
  if (days.length === 0 || start === null) {
    const half = isAbsent(dayValue) !== isAbsent(timeValue)
    if (half) warn('half-schedule', 'The row has a day or a time but not both; it is listed by appointment.')
    return none
  }
  const durationMinutes = durationOf(row, start, warn)
  return {
    rules: days.map((weekday) => ({ form: 'weekly', weekday, startMinute: start, durationMinutes, zone })),
    zoneNamed: named !== null,
  }
}

function durationOf(row: Row, start: number, warn: Warn): number | null {
  const value = valueOf(row, 'end_time')
  if (value === undefined) return null
  const end = readTime(value)
  if (end === null) {
    warn('bad-end-time', `${quoted(value)} is not a time of day; the usual length is used.`)
    return null
  }
  const length = lengthOf(start, end)
  if (length.minutes !== null) return length.minutes
  const what = length.why === 'zero-length' ? 'no length at all' : 'a length of more than six hours'
  warn(length.why, `From ${clockText(start)} to ${clockText(end)} is ${what}; the usual length is used.`)
  return null
}

/** Slug, else id, else a hash of what does not change from one export to the next (feeds.md 2.9). */
function keyOf(
  row: Row,
  name: string,
  rules: readonly WeeklyRule[],
  place: string | null,
): { readonly key: string; readonly derived: boolean } {
  const own = rawText(row, 'slug') ?? rawText(row, 'id')
  if (own !== null && own.length <= maxKey) return { key: own, derived: false }
  if (own !== null) return { key: derivedKey(own), derived: true }
  const days = rules.map((rule) => rule.weekday)
  const identity = JSON.stringify([name, days, rules[0]?.startMinute ?? null, place])
  return { key: derivedKey(identity), derived: true }
}

/** Four times what the format allows (feeds.md 2.2). */
const maxKey = 256
