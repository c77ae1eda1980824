import {
  parseSearch,
  type SearchDictionary,
  type SearchQuery,
  type WordGroup,
} from '../domain/search-query.ts'
import { beginningOf, isOneSlipAway, shortestCorrected, slipsInBeginning } from '../domain/spelling.ts'
import type { Db, Statement } from './connection.ts'
import { beginningMatch } from './search-match.ts'

/** Beginnings up to this length have an index of their own. */
const shortBeginning = 3
const frequentFrom = 3000

type Word = { readonly word: string; readonly meetings: number }

/** Mends a word that no meeting has, by the words that there are. */
export class SearchSpelling {
  readonly #dictionary: SearchDictionary
  readonly #has: Statement<{ one: 1 }>
  readonly #beginning: Statement<Word>
  readonly #word: Statement<Word>

  constructor(db: Db, dictionary: SearchDictionary) {
    this.#dictionary = dictionary
    this.#has = db.prepare(
      'search.has-word',
      'SELECT 1 AS one FROM meeting_search WHERE meeting_search MATCH :match LIMIT 1',
    )
    this.#beginning = db.prepare(
      'search.words-beginning',
      'SELECT term AS word, doc AS meetings FROM meeting_word WHERE term >= :from AND term < :to',
    )
    this.#word = db.prepare(
      'search.word',
      'SELECT term AS word, doc AS meetings FROM meeting_word WHERE term = :word',
    )
  }

  /**
   * The query with each word that no meeting begins with replaced by the nearest one, and the words that are
   * looked for instead; null without a slip. `query` null: a word is unknown and none is near.
   */
  correct(query: SearchQuery): { readonly query: SearchQuery | null; readonly corrected: string | null } {
    const words: string[] = []
    let isMended = false
    for (const group of query.groups) {
      if (group.meaning !== null || this.#isKnown(group)) {
        words.push(...group.typed)
        continue
      }
      for (const word of group.typed) {
        const nearest = this.#hasBeginning(word) ? word : this.#nearest(word)
        if (nearest === null) return { query: null, corrected: null }
        isMended ||= nearest !== word
        words.push(nearest)
      }
    }
    if (!isMended) return { query, corrected: null }
    const corrected = words.join(' ')
    return { query: parseSearch(corrected, this.#dictionary), corrected }
  }

  /**
   * True for a whole word that very many meetings have. It is then looked for as it is: to gather all words that
   * begin with it would take longer than a frame, and its own meetings fill every list.
   */
  isFrequent(word: string): boolean {
    return word.length > shortBeginning && (this.#word.get({ word })?.meetings ?? 0) > frequentFrom
  }

  #isKnown({ typed, joined }: WordGroup): boolean {
    return (joined !== null && this.#hasBeginning(joined)) || typed.every((word) => this.#hasBeginning(word))
  }

  #hasBeginning(word: string): boolean {
    return this.#has.get({ match: beginningMatch(word) }) !== undefined
  }

  /** Of several the one that most meetings have, then the first by its letters. */
  #nearest(typed: string): string | null {
    if ([...typed].length < shortestCorrected) return null
    const found = new Map<string, number>()
    const from = beginningOf(typed)
    const to = `${from}\u{10FFFF}`
    for (const { word, meetings } of this.#beginning.all({ from, to })) {
      if (isOneSlipAway(typed, word)) found.set(word, meetings)
    }
    for (const word of slipsInBeginning(typed, lettersOf(typed))) {
      const known = this.#word.get({ word })
      if (known !== undefined) found.set(word, known.meetings)
    }
    for (const word of this.#dictionary.words) {
      if (!found.has(word) && isOneSlipAway(typed, word)) found.set(word, 0)
    }
    let best: string | null = null
    for (const [word, meetings] of found) {
      const isBetter =
        best === null || meetings > found.get(best)! || (meetings === found.get(best) && word < best)
      if (isBetter) best = word
    }
    return best
  }
}

const alphabets = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
].map((letters) => [...letters])

/** The alphabet of the typed word; none for scripts of syllables. */
function lettersOf(typed: string): readonly string[] {
  return alphabets.find((letters) => letters.includes(typed[0] ?? '')) ?? []
}
