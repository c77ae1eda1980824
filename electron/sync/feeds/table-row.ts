import type { MeetingType } from '../../contract/models.ts'
import { defaultDurationMinutes, type Rule, type WeeklyRule } from '../../domain/schedule.ts'
import { dayMs, dayNumber, wallText } from '../../domain/zones.ts'
import { clockText } from './day-time.ts'
import { derivedKey } from './derived-key.ts'
import { type Row, withheldBecause } from './meeting-guide-fields.ts'
import { readRow, type RowReading, type RowTools } from './meeting-guide-row.ts'
import type { ReadMeeting } from './reader.ts'
import { columnName, type Columns, type Field } from './table-columns.ts'
import { scheduleOf, type TableSchedule } from './table-schedule.ts'
import { kindOf, languagesOf, opennessOf, yesNo } from './table-values.ts'
import { quoted } from './text.ts'

export type TableTools = {
  readonly row: RowTools
  readonly columns: Columns
  /** Our own template: what it needs must be there, or the row is refused. */
  readonly ours: boolean
  /** Dates such as 5/12/2026 are in December. */
  readonly dayFirst: boolean
}

/** The cells of one row by field; blank ones are absent. */
export type Cells = ReadonlyMap<Field, string>

/** Says what is wrong with a cell, naming its column as the file does. */
export type Complain = (code: string, field: Field, sentence: string) => void

export function cellsOf(columns: Columns, texts: readonly string[]): Cells {
  const cells = new Map<Field, string>()
  for (const [index, field] of columns.fields.entries()) {
    // A cell pasted from a web page can hold signs that nobody sees.
    const text = texts[index]?.replaceAll(/[\u200b\u2060\ufeff]/g, '').trim() ?? ''
    if (field !== null && text !== '' && !cells.has(field)) cells.set(field, text)
  }
  return cells
}

/** One row of a table as its meetings, through the row reader of Meeting Guide; or why it is refused. */
export function readTableRow(cells: Cells, where: string, tools: TableTools): RowReading | string {
  const { columns, ours } = tools
  const problems: string[] = []
  const warn: Complain = (code, field, sentence) => {
    tools.row.remarks.warn(where, code, `column ${columnName(columns, field)}: ${sentence}`)
  }
  const complain: Complain = ours
    ? (code, field, sentence) => problems.push(`${code}: column ${columnName(columns, field)}: ${sentence}`)
    : warn
  if (ours && /^(?:example|ejemplo)\b/i.test(cells.get('name') ?? '')) {
    return 'example: this is the example of the template; it is not taken. Delete it when you like.'
  }
  const schedule = scheduleOf(cells, tools, complain, warn)
  if (ours) complainOfAbsent(cells, complain)
  const row = rowOf(cells, schedule, tools)
  const withheld = withheldBecause(row)
  if (withheld !== null) return withheld
  if (problems.length > 0) return problems.join(' ')
  const reading = readRow(row, where, rowToolsOf(cells, tools, warn))
  return withOwnColumns(reading, cells, schedule, tools, warn)
}

/** A name, a day or date, a start and a place are all that a row of ours needs; no day and no start: by appointment. */
function complainOfAbsent(cells: Cells, complain: Complain): void {
  const has = (...fields: readonly Field[]) => fields.some((field) => cells.has(field))
  if (!has('name')) complain('no-name', 'name', 'it is empty; write what the meeting is called.')
  if (has('time') && !has('day', 'date')) {
    complain(
      'no-day',
      'day',
      'it is empty; write a day such as Monday here, or a date in the column for dates.',
    )
  }
  if (has('day', 'date') && !has('time')) {
    complain('no-start', 'time', 'it is empty; write when it starts, such as 7:00 PM or 19:00.')
  }
  if (
    !has('location', 'room', 'address', 'formatted_address', 'conference_url', 'conference_phone', 'phone')
  ) {
    complain('no-place', 'location', 'it is empty; write where the meeting is held.')
  }
}

/** Fields that mean the same in a Meeting Guide row. */
const sameFields = new Set<Field>([
  'slug',
  'id',
  'timezone',
  'fellowship',
  'meetingtypenamespace',
  'program',
  'formatted_address',
  'address',
  'state',
  'postal_code',
  'country',
  'coordinates',
  'latitude',
  'longitude',
  'group',
  'group_notes',
  'conference_url_notes',
  'conference_phone_notes',
  'attendance_option',
  'updated',
  'entity',
  'private',
  'published',
  'unpublished',
  'deleted',
  'archived',
  'status',
  'visibility',
])

