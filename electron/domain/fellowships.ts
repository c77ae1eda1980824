import type { Audience, FellowshipId, Kind } from '../contract/models.ts'

/** One fellowship of `resources/directory/fellowships.json`, as far as rules need it. */
export type Fellowship = {
  readonly id: FellowshipId
  readonly name: string
  readonly abbr: string
  /** Other names it is listed under. */
  readonly aliases: readonly string[]
  /** False where the abbreviation is also a state, a street or a common word: CA, MA, RD, SMART. */
  readonly abbrInText: boolean
  /** The file's own words: `self`, `family`, `friend`, `parent`, `teen-family` ... */
  readonly audience: readonly string[]
}

export const unknownFellowship: FellowshipId = 'unknown'

/** Name and abbreviation of a fellowship, or null for an unknown one: the screen then says "Peer group". */
export function findFellowship(directory: readonly Fellowship[], id: FellowshipId): Fellowship | null {
  return directory.find((fellowship) => fellowship.id === id) ?? null
}

/**
 * For whom a meeting is. Clubs are for anyone, and so is a peer group of which nobody said whose it is:
 * a wrong guess would hide it from the people it is for. A fellowship that welcomes the person with the
 * addiction counts as theirs, also where it welcomes relatives too.
 */
export function audienceOf(directory: readonly Fellowship[], id: FellowshipId, kind: Kind): Audience {
  if (kind === 'club') return 'anyone'
  if (kind === 'therapy') return 'self'
  const fellowship = findFellowship(directory, id)
  if (fellowship === null) return 'anyone'
  return fellowship.audience.includes('self') ? 'self' : 'family'
}

export type FellowshipMatcher = {
  /** The fellowship whose id, name, abbreviation or alias is the whole text, whatever its case. */
  named(text: string): FellowshipId | null
  /** The only fellowship named in a text such as an office's name; null when there is none or several. */
  inText(text: string): FellowshipId | null
}

type Found = { readonly id: FellowshipId; readonly from: number; readonly to: number }

/** Compiles the directory once; matching a text then is a handful of pattern tests. */
export function createFellowshipMatcher(directory: readonly Fellowship[]): FellowshipMatcher {
  const whole = new Map<string, FellowshipId>()
  const patterns: { readonly id: FellowshipId; readonly pattern: RegExp }[] = []
  for (const { id, name, abbr, aliases, abbrInText } of directory) {
    for (const text of [id, name, abbr, ...aliases]) whole.set(text.toLowerCase(), id)
    for (const text of [name, ...aliases]) patterns.push({ id, pattern: wordsOf(text, 'giu') })
    // Case counts for an abbreviation: "NA" is a fellowship, "na" a word in many languages.
    if (abbrInText) patterns.push({ id, pattern: wordsOf(abbr, 'gu') })
  }
  return {
    named: (text) => whole.get(text.trim().toLowerCase()) ?? null,
    inText: (text) => {
      const found: Found[] = patterns.flatMap(({ id, pattern }) =>
        [...text.matchAll(pattern)].map((match) => ({
          id,
          from: match.index,
          to: match.index + match[0].length,
        })),
      )
      // "SMART Recovery Family & Friends" also contains "SMART Recovery": the longer name is meant.
      const outermost = found.filter(
        (inner) =>
          !found.some(
            (outer) =>
              outer.to - outer.from > inner.to - inner.from &&
              outer.from <= inner.from &&
              outer.to >= inner.to,
          ),
      )
      const ids = new Set(outermost.map((match) => match.id))
      const [only] = ids
      return ids.size === 1 && only !== undefined ? only : null
    },
  }
}

/** A pattern of whole words; a hyphen belongs to a word, so "Al-Anon" is not found in "Al-Anon-free". */
function wordsOf(text: string, flags: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}-])${escaped}(?![\\p{L}\\p{N}-])`, flags)
}
