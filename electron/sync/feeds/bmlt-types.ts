import type { MeetingType, Openness, WeekOfMonth } from '../../contract/models.ts'
import { clipped } from './meeting-guide-fields.ts'
import { plainLine } from './text.ts'
import { type BmltRow, rawOf, rootOf } from './bmlt-fields.ts'
import type { BmltFormat, FormatIndex } from './bmlt-formats.ts'
import { codeTables, commonTypes } from './directory.ts'

/** What the formats of one row say (feeds.md 4.4 to 4.6). */
export type FormatsReading = {
  readonly types: readonly MeetingType[]
  /** Those of `types` that say something about the building. */
  readonly onSiteCodes: ReadonlySet<string>
  readonly languages: readonly string[]
  readonly openness: Openness
  readonly openWeeks: readonly WeekOfMonth[] | null
  readonly openAndClosed: boolean
  readonly wheelchair: boolean
  readonly virtual: boolean
  readonly hybrid: boolean
  readonly siteClosed: boolean
  /** No set end: its length means nothing. */
  readonly openEnded: boolean
  /** What a visitor must see, the most urgent first. */
  readonly notices: readonly string[]
  /** Names of formats that tell their weeks in words only. */
  readonly weeksInWords: readonly string[]
}

export type RowFormats = FormatsReading & {
  /** Local keys that no format of the answer explains. */
  readonly unknown: readonly string[]
}

/** Many rows of an answer name the same formats: what those say is worked out once. */
export function createFormatsReader(index: FormatIndex): (row: BmltRow) => RowFormats {
  const remembered = new Map<string, RowFormats>()
  return (row) => {
    const named = `${rootOf(row)} ${rawOf(row, 'format_shared_id_list') ?? ''} ${rawOf(row, 'formats') ?? ''}`
    let reading = remembered.get(named)
    if (reading === undefined) {
      if (remembered.size >= maxRemembered) remembered.clear()
      const { formats, unknown } = index.formatsOf(row)
      reading = { ...readFormats(formats, unknown), unknown }
      remembered.set(named, reading)
    }
    return reading
  }
}

/** More combinations than any server has: a hostile answer must not fill the memory. */
const maxRemembered = 2000

function readFormats(formats: readonly BmltFormat[], unknown: readonly string[]): FormatsReading {
  const scoped = formats.map((format) => ({ format, openness: opennessOf(format) }))
  const { openness, openWeeks, openAndClosed } = whoMayCome(scoped)
  const types = new Map<string, MeetingType>()
  const onSiteCodes = new Set<string>()
  for (const { format, openness: own } of scoped) {
    if (own !== null) continue
    const type = typeOf(format)
    if (type === null) continue
    types.set(type.code, both(types.get(type.code), type))
    if (isOnSite(format)) onSiteCodes.add(type.code)
  }
  const venues = new Set(formats.map((format) => format.known?.venue ?? null))
  return {
    types: [
      ...opennessTypes(openness, openWeeks),
      ...types.values(),
      ...unknown.map((key) => ({ code: localCode(key), label: null })),
    ],
    onSiteCodes,
    languages: [...new Set(formats.flatMap((format) => format.language ?? []))],
    openness,
    openWeeks,
    openAndClosed,
    wheelchair: formats.some((format) => format.known?.wheelchair === true),
    virtual: venues.has('online'),
    hybrid: venues.has('hybrid'),
    siteClosed: venues.has('site_closed'),
    openEnded: formats.some((format) => isOpenEnded(format)) || unknown.includes('OE'),
    notices: noticesOf(formats),
    weeksInWords: formats.filter((format) => format.weeksInWords).map((format) => format.name),
  }
}

/** Whom a format lets in; null when it is about something else. */
function opennessOf(format: BmltFormat): 'open' | 'closed' | null {
  if (format.known !== null) return format.known.openness
  if (format.worldId !== '' || format.base !== 'O') return null
  const words = `${format.name} ${format.description}`.toLowerCase()
  if (/\bclosed\b|geschlossen|\bcerrad|\bferm[ée]e|\bchius/u.test(words)) return 'closed'
  // A rule about who may come that holds in some weeks: on the others it is closed.
  return format.weeks !== null || /\bopen\b|\boffen|\babiert|\bouvert|\bapert/u.test(words) ? 'open' : null
}

type Scoped = { readonly format: BmltFormat; readonly openness: 'open' | 'closed' | null }

