import type {
  Attendance,
  Audience,
  FellowshipId,
  Kind,
  MeetingType,
  Openness,
  WeekOfMonth,
} from '../contract/models.ts'
import type { Rule } from '../domain/schedule.ts'
import type { Standing } from '../domain/whereabouts.ts'

export type MeetingPlace = {
  readonly name: string | null
  readonly street: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
  readonly address: string | null
  readonly note: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly approximate: boolean
}

/** What a feed, or the desk, says of a meeting. */
export type MeetingContent = {
  readonly key: string
  readonly part: string
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly decidedBy: string
  readonly group: string | null
  readonly notes: string | null
  readonly types: readonly MeetingType[]
  readonly languages: readonly string[]
  readonly openness: Openness
  /** With `open_this_week`: the weeks of the month in which it is open. */
  readonly openWeeks?: readonly WeekOfMonth[]
  readonly wheelchair: boolean | null
  readonly attendance: Attendance | 'inactive'
  readonly place: MeetingPlace | null
  readonly onlineUrl: string | null
  readonly onlineNote: string | null
  readonly phone: string | null
  readonly phoneNote: string | null
  readonly provider: string | null
  /** Empty: by appointment. */
  readonly rules: readonly Rule[]
  readonly sourceUpdated: string | null
  readonly sourceName: string | null
}

export type MeetingState = 'active' | 'hidden' | 'withdrawn'

/** What staff said of a meeting; null: nothing. */
export type SaidByStaff = {
  /** True: held here; false: not. */
  readonly here: boolean | null
  /** Weeks of the month to which they limit it. */
  readonly weeks: readonly WeekOfMonth[] | null
}

/** As `saidByStaff` selects it. */
export type SaidRow = { readonly hereByStaff: 0 | 1 | null; readonly weeksByStaff: string | null }

/**
 * What staff said of a meeting, or else of another that is shown as it: it is one meeting, whichever feed's it is.
 * "Held here" goes before "not here", because it was said of one listing of it.
 */
export const saidByStaff = `
  coalesce(here_by_staff, (SELECT max(same.here_by_staff) FROM meeting AS same WHERE same.shown_as = meeting.id))
    AS hereByStaff,
  coalesce(weeks_by_staff, (SELECT same.weeks_by_staff FROM meeting AS same
    WHERE same.shown_as = meeting.id AND same.weeks_by_staff IS NOT NULL ORDER BY same.id LIMIT 1))
    AS weeksByStaff`

export function toSaid(row: SaidRow): SaidByStaff {
  return {
    here: row.hereByStaff === null ? null : row.hereByStaff === 1,
    weeks: parseWeeks(row.weeksByStaff),
  }
}

/** What decides where a stored meeting stands and when it is. */
export type StandingRow = SaidRow & {
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly state: MeetingState
  readonly attendance: Attendance | 'inactive'
  readonly latitude: number | null
  readonly longitude: number | null
  readonly approximate: 0 | 1
  readonly street: string | null
  readonly postalCode: string | null
  readonly own: 0 | 1
  /** Its list, or the desk, says where it is. */
  readonly hasPlace: 0 | 1
  readonly heldHere: 0 | 1 | null
  /** The rules as a JSON array. */
  readonly rules: string
}

export const standingColumns = `meeting.id, meeting.kind, meeting.name, state, attendance, latitude, longitude,
  approximate, street, postal_code AS postalCode, own, feed.held_here AS heldHere, ${saidByStaff},
  coalesce(place_name, street, city) IS NOT NULL AS hasPlace,
  (SELECT json_group_array(json(rule)) FROM
    (SELECT rule FROM meeting_rule WHERE meeting_id = meeting.id ORDER BY position)) AS rules`

export function toStanding(row: StandingRow): Standing {
  return {
    attendance: row.attendance,
    latitude: row.latitude,
    longitude: row.longitude,
    approximate: row.approximate === 1,
    street: row.street,
    postalCode: row.postalCode,
    own: row.own === 1,
    ownElsewhere: row.own === 1 && row.hasPlace === 1,
    feedHeldHere: row.heldHere === 1,
    hereByStaff: toSaid(row).here,
  }
}

/** Written by this folder only, from values of this type. */
export function parseWeeks(json: string | null): readonly WeekOfMonth[] | null {
  return json === null ? null : (JSON.parse(json) as readonly WeekOfMonth[])
}

/** Rules are written by this folder only, from values of this type. */
export function parseRules(json: string): readonly Rule[] {
  return JSON.parse(json) as readonly Rule[]
}
