import { folded } from '../../domain/folded.ts'
import type { Kind, WeekOfMonth } from '../../contract/models.ts'
import { languageNames, languagesInSpanish } from './directory.ts'
import { readDays, readTime } from './day-time.ts'

/*
 * Cells as people write them, in English and Spanish. Each function takes the whole cell and gives null for what
 * it does not understand: a guess would send someone to a locked door.
 */

const shortTime = /^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(?:([ap])\.?\s?m\.?|h|hs|hrs|uhr)?$/

/**
 * Minutes after midnight. Beside what a feed may write (feeds.md 2.3): `7 pm`, `7.30 pm`, `19h30`, and a part of a
 * day as spreadsheets store it (`0.8125`), `1930`, `12 noon`. A bare `7` may be morning or evening and is none.
 */
export function timeOf(cell: string): number | null {
  const text = folded(cell)
    // A workbook may keep the time together with a date; the date stands in its own column.
    .replace(/^\d{4}-\d{2}-\d{2} (?=\d{2}:\d{2}$)/, '')
    .replace(/^(\d{1,2}(?::\d{2})?)\s*([ap])$/, '$1 $2m')
    .replace(/\bmediodia\b/, 'noon')
    .replace(/\bmedianoche\b/, 'midnight')
    .replace(/^12(?:[:.]00)?\s+(?=(?:noon|midnight)$)/, '')
    .replace(/^(\d{2})([0-5][05])(?=\s*(?:h|hs|hrs)?$)/, '$1:$2')
  const known = readTime(text)
  if (known !== null) return known
  if (/^0?\.\d{2,}$/.test(text)) return Math.round(Number(text) * 1440) % 1440
  const [, hour, minute, half] = shortTime.exec(text) ?? []
  if (hour === undefined || (minute === undefined && /^\d+$/.test(text))) return null
  return readTime(`${hour}:${minute ?? '00'}${half === undefined ? '' : ` ${half}m`}`)
}

const hours =
  /^(?:(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours|hora|horas)\.?)?\s*(?:(?:and|y)\s+)?(?:(\d+)\s*(?:m|min|mins|minute|minutes|minuto|minutos)?\.?)?$/

/** `1hr 30mins`, `90`, `90 min`, `1:30`, `1.5 hours` in minutes; null for a typing error such as `0hr 5mins`. */
export function lengthMinutes(cell: string): number | null {
  const text = folded(cell)
  const clock = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text)
  const words = clock ?? hours.exec(text)
  if (words === null || (words[1] === undefined && words[2] === undefined)) return null
  const minutes = Math.round(Number((words[1] ?? '0').replace(',', '.')) * 60) + Number(words[2] ?? 0)
  return minutes >= 10 && minutes <= 360 ? minutes : null
}

const manyDays = new Map<string, readonly number[]>(
  Object.entries({
    daily: [0, 1, 2, 3, 4, 5, 6],
    'every day': [0, 1, 2, 3, 4, 5, 6],
    diario: [0, 1, 2, 3, 4, 5, 6],
    'todos los dias': [0, 1, 2, 3, 4, 5, 6],
    weekdays: [1, 2, 3, 4, 5],
    weekends: [6, 0],
  }),
)

/** Days of the week: one name, several (`Mon, Wed & Fri`), a span (`Monday to Friday`), `Daily`. */
export function daysOf(cell: string): { readonly days: readonly number[]; readonly bad: string | null } {
  const text = folded(cell).replace(/\.$/, '')
  const many = manyDays.get(text)
  if (many !== undefined) return { days: many, bad: null }
  const span = /^(\p{L}+)\s*(?:-|–|to|through|thru|a)\s*(\p{L}+)$/u.exec(text)
  const [first, last] = [dayNumber(span?.[1]), dayNumber(span?.[2])]
  if (first !== null && last !== null) {
    return {
      days: Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7),
      bad: null,
    }
  }
  const days: number[] = []
  for (const part of text.split(/[,;/&+\n]|\sand\s|\sy\s/)) {
    if (part.trim() === '') continue
    // `Mon Wed` has no sign between them.
    for (const word of dayNumber(part) === null ? part.trim().split(/\s+/) : [part]) {
      const day = dayNumber(word)
      if (day === null) return { days: [], bad: part.trim() }
      if (!days.includes(day)) days.push(day)
    }
  }
  return { days, bad: null }
}

/** English, Spanish, French, Japanese, Swedish, Slovak; in full, in the plural or by the first letters. */
function dayNumber(text: string | undefined): number | null {
  const name = text?.trim().replace(/\.$/, '') ?? ''
  const spelled = shortNames.get(name) ?? name
  const [day] = readDays(spelled, true).days
  if (day !== undefined) return day
  return spelled.endsWith('s') ? (readDays(spelled.slice(0, -1), true).days[0] ?? null) : null
}

const shortNames = new Map<string, string>([
  ...['tues', 'tu'].map((name) => [name, 'tuesday'] as const),
  ['weds', 'wednesday'],
  ...['thur', 'thurs', 'th'].map((name) => [name, 'thursday'] as const),
  ['dom', 'sunday'],
  ['lun', 'monday'],
  ['mar', 'tuesday'],
  ['mie', 'wednesday'],
  ['jue', 'thursday'],
  ['vie', 'friday'],
  ['sab', 'saturday'],
])

const monthNames =
  'january enero, february febrero, march marzo, april abril, may mayo, june junio, july julio, august agosto, ' +
  'september septiembre, october octubre, november noviembre, december diciembre'
