import type { FeedProblem, MeetingType } from '../../contract/models.ts'
import { err, type Result } from '../../contract/result.ts'
import { readLink, readPhone } from './attendance.ts'
import { csvRows, delimiters, quotesByBackslash } from './csv.ts'
import { createZoneReader, readDays, readTime } from './day-time.ts'
import { derivedKey } from './derived-key.ts'
import { clipped } from './meeting-guide-fields.ts'
import { meetingName } from './meeting-name.ts'
import type { RowReading } from './meeting-guide-row.ts'
import { naFormat } from './na-formats.ts'
import { type PlaceReading, readPlace } from './place.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings, ReadMeeting } from './reader.ts'
import { inRows, type Remarks } from './remarks.ts'
import { emptyRow, readingOf, readOne, rowName, type Step } from './table-walk.ts'
import { languagesOf } from './table-values.ts'
import { plainLine, plainText, quoted } from './text.ts'
import { createWhose, type WhoseReader } from './whose.ts'

/**
 * The export of NA world services that BMLT servers offer: 46 columns, today 52 (feeds.md 3.3). Columns whose
 * names begin with `Contact` hold private addresses: none of them can be named here (6.5).
 */
export const nawsReader: Reader = {
  format: 'naws',
  recognizes: (head) => delimiterOf(head) !== null,
  read,
}

const columns = [
  'Committee',
  'CommitteeName',
  'ParentName',
  'Room',
  'Closed',
  'WheelChr',
  'Day',
  'Time',
  'Language1',
  'Language2',
  'Language3',
  'Place',
  'Address',
  'City',
  'LocBorough',
  'State',
  'Zip',
  'Country',
  'Directions',
  'Institutional',
  'Format1',
  'Format2',
  'Format3',
  'Format4',
  'Format5',
  'Delete',
  'LastChanged',
  'Longitude',
  'Latitude',
  'PhoneMeetingNumber',
  'VirtualMeetingLink',
  'VirtualMeetingInfo',
  'TimeZone',
  'bmlt_id',
  'unpublished',
] as const
type Column = (typeof columns)[number]
/** The text of a column as it stands, trimmed; empty when the export does not have it. */
type Cell = (column: Column) => string

function delimiterOf(head: string) {
  const [first = ''] = head.trimStart().split(/[\r\n]/, 1)
  const names = (delimiter: string) =>
    first.split(delimiter).map((cell) => cell.replaceAll('"', '').trim().toLowerCase())
  return (
    delimiters.find((delimiter) => {
      const [committee, name] = names(delimiter)
      return committee === 'committee' && name === 'committeename'
    }) ?? null
  )
}

function read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const delimiter = delimiterOf(source.head)
  if (delimiter === null) return incomplete
  const [header] = csvRows(source, { delimiter, backslash: false }, null)
  if (header?.cells === undefined || header.cells === null) return incomplete
  const places = placesOf(header.cells)
  if (!places.has('Day') || !places.has('Time')) return incomplete
  const width = header.cells.length
  const dialect = { delimiter, backslash: quotesByBackslash(source, delimiter, width) }
  function* walk(remarks: Remarks): Generator<Step> {
    const tools = { settings, remarks, readZone: createZoneReader(), whose: createWhose(settings) }
    for (const row of csvRows(source, dialect, width)) {
      if (row.number <= header!.number) continue
      const at = rowName(row)
      if (row.cells === null) {
        yield { where: at, outcome: row.reason }
        continue
      }
      const { cells } = row
      const cell: Cell = (column) => cells[places.get(column) ?? -1]?.trim() ?? ''
      const name = cell('bmlt_id') || cell('Committee')
      const where = name === '' ? at : `${at} (${quoted(name).slice(1, -1)})`
      const isEmpty = cells.every((text) => text.trim() === '')
      yield {
        where,
        outcome: isEmpty ? emptyRow : readOne(() => readRow(cell, where, tools)),
      }
    }
  }
  return readingOf('naws', walk)
}

function placesOf(header: readonly string[]): ReadonlyMap<Column, number> {
  const names = new Map(columns.map((column) => [column.toLowerCase(), column]))
  const places = new Map<Column, number>()
  for (const [index, text] of header.entries()) {
    const column = names.get(text.trim().toLowerCase())
    if (column !== undefined && !places.has(column)) places.set(column, index)
  }
  return places
}

type Tools = {
  readonly settings: ReaderSettings
  readonly remarks: Remarks
  readonly readZone: (value: string) => string | null
  readonly whose: WhoseReader
}

