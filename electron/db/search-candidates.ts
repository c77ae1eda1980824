import type { EpochMs, LocalDate } from '../contract/models.ts'
import { compareRanked, fits, type Ranked, type SearchOrder } from '../domain/ranking.ts'
import { dayNumber } from '../domain/zones.ts'
import type { Db, Statement } from './connection.ts'
import { conditionsOf, type ListFilter } from './occurrence-filter.ts'
import type { Pass } from './search-match.ts'

/** The days that are looked at, in their order. */
export type Days = {
  readonly dates: readonly LocalDate[]
  /** Yesterday when the first day is today, else no date. */
  readonly runningOf: LocalDate
  readonly endsAfterMs: EpochMs
}

export type Look = {
  readonly days: Days
  readonly filter: ListFilter
  readonly order: SearchOrder
  readonly soonBeforeMs: EpochMs | null
  /** The typed text, folded as `name_order` is. */
  readonly name: string
}

type Row = Omit<Ranked, 'isFar' | 'fit'>

/** Up to so many meetings are all looked up, whatever their dates; more are taken day by day. */
const fewMeetings = 1500

const columns = `o.local_date AS localDate, o.number, o.starts_at_ms AS startsAtMs, o.whereabouts,
  o.distance_order AS distanceOrder, o.name_order AS nameOrder`

/** The beginning of `compareRanked` that SQL needs to keep the best; the whole of it sorts what is kept. */
const orders: Readonly<Record<SearchOrder, string>> = {
  soonest: `iif(o.starts_at_ms < :soonBeforeMs, '', o.local_date), o.whereabouts, o.starts_at_ms,
    o.distance_order, o.name_order, o.number`,
  nearest: `o.distance_order, o.starts_at_ms, o.name_order, o.number`,
}

/** Finds dates of meetings that fit, best first, each meeting once. */
export class SearchCandidates {
  readonly #db: Db
  readonly #statements = new Map<string, Statement<unknown>>()

  constructor(db: Db) {
    this.#db = db
  }

  /** The best `wanted` meetings of a pass that are not in `seen`. */
  list(pass: Pass, look: Look, wanted: number, seen: ReadonlySet<number>): readonly Ranked[] {
    const few = this.#listFew(pass, look, wanted, seen)
    const isAll = few.length > 0 || this.#count(pass.match) <= fewMeetings
    return isAll ? few : this.#listDays(look, wanted, pass, seen)
  }

  /** The best `wanted` meetings of the days' lists, what is far left out. */
  listAll(look: Look, wanted: number): readonly Ranked[] {
    return this.#listDays(look, wanted, null, new Set())
  }

