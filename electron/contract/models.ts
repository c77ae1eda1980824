/** What crosses between the processes: plain data, no classes, no schema library. */

/** A calendar date `YYYY-MM-DD` in the center's zone. */
export type LocalDate = string
/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number
/** A fellowship's id in `resources/directory/fellowships.json`, or `unknown`. */
export type FellowshipId = string

export type FeedFormat = 'meeting-guide' | 'bmlt' | 'ical' | 'naws' | 'table'
export type Kind = 'therapy' | 'peer' | 'club'
export type Attendance = 'in_person' | 'hybrid' | 'online'
export type OccurrenceStatus = 'scheduled' | 'cancelled' | 'moved' | 'tentative'
/** Where a meeting stands for this center: the first that fits (design ruling "Here, nearby, online"). */
export type Whereabouts = 'here' | 'nearby' | 'online'
/** For whom: the person with the addiction, the family, or anyone (clubs). */
export type Audience = 'self' | 'family' | 'anyone'
export type Openness = 'open' | 'closed' | 'open_this_week' | 'unknown'
/** The n-th of that weekday in its month: day 1-7 is the first, 8-14 the second; some months have no fifth. */
export type WeekOfMonth = 1 | 2 | 3 | 4 | 5 | 'last'
export type DistanceUnit = 'km' | 'mi'
export type Paper = 'letter' | 'a4'
export type PrintSize = 'standard' | 'large'
export type LocaleId = 'en' | 'es'

/** One date of a meeting as a list shows it. */
export type OccurrenceRow = {
  readonly meetingId: string
  /** The feed's own key: slug, id or UID, as text. */
  readonly key: string
  /** Keys of the same meeting in other feeds. */
  readonly alsoIn?: readonly {
    readonly source: string
    readonly key: string
    /** The source is only the name of a file: no visitor is shown it. */
    readonly isFile?: true
  }[]
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
  readonly endsAtMs: EpochMs
  /** An all-day event: show the date, never a time. */
  readonly allDay: boolean
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId
  /** Null when the fellowship is unknown: the screen says "Peer group". */
  readonly fellowshipName: string | null
  readonly audience: Audience
  readonly whereabouts: Whereabouts
  readonly distanceMeters: number | null
  /** One line to show: building and street, or null when it is online only. */
  readonly place: string | null
  readonly attendance: Attendance
  readonly status: OccurrenceStatus
  readonly wheelchair: boolean | null
  /** BCP 47 tags; empty when the feed does not say. */
  readonly languages: readonly string[]
  /** Of this date: `open_this_week` when it is open today and closed on other dates. */
  readonly openness: Openness
  /** Set when its list has not been read for more than 48 hours: how old what it says is. */
  readonly asOfMs: EpochMs | null
  /** True when a visitor may sign in here now (held here, today, not cancelled, not ended). */
  readonly canSignIn: boolean
}

export type DayList = {
  readonly date: LocalDate
  readonly zone: string
  readonly nowMs: EpochMs
  readonly rows: readonly OccurrenceRow[]
  /** How many rows there are on the day in each group, whatever the page asked for. */
  readonly totals: Readonly<Record<Whereabouts, number>>
  /** Instant of the oldest last good run among the active feeds; null with none. */
  readonly listsAsOfMs: EpochMs | null
}

/** How many meetings of a day's list, in all three groups of it, each choice would leave. */
export type DayFacets = {
  readonly kinds: Readonly<Record<Kind, number>>
  /** Most first; an unknown fellowship has no entry. */
  readonly fellowships: readonly {
    readonly id: FellowshipId
    readonly name: string
    readonly count: number
  }[]
  readonly languages: readonly { readonly tag: string; readonly count: number }[]
  readonly audiences: { readonly self: number; readonly family: number }
  readonly partsOfDay: { readonly morning: number; readonly afternoon: number; readonly evening: number }
  readonly wheelchair: number
  readonly online: number
}

export type SearchAnswer = {
  readonly zone: string
  readonly nowMs: EpochMs
  readonly rows: readonly OccurrenceRow[]
  /** True when there are more than were asked for. */
  readonly more: boolean
  /** What was looked for instead, when a word of the text had a slip: the words that were found. Else null. */
  readonly corrected: string | null
}

export type MeetingType = {
  readonly code: string
  /** In the words of the list; null when its fellowship does not know the code. */
  readonly label: string | null
  /** The same in Spanish, where the directory or the feed has it. */
  readonly es?: string
  /** Only on dates in these weeks of the month (BMLT); absent: on every date. */
  readonly weeks?: readonly WeekOfMonth[]
}

/** Everything a meeting page shows. Imported text is plain text. */
export type MeetingDetail = {
  readonly row: OccurrenceRow
  readonly notes: string | null
  readonly types: readonly MeetingType[]
  readonly address: string | null
  readonly placeNote: string | null
  readonly onlineUrl: string | null
  readonly onlineNote: string | null
  readonly phone: string | null
  readonly phoneNote: string | null
  readonly provider: string | null
  /** The office or calendar that lists it; null for a file without a name. */
  readonly sourceName: string | null
  readonly sourceAsOfMs: EpochMs | null
  /** The coming dates, this one included, soonest first, at most 8. */
  readonly upcoming: readonly {
    readonly localDate: LocalDate
    readonly startsAtMs: EpochMs
    readonly status: OccurrenceStatus
  }[]
}

