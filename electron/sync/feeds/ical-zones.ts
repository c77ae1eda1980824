import { slotsBetween } from '../../domain/recurrence.ts'
import { dayMs, isZone, offsetMs, wallMs } from '../../domain/zones.ts'
import { type Observance, propertiesOf, type RawZone, valueOf } from './ical-components.ts'
import { wallFromText } from './ical-times.ts'
import { windowsZone } from './ical-windows-zones.ts'

export type ResolvedZone = {
  readonly zone: string
  /** A sentence for staff when the name could not be taken as it stands. */
  readonly problem: string | null
}

const aliases: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  EDT: 'America/New_York',
  EASTERN: 'America/New_York',
  CT: 'America/Chicago',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  CENTRAL: 'America/Chicago',
  MT: 'America/Denver',
  MDT: 'America/Denver',
  MOUNTAIN: 'America/Denver',
  PT: 'America/Los_Angeles',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  PACIFIC: 'America/Los_Angeles',
  Z: 'UTC',
}

/**
 * Turns the TZID of a file into a zone we can compute with, in this order (feeds.md 5.4): an IANA name, a
 * Windows name or display name, an IANA name inside a longer one, the file's own definition, a short name,
 * an offset; else the feed's zone. `years` are those in which the file has events.
 */
export function zoneResolver(
  zones: readonly RawZone[],
  sourceZone: string,
  years: readonly number[],
): (tzid: string) => ResolvedZone {
  const known = new Map<string, ResolvedZone>()
  const defined = new Map(zones.map((zone) => [bare(zone.id), zone]))
  return (tzid) => {
    const name = bare(tzid)
    const before = known.get(name)
    if (before !== undefined) return before
    const zone = resolve(name, defined.get(name), sourceZone, years)
    known.set(name, zone)
    return zone
  }
}

function bare(tzid: string): string {
  return tzid.trim().replaceAll('"', '').trim()
}

function resolve(
  name: string,
  definition: RawZone | undefined,
  sourceZone: string,
  years: readonly number[],
): ResolvedZone {
  const plain = (zone: string): ResolvedZone => ({ zone: zone === 'Etc/UTC' ? 'UTC' : zone, problem: null })
  if (name.includes('/') && isZone(name)) return plain(name)
  if (/^tzone:\/\/microsoft\/utc$/i.test(name)) return plain('UTC')
  const windows = windowsZone(name)
  if (windows !== null) return plain(windows)
  const inside = zoneInside(name)
  if (inside !== null) return plain(inside)
  if (definition !== undefined) {
    const { location } = definition
    if (location !== null && location.includes('/') && isZone(location)) return plain(location)
    const found = zoneByDefinition(definition.observances, sourceZone, years)
    if (found !== null) {
      if (found.exact) return plain(found.zone)
      return {
        zone: found.zone,
        problem: `the zone "${short(name)}" follows rules of its own; ${found.zone} is nearest and is used`,
      }
    }
  }
  const alias = aliases[name.toUpperCase()]
  // A bare number is no name, though some engines take "5" for an offset.
  if (/^[A-Za-z]/.test(name) && isZone(name)) return plain(name)
  if (alias !== undefined) return plain(alias)
  const offset = offsetZone(name)
  if (offset !== null) {
    if (!offset.named) return plain(offset.zone)
    return {
      zone: offset.zone,
      problem: `the zone "${short(name)}" is not known; its offset ${offset.zone} is used all year, without summer time`,
    }
  }
  return {
    zone: sourceZone,
    problem: `the zone "${short(name)}" is not known; the zone of the feed (${sourceZone}) is used`,
  }
}

function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name
}

/** `/mozilla.org/20050126_1/Europe/Berlin`, `/freeassociation.sourceforge.net/America/Indiana/Knox`. */
function zoneInside(name: string): string | null {
  const parts = name.split('/')
  for (const count of [3, 2]) {
    const tail = parts.slice(-count)
    if (parts.length > count && /^[A-Z]/.test(tail[0] ?? '') && isZone(tail.join('/'))) return tail.join('/')
  }
  return null
}

/** `UTC+01:00`, `GMT-5`, `(UTC+05:30) Anywhere`, `+0100`. */
function offsetZone(name: string): { readonly zone: string; readonly named: boolean } | null {
  const match = /^\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?\)?(?:\s+(\S)|\s*$)/i.exec(name)
  if (match === null) return null
  const zone = `${match[1] ?? '+'}${(match[2] ?? '0').padStart(2, '0')}:${match[3] ?? '00'}`
  return Number(match[2]) <= 14 && isZone(zone) ? { zone, named: match[4] !== undefined } : null
}

