import type {
  Attendance,
  Audience,
  FeedCounts,
  FeedFormat,
  FeedProblem,
  FellowshipId,
  Kind,
  MeetingType,
  Openness,
  RowRemark,
  WeekOfMonth,
} from '../../contract/models.ts'
import type { Result } from '../../contract/result.ts'
import type { Rule } from '../../domain/schedule.ts'

/** What staff said of a feed; the feed itself does not carry it (feeds.md 1.1). */
export type ReaderSettings = {
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  /** What staff call the feed: the last hint at whose it is (design ruling "Fellowship"). */
  readonly feedName?: string | null
  /** IANA zone for rows that name none. */
  readonly zone: string
  /** Series that a calendar gives in UTC keep the local time of their first date (feeds.md 5.4). */
  readonly utcIsLocal?: boolean
  /** "Friday 00:00" is meant as the end of Friday (feeds.md 1.5). */
  readonly midnightBefore?: boolean
}

export type ReadPlace = {
  readonly name: string | null
  readonly street: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
  /** One display line. */
  readonly address: string | null
  readonly note: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly approximate: boolean
}

/** One meeting as a feed gives it, normalised (feeds.md 1.2). A row with several days makes several. */
export type ReadMeeting = {
  /** The feed's raw slug, id or UID as text; several meetings may share one. */
  readonly key: string
  /** Tells apart the meetings of one key (day number, start); empty for the only one. */
  readonly part: string
  /** True when the key is not the feed's own but a hash of what does not change. */
  readonly keyDerived: boolean
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  /** The rule that decided fellowship, kind and audience, for staff. */
  readonly decidedBy: string
  readonly group: string | null
  readonly notes: string | null
  readonly types: readonly MeetingType[]
  readonly languages: readonly string[]
  readonly openness: Openness
  /** With `open_this_week`: the weeks of the month in which it is open; closed on other dates. */
  readonly openWeeks?: readonly WeekOfMonth[]
  readonly wheelchair: boolean | null
  readonly attendance: Attendance | 'inactive'
  readonly place: ReadPlace | null
  readonly onlineUrl: string | null
  readonly onlineNote: string | null
  readonly phone: string | null
  readonly phoneNote: string | null
  readonly provider: string | null
  /** Empty for a meeting by appointment. */
  readonly rules: readonly Rule[]
  readonly sourceUpdated: string | null
  readonly sourceName: string | null
}

export type FeedReading = {
  readonly format: FeedFormat
  readonly counts: FeedCounts
  /**
   * In the order of the feed. Each walk reads them from the bytes again, so that a large feed is never held as
   * a whole list; all walks give the same.
   */
  readonly meetings: Iterable<ReadMeeting>
  /** Set when the source was refused as a whole: nothing of it may be applied (`refused` says why). */
  readonly problem?: FeedProblem
  /** One entry for each refused row; one in all for a source refused as a whole. */
  readonly refused: readonly RowRemark[]
  readonly warnings: readonly RowRemark[]
  /** What the feed says of itself. */
  readonly proposed: { readonly name: string | null; readonly zone: string | null }
}

/** The content of a feed. Large formats are read piece by piece from `bytes`. */
export type FeedText = {
  /** The first 4,096 characters, byte-order mark stripped. */
  readonly head: string
  /** Byte-order mark stripped. UTF-16 was made UTF-8. Structural characters are ASCII in either encoding. */
  readonly bytes: Uint8Array
  /** `binary`: a workbook; only its own reader takes it. */
  readonly encoding: 'utf-8' | 'windows-1252' | 'binary'
  /** The text of all bytes, or of those from `from` up to `to`. */
  text(from?: number, to?: number): string
}

/** One feed format. A new format is one more file with one of these, listed in `readers.ts`. */
export type Reader = {
  readonly format: FeedFormat
  /** Looks at the content, never at a file's name. `head` is the first 4,096 characters, mark stripped. */
  recognizes(head: string): boolean
  read(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem>
}
