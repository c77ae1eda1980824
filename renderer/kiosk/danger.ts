import words from '../../resources/directory/danger-words.json'

type Phrase = readonly string[]

/** Words of both languages, whichever is chosen: in distress one falls back on one's own. */
const phrases: readonly Phrase[] = [...words.en, ...words.es].map((phrase) => wordsOf(phrase, true))
const longest = Math.max(...phrases.map((phrase) => phrase.length))
/** A word of at least this many letters may have one slip. */
const forgivingLength = 7

/**
 * True when words typed for a search speak of suicide, self-harm, an overdose or a dangerous withdrawal: then help
 * is offered at once (PRV-13). It looks in the page only: nothing of it is sent, counted or kept.
 */
export function speaksOfDanger(text: string): boolean {
  const typed = wordsOf(text, false)
  for (let from = 0; from < typed.length; from += 1) {
    for (let length = 1; length <= longest && from + length <= typed.length; length += 1) {
      const part = typed.slice(from, from + length)
      if (phrases.some((phrase) => matches(phrase, part))) return true
    }
  }
  return false
}

/** Small letters without accents or marks; `*` at the end of a word stands for any ending. */
function wordsOf(text: string, withStars: boolean): readonly string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/['’]/gu, '')
  return plain.split(withStars ? /[^\p{L}\p{N}*]+/u : /[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

function matches(phrase: Phrase, typed: readonly string[]): boolean {
  if (phrase.length !== typed.length) return false
  return phrase.every((word, index) => isWord(word, typed[index] ?? ''))
}

function isWord(wanted: string, typed: string): boolean {
  if (wanted.endsWith('*')) return typed.startsWith(wanted.slice(0, -1))
  if (wanted === typed) return true
  return wanted.length >= forgivingLength && differsByOne(wanted, typed)
}

/** One letter more, less or other, or two neighbors the wrong way round. */
function differsByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const restA = a.slice(at)
  const restB = b.slice(at)
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