type Warn = (code: string, sentence: string) => void

function readRow(cell: Cell, where: string, tools: Tools): RowReading | string {
  const withheld = withheldBecause(cell)
  if (withheld !== null) return withheld
  const warn: Warn = (code, sentence) => tools.remarks.warn(where, code, sentence)
  const { known, unknown } = formatsOf(cell)
  for (const code of unknown) {
    tools.remarks.tally(
      'unknown-format',
      code,
      (rows) =>
        `The format ${quoted(code)} ${inRows(rows)} is not one of world services; it is kept without a name.`,
    )
  }
  const { place, exact } = placeOf(cell)
  const link = cell('VirtualMeetingLink') === '' ? null : readLink(cell('VirtualMeetingLink'))
  if (link === null && cell('VirtualMeetingLink') !== '') {
    warn('bad-link', 'column VirtualMeetingLink: it is not an http or https address; it was left out.')
  }
  const phone = cell('PhoneMeetingNumber') === '' ? null : readPhone(cell('PhoneMeetingNumber'))
  if (phone === null && cell('PhoneMeetingNumber') !== '') {
    warn('bad-phone', 'column PhoneMeetingNumber: it has fewer than 10 digits; it was left out.')
  }
  const venues = new Set(known.map(({ venue }) => venue))
  const info = plainText(cell('VirtualMeetingInfo')) || null
  const canJoin = link !== null || phone !== null || info !== null
  const attendance = attendanceFrom(venues, exact, canJoin)
  if (attendance === 'inactive' && !venues.has('site_closed')) {
    warn('no-place', 'The row names neither a place nor a way to join online; it is not shown.')
  }
  const online = attendance === 'online'
  const rules = rulesOf(cell, tools, warn)
  const name = meetingName(
    {
      name: plainLine(cell('CommitteeName')),
      place: plainLine(cell('Place')),
      rule: rules[0],
      otherwise: 'Meeting',
    },
    warn,
  )
  const own = cell('bmlt_id') || cell('Committee')
  const key =
    (own.length > 256 ? derivedKey(JSON.stringify([own])) : own) ||
    derivedKey(JSON.stringify([name, rules[0]?.weekday, rules[0]?.startMinute, place?.address ?? null]))
  const types = known.filter(({ onSite }) => !online || !onSite).map(({ type }) => type)
  const said = cell('Closed').toUpperCase()
  const listed = known.find(({ openness }) => openness !== null)?.openness ?? null
  const languages = languagesFrom(cell, warn)
  const whose = tools.whose({
    offices: [plainLine(cell('ParentName')) || null],
    format: { name: 'NAWS', fellowship: 'na' },
  })
  const meeting: Omit<ReadMeeting, 'part' | 'rules'> = {
    key,
    keyDerived: own === '' || key !== own,
    name,
    kind: whose.kind,
    fellowship: whose.fellowship,
    audience: whose.audience,
    decidedBy: whose.decidedBy,
    group: null,
    notes: null,
    types: [...types, ...unknown.map((code): MeetingType => ({ code, label: null }))],
    languages,
    openness: said === 'OPEN' ? 'open' : said === 'CLOSED' ? 'closed' : (listed ?? 'unknown'),
    // "FALSE" stands in rows of which nobody said anything.
    wheelchair:
      !online && (cell('WheelChr').toUpperCase() === 'TRUE' || known.some(({ wheelchair }) => wheelchair))
        ? true
        : null,
    attendance,
    place: online ? null : place,
    onlineUrl: link?.url ?? null,
    onlineNote: link === null && phone !== null ? null : info,
    phone,
    phoneNote: link === null && phone !== null ? info : null,
    provider: link?.provider ?? null,
    sourceUpdated: dateOf(cell('LastChanged')),
    sourceName: plainLine(cell('ParentName')) || null,
  }
  const meetings =
    rules.length === 0
      ? [{ ...meeting, part: '', rules }]
      : rules.map((rule) => ({ ...meeting, part: '', rules: [rule] }))
  return { key, meetings, zoneNamed: false, longitude: null }
}

function withheldBecause(cell: Cell): string | null {
  if (/^d/i.test(cell('Delete'))) return 'deleted: the column Delete marks this row as gone.'
  if (/^(?:1|true|yes)$/i.test(cell('unpublished')))
    return 'unpublished: the export marks this row as not published.'
  return /^(?:1|true|yes)$/i.test(cell('Institutional'))
    ? 'institutional: the meeting is held inside an institution and is never listed.'
    : null
}

