import type { EpochMs, LocalDate, Whereabouts } from '../contract/models.ts'
import { dayBefore, type DayView } from '../domain/day-list.ts'
import type { WhereaboutsOrder } from '../domain/whereabouts.ts'
import type { Db, Statement } from './connection.ts'
import { countFacets, type FacetCounts, type FacetGroup } from './occurrence-facets.ts'
import { afternoonFrom, conditionsOf, eveningFrom, type ListFilter } from './occurrence-filter.ts'
import { rowColumns, rowJoin, shown, type StoredRow } from './occurrence-rows.ts'

export type Totals = Readonly<Record<Whereabouts, number>>

/**
 * What of the narrow table makes the list of a day. Statements are prepared once for each shape of filter; there
 * are a few dozen. Indexes answer alone, with and without a filter; wide rows are read for the page only.
 */
export class DayReader {
  readonly #db: Db
  readonly #statements = new Map<string, Statement<unknown>>()

  constructor(db: Db) {
    this.#db = db
  }

  page(
    view: DayView,
    of: ListFilter & {
      readonly whereabouts: WhereaboutsOrder
      readonly offset: number
      readonly limit: number
    },
  ): StoredRow[] {
    const { whereabouts, offset, limit } = of
    const { sql, params } = conditionsOf(of)
    const columns = 'local_date, number, starts_at_ms, distance_order, name_order'
    // `:runningOf` is yesterday on today's list and no date on any other; `:endsAfterMs` hides what has ended.
    return this.#prepare<StoredRow>(
      'occurrence.list-day',
      `WITH page AS MATERIALIZED (
         SELECT ${columns} FROM occurrence INDEXED BY occurrence_by_end
         WHERE local_date = :runningOf AND whereabouts = :whereabouts AND ends_at_ms > :endsAfterMs${sql}
         UNION ALL
         SELECT ${columns} FROM occurrence INDEXED BY occurrence_of_day
         WHERE local_date = :date AND whereabouts = :whereabouts AND ends_at_ms > :endsAfterMs${sql}
         ORDER BY starts_at_ms, distance_order, name_order
         LIMIT :limit OFFSET :offset
       )
       SELECT ${rowColumns}
       FROM page
       CROSS JOIN occurrence o ON o.local_date = page.local_date AND o.number = page.number
         AND o.starts_at_ms = page.starts_at_ms
       ${rowJoin}
       WHERE ${shown}
       ORDER BY page.starts_at_ms, page.distance_order, page.name_order, page.number`,
    ).all({ ...boundsOf(view), ...params, whereabouts, offset, limit })
  }

  totals(view: DayView, of: ListFilter): Totals {
    const { sql, params } = conditionsOf(of)
    const days =
      sql === ''
        ? `occurrence INDEXED BY occurrence_by_end
           WHERE local_date IN (:date, :runningOf) AND ends_at_ms > :endsAfterMs`
        : `${withinReach}${sql}`
    return (
      this.#prepare<Totals>(
        'occurrence.count-day',
        `SELECT count(*) FILTER (WHERE whereabouts = 0) AS here,
                count(*) FILTER (WHERE whereabouts = 1) AS nearby,
                count(*) FILTER (WHERE whereabouts = 2) AS online
         FROM ${days}`,
      ).get({ ...boundsOf(view), ...params }) ?? { here: 0, nearby: 0, online: 0 }
    )
  }

  facets(view: DayView, of: ListFilter): FacetCounts {
    // One text for each date, counted here: grouping by seven columns takes SQLite twice as long.
    const alike = this.#prepare<{ like: string }>(
      'occurrence.count-facets',
      `SELECT kind || '|' || fellowship || '|' || audience || '|' || attendance || '|' || wheelchair || '|' ||
         languages || '|' || iif(start_minute IS NULL, -1, (start_minute >= ${afternoonFrom})
         + (start_minute >= ${eveningFrom})) AS like
       FROM ${withinReach}`,
    ).all(boundsOf(view))
    const counts = new Map<string, number>()
    for (const { like } of alike) counts.set(like, (counts.get(like) ?? 0) + 1)
    const groups = [...counts].map(([like, count]) => groupOf(like, count))
    return countFacets(groups, of)
  }

  #prepare<Row>(name: string, sql: string): Statement<Row> {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare<unknown>(name, sql)
      this.#statements.set(sql, statement)
    }
    return statement as Statement<Row>
  }
}

/** `isOnList` of the domain as bounds of an index range. */
export function boundsOf(view: DayView): { date: LocalDate; runningOf: LocalDate; endsAfterMs: EpochMs } {
  const { date, today, nowMs } = view
  if (date !== today) return { date, runningOf: '', endsAfterMs: Number.MIN_SAFE_INTEGER }
  return { date, runningOf: dayBefore(date), endsAfterMs: nowMs }
}

/** A plus keeps a column from choosing another index. */
const withinReach = `occurrence INDEXED BY occurrence_of_day
  WHERE local_date IN (:date, :runningOf) AND whereabouts IN (0, 1, 2) AND +ends_at_ms > :endsAfterMs`

/** The columns are held to their values by the schema. */
function groupOf(like: string, count: number): FacetGroup {
  const [kind, fellowship = '', audience, attendance, wheelchair, languages = '', part] = like.split('|')
  return {
    kind: kind as FacetGroup['kind'],
    fellowship,
    audience: audience as FacetGroup['audience'],
    attendance: attendance as FacetGroup['attendance'],
    wheelchair: wheelchair === '1' ? 1 : 0,
    languages,
    part: Number(part) as FacetGroup['part'],
    count,
  }
}