  /** Of yesterday; mostly none, and then its words need not be asked. */
  #isAnyRunning({ runningOf, endsAfterMs }: Days): boolean {
    if (runningOf === '') return false
    const statement = this.#prepare<{ one: 1 }>(
      'search.is-any-running',
      `SELECT 1 AS one FROM occurrence INDEXED BY occurrence_by_end
       WHERE local_date = :runningOf AND ends_at_ms > :endsAfterMs LIMIT 1`,
    )
    return statement.get({ runningOf, endsAfterMs }) !== undefined
  }

  #count(match: string): number {
    const statement = this.#prepare<{ count: number }>(
      'search.count',
      `SELECT count(*) AS count FROM
         (SELECT rowid FROM meeting_search WHERE meeting_search MATCH :match LIMIT ${fewMeetings + 1})`,
    )
    return statement.get({ match })?.count ?? 0
  }

  /** None when they are not few; whether there are few is seen on the way, so that the words are asked once. */
  #listFew(pass: Pass, look: Look, wanted: number, seen: ReadonlySet<number>): readonly Ranked[] {
    const { sql, params } = conditionsOf(look.filter)
    const { dates, runningOf, endsAfterMs } = look.days
    const date = dates[0] ?? ''
    const statement = this.#prepare<Row>(
      'search.list-few',
      `WITH found AS MATERIALIZED
         (SELECT rowid FROM meeting_search WHERE meeting_search MATCH :match LIMIT ${fewMeetings + 1})
       SELECT ${columns} FROM found
       CROSS JOIN occurrence o INDEXED BY occurrence_of_meeting
         ON o.number = found.rowid AND o.local_date BETWEEN :lowest AND :to
       WHERE (SELECT count(*) FROM found) <= ${fewMeetings} AND o.ends_at_ms > :endsAfterMs
         AND (o.local_date >= :date OR o.local_date = :runningOf)${sql}
       ORDER BY ${orderOf(pass, look)} LIMIT :limit`,
    )
    const bound = {
      ...params,
      ...orderParams(pass, look),
      match: pass.match,
      endsAfterMs,
      date,
      runningOf,
      lowest: runningOf === '' ? date : runningOf,
      to: dates.at(-1) ?? '',
    }
    return eachOnce((limit) => statement.all({ ...bound, limit }), wanted, seen).map(rankedAs(pass, look))
  }

  #listDays(look: Look, wanted: number, pass: Pass | null, before: ReadonlySet<number>): readonly Ranked[] {
    const { dates, runningOf } = look.days
    const found: Ranked[] = []
    const seen = new Set(before)
    for (const [index, date] of dates.entries()) {
      if (found.length >= wanted) break
      const need = wanted - found.length
      const ofDay = [
        ...(index === 0 && this.#isAnyRunning(look.days)
          ? this.#listDay(look, pass, runningOf, true, need, seen)
          : []),
        ...this.#listDay(look, pass, date, false, need, seen),
      ].map(rankedAs(pass, look))
      ofDay.sort(compareRanked(look.order, look.soonBeforeMs))
      for (const one of ofDay) {
        if (seen.has(one.number) || found.length >= wanted) continue
        seen.add(one.number)
        found.push(one)
      }
    }
    return found
  }

  #listDay(
    look: Look,
    pass: Pass | null,
    date: LocalDate,
    isRunning: boolean,
    wanted: number,
    seen: ReadonlySet<number>,
  ): readonly Row[] {
    const { sql, params } = conditionsOf(look.filter)
    const reach = pass?.isFar === true ? 'o.whereabouts = 3' : 'o.whereabouts IN (0, 1, 2)'
    // What the words name is gathered once, and the day is walked in its index, which leaves out what is elsewhere.
    // A plus keeps a column from choosing an index.
    const found = 'SELECT rowid FROM meeting_search WHERE meeting_search MATCH :match'
    const statement = this.#prepare<Row>(
      'search.list-day',
      `SELECT ${columns} FROM occurrence o INDEXED BY ${isRunning ? 'occurrence_by_end' : 'occurrence_of_day'}
       WHERE o.local_date = :date AND ${isRunning ? '' : '+'}o.ends_at_ms > :endsAfterMs AND ${reach}
         ${pass === null ? '' : `AND +o.number IN (${found})`}${sql}
       ORDER BY ${orderOf(pass, look)} LIMIT :limit`,
    )
    const weekday = (dayNumber(date) + 4) % 7
    const bound = {
      ...params,
      ...orderParams(pass, look),
      ...(pass === null ? {} : { match: pass.onWeekday(weekday) }),
      endsAfterMs: look.days.endsAfterMs,
      date,
    }
    return eachOnce((limit) => statement.all({ ...bound, limit }), wanted, seen)
  }

  #prepare<Of>(name: string, sql: string): Statement<Of> {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare<unknown>(name, sql)
      this.#statements.set(sql, statement)
    }
    return statement as Statement<Of>
  }
}

/** The first date of each meeting that was not seen before; rows come in the order of the ranking. */
function eachOnce(
  list: (limit: number) => readonly Row[],
  wanted: number,
  seen: ReadonlySet<number>,
): readonly Row[] {
  // A weekly meeting has its weekday of today twice in eight days.
  for (let limit = 2 * (wanted + seen.size) + 8; ; limit *= 4) {
    const rows = list(limit)
    const once = new Map<number, Row>()
    for (const row of rows) if (!seen.has(row.number) && !once.has(row.number)) once.set(row.number, row)
    if (once.size >= wanted || rows.length < limit) return [...once.values()].slice(0, wanted)
  }
}

/** Of the names that begin with the text the whole ones come first. */
function orderOf(pass: Pass | null, { order }: Look): string {
  return pass?.fit === fits.nameBegins ? `o.name_order <> :name, ${orders[order]}` : orders[order]
}

function orderParams(pass: Pass | null, look: Look): Record<string, string | number> {
  return {
    ...(pass?.fit === fits.nameBegins ? { name: look.name } : {}),
    ...(look.order === 'soonest' ? { soonBeforeMs: look.soonBeforeMs ?? Number.MIN_SAFE_INTEGER } : {}),
  }
}

function rankedAs(pass: Pass | null, { name }: Look): (row: Row) => Ranked {
  const fit = pass?.fit ?? fits.otherwise
  return (row) => ({
    ...row,
    isFar: pass?.isFar ?? false,
    fit: fit === fits.nameBegins && row.nameOrder === name ? fits.wholeName : fit,
  })
}
