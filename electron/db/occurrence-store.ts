import { z } from 'zod'
import type {
  DayFacets,
  DayList,
  EpochMs,
  FellowshipId,
  LocalDate,
  MeetingDetail,
  OccurrenceRow,
  Whereabouts,
} from '../contract/models.ts'
import type { DayView } from '../domain/day-list.ts'
import { typesOn } from '../domain/openness.ts'
import type { Rule } from '../domain/schedule.ts'
import { namedDate } from '../domain/weeks-of-month.ts'
import { wallOf, wallText } from '../domain/zones.ts'
import type { Db, Statement } from './connection.ts'
import { publicFeedName } from './feed-rows.ts'
import { parseRules } from './meeting-rows.ts'
import { DayReader } from './occurrence-days.ts'
import type { ListFilter } from './occurrence-filter.ts'
import {
  rowColumns,
  rowJoin,
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
} & Partial<ListFilter>

/** Of a list that names none; the center's own where it is known. */
const defaultLanguage = 'en'

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
  readonly rules: string
}

type Upcoming = MeetingDetail['upcoming'][number]

const weekOfMonth = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal('last'),
])
const typesSchema = z.array(
  z.object({
    code: z.string(),
    label: z.string().nullable(),
    es: z.string().exactOptional(),
    weeks: z.array(weekOfMonth).exactOptional(),
  }),
)

/** How many coming dates a meeting page shows. */
const upcomingDates = 8

/**
 * Reads the list of a day and the page of a meeting. Narrow first, wide last: the index of the day picks and
 * counts, and a wide row is read only for what is on the asked page.
 */
export class OccurrenceStore {
  readonly #fellowshipName: (id: FellowshipId) => string | null
  readonly #days: DayReader
  readonly #find: Statement<StoredRow>
  readonly #detail: Statement<StoredDetail>
  readonly #upcoming: Statement<Upcoming>
  readonly #resolve: Statement<{ meetingId: string }>
  readonly #oldest: Statement<{ lastGoodRunAtMs: EpochMs | null }>

  constructor(db: Db, options: { readonly fellowshipName: (id: FellowshipId) => string | null }) {
    this.#fellowshipName = options.fellowshipName
    this.#days = new DayReader(db)
    const ofOne = `FROM meeting one
       CROSS JOIN occurrence o ON o.local_date = :localDate AND o.number = one.number
         AND o.starts_at_ms = :startsAtMs
       ${rowJoin}
       WHERE one.id = :meetingId AND ${shown}`
    this.#find = db.prepare('occurrence.find', `SELECT ${rowColumns} ${ofOne}`)
    this.#detail = db.prepare(
      'occurrence.find-detail',
      `SELECT ${rowColumns}, m.notes, m.types, m.address AS fullAddress,
              m.online_url AS onlineUrl, m.online_note AS onlineNote, m.phone, m.phone_note AS phoneNote,
              m.provider, m.source_name AS sourceName, f.name AS feedName,
              f.canonical_address AS feedAddress, f.last_good_run_at_ms AS sourceAsOfMs,
              (SELECT json_group_array(json(rule)) FROM
                (SELECT rule FROM meeting_rule WHERE meeting_id = m.id ORDER BY position)) AS rules
       ${ofOne}`,
    )
    this.#upcoming = db.prepare(
      'occurrence.list-upcoming',
      `SELECT local_date AS localDate, starts_at_ms AS startsAtMs, status
       FROM occurrence WHERE number = (SELECT number FROM meeting WHERE id = :meetingId)
         AND starts_at_ms >= :fromMs
       ORDER BY local_date, starts_at_ms LIMIT :limit`,
    )
    this.#resolve = db.prepare(
      'occurrence.resolve',
      `SELECT coalesce(shown_as, id) AS meetingId FROM meeting
       WHERE id = coalesce((SELECT meeting_id FROM meeting_alias WHERE old_id = :meetingId), :meetingId)`,
    )
    this.#oldest = db.prepare(
      'occurrence.oldest-good-run',
      `SELECT min(last_good_run_at_ms) AS lastGoodRunAtMs FROM feed`,
    )
  }

  /** One page of one group of a day, and how many there are in each group (ruling "The list of a day"). */
  listDay(page: DayPage): Pick<DayList, 'rows' | 'totals'> {
    const { filter, ownLanguage = defaultLanguage, offset, limit } = page
    const narrowed = { filter, ownLanguage }
    const whereabouts = whereaboutsOrders[page.whereabouts]
    const rows = this.#days.page(page, { ...narrowed, whereabouts, offset, limit })
    return {
      rows: rows.map((row) => toOccurrenceRow(row, this.#context(page))),
      totals: this.#days.totals(page, narrowed),
    }
  }

  /** What the list of a day can be narrowed to, in all three groups of it. */
  listFacets(day: DayView & Partial<ListFilter>): DayFacets {
    const { filter, ownLanguage = defaultLanguage } = day
    const { fellowships, ...counts } = this.#days.facets(day, { filter, ownLanguage })
    return {
      ...counts,
      fellowships: fellowships.flatMap(({ id, count }) => {
        const name = this.#fellowshipName(id)
        return name === null ? [] : [{ id, name, count }]
      }),
    }
  }

  /** One date of a meeting, also under an id that its feed no longer uses, or of a feed that is not shown for it. */
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
      types: typesOn(typesSchema.parse(JSON.parse(row.types)), ruleDate(row)),
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
    const current = this.#resolve.get({ meetingId: name.meetingId })
    return { meetingId: current?.meetingId ?? name.meetingId, localDate, startsAtMs }
  }

  #context(now: NowView): RowContext {
    return { today: now.today, nowMs: now.nowMs, fellowshipName: this.#fellowshipName }
  }
}

/** The date by which a meeting counts the weeks of its month: in its own zone, Friday for Friday 24:00. */
function ruleDate(row: StoredDetail): LocalDate {
  const rules: readonly Rule[] = parseRules(row.rules)
  const zone = rules[0]?.zone
  return zone === undefined ? row.localDate : namedDate(wallText(wallOf(zone, row.startsAtMs)), rules)
}
