import { Temporal } from 'temporal-polyfill'
import type { Handlers } from '../contract/calls.ts'
import type { KioskCalls } from '../contract/kiosk-calls.ts'
import { err, ok } from '../contract/result.ts'
import type { MeetingDetail } from '../contract/models.ts'
import type { OccurrenceStore } from '../db/occurrence-store.ts'
import { daysAhead, daysBehind } from '../domain/schedule.ts'
import { spanishTypeName } from '../sync/feeds/type-names.ts'
import type { Today } from './today.ts'

type MeetingHandlers = Pick<Handlers<KioskCalls>, 'meetings.listDay' | 'meetings.get'>

/** Reading the directory on the public window. */
export function createMeetingHandlers(options: {
  readonly occurrences: OccurrenceStore
  readonly today: Today
  readonly zone: () => string
  /** Of a meeting whose list does not say any. */
  readonly ownLanguage: () => string
}): MeetingHandlers {
  const { occurrences, today } = options
  return {
    'meetings.listDay': ({ date, whereabouts, offset, limit, filter }) => {
      const now = today.now()
      if (dayInWindow(now.today, date) === null) return err('date_out_of_range')
      return ok({
        date,
        zone: options.zone(),
        nowMs: now.nowMs,
        listsAsOfMs: occurrences.oldestGoodRun(),
        ...occurrences.listDay({
          ...now,
          date,
          whereabouts,
          offset,
          limit,
          filter,
          ownLanguage: options.ownLanguage(),
        }),
      })
    },
    'meetings.get': (name) => {
      const detail = occurrences.findDetail(name, today.now())
      return detail === undefined ? err('not_found') : ok(inSpanishToo(detail))
    },
  }
}

/** The list gives its types in English; the directory of codes knows them in Spanish. */
function inSpanishToo(detail: MeetingDetail): MeetingDetail {
  const types = detail.types.map((type) => {
    const es = spanishTypeName(type.code, detail.row.fellowship)
    return es === null || type.label === null ? type : { ...type, es }
  })
  return { ...detail, types }
}

/** Days from today to `date`; null when it is no date or none of those that are kept. */
export function dayInWindow(today: string, date: string): number | null {
  const days = daysBetween(today, date)
  return days === null || days < -daysBehind || days > daysAhead ? null : days
}

/** Null for a text of the right form that is no date, such as February 30. */
function daysBetween(from: string, to: string): number | null {
  try {
    return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to, { overflow: 'reject' })).days
  } catch {
    return null
  }
}
