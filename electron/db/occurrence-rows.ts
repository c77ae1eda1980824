import { z } from 'zod'
import type {
  Attendance,
  Audience,
  EpochMs,
  FellowshipId,
  Kind,
  LocalDate,
  OccurrenceRow,
  OccurrenceStatus,
  Openness,
  Whereabouts,
} from '../contract/models.ts'
import { canSignInTo, unknownDistance } from '../domain/day-list.ts'
import type { WhereaboutsOrder } from '../domain/whereabouts.ts'
import { nameFromAddress, publicFeedName, staleAfterMs } from './feed-rows.ts'

/**
 * The columns that make an `OccurrenceRow`, of `occurrence o` joined as `rowJoin` says. `alsoIn` is a JSON array;
 * the same meeting of another feed is one that is shown as this one.
 */
export const rowColumns = `
  m.id AS meetingId, o.local_date AS localDate, o.starts_at_ms AS startsAtMs, o.ends_at_ms AS endsAtMs,
  o.all_day AS allDay, o.status, o.whereabouts, o.distance_order AS distanceOrder, o.name_order AS nameOrder,
  o.variant, m.feed_key AS key, m.name, m.kind, m.fellowship, m.audience, m.place_name AS placeName, m.street,
  m.city, m.address, m.place_note AS placeNote, m.here_why AS hereWhy, m.attendance, m.wheelchair, m.languages,
  o.openness, f.last_good_run_at_ms AS lastGoodRunAtMs,
  (SELECT json_group_array(json_object('key', other.feed_key, 'name', of.name, 'address', of.canonical_address))
   FROM meeting other JOIN feed of ON of.id = other.feed_id
   WHERE other.shown_as = m.id AND other.state = 'active') AS alsoIn`

export const rowJoin = `CROSS JOIN meeting m ON m.number = o.number LEFT JOIN feed f ON f.id = m.feed_id`

/** Only what the import left visible: hidden and withdrawn meetings have no occurrences, and this holds it. */
export const shown = `m.state = 'active' AND m.attendance <> 'inactive'`

export type StoredRow = {
  readonly meetingId: string
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
  readonly allDay: 0 | 1
  readonly status: OccurrenceStatus
  readonly whereabouts: WhereaboutsOrder
  readonly distanceOrder: number
  readonly nameOrder: string
  readonly variant: string | null
  readonly key: string
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly placeName: string | null
  readonly street: string | null
  readonly city: string | null
  readonly address: string | null
  readonly placeNote: string | null
  readonly hereWhy: string
  readonly attendance: Attendance
  readonly wheelchair: 0 | 1 | null
  readonly languages: string
  readonly openness: Openness
  readonly lastGoodRunAtMs: EpochMs | null
  readonly alsoIn: string
}

/** What one date changes of its meeting. */
const variantSchema = z.object({ name: z.string().nullable(), place: z.string().nullable() }).partial()
const languagesSchema = z.array(z.string())
const alsoInSchema = z.array(z.object({ key: z.string(), name: z.string(), address: z.string() }))

export const whereaboutsOrders: Readonly<Record<Whereabouts, WhereaboutsOrder>> = {
  here: 0,
  nearby: 1,
  online: 2,
}

/** What has a place but no known distance counts as nearby: its list is a list of this region. */
const whereaboutsNames: readonly Whereabouts[] = ['here', 'nearby', 'online', 'nearby']

export type RowContext = {
  readonly today: LocalDate
  readonly nowMs: EpochMs
  readonly fellowshipName: (id: FellowshipId) => string | null
}

/** One stored row as the screens know it. */
export function toOccurrenceRow(row: StoredRow, context: RowContext): OccurrenceRow {
  const variant = row.variant === null ? {} : variantSchema.parse(JSON.parse(row.variant))
  return {
    meetingId: row.meetingId,
    key: row.key,
    ...alsoInOf(row),
    localDate: row.localDate,
    startsAtMs: row.startsAtMs,
    endsAtMs: row.endsAtMs,
    allDay: row.allDay === 1,
    name: variant.name ?? row.name,
    kind: row.kind,
    fellowship: row.fellowship,
    fellowshipName: context.fellowshipName(row.fellowship),
    audience: row.audience,
    whereabouts: whereaboutsNames[row.whereabouts] ?? 'nearby',
    distanceMeters: row.distanceOrder === unknownDistance ? null : row.distanceOrder,
    place: variant.place ?? (row.whereabouts === whereaboutsOrders.here ? roomOf(row) : placeLine(row)),
    attendance: row.attendance,
    status: row.status,
    wheelchair: row.wheelchair === null ? null : row.wheelchair === 1,
    languages: languagesSchema.parse(JSON.parse(row.languages)),
    openness: row.openness,
    asOfMs: ageOf(row, context),
    canSignIn: canSignInTo(row, context),
  }
}

/** Absent for the usual meeting, which one feed lists. A file without a name is named by its file. */
function alsoInOf(row: StoredRow): Pick<OccurrenceRow, 'alsoIn'> {
  if (row.alsoIn === '[]') return {}
  return {
    alsoIn: alsoInSchema.parse(JSON.parse(row.alsoIn)).map(({ key, name, address }) => {
      const source = publicFeedName(name, address)
      return source === null
        ? { source: nameFromAddress(address), key, isFile: true as const }
        : { source, key }
    }),
  }
}

/** A list that is read regularly needs no age. */
function ageOf(row: StoredRow, { nowMs }: RowContext): EpochMs | null {
  const readAtMs = row.lastGoodRunAtMs
  return readAtMs !== null && nowMs - readAtMs > staleAfterMs ? readAtMs : null
}

/** Longer notes are directions, not a room. */
const roomLength = 60

/**
 * Who reads this stands in the building: the room says more than the address. What is here only because it is
 * within a few steps may be next door, so its house is named with the room.
 */
function roomOf(row: StoredRow): string | null {
  if (row.attendance === 'online') return null
  const note = row.placeNote?.trim() ?? ''
  const room = note === '' || note.length > roomLength || note.includes('\n') ? null : note
  const house = row.placeName?.trim() || placeLine(row)
  if (room === null || house === null) return room ?? house
  return row.hereWhy === 'distance' ? `${house}, ${room}` : room
}

/**
 * Building, street and town in one line, without saying anything twice; the feed's own display line where it
 * names no street. Null for a meeting that is online only: an address there is not a place to go to.
 */
function placeLine(row: StoredRow): string | null {
  if (row.attendance === 'online') return null
  const parts: string[] = []
  const candidates =
    row.street === null ? [row.placeName, row.address] : [row.placeName, row.street, row.city]
  for (const part of candidates) {
    const text = part?.trim() ?? ''
    const said = parts.some((other) => other.toLowerCase().includes(text.toLowerCase()))
    if (text === '' || said) continue
    // A display line that begins with the building's name replaces it.
    const longer = parts.findIndex((other) => text.toLowerCase().startsWith(other.toLowerCase()))
    if (longer === -1) parts.push(text)
    else parts[longer] = text
  }
  return parts.length === 0 ? null : parts.join(', ')
}