function formatsOf(cell: Cell) {
  const codes = [1, 2, 3, 4, 5]
    .map((number) => clipped(plainLine(cell(`Format${number}` as Column)), 80))
    .filter((code) => code !== '')
  const unique = [...new Set(codes.map((code) => code.toUpperCase()))]
  const known = unique.flatMap((code) => naFormat(code) ?? [])
  return { known, unknown: unique.filter((code) => naFormat(code) === null) }
}

/** By the formats, and only then by what else the row has (feeds.md 4.4). */
function attendanceFrom(
  venues: ReadonlySet<string | null>,
  exact: boolean,
  canJoin: boolean,
): ReadMeeting['attendance'] {
  if (venues.has('online')) return 'online'
  if (venues.has('site_closed')) return canJoin ? 'online' : 'inactive'
  if (venues.has('hybrid')) return exact ? 'hybrid' : canJoin ? 'online' : 'inactive'
  if (exact) return canJoin ? 'hybrid' : 'in_person'
  return canJoin ? 'online' : 'inactive'
}

/** A meeting with a street or a building is where it says, whatever the number of commas. */
function placeOf(cell: Cell): PlaceReading {
  const line = (column: Column) => plainLine(cell(column)) || null
  const hasSite = line('Address') !== null || line('Place') !== null
  return readPlace({
    name: line('Place'),
    note:
      [line('Room'), plainText(cell('Directions')) || null].filter((text) => text !== null).join('\n') ||
      null,
    formatted: null,
    address: line('Address'),
    city: line('LocBorough') ?? line('City'),
    region: line('State'),
    postalCode: line('Zip'),
    country: line('Country'),
    coordinates: undefined,
    latitude: cell('Latitude'),
    longitude: cell('Longitude'),
    approximate: hasSite ? 'no' : 'yes',
  })
}

function rulesOf(cell: Cell, { settings, readZone }: Tools, warn: Warn) {
  const zoneText = cell('TimeZone')
  const named = zoneText === '' ? null : readZone(zoneText)
  if (zoneText !== '' && named === null) {
    warn('bad-zone', `column TimeZone: ${quoted(zoneText)} is not a time zone; ${settings.zone} is used.`)
  }
  const [weekday] = /^\d/.test(cell('Day')) ? [] : readDays(cell('Day'), false).days
  const start = timeOf(cell('Time'))
  if (weekday === undefined && cell('Day') !== '') {
    warn('bad-day', `column Day: ${quoted(cell('Day'))} is no day; it should be Monday, Tuesday ... Sunday.`)
  }
  if (start === null && cell('Time') !== '') {
    warn('bad-time', `column Time: ${quoted(cell('Time'))} is no time; it should be such as 1930.`)
  }
  if ((cell('Day') === '') !== (cell('Time') === '')) {
    warn('half-schedule', 'The row has a day or a time but not both; it is listed by appointment.')
  }
  if (weekday === undefined || start === null) return []
  return [
    { form: 'weekly', weekday, startMinute: start, durationMinutes: null, zone: named ?? settings.zone },
  ] as const
}

/**
 * `1930`, `900`, `0730`: hours and minutes without a colon, as a number: `0` is midnight and `30` half past. `7` is
 * none. Who mends such a file by hand writes `7:30 PM`.
 */
function timeOf(text: string): number | null {
  if (/^(?:00?|15|30|45)$/.test(text)) return Number(text)
  if (/[ap]\.?\s?m/i.test(text)) return readTime(text)
  const match = /^(\d{1,2}):?(\d{2})$/.exec(text)
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  return hour * 60 + minute
}

function languagesFrom(cell: Cell, warn: Warn): readonly string[] {
  const { tags, bad } = languagesOf([cell('Language1'), cell('Language2'), cell('Language3')].join(','))
  if (bad !== null) warn('bad-language', `${quoted(bad)} is no language known here; it was left out.`)
  return tags
}

/** `M/D/YY` or with a year of four digits, as ISO 8601; information only. */
function dateOf(text: string): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text)
  if (match === null) return null
  const [, month = '', day = '', year = ''] = match
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return Number.isNaN(Date.parse(date)) ? null : date
}

const incomplete = err(
  'wrong_format',
  'This begins as an export of NA world services (NAWS), but columns such as Day and Time are missing. Ask for the whole export.',
)
