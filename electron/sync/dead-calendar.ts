import type { LocalDate, RowRemark } from '../contract/models.ts'
import { lastDateOf } from '../domain/last-date.ts'
import type { FeedReading } from './feeds/reader.ts'

/**
 * For staff, when nothing of a calendar is still to come (feeds.md 5.6): many a club's calendar was given up
 * long ago and is published to this day. None for a list without dates, and for one that goes on.
 */
export function deadCalendar(reading: FeedReading, today: LocalDate): readonly RowRemark[] {
  if (reading.format !== 'ical') return []
  let last: LocalDate | null = null
  for (const { rules } of reading.meetings) {
    const own = lastDateOf(rules)
    if (own === null || own >= today) return []
    if (last === null || own > last) last = own
  }
  if (last === null) return []
  return [
    {
      where: 'feed',
      reason: `dead-calendar: Its last event was on ${inWords(last)}, so it has nothing to show. Ask its owner for the calendar in use.`,
    },
  ]
}

function inWords(date: LocalDate): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  )
}
