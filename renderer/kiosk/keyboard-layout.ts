import type { LocaleId } from '../../electron/contract/models.ts'
import type { KeyOrder } from './visit.ts'

/** Rows of letters by language; marks that names need stand with them (A11Y-12, LNG-10). */
const letters: Readonly<Record<LocaleId, Readonly<Record<KeyOrder, readonly string[]>>>> = {
  en: {
    qwerty: ['qwertyuiop', "asdfghjkl'", 'zxcvbnm-'],
    alphabetical: ['abcdefgh', 'ijklmnop', 'qrstuvwx', "yz'-"],
  },
  es: {
    qwerty: ['qwertyuiop', 'asdfghjklñ', "zxcvbnm'-"],
    alphabetical: ['abcdefgh', 'ijklmnño', 'pqrstuvw', "xyz'-"],
  },
}

const accents: Readonly<Record<LocaleId, readonly string[]>> = {
  en: ['áéíóúüñç', 'àèìòùâêô', 'äëïöåøãõ'],
  es: ['áéíóúüñç', 'àèìòùâêô', 'äëïöåøãõ'],
}

/** As on a phone, in as many rows as the letters: no key moves when they change places. */
const digits: Readonly<Record<KeyOrder, readonly string[]>> = {
  qwerty: ['123', '456', '7890'],
  alphabetical: ['123', '456', '789', '0'],
}

export type KeyLayer = 'letters' | 'accents' | 'digits'

/** Keys side by side: at most 8 in alphabetical order, so that one hand reaches all (A11Y-08). */
export function columnsOf(order: KeyOrder): number {
  return order === 'qwerty' ? 10 : 8
}

export function keyRows(
  locale: LocaleId,
  order: KeyOrder,
  layer: KeyLayer,
  capitals: boolean,
): readonly (readonly string[])[] {
  const rows = { letters: letters[locale][order], accents: accents[locale], digits: digits[order] }[layer]
  return rows.map((row) => Array.from(row, (key) => (capitals ? key.toLocaleUpperCase(locale) : key)))
}

/** True where a name begins a word: then the next letter is a capital unless one says otherwise. */
export function beginsWord(text: string): boolean {
  return text === '' || /[\s'’-]$/u.test(text)
}

/** Takes away what one sees as the last letter, with its marks. */
export function withoutLast(text: string): string {
  const parts = Array.from(new Intl.Segmenter().segment(text), (part) => part.segment)
  return parts.slice(0, -1).join('')
}
