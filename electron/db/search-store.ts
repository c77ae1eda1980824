import type { FellowshipId, LocalDate, OccurrenceRow, SearchAnswer } from '../contract/models.ts'
import type { DayView } from '../domain/day-list.ts'
import { folded } from '../domain/folded.ts'
import { compareRanked, nextWithinMs, type Ranked, type SearchOrder } from '../domain/ranking.ts'
import { parseSearch, type SearchDictionary } from '../domain/search-query.ts'
import { dateText, dayNumber } from '../domain/zones.ts'
import type { Db, Statement } from './connection.ts'
import { boundsOf } from './occurrence-days.ts'
import type { ListFilter } from './occurrence-filter.ts'
import { rowColumns, rowJoin, shown, toOccurrenceRow, type StoredRow } from './occurrence-rows.ts'
import { SearchCandidates, type Days } from './search-candidates.ts'
import { passesOf } from './search-match.ts'
import { SearchSpelling } from './search-spelling.ts'

export type Search = DayView &
  ListFilter & {
    readonly text: string
    /** Days from `date` on, that day included. */
    readonly days: number
    readonly order: SearchOrder
    readonly limit: number
  }

/**
 * Finds meetings by the beginnings of words, ranked as `domain/ranking.ts` says. Narrow first, wide last: the
 * index of words names meetings, the narrow table their dates, and only what is shown is read whole. What was
 * typed is bound as a value and kept nowhere (PRV-12).
 */
export class SearchStore {
  readonly #dictionary: SearchDictionary
  readonly #fellowshipName: (id: FellowshipId) => string | null
  readonly #candidates: SearchCandidates
  readonly #spelling: SearchSpelling
  readonly #row: Statement<StoredRow>

  constructor(
    db: Db,
    options: {
      readonly dictionary: SearchDictionary
      readonly fellowshipName: (id: FellowshipId) => string | null
    },
  ) {
    this.#dictionary = options.dictionary
    this.#fellowshipName = options.fellowshipName
    this.#candidates = new SearchCandidates(db)
    this.#spelling = new SearchSpelling(db, options.dictionary)
    this.#row = db.prepare(
      'search.row',
      `SELECT ${rowColumns} FROM occurrence o ${rowJoin}
       WHERE o.local_date = :localDate AND o.number = :number AND o.starts_at_ms = :startsAtMs AND ${shown}`,
    )
  }

  search(search: Search): Pick<SearchAnswer, 'rows' | 'more' | 'corrected'> {
    const typed = parseSearch(search.text, this.#dictionary)
    const spelled = this.#spelling.correct(typed)
    if (spelled.query === null) return { rows: [], more: false, corrected: null }
    const compare = compareRanked(search.order, soonBefore(search))
    const wanted = search.limit + 1
    const look = {
      days: daysOf(search),
      filter: search,
      order: search.order,
      soonBeforeMs: soonBefore(search),
      name: folded(spelled.corrected ?? search.text),
    }
    const passes = passesOf(spelled.query, search, (word) => this.#spelling.wordsFor(word))
    const found: Ranked[] = []
    if (passes.length === 0) found.push(...this.#candidates.listAll(look, wanted))
    for (const pass of passes) {
      if (found.length >= wanted) break
      const seen = new Set(found.map((one) => one.number))
      found.push(...this.#candidates.list(pass, look, wanted - found.length, seen))
    }
    found.sort(compare)
    return {
      rows: found.slice(0, search.limit).flatMap((one) => this.#read(one, search)),
      more: found.length > search.limit,
      corrected: found.length === 0 ? null : spelled.corrected,
    }
  }

  #read(one: Ranked, now: Search): OccurrenceRow[] {
    const { localDate, number, startsAtMs } = one
    const row = this.#row.get({ localDate, number, startsAtMs })
    return row === undefined ? [] : [toOccurrenceRow(row, { ...now, fellowshipName: this.#fellowshipName })]
  }
}

/** Null when the search begins on another day than today. */
function soonBefore({ date, today, nowMs }: DayView): number | null {
  return date === today ? nowMs + nextWithinMs : null
}

function daysOf(search: Search): Days {
  const first = dayNumber(search.date)
  const dates = Array.from({ length: search.days }, (_, day): LocalDate => dateText(first + day))
  return { ...boundsOf(search), dates }
}
