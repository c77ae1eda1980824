import type { i18n, TFunction } from 'i18next'
import type { HandoutDate, HandoutDocument, HandoutEntry } from '../../electron/contract/handout-document.ts'
import type { LocalDate } from '../../electron/contract/models.ts'
import { formatTags } from '../ui/i18n.ts'

/** Dates of a meeting that share a time: `Mon, Wed` + `7:00 PM`. */
export type TimeGroup = { readonly days: string; readonly time: string; readonly cancelled: boolean }

export type Words = {
  readonly t: TFunction
  readonly day: (date: LocalDate) => string
  readonly week: string
  readonly shortDay: (date: LocalDate) => string
  readonly time: (date: HandoutDate) => string
  readonly distance: (entry: HandoutEntry) => string | null
  /** What follows the name; a club under its own heading need not be called one. */
  readonly details: (entry: HandoutEntry) => readonly string[]
  /** The same for who joins from afar: no way in, no way there. */
  readonly onlineDetails: (entry: HandoutEntry) => readonly string[]
  readonly times: (dates: readonly HandoutDate[]) => readonly TimeGroup[]
  readonly number: (value: number) => string
}

/** All that the sheet says in the document's language, zone and unit. */
export function createWords(document: HandoutDocument, instance: i18n): Words {
  const tag = formatTags[document.locale]
  const t = instance.t
  // A date has no zone: noon in UTC is that date for a formatter set to UTC.
  const dated = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
    return (date: LocalDate) => capital(format.format(new Date(`${date}T12:00:00Z`)), tag)
  }
  const day = dated({ weekday: 'long', month: 'long', day: 'numeric' })
  const clock = new Intl.DateTimeFormat(tag, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: document.zone,
  })
  const time = (date: HandoutDate) => (date.allDay ? t('handout.allDay') : clock.format(date.startsAtMs))
  const weekday = dated({ weekday: 'short' })
  return {
    t,
    day,
    week: weekOf(document, tag),
    shortDay: dated({ month: 'long', day: 'numeric' }),
    time,
    distance: (entry) => distanceOf(entry, document, tag, t),
    details: (entry) => [
      ...(entry.kind === 'club' ? [] : [kindOf(entry, t)]),
      ...(entry.place === null ? [] : [shortPlace(entry.place)]),
      ...languagesOf(entry, document, tag, t),
      ...accessOf(entry, t),
    ],
    onlineDetails: (entry) => [kindOf(entry, t), ...languagesOf(entry, document, tag, t)],
    times: (dates) => timeGroups(dates, time, weekday, t),
    number: (value) => new Intl.NumberFormat(tag).format(value),
  }
}

function weekOf({ from, to }: HandoutDocument, tag: string): string {
  const format = new Intl.DateTimeFormat(tag, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return capital(format.formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`)), tag)
}

const metersPer = { km: 1000, mi: 1609.344 } as const
const unitNames = { km: 'kilometer', mi: 'mile' } as const

function distanceOf(
  entry: HandoutEntry,
  document: HandoutDocument,
  tag: string,
  t: TFunction,
): string | null {
  if (entry.here) return t('handout.here')
  if (entry.distanceMeters === null) return null
  const value = entry.distanceMeters / metersPer[document.distanceUnit]
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: unitNames[document.distanceUnit],
    maximumFractionDigits: value < 10 ? 1 : 0,
    // A short walk is never "0 mi".
  }).format(Math.max(0.1, value))
}

function languagesOf(
  entry: HandoutEntry,
  document: HandoutDocument,
  tag: string,
  t: TFunction,
): readonly string[] {
  const names = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' })
  const foreign = entry.languages.filter((language) => language.split('-')[0] !== document.locale)
  const spoken = foreign.flatMap((language) => languageName(names, language) ?? [])
  return spoken.length === 0 ? [] : [t('handout.languages', { languages: spoken.join(', ') })]
}

function accessOf(entry: HandoutEntry, t: TFunction): readonly string[] {
  return [
    ...(entry.wheelchair === true ? [t('handout.wheelchair')] : []),
    ...(entry.wheelchair === false ? [t('handout.noWheelchair')] : []),
    ...(entry.attendance === 'hybrid' ? [t('handout.alsoOnline')] : []),
  ]
}

/**
 * State and postal code of the United States and Canada take a second line of nearly every listing, and
 * nobody needs them to find a house within a few miles.
 */
export function shortPlace(place: string): string {
  const short = place
    .replace(/,? (USA|United States|Canada)$/, '')
    .replace(/,? [A-Z]{2},?(?: \d{5}(?:-\d{4})?| [A-Z]\d[A-Z] ?\d[A-Z]\d)$/, '')
  return short === '' ? place : short
}

function kindOf(entry: HandoutEntry, t: TFunction): string {
  if (entry.kind === 'club') return t('handout.club')
  return entry.fellowshipName ?? t('handout.peerGroup')
}

/** A feed's tag may be no language at all; then nothing is said. */
function languageName(names: Intl.DisplayNames, tag: string): string | undefined {
  try {
    return names.of(tag)
  } catch {
    return undefined
  }
}

function timeGroups(
  dates: readonly HandoutDate[],
  time: (date: HandoutDate) => string,
  weekday: (date: LocalDate) => string,
  t: TFunction,
): readonly TimeGroup[] {
  const groups = Map.groupBy(dates, (date) => `${time(date)}|${date.status === 'cancelled'}`)
  return [...groups.values()].map((same) => {
    const days = [...new Set(same.map((date) => date.date))]
    return {
      days: days.length === 7 ? t('handout.everyDay') : days.map(weekday).join(', '),
      time: time(same[0]!),
      cancelled: same[0]!.status === 'cancelled',
    }
  })
}

/** Spanish dates begin in lower case, headings do not. */
function capital(text: string, tag: string): string {
  const [first = '', ...rest] = [...text]
  return first.toLocaleUpperCase(tag) + rest.join('')
}

/** An address as one would read it aloud, in pieces after which a line may break. */
export function addressPieces(url: string): readonly string[] {
  const plain = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return plain.split(/(?<=[/?&=._-])(?=.)/)
}
