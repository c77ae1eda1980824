import type { MeetingHit } from '../contract/desk-calls.ts'
import type { Audience, FellowshipId, Kind, WeekOfMonth } from '../contract/models.ts'
import { scheduleText } from '../domain/schedule-text.ts'
import { whereaboutsOf, type Center, type HereWhy } from '../domain/whereabouts.ts'
import type { Clock } from '../ports.ts'
import type { Db } from './connection.ts'
import {
  keptColumns,
  parseRules,
  standingColumns,
  toKept,
  toStanding,
  type KeptMeeting,
  type KeptRow,
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
  readonly weeks: string | null
}

/** Meetings as the import compares them and as staff find and mark them. A day's list is the day store's. */
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

  /** All meetings of a feed, withdrawn and hidden ones too. */
  listKept(feedId: string): KeptMeeting[] {
    return this.#sql.kept.all({ feedId }).map(toKept)
  }

  findKept(id: string): KeptMeeting | undefined {
    const row = this.#sql.keptById.get({ id })
    return row === undefined ? undefined : toKept(row)
  }

  /** Rules of a feed's active meetings by id, for the guard. */
  listSchedules(feedId: string): { readonly id: string; readonly rules: string }[] {
    return this.#sql.schedules.all({ feedId })
  }

  /** Active and hidden meetings in the order of their ids, `limit` of those after `afterId`. */
  listStandings(afterId: string, limit: number): StandingRow[] {
    return this.#sql.standings.all({ afterId, limit })
  }

  findStanding(id: string): StandingRow | undefined {
    return this.#sql.standing.get({ id })
  }

  /** Ids of a feed's meetings that are not withdrawn. */
  listShownIds(feedId: string): string[] {
    return this.#sql.shownIds.all({ feedId }).map((row) => row.id)
  }

  /** The id that carries on an id of earlier: the same one, or where its alias leads. */
  resolve(id: string): string {
    return this.#sql.alias.get({ id })?.meetingId ?? id
  }

  /**
   * Active meetings whose name contains `text` (in any case, as far as ASCII goes) or whose feed key is
   * `text`; those of that key first, then by name, at most 50. Reads every name: for the desk, not
   * for the kiosk's search.
   */
  find(text: string, locale: string): MeetingHit[] {
    const pattern = `%${text.trim().replace(/[\\%_]/gu, '\\$&')}%`
    return this.#sql.find.all({ pattern, key: text.trim() }).map((row) => ({
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
      weeks: row.weeks === null ? [] : (JSON.parse(row.weeks) as WeekOfMonth[]),
    }))
  }

  /**
   * Staff say that a meeting is held here or is not; null takes the mark away. Takes effect on all its dates
   * at once. False when there is no such meeting.
   */
  setHere(meetingId: string, here: boolean | null, center: Center): boolean {
    return this.#db.transaction((tx) => {
      const id = this.resolve(meetingId)
      if (!this.#writer.markHere(tx, id, here, this.#clock.now())) return false
      const row = this.#sql.standing.get({ id })
      if (row === undefined) return false
      this.#writer.restand(tx, id, whereaboutsOf(toStanding(row), center))
      return true
    })
  }
}

function prepare(db: Db) {
  const standing = `SELECT ${standingColumns} FROM meeting LEFT JOIN feed ON feed.id = meeting.feed_id`
  return {
    kept: db.prepare<KeptRow>('meeting.kept', `SELECT ${keptColumns} FROM meeting WHERE feed_id = :feedId`),
    keptById: db.prepare<KeptRow>('meeting.kept-by-id', `SELECT ${keptColumns} FROM meeting WHERE id = :id`),
    schedules: db.prepare<{ id: string; rules: string }>(
      'meeting.schedules',
      `SELECT meeting.id, json_group_array(json(rule)) AS rules
       FROM meeting JOIN meeting_rule ON meeting_rule.meeting_id = meeting.id
       WHERE feed_id = :feedId AND state = 'active' GROUP BY meeting.id`,
    ),
    standings: db.prepare<StandingRow>(
      'meeting.standings',
      `${standing} WHERE meeting.id > :afterId AND state <> 'withdrawn' ORDER BY meeting.id LIMIT :limit`,
    ),
    standing: db.prepare<StandingRow>('meeting.standing', `${standing} WHERE meeting.id = :id`),
    shownIds: db.prepare<{ id: string }>(
      'meeting.shown-ids',
      `SELECT id FROM meeting WHERE feed_id = :feedId AND state IN ('active', 'hidden')`,
    ),
    alias: db.prepare<{ meetingId: string }>(
      'meeting-alias.get',
      'SELECT meeting_id AS meetingId FROM meeting_alias WHERE old_id = :id',
    ),
    find: db.prepare<HitRow>(
      'meeting.find',
      `SELECT meeting.id AS meetingId, feed_key AS key, meeting.name, feed.name AS feedName,
         coalesce(nullif(concat_ws(', ', place_name, coalesce(street, meeting.address)), ''), city) AS place,
         (SELECT json_group_array(json(rule)) FROM
           (SELECT rule FROM meeting_rule WHERE meeting_id = meeting.id ORDER BY position)) AS rules,
         here, here_why AS hereWhy, meeting.kind, meeting.fellowship, audience, decided_by AS decidedBy,
         weeks_by_staff AS weeks
       FROM meeting LEFT JOIN feed ON feed.id = meeting.feed_id
       WHERE state = 'active' AND (meeting.name LIKE :pattern ESCAPE '\\' OR feed_key = :key)
       ORDER BY feed_key = :key DESC, meeting.name COLLATE NOCASE, meeting.id LIMIT 50`,
    ),
  }
}
