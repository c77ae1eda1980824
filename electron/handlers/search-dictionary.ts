import searchFile from '../../resources/directory/search-words.json' with { type: 'json' }
import { createSearchDictionary, type SearchDictionary, type Term } from '../domain/search-query.ts'
import { factName, type FactOf } from '../domain/search-words.ts'
import { fellowships, languageNames } from '../sync/feeds/directory.ts'

/**
 * What typed words mean: the names of every fellowship in the directory, names of languages, and the words of
 * `search-words.json`. A fellowship that is added to the directory is found without a line here.
 */
export function searchDictionary(): SearchDictionary {
  return createSearchDictionary([...fellowshipTerms(), ...languageTerms(), ...fileTerms()])
}

function fellowshipTerms(): readonly Term[] {
  return fellowships.flatMap(({ id, name, abbr, aliases }) =>
    [name, abbr, ...aliases]
      .filter((text) => text !== '')
      .map((text) => ({ text, meaning: { facts: [factName('f', id)], words: [] } })),
  )
}

function languageTerms(): readonly Term[] {
  return [...languageNames].map(([tag, name]) => ({
    text: name,
    meaning: { facts: [factName('l', tag)], words: [] },
  }))
}

/** `facts` of the file are `letter:value`, as `factName` takes them. */
function fileTerms(): readonly Term[] {
  return searchFile.entries.flatMap((entry) => {
    const facts = entry.facts.map((text) => {
      const [of, value = ''] = text.split(':')
      return factName(of as FactOf, value)
    })
    const terms: readonly (readonly string[])[] = Object.values(entry.terms)
    return terms.flat().map((text) => ({ text, meaning: { facts, words: entry.words } }))
  })
}
