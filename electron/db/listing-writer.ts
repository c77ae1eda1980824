import type { Attendance, Kind, LocalDate, WeekOfMonth } from '../contract/models.ts'
import { folded } from '../domain/folded.ts'
import { occurrencesOf } from '../domain/occurrences.ts'
import type { Dated, Rule, Window } from '../domain/schedule.ts'
import { withWeeks } from '../domain/weeks-of-month.ts'
import type { Stands, WhereaboutsOrder } from '../domain/whereabouts.ts'
import type { Db, Tx } from './connection.ts'
import { MeetingWriter, type MeetingWrite } from './meeting-writer.ts'
import type { MeetingState } from './meeting-rows.ts'
import { OccurrenceWriter } from './occurrence-writer.ts'

/** What of a stored meeting decides whether, and as what, it is on the lists. */
type ListedRow = {
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly state: MeetingState
  readonly attendance: Attendance | 'inactive'
  readonly shownAs: string | null
}

/**
 * The one seam through which everything that makes a meeting visible is written: its wide row and rules, its
 * dates, and the words it is found by. Each method leaves the three in step, in the caller's transaction.
 *
 * A meeting that is hidden, withdrawn, inactive, or shown as another one has no dates and no words. Methods that
 * take `dated` take the dates of the whole kept window as `datesIn` makes them; the meeting's state decides
 * whether they are used, so a caller need not look first.
 */
export class ListingWriter {
  readonly #meetings: MeetingWriter
  readonly #occurrences: OccurrenceWriter
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db, machineId: string) {
    this.#meetings = new MeetingWriter(db, machineId)
    this.#occurrences = new OccurrenceWriter(db)
    this.#sql = prepare(db)
  }

  /** Adds a meeting or brings one up to date. What staff said of it (hidden, here) stays. */
  write(tx: Tx, meeting: MeetingWrite, dated: readonly Dated[], nowMs: number): void {
    this.#meetings.write(tx, meeting, nowMs)
    this.#list(tx, meeting.id, meeting.stands, dated)
  }

  /** The feed lists the meeting of `oldId` under `newId` from now on; `write` follows in the same transaction. */
  carryOn(tx: Tx, oldId: string, newId: string): void {
    this.#meetings.carryOn(tx, oldId, newId)
  }

  /** Its feed no longer has it, or staff removed it. The row stays, because sign-ins refer to it. */
  withdraw(tx: Tx, id: string, nowMs: number): void {
    this.#meetings.withdraw(tx, id, nowMs)
    this.#unlist(tx, id)
  }

  /** Staff take it off the lists; no refresh brings it back, `show` does. False when there is no such meeting. */
  hide(tx: Tx, id: string, nowMs: number): boolean {
    if (!this.#meetings.setState(tx, id, 'hidden', nowMs)) return false
    this.#unlist(tx, id)
    return true
  }

  /** Takes `hide` back. False when it was not hidden. */
  show(tx: Tx, id: string, stands: Stands, dated: readonly Dated[], nowMs: number): boolean {
    if (!this.#meetings.setState(tx, id, 'active', nowMs)) return false
    this.#list(tx, id, stands, dated)
    return true
  }

  /** The meeting is shown as `otherId`, because both are the same; null: as itself, with `dated`. */
  showAs(tx: Tx, id: string, otherId: string | null, stands: Stands, dated: readonly Dated[]): void {
    this.#meetings.setShownAs(tx, id, otherId)
    this.#list(tx, id, stands, dated)
  }

  /** Staff say that it is held here, is not, or (null) nothing; `restand` follows. False: no such meeting. */
  markHere(tx: Tx, id: string, here: boolean | null, nowMs: number): boolean {
    return this.#meetings.markHere(tx, id, here, nowMs)
  }

  /** Where it stands changed, its dates did not. */
  restand(tx: Tx, id: string, stands: Stands): void {
    this.#meetings.restand(tx, id, stands)
    this.#occurrences.restand(tx, { meetingId: id, ...stands })
  }

  /** Where it stands and all its dates were computed anew. Returns how many dates were written or removed. */
  redate(tx: Tx, id: string, stands: Stands, dated: readonly Dated[]): number {
    this.#meetings.restand(tx, id, stands)
    return this.#list(tx, id, stands, dated)
  }

  /** Days came into the window: `dated` are those of the new days only. Returns how many were written. */
  addDates(tx: Tx, id: string, stands: Stands, dated: readonly Dated[]): number {
    const row = this.#sql.listed.get({ id })
    return row === undefined || !isListed(row) ? 0 : this.#occurrences.add(tx, headOf(row, stands), dated)
  }

  /** How many dates lie before `from` or after `to`. */
  countOutside(from: LocalDate, to: LocalDate): number {
    return this.#occurrences.countOutside(from, to)
  }

  /** Removes up to `limit` dates before `from` or after `to`. Returns how many there were. */
  removeOutside(tx: Tx, from: LocalDate, to: LocalDate, limit: number): number {
    return this.#occurrences.removeOutside(tx, from, to, limit)
  }

  #list(tx: Tx, id: string, stands: Stands, dated: readonly Dated[]): number {
    const row = this.#sql.listed.get({ id })
    if (row === undefined) return 0
    if (!isListed(row)) return this.#unlist(tx, id)
    return this.#occurrences.replace(tx, headOf(row, stands), dated)
  }

  #unlist(tx: Tx, id: string): number {
    return this.#occurrences.removeOf(tx, id)
  }
}

/**
 * The dates of a meeting in `window`, soonest first: its rules, limited to the weeks that staff chose (null: as
 * its list has them).
 */
export function datesIn(
  window: Window,
  rules: readonly Rule[],
  weeksByStaff: readonly WeekOfMonth[] | null,
): readonly Dated[] {
  return occurrencesOf(withWeeks(rules, weeksByStaff), window).dated
}

function isListed(row: ListedRow): boolean {
  return row.state === 'active' && row.attendance !== 'inactive' && row.shownAs === null
}

function headOf(
  row: ListedRow,
  stands: { readonly whereabouts: WhereaboutsOrder; readonly distanceMeters: number | null },
) {
  return {
    meetingId: row.id,
    kind: row.kind,
    nameOrder: folded(row.name),
    whereabouts: stands.whereabouts,
    distanceMeters: stands.distanceMeters,
  }
}

function prepare(db: Db) {
  return {
    listed: db.prepare<ListedRow>(
      'listing.meeting',
      `SELECT id, kind, name, state, attendance, shown_as AS shownAs FROM meeting WHERE id = :id`,
    ),
  }
}
