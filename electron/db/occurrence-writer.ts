import type { Kind, LocalDate } from '../contract/models.ts'
import type { Dated } from '../domain/schedule.ts'
import type { Db, Tx } from './connection.ts'

/** What an occurrence row repeats of its meeting, so that a day's list needs no wide row. */
export type OccurrenceHead = {
  readonly meetingId: string
  readonly kind: Kind
  /** Folded name, for the order of the list. */
  readonly nameOrder: string
  readonly whereabouts: 0 | 1 | 2 | 3
  readonly distanceMeters: number | null
}

/** Stands for an unknown distance: the last in any order. */
export const unknownDistance = 2_147_483_647

/** Writes the derived table `occurrence`; a row that is as it should be is not written again. */
export class OccurrenceWriter {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db) {
    this.#sql = prepare(db)
  }

  /** Makes `dated` the only rows of the meeting. Returns how many rows were written or removed. */
  replace(tx: Tx, head: OccurrenceHead, dated: readonly Dated[]): number {
    const wanted = new Set(dated.map((one) => one.slot))
    let changes = 0
    for (const { slot } of this.#sql.slots.all({ meetingId: head.meetingId })) {
      if (!wanted.has(slot)) changes += this.#sql.remove.run({ meetingId: head.meetingId, slot })
    }
    return changes + this.add(tx, head, dated)
  }

  /** Writes `dated` and leaves the meeting's other rows alone. Returns how many rows were written. */
  add(_tx: Tx, head: OccurrenceHead, dated: readonly Dated[]): number {
    let changes = 0
    for (const one of dated) {
      changes += this.#sql.write.run({
        meetingId: head.meetingId,
        slot: one.slot,
        localDate: one.localDate,
        startsAtMs: one.startsAtMs,
        endsAtMs: one.endsAtMs,
        allDay: one.allDay ? 1 : 0,
        status: one.status,
        whereabouts: head.whereabouts,
        distanceOrder: head.distanceMeters ?? unknownDistance,
        nameOrder: head.nameOrder,
        kind: head.kind,
        variant: variantOf(one),
      })
    }
    return changes
  }

  /** Where the meeting stands changed, its dates did not. */
  restand(_tx: Tx, head: Pick<OccurrenceHead, 'meetingId' | 'whereabouts' | 'distanceMeters'>): number {
    const { meetingId, whereabouts } = head
    return this.#sql.restand.run({
      meetingId,
      whereabouts,
      distanceOrder: head.distanceMeters ?? unknownDistance,
    })
  }

  removeOf(_tx: Tx, meetingId: string): number {
    return this.#sql.removeOf.run({ meetingId })
  }

  countOutside(from: LocalDate, to: LocalDate): number {
    return this.#sql.countOutside.get({ from, to })?.count ?? 0
  }

  /** Removes up to `limit` rows of days before or after the window. Returns how many there were. */
  removeOutside(_tx: Tx, from: LocalDate, to: LocalDate, limit: number): number {
    return this.#sql.removeOutside.run({ from, to, limit })
  }
}

function variantOf(dated: Dated): string | null {
  if (dated.name === null && dated.place === null) return null
  return JSON.stringify({
    ...(dated.name === null ? {} : { name: dated.name }),
    ...(dated.place === null ? {} : { place: dated.place }),
  })
}

function prepare(db: Db) {
  return {
    slots: db.prepare<{ slot: string }>(
      'occurrence.slots',
      'SELECT slot FROM occurrence WHERE meeting_id = :meetingId',
    ),
    remove: db.prepare(
      'occurrence.remove',
      'DELETE FROM occurrence WHERE meeting_id = :meetingId AND slot = :slot',
    ),
    removeOf: db.prepare('occurrence.remove-of', 'DELETE FROM occurrence WHERE meeting_id = :meetingId'),
    countOutside: db.prepare<{ count: number }>(
      'occurrence.count-outside',
      `SELECT (SELECT count(*) FROM occurrence WHERE local_date < :from)
         + (SELECT count(*) FROM occurrence WHERE local_date > :to) AS count`,
    ),
    removeOutside: db.prepare(
      'occurrence.remove-outside',
      `DELETE FROM occurrence WHERE (meeting_id, slot) IN (
         SELECT meeting_id, slot FROM occurrence WHERE local_date < :from
         UNION ALL SELECT meeting_id, slot FROM occurrence WHERE local_date > :to LIMIT :limit)`,
    ),
    restand: db.prepare(
      'occurrence.restand',
      `UPDATE occurrence SET whereabouts = :whereabouts, distance_order = :distanceOrder
       WHERE meeting_id = :meetingId AND (whereabouts <> :whereabouts OR distance_order <> :distanceOrder)`,
    ),
    write: db.prepare(
      'occurrence.write',
      `INSERT INTO occurrence (meeting_id, slot, local_date, starts_at_ms, ends_at_ms, all_day, status, whereabouts,
         distance_order, name_order, kind, variant)
       VALUES (:meetingId, :slot, :localDate, :startsAtMs, :endsAtMs, :allDay, :status, :whereabouts,
         :distanceOrder, :nameOrder, :kind, :variant)
       ON CONFLICT (meeting_id, slot) DO UPDATE SET local_date = excluded.local_date,
         starts_at_ms = excluded.starts_at_ms, ends_at_ms = excluded.ends_at_ms, all_day = excluded.all_day,
         status = excluded.status, whereabouts = excluded.whereabouts, distance_order = excluded.distance_order,
         name_order = excluded.name_order, kind = excluded.kind, variant = excluded.variant
       WHERE (local_date, starts_at_ms, ends_at_ms, all_day, status, whereabouts, distance_order, name_order, kind)
           <> (excluded.local_date, excluded.starts_at_ms, excluded.ends_at_ms, excluded.all_day, excluded.status,
             excluded.whereabouts, excluded.distance_order, excluded.name_order, excluded.kind)
         OR variant IS NOT excluded.variant`,
    ),
  }
}
