import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

type Tree = { readonly [key: string]: string | Tree }

/** Looks up the words that a visitor sees, so that steps are found as a person finds them. */
export function labelsOf(locale: string): (key: string) => string {
  const file = resolve(import.meta.dirname, '../../../resources/locales', `${locale}.json`)
  const catalog = JSON.parse(readFileSync(file, 'utf8')) as Tree
  return (key) => {
    let at: string | Tree | undefined = catalog
    for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
    if (typeof at !== 'string') throw new Error(`The catalog of ${locale} has no text ${key}.`)
    return at
  }
}
