import type { MeetingHit } from '../contract/desk-calls.ts'
import type { Audience, FellowshipId, Kind, WeekOfMonth } from '../contract/models.ts'
import { scheduleText } from '../domain/schedule-text.ts'
import { splitWords } from '../domain/search-words.ts'
import { whereaboutsOf, type Center, type HereWhy } from '../domain/whereabouts.ts'
import type { Clock } from '../ports.ts'
import type { Db, Tx } from './connection.ts'
import {
  parseRules,
  parseWeeks,
  saidByStaff,
  standingColumns,
  toSaid,
  toStanding,
  type SaidByStaff,
  type SaidRow,
  type StandingRow,
} from './meeting-rows.ts'
import { ListingWriter } from './listing-writer.ts'

type HitRow = {
  readonly meetingId: string
  readonly key: string
  readonly name: string
  readonly feedName: string | null
  readonly place: string | null
  readonly rules: string
  readonly here: 0 | 1
  readonly hereWhy: HereWhy
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly decidedBy: string
  readonly weeksByStaff: string | null
}

/** How many meetings a search at the desk shows. */
const mostHits = 50

/** Meetings as staff find and mark them, and what they said of one. A day's list is `OccurrenceStore`'s. */
export class MeetingStore {
  readonly #db: Db
  readonly #clock: Clock
  readonly #writer: ListingWriter
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db, { clock, machineId }: { readonly clock: Clock; readonly machineId: string }) {
    this.#db = db
    this.#clock = clock
    this.#writer = new ListingWriter(db, machineId)
    this.#sql = prepare(db)
  }

  /** Also of one that is withdrawn or hidden; undefined when there is no such meeting. */
  findSaid(id: string): SaidByStaff | undefined {
    const row = this.#sql.said.get({ id })
    return row === undefined ? undefined : toSaid(row)
  }

  /** Active and hidden meetings in the order of their ids, `limit` of those after `afterId`. */
  listStandings(afterId: string, limit: number): StandingRow[] {
    return this.#sql.standings.all({ afterId, limit })
  }

  findStanding(id: string): StandingRow | undefined {
    return this.#sql.standing.get({ id })
  }

  /** The id that carries on an id of earlier: the same one, or where its alias leads. */
  current(id: string): string {
    return this.#sql.alias.get({ id })?.meetingId ?? id
  }

  /** The id of what is shown for an id: of another feed's meeting where both are one. */
  resolve(id: string): string {
    const current = this.current(id)
    return this.#sql.shownAs.get({ id: current })?.shownAs ?? current
  }

  /**
   * Meetings that are shown and whose feed key (or that of another listing of it) is `text`, then those of whose
   * name or group each word of `text` begins a word, by name; at most 50 in all. Of a word that hundreds begin
   * with, some fifty: staff go on typing. What has no date in the kept days is found by its key only.
   */
  find(text: string, locale: string): MeetingHit[] {
    const byKey = this.#sql.byKey.all({ key: text.trim() })
    const words = splitWords(text).flatMap(({ parts }) => parts)
    const match = words.map((word) => `name : "${word}" *`).join(' AND ')
    const byWords = words.length === 0 ? [] : this.#sql.byWords.all({ match })
    const rows = new Map([...byKey, ...byWords].map((row) => [row.meetingId, row]))
    return [...rows.values()].slice(0, mostHits).map((row) => toHit(row, locale))
  }

  /** A meeting as staff know it, also one that another is shown for. */
  findHit(id: string, locale: string): MeetingHit | undefined {
    const row = this.#sql.hit.get({ id })
    return row === undefined ? undefined : toHit(row, locale)
  }

  /**
   * Staff say that a meeting is held here or is not; null takes the mark away, from all listings of it. Takes
   * effect on all its dates at once. False when there is no such meeting.
   */
  setHere(meetingId: string, here: boolean | null, center: Center): boolean {
    return this.#db.transaction((tx) => {
      const id = this.resolve(meetingId)
      if (!this.#writer.markHere(tx, id, here, this.#clock.now())) return false
      if (here === null) this.#sql.clearHere.run({ id, now: this.#clock.now() })
      const row = this.#sql.standing.get({ id })
      if (row === undefined) return false
      this.#writer.restand(tx, id, whereaboutsOf(toStanding(row), center))
      return true
    })
  }

  /**
   * Staff limit a weekly meeting to weeks of the month; an empty list takes that away, from all listings of it.
   * Its dates have to be written anew by the caller. Returns its id; null when there is no such meeting.
   */
  setWeeks(_tx: Tx, meetingId: string, weeks: readonly WeekOfMonth[]): string | null {
    const id = this.resolve(meetingId)
    const now = this.#clock.now()
    if (weeks.length === 0) this.#sql.clearWeeks.run({ id, now })
    const json = weeks.length === 0 ? null : JSON.stringify(weekOrder.filter((week) => weeks.includes(week)))
    return this.#sql.markWeeks.run({ id, weeks: json, now }) === 1 ? id : null
  }
}

