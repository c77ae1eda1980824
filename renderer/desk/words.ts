import type { DistanceUnit, EpochMs, LocaleId } from '../../electron/contract/models.ts'
import { formatTags } from '../ui/i18n.ts'

/** Meters in one unit of the center. */
export const metersPerUnit: Readonly<Record<DistanceUnit, number>> = { km: 1_000, mi: 1_609.344 }

const minuteMs = 60_000
const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: minuteMs },
] as const

export type DeskWords = ReturnType<typeof createDeskWords>

/** Texts of ages, instants and amounts, in one language and the center's zone (LNG-11). */
export function createDeskWords(locale: LocaleId, zone: string) {
  const tag = formatTags[locale]
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const instant = new Intl.DateTimeFormat(tag, {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  const monthDay = new Intl.DateTimeFormat(tag, { timeZone: zone, month: 'long', day: 'numeric' })
  const minutes = new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' })
  const hours = new Intl.NumberFormat(tag, { style: 'unit', unit: 'hour', unitDisplay: 'long' })
  const days = new Intl.NumberFormat(tag, { style: 'unit', unit: 'day', unitDisplay: 'long' })
  const whole = new Intl.NumberFormat(tag)
  const amount = (unit: 'kilobyte' | 'megabyte') =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: unit === 'megabyte' ? 1 : 0 })
  const kilobytes = amount('kilobyte')
  const megabytes = amount('megabyte')
  return {
    /** `2 hours ago`, in the largest whole unit. A clock that was set back makes it `this minute`. */
    age(atMs: EpochMs, nowMs: EpochMs): string {
      const ageMs = Math.max(0, nowMs - atMs)
      const step = steps.find(({ ms }) => ageMs >= ms)
      return step === undefined
        ? relative.format(0, 'minute')
        : relative.format(-Math.floor(ageMs / step.ms), step.unit)
    },
    /** `in 4 hours`, in the largest whole unit; what is due already is `this minute`. */
    until(atMs: EpochMs, nowMs: EpochMs): string {
      const aheadMs = Math.max(0, atMs - nowMs)
      const step = steps.find(({ ms }) => aheadMs >= ms)
      return step === undefined
        ? relative.format(0, 'minute')
        : relative.format(Math.round(aheadMs / step.ms), step.unit)
    },
    /** `May 3`. */
    date: (atMs: EpochMs): string => monthDay.format(atMs),
    /** `90 minutes`, `6 hours`, `7 days`. */
    length(count: number): string {
      if (count % 1_440 === 0) return days.format(count / 1_440)
      return count % 60 === 0 ? hours.format(count / 60) : minutes.format(count)
    },
    at: (atMs: EpochMs): string => instant.format(atMs).replaceAll('\u202F', '\u00A0'),
    radius: (meters: number, unit: DistanceUnit): string =>
      new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: unit === 'mi' ? 'mile' : 'kilometer',
        unitDisplay: 'long',
        maximumFractionDigits: 1,
      }).format(meters / metersPerUnit[unit]),
    number: (value: number): string => whole.format(value),
    bytes: (bytes: number): string =>
      bytes < 1_000_000 ? kilobytes.format(Math.ceil(bytes / 1_000)) : megabytes.format(bytes / 1_000_000),
  }
}

/** Zones under the first part of their name, both in the order of the alphabet. */
export function zonesByRegion(zones: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const byRegion = Map.groupBy(zones, (zone) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : ''))
  return [...byRegion.entries()]
    .map(([region, inside]) => [region, inside.toSorted()] as const)
    .toSorted(([a], [b]) => a.localeCompare(b))
}

/** `America/Argentina/Buenos_Aires` as it reads in the list of its region: `Argentina, Buenos Aires`. */
export function zoneLabel(zone: string): string {
  return zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ')
}
