import { folded } from '../../domain/folded.ts'

/**
 * The columns of a table by their headers (feeds.md 3.1, 3.4): 12-step-meeting-list and its export, the dump of
 * the United Kingdom, Al-Anon's county sheet and our own template in English and Spanish. Case, blanks,
 * underscores and accents do not count. Columns with persons and donation handles are known but never read (6.5).
 */
const headers = {
  name: 'name, meeting, meeting name, title, nombre, nombre de la reunión, título',
  slug: 'slug, guid',
  id: 'id',
  day: 'day, days, meeting day, weekday, day of week, day of the week, día, días, día de la semana',
  date: 'date, dates, fecha, fechas',
  time: 'time, times, meeting time, start, start time, starts, starts at, begins, hora, inicio, hora de inicio, comienzo',
  ampm: 'am pm',
  end_time: 'end time, end, ends, ends at, fin, hora de fin, final',
  length: 'length, duration, length minutes, duration minutes, duración, duración minutos',
  weeks: 'weeks, week, weeks of the month, week of the month, week of month, semanas, semanas del mes',
  timezone: 'time zone, zona horaria',
  kind: 'kind, kind of meeting, tipo, tipo de reunión',
  fellowship: 'fellowship, comunidad, confraternidad',
  meetingtypenamespace: 'meeting type namespace',
  program: 'program',
  types: 'types, type',
  local_codes: 'codes',
  format: 'format',
  open: 'open',
  open_format: 'open format',
  openness: 'open or closed, openness, abierta o cerrada',
  wheelchair:
    'wheelchair, wheelchair access, wheelchair accessible, silla de ruedas, acceso en silla de ruedas',
  hearing: 'hearing',
  chit: 'chit',
  language: 'language, languages, idioma, idiomas',
  location: 'location, location name, place, venue, building, lugar, sitio',
  room: 'room, sala, salón',
  location_notes: 'location notes',
  formatted_address: 'formatted address, full address',
  address: 'address, street, street address, dirección, calle',
  city: 'city, town, ciudad',
  state: 'state, province, estado, provincia',
  postal_code: 'postal code, postcode, zip, zip code, código postal',
  country: 'country, país',
  coordinates: 'coordinates',
  latitude: 'latitude, lat, latitud',
  longitude: 'longitude, lon, lng, long, longitud',
  approximate: 'approximate',
  regions: 'regions, region, región',
  sub_region: 'sub region',
  sub_sub_region: 'sub sub region',
  group: 'group, group name, grupo',
  group_notes: 'group notes',
  notes: 'notes, note, notas, nota',
  conference_url: 'conference url, link, join link, online link, enlace, enlace para unirse',
  conference_url_notes: 'conference url notes',
  conference_phone: 'conference phone, join by phone, join phone, teléfono para unirse',
  conference_phone_notes: 'conference phone notes',
  attendance_option: 'attendance option, attendance',
  updated: 'updated',
  entity: 'entity',
  private: 'private',
  published: 'published',
  unpublished: 'unpublished',
  deleted: 'deleted',
  archived: 'archived',
  status: 'status',
  visibility: 'visibility',
  /** In our template the number to join by; elsewhere the telephone of a person. */
  phone: 'phone, teléfono',
} as const

const notRead =
  'district, sub district, website, website 2, email, mailing address, last contact, venmo, square, paypal, ' +
  'homegroup online, contact 1 name, contact 1 email, contact 1 phone, contact 2 name, contact 2 email, ' +
  'contact 2 phone, contact 3 name, contact 3 email, contact 3 phone, contact, contact name, contact email, ' +
  'contact phone, author, data source, data source name, url, edit url, feedback emails, feedback url, ' +
  'entity email, entity phone, entity location, entity url, entity website url, entity logo, county, ' +
  'what3words, code, region area, region area order, region identifier, region identifier type, meeting type, ' +
  'scraped details, location id, group id, region id, district id, time formatted, location url, image, ' +
  'distance, source slug, import hash, people, append'

export type Field = keyof typeof headers

/** What was found in the first row: the field of each cell, null for one that is not read. */
export type Columns = {
  readonly fields: readonly (Field | null)[]
  /** The headers as they are written, for messages. */
  readonly names: readonly string[]
  /** Headers that no list of this kind has; the rest of what is not read is known. */
  readonly unknown: readonly string[]
}

const fieldOf = new Map<string, Field | null>([
  ...notRead.split(', ').map((name) => [headerKey(name), null] as const),
  ...Object.entries(headers).flatMap(([field, names]) =>
    names.split(', ').map((name) => [headerKey(name), field as Field] as const),
  ),
])

/** `End Time`, `end_time` and `EndTime` are one. */
function headerKey(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]/gu, '')
}

/** Null when these cells are not the header of a table of meetings: that names a meeting and a day, date or time. */
export function columnsOf(cells: readonly string[]): Columns | null {
  const keys = cells.map(headerKey)
  const fields = keys.map((key) => fieldOf.get(key) ?? null)
  const has = (...wanted: readonly Field[]) => wanted.some((field) => fields.includes(field))
  if (!has('name', 'group', 'slug', 'location') || !has('day', 'date', 'time')) return null
  return {
    fields,
    names: cells.map((cell) => cell.trim()),
    unknown: cells.filter((_, index) => keys[index] !== '' && !fieldOf.has(keys[index] ?? '')),
  }
}

/** True for our own template: it is the only one that says start and place, and it is strict. */
export function isOurs({ fields, names }: Columns): boolean {
  const named = (field: Field, ...words: readonly string[]) =>
    names.some((name, index) => fields[index] === field && words.includes(headerKey(name)))
  return (
    named('time', 'start', 'inicio', 'starttime', 'horadeinicio') &&
    named('location', 'place', 'lugar') &&
    !fields.includes('slug')
  )
}

/** The way dates are written where the header is Spanish: day before month. */
export function dayComesFirst({ fields, names }: Columns): boolean {
  const at = fields.indexOf('date')
  return at >= 0 && headerKey(names[at] ?? '').startsWith('fecha')
}

/** What the file calls a field's column; the field's own name when it has none. */
export function columnName({ fields, names }: Columns, field: Field): string {
  const at = fields.indexOf(field)
  return at < 0 ? field : (names[at] ?? field)
}