type Onset = { readonly atMs: number; readonly fromMs: number; readonly toMs: number }

/** The zone of the world whose clocks go as the definition says, in the years that matter. */
function zoneByDefinition(
  observances: readonly Observance[],
  sourceZone: string,
  years: readonly number[],
): { readonly zone: string; readonly exact: boolean } | null {
  const first = Math.min(...years, 2037)
  const last = Math.max(...years, first)
  // Two years at either end are enough to tell zones apart, and a file of thirty years stays quick.
  const wanted = [...new Set([first, last, last + 1])]
  const samples: Sample[] = []
  for (const year of wanted) {
    const fromMs = Date.UTC(year, 0, 1)
    const onsets = onsetsAround(observances, fromMs)
    if (onsets.length === 0) return null
    for (let atMs = fromMs + dayMs / 2; atMs < Date.UTC(year + 1, 0, 1); atMs += dayMs) {
      samples.push({ atMs, offset: offsetAt(onsets, atMs) })
    }
  }
  const offset = samples[0]?.offset ?? 0
  if (samples.every((sample) => sample.offset === offset)) {
    const fixed = fixedZone(offset)
    if (isZone(fixed)) return { zone: fixed, exact: true }
  }
  let best: { zone: string; misses: number } | null = null
  // One day in seven tells nearly all zones apart; only a zone that passes is looked at day by day.
  const weekly = samples.filter((_, index) => index % 7 === 0)
  for (const zone of [sourceZone, ...Intl.supportedValuesOf('timeZone')]) {
    const misses = missesOf(zone, weekly, best?.misses ?? Infinity)
    if (misses === 0 && missesOf(zone, samples, 1) === 0) return { zone, exact: true }
    if (misses < (best?.misses ?? Infinity)) best = { zone, misses }
  }
  return best === null ? null : { zone: best.zone, exact: false }
}

type Sample = { readonly atMs: number; readonly offset: number }

/** On how many samples the zone differs; counting stops at `limit`. */
function missesOf(zone: string, samples: readonly Sample[], limit: number): number {
  let misses = 0
  for (const sample of samples) {
    if (misses >= limit) break
    if (offsetMs(zone, sample.atMs) !== sample.offset) misses += 1
  }
  return misses
}

function onsetsAround(observances: readonly Observance[], yearMs: number): readonly Onset[] {
  const onsets: Onset[] = []
  for (const { properties } of observances) {
    const start = wallFromText(valueOf(properties, 'DTSTART') ?? '')
    const fromMs = offsetOf(valueOf(properties, 'TZOFFSETFROM'))
    const toMs = offsetOf(valueOf(properties, 'TZOFFSETTO'))
    if (start === null || toMs === null) continue
    const add = (wall: number): void => {
      onsets.push({ atMs: wall - (fromMs ?? toMs), fromMs: fromMs ?? toMs, toMs })
    }
    const rrule = valueOf(properties, 'RRULE')
    add(wallMs(start))
    for (const rdate of propertiesOf(properties, 'RDATE')) {
      for (const text of rdate.value.split(',')) {
        const wall = wallFromText(text)
        if (wall !== null) add(wallMs(wall))
      }
    }
    if (rrule === null) continue
    const span = [yearMs - 800 * dayMs, yearMs + 400 * dayMs] as const
    const rule = { rrule, start, zone: 'UTC', allDay: false }
    for (const wall of slotsBetween(rule, ...span, 50).instants) add(wall)
  }
  return onsets.toSorted((a, b) => a.atMs - b.atMs)
}

function offsetAt(onsets: readonly Onset[], atMs: number): number {
  const before = onsets.findLast((onset) => onset.atMs <= atMs)
  return before?.toMs ?? onsets[0]?.fromMs ?? 0
}

function offsetOf(text: string | null): number | null {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text ?? '')
  if (match === null) return null
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)
  return (match[1] === '-' ? -seconds : seconds) * 1000
}

function fixedZone(offset: number): string {
  if (offset === 0) return 'UTC'
  const minutes = Math.abs(offset) / 60_000
  const text = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${text(minutes / 60)}:${text(minutes % 60)}`
}
