import { z } from 'zod'
import type {
  DayList,
  EpochMs,
  FellowshipId,
  LocalDate,
  MeetingDetail,
  OccurrenceRow,
  Whereabouts,
} from '../contract/models.ts'
import { dayBefore, type DayView } from '../domain/day-list.ts'
import type { Db, Statement } from './connection.ts'
import { publicFeedName } from './feed-rows.ts'
import {
  rowColumns,
  shown,
  toOccurrenceRow,
  whereaboutsOrders,
  type RowContext,
  type StoredRow,
} from './occurrence-rows.ts'

/** One date of one meeting, as a screen names it. */
export type OccurrenceName = {
  readonly meetingId: string
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
}

/** Where "now" is, for a single occurrence. */
export type NowView = Omit<DayView, 'date'>

export type DayPage = DayView & {
  readonly whereabouts: Whereabouts
  readonly offset: number
  readonly limit: number
}

type StoredDetail = StoredRow & {
  readonly notes: string | null
  readonly types: string
  readonly fullAddress: string | null
  readonly onlineUrl: string | null
  readonly onlineNote: string | null
  readonly phone: string | null
  readonly phoneNote: string | null
  readonly provider: string | null
  readonly sourceName: string | null
  readonly feedName: string | null
  readonly feedAddress: string | null
  readonly sourceAsOfMs: EpochMs | null
}

type Upcoming = MeetingDetail['upcoming'][number]

const typesSchema = z.array(z.object({ code: z.string(), label: z.string().nullable() }))

/** How many coming dates a meeting page shows. */
const upcomingDates = 8

/**
 * Reads the list of a day and the page of a meeting. Narrow first, wide last: the index of the day picks and
 * counts, and a wide row is read only for what is on the asked page.
 */
export class OccurrenceStore {
  readonly #fellowshipName: (id: FellowshipId) => string | null
  readonly #page: Statement<StoredRow>
  readonly #totals: Statement<Record<Whereabouts, number>>
  readonly #find: Statement<StoredRow>
  readonly #detail: Statement<StoredDetail>
  readonly #upcoming: Statement<Upcoming>
  readonly #resolve: Statement<{ meetingId: string }>
  readonly #oldest: Statement<{ lastGoodRunAtMs: EpochMs | null }>

