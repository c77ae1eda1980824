import type { WeekOfMonth } from '../../contract/models.ts'
import { type BmltRow, isObject, listOf, rawOf, rootOf } from './bmlt-fields.ts'
import { languageOf } from './bmlt-languages.ts'
import { type NaFormat, naFormat } from './na-formats.ts'
import { plainLine } from './text.ts'

/** One format of a server, in all languages that the answer has it in. */
export type BmltFormat = {
  readonly id: string
  /** Local names in all languages of the answer; the first is that of the language of `name`. */
  readonly keys: readonly string[]
  /** In English, else in the language that came first. */
  readonly name: string
  readonly es: string | null
  readonly description: string
  /** Upper case; empty for a local format. */
  readonly worldId: string
  /** What the world id means; null for a local format. */
  readonly known: NaFormat | null
  /** `format_type_enum` without its weeks, upper case: `FC1`, `O`, `ALERT` ... */
  readonly base: string
  /** Only in these weeks of the month; null: always. */
  readonly weeks: readonly WeekOfMonth[] | null
  readonly language: string | null
  /** True when it says in words that it holds in some weeks only, and not in a way that can be relied on. */
  readonly weeksInWords: boolean
}

export type FormatIndex = {
  /** False when the answer has no formats at all: nothing can be decoded. */
  readonly hasFormats: boolean
  /** The formats of a row, and the local keys that no format of the answer explains. */
  formatsOf(row: BmltRow): { readonly formats: readonly BmltFormat[]; readonly unknown: readonly string[] }
}

/**
 * Formats by the id that all languages share (feeds.md 4.5). A row without ids is joined by its keys: they are
 * those of the same answer. Never is a key itself decoded.
 */
export function indexFormats(elements: Iterable<unknown>): FormatIndex {
  const entries = new Map<string, BmltRow[]>()
  const roots = new Set<string>()
  for (const element of elements) {
    if (!isObject(element)) continue
    const id = rawOf(element, 'id')
    if (id === null) continue
    const root = rootOf(element)
    const at = `${root} ${id}`
    entries.set(at, [...(entries.get(at) ?? []), element])
    roots.add(root)
  }
  const byId = new Map<string, BmltFormat>()
  const byKey = new Map<string, BmltFormat>()
  for (const [at, languages] of entries) {
    const format = formatOf(languages)
    byId.set(at, format)
    const root = at.slice(0, at.indexOf(' '))
    for (const key of format.keys) byKey.set(`${root} ${key}`, format)
  }
  const [onlyRoot = ''] = roots
  const find = (map: ReadonlyMap<string, BmltFormat>, root: string, name: string): BmltFormat | null => {
    const own = map.get(`${root} ${name}`)
    if (own !== undefined) return own
    // Rows or formats that do not say whose they are: only when all formats are of one server.
    const isOne = roots.size === 1 && (root === '' || onlyRoot === '')
    return isOne ? (map.get(`${onlyRoot} ${name}`) ?? null) : null
  }
  return {
    hasFormats: byId.size > 0,
    formatsOf: (row) => {
      const root = rootOf(row)
      const ids = listOf(row, 'format_shared_id_list')
      const keys = listOf(row, 'formats')
      const found =
        ids.length > 0
          ? ids.flatMap((id) => find(byId, root, id) ?? [])
          : keys.flatMap((key) => find(byKey, root, key) ?? [])
      const explained = new Set(found.flatMap((format) => format.keys))
      return { formats: [...new Set(found)], unknown: keys.filter((key) => !explained.has(key)) }
    },
  }
}

function formatOf(languages: readonly BmltRow[]): BmltFormat {
  const inLanguage = (lang: string): BmltRow | undefined =>
    languages.find((one) => rawOf(one, 'lang')?.toLowerCase().split(/[-_]/)[0] === lang)
  const first = inLanguage('en') ?? languages[0] ?? {}
  const text = (row: BmltRow, key: string): string => plainLine(rawOf(row, key) ?? '').slice(0, maxText)
  const name = text(first, 'name_string') || text(first, 'key_string')
  const description = text(first, 'description_string')
  const keys = [first, ...languages].flatMap((one) => rawOf(one, 'key_string') ?? [])
  const worldId = (
    languages.map((one) => rawOf(one, 'world_id') ?? '').find((id) => id !== '') ?? ''
  ).toUpperCase()
  const typed = languages.map((one) => rawOf(one, 'format_type_enum') ?? '').find((type) => type !== '') ?? ''
  const { base, weeks } = scopeOf(typed)
  const spanish = inLanguage('es')
  const isLanguage = worldId === 'LANG' || base === 'LANG'
  return {
    id: rawOf(first, 'id') ?? '',
    keys: [...new Set(keys)],
    name,
    es: spanish === undefined ? null : text(spanish, 'name_string') || null,
    description,
    worldId,
    known: worldId === '' ? null : naFormat(worldId),
    base,
    weeks,
    language: isLanguage ? languageOf(name, description, keys[0] ?? '') : null,
    weeksInWords: weeks === null && saysWeek.test(`${name} ${description}`),
  }
}

const maxText = 300

/** A suffix names the weeks of the month in which a format holds; `-*` is every week (feeds.md 4.6). */
function scopeOf(type: string): { readonly base: string; readonly weeks: readonly WeekOfMonth[] | null } {
  const match = /^(.*?)-([*L1-5]+)$/i.exec(type.trim())
  if (match === null) return { base: type.trim().toUpperCase(), weeks: null }
  const [, base = '', suffix = ''] = match
  const marks = [...new Set(suffix.toUpperCase())]
  const weeks = marks.includes('*') ? null : marks.flatMap(weekOf)
  return { base: base.toUpperCase(), weeks }
}

function weekOf(mark: string): readonly WeekOfMonth[] {
  switch (mark) {
    case '1':
      return [1]
    case '2':
      return [2]
    case '3':
      return [3]
    case '4':
      return [4]
    case '5':
      return [5]
    default:
      return ['last']
  }
}

/** Words of several languages that name a week of the month; never turned into a schedule (feeds.md 1.4). */
const saysWeek =
  /of (?:the|each|every) month|\bweeks? (?:\d|one|two|three|four|five)\b|(?:\d\.?|\b(?:first|second|third|fourth|fifth|last|erste|zweite|dritte|vierte|fünfte|letzte)[nr]?) (?:weeks?|woche)\b|\bwoche \d|\bwoche d(?:es|\.) monats|del mes\b|du mois\b/iu
