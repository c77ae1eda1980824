import type { FellowshipId, LocalDate } from '../contract/models.ts'
import { unknownDistance, type DayView } from '../domain/day-list.ts'
import type { HandoutRow } from '../domain/handout.ts'
import { Temporal } from 'temporal-polyfill'
import type { Db, Statement } from './connection.ts'
import { rowColumns, rowJoin, shown, toOccurrenceRow, type StoredRow } from './occurrence-rows.ts'

type StoredWeekRow = StoredRow & { readonly onlineUrl: string | null; readonly phone: string | null }

export type WeekRange = Omit<DayView, 'date'> & {
  readonly from: LocalDate
  readonly days: number
  /** At most so many of each kind and group on a day, the nearest and soonest; 200 unless told. */
  readonly perDay?: number
}

/** Kinds that may stand on paper; a therapist-led group never does. */
const kinds = ['peer', 'club'] as const

/** Reads the coming week for a hand-out. */
export class WeekStore {
  readonly #fellowshipName: (id: FellowshipId) => string | null
  readonly #nearest: Statement<StoredWeekRow>
  readonly #count: Statement<{ meetings: number }>

  constructor(db: Db, options: { readonly fellowshipName: (id: FellowshipId) => string | null }) {
    this.#fellowshipName = options.fellowshipName
    // Without known distance a meeting may be near: its office lists it for this region.
    const onPaper = `(whereabouts < 3 OR distance_order = ${unknownDistance})`
    this.#nearest = db.prepare(
      'week.list-nearest',
      `WITH nearest AS MATERIALIZED (
         SELECT local_date, number, starts_at_ms FROM occurrence INDEXED BY occurrence_of_day
         WHERE local_date = :date AND whereabouts = :whereabouts AND kind = :kind AND ends_at_ms > :nowMs
           AND ${onPaper}
         ORDER BY distance_order, starts_at_ms, name_order LIMIT :limit
       )
       SELECT ${rowColumns}, m.online_url AS onlineUrl, m.phone
       FROM nearest
       CROSS JOIN occurrence o ON o.local_date = nearest.local_date AND o.number = nearest.number
         AND o.starts_at_ms = nearest.starts_at_ms
       ${rowJoin}
       WHERE ${shown}
       ORDER BY o.distance_order, o.starts_at_ms, o.name_order`,
    )
    this.#count = db.prepare(
      'week.count-meetings',
      `SELECT count(DISTINCT number) AS meetings FROM occurrence INDEXED BY occurrence_of_day
       WHERE local_date BETWEEN :from AND :to AND kind <> 'therapy' AND ends_at_ms > :nowMs AND ${onPaper}`,
    )
  }

  /**
   * Peer groups and clubs from `from` on that have not ended, cancelled ones included, in no order. `leftOut`
   * is how many distinct meetings `perDay` kept away altogether, so that the page can say so.
   */
  listWeek(range: WeekRange): { readonly rows: readonly HandoutRow[]; readonly leftOut: number } {
    const { nowMs, today, perDay = 200 } = range
    const context = { today, nowMs, fellowshipName: this.#fellowshipName }
    const rows: HandoutRow[] = []
    let full = false
    for (const date of datesOf(range)) {
      for (const kind of kinds) {
        for (const whereabouts of [0, 1, 2, 3]) {
          const found = this.#nearest.all({ date, kind, whereabouts, nowMs, limit: perDay })
          full ||= found.length === perDay
          for (const row of found) {
            rows.push({ ...toOccurrenceRow(row, context), onlineUrl: row.onlineUrl, phone: row.phone })
          }
        }
      }
    }
    return {
      rows,
      leftOut: full ? this.#countAll(range) - new Set(rows.map((row) => row.meetingId)).size : 0,
    }
  }

  #countAll(range: WeekRange): number {
    const to = datesOf(range).at(-1) ?? range.from
    return this.#count.get({ from: range.from, to, nowMs: range.nowMs })?.meetings ?? 0
  }
}

function datesOf(range: WeekRange): readonly LocalDate[] {
  const from = Temporal.PlainDate.from(range.from)
  return Array.from({ length: range.days }, (_, day) => from.add({ days: day }).toString())
}
