import type {
  Attendance,
  Audience,
  DistanceUnit,
  EpochMs,
  Kind,
  LocaleId,
  LocalDate,
  OccurrenceStatus,
  Paper,
  PrintSize,
} from './models.ts'

/** One meeting on paper with all of its dates of the week. */
export type HandoutEntry = {
  readonly meetingId: string
  readonly name: string
  readonly kind: Kind
  readonly fellowshipName: string | null
  readonly audience: Audience
  readonly attendance: Attendance
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
  readonly allDay: boolean
  readonly status: OccurrenceStatus
  readonly place: string | null
  readonly distanceMeters: number | null
  readonly wheelchair: boolean | null
  readonly languages: readonly string[]
  readonly onlineUrl: string | null
  readonly phone: string | null
}

export type HandoutDay = { readonly date: LocalDate; readonly entries: readonly HandoutEntry[] }

export type HelpLine = {
  readonly id: string
  readonly name: string
  readonly number: string
  readonly text: string | null
}

/**
 * All that a hand-out shows. It holds the directory only: no person, no center, no minute of printing
 * (PRV-10, PRV-11). Titles come from the catalog and are neutral (PRV-09).
 */
export type HandoutDocument = {
  readonly locale: LocaleId
  readonly paper: Paper
  readonly size: PrintSize
  readonly zone: string
  readonly distanceUnit: DistanceUnit
  /** First and last day of the week shown. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly peerGroups: readonly HandoutDay[]
  readonly clubs: readonly HandoutDay[]
  /** Each online meeting once, with its QR code. */
  readonly online: readonly HandoutDay[]
  readonly helpLines: readonly HelpLine[]
  /** Day of the oldest list used; the page says how old its facts are. */
  readonly listsAsOf: LocalDate | null
  /** Names of the offices and calendars that list these meetings. */
  readonly sources: readonly string[]
  /** Meetings left out because of the page limit; the page says so and what was kept (nearest, soonest). */
  readonly leftOut: number
}
