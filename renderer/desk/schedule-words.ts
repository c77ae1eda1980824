import type { TFunction } from 'i18next'
import type { LocaleId, WeekOfMonth } from '../../electron/contract/models.ts'
import type { OwnDate } from '../../electron/domain/own-dates.ts'
import { formatTags } from '../ui/i18n.ts'

type Weekly = Extract<OwnDate, { form: 'weekly' }>

export type ScheduleWords = ReturnType<typeof createScheduleWords>

/** A schedule in the words of one language: `Every Monday and Friday, 7:00 PM to 8:00 PM`. */
export function createScheduleWords(locale: LocaleId, t: TFunction) {
  const tag = formatTags[locale]
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  // All texts are wall-clock already, so they are shown in the zone in which they are parsed here.
  const day = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'long' })
  const shortDay = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'short' })
  const date = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', dateStyle: 'full' })
  const time = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' })
  // 1970-01-04 was a Sunday.
  const weekday = (number: number): string => day.format(Date.UTC(1970, 0, 4 + number))

  function times(start: string, durationMinutes: number): string {
    const from = Date.parse(`1970-01-01T${start}:00Z`)
    const clock = (ms: number) => time.format(ms).replaceAll('\u202F', '\u00A0')
    return t('common.timeRange', { from: clock(from), to: clock(from + durationMinutes * 60_000) })
  }

  function weeks(chosen: readonly WeekOfMonth[]): string {
    return list.format(chosen.map((week) => t(`desk.weeks.word.${week}`)))
  }

  function weekly(rows: readonly [Weekly, ...Weekly[]]): string {
    const [{ start, durationMinutes, weeks: chosen }] = rows
    const days = list.format(rows.map((row) => weekday(row.weekday)))
    const at = times(start, durationMinutes)
    return chosen.length === 0
      ? t('desk.schedule.every', { days, at })
      : t('desk.schedule.weeks', { days, at, weeks: weeks(chosen) })
  }

  return {
    weekday,
    shortWeekday: (number: number): string => shortDay.format(Date.UTC(1970, 0, 4 + number)),
    weeks,
    times,
    /** One sentence for each time; days that share it stand together. Empty: by appointment. */
    lines(dates: readonly OwnDate[]): readonly string[] {
      const rows = new Map<string, [Weekly, ...Weekly[]]>()
      const once: string[] = []
      for (const each of dates) {
        if (each.form === 'once') {
          const on = date.format(Date.parse(`${each.date}T12:00:00Z`))
          once.push(t('desk.schedule.once', { date: on, at: times(each.start, each.durationMinutes) }))
          continue
        }
        const like = JSON.stringify([each.start, each.durationMinutes, each.weeks])
        const known = rows.get(like)
        if (known === undefined) rows.set(like, [each])
        else known.push(each)
      }
      return [...[...rows.values()].map(weekly), ...once]
    },
  }
}
