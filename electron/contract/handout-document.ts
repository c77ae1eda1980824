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

/** One date of a meeting within the week shown. */
export type HandoutDate = {
  readonly date: LocalDate
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
  readonly allDay: boolean
  readonly status: OccurrenceStatus
}

/** One listing: a meeting on one of its dates. A meeting stands under each day it is held. */
export type HandoutEntry = HandoutDate & {
  readonly meetingId: string
  readonly name: string
  readonly kind: Kind
  readonly fellowshipName: string | null
  readonly audience: Audience
  readonly attendance: Attendance
  /** Held where the sheet is printed. The paper says "here", never a center's name (PRV-10). */
  readonly here: boolean
  readonly place: string | null
  readonly distanceMeters: number | null
  readonly wheelchair: boolean | null
  readonly languages: readonly string[]
  readonly onlineUrl: string | null
  readonly phone: string | null
}

/** `leftOut`: listings of that day which the limit took away; the day says so. */
export type HandoutDay = {
  readonly date: LocalDate
  readonly entries: readonly HandoutEntry[]
  readonly leftOut: number
}

/**
 * What can be joined without coming: printed once, with all of its dates of the week. A feed's row with several
 * days is several meetings with one name and one link; they are one listing here.
 */
export type HandoutOnline = HandoutEntry & {
  readonly dates: readonly (HandoutDate & { readonly meetingId: string })[]
}

export type HelpLine = {
  /** As in `resources/directory/fellowships.json`; what the line is for is in the catalog under it. */
  readonly id: string
  readonly name: string
  readonly number: string
  /** What to send to which number, or null when the line takes no text messages. */
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
  /** Groups for oneself, for family and friends, and clubs stand under separate headings. */
  readonly peerGroups: readonly HandoutDay[]
  readonly familyGroups: readonly HandoutDay[]
  readonly clubs: readonly HandoutDay[]
  /** Each online meeting once, with its QR code, soonest first. */
  readonly online: readonly HandoutOnline[]
  /** Online meetings which the limit took away. */
  readonly onlineLeftOut: number
  readonly helpLines: readonly HelpLine[]
  /** Day of the oldest list used; the page says how old its facts are. */
  readonly listsAsOf: LocalDate | null
  /** Names of the offices and calendars that list these meetings. */
  readonly sources: readonly string[]
  /** The page measures itself and keeps fewer listings of each day until it fits. */
  readonly pageLimit: number
  /** Meetings that are on no page because of the limit; the page says so and what was kept. */
  readonly leftOut: number
}

/** What the hand-out page answers once its pages are final. */
export type HandoutShown = {
  readonly pages: number
  /** Distinct peer groups printed, family groups among them. */
  readonly meetings: number
  /** Distinct clubs printed. */
  readonly clubs: number
  readonly leftOut: number
}
