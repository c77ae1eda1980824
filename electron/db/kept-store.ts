import type { Attendance, FellowshipId, LocalDate } from '../contract/models.ts'
import { isOver } from '../domain/guard.ts'
import type { Db } from './connection.ts'
import { parseRules, type MeetingState } from './meeting-rows.ts'

/** Of a stored meeting what an import compares. Narrow: one list may have a hundred thousand. */
export type KeptMeeting = {
  readonly id: string
  readonly contentHash: string
  readonly fingerprint: string
  readonly state: MeetingState
  readonly attendance: Attendance | 'inactive'
  readonly fellowship: FellowshipId
  /** Null for a meeting whose feed was taken off the list (or that is the desk's own). */
  readonly feedId: string | null
}

const namesShown = 20

/** Stored meetings as an import looks at them. */
export class KeptStore {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db) {
    this.#sql = prepare(db)
  }

  /** All meetings of a feed by id, withdrawn and hidden ones too. */
  listByFeed(feedId: string): Map<string, KeptMeeting> {
    const byId = new Map<string, KeptMeeting>()
    for (const row of this.#sql.byFeed.iterate({ feedId })) byId.set(row.id, row)
    return byId
  }

  find(id: string): KeptMeeting | undefined {
    return this.#sql.byId.get({ id })
  }

  hasActive(feedId: string): boolean {
    return this.#sql.anyActive.get({ feedId }) !== undefined
  }

  /**
   * The feed's active meetings that are not over on `today`. True in the map for those with dates to come:
   * not by appointment, not inactive.
   */
  listCurrent(feedId: string, today: LocalDate): Map<string, boolean> {
    const current = new Map<string, boolean>()
    for (const { id, rules, attendance } of this.#sql.schedules.iterate({ feedId })) {
      const own = rules === null ? [] : parseRules(rules)
      if (!isOver(own, today)) current.set(id, own.length > 0 && attendance !== 'inactive')
    }
    return current
  }

  /** Ids of a feed's meetings that are not withdrawn. */
  listListed(feedId: string): string[] {
    return this.#sql.listed.all({ feedId }).map((row) => row.id)
  }

  /**
   * How many of a feed's meetings have dates and a place to go to, but no coordinates, and are not held here: nobody
   * knows whether they are near, so they are on no day's list (design ruling "Here, nearby, online").
   */
  countUnplaced(feedId: string): number {
    return this.#sql.unplaced.get({ feedId })?.count ?? 0
  }

  /** Names of the first 20 by name. */
  listNames(ids: readonly string[]): string[] {
    const json = JSON.stringify(ids)
    return this.#sql.names.all({ ids: json, limit: namesShown }).map((row) => row.name)
  }
}

function prepare(db: Db) {
  const columns = `id, content_hash AS contentHash, fingerprint, state, attendance, fellowship, feed_id AS feedId`
  return {
    byFeed: db.prepare<KeptMeeting>('kept.by-feed', `SELECT ${columns} FROM meeting WHERE feed_id = :feedId`),
    byId: db.prepare<KeptMeeting>('kept.by-id', `SELECT ${columns} FROM meeting WHERE id = :id`),
    anyActive: db.prepare<{ id: string }>(
      'kept.any-active',
      `SELECT id FROM meeting WHERE feed_id = :feedId AND state = 'active' LIMIT 1`,
    ),
    schedules: db.prepare<{ id: string; rules: string | null; attendance: KeptMeeting['attendance'] }>(
      'kept.schedules',
      `SELECT id, attendance, (SELECT json_group_array(json(rule)) FROM meeting_rule
         WHERE meeting_id = meeting.id) AS rules
       FROM meeting WHERE feed_id = :feedId AND state = 'active'`,
    ),
    listed: db.prepare<{ id: string }>(
      'kept.listed',
      `SELECT id FROM meeting WHERE feed_id = :feedId AND state IN ('active', 'hidden')`,
    ),
    unplaced: db.prepare<{ count: number }>(
      'kept.count-unplaced',
      `SELECT count(*) AS count FROM meeting WHERE feed_id = :feedId AND state = 'active' AND shown_as IS NULL
         AND attendance = 'in_person' AND by_appointment = 0 AND here = 0 AND distance_m IS NULL`,
    ),
    names: db.prepare<{ name: string }>(
      'kept.names',
      `SELECT name FROM meeting WHERE id IN (SELECT value FROM json_each(:ids))
       ORDER BY name COLLATE NOCASE, id LIMIT :limit`,
    ),
  }
}