const months = new Map(
  monthNames
    .split(', ')
    .flatMap((names, month) =>
      names
        .split(' ')
        .flatMap((name) => [[name, month + 1] as const, [name.slice(0, 3), month + 1] as const]),
    ),
)

/** Real dates `YYYY-MM-DD`, in the order of the cell, or the part that is none. */
export function datesOf(
  cell: string,
  dayFirst: boolean,
): { readonly dates: readonly string[]; readonly bad: string | null } {
  const whole = dateOf(cell, dayFirst)
  if (whole !== null) return { dates: [whole], bad: null }
  const dates = new Set<string>()
  for (const some of cell.split(/[;\n&]|\sand\s|\sy\s/)) {
    // `Nov 14, 2026` has a comma of its own.
    for (const part of dateOf(some, dayFirst) === null ? some.split(',') : [some]) {
      if (part.trim() === '') continue
      const date = dateOf(part, dayFirst)
      if (date === null) return { dates: [], bad: part.trim() }
      dates.add(date)
    }
  }
  return { dates: [...dates], bad: null }
}

function dateOf(cell: string, dayFirst: boolean): string | null {
  const text = folded(cell)
    .replace(/,/g, ' ')
    .replace(/\bde\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  // A time behind it is the workbook's; the start stands in its own column.
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2})?)?$/.exec(text)
  if (iso !== null) return realDate(iso[1], iso[2], iso[3])
  const dots = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (dots !== null) return realDate(dots[3], dots[2], dots[1])
  const slashes = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text)
  if (slashes !== null) {
    return dayFirst
      ? realDate(slashes[3], slashes[2], slashes[1])
      : realDate(slashes[3], slashes[1], slashes[2])
  }
  const words =
    /^(?:\p{L}+ )?(?<month>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)? (?<year>\d{4})$/u.exec(text) ??
    /^(?:\p{L}+ )?(?<day>\d{1,2})(?:st|nd|rd|th)?\.? (?<month>\p{L}+)\.? (?<year>\d{4})$/u.exec(text)
  const month = months.get(words?.groups?.['month'] ?? '')
  return month === undefined ? null : realDate(words?.groups?.['year'], String(month), words?.groups?.['day'])
}

function realDate(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null
}

/** 0 = Sunday, of a real date. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

const weekNames = new Map<string, WeekOfMonth>([
  ...['1', '1st', 'first', '1a', '1o', 'primera', 'primer', 'primero'].map((name) => [name, 1] as const),
  ...['2', '2nd', 'second', '2a', '2o', 'segunda', 'segundo'].map((name) => [name, 2] as const),
  ...['3', '3rd', 'third', '3a', '3o', 'tercera', 'tercer', 'tercero'].map((name) => [name, 3] as const),
  ...['4', '4th', 'fourth', '4a', '4o', 'cuarta', 'cuarto'].map((name) => [name, 4] as const),
  ...['5', '5th', 'fifth', '5a', '5o', 'quinta', 'quinto'].map((name) => [name, 5] as const),
  ...['last', 'l', 'ultima', 'ultimo'].map((name) => [name, 'last'] as const),
])

/** `1, 3, last`, `first and third`; empty for every week; null when a word is none of these. */
export function weeksOf(cell: string): readonly WeekOfMonth[] | null {
  const text = folded(cell)
  if (/^(?:every|all|every week|weekly|todas|todas las semanas|cada semana)?$/.test(text)) return []
  const weeks: WeekOfMonth[] = []
  for (const part of text.split(/[,;/&+\s]+/)) {
    if (['', 'and', 'y', 'week', 'weeks', 'semana', 'semanas'].includes(part)) continue
    // A spreadsheet turns a lone 1 into 1.0 in some exports.
    const week = weekNames.get(part.replace(/\.0$|[.ªº]$/, ''))
    if (week === undefined) return null
    if (!weeks.includes(week)) weeks.push(week)
  }
  return weeks
}

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:therap(?:y|ist)|counsel|group therap|terapia|terapeuta)/, 'therapy'],
  [/^(?:peer|support|fellowship|mutual|grupo|apoyo|ayuda)/, 'peer'],
  [/^(?:hobby|club|interest|activit|aficion|actividad)/, 'club'],
]

export function kindOf(cell: string): Kind | null {
  const text = folded(cell)
  return kinds.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

export function yesNo(cell: string): boolean | null {
  const text = folded(cell)
  if (/^(?:yes|y|true|1|x|si|s|verdadero|✓)$/.test(text)) return true
  return /^(?:no|n|false|0|falso|-)$/.test(text) ? false : null
}

export function opennessOf(cell: string): 'open' | 'closed' | null {
  const text = folded(cell)
  if (/^(?:open|abiert[ao])/.test(text)) return 'open'
  return /^(?:closed|cerrad[ao])/.test(text) ? 'closed' : null
}

const tags = new Map<string, string>()
for (const names of [languageNames, languagesInSpanish]) {
  for (const [tag, name] of names) {
    tags.set(folded(name), tag)
    tags.set(tag.toLowerCase(), tag)
  }
}

/** BCP 47 tags of languages named in English or Spanish or by tag, and the first word that names none. */
export function languagesOf(cell: string): { readonly tags: readonly string[]; readonly bad: string | null } {
  const found: string[] = []
  let bad: string | null = null
  for (const part of cell.split(/[,;/&+\n]|\sand\s|\sy\s/)) {
    const text = folded(part)
    if (text === '') continue
    const tag = tags.get(text)
    if (tag === undefined) bad ??= part.trim()
    else if (!found.includes(tag)) found.push(tag)
  }
  return { tags: found, bad }
}
