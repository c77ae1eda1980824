/* Day and time of a row, exactly by feeds.md 2.3. 0 = Sunday .. 6 = Saturday; minutes after midnight. */

const english = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Day names of spreadsheets kept in other languages (feeds.md 3.1), without diacritics. */
const local: readonly (readonly string[])[] = [
  ['domingo', 'dimanche', 'sondag', 'nedela', '日曜日'],
  ['lunes', 'lundi', 'mandag', 'pondelok', '月曜日'],
  ['martes', 'mardi', 'tisdag', 'utorok', '火曜日'],
  ['miercoles', 'mercredi', 'onsdag', 'streda', '水曜日'],
  ['jueves', 'jeudi', 'torsdag', 'stvrtok', '木曜日'],
  ['viernes', 'vendredi', 'fredag', 'piatok', '金曜日'],
  ['sabado', 'samedi', 'lordag', 'sobota', '土曜日'],
]

const englishDays = new Map(
  english.flatMap((name, day) => [[name, day] as const, [name.slice(0, 3), day] as const]),
)
const localDays = new Map(local.flatMap((names, day) => names.map((name) => [name, day] as const)))

export const dayName = (day: number): string => {
  const name = english[day] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export type Days = {
  /** Each day once, in the feed's order. */
  readonly days: readonly number[]
  /** Values that name no day. */
  readonly bad: readonly unknown[]
}

/** Reads `day`; a spreadsheet (`table`) may also hold several names in one cell's list or local names. */
export function readDays(value: unknown, table: boolean): Days {
  const days: number[] = []
  const bad: unknown[] = []
  for (const element of Array.isArray(value) ? value : [value]) {
    if (isAbsent(element)) continue
    const day = readDay(element, table)
    if (day === null) bad.push(element)
    else if (!days.includes(day)) days.push(day)
  }
  return { days, bad }
}

/** True for a numeric 7: the file then counts days another way, and every other day would be wrong too. */
export function saysSeven(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSeven)
  return value === 7 || (typeof value === 'string' && /^\s*0*7\s*$/.test(value))
}

function readDay(value: unknown, table: boolean): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 6 ? value : null
  if (typeof value !== 'string') return null
  const text = value.trim().toLowerCase()
  if (/^\d+$/.test(text)) return Number(text) <= 6 ? Number(text) : null
  const day = englishDays.get(text)
  if (day !== undefined) return day
  return table ? (localDays.get(text.normalize('NFD').replace(/\p{M}/gu, '')) ?? null) : null
}

/** Absent, null, empty, blank: custom exporters write all of them (feeds.md 2.11). */
export function isAbsent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?\s?m\.?)?$/

/** Minutes after midnight, 1440 for `24:00`; null when it is no time. */
export function readTime(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const text = value.trim().toLowerCase()
  if (text === 'noon') return 720
  if (text === 'midnight') return 0
  const match = clock.exec(text)
  if (match === null) return null
  const hour = Number(match[1])
  const minute = Number(match[2])
  const second = Number(match[3] ?? 0)
  if (minute > 59 || second > 59) return null
  const half = match[4]
  if (half !== undefined) {
    if (hour > 12 || (hour === 0 && half === 'p')) return null
    return (hour % 12) * 60 + minute + (half === 'p' ? 720 : 0)
  }
  if (hour === 24) return minute === 0 && second === 0 ? 1440 : null
  return hour < 24 ? hour * 60 + minute : null
}

export type Length =
  | { readonly minutes: number }
  | { readonly minutes: null; readonly why: 'zero-length' | 'long-length' }

/** An end before the start is on the next day; no length and more than six hours are doubtful (feeds.md 1.5). */
export function lengthOf(start: number, end: number): Length {
  const minutes = end < start ? end - start + 1440 : end - start
  if (minutes === 0) return { minutes: null, why: 'zero-length' }
  return minutes > 360 ? { minutes: null, why: 'long-length' } : { minutes }
}

/** `19:05`, for names and keys. */
export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const aliases = new Map<string, string>([
  ...['et', 'est', 'edt', 'eastern'].map((name) => [name, 'America/New_York'] as const),
  ...['ct', 'cst', 'cdt', 'central'].map((name) => [name, 'America/Chicago'] as const),
  ...['mt', 'mst', 'mdt', 'mountain'].map((name) => [name, 'America/Denver'] as const),
  ...['pt', 'pst', 'pdt', 'pacific'].map((name) => [name, 'America/Los_Angeles'] as const),
])

const maxZoneNames = 1000

/**
 * Known zone names, one lookup per spelling. The aliases go first: the zone database also has an `EST` and an
 * `MST`, without summer time, which is not what an office that writes "EST" means (feeds.md 2.4).
 */
export function createZoneReader(): (value: string) => string | null {
  const seen = new Map<string, string | null>()
  return (value) => {
    const name = value.trim()
    let zone = seen.get(name)
    // Looking one up is slow, and there are a few hundred: what goes on longer is no list of zones.
    if (zone === undefined && seen.size >= maxZoneNames) return null
    if (zone === undefined) {
      zone = aliases.get(name.toLowerCase()) ?? knownZone(name)
      seen.set(name, zone)
    }
    return zone
  }
}

/** The proper spelling of an IANA name, or null; an offset such as `+05:00` is not a name. */
export function knownZone(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}
