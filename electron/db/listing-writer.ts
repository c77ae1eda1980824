import type {
  Attendance,
  Audience,
  FellowshipId,
  Kind,
  LocalDate,
  Openness,
  WeekOfMonth,
} from '../contract/models.ts'
import { folded } from '../domain/folded.ts'
import { occurrencesOf } from '../domain/occurrences.ts'
import { opennessOn } from '../domain/openness.ts'
import { type Dated, endOfDayMinute, type Rule, type Window } from '../domain/schedule.ts'
import { searchEntryOf } from '../domain/search-words.ts'
import { namedDate, withWeeks } from '../domain/weeks-of-month.ts'
import type { Stands } from '../domain/whereabouts.ts'
import { dayMs, dayNumber, wallOf } from '../domain/zones.ts'
import type { Db, Tx } from './connection.ts'
import { parseRules, type MeetingState } from './meeting-rows.ts'
import { MeetingWriter, type MeetingWrite } from './meeting-writer.ts'
import { OccurrenceWriter, type ListingDate, type OccurrenceHead } from './occurrence-writer.ts'
import { SearchWriter } from './search-writer.ts'

/** What of a stored meeting decides whether, and as what, it is on the lists. */
type ListedRow = {
  readonly number: number
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly name: string
  readonly group: string | null
  readonly types: string
  readonly languages: string
  readonly openness: Openness
  readonly openWeeks: string
  readonly state: MeetingState
  readonly attendance: Attendance | 'inactive'
  readonly wheelchair: 0 | 1 | null
  readonly placeName: string | null
  readonly street: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly address: string | null
  readonly shownAs: string | null
  readonly rules: string
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
  readonly #words: SearchWriter
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db, machineId: string) {
    this.#meetings = new MeetingWriter(db, machineId)
    this.#occurrences = new OccurrenceWriter(db)
    this.#words = new SearchWriter(db)
    this.#sql = prepare(db)
  }

  /** Adds a meeting or brings one up to date. What staff said of it (hidden, here) stays. */
  write(tx: Tx, meeting: MeetingWrite, dated: readonly ListingDate[], nowMs: number): void {
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
  show(tx: Tx, id: string, stands: Stands, dated: readonly ListingDate[], nowMs: number): boolean {
    if (!this.#meetings.setState(tx, id, 'active', nowMs)) return false
    this.#list(tx, id, stands, dated)
    return true
  }

  /** The meeting is shown as `otherId`, because both are the same; null: as itself, with `dated`. */
  showAs(tx: Tx, id: string, otherId: string | null, stands: Stands, dated: readonly ListingDate[]): void {
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
    const row = this.#sql.listed.get({ id })
    if (row === undefined || !isListed(row)) return
    this.#occurrences.restand(tx, { number: row.number, ...stands })
    this.#writeWords(tx, row, stands, weekdayBits(this.#occurrences.datesOf(row.number)))
  }

  /** Where it stands and all its dates were computed anew. Returns how many dates were written or removed. */
  redate(tx: Tx, id: string, stands: Stands, dated: readonly ListingDate[]): number {
    this.#meetings.restand(tx, id, stands)
    return this.#list(tx, id, stands, dated)
  }

  /** Days came into the window: `dated` are those of the new days only. Returns how many were written. */
  addDates(tx: Tx, id: string, stands: Stands, dated: readonly ListingDate[]): number {
    const row = this.#sql.listed.get({ id })
    if (row === undefined || !isListed(row)) return 0
    const bits = this.#words.weekdaysOf(row.number) ?? 0
    const all = bits | weekdayBits(dated.map((one) => one.localDate))
    if (all !== bits) this.#writeWords(tx, row, stands, all)
    return this.#occurrences.add(tx, headOf(row, stands), dated)
  }

  /** How many dates lie before `from` or after `to`. */
  countOutside(from: LocalDate, to: LocalDate): number {
    return this.#occurrences.countOutside(from, to)
  }

  /**
   * Removes up to `limit` dates before `from` or after `to`, and from the words what no other date bears out.
   * Returns how many dates there were.
   */
  removeOutside(tx: Tx, from: LocalDate, to: LocalDate, limit: number): number {
    const numbers = this.#occurrences.removeOutside(tx, from, to, limit)
    for (const number of new Set(numbers)) {
      const bits = weekdayBits(this.#occurrences.datesOf(number))
      if (bits === this.#words.weekdaysOf(number)) continue
      const row = this.#sql.standing.get({ number })
      if (row === undefined || !isListed(row)) this.#words.remove(tx, number)
      else this.#writeWords(tx, row, row, bits)
    }
    return numbers.length
  }

  #list(tx: Tx, id: string, stands: Stands, dated: readonly ListingDate[]): number {
    const row = this.#sql.listed.get({ id })
    if (row === undefined) return 0
    if (!isListed(row)) return this.#remove(tx, row.number)
    this.#writeWords(tx, row, stands, weekdayBits(dated.map((one) => one.localDate)))
    return this.#occurrences.replace(tx, headOf(row, stands), dated)
  }

  #unlist(tx: Tx, id: string): void {
    const row = this.#sql.listed.get({ id })
    if (row !== undefined) this.#remove(tx, row.number)
  }

  #remove(tx: Tx, number: number): number {
    this.#words.remove(tx, number)
    return this.#occurrences.removeOf(tx, number)
  }

  /** A meeting without a date in the window is not found: there is nothing to show of it. */
  #writeWords(tx: Tx, row: Listed, stands: Pick<Stands, 'whereabouts'>, bits: number): void {
    if (bits === 0) return this.#words.remove(tx, row.number)
    const entry = searchEntryOf(
      {
        ...row,
        types: JSON.parse(row.types) as { label: string | null; es?: string }[],
        languages: JSON.parse(row.languages) as string[],
        wheelchair: row.wheelchair === 1,
        whereabouts: stands.whereabouts,
      },
      weekdays.filter((day) => (bits & (1 << day)) !== 0),
    )
    this.#words.write(tx, row.number, entry, bits)
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
): readonly ListingDate[] {
  return occurrencesOf(withWeeks(rules, weeksByStaff), window).dated.map((dated) => ({
    ...dated,
    startMinute: dated.allDay ? null : minuteOfDay(window.zone, dated),
  }))
}

