import type {
  Attendance,
  FeedCounts,
  FeedFormat,
  Kind,
  OccurrenceStatus,
} from '../../../electron/contract/models.ts'

/** `report.json`: a stable interface for people who try their own feeds. Instants are UTC ISO 8601. */
export type Report = {
  feeds: {
    source: string
    /** Null when the source could not be read. */
    format: FeedFormat | null
    counts: FeedCounts
    /** Why the list was not taken; absent when it was. */
    problem?: string
  }[]
  today: { date: string; zone: string; meetings: ReportMeeting[] } | null
  signIn: { kind: 'count' | 'name'; storedRows: number; confirmMs: number } | null
  signInReason?: string
  handout: { file: string; pages: number; meetings: number; clubs: number } | null
  /** Set when the hand-out was not printed. */
  handoutReason?: string
  timings: { startToTodayMs: number | null; importMs: number | null; handoutMs: number | null }
  /** Set when a step failed: which, and why. */
  failed?: { step: string; reason: string }
}

export type ReportMeeting = {
  key: string
  alsoIn?: readonly { source: string; key: string }[]
  name: string
  kind: Kind
  /** An instant; a date for an all-day meeting. */
  startsAt: string
  endsAt: string
  place: string | null
  attendance: Attendance
  status: OccurrenceStatus
}

export const noCounts: FeedCounts = { read: 0, shown: 0, byAppointment: 0, inactive: 0, refused: 0 }

export function emptyReport(): Report {
  return {
    feeds: [],
    today: null,
    signIn: null,
    handout: null,
    timings: { startToTodayMs: null, importMs: null, handoutMs: null },
  }
}
