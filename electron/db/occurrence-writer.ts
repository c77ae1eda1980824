import type { Attendance, Audience, FellowshipId, Kind, LocalDate, Openness } from '../contract/models.ts'
import { unknownDistance } from '../domain/day-list.ts'
import type { Dated } from '../domain/schedule.ts'
import type { WhereaboutsOrder } from '../domain/whereabouts.ts'
import type { Db, Tx } from './connection.ts'

/** One date of a meeting with its clock time at the center. */
export type ListingDate = Dated & {
  /** Minutes after midnight, 1439 for the midnight that ends the day; null when it lasts all day. */
  readonly startMinute: number | null
}

/** What an occurrence row repeats of its meeting, so that lists, filters and ranking need no wide row. */
export type OccurrenceHead = {
  readonly number: number
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly attendance: Attendance
  readonly wheelchair: boolean
  readonly languages: readonly string[]
  /** Folded name, for the order of the list. */
  readonly nameOrder: string
  readonly whereabouts: WhereaboutsOrder
  readonly distanceMeters: number | null
  /** Who may come on one of its dates. */
  readonly opennessOf: (dated: Dated) => Openness
}

/** Writes the derived table `occurrence`; a row that is as it should be is not written again. */
export class OccurrenceWriter {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db) {
    this.#sql = prepare(db)
  }

  /** Makes `dated` the only rows of the meeting. Returns how many rows were written or removed. */
  replace(tx: Tx, head: OccurrenceHead, dated: readonly ListingDate[]): number {
    const { number } = head
    const wanted = new Set(dated.map(keyOf))
    let changes = 0
    for (const kept of this.#sql.kept.all({ number })) {
      if (!wanted.has(keyOf(kept))) changes += this.#sql.remove.run({ number, ...kept })
    }
    return changes + this.add(tx, head, dated)
  }

  /** Writes `dated` and leaves the meeting's other rows alone. Returns how many rows were written. */
  add(_tx: Tx, head: OccurrenceHead, dated: readonly ListingDate[]): number {
    let changes = 0
    for (const one of eachStartOnce(dated)) {
      changes += this.#sql.write.run({
        number: head.number,
        localDate: one.localDate,
        startsAtMs: one.startsAtMs,
        endsAtMs: one.endsAtMs,
        allDay: one.allDay ? 1 : 0,
        status: one.status,
        whereabouts: head.whereabouts,
        distanceOrder: head.distanceMeters ?? unknownDistance,
        nameOrder: head.nameOrder,
        kind: head.kind,
        fellowship: head.fellowship,
        audience: head.audience,
        attendance: head.attendance,
        openness: head.opennessOf(one),
        wheelchair: head.wheelchair ? 1 : 0,
        languages: languagesColumn(head.languages),
        startMinute: one.startMinute,
        variant: variantOf(one),
      })
    }
    return changes
  }

  /** Where the meeting stands changed, its dates did not. */
  restand(_tx: Tx, head: Pick<OccurrenceHead, 'number' | 'whereabouts' | 'distanceMeters'>): number {
    const { number, whereabouts } = head
    return this.#sql.restand.run({
      number,
      whereabouts,
      distanceOrder: head.distanceMeters ?? unknownDistance,
    })
  }

  removeOf(_tx: Tx, number: number): number {
    return this.#sql.removeOf.run({ number })
  }

  /** The dates of a meeting in their order. */
  datesOf(number: number): readonly LocalDate[] {
    return this.#sql.kept.all({ number }).map((row) => row.localDate)
  }

  countOutside(from: LocalDate, to: LocalDate): number {
    return this.#sql.countOutside.get({ from, to })?.count ?? 0
  }

  /** Removes up to `limit` rows of days before or after the window. Returns the numbers of their meetings. */
  removeOutside(_tx: Tx, from: LocalDate, to: LocalDate, limit: number): readonly number[] {
    return this.#sql.removeOutside.all({ from, to, limit }).map((row) => row.number)
  }
}

