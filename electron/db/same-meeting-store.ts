import type { Comparable } from '../domain/same-meeting.ts'
import type { Clock } from '../ports.ts'
import type { Db, Tx } from './connection.ts'
import { parseRules } from './meeting-rows.ts'

/** A meeting as it is compared, with what is stored of the comparison. */
export type CompareRow = {
  readonly number: number
  /** Null when it is on no list: withdrawn, inactive, by appointment. */
  readonly meeting: Comparable | null
  readonly id: string
  readonly shownAs: string | null
}

type StoredCompare = Omit<Comparable, 'feedHeldHere' | 'hidden' | 'approximate' | 'rules' | 'attendance'> & {
  readonly number: number
  readonly state: 'active' | 'hidden' | 'withdrawn'
  readonly attendance: Comparable['attendance'] | 'inactive'
  readonly own: 0 | 1
  readonly heldHere: 0 | 1 | null
  readonly approximate: 0 | 1
  readonly placeName: string | null
  readonly shownAs: string | null
  readonly rules: string
}

/** Where the center is: a meeting of its own without another address is held there. */
type CenterPlace = {
  readonly street: string
  readonly postalCode: string
  readonly latitude: number
  readonly longitude: number
}

/** A slot that holds more says nothing: a list full of one name, or a link that everyone has. */
const crowd = 60

/**
 * What is stored about one meeting in several feeds: the slots to find candidates by, what has still to be
 * compared, and what staff said. Which are the same is decided in `domain/same-meeting.ts`, and written through
 * the listing writer.
 */
export class SameMeetingStore {
  readonly #from: { readonly clock: Clock; readonly machineId: string }
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db, from: { readonly clock: Clock; readonly machineId: string }) {
    this.#from = from
    this.#sql = prepare(db)
  }

  /** Numbers of up to `limit` meetings after `after` that have to be compared, in their order. */
  listUnsettled(after: number, limit: number): number[] {
    return this.#sql.unsettled.all({ after, limit }).map((row) => row.number)
  }

  /** Lets the meetings with numbers after `after`, `count` numbers wide, be compared again. */
  unsettle(_tx: Tx, after: number, count: number): void {
    this.#sql.unsettle.run({ after, to: after + count })
  }

  /** The same for meetings whose dates come from a calendar: a new day may bring the last of them. */
  listWithDates(): number[] {
    return this.#sql.withDates.all().map((row) => row.number)
  }

  settled(_tx: Tx, number: number): void {
    this.#sql.settled.run({ number })
  }

  /** The largest number of any meeting; 0 with none. */
  lastNumber(): number {
    return this.#sql.lastNumber.get()?.number ?? 0
  }

  find(number: number, center: CenterPlace): CompareRow | undefined {
    const row = this.#sql.find.get({ number })
    return row === undefined ? undefined : toCompareRow(row, center)
  }

  /** The number of a meeting, and of those that it is shown for or as. */
  listGroup(id: string): number[] {
    return this.#sql.group.all({ id }).map((row) => row.number)
  }

  numberOf(id: string): number | undefined {
    return this.#sql.numberOf.get({ id })?.number ?? undefined
  }

  slotsOf(number: number): number[] {
    return this.#sql.slots.all({ number }).map((row) => row.slot)
  }

  /** Makes `slots` the only ones of the meeting; one that is as it was is not written. */
  replaceSlots(_tx: Tx, number: number, stored: readonly number[], slots: readonly number[]): void {
    const wanted = new Set(slots)
    const had = new Set(stored)
    for (const slot of had) if (!wanted.has(slot)) this.#sql.removeSlot.run({ number, slot })
    for (const slot of wanted) if (!had.has(slot)) this.#sql.addSlot.run({ number, slot })
  }

  /** Numbers of the other feeds' meetings in these slots. Crowded slots are passed over. */
  listInSlots(number: number, slots: Iterable<number>): Set<number> {
    const found = new Set<number>()
    for (const slot of slots) {
      const inSlot = this.#sql.inSlot.all({ slot, limit: crowd + 1 })
      if (inSlot.length > crowd) continue
      for (const other of inSlot) if (other.number !== number) found.add(other.number)
    }
    return found
  }

  /** Ids in any order. */
  isApart(a: string, b: string): boolean {
    return this.#sql.isApart.get(ordered(a, b)) !== undefined
  }

  /** Staff say that two are not the same (`apart`), or take that back. */
  setApart(_tx: Tx, a: string, b: string, apart: boolean): void {
    const pair = ordered(a, b)
    if (apart)
      this.#sql.addApart.run({ ...pair, machineId: this.#from.machineId, now: this.#from.clock.now() })
    else this.#sql.removeApart.run(pair)
  }

  /**
   * Who is shown for whom, and who would be if staff had not said otherwise: pairs of ids, by the name of the one
   * that is shown. Meetings that are on no list are left out.
   */
  listPairs(
    limit: number,
  ): { readonly shownId: string; readonly otherId: string; readonly apart: boolean }[] {
    return this.#sql.pairs.all({ limit }).map(({ shownId, otherId, apart }) => ({
      shownId,
      otherId,
      apart: apart === 1,
    }))
  }
}

function ordered(a: string, b: string): { readonly meetingId: string; readonly otherId: string } {
  return a < b ? { meetingId: a, otherId: b } : { meetingId: b, otherId: a }
}

