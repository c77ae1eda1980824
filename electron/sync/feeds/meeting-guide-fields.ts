import { isAbsent } from './day-time.ts'
import { plainLine, plainText } from './text.ts'

export type Row = Readonly<Record<string, unknown>>

/*
 * Keys of the format by what this program does with them (feeds.md 2.2). Persons, donation handles and
 * editors are never read (6.5): no function here can name them.
 */
const readKeys = [
  'name',
  'meeting',
  'slug',
  'id',
  'day',
  'time',
  'start_time',
  'end_time',
  'timezone',
  'types',
  'formatted_address',
  'full_address',
  'address',
  'city',
  'state',
  'postal_code',
  'zip',
  'country',
  'coordinates',
  'latitude',
  'longitude',
  'approximate',
  'location',
  'location_name',
  'location_notes',
  'group',
  'group_notes',
  'notes',
  'conference_url',
  'conference_url_notes',
  'conference_phone',
  'conference_phone_notes',
  'attendance_option',
  'updated',
  'entity',
  'fellowship',
  'meetingtypenamespace',
  'program',
  'private',
  'published',
  'unpublished',
  'deleted',
  'archived',
  'status',
  'visibility',
] as const

const ignoredKeys = [
  'district',
  'sub_district',
  'region',
  'sub_region',
  'sub_sub_region',
  'regions',
  'url',
  'edit_url',
  'website',
  'website_2',
  'email',
  'phone',
  'mailing_address',
  'last_contact',
  'venmo',
  'square',
  'paypal',
  'homegroup_online',
  'feedback_emails',
  'feedback_url',
  'entity_email',
  'entity_phone',
  'entity_location',
  'entity_url',
  'entity_website_url',
  'entity_logo',
  'location_id',
  'group_id',
  'region_id',
  'district_id',
  'author',
  'time_formatted',
  'location_url',
  'image',
  'distance',
  'data_source',
  'data_source_name',
  'source_slug',
  'import_hash',
  'people',
  'append',
  'county',
  'contact_1_name',
  'contact_1_email',
  'contact_1_phone',
  'contact_2_name',
  'contact_2_email',
  'contact_2_phone',
  'contact_3_name',
  'contact_3_email',
  'contact_3_phone',
]

export type ReadKey = (typeof readKeys)[number]

const knownKeys = new Set<string>([...readKeys, ...ignoredKeys])

export function isKnownKey(key: string): boolean {
  return knownKeys.has(key)
}

/** Keys that only meetings have: two of them, or a slug, make an object a row of this format. */
const tellingKeys: readonly ReadKey[] = [
  'name',
  'meeting',
  'day',
  'time',
  'start_time',
  'end_time',
  'timezone',
  'types',
  'formatted_address',
  'full_address',
  'address',
  'city',
  'location',
  'group',
  'conference_url',
  'conference_phone',
  'attendance_option',
]

export function looksLikeMeeting(row: Row): boolean {
  if (Object.hasOwn(row, 'slug')) return true
  return tellingKeys.filter((key) => Object.hasOwn(row, key)).length >= 2
}

/** A row of a BMLT answer; a Meeting Guide feed made by such a server has slugs (feeds.md 4.9). */
export function isBmlt(row: Row): boolean {
  return Object.hasOwn(row, 'id_bigint') && !Object.hasOwn(row, 'slug')
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of the first of the keys that is there: the proper key first, then its aliases. */
export function valueOf(row: Row, ...keys: readonly ReadKey[]): unknown {
  for (const key of keys) {
    if (Object.hasOwn(row, key) && !isAbsent(row[key])) return row[key]
  }
  return undefined
}

/** A text or number as it stands, null when absent or of another type. */
export function rawText(row: Row, ...keys: readonly ReadKey[]): string | null {
  const value = valueOf(row, ...keys)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : null
}

/** Plain text on one line; null when nothing is left of it. */
export function lineOf(row: Row, ...keys: readonly ReadKey[]): string | null {
  return firstText(row, keys, plainLine, maxLine)
}

/** Plain text with its line breaks; null when nothing is left of it. */
export function textOf(row: Row, ...keys: readonly ReadKey[]): string | null {
  return firstText(row, keys, plainText, maxText)
}

/** More than any office writes; a hostile feed must not fill the database with one row. */
const maxLine = 500
const maxText = 10_000

/** Cut to `length` UTF-16 units, never through a character. */
export function clipped(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}

function firstText(
  row: Row,
  keys: readonly ReadKey[],
  clean: (text: string) => string,
  length: number,
): string | null {
  for (const key of keys) {
    const text = rawText(row, key)
    const cleaned = text === null ? '' : clean(text)
    if (cleaned !== '') return clipped(cleaned, length)
  }
  return null
}

/** Why a row must not be listed at all, or null (design ruling "Counts"). */
export function withheldBecause(row: Row): string | null {
  if (
    isYes(valueOf(row, 'private')) ||
    isWord(valueOf(row, 'visibility'), ['private']) ||
    isWord(valueOf(row, 'status'), ['private'])
  ) {
    return 'private: the feed marks this row as private.'
  }
  if (isYes(valueOf(row, 'deleted')) || isWord(valueOf(row, 'status'), ['deleted', 'trash'])) {
    return 'deleted: the feed marks this row as deleted.'
  }
  const published = valueOf(row, 'published')
  if (
    isYes(valueOf(row, 'unpublished')) ||
    isNo(published) ||
    isWord(valueOf(row, 'status'), ['unpublished', 'draft', 'pending'])
  ) {
    return 'unpublished: the feed marks this row as not published.'
  }
  return isYes(valueOf(row, 'archived')) ? 'archived: the feed marks this row as archived.' : null
}

function isNo(value: unknown): boolean {
  return value === false || value === 0 || isWord(value, ['0', 'false', 'no', 'n', 'off'])
}

/** Anything but a no: a date in `deleted` says that it is. */
function isYes(value: unknown): boolean {
  return value !== undefined && !isNo(value)
}

function isWord(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value.trim().toLowerCase())
}

/** `updated` as ISO 8601, information only (feeds.md 2.2 lists the forms that occur); null for any other. */
export function updatedOf(row: Row): string | null {
  const text = rawText(row, 'updated')?.trim() ?? ''
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]?(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?)?$/.exec(text)
  if (iso !== null) return stamp(iso[1] ?? '', iso[2])
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2}):(\d{2})\s*([AP])M)?$/i.exec(text)
  if (us === null) return null
  const [, month = '', day = '', year = '', hour, minute = '', second = '', half = ''] = us
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (hour === undefined) return stamp(date, undefined)
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  return stamp(date, `${String(hours).padStart(2, '0')}:${minute}:${second}`)
}

function stamp(date: string, time: string | undefined): string | null {
  const text = time === undefined ? date : `${date}T${time.length === 5 ? `${time}:00` : time}Z`
  return Number.isNaN(Date.parse(text)) ? null : text
}
