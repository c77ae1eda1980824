import type { OwnMeeting } from '../contract/desk-calls.ts'
import { defaultDurationMinutes, type Rule } from './schedule.ts'

export type OwnDate = OwnMeeting['dates'][number]

/** The dates that staff gave one of the center's own meetings, as rules in the center's zone. */
export function rulesOfOwnDates(dates: readonly OwnDate[], zone: string): Rule[] {
  return dates.map((date) => {
    if (date.form === 'weekly') {
      const { weekday, start, durationMinutes, weeks } = date
      const startMinute = Number(start.slice(0, 2)) * 60 + Number(start.slice(3, 5))
      const weekly = { form: 'weekly', weekday, startMinute, durationMinutes, zone } as const
      return weeks.length === 0 ? weekly : { ...weekly, weeks }
    }
    return {
      form: 'set',
      allDay: false,
      start: `${date.date}T${date.start}:00`,
      zone,
      durationMinutes: date.durationMinutes,
      rrule: null,
      rdates: [],
      exdates: [],
      changes: [],
      status: 'scheduled',
    }
  })
}

/** The same back, for the form. */
export function ownDatesOf(rules: readonly Rule[]): OwnDate[] {
  return rules.map((rule) => {
    if (rule.form === 'set') {
      const { start, durationMinutes } = rule
      return { form: 'once', date: start.slice(0, 10), start: start.slice(11, 16), durationMinutes }
    }
    const minutes = [Math.floor(rule.startMinute / 60), rule.startMinute % 60]
    return {
      form: 'weekly',
      weekday: rule.weekday,
      start: minutes.map((part) => String(part).padStart(2, '0')).join(':'),
      durationMinutes: rule.durationMinutes ?? defaultDurationMinutes,
      weeks: [...(rule.weeks ?? [])],
    }
  })
}

/** False for a date that no calendar has, such as `2026-02-30`. */
export function isCalendarDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}
