import { occurrencesOf } from '../../electron/domain/occurrences.ts'
import type { Window } from '../../electron/domain/schedule.ts'
import { icalReader } from '../../electron/sync/feeds/ical.ts'
import type { ReaderSettings } from '../../electron/sync/feeds/reader.ts'
import { sourceOf, type WholeReading, wholeOf } from './read-all.ts'

export const clubSettings: ReaderSettings = { kind: 'club', fellowship: null, zone: 'America/New_York' }

/** A calendar of the given lines. */
export function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

/** An event of the given lines; with a UID unless they bring one. */
export function event(...lines: readonly string[]): readonly string[] {
  const uid = lines.some((line) => line.startsWith('UID')) ? [] : ['UID:one']
  return ['BEGIN:VEVENT', ...uid, ...lines, 'END:VEVENT']
}

export function readCalendar(text: string, settings: Partial<ReaderSettings> = {}): WholeReading {
  const reading = icalReader.read(sourceOf(text), { ...clubSettings, ...settings })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail ?? ''}`)
  return wholeOf(reading.value)
}

/** `key start status` of every date in the window, soonest first; the status only where it is not usual. */
export function datesOf(reading: WholeReading, window: Window): readonly string[] {
  return reading.meetings
    .flatMap((meeting) =>
      occurrencesOf(meeting.rules, window).dated.map((dated) => {
        const start = dated.allDay ? dated.localDate : new Date(dated.startsAtMs).toISOString()
        return `${meeting.key} ${start}${dated.status === 'scheduled' ? '' : ` ${dated.status}`}`
      }),
    )
    .toSorted()
}
