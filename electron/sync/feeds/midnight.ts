import { endOfDayMinute, type Rule } from '../../domain/schedule.ts'
import type { FeedReading, ReaderSettings, ReadMeeting } from './reader.ts'

/**
 * "Friday 00:00" read as the end of Friday, for feeds whose groups write "Friday midnight" so (feeds.md 1.5); the
 * same for every format. Calendars name dates and not days of the week: theirs stay. Who a meeting is does not
 * change with it, so what staff said of one stays too.
 */
export function withMidnight(reading: FeedReading, settings: ReaderSettings): FeedReading {
  if (settings.midnightBefore !== true) return reading
  const { meetings } = reading
  return {
    ...reading,
    meetings: {
      *[Symbol.iterator]() {
        for (const meeting of meetings) yield atTheEnd(meeting)
      },
    },
  }
}

function atTheEnd(meeting: ReadMeeting): ReadMeeting {
  return meeting.rules.some(isMidnight)
    ? {
        ...meeting,
        rules: meeting.rules.map((rule) =>
          isMidnight(rule) ? { ...rule, startMinute: endOfDayMinute } : rule,
        ),
      }
    : meeting
}

function isMidnight(rule: Rule): rule is Rule & { readonly form: 'weekly' } {
  return rule.form === 'weekly' && rule.startMinute === 0
}
