import fellowshipFile from '../../../resources/directory/fellowships.json' with { type: 'json' }
import codeFile from '../../../resources/directory/type-codes.json' with { type: 'json' }
import hostFile from '../../../resources/directory/video-hosts.json' with { type: 'json' }
import type { Fellowship } from '../../domain/fellowships.ts'

/* The facts of `resources/directory/` as values; a test holds each file to its schema. */

/** One code of a Meeting Guide feed. Hidden for a meeting that nobody can come to when `onSite`. */
export type TypeFact = {
  readonly code: string
  readonly en: string
  readonly es?: string
  readonly onSite?: boolean
  readonly wheelchair?: boolean
  readonly openness?: string
}

export type CodeTable = {
  readonly id: string
  /** Fellowships that use the same codes. */
  readonly alsoFor: readonly string[]
  readonly name: string
  readonly types: readonly TypeFact[]
  /** Code of a language to its BCP 47 tag. */
  readonly languages: Readonly<Record<string, string | undefined>>
}

export const fellowships: readonly Fellowship[] = fellowshipFile.fellowships
export const codeTables: readonly CodeTable[] = codeFile.fellowships
/** Codes that mean the same in every fellowship: online, location closed. */
export const commonTypes: readonly TypeFact[] = codeFile.common
/** English name of each language by its BCP 47 tag. */
export const languageNames: ReadonlyMap<string, string> = new Map(
  codeFile.languages.map(({ tag, en }) => [tag, en]),
)
/** The same in Spanish. */
export const languagesInSpanish: ReadonlyMap<string, string> = new Map(
  codeFile.languages.map(({ tag, es }) => [tag, es]),
)
export const videoHosts: readonly { readonly endsWith: string; readonly name: string }[] = hostFile.hosts
