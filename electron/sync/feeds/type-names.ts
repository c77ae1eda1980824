import type { FellowshipId } from '../../contract/models.ts'
import { codeTables, commonTypes, languagesInSpanish } from './directory.ts'

/** Spanish name of a type code in one fellowship, from `type-codes.json`; null when it has none. */
export function spanishTypeName(code: string, fellowship: FellowshipId): string | null {
  const table = codeTables.find(({ id, alsoFor }) => id === fellowship || alsoFor.includes(fellowship))
  // Types before languages, as the reader decodes them.
  const fact = [...(table?.types ?? []), ...commonTypes].find((one) => one.code === code)
  if (fact !== undefined) return fact.es ?? null
  const tag = table?.languages[code]
  return tag === undefined ? null : (languagesInSpanish.get(tag) ?? null)
}
