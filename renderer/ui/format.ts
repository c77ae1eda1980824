import type { DistanceUnit, EpochMs, LocalDate, LocaleId } from '../../electron/contract/models.ts'
import { formatTags } from './i18n.ts'

const dayMs = 86_400_000
const metersPerMile = 1609.344

/** The calendar date at an instant in a zone. */
export function localDateAt(atMs: EpochMs, zone: string): LocalDate {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const parts = new Map(format.formatToParts(atMs).map((part) => [part.type, part.value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** A calendar date has no zone: it is formatted as noon of a day without one. */
function noonOf(date: LocalDate): EpochMs {
  return Date.parse(`${date}T12:00:00Z`)
}

export type ClockText = { readonly clock: string; readonly period: string }
export type Formats = ReturnType<typeof createFormats>

/** All texts of dates, times, distances and lists in one language, in the center's zone (LNG-11). */
export function createFormats(locale: LocaleId, zone: string, distanceUnit: DistanceUnit) {
  const tag = formatTags[locale]
  const time = new Intl.DateTimeFormat(tag, { timeZone: zone, hour: 'numeric', minute: '2-digit' })
  const timeWithZone = new Intl.DateTimeFormat(tag, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  const longDate = new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  })
  const shortDate = new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  })
  const monthDay = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', month: 'long', day: 'numeric' })
  const monthDayYear = new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  })
  const weekday = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'short' })
  const dayNumber = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric' })
  const distanceOf = (fractionDigits: number) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: distanceUnit === 'mi' ? 'mile' : 'kilometer',
      unitDisplay: 'short',
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
    })
  const near = distanceOf(1)
  const far = distanceOf(0)
  const number = new Intl.NumberFormat(tag)
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const languages = new Intl.DisplayNames(tag, { type: 'language' })
  // Platforms differ in the space before AM and PM; one that all readers and searches know stands here.
  const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ')

  return {
    time: (atMs: EpochMs): string => plain(time.format(atMs)),
    /** For a meeting that one joins from elsewhere. */
    timeWithZone: (atMs: EpochMs): string => plain(timeWithZone.format(atMs)),
    /** Digits and half of the day apart, so that the digits can be the largest thing in a row. */
    clock: (atMs: EpochMs): ClockText => {
      const parts = time.formatToParts(atMs)
      const period = parts.find((part) => part.type === 'dayPeriod')?.value ?? ''
      const clock = parts.filter((part) => part.type !== 'dayPeriod').map((part) => part.value)
      return { clock: clock.join('').trim(), period: plain(period) }
    },
    longDate: (date: LocalDate): string => longDate.format(noonOf(date)),
    shortDate: (date: LocalDate): string => shortDate.format(noonOf(date)),
    monthDay: (date: LocalDate): string => monthDay.format(noonOf(date)),
    weekday: (date: LocalDate): string => weekday.format(noonOf(date)),
    dayNumber: (date: LocalDate): string => dayNumber.format(noonOf(date)),
    /** With its year when that is not the present one. */
    dateAt: (atMs: EpochMs, nowMs: EpochMs): string => {
      const date = localDateAt(atMs, zone)
      const isThisYear = date.slice(0, 4) === localDateAt(nowMs, zone).slice(0, 4)
      return (isThisYear ? monthDay : monthDayYear).format(noonOf(date))
    },
    /** Tenths only where one might walk or ride a bus. */
    distance: (meters: number): string => {
      const amount = distanceUnit === 'mi' ? meters / metersPerMile : meters / 1000
      return (amount < 20 ? near : far).format(amount)
    },
    number: (value: number): string => number.format(value),
    list: (items: readonly string[]): string => list.format(items),
    languages: (tags: readonly string[]): string => list.format(tags.map((one) => nameOf(languages, one))),
  }
}

/** A feed may give what is no language tag: it is then shown as it is. */
function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