export type SetupState = 'needed' | 'demonstration' | 'center'

/** Why the records of this machine cannot be opened; `ok` when they can. Each has a screen at the desk. */
export type StorageState =
  | 'ok'
  | 'wrong_key'
  | 'key_unreadable'
  | 'damaged'
  | 'newer'
  | 'disk_full'
  | 'storage_failed'

/** How the database key is kept: the system's key store, a file of mode 0600, or not safely at all. */
export type VaultStrength = 'os' | 'file' | 'none'

/** What the public screen needs to know about this machine; nothing about people. */
export type KioskState = {
  readonly centerName: string
  readonly zone: string
  readonly locales: readonly LocaleId[]
  readonly defaultLocale: LocaleId
  readonly distanceUnit: DistanceUnit
  /** CSS pixels per inch of the screen, for sizes in millimeters. 92 before calibration. */
  readonly pixelsPerInch: number
  readonly paper: Paper
  /** `resting`: the records cannot be opened; the screen says to see the front desk and offers help lines. */
  readonly setup: SetupState | 'resting'
  readonly idleWarningMs: number
  readonly idleShutterMs: number
  /** The machine's clock; the page adds its own elapsed time, so that a clock set for tests holds. */
  readonly nowMs: EpochMs
  readonly clockRuns: boolean
  /** True on an unpackaged run or below the `os` vault: shows the "test machine" banner. */
  readonly testMachine: boolean
  readonly canTakeNames: boolean
  readonly hasPrinter: boolean
}

export type FeedRunOutcome = 'applied' | 'unchanged' | 'held_back' | 'failed'

export type FeedCounts = {
  readonly read: number
  readonly shown: number
  readonly byAppointment: number
  readonly inactive: number
  readonly refused: number
}

/** One thing about one row, for staff: `where` is a row number with its key, `reason` a sentence. */
export type RowRemark = {
  readonly where: string
  readonly reason: string
  /** True when the row was left out for it; else the row is shown all the same. */
  readonly refused?: boolean
}

/** Which meetings of a BMLT server are asked for. */
export type FeedScope =
  /** Around the center; the radius of its settings unless told. */
  | { readonly by: 'circle'; readonly kilometers: number | null }
  /** Ids of service bodies on that server, those below them included. */
  | { readonly by: 'services'; readonly ids: readonly number[] }

/** One refresh of a feed, for its history at the desk. */
export type FeedRunView = {
  readonly startedAtMs: EpochMs
  readonly endedAtMs: EpochMs | null
  readonly outcome: FeedRunOutcome | 'interrupted' | 'running' | 'applying'
  readonly problem: FeedProblem | null
  readonly problemDetail: string | null
  readonly read: number
  readonly refused: number
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** One feed as the desk lists it. */
export type FeedView = {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly format: FeedFormat | null
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  readonly heldHere: boolean
  /** Null: the center's zone. */
  readonly zone: string | null
  readonly everyMinutes: number
  readonly scope: FeedScope | null
  readonly utcIsLocal: boolean
  readonly midnightBefore: boolean
  readonly nextRunAtMs: EpochMs
  /** True when the newest list waits for staff: `feeds.accept` takes it. */
  readonly heldBack: boolean
  /** True when nothing good was read for more than 48 hours; its meetings are then marked with their age. */
  readonly stale: boolean
  readonly running: boolean
  readonly lastGoodRunAtMs: EpochMs | null
  /** Of the last list that was taken; before there is one, of the newest that could be read. */
  readonly counts: FeedCounts | null
  /** Why the newest list was not taken, as a code of `FeedProblem`; null when all is well. */
  readonly problem: FeedProblem | null
  readonly problemDetail: string | null
  /** With `heldBack`: names of meetings that the newest list no longer has, at most 20. */
  readonly lost: readonly string[]
  readonly remarks: readonly RowRemark[]
}

/** Closed set of reasons why a feed could not be taken. Each has a sentence in every locale. */
export type FeedProblem =
  | 'file_not_found'
  | 'file_unreadable'
  | 'address_not_allowed'
  | 'no_network'
  | 'host_not_found'
  | 'connection_refused'
  | 'timeout'
  | 'certificate'
  | 'needs_key'
  | 'challenge_page'
  | 'not_found'
  | 'http_error'
  | 'too_many_redirects'
  | 'too_large'
  | 'empty'
  | 'html'
  | 'not_json'
  | 'not_a_calendar'
  | 'wrong_format'
  | 'wrong_encoding'
  | 'wrong_day_scheme'
  | 'nothing_usable'
  | 'loses_too_many'
  | 'loses_all_future'
  | 'changes_fellowship'
  | 'disk_full'
  | 'interrupted'
  | 'internal'