function rowOf(cells: Cells, schedule: TableSchedule, tools: TableTools): Row {
  const { ours } = tools
  const borrows = borrowsPlace(cells, tools)
  const place = cells.get('location') ?? (ours ? cells.get('room') : undefined)
  const openFormat = cells.get('open_format')
  return {
    ...Object.fromEntries([...cells].filter(([field]) => sameFields.has(field))),
    name: cells.get('name'),
    day: schedule.days ?? cells.get('day'),
    time: schedule.start === null ? cells.get('time') : clockText(schedule.start),
    end_time: schedule.end === null ? undefined : clockText(schedule.end),
    types: [cells.get('types')?.replace(oldClosure, 'TC'), ...formats(cells)],
    location: place,
    location_notes: joined([
      place === cells.get('room') ? undefined : cells.get('room'),
      cells.get('location_notes'),
    ]),
    city: cells.get('city') ?? areaOf(cells),
    // A place without an address is still a place that one can go to.
    ...(borrows ? { address: place } : {}),
    approximate: borrows || isPoint(cells, ours) ? 'no' : cells.get('approximate'),
    notes: joined([
      cells.get('notes'),
      openFormat !== undefined && !/^open$/i.test(openFormat) ? openFormat : undefined,
    ]),
    conference_url: linkWithScheme(cells.get('conference_url')),
    conference_phone: cells.get('conference_phone') ?? (ours ? cells.get('phone') : undefined),
  }
}

/** Where a list has no column for addresses, the name of the place is all that people need to find it. */
function borrowsPlace(cells: Cells, { columns, ours }: TableTools): boolean {
  const addressed = addressFields.some((field) => columns.fields.includes(field))
  return (ours || (!addressed && cells.has('location'))) && !addressFields.some((field) => cells.has(field))
}

const addressFields = ['address', 'formatted_address', 'city'] as const satisfies readonly Field[]

/** Our template asks for a place to go to; a postal code with a point on the map is one (feeds.md 2.8). */
function isPoint(cells: Cells, ours: boolean): boolean {
  if (cells.has('approximate')) return false
  return ours || (cells.has('postal_code') && cells.has('latitude') && cells.has('longitude'))
}

/** `San Jose > West San Jose`, or one column each: the nearest area, where no town is given. */
function areaOf(cells: Cells): string | undefined {
  if (cells.has('formatted_address') || cells.has('postal_code') || !cells.has('address')) return undefined
  if ((cells.get('address') ?? '').includes(',')) return undefined
  const regions = [cells.get('regions'), cells.get('sub_region'), cells.get('sub_sub_region')]
  return regions
    .flatMap((text) => text?.split('>') ?? [])
    .map((text) => text.trim())
    .findLast((text) => text !== '')
}

/** The plugin's label of 2020 for what it now calls "Location Temporarily Closed". */
const oldClosure = /\btemporary closure\b/i

/** What happens there, by the words of its fellowship; where it is, other columns say better. */
function formats(cells: Cells): readonly string[] {
  const words =
    cells
      .get('format')
      ?.split(',')
      .map((word) => word.trim()) ?? []
  const chit = yesNo(cells.get('chit') ?? '') === true ? ['Proof of Attendance'] : []
  return [
    ...words
      .filter((word) => !/^(?:in[- ]person|)$/i.test(word))
      .map((word) => (/^online$/i.test(word) ? 'ONL' : word)),
    ...chit,
  ]
}

function linkWithScheme(link: string | undefined): string | undefined {
  return link !== undefined && /^[\w-]+(?:\.[\w-]+)+\/\S+$/.test(link) ? `https://${link}` : link
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  return texts.filter((text) => text !== undefined).join('\n') || undefined
}

/** Adds what a Meeting Guide row cannot say: kind, weeks, dates, length, language, ramp, open or closed. */
function withOwnColumns(
  reading: RowReading,
  cells: Cells,
  schedule: TableSchedule,
  tools: TableTools,
  warn: Complain,
): RowReading {
  const own = ownColumns(cells, tools, warn)
  const borrowed = borrowsPlace(cells, tools)
  const meetings = reading.meetings.map((meeting): ReadMeeting => {
    const { place } = meeting
    return {
      ...meeting,
      types: [
        ...meeting.types.map(asWritten),
        ...own.types
          .filter(({ onSite }) => !onSite || meeting.attendance !== 'online')
          .map(({ type }) => type),
      ],
      languages: [...new Set([...meeting.languages, ...own.languages])],
      openness: own.openness ?? opennessIn(meeting),
      wheelchair: meeting.attendance === 'online' ? null : (own.wheelchair ?? wheelchairIn(meeting)),
      place: borrowed && place !== null ? { ...place, street: null, address: null } : place,
      rules: meeting.rules.map((rule) => (rule.form === 'weekly' ? ruleOf(rule, schedule) : rule)),
    }
  })
  if (schedule.dates.length === 0 || meetings[0]?.keyDerived !== true) return { ...reading, meetings }
  // The row reader only knows the day of the week: two dates of one club would share a key.
  const identity = JSON.stringify([reading.key, ...schedule.dates])
  const key = derivedKey(identity)
  return { ...reading, key, meetings: meetings.map((meeting) => ({ ...meeting, key })) }
}

