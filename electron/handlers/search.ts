import type { Handlers } from '../contract/calls.ts'
import type { KioskCalls } from '../contract/kiosk-calls.ts'
import { err, ok } from '../contract/result.ts'
import type { OccurrenceStore } from '../db/occurrence-store.ts'
import type { SearchStore } from '../db/search-store.ts'
import { dayInWindow } from './meetings.ts'
import { daysAhead } from '../domain/schedule.ts'
import type { Today } from './today.ts'

type SearchHandlers = Pick<Handlers<KioskCalls>, 'meetings.listFacets' | 'meetings.search'>

/** Finding meetings on the public window. What was typed is neither kept nor logged (PRV-12). */
export function createSearchHandlers(options: {
  readonly occurrences: OccurrenceStore
  readonly search: SearchStore
  readonly today: Today
  readonly zone: () => string
  /** Of a meeting whose list does not say any. */
  readonly ownLanguage: () => string
}): SearchHandlers {
  const { occurrences, search, today } = options
  return {
    'meetings.listFacets': ({ date, filter }) => {
      const now = today.now()
      if (dayInWindow(now.today, date) === null) return err('date_out_of_range')
      return ok(occurrences.listFacets({ ...now, date, filter, ownLanguage: options.ownLanguage() }))
    },
    'meetings.search': ({ text, date, days, order, limit, filter }) => {
      const now = today.now()
      const day = dayInWindow(now.today, date)
      if (day === null) return err('date_out_of_range')
      return ok({
        zone: options.zone(),
        nowMs: now.nowMs,
        ...search.search({
          ...now,
          text,
          date,
          days: Math.min(days, daysAhead - day + 1),
          order,
          limit,
          filter,
          ownLanguage: options.ownLanguage(),
        }),
      })
    },
  }
}
