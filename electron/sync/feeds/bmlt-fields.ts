import { clipped } from './meeting-guide-fields.ts'
import { plainLine, plainText } from './text.ts'

export type BmltRow = Readonly<Record<string, unknown>>

/*
 * Fields of a BMLT answer (feeds.md 4.3). All values are texts, and an absent one is the empty text. Contacts
 * are never read (6.5): no function here can name them.
 */
const readKeys = [
  'id_bigint',
  'service_body_name',
  'weekday_tinyint',
  'start_time',
  'duration_time',
  'time_zone',
  'formats',
  'format_shared_id_list',
  'venue_type',
  'latitude',
  'longitude',
  'published',
  'root_server_uri',
  'meeting_name',
  'location_text',
  'location_info',
  'location_street',
  'location_city_subsection',
  'location_neighborhood',
  'location_municipality',
  'location_province',
  'location_postal_code_1',
  'location_nation',
  'comments',
  'bus_lines',
  'train_lines',
  'public_transport',
  'format_comments',
  'virtual_meeting_link',
  'virtual_meeting_additional_info',
  'phone_meeting_number',
] as const

export type BmltKey = (typeof readKeys)[number]

const ignoredKeys = [
  'worldid_mixed',
  'shared_group_id_bigint',
  'service_body_bigint',
  'root_server_id',
  'lang_enum',
  'distance',
  'distance_in_km',
  'distance_in_miles',
  'email_contact',
  'location_sub_province',
  'zone',
  'contact_name_1',
  'contact_name_2',
  'contact_phone_1',
  'contact_phone_2',
  'contact_email_1',
  'contact_email_2',
  'contact_name1',
  'contact_name2',
  'contact_phone1',
  'contact_phone2',
  'contact_email1',
  'contact_email2',
]

const knownKeys = new Set<string>([...readKeys, ...ignoredKeys])

export function isKnownKey(key: string): boolean {
  return knownKeys.has(key)
}

export function isObject(value: unknown): value is BmltRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as text, trimmed; null when absent. What old servers write before their separator is a caption. */
export function rawOf(row: BmltRow, key: string): string | null {
  const value = Object.hasOwn(row, key) ? row[key] : undefined
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null
  const text = String(value)
  const at = text.lastIndexOf(separator)
  return (at < 0 ? text : text.slice(at + separator.length)).trim() || null
}

const separator = '#@-@#'

export function lineOf(row: BmltRow, key: BmltKey): string | null {
  const text = rawOf(row, key)
  return text === null ? null : clipped(plainLine(text), maxLine) || null
}

export function textOf(row: BmltRow, key: BmltKey): string | null {
  const text = rawOf(row, key)
  return text === null ? null : clipped(plainText(text), maxText) || null
}

/** More than any group writes; a hostile answer must not fill the database with one row. */
const maxLine = 500
const maxText = 10_000
const maxListed = 60
const maxName = 60

/** A comma list of ids or keys. */
export function listOf(row: BmltRow, key: 'formats' | 'format_shared_id_list'): readonly string[] {
  const parts = (rawOf(row, key) ?? '').split(',').map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== '' && part.length <= maxName))].slice(0, maxListed)
}

/**
 * The server that a row or format is of, in a form that stays the same: without scheme, `www.` and final
 * slash. Empty when it names none; a broken one (`http:` occurs) names none.
 */
export function rootOf(row: BmltRow): string {
  const text = (rawOf(row, 'root_server_uri') ?? '').slice(0, maxLine).toLowerCase()
  return /^https?:\/\/(?:www\.)?(.+?)\/*$/.exec(text)?.[1] ?? ''
}