/** A table has words where a feed has codes: what no list knows is its own name, unless it is an abbreviation. */
function asWritten(type: MeetingType): MeetingType {
  return type.label === null && isWords(type.code) ? { ...type, label: type.code } : type
}

function isWords(code: string): boolean {
  return code.length > 4 && !/^\p{Lu}+$/u.test(code)
}

/** Also without a known fellowship the words "Open" and "Closed" are what they say; codes would not be. */
function opennessIn({ openness, types }: ReadMeeting): ReadMeeting['openness'] {
  if (openness !== 'unknown') return openness
  if (types.some(({ code }) => /^closed$/i.test(code))) return 'closed'
  return types.some(({ code }) => /^open$/i.test(code)) ? 'open' : 'unknown'
}

function wheelchairIn({ wheelchair, types }: ReadMeeting): boolean | null {
  return wheelchair ?? (types.some(({ code }) => /^wheelchair access/i.test(code)) ? true : null)
}

function ruleOf(rule: WeeklyRule, { dates, weeks }: TableSchedule): Rule {
  const [first, ...others] = dates.map((date) => startOn(date, rule.startMinute))
  if (first === undefined) return weeks.length === 0 ? rule : { ...rule, weeks }
  return {
    form: 'set',
    allDay: false,
    start: first,
    zone: rule.zone,
    // A set without a length would be over as soon as it starts.
    durationMinutes: rule.durationMinutes ?? defaultDurationMinutes,
    rrule: null,
    rdates: others,
    exdates: [],
    changes: [],
    status: 'scheduled',
  }
}

/** Midnight at the end of a date is the first moment of the next one. */
function startOn(date: string, startMinute: number): string {
  return wallText(dayNumber(date) * dayMs + startMinute * 60_000)
}

function ownColumns(cells: Cells, { row, ours }: TableTools, warn: Complain) {
  const wheelchair = yesNo(cells.get('wheelchair') ?? '')
  return {
    languages: languagesFrom(cells, warn),
    openness: opennessFrom(cells, warn),
    // In other lists "no" stands where nobody asked.
    wheelchair: wheelchair === false && !ours ? null : wheelchair,
    types: [...(yesNo(cells.get('hearing') ?? '') === true ? [hearingLoop] : []), ...localCodes(cells, row)],
  }
}

const hearingLoop = {
  type: { code: 'hearing-loop', label: 'Hearing loop', es: 'Bucle magnético' },
  onSite: true,
}

/** Letters that one office made up are kept, never decoded by the list of the fellowship. */
function localCodes(cells: Cells, { remarks }: RowTools) {
  const codes = cells.get('local_codes')?.split(/[,;\s]+/) ?? []
  if (codes.length > 0) {
    remarks.tally(
      'local-codes',
      '',
      (rows) =>
        `The column with codes (${rows} rows) holds letters of this office; they are kept without a name.`,
    )
  }
  return [...new Set(codes)]
    .filter((code) => code !== '')
    .map((code) => ({ type: { code, label: null }, onSite: false }))
}

/** Our template says what kind a row is; the rule that decides whose it is gets to know it. */
function rowToolsOf(cells: Cells, { row: shared, columns }: TableTools, warn: Complain): RowTools {
  const { remarks } = shared
  const row: RowTools = {
    ...shared,
    remarks: {
      ...remarks,
      tally: (code, value, sentenceOf) => {
        const written = (rows: number) =>
          sentenceOf(rows).replace('it is kept without a name', 'it is shown as it is written')
        remarks.tally(code, value, code === 'unknown-type' && isWords(value) ? written : sentenceOf)
      },
    },
  }
  const cell = cells.get('kind')
  if (cell === undefined) return row
  const kind = kindOf(cell)
  if (kind === null) {
    warn(
      'bad-kind',
      'kind',
      `${quoted(cell)} is no kind; write therapy, peer or club. The feed's kind is used.`,
    )
    return row
  }
  const column = columnName(columns, 'kind')
  return { ...row, whose: (clues) => row.whose({ ...clues, kind: { column, kind } }) }
}

function languagesFrom(cells: Cells, warn: Complain): readonly string[] {
  const { tags, bad } = languagesOf(cells.get('language') ?? '')
  if (bad !== null) {
    warn('bad-language', 'language', `${quoted(bad)} is no language known here; write English, Spanish ...`)
  }
  return tags
}

function opennessFrom(cells: Cells, warn: Complain): 'open' | 'closed' | null {
  const cell = cells.get('openness')
  if (cell !== undefined) {
    const openness = opennessOf(cell)
    if (openness === null) warn('bad-openness', 'openness', `${quoted(cell)} is neither "open" nor "closed".`)
    return openness
  }
  if (yesNo(cells.get('open') ?? '') === true) return 'open'
  // "False" alone stands for closed and for not said; only the words beside it tell.
  return /\bclosed\b|\bonly\b/i.test(cells.get('open_format') ?? '') ? 'closed' : null
}