function whoMayCome(scoped: readonly Scoped[]): {
  readonly openness: Openness
  readonly openWeeks: readonly WeekOfMonth[] | null
  readonly openAndClosed: boolean
} {
  const open = scoped.filter((one) => one.openness === 'open').map((one) => one.format.weeks)
  const closed = scoped.filter((one) => one.openness === 'closed')
  const isAlwaysOpen = open.some((weeks) => weeks === null)
  const isAlwaysClosed = closed.some((one) => one.format.weeks === null)
  // Both at once is read as closed: nobody is sent where they may not come.
  if (isAlwaysOpen && closed.length > 0) return { openness: 'closed', openWeeks: null, openAndClosed: true }
  if (isAlwaysOpen) return { openness: 'open', openWeeks: null, openAndClosed: false }
  const weeks = weekOrder.filter((week) => open.some((own) => own?.includes(week)))
  if (weeks.length > 0) {
    const isAll = [1, 2, 3, 4, 5].every((week) => weeks.includes(week as WeekOfMonth))
    return isAll && !isAlwaysClosed
      ? { openness: 'open', openWeeks: null, openAndClosed: false }
      : { openness: 'open_this_week', openWeeks: weeks, openAndClosed: false }
  }
  return { openness: isAlwaysClosed ? 'closed' : 'unknown', openWeeks: null, openAndClosed: false }
}

const weekOrder: readonly WeekOfMonth[] = [1, 2, 3, 4, 5, 'last']

function opennessTypes(openness: Openness, weeks: readonly WeekOfMonth[] | null): readonly MeetingType[] {
  const open = naTypes.find((type) => type.code === 'O')
  const closed = naTypes.find((type) => type.code === 'C')
  if (openness === 'open' && open !== undefined) return [open]
  if (openness === 'closed' && closed !== undefined) return [closed]
  if (openness !== 'open_this_week' || weeks === null || open === undefined) return []
  return [{ ...open, weeks }]
}

const naTable = codeTables.find(({ id }) => id === 'na')
const naTypes: readonly MeetingType[] = (naTable?.types ?? []).map(({ code, en, es }) => ({
  code,
  label: en,
  ...(es === undefined ? {} : { es }),
}))
/** Codes that mean something to this program; a local key that looks like one must not be taken for it. */
const takenCodes = new Set(
  [
    ...naTypes.map(({ code }) => code),
    ...commonTypes.map(({ code }) => code),
    ...Object.keys(naTable?.languages ?? {}),
  ].map((code) => code.toUpperCase()),
)

/** The local key of a format as a code: it tells formats apart and says nothing. */
function localCode(raw: string): string {
  const key = clipped(plainLine(raw), 80)
  return takenCodes.has(key.toUpperCase()) ? `${key} (local)` : key
}

/** Null for what is said elsewhere: the language, the kind of attendance, a notice without a world id. */
function typeOf(format: BmltFormat): MeetingType | null {
  const { known, weeks } = format
  if (format.language !== null || (known !== null && known.venue !== null)) return null
  if (known === null && noticeBases.has(format.base)) return null
  const limited = weeks === null ? {} : { weeks }
  if (known === null) {
    const es = format.es === null ? {} : { es: format.es }
    return { code: localCode(format.keys[0] ?? format.id), label: format.name || null, ...es, ...limited }
  }
  // "Last week: questions and answers" must not become "Questions and answers" on every date.
  if (format.weeksInWords)
    return { code: known.type.code, label: format.name, ...(format.es === null ? {} : { es: format.es }) }
  return { ...known.type, ...limited }
}

/** Two formats of one meaning: in the weeks of either. */
function both(a: MeetingType | undefined, b: MeetingType): MeetingType {
  if (a === undefined) return b
  if (a.weeks === undefined) return a
  if (b.weeks === undefined) return b
  const weeks = weekOrder.filter((week) => a.weeks?.includes(week) || b.weeks?.includes(week))
  return { ...a, weeks }
}

/** `FC2` is about the place; what has a world id is known better. */
function isOnSite(format: BmltFormat): boolean {
  return format.known === null ? format.base === 'FC2' : format.known.onSite
}

function isOpenEnded(format: BmltFormat): boolean {
  return format.keys.includes('OE') || /\bopen[- ]?ended\b/i.test(format.name)
}

/** Local formats of these kinds are told as notes (feeds.md 4.4, 4.6). */
const noticeBases = new Set(['ALERT', 'WHEN', 'COVID'])

/** Alerts first: "temporarily closed" must not stand below three lines about the bus. */
function noticesOf(formats: readonly BmltFormat[]): readonly string[] {
  const rank = (format: BmltFormat): number | null => {
    if (format.worldId === 'RA') return 1
    if (format.worldId === 'CH') return 2
    if (format.base === 'ALERT') return 0
    if (format.base === 'WHEN' || format.base === 'COVID') return 3
    return format.weeksInWords ? 4 : null
  }
  return formats
    .flatMap((format) => {
      const own = rank(format)
      return own === null ? [] : [{ own, text: sentenceOf(format) }]
    })
    .toSorted((a, b) => a.own - b.own)
    .map(({ text }) => text)
    .filter((text) => text !== '')
}

function sentenceOf({ name, description }: BmltFormat): string {
  const isRepeated = description === '' || description.toLowerCase().startsWith(name.toLowerCase())
  return isRepeated ? description || name : `${name}: ${description}`
}
