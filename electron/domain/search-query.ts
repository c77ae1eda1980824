import { factName, isUnspaced, splitWords } from './search-words.ts'

/** What words of a name for something lead to. */
export type Meaning = {
  /** Names of facts; a meeting with any of them is meant. */
  readonly facts: readonly string[]
  /** Beginnings of words in a meeting's own texts; a meeting with any of them is meant. */
  readonly words: readonly string[]
}

/** One or several words in any language that mean something: "narcotics", "12 step", "silla de ruedas". */
export type Term = { readonly text: string; readonly meaning: Meaning }

/** The terms, ready to be looked up. */
export type SearchDictionary = {
  /** By the first letter of the first word. */
  readonly byLetter: ReadonlyMap<string, readonly Phrase[]>
  /** Each word of the terms, sorted; for slips. */
  readonly words: readonly string[]
  /** Terms without blanks, longest first, for cutting up text that has none. */
  readonly unspaced: readonly string[]
}

type Phrase = { readonly words: readonly string[]; readonly meaning: Meaning }

/** One or several typed words that must all be borne out by a meeting. */
export type WordGroup = {
  /** The typed words, folded, each the beginning of a word; all must be in the texts. */
  readonly typed: readonly string[]
  /** The typed words as one, where a mark stood between them; counts as the typed ones do. */
  readonly joined: string | null
  /** What they mean, or null; bears them out just as well. */
  readonly meaning: Meaning | null
  /** Facts of the fellowships that the words name in full; empty for the beginning of such a name. */
  readonly fellowships: readonly string[]
}

export type SearchQuery = { readonly groups: readonly WordGroup[] }

export function createSearchDictionary(terms: readonly Term[]): SearchDictionary {
  const byLetter = new Map<string, Phrase[]>()
  const words = new Set<string>()
  const unspaced = new Set<string>()
  for (const { text, meaning } of terms) {
    const split = splitWords(text)
    const forms = new Set([
      partsOf(split).join(' '),
      split.map((word) => word.joined ?? word.parts.join(' ')).join(' '),
    ])
    for (const form of forms) {
      const phrase = { words: form.split(' ').filter((word) => word !== ''), meaning }
      const first = phrase.words[0]
      if (first === undefined) continue
      const letter = firstLetter(first)
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), phrase])
      for (const word of phrase.words) words.add(word)
      if (phrase.words.length === 1 && isUnspaced(first)) unspaced.add(first)
    }
  }
  return {
    byLetter,
    words: [...words].toSorted(),
    unspaced: [...unspaced].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  }
}

/** More words than these say no more; the text of a call has 80 characters. */
const maxGroups = 12

/**
 * The words of a typed text in groups, all of which must be borne out. At each place the longest term of the
 * dictionary wins; the last word may be the beginning of one, for it is still being typed.
 */
export function parseSearch(text: string, dictionary: SearchDictionary): SearchQuery {
  const groups: WordGroup[] = []
  const words = splitWords(text).flatMap((word) => unitsOf(word, dictionary))
  for (let at = 0; at < words.length && groups.length < maxGroups;) {
    const found = longestTerm(words, at, dictionary)
    const taken = words.slice(at, at + Math.max(1, found?.length ?? 0))
    const joined = taken.length === 1 ? (taken[0]?.joined ?? null) : null
    groups.push({
      typed: partsOf(taken),
      joined,
      meaning: found?.meaning ?? null,
      fellowships: found?.fellowships ?? [],
    })
    at += taken.length
  }
  return { groups }
}

type Unit = ReturnType<typeof splitWords>[number]

/** A run without blanks is cut where the dictionary knows a piece of it. */
function unitsOf(word: Unit, dictionary: SearchDictionary): Unit[] {
  if (!word.parts.some(isUnspaced)) return [word]
  return word.parts.flatMap((part) => (isUnspaced(part) ? cutRun(part, dictionary) : [part])).map(single)
}

const single = (part: string): Unit => ({ parts: [part], joined: null })

