import {
  parseSearch,
  type SearchDictionary,
  type SearchQuery,
  type WordGroup,
} from '../domain/search-query.ts'
import { isOneSlipAway, shortestCorrected, slipsOf } from '../domain/spelling.ts'
import type { Db, Statement } from './connection.ts'

/** Beginnings up to this length have an index of their own. */
const shortBeginning = 3
/** So many words are looked for side by side; more are gathered first, which takes as long as they have meetings. */
const mostWords = 16
/** Counted up to here. */
const frequentFrom = 3000

/** What the index knows of words: how those begin that are typed, and which is meant by one that no meeting has. */
export class SearchSpelling {
  readonly #dictionary: SearchDictionary
  readonly #next: Statement<{ word: string }>
  readonly #count: Statement<{ meetings: number }>

  constructor(db: Db, dictionary: SearchDictionary) {
    this.#dictionary = dictionary
    this.#next = db.prepare(
      'search.next-word',
      'SELECT term AS word FROM meeting_word WHERE term >= :from ORDER BY term LIMIT 1',
    )
    this.#count = db.prepare(
      'search.count-word',
      `SELECT count(*) AS meetings FROM
         (SELECT 1 FROM meeting_search WHERE meeting_search MATCH :match LIMIT ${frequentFrom})`,
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
   * The words to look for in place of the beginning of one; null: all that begin so, of which there are many. When
   * the typed one is among them and very many meetings have it, it is looked for as it is: its own meetings fill
   * every list.
   */
  wordsFor(beginning: string): readonly string[] | null {
    if (beginning.length <= shortBeginning) return null
    const words = this.#wordsBeginning(beginning, mostWords + 1)
    if (words.length === 0) return [beginning]
    if (words.length <= mostWords) return words
    return words[0] === beginning && this.#meetings(beginning) >= frequentFrom ? [beginning] : null
  }

  #isKnown({ typed, joined }: WordGroup): boolean {
    return (joined !== null && this.#hasBeginning(joined)) || typed.every((word) => this.#hasBeginning(word))
  }

  #hasBeginning(word: string): boolean {
    return this.#wordsBeginning(word, 1).length > 0
  }

  /** The first of those that begin so; the index has them in their order. */
  #wordsBeginning(beginning: string, limit: number): readonly string[] {
    const words: string[] = []
    for (let from = beginning; words.length < limit;) {
      const word = this.#next.get({ from })?.word
      if (word === undefined || !word.startsWith(beginning)) break
      words.push(word)
      from = `${word}\0`
    }
    return words
  }

  /** Both the words and the index are in order: one look passes over all that lies before the next word there is. */
  #knownOf(words: Iterable<string>): readonly string[] {
    const known: string[] = []
    let next = ''
    for (const word of [...words].toSorted()) {
      if (word > next) next = this.#next.get({ from: word })?.word ?? '\uFFFF'
      if (word === next) known.push(word)
    }
    return known
  }

  #meetings(word: string): number {
    return this.#count.get({ match: `"${word}"` })?.meetings ?? 0
  }

  /** Of several the one that most meetings have, then the first by its letters. */
  #nearest(typed: string): string | null {
    if ([...typed].length < shortestCorrected) return null
    const letters = lettersOf(typed)
    const slips =
      letters === undefined
        ? this.#wordsBeginning(typed.slice(0, 1), mostCompared).filter((word) => isOneSlipAway(typed, word))
        : slipsOf(typed, letters)
    const found = new Map(this.#knownOf(slips).map((word) => [word, this.#meetings(word)]))
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

/** Of an alphabet that is not known so many words with the same first letter are compared. */
const mostCompared = 500

const alphabets = [
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'абвгдежзийклмнопрстуфхцчшщъыьэюяієґ',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'αβγδεζηθικλμνξοπρστυφχψως',
  'אבגדהוזחטיכךלמםנןסעפףצץקרשת',
].map((letters) => [...letters])

/** The alphabet of the typed word; none for scripts of syllables. */
function lettersOf(typed: string): readonly string[] | undefined {
  return alphabets.find((letters) => letters.includes(typed[0] ?? ''))
}