/** Two dates of one meeting at one start would be one line twice: the one that takes place stays. */
function eachStartOnce(dated: readonly ListingDate[]): Iterable<ListingDate> {
  const byKey = new Map<string, ListingDate>()
  for (const one of dated) {
    const other = byKey.get(keyOf(one))
    if (other === undefined || (other.status === 'cancelled' && one.status !== 'cancelled')) {
      byKey.set(keyOf(one), one)
    }
  }
  return byKey.values()
}

function keyOf(row: { readonly localDate: LocalDate; readonly startsAtMs: number }): string {
  return `${row.localDate} ${row.startsAtMs}`
}

/** ` es pt-br `: a tag is found with its blanks, a language with a blank before and a hyphen behind. */
function languagesColumn(tags: readonly string[]): string {
  return tags.length === 0 ? '' : ` ${tags.join(' ').toLowerCase()} `
}

function variantOf(dated: Dated): string | null {
  if (dated.name === null && dated.place === null) return null
  return JSON.stringify({
    ...(dated.name === null ? {} : { name: dated.name }),
    ...(dated.place === null ? {} : { place: dated.place }),
  })
}

/** Of a row all but its key. */
const written = [
  ['ends_at_ms', ':endsAtMs'],
  ['all_day', ':allDay'],
  ['status', ':status'],
  ['whereabouts', ':whereabouts'],
  ['distance_order', ':distanceOrder'],
  ['name_order', ':nameOrder'],
  ['kind', ':kind'],
  ['fellowship', ':fellowship'],
  ['audience', ':audience'],
  ['attendance', ':attendance'],
  ['openness', ':openness'],
  ['wheelchair', ':wheelchair'],
  ['languages', ':languages'],
  ['start_minute', ':startMinute'],
  ['variant', ':variant'],
] as const

function prepare(db: Db) {
  const columns = written.map(([column]) => column)
  const key = 'local_date = :localDate AND number = :number AND starts_at_ms = :startsAtMs'
  return {
    kept: db.prepare<{ localDate: LocalDate; startsAtMs: number }>(
      'occurrence.kept',
      `SELECT local_date AS localDate, starts_at_ms AS startsAtMs FROM occurrence
       WHERE number = :number ORDER BY local_date, starts_at_ms`,
    ),
    remove: db.prepare('occurrence.remove', `DELETE FROM occurrence WHERE ${key}`),
    removeOf: db.prepare('occurrence.remove-of', 'DELETE FROM occurrence WHERE number = :number'),
    countOutside: db.prepare<{ count: number }>(
      'occurrence.count-outside',
      `SELECT (SELECT count(*) FROM occurrence WHERE local_date < :from)
         + (SELECT count(*) FROM occurrence WHERE local_date > :to) AS count`,
    ),
    removeOutside: db.prepare<{ number: number }>(
      'occurrence.remove-outside',
      `DELETE FROM occurrence WHERE (local_date, number, starts_at_ms) IN (
         SELECT local_date, number, starts_at_ms FROM occurrence WHERE local_date < :from
         UNION ALL SELECT local_date, number, starts_at_ms FROM occurrence WHERE local_date > :to LIMIT :limit)
       RETURNING number`,
    ),
    restand: db.prepare(
      'occurrence.restand',
      `UPDATE occurrence SET whereabouts = :whereabouts, distance_order = :distanceOrder
       WHERE number = :number AND (whereabouts <> :whereabouts OR distance_order <> :distanceOrder)`,
    ),
    write: db.prepare(
      'occurrence.write',
      `INSERT INTO occurrence (local_date, number, starts_at_ms, ${columns.join(', ')})
       VALUES (:localDate, :number, :startsAtMs, ${written.map(([, value]) => value).join(', ')})
       ON CONFLICT (local_date, number, starts_at_ms) DO UPDATE
         SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
       WHERE ${columns.map((column) => `${column} IS NOT excluded.${column}`).join(' OR ')}`,
    ),
  }
}
