import type { MeetingFilter } from '../contract/kiosk-calls.ts'

/** A filter, and the language of the center's lists: a meeting that names none is in that one. */
export type ListFilter = { readonly filter?: MeetingFilter | undefined; readonly ownLanguage: string }

/** Conditions on the columns of `occurrence`, each after an AND; the shape of the filter decides the text. */
export type Conditions = { readonly sql: string; readonly params: Readonly<Record<string, string>> }

/** Minutes after midnight at which afternoon and evening begin. */
export const afternoonFrom = 12 * 60
export const eveningFrom = 17 * 60

/** What a date must be like; what the filter does not name narrows nothing. */
export function conditionsOf({ filter = {}, ownLanguage }: ListFilter): Conditions {
  const conditions: string[] = []
  const params: Record<string, string> = {}
  const inList = (name: string, column: string, values: readonly string[] | undefined) => {
    if (values === undefined) return
    conditions.push(`${column} IN (SELECT value FROM json_each(:${name}))`)
    params[name] = JSON.stringify(values)
  }
  inList('kinds', 'kind', filter.kinds)
  inList('fellowships', 'fellowship', filter.fellowships)
  if (filter.audience === 'self') conditions.push(`audience <> 'family'`)
  if (filter.audience === 'family') conditions.push(`audience <> 'self'`)
  if (filter.wheelchair === true) conditions.push('wheelchair = 1')
  if (filter.online === true) conditions.push(`attendance <> 'in_person'`)
  if (filter.partOfDay !== undefined) conditions.push(partOfDay[filter.partOfDay])
  if (filter.languages !== undefined) {
    const tags = filter.languages.map((tag) => tag.toLowerCase())
    const own = tags.some((tag) => isLanguage(ownLanguage.toLowerCase(), tag)) ? `languages = '' OR ` : ''
    conditions.push(`(${own}EXISTS (SELECT 1 FROM json_each(:languages) WHERE instr(languages, value) > 0))`)
    params['languages'] = JSON.stringify(tags.flatMap((tag) => [` ${tag} `, ` ${tag}-`]))
  }
  return { sql: conditions.map((condition) => ` AND ${condition}`).join(''), params }
}

/** True when who asks for `wanted` is served by `tag`: Portuguese by Brazilian Portuguese, not the reverse. */
export function isLanguage(tag: string, wanted: string): boolean {
  return tag === wanted || tag.startsWith(`${wanted}-`)
}

/** What lasts all day is part of every part of it. */
const partOfDay = {
  morning: `ifnull(start_minute, 0) < ${afternoonFrom}`,
  afternoon: `ifnull(start_minute, ${afternoonFrom}) BETWEEN ${afternoonFrom} AND ${eveningFrom - 1}`,
  evening: `ifnull(start_minute, ${eveningFrom}) >= ${eveningFrom}`,
} as const
