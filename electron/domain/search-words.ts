import type { Attendance, Audience, FellowshipId, Kind } from '../contract/models.ts'
import type { WhereaboutsOrder } from './whereabouts.ts'

/**
 * By which words a meeting is found. Words are compared folded: lower case, without accents, ß as ss, wide forms
 * as narrow ones. A word that is joined by a hyphen, a point or an apostrophe counts in parts and as a whole, so
 * "Al-Anon" is found by "al anon", "al-anon" and "alanon", and "A.A." by "aa". Chinese and Japanese write no
 * blanks: of their runs each ending counts, so that any part can be found by its beginning.
 *
 * Facts are not words but what is known of a meeting, under names that nobody can type (they begin with `_`):
 * filters ask for them, and so do words that mean the same in ten languages (`search-query.ts`).
 */

/** What of a meeting its words come from. */
export type Searchable = {
  readonly name: string
  readonly group: string | null
  readonly placeName: string | null
  readonly street: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly address: string | null
  readonly types: readonly { readonly label: string | null; readonly es?: string }[]
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly attendance: Attendance
  readonly languages: readonly string[]
  readonly wheelchair: boolean
  readonly whereabouts: WhereaboutsOrder
}

/** Texts of the index, one for each of its columns. */
export type SearchEntry = {
  readonly name: string
  readonly place: string
  readonly about: string
  readonly facts: string
}

/** `weekdays`: 0 = Sunday; the days on which the meeting has dates. */
export function searchEntryOf(meeting: Searchable, weekdays: readonly number[]): SearchEntry {
  const { placeName, street, city, region, postalCode, address } = meeting
  const name = wordsOf(meeting.name, meeting.group)
  const [firstWord = ''] = name.split(' ')
  return {
    name,
    place: wordsOf(placeName, street ?? address, city, region, postalCode),
    about: wordsOf(...meeting.types.flatMap(({ label, es }) => [label, es ?? null])),
    facts: [...factsOf(meeting, weekdays), firstWordFact(firstWord)].join(' '),
  }
}

const runLength = 12

/** The words of texts in their order, then the other forms of some; each other form once. */
function wordsOf(...texts: readonly (string | null)[]): string {
  const words: string[] = []
  const forms = new Set<string>()
  for (const text of texts) {
    if (text === null) continue
    for (const { parts, joined } of splitWords(text)) {
      words.push(...parts)
      if (joined !== null) forms.add(joined)
      for (const part of parts) {
        if (!isUnspaced(part)) continue
        const letters = [...part]
        for (let from = 0; from < letters.length; from += 1) {
          forms.add(letters.slice(from, from + runLength).join(''))
        }
      }
    }
  }
  return [...words, ...forms].join(' ')
}

export type SplitWord = {
  readonly parts: readonly string[]
  /** The parts as one word where a mark and no blank stands between them; else null. */
  readonly joined: string | null
}

/** The words of a text, folded. */
export function splitWords(text: string): SplitWord[] {
  const words: SplitWord[] = []
  for (const chunk of foldedWords(text).split(/\s+/u)) {
    const parts = chunk.match(wordPattern) ?? []
    if (parts.length === 0) continue
    const joinable = parts.length > 1 && !parts.some(isUnspaced) && /^[\p{L}\p{N}\-‐‑'’.]+$/u.test(chunk)
    words.push({ parts, joined: joinable ? parts.join('') : null })
  }
  return words
}

/** Runs of Han and Kana stand apart from the letters and digits beside them. */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu

export function isUnspaced(word: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)
}

/** Lower case, no accents, one form of each letter; Hangul keeps its syllables. */
export function foldedWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .normalize('NFC')
}

/** The name of a fact: a letter for what it tells, then its value without marks. */
export function factName(of: FactOf, value: string | number): string {
  return `_${of}${String(value)
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '')}`
}

/** k kind, f fellowship, u audience, t attendance, l language, w wheelchair, p whereabouts, d weekday, r weekday
 * of what is within reach. */
export type FactOf = 'k' | 'f' | 'u' | 't' | 'l' | 'w' | 'p' | 'd' | 'r'

/** The fact that a name begins with this word: so many words stand somewhere in a name, and few at its beginning. */
export function firstWordFact(word: string): string {
  return `_n${word}`
}

/** In place of a language when the list does not say any. */
export const noLanguage = '0'

const far = 3

function factsOf(meeting: Searchable, weekdays: readonly number[]): readonly string[] {
  return [
    factName('k', meeting.kind),
    ...(meeting.fellowship === 'unknown' ? [] : [factName('f', meeting.fellowship)]),
    factName('u', meeting.audience),
    factName('t', meeting.attendance),
    ...languageFacts(meeting.languages),
    ...(meeting.wheelchair ? [factName('w', 1)] : []),
    factName('p', meeting.whereabouts),
    ...weekdays.map((day) => factName('d', day)),
    ...(meeting.whereabouts === far ? [] : weekdays.map((day) => factName('r', day))),
  ]
}

/** `pt-BR` counts as Brazilian and as Portuguese. */
function languageFacts(languages: readonly string[]): readonly string[] {
  if (languages.length === 0) return [factName('l', noLanguage)]
  const tags = languages.flatMap((tag) => [tag.split('-')[0] ?? tag, tag])
  return [...new Set(tags.map((tag) => factName('l', tag)))]
}
