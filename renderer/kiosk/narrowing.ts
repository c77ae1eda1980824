import type { MeetingFilter } from '../../electron/contract/kiosk-calls.ts'
import type { Audience, FellowshipId, Kind } from '../../electron/contract/models.ts'

export type PartOfDay = NonNullable<MeetingFilter['partOfDay']>

/** One thing that a visitor wants of a meeting. A fellowship brings its name: the next day may not list it. */
export type Choice =
  | { readonly part: 'audience'; readonly is: Exclude<Audience, 'anyone'> }
  | { readonly part: 'kind'; readonly is: Kind }
  | { readonly part: 'partOfDay'; readonly is: PartOfDay }
  | { readonly part: 'online' }
  | { readonly part: 'wheelchair' }
  | { readonly part: 'language'; readonly is: string }
  | { readonly part: 'fellowship'; readonly is: FellowshipId; readonly name: string }

/** What a visitor narrowed the lists to, in the order of the touches; empty shows all. */
export type Narrowing = readonly Choice[]

/** Of these one excludes the other; of the rest each one more widens its part. */
const single = new Set<Choice['part']>(['audience', 'partOfDay'])

export function isSameChoice(a: Choice, b: Choice): boolean {
  return a.part === b.part && ('is' in a ? a.is : null) === ('is' in b ? b.is : null)
}

export function hasChoice(narrowing: Narrowing, choice: Choice): boolean {
  return narrowing.some((one) => isSameChoice(one, choice))
}

/** Takes a choice in or out again. */
export function toggleChoice(narrowing: Narrowing, choice: Choice): Narrowing {
  if (hasChoice(narrowing, choice)) return narrowing.filter((one) => !isSameChoice(one, choice))
  const kept = single.has(choice.part) ? narrowing.filter((one) => one.part !== choice.part) : narrowing
  return [...kept, choice]
}

/** The filter that main understands; undefined when there is nothing to narrow. */
export function filterOf(narrowing: Narrowing): MeetingFilter | undefined {
  if (narrowing.length === 0) return undefined
  const kinds = narrowing.flatMap((one) => (one.part === 'kind' ? [one.is] : []))
  const fellowships = narrowing.flatMap((one) => (one.part === 'fellowship' ? [one.is] : []))
  const languages = narrowing.flatMap((one) => (one.part === 'language' ? [one.is] : []))
  const audience = narrowing.find((one) => one.part === 'audience')?.is
  const partOfDay = narrowing.find((one) => one.part === 'partOfDay')?.is
  return {
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(fellowships.length === 0 ? {} : { fellowships }),
    ...(languages.length === 0 ? {} : { languages }),
    ...(audience === undefined ? {} : { audience }),
    ...(partOfDay === undefined ? {} : { partOfDay }),
    ...(narrowing.some((one) => one.part === 'wheelchair') ? { wheelchair: true } : {}),
    ...(narrowing.some((one) => one.part === 'online') ? { online: true } : {}),
  }
}
