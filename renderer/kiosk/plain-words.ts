import type { LocalDate } from '../../electron/contract/models.ts'
import words from '../../resources/directory/plain-words.json'
import { addDays } from '../ui/format.ts'

/** What is looked for, and from which day on for how many days. */
export type Question = { readonly text: string; readonly date: LocalDate; readonly days: number }

type Word = { readonly typed: string; readonly plain: string }
type Phrase = readonly string[]
type Part = { readonly en: readonly string[]; readonly es: readonly string[] }

/** Of both languages, whichever is chosen; longest first, so that "right now" is not half taken. */
const phrasesOf = ({ en, es }: Part): readonly Phrase[] =>
  [...en, ...es].map((text) => text.split(' ')).toSorted((a, b) => b.length - a.length)

const daysSaid = [
  { after: 0, phrases: phrasesOf(words.today) },
  { after: 1, phrases: phrasesOf(words.tomorrow) },
]
const notAfter = phrasesOf(words.notAfter)
const always = phrasesOf(words.always)
const small = phrasesOf(words.small)
const people = phrasesOf(words.people)

/**
 * The questions to put for a typed text, each only where those before it found nothing: people type "na meeting
 * tonight for my son", and every word of a search must be borne out. A day that is said comes first, then the text
 * as it stands (it may be a name), then less and less of it. An empty text asks for all: "tonight", "meetings".
 */
export function questionsOf(
  typed: string,
  today: LocalDate,
  days: number,
): readonly [Question, ...Question[]] {
  const text = typed.trim()
  const all = text.split(/\s+/u).map((word) => ({ typed: word, plain: plainOf(word) }))
  const said = sayDay(all)
  const week = (words: readonly Word[]) => ({ text: textOf(words), date: today, days })
  const asked: Question[] = []
  if (said !== null) {
    const date = addDays(today, said.after)
    asked.push(...shorter(said.rest).map((rest) => ({ text: textOf(rest), date, days: 1 })))
    asked.push({ text, date: today, days })
  }
  asked.push(...shorter(said?.rest ?? all).map(week))
  const [first = week(all), ...others] = asked.filter(
    (one, index) => asked.findIndex((other) => other.text === one.text && other.days === one.days) === index,
  )
  return [first, ...others]
}

/** The words without those that say nothing, then without more; those that leave a word. */
function shorter(words: readonly Word[]): readonly (readonly Word[])[] {
  const first = without(words, always)
  const second = without(first, small)
  if (first.length === 0) return [first]
  return [first, second, without(second, people)].filter((rest) => rest.length > 0)
}

function sayDay(words: readonly Word[]): { readonly after: number; readonly rest: readonly Word[] } | null {
  for (const { after, phrases } of daysSaid) {
    for (const phrase of phrases) {
      for (let at = 0; at + phrase.length <= words.length; at += 1) {
        if (!stands(words, at, phrase)) continue
        if (notAfter.some((before) => stands(words, at - before.length, before))) continue
        return { after, rest: [...words.slice(0, at), ...words.slice(at + phrase.length)] }
      }
    }
  }
  return null
}

function without(words: readonly Word[], phrases: readonly Phrase[]): readonly Word[] {
  const left: Word[] = []
  for (let at = 0; at < words.length;) {
    const found = phrases.find((phrase) => stands(words, at, phrase))
    if (found === undefined) left.push(...words.slice(at, at + 1))
    at += found?.length ?? 1
  }
  return left
}

const stands = (words: readonly Word[], at: number, phrase: Phrase) =>
  at >= 0 && phrase.every((word, index) => words[at + index]?.plain === word)

const textOf = (words: readonly Word[]) => words.map(({ typed }) => typed).join(' ')

const plainOf = (word: string) =>
  word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