/** Of the day on whose list it stands: what begins with its last midnight is part of the evening. */
function minuteOfDay(zone: string, { localDate, startsAtMs }: Dated): number {
  const minutes = Math.floor((wallOf(zone, startsAtMs) - dayNumber(localDate) * dayMs) / 60_000)
  return Math.min(minutes, endOfDayMinute - 1)
}

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const

/** 1970-01-01 was a Thursday. */
function weekdayBits(dates: readonly LocalDate[]): number {
  return dates.reduce((bits, date) => bits | (1 << ((dayNumber(date) + 4) % 7)), 0)
}

type Listed = ListedRow & { readonly attendance: Attendance }

function isListed(row: ListedRow): row is Listed {
  return row.state === 'active' && row.attendance !== 'inactive' && row.shownAs === null
}

/** JSON columns are written by this folder only, from values of these types. */
function headOf(row: Listed, stands: Pick<Stands, 'whereabouts' | 'distanceMeters'>): OccurrenceHead {
  const openWeeks = JSON.parse(row.openWeeks) as WeekOfMonth[]
  const rules = openWeeks.length === 0 ? [] : parseRules(row.rules)
  return {
    number: row.number,
    kind: row.kind,
    fellowship: row.fellowship,
    audience: row.audience,
    attendance: row.attendance,
    wheelchair: row.wheelchair === 1,
    languages: JSON.parse(row.languages) as string[],
    nameOrder: folded(row.name),
    whereabouts: stands.whereabouts,
    distanceMeters: stands.distanceMeters,
    opennessOf: ({ slot }) =>
      openWeeks.length === 0 ? row.openness : opennessOn(row.openness, openWeeks, namedDate(slot, rules)),
  }
}

const columns = `m.number, m.kind, m.fellowship, m.audience, m.name, m.group_name AS "group", m.types, m.languages,
  m.openness, m.open_weeks AS openWeeks, m.state, m.attendance, m.wheelchair, m.place_name AS placeName, m.street,
  m.city, m.region, m.postal_code AS postalCode, m.address, m.shown_as AS shownAs,
  iif(m.open_weeks = '[]', '[]', (SELECT json_group_array(json(rule)) FROM
    (SELECT rule FROM meeting_rule WHERE meeting_id = m.id ORDER BY position))) AS rules`

function prepare(db: Db) {
  return {
    listed: db.prepare<ListedRow>('listing.meeting', `SELECT ${columns} FROM meeting m WHERE m.id = :id`),
    /** With where it stands, as its dates say. */
    standing: db.prepare<ListedRow & Pick<Stands, 'whereabouts'>>(
      'listing.standing',
      `SELECT ${columns}, o.whereabouts FROM occurrence o JOIN meeting m ON m.number = o.number
       WHERE o.number = :number LIMIT 1`,
    ),
  }
}
