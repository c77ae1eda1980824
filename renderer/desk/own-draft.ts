import type { OwnMeeting } from '../../electron/contract/desk-calls.ts'
import type { WeekOfMonth } from '../../electron/contract/models.ts'
import { isCalendarDate, type OwnDate } from '../../electron/domain/own-dates.ts'

/** One time of the form: several days of the week may share it. `key` keeps its fields while others go. */
export type WeeklyDraft = {
  readonly key: number
  readonly weekdays: readonly number[]
  readonly start: string
  readonly durationMinutes: number
  readonly weeks: readonly WeekOfMonth[]
}

export type OnceDraft = {
  readonly key: number
  readonly date: string
  readonly start: string
  readonly durationMinutes: number
}

/** A group or club as its form has it. */
export type OwnDraft = Omit<OwnMeeting, 'dates' | 'fellowship' | 'languages'> & {
  readonly fellowship: string
  readonly languages: readonly string[]
  readonly byAppointment: boolean
  readonly weekly: readonly WeeklyDraft[]
  readonly once: readonly OnceDraft[]
}

/** `weekly-3`: the time with that key. */
export type OwnFault =
  | 'name'
  | 'times'
  | 'link'
  | 'phone'
  | 'linkOrPhone'
  | `weekly-${number}`
  | `once-${number}`

export const offeredLengths = [30, 45, 60, 75, 90, 105, 120, 150, 180, 240, 300, 360, 480] as const

export function emptyOwnDraft(language: string): OwnDraft {
  return {
    name: '',
    kind: 'therapy',
    fellowship: '',
    notes: '',
    room: '',
    placeName: '',
    street: '',
    city: '',
    attendance: 'in_person',
    onlineUrl: '',
    phone: '',
    languages: [language],
    wheelchair: null,
    openness: 'unknown',
    byAppointment: false,
    weekly: [emptyWeekly(0)],
    once: [],
  }
}

const emptyWeekly = (key: number): WeeklyDraft => ({
  key,
  weekdays: [],
  start: '',
  durationMinutes: 60,
  weeks: [],
})

export function withWeekly(draft: OwnDraft): OwnDraft {
  const last = draft.weekly.at(-1)
  const fresh = { ...emptyWeekly(nextKey(draft.weekly)), durationMinutes: last?.durationMinutes ?? 60 }
  return { ...draft, weekly: [...draft.weekly, fresh] }
}

export function withOnce(draft: OwnDraft): OwnDraft {
  const { start = '', durationMinutes = 60 } = draft.once.at(-1) ?? draft.weekly.at(-1) ?? {}
  return { ...draft, once: [...draft.once, { key: nextKey(draft.once), date: '', start, durationMinutes }] }
}

const nextKey = (rows: readonly { readonly key: number }[]): number =>
  Math.max(-1, ...rows.map(({ key }) => key)) + 1

/** The form of a meeting as stored: days that share time, length and weeks become one row. */
export function draftOfOwn(meeting: OwnMeeting): OwnDraft {
  const { dates, fellowship, ...same } = meeting
  const rows = new Map<string, WeeklyDraft>()
  const once: OnceDraft[] = []
  for (const date of dates) {
    if (date.form === 'once') {
      const { form: _, ...single } = date
      once.push({ ...single, key: once.length })
      continue
    }
    const { weekday, start, durationMinutes, weeks } = date
    const like = JSON.stringify([start, durationMinutes, weeks])
    const row = rows.get(like) ?? { key: rows.size, weekdays: [], start, durationMinutes, weeks }
    rows.set(like, { ...row, weekdays: [...row.weekdays, weekday].toSorted() })
  }
  return {
    ...same,
    fellowship: fellowship ?? '',
    byAppointment: dates.length === 0,
    weekly: [...rows.values()],
    once: once.toSorted((a, b) => a.date.localeCompare(b.date)),
  }
}

/** The dates that are complete so far: what the preview shows while the rest is typed. */
export function datesOf(draft: OwnDraft): OwnDate[] {
  if (draft.byAppointment) return []
  const weekly = draft.weekly
    .filter((row) => row.start !== '')
    .flatMap(({ weekdays, start, durationMinutes, weeks }) =>
      weekdays.map((weekday) => ({
        form: 'weekly' as const,
        weekday,
        start,
        durationMinutes,
        weeks: [...weeks],
      })),
    )
  const once = draft.once
    .filter(({ date, start }) => isCalendarDate(date) && start !== '')
    .map(({ date, start, durationMinutes }) => ({ form: 'once' as const, date, start, durationMinutes }))
  return [...weekly, ...once]
}

/** What main is asked to store, or what is wrong. */
export function readOwn(
  draft: OwnDraft,
):
  | { readonly ok: true; readonly meeting: OwnMeeting }
  | { readonly ok: false; readonly faults: readonly OwnFault[] } {
  const faults: OwnFault[] = []
  if (draft.name.trim() === '') faults.push('name')
  if (!draft.byAppointment) faults.push(...faultsOfTimes(draft))
  const isOnline = draft.attendance !== 'in_person'
  const onlineUrl = isOnline ? draft.onlineUrl.trim() : ''
  if (onlineUrl !== '' && !isHttps(onlineUrl)) faults.push('link')
  const phone = draft.phone.trim()
  if (phone !== '' && !isPhone(phone)) faults.push('phone')
  if (isOnline && onlineUrl === '' && phone === '') faults.push('linkOrPhone')
  if (faults.length > 0) return { ok: false, faults }
  const { byAppointment: _, weekly: _weekly, once: _once, ...same } = draft
  return {
    ok: true,
    meeting: {
      ...same,
      name: draft.name.trim(),
      notes: draft.notes.trim(),
      room: draft.room.trim(),
      placeName: draft.placeName.trim(),
      street: draft.street.trim(),
      city: draft.city.trim(),
      phone,
      onlineUrl,
      fellowship: draft.kind === 'peer' && draft.fellowship !== '' ? draft.fellowship : null,
      languages: [...draft.languages],
      dates: datesOf(draft),
    },
  }
}

function faultsOfTimes(draft: OwnDraft): readonly OwnFault[] {
  if (draft.weekly.length + draft.once.length === 0) return ['times']
  return [
    ...draft.weekly
      .filter(({ weekdays, start }) => weekdays.length === 0 || start === '')
      .map(({ key }) => `weekly-${key}` as const),
    ...draft.once
      .filter(({ date, start }) => !isCalendarDate(date) || start === '')
      .map(({ key }) => `once-${key}` as const),
  ]
}

/** Seven digits are a local number; what else is in it is there to be read. */
function isPhone(phone: string): boolean {
  return /^[\d\s()+.,;#*/x-]+$/i.test(phone) && phone.replaceAll(/\D/g, '').length >= 7
}

function isHttps(link: string): boolean {
  return /^https:\/\//i.test(link) && URL.canParse(link)
}

/** Weeks of the month after a toggle: all or none of them are every week. */
export function withWeek(
  weeks: readonly WeekOfMonth[],
  week: WeekOfMonth | 'every',
  isOn: boolean,
): readonly WeekOfMonth[] {
  if (week === 'every') return []
  const chosen = isOn ? [...weeks, week] : weeks.filter((each) => each !== week)
  return weeksInOrder.filter((each) => chosen.includes(each))
}

export const weeksInOrder = [1, 2, 3, 4, 5, 'last'] as const satisfies readonly WeekOfMonth[]
