import type { MeetingFilter } from '../contract/kiosk-calls.ts'
import type { Attendance, Audience, DayFacets, FellowshipId, Kind } from '../contract/models.ts'
import { isLanguage, type ListFilter } from './occurrence-filter.ts'

/** Dates of a day that are alike in all that a filter looks at. */
export type FacetGroup = {
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  readonly attendance: Attendance
  readonly wheelchair: 0 | 1
  readonly languages: string
  /** 0 morning, 1 afternoon, 2 evening, -1 all day. */
  readonly part: -1 | 0 | 1 | 2
  readonly count: number
}

export type FacetCounts = Omit<DayFacets, 'fellowships'> & {
  readonly fellowships: readonly { readonly id: FellowshipId; readonly count: number }[]
}

const parts = ['morning', 'afternoon', 'evening'] as const

/** How many dates each choice would leave, each part of the filter counted under the other parts of it. */
export function countFacets(
  groups: readonly FacetGroup[],
  { filter = {}, ownLanguage }: ListFilter,
): FacetCounts {
  const own = ownLanguage.toLowerCase()
  const tests = testsOf(filter, own)
  const names = Object.keys(tests) as Part[]
  const kinds = { therapy: 0, peer: 0, club: 0 }
  const audiences = { self: 0, family: 0 }
  const partsOfDay = { morning: 0, afternoon: 0, evening: 0 }
  const fellowships = new Map<FellowshipId, number>()
  const languages = new Map<string, number>()
  let wheelchair = 0
  let online = 0
  for (const group of groups) {
    const failed = names.filter((name) => !tests[name](group))
    // What fails two parts is left by no single choice.
    if (failed.length > 1) continue
    const counts = (part: Part) => failed.length === 0 || failed[0] === part
    const { count } = group
    if (counts('kinds')) kinds[group.kind] += count
    if (counts('fellowships') && group.fellowship !== 'unknown') {
      fellowships.set(group.fellowship, (fellowships.get(group.fellowship) ?? 0) + count)
    }
    if (counts('audience')) {
      if (group.audience !== 'family') audiences.self += count
      if (group.audience !== 'self') audiences.family += count
    }
    if (counts('partOfDay')) {
      for (const [order, part] of parts.entries()) {
        if (group.part === order || group.part === -1) partsOfDay[part] += count
      }
    }
    if (counts('languages')) {
      for (const tag of tagsOf(group, own)) languages.set(tag, (languages.get(tag) ?? 0) + count)
    }
    if (counts('wheelchair') && group.wheelchair === 1) wheelchair += count
    if (counts('online') && group.attendance !== 'in_person') online += count
  }
  return {
    kinds,
    fellowships: mostFirst(fellowships).map(([id, count]) => ({ id, count })),
    languages: mostFirst(languages).map(([tag, count]) => ({ tag, count })),
    audiences,
    partsOfDay,
    wheelchair,
    online,
  }
}

type Part = keyof Required<MeetingFilter>

/** The same conditions as `conditionsOf`; a test holds the two together. */
function testsOf(filter: MeetingFilter, own: string): Record<Part, (group: FacetGroup) => boolean> {
  const { kinds, fellowships, audience, partOfDay, languages, wheelchair, online } = filter
  const wanted = languages?.map((tag) => tag.toLowerCase())
  return {
    kinds: ({ kind }) => kinds?.includes(kind) ?? true,
    fellowships: ({ fellowship }) => fellowships?.includes(fellowship) ?? true,
    audience: (group) => audience === undefined || group.audience === audience || group.audience === 'anyone',
    partOfDay: ({ part }) => partOfDay === undefined || part === -1 || parts[part] === partOfDay,
    languages: (group) =>
      wanted?.some((tag) => tagsOf(group, own).some((has) => isLanguage(has, tag))) ?? true,
    wheelchair: (group) => wheelchair !== true || group.wheelchair === 1,
    online: ({ attendance }) => online !== true || attendance !== 'in_person',
  }
}

function tagsOf({ languages }: FacetGroup, own: string): readonly string[] {
  return languages === '' ? [own] : languages.trim().split(' ')
}

/** Of equals by name, so that the order is the same on every machine. */
function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([a, of], [b, than]) => than - of || (a < b ? -1 : 1))
}
