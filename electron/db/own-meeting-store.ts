import type { Attendance, FellowshipId, Kind, Openness } from '../contract/models.ts'
import type { Rule } from '../domain/schedule.ts'
import type { Db, Tx } from './connection.ts'
import { parseRules } from './meeting-rows.ts'

/** A group or club of the center, as it was entered at the desk. Texts that were left empty are null. */
export type StoredOwnMeeting = {
  readonly id: string
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly notes: string | null
  readonly room: string | null
  readonly placeName: string | null
  readonly street: string | null
  readonly city: string | null
  readonly attendance: Attendance
  readonly onlineUrl: string | null
  readonly phone: string | null
  readonly languages: readonly string[]
  readonly wheelchair: boolean | null
  readonly openness: Openness
  readonly rules: readonly Rule[]
}

type OwnRow = Omit<StoredOwnMeeting, 'languages' | 'wheelchair' | 'rules'> & {
  readonly languages: string
  readonly wheelchair: 0 | 1 | null
  readonly rules: string
}

/**
 * The center's own groups and clubs: rows of `meeting` like those of feeds, with `own` set and no feed, so no
 * refresh ever touches them. They are written through the listing writer.
 */
export class OwnMeetingStore {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db) {
    this.#sql = prepare(db)
  }

  /** By name, those that were removed left out. */
  list(): StoredOwnMeeting[] {
    return this.#sql.list.all().map((row) => ({
      ...row,
      // Written by this folder only, from values of these types.
      languages: JSON.parse(row.languages) as string[],
      wheelchair: row.wheelchair === null ? null : row.wheelchair === 1,
      rules: parseRules(row.rules),
    }))
  }

  /** True for a meeting of the center that was not removed. */
  has(id: string): boolean {
    return this.#sql.has.get({ id }) !== undefined
  }

  /** The clock times of its meetings are those of the center, wherever its clock is set to. */
  followZone(_tx: Tx, zone: string): number {
    return this.#sql.followZone.run({ zone })
  }
}

function prepare(db: Db) {
  return {
    list: db.prepare<OwnRow>(
      'own-meeting.list',
      `SELECT id, name, kind, fellowship, notes, place_note AS room, place_name AS placeName, street, city,
         attendance, online_url AS onlineUrl, phone, languages, wheelchair, openness,
         (SELECT json_group_array(json(rule)) FROM
           (SELECT rule FROM meeting_rule WHERE meeting_id = meeting.id ORDER BY position)) AS rules
       FROM meeting WHERE own = 1 AND state <> 'withdrawn' ORDER BY name COLLATE NOCASE, id`,
    ),
    has: db.prepare<{ id: string }>(
      'own-meeting.has',
      `SELECT id FROM meeting WHERE id = :id AND own = 1 AND state <> 'withdrawn'`,
    ),
    followZone: db.prepare(
      'own-meeting.follow-zone',
      `UPDATE meeting_rule SET rule = json_set(rule, '$.zone', :zone)
       WHERE meeting_id IN (SELECT id FROM meeting WHERE own = 1) AND rule ->> '$.zone' <> :zone`,
    ),
  }
}