const weekOrder: readonly WeekOfMonth[] = [1, 2, 3, 4, 5, 'last']

function toHit(row: HitRow, locale: string): MeetingHit {
  return {
    meetingId: row.meetingId,
    key: row.key,
    name: row.name,
    feedName: row.feedName ?? '',
    place: row.place,
    schedule: scheduleText(parseRules(row.rules), locale),
    here: row.here === 1,
    hereWhy: row.hereWhy,
    kind: row.kind,
    fellowship: row.fellowship,
    audience: row.audience,
    decidedBy: row.decidedBy,
    weeks: parseWeeks(row.weeksByStaff) ?? [],
  }
}

function prepare(db: Db) {
  const standing = `SELECT ${standingColumns} FROM meeting LEFT JOIN feed ON feed.id = meeting.feed_id`
  const hit = `SELECT meeting.id AS meetingId, feed_key AS key, meeting.name, feed.name AS feedName,
      coalesce(nullif(concat_ws(', ', place_name, coalesce(street, meeting.address)), ''), city) AS place,
      (SELECT json_group_array(json(rule)) FROM
        (SELECT rule FROM meeting_rule WHERE meeting_id = meeting.id ORDER BY position)) AS rules,
      here, here_why AS hereWhy, meeting.kind, meeting.fellowship, audience, decided_by AS decidedBy, ${saidByStaff}
    FROM meeting LEFT JOIN feed ON feed.id = meeting.feed_id`
  return {
    said: db.prepare<SaidRow>('meeting.said', `SELECT ${saidByStaff} FROM meeting WHERE id = :id`),
    standings: db.prepare<StandingRow>(
      'meeting.standings',
      `${standing} WHERE meeting.id > :afterId AND state <> 'withdrawn' ORDER BY meeting.id LIMIT :limit`,
    ),
    standing: db.prepare<StandingRow>('meeting.standing', `${standing} WHERE meeting.id = :id`),
    alias: db.prepare<{ meetingId: string }>(
      'meeting-alias.get',
      'SELECT meeting_id AS meetingId FROM meeting_alias WHERE old_id = :id',
    ),
    shownAs: db.prepare<{ shownAs: string | null }>(
      'meeting.shown-as',
      'SELECT shown_as AS shownAs FROM meeting WHERE id = :id',
    ),
    clearHere: db.prepare(
      'meeting.clear-here',
      'UPDATE meeting SET here_by_staff = NULL, updated_at_ms = :now WHERE shown_as = :id AND here_by_staff IS NOT NULL',
    ),
    markWeeks: db.prepare(
      'meeting.mark-weeks',
      `UPDATE meeting SET weeks_by_staff = :weeks, updated_at_ms = :now WHERE id = :id AND state <> 'withdrawn'`,
    ),
    clearWeeks: db.prepare(
      'meeting.clear-weeks',
      'UPDATE meeting SET weeks_by_staff = NULL, updated_at_ms = :now WHERE shown_as = :id AND weeks_by_staff IS NOT NULL',
    ),
    byKey: db.prepare<HitRow>(
      'meeting.find-by-key',
      `${hit} WHERE state = 'active' AND meeting.id IN
         (SELECT coalesce(shown_as, id) FROM meeting WHERE feed_key = :key)
       ORDER BY meeting.name COLLATE NOCASE, meeting.id LIMIT ${mostHits}`,
    ),
    // Narrow first: the index of words names a few hundred before a wide row is read.
    byWords: db.prepare<HitRow>(
      'meeting.find-by-words',
      `WITH first AS MATERIALIZED (
         SELECT number FROM meeting WHERE state = 'active' AND number IN
           (SELECT rowid FROM meeting_search WHERE meeting_search MATCH :match LIMIT ${mostHits * 4})
         ORDER BY name COLLATE NOCASE, id LIMIT ${mostHits})
       ${hit} WHERE number IN (SELECT number FROM first) ORDER BY meeting.name COLLATE NOCASE, meeting.id`,
    ),
    hit: db.prepare<HitRow>('meeting.hit', `${hit} WHERE meeting.id = :id`),
  }
}
