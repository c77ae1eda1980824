import type {
  FeedCounts,
  FeedFormat,
  FeedProblem,
  OccurrenceStatus,
  RowRemark,
} from '../../../electron/contract/models.ts'
import type { Result } from '../../../electron/contract/result.ts'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import type { Dated, Window } from '../../../electron/domain/schedule.ts'
import { localDateOf } from '../../../electron/domain/zones.ts'
import type { FeedReading, ReadMeeting } from '../../../electron/sync/feeds/reader.ts'
import { tooManyDates } from '../../../electron/sync/feeds/remarks.ts'

export type FeedOccurrence = {
  readonly key: string
  readonly name: string
  /** An instant in UTC, or a date for an all-day event; its end is then the day after the last one. */
  readonly startsAt: string
  readonly endsAt: string
  readonly status: OccurrenceStatus
}

/** What `--json` prints: a stable interface. */
export type FeedReport = {
  /** Null when the source could not be read at all. */
  readonly format: FeedFormat | null
  readonly counts: FeedCounts
  readonly refused: readonly RowRemark[]
  readonly warnings: readonly RowRemark[]
  readonly occurrences?: readonly FeedOccurrence[]
}

export function reportOf(reading: Result<FeedReading, FeedProblem>, window: Window | null): FeedReport {
  if (!reading.ok) {
    const reason = `${reading.code}: ${reading.detail ?? 'The feed could not be read.'}`
    return {
      format: null,
      counts: { read: 0, shown: 0, byAppointment: 0, inactive: 0, refused: 0 },
      refused: [{ where: 'feed', reason }],
      warnings: [],
      ...(window === null ? {} : { occurrences: [] }),
    }
  }
  const { format, counts, refused, warnings, meetings } = reading.value
  if (window === null) return { format, counts, refused, warnings }
  const { occurrences, cappedKeys } = datesOf(meetings, window)
  const capped = cappedKeys.map(tooManyDates)
  return { format, counts, refused, warnings: [...warnings, ...capped], occurrences }
}

/** True when a kiosk would have something of this feed to show. */
export function isUsable({ counts }: FeedReport): boolean {
  return counts.shown + counts.byAppointment > 0
}

function datesOf(
  meetings: Iterable<ReadMeeting>,
  window: Window,
): { readonly occurrences: readonly FeedOccurrence[]; readonly cappedKeys: readonly string[] } {
  const cappedKeys: string[] = []
  const occurrences: FeedOccurrence[] = []
  for (const meeting of meetings) {
    // An inactive meeting is not held; one by appointment has no rules.
    if (meeting.attendance === 'inactive') continue
    const { dated, capped } = occurrencesOf(meeting.rules, window)
    if (capped) cappedKeys.push(meeting.key)
    for (const date of dated) occurrences.push(toOccurrence(meeting, date, window.zone))
  }
  occurrences.sort(
    (a, b) => compare(a.startsAt, b.startsAt) || compare(a.key, b.key) || compare(a.name, b.name),
  )
  return { occurrences, cappedKeys }
}

function toOccurrence(meeting: ReadMeeting, dated: Dated, zone: string): FeedOccurrence {
  return {
    key: meeting.key,
    name: dated.name ?? meeting.name,
    startsAt: dated.allDay ? dated.localDate : instantText(dated.startsAtMs),
    endsAt: dated.allDay ? localDateOf(zone, dated.endsAtMs) : instantText(dated.endsAtMs),
    status: dated.status,
  }
}

function instantText(ms: number): string {
  return new Date(ms).toISOString()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
