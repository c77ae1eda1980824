import type { FellowshipId, MeetingType, Openness } from '../../contract/models.ts'
import { type CodeTable, codeTables, commonTypes, languageNames, type TypeFact } from './directory.ts'
import { plainLine } from './text.ts'

export type TypesReading = {
  readonly types: readonly MeetingType[]
  readonly languages: readonly string[]
  readonly openness: Openness
  readonly openAndClosed: boolean
  /** The building is shut for now (TC): the same code in every fellowship. */
  readonly siteClosed: boolean
  readonly wheelchair: boolean
  /** Codes that the fellowship's list does not have; with an unknown fellowship nothing is decoded. */
  readonly unknown: readonly string[]
  /** Values that are no text at all. */
  readonly bad: boolean
}

type Known = {
  readonly code: string
  readonly label: string
  readonly fact: TypeFact | null
  readonly tag: string | null
}
type Decoder = ReadonlyMap<string, Known>

/** Reads `types` by the codes of one fellowship; one table is built per fellowship and reader run. */
export function createTypesReader(): (value: unknown, fellowship: FellowshipId) => TypesReading {
  const decoders = new Map<FellowshipId, { readonly decoder: Decoder; readonly decodes: boolean }>()
  return (value, fellowship) => {
    let entry = decoders.get(fellowship)
    if (entry === undefined) {
      const table = codeTables.find(({ id, alsoFor }) => id === fellowship || alsoFor.includes(fellowship))
      entry = { decoder: decoderOf(table), decodes: table !== undefined }
      decoders.set(fellowship, entry)
    }
    return readTypes(value, entry.decoder, entry.decodes)
  }
}

function decoderOf(table: CodeTable | undefined): Decoder {
  const known = new Map<string, Known>()
  const facts = [...(table?.types ?? []), ...commonTypes]
  const languages = Object.entries(table?.languages ?? {}).flatMap(([code, tag]) =>
    tag === undefined ? [] : [{ code, label: languageNames.get(tag) ?? code, fact: null, tag }],
  )
  const entries: Known[] = [
    ...facts.map((fact) => ({ code: fact.code, label: fact.en, fact, tag: null })),
    ...languages,
  ]
  // Types before languages: TR is a tradition study in CoDA, though its list of languages has a TR too.
  for (const entry of entries) if (!known.has(fold(entry.code))) known.set(fold(entry.code), entry)
  // Codes before labels: a label may be spelled like another's code.
  for (const entry of entries) if (!known.has(fold(entry.label))) known.set(fold(entry.label), entry)
  return known
}

function readTypes(value: unknown, decoder: Decoder, decodes: boolean): TypesReading {
  const { texts, bad } = typeTexts(value, decoder)
  const found = new Map<string, Known | null>()
  const spelling = new Map<string, string>()
  for (const text of texts.slice(0, maxTypes)) {
    const known = decoder.get(fold(text)) ?? null
    const key = known === null ? fold(text) : fold(known.code)
    if (found.has(key)) continue
    found.set(key, known)
    spelling.set(key, known?.code ?? text)
  }
  const facts = [...found.values()].flatMap((known) => known?.fact ?? [])
  const open = facts.some((fact) => fact.openness === 'open')
  const closed = facts.some((fact) => fact.openness === 'closed')
  const types = [...found].flatMap(([key, known]): readonly MeetingType[] =>
    // Both at once is read as closed; a page must not say both.
    closed && known?.fact?.openness === 'open'
      ? []
      : [{ code: spelling.get(key) ?? key, label: known?.label ?? null }],
  )
  return {
    types,
    languages: [...new Set([...found.values()].flatMap((known) => known?.tag ?? []))],
    openness: closed ? 'closed' : open ? 'open' : 'unknown',
    openAndClosed: open && closed,
    siteClosed: facts.some((fact) => fact.code === 'TC'),
    wheelchair: facts.some((fact) => fact.wheelchair === true),
    unknown: decodes ? types.filter((type) => type.label === null).map((type) => type.code) : [],
    bad,
  }
}

/** More than any meeting has, and longer than any label: a hostile row has thousands. */
const maxTypes = 100
const maxType = 80

/** Types that say something about a building are hidden for a meeting nobody can come to (feeds.md 2.5). */
export function withoutOnSite(types: readonly MeetingType[]): readonly MeetingType[] {
  return types.filter((type) => type.label === null || !onSiteLabels.has(type.label))
}

const onSiteLabels = new Set(
  codeTables.flatMap((table) => table.types.filter((fact) => fact.onSite === true).map((fact) => fact.en)),
)

/** An array of strings and numbers, `"C,W"` or `"[open]"`; an element may itself be a list, or a label with commas. */
function typeTexts(
  value: unknown,
  decoder: Decoder,
): { readonly texts: readonly string[]; readonly bad: boolean } {
  const texts: string[] = []
  let bad = false
  for (const element of listOf(value).slice(0, maxTypes)) {
    if (element === null || element === undefined) continue
    if (typeof element !== 'string' && typeof element !== 'number') {
      bad = true
      continue
    }
    const text = plainLine(String(element))
    if (decoder.has(fold(text))) {
      texts.push(text)
      continue
    }
    for (const part of text
      .slice(0, maxTypes * maxType)
      .replace(/^\[|\]$/g, '')
      .split(',')) {
      const code = part
        .trim()
        .slice(0, maxType)
        .replace(/^[\s"'[]+|[\s"'\]]+$/g, '')
      if (code !== '') texts.push(code)
    }
  }
  return { texts, bad }
}

/** Sites in PHP write a list with a gap in it as an object: `{"0": "O", "2": "X"}`. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return [value]
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : [value]
}

function fold(text: string): string {
  return text.toLowerCase()
}
