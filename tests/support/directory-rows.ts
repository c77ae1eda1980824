import type { Db } from '../../electron/db/connection.ts'
import type { WhereaboutsOrder } from '../../electron/domain/whereabouts.ts'

/** Adds a meeting as an import would; what is not given is plain. */
export function addMeeting(db: Db, id: string, columns: Record<string, string | number | null> = {}): void {
  insert(db, 'meeting', {
    id,
    number: nextNumber(db),
    feed_key: `key-${id}`,
    kind: 'peer',
    audience: 'self',
    decided_by: 'test',
    name: `Meeting ${id}`,
    attendance: 'in_person',
    content_hash: 'x',
    fingerprint: 'x',
    machine_id: 'm',
    created_at_ms: 0,
    updated_at_ms: 0,
    ...columns,
  })
}

export type AddedOccurrence = {
  readonly localDate: string
  readonly startsAt: string
  readonly minutes?: number
  readonly whereabouts?: WhereaboutsOrder
  readonly distance?: number
  readonly name?: string
  readonly status?: string
  readonly kind?: string
  readonly allDay?: boolean
  readonly variant?: { readonly name?: string; readonly place?: string }
  /** Columns that filters look at. */
  readonly columns?: Record<string, string | number | null>
}

/** Adds one date of a meeting, with what a date repeats of it. `startsAt` is an instant in ISO form. */
export function addOccurrence(db: Db, meetingId: string, given: AddedOccurrence): void {
  const startsAtMs = Date.parse(given.startsAt)
  const meeting = db.driver
    .prepare(
      `SELECT number, fellowship, audience, attendance, openness, ifnull(wheelchair, 0) AS wheelchair,
         iif(languages = '[]', '', (SELECT ' ' || group_concat(lower(value), ' ') || ' ' FROM json_each(languages)))
           AS languages
       FROM meeting WHERE id = ?`,
    )
    .get(meetingId) as Record<string, string | number | null>
  insert(db, 'occurrence', {
    ...meeting,
    ...(meeting['attendance'] === 'inactive' ? { attendance: 'in_person' } : {}),
    local_date: given.localDate,
    starts_at_ms: startsAtMs,
    ends_at_ms: startsAtMs + (given.minutes ?? 60) * 60_000,
    all_day: given.allDay === true ? 1 : 0,
    status: given.status ?? 'scheduled',
    whereabouts: given.whereabouts ?? 0,
    distance_order: given.distance ?? 100,
    name_order: given.name ?? meetingId,
    kind: given.kind ?? 'peer',
    variant: given.variant === undefined ? null : JSON.stringify(given.variant),
    ...given.columns,
  })
}

function nextNumber(db: Db): number {
  return Number(db.driver.prepare('SELECT coalesce(max(number), 0) + 1 FROM meeting').pluck().get())
}

export function addFeed(db: Db, id: string, columns: Record<string, string | number | null> = {}): void {
  insert(db, 'feed', {
    id,
    name: `Feed ${id}`,
    source_from: 'web',
    address: `https://example.org/${id}`,
    canonical_address: `https://example.org/${id}`,
    kind: 'peer',
    machine_id: 'm',
    created_at_ms: 0,
    updated_at_ms: 0,
    ...columns,
  })
}

function insert(db: Db, table: string, row: Record<string, string | number | null>): void {
  const names = Object.keys(row)
  const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`
  db.driver.prepare(sql).run(row)
}