function toCompareRow(row: StoredCompare, center: CenterPlace): CompareRow {
  const { number, id, shownAs, state, own, heldHere, placeName, attendance, ...rest } = row
  const rules = parseRules(row.rules)
  if (state === 'withdrawn' || attendance === 'inactive' || rules.length === 0)
    return { number, id, shownAs, meeting: null }
  const atCenter = own === 1 && placeName === null && row.street === null && row.city === null
  const { street, postalCode, latitude, longitude } = atCenter ? center : row
  return {
    number,
    id,
    shownAs,
    meeting: {
      ...rest,
      id,
      feedId: row.feedId,
      feedHeldHere: heldHere === 1,
      hidden: state === 'hidden',
      attendance,
      rules,
      street,
      postalCode,
      latitude,
      longitude,
      approximate: row.approximate === 1,
    },
  }
}

function prepare(db: Db) {
  return {
    unsettled: db.prepare<{ number: number }>(
      'meeting-unsettled.list',
      'SELECT number FROM meeting_unsettled WHERE number > :after ORDER BY number LIMIT :limit',
    ),
    unsettle: db.prepare(
      'meeting-unsettled.add',
      `INSERT OR IGNORE INTO meeting_unsettled
       SELECT number FROM meeting WHERE number > :after AND number <= :to AND state <> 'withdrawn'`,
    ),
    withDates: db.prepare<{ number: number }>(
      'meeting-unsettled.with-dates',
      `SELECT number FROM meeting WHERE state <> 'withdrawn' AND id IN
         (SELECT meeting_id FROM meeting_rule WHERE rule ->> '$.form' = 'set')`,
    ),
    settled: db.prepare('meeting-unsettled.remove', 'DELETE FROM meeting_unsettled WHERE number = :number'),
    lastNumber: db.prepare<{ number: number | null }>(
      'meeting.last-number',
      'SELECT max(number) AS number FROM meeting',
    ),
    find: db.prepare<StoredCompare>(
      'same-meeting.find',
      `SELECT number, meeting.id, feed_id AS feedId, feed.created_at_ms AS feedAddedAtMs, feed.held_here AS heldHere,
         state, own, meeting.kind, meeting.fellowship, meeting.name, group_name AS "group", attendance,
         place_name AS placeName, street, city, postal_code AS postalCode, latitude, longitude, approximate,
         online_url AS onlineUrl, phone, shown_as AS shownAs,
         (SELECT json_group_array(json(rule)) FROM meeting_rule WHERE meeting_id = meeting.id) AS rules
       FROM meeting LEFT JOIN feed ON feed.id = meeting.feed_id WHERE number = :number`,
    ),
    group: db.prepare<{ number: number }>(
      'same-meeting.group',
      `SELECT number FROM meeting WHERE shown_as = :id
       UNION SELECT shown.number FROM meeting JOIN meeting AS shown ON shown.id = meeting.shown_as
       WHERE meeting.id = :id`,
    ),
    numberOf: db.prepare<{ number: number | null }>(
      'meeting.number-of',
      'SELECT number FROM meeting WHERE id = :id',
    ),
    slots: db.prepare<{ slot: number }>(
      'meeting-slot.list',
      'SELECT slot FROM meeting_slot WHERE number = :number',
    ),
    addSlot: db.prepare(
      'meeting-slot.add',
      'INSERT OR IGNORE INTO meeting_slot (slot, number) VALUES (:slot, :number)',
    ),
    removeSlot: db.prepare(
      'meeting-slot.remove',
      'DELETE FROM meeting_slot WHERE slot = :slot AND number = :number',
    ),
    inSlot: db.prepare<{ number: number }>(
      'meeting-slot.find',
      'SELECT number FROM meeting_slot WHERE slot = :slot LIMIT :limit',
    ),
    isApart: db.prepare<{ found: 1 }>(
      'meeting-apart.get',
      'SELECT 1 AS found FROM meeting_apart WHERE meeting_id = :meetingId AND other_id = :otherId',
    ),
    addApart: db.prepare(
      'meeting-apart.add',
      `INSERT INTO meeting_apart (meeting_id, other_id, machine_id, updated_at_ms)
       VALUES (:meetingId, :otherId, :machineId, :now) ON CONFLICT DO NOTHING`,
    ),
    removeApart: db.prepare(
      'meeting-apart.remove',
      'DELETE FROM meeting_apart WHERE meeting_id = :meetingId AND other_id = :otherId',
    ),
    pairs: db.prepare<{ shownId: string; otherId: string; apart: 0 | 1 }>(
      'same-meeting.pairs',
      `SELECT shownId, otherId, apart FROM (
         SELECT shown.id AS shownId, hidden.id AS otherId, 0 AS apart, shown.name AS name
         FROM meeting AS hidden JOIN meeting AS shown ON shown.id = hidden.shown_as
         WHERE hidden.shown_as IS NOT NULL AND hidden.state <> 'withdrawn'
         UNION ALL
         SELECT a.id, b.id, 1, a.name
         FROM meeting_apart JOIN meeting AS a ON a.id = meeting_apart.meeting_id
         JOIN meeting AS b ON b.id = meeting_apart.other_id
         WHERE a.state <> 'withdrawn' AND b.state <> 'withdrawn'
       ) ORDER BY name COLLATE NOCASE, shownId, otherId LIMIT :limit`,
    ),
  }
}
