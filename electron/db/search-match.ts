import type { MeetingFilter } from '../contract/kiosk-calls.ts'
import type { SearchQuery, WordGroup } from '../domain/search-query.ts'
import { factName, firstWordFact, noLanguage, type FactOf } from '../domain/search-words.ts'
import { fits, type Fit } from '../domain/ranking.ts'
import { isLanguage, type ListFilter } from './occurrence-filter.ts'

/**
 * Meetings of one kind of fit as an expression of the index. Each pass holds those of better fit too: who takes them
 * in their order skips what came before, which is cheaper than to leave it out of each expression.
 */
export type Pass = {
  readonly fit: Fit
  readonly isFar: boolean
  readonly match: string
  /** The same, narrowed to one weekday; 0 = Sunday. */
  readonly onWeekday: (weekday: number) => string
}

/*
 * Expressions are put together from folded words (letters and digits only) and names of facts, each in quotes:
 * nothing that was typed can be read as a part of the expression.
 */

const far = fact('p', 3)
const texts = '{name place about}'

/** The words to look for in place of the beginning of one; null: all that begin so. */
export type BeginningOf = (word: string) => readonly string[] | null

/**
 * The passes in the order of the ranking. Empty when neither words nor filter narrow anything down: then the
 * list of the day itself is the answer.
 */
export function passesOf(query: SearchQuery, filter: ListFilter, beginningOf: BeginningOf): readonly Pass[] {
  const narrowed = filterMatch(filter)
  const fitting = query.groups.length === 0 ? [] : fittingOf(query.groups, beginningOf)
  if (fitting.length === 0 && narrowed === null) return []
  const all = fitting.length === 0 ? [{ fit: fits.otherwise, match: narrowed ?? '' }] : fitting
  return [false, true].flatMap((isFar) =>
    all.map(({ fit, match }): Pass => {
      const wanted = [match, ...(narrowed === null || fitting.length === 0 ? [] : [narrowed])]
      return {
        fit,
        isFar,
        match: isFar ? every([far, ...wanted]) : `(${every(wanted)} NOT ${far})`,
        onWeekday: (weekday) =>
          every(isFar ? [fact('d', weekday), far, ...wanted] : [fact('r', weekday), ...wanted]),
      }
    }),
  )
}

type Fitting = { readonly fit: Fit; readonly match: string }

function fittingOf(groups: readonly WordGroup[], beginningOf: BeginningOf): readonly Fitting[] {
  const known = new Map<string, readonly string[] | null>()
  const wordsOf: BeginningOf = (word) => {
    const words = known.get(word) ?? beginningOf(word)
    known.set(word, words)
    return words
  }
  const beginning: Beginning = (columns, word) => `(${columns} : ${anyOf(word, wordsOf(word))})`
  const inName = every(groups.map((group) => typedIn('name', group, beginning)))
  const inPlace = every(groups.map((group) => typedIn('{name place}', group, beginning)))
  const named = groups.some(({ fellowships }) => fellowships.length > 0)
  const ofFellowship = groups.map((group) =>
    group.fellowships.length > 0
      ? any(group.fellowships.map((name) => `(facts : "${name}")`))
      : borneOut(group, beginning),
  )
  return [
    ...(named ? [{ fit: fits.fellowship, match: every(ofFellowship) }] : []),
    {
      fit: fits.nameBegins,
      match: startOf(
        groups.flatMap((group) => group.typed),
        wordsOf,
      ),
    },
    { fit: fits.inName, match: inName },
    { fit: fits.inPlace, match: inPlace },
    {
      fit: fits.otherwise,
      match: every(groups.map((group) => borneOut(group, beginning))),
    },
  ]
}

/** The first word names few meetings; only these are looked at for the words behind it. */
function startOf(words: readonly string[], wordsOf: BeginningOf): string {
  const [first = '', ...rest] = words
  const last = rest.pop()
  if (last === undefined) {
    const fact = firstWordFact(first)
    return `(facts : ${anyOf(fact, wordsOf(fact))})`
  }
  const phrase = [first, ...rest].map((word) => `"${word}" + `).join('')
  const ends = wordsOf(last)?.map((word) => `"${word}"`) ?? [`"${last}" *`]
  const starts = ends.map((end) => `(name : ^ ${phrase}${end})`)
  return every([`(facts : "${firstWordFact(first)}")`, any(starts)])
}

function anyOf(word: string, words: readonly string[] | null): string {
  return words === null ? `"${word}" *` : `(${words.map((other) => `"${other}"`).join(' OR ')})`
}

/** A word as the beginning of one in some columns. */
type Beginning = (columns: string, word: string) => string

function typedIn(columns: string, { typed, joined }: WordGroup, beginning: Beginning): string {
  const inParts = every(typed.map((word) => beginning(columns, word)))
  return joined === null ? inParts : any([inParts, beginning(columns, joined)])
}

function borneOut(group: WordGroup, beginning: Beginning): string {
  const { meaning } = group
  const typed = typedIn(texts, group, beginning)
  if (meaning === null) return typed
  return any([
    typed,
    ...meaning.words.map((word) => beginning(texts, word)),
    ...meaning.facts.map((name) => `(facts : "${name}")`),
  ])
}

/** The same as `conditionsOf`, but for the part of the day, which belongs to a date. */
function filterMatch({ filter = {}, ownLanguage }: ListFilter): string | null {
  const { kinds, fellowships, audience, languages, wheelchair, online } = filter
  const parts = [
    ...oneOf('k', kinds),
    ...oneOf('f', fellowships),
    ...oneOf('u', audience === undefined ? undefined : [audience, 'anyone']),
    ...oneOf('l', languages === undefined ? undefined : withOwn(languages, ownLanguage)),
    ...oneOf('w', wheelchair === true ? ['1'] : undefined),
    ...oneOf('t', online === true ? ['online', 'hybrid'] : undefined),
  ]
  return parts.length === 0 ? null : every(parts)
}

function oneOf(of: FactOf, values: readonly string[] | undefined): readonly string[] {
  return values === undefined ? [] : [any(values.map((value) => fact(of, value)))]
}

function withOwn(languages: NonNullable<MeetingFilter['languages']>, ownLanguage: string): readonly string[] {
  const own = languages.some((tag) => isLanguage(ownLanguage.toLowerCase(), tag.toLowerCase()))
  return own ? [...languages, noLanguage] : languages
}

function fact(of: FactOf, value: string | number): string {
  return `(facts : "${factName(of, value)}")`
}

function every(parts: readonly string[]): string {
  return `(${parts.join(' AND ')})`
}

/** An empty choice is met by nothing. */
function any(parts: readonly string[]): string {
  return parts.length === 0 ? '(facts : "_")' : `(${parts.join(' OR ')})`
}