  constructor(db: Db, options: { readonly fellowshipName: (id: FellowshipId) => string | null }) {
    this.#fellowshipName = options.fellowshipName
    // `:runningOf` is yesterday on today's list and no date on any other; `:endsAfterMs` hides what has ended.
    this.#page = db.prepare(
      'occurrence.list-day',
      `WITH page AS MATERIALIZED (
         SELECT meeting_id, slot, starts_at_ms, distance_order, name_order
         FROM occurrence INDEXED BY occurrence_by_end
         WHERE local_date = :runningOf AND whereabouts = :whereabouts AND ends_at_ms > :endsAfterMs
         UNION ALL
         SELECT meeting_id, slot, starts_at_ms, distance_order, name_order
         FROM occurrence INDEXED BY occurrence_of_day
         WHERE local_date = :date AND whereabouts = :whereabouts AND ends_at_ms > :endsAfterMs
         ORDER BY starts_at_ms, distance_order, name_order
         LIMIT :limit OFFSET :offset
       )
       SELECT ${rowColumns}
       FROM page
       CROSS JOIN occurrence o ON o.meeting_id = page.meeting_id AND o.slot = page.slot
       CROSS JOIN meeting m ON m.id = page.meeting_id
       WHERE ${shown}
       ORDER BY page.starts_at_ms, page.distance_order, page.name_order, page.meeting_id`,
    )
    this.#totals = db.prepare(
      'occurrence.count-day',
      `SELECT count(*) FILTER (WHERE whereabouts = 0) AS here,
              count(*) FILTER (WHERE whereabouts = 1) AS nearby,
              count(*) FILTER (WHERE whereabouts = 2) AS online
       FROM occurrence INDEXED BY occurrence_by_end
       WHERE local_date IN (:date, :runningOf) AND ends_at_ms > :endsAfterMs`,
    )
    this.#find = db.prepare(
      'occurrence.find',
      `SELECT ${rowColumns}
       FROM occurrence o JOIN meeting m ON m.id = o.meeting_id
       WHERE o.meeting_id = :meetingId AND o.local_date = :localDate AND o.starts_at_ms = :startsAtMs
         AND ${shown}`,
    )
    this.#detail = db.prepare(
      'occurrence.find-detail',
      `SELECT ${rowColumns}, m.notes, m.types, m.address AS fullAddress,
              m.online_url AS onlineUrl, m.online_note AS onlineNote, m.phone, m.phone_note AS phoneNote,
              m.provider, m.source_name AS sourceName, f.name AS feedName,
              f.canonical_address AS feedAddress,
              f.last_good_run_at_ms AS sourceAsOfMs
       FROM occurrence o JOIN meeting m ON m.id = o.meeting_id LEFT JOIN feed f ON f.id = m.feed_id
       WHERE o.meeting_id = :meetingId AND o.local_date = :localDate AND o.starts_at_ms = :startsAtMs
         AND ${shown}`,
    )
    this.#upcoming = db.prepare(
      'occurrence.list-upcoming',
      `SELECT local_date AS localDate, starts_at_ms AS startsAtMs, status
       FROM occurrence WHERE meeting_id = :meetingId AND starts_at_ms >= :fromMs
       ORDER BY starts_at_ms LIMIT :limit`,
    )
    this.#resolve = db.prepare(
      'occurrence.resolve-alias',
      'SELECT meeting_id AS meetingId FROM meeting_alias WHERE old_id = :meetingId',
    )
    this.#oldest = db.prepare(
      'occurrence.oldest-good-run',
      `SELECT min(last_good_run_at_ms) AS lastGoodRunAtMs FROM feed`,
    )
  }

  /** One page of one group of a day, and how many there are in each group (ruling "The list of a day"). */
  listDay(page: DayPage): Pick<DayList, 'rows' | 'totals'> {
    const bounds = boundsOf(page)
    const { offset, limit } = page
    const rows = this.#page.all({
      ...bounds,
      whereabouts: whereaboutsOrders[page.whereabouts],
      offset,
      limit,
    })
    const totals = this.#totals.get(bounds) ?? { here: 0, nearby: 0, online: 0 }
    return { rows: rows.map((row) => toOccurrenceRow(row, this.#context(page))), totals }
  }

  /** One date of a meeting, also under an id that its feed no longer uses. */
  findOccurrence(name: OccurrenceName, now: NowView): OccurrenceRow | undefined {
    const row = this.#find.get(this.#current(name))
    return row === undefined ? undefined : toOccurrenceRow(row, this.#context(now))
  }

  /** What the page of a meeting shows. */
  findDetail(name: OccurrenceName, now: NowView): MeetingDetail | undefined {
    const row = this.#detail.get(this.#current(name))
    if (row === undefined) return undefined
    return {
      row: toOccurrenceRow(row, this.#context(now)),
      notes: row.notes,
      types: typesSchema.parse(JSON.parse(row.types)),
      address: row.fullAddress,
      placeNote: row.placeNote,
      onlineUrl: row.onlineUrl,
      onlineNote: row.onlineNote,
      phone: row.phone,
      phoneNote: row.phoneNote,
      provider: row.provider,
      sourceName: row.sourceName ?? publicFeedName(row.feedName ?? '', row.feedAddress ?? ''),
      sourceAsOfMs: row.sourceAsOfMs,
      upcoming: this.listUpcoming(row.meetingId, row.startsAtMs),
    }
  }

  /** Dates of a meeting that start at `fromMs` or later, soonest first. */
  listUpcoming(meetingId: string, fromMs: EpochMs, limit: number = upcomingDates): readonly Upcoming[] {
    return this.#upcoming.all({ meetingId, fromMs, limit })
  }

  /** Instant of the oldest last good run among the feeds that ever had one; null with none. */
  oldestGoodRun(): EpochMs | null {
    return this.#oldest.get()?.lastGoodRunAtMs ?? null
  }

  #current(name: OccurrenceName): OccurrenceName {
    const { localDate, startsAtMs } = name
    const alias = this.#resolve.get({ meetingId: name.meetingId })
    return { meetingId: alias?.meetingId ?? name.meetingId, localDate, startsAtMs }
  }

  #context(now: NowView): RowContext {
    return { today: now.today, nowMs: now.nowMs, fellowshipName: this.#fellowshipName }
  }
}

/** `isOnList` of the domain as bounds of an index range. */
function boundsOf(view: DayView): { date: LocalDate; runningOf: LocalDate; endsAfterMs: EpochMs } {
  const { date, today, nowMs } = view
  if (date !== today) return { date, runningOf: '', endsAfterMs: Number.MIN_SAFE_INTEGER }
  return { date, runningOf: dayBefore(date), endsAfterMs: nowMs }
}
