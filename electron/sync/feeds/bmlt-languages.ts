import { languageNames } from './directory.ts'

/**
 * Which language a BMLT format of that kind means. Its key is local to the server, so its name decides, in
 * whatever language the server writes it; a key that is a language code by itself is the last hint.
 */
export function languageOf(name: string, description: string, key: string): string | null {
  return inWords(name) ?? inWords(description) ?? byCode(key)
}

/** Languages that meetings are held in beyond those of the directory. */
const moreTags =
  'bn bs ca cs cy et eu ga gl gu hy id kk km lv mk mn mr ms ro si sq sr sw ta te ur vi yue zh zu'
const tags = [...languageNames.keys(), ...moreTags.split(' ')]
/** Languages that servers write their formats in. */
const writtenIn = ['en', 'de', 'es', 'fr', 'pt', 'it', 'pl', 'nl', 'sv', 'da', 'no', 'ru', 'el', 'fi', 'hu']

/** Names that no list of the system has. */
const aliases: Readonly<Record<string, string>> = {
  farsi: 'fa',
  dari: 'fa',
  castellano: 'es',
  mandarin: 'zh',
  tagalog: 'tl',
  serbo: 'sr',
  flemish: 'nl',
}

let tagsByName: ReadonlyMap<string, string> | null = null

function names(): ReadonlyMap<string, string> {
  if (tagsByName !== null) return tagsByName
  const found = new Map(Object.entries(aliases))
  for (const tag of tags) {
    for (const locale of [...writtenIn, tag]) {
      const name = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(tag)
      const key = name === undefined ? '' : folded(name)
      if (key !== '' && !found.has(key)) found.set(key, tag)
    }
  }
  tagsByName = found
  return found
}

/** Shorter stems would find languages in common words. */
const shortestStem = 5

function inWords(text: string): string | null {
  const known = names()
  const words = folded(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  for (const word of words) {
    // "In ungarische Sprache": with an ending.
    for (let length = word.length; length >= Math.max(word.length - 2, 1); length -= 1) {
      if (length < word.length && length < shortestStem) break
      const tag = known.get(word.slice(0, length))
      if (tag !== undefined) return tag
    }
  }
  return null
}

function byCode(key: string): string | null {
  const code = key.trim().toLowerCase()
  return tags.includes(code) ? code : null
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