function cutRun(run: string, { unspaced }: SearchDictionary): string[] {
  const pieces: string[] = []
  let rest = ''
  for (let left = run; left !== '';) {
    const term = unspaced.find((candidate) => left.startsWith(candidate))
    if (term === undefined) {
      const [letter = ''] = left
      rest += letter
      left = left.slice(letter.length)
      continue
    }
    if (rest !== '') pieces.push(rest)
    rest = ''
    pieces.push(term)
    left = left.slice(term.length)
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

/** Fewer letters than these mean a term only when they are all of it: "na", not "n". */
const shortestBeginning = 3

function longestTerm(
  words: readonly Unit[],
  at: number,
  dictionary: SearchDictionary,
): { readonly length: number; readonly meaning: Meaning; readonly fellowships: readonly string[] } | null {
  let length = 0
  let fellowships = new Set<string>()
  let facts = new Set<string>()
  let others = new Set<string>()
  for (const form of formsFrom(words, at)) {
    const first = form[0]?.text ?? ''
    for (const phrase of dictionary.byLetter.get(firstLetter(first)) ?? []) {
      const used = unitsMatched(form, phrase.words)
      if (used === 0 || used < length) continue
      if (used > length) {
        length = used
        facts = new Set()
        fellowships = new Set()
        others = new Set()
      }
      const isWhole = form[phrase.words.length - 1]?.text === phrase.words.at(-1)
      for (const fact of phrase.meaning.facts) {
        facts.add(fact)
        if (isWhole && fact.startsWith(ofFellowship)) fellowships.add(fact)
      }
      for (const word of phrase.meaning.words) others.add(word)
    }
  }
  const meaning = { facts: [...facts], words: [...others] }
  return length === 0 ? null : { length, meaning, fellowships: [...fellowships] }
}

const ofFellowship = factName('f', '')

/** A word that may be compared; `unit` counts the typed words up to and with it. */
type Piece = { readonly text: string; readonly unit: number; readonly isLast: boolean }

/** The typed words from `at` on, once in parts and once with joined ones as one. */
function formsFrom(words: readonly Unit[], at: number): readonly (readonly Piece[])[] {
  const units = words.slice(at, at + 8)
  const last = at + units.length === words.length ? units.length - 1 : -1
  const inParts = units.flatMap(({ parts }, unit) =>
    parts.map((text, part) => ({ text, unit: unit + 1, isLast: unit === last && part === parts.length - 1 })),
  )
  if (!units.some((unit) => unit.joined !== null)) return [inParts]
  const asOne = units.flatMap(({ parts, joined }, unit) =>
    joined === null
      ? parts.map((text, part) => ({
          text,
          unit: unit + 1,
          isLast: unit === last && part === parts.length - 1,
        }))
      : [{ text: joined, unit: unit + 1, isLast: unit === last }],
  )
  return [inParts, asOne]
}

/**
 * How many typed words the phrase takes up; 0 when it is not meant. The whole phrase must be there; only where the
 * text ends may it be cut off, inside a word or after one.
 */
function unitsMatched(typed: readonly Piece[], phrase: readonly string[]): number {
  for (const [index, word] of phrase.entries()) {
    const piece = typed[index]
    if (piece === undefined) return 0
    if (piece.text === word) {
      if (index === phrase.length - 1) return endsUnit(typed, index) ? piece.unit : 0
      // "narcotics" alone stands for what begins so, when it is long enough to say something.
      if (piece.isLast) return letters(typed, index) >= shortestBeginning + 1 ? piece.unit : 0
      continue
    }
    if (!piece.isLast || !word.startsWith(piece.text)) return 0
    return letters(typed, index) >= (isUnspaced(piece.text) ? 1 : shortestBeginning) ? piece.unit : 0
  }
  return 0
}

function endsUnit(typed: readonly Piece[], index: number): boolean {
  return typed[index + 1]?.unit !== typed[index]?.unit
}

function letters(typed: readonly Piece[], upTo: number): number {
  return typed.slice(0, upTo + 1).reduce((sum, { text }) => sum + text.length, 0)
}

function partsOf(words: readonly Unit[]): readonly string[] {
  return words.flatMap((word) => word.parts)
}

function firstLetter(word: string): string {
  return word.slice(0, 1)
}
