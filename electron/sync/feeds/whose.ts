import type { Audience, FellowshipId, Kind } from '../../contract/models.ts'
import { audienceOf, createFellowshipMatcher, unknownFellowship } from '../../domain/fellowships.ts'
import { fellowships } from './directory.ts'
import type { ReaderSettings } from './reader.ts'
import { quoted } from './text.ts'

/** What a row and its feed say of whose it is. Type codes are not among it: they give nothing away. */
export type WhoseClues = {
  /** Columns of the row that name a fellowship, each with its name in the feed; absent ones are null. */
  readonly columns?: readonly { readonly name: string; readonly text: string | null }[]
  /** A column of the row that says what kind it is; only our own template has one. */
  readonly kind?: { readonly column: string; readonly kind: Kind } | null
  /** Names of the office behind the row, nearest first: service body, entity, calendar. */
  readonly offices?: readonly (string | null)[]
  /** A name that the feed gives itself, such as that of a calendar. */
  readonly ownName?: string | null
  /** For a format that only one fellowship uses, with the words for it: `BMLT`. */
  readonly format?: { readonly name: string; readonly fellowship: FellowshipId }
}

export type Whose = {
  readonly fellowship: FellowshipId
  readonly kind: Kind
  readonly audience: Audience
  /** `fellowship: ...; kind: ...; audience: ...`, for staff; no `;` inside of a part. */
  readonly decidedBy: string
  /** A column named a fellowship that the directory does not have; the next rule decided. Its value, quoted. */
  readonly unknownColumn: string | null
}

export type WhoseReader = (clues: WhoseClues) => Whose

/** More different clues than any feed has: a hostile one must not fill the memory. */
const maxRemembered = 5000

/**
 * Decides fellowship, kind and audience by design ruling "Fellowship", the same in every format: the feed's
 * setting, else the row's own column, else the name of the office or of the feed, else what the format is used
 * for, else unknown. Each answer says which rule decided.
 */
export function createWhose(settings: ReaderSettings): WhoseReader {
  const matcher = createFellowshipMatcher(fellowships)
  const remembered = new Map<string, Whose>()
  return (clues) => {
    const asked = JSON.stringify(clues)
    let whose = remembered.get(asked)
    if (whose === undefined) {
      if (remembered.size >= maxRemembered) remembered.clear()
      whose = decide(clues, settings, matcher)
      remembered.set(asked, whose)
    }
    return whose
  }
}

function decide(
  clues: WhoseClues,
  settings: ReaderSettings,
  matcher: ReturnType<typeof createFellowshipMatcher>,
): Whose {
  const kind = clues.kind?.kind ?? settings.kind
  const kindBy = clues.kind ? `the row's column ${inQuotes(clues.kind.column)}` : 'feed setting'
  const { fellowship, by, unknownColumn } = fellowshipOf(clues, kind, settings, matcher)
  const audience = audienceOf(fellowships, fellowship, kind)
  return {
    fellowship,
    kind,
    audience,
    decidedBy: `fellowship: ${by}; kind: ${kindBy}; audience: ${audienceBy(fellowship, kind)}`,
    unknownColumn,
  }
}

type Found = { readonly fellowship: FellowshipId; readonly by: string; readonly unknownColumn: string | null }

function fellowshipOf(
  clues: WhoseClues,
  kind: Kind,
  settings: ReaderSettings,
  matcher: ReturnType<typeof createFellowshipMatcher>,
): Found {
  let unknownColumn: string | null = null
  const found = (fellowship: FellowshipId, by: string): Found => ({ fellowship, by, unknownColumn })
  if (settings.fellowship !== null) return found(settings.fellowship, 'feed setting')
  for (const { name, text } of clues.columns ?? []) {
    if (text === null) continue
    const named = matcher.named(text) ?? matcher.inText(text)
    if (named !== null) return found(named, `the row's column ${inQuotes(name)} says ${inQuotes(text)}`)
    unknownColumn ??= quoted(text)
  }
  // Only peer groups belong to a fellowship: a club or a therapist may meet in its rooms.
  if (kind !== 'peer') return found(unknownFellowship, 'only peer groups have one')
  for (const name of clues.offices ?? []) {
    const named = name === null ? null : matcher.inText(name)
    if (named !== null) return found(named, `name of the office ${inQuotes(name)}`)
  }
  for (const name of [settings.feedName, clues.ownName]) {
    const named = name ? matcher.inText(name) : null
    if (named !== null) return found(named, `name of the feed ${inQuotes(name)}`)
  }
  if (clues.format) return found(clues.format.fellowship, `the format ${clues.format.name} is only its own`)
  return found(unknownFellowship, 'nothing names it')
}

function audienceBy(fellowship: FellowshipId, kind: Kind): string {
  if (kind !== 'peer') return 'the kind'
  return fellowship === unknownFellowship ? 'the fellowship is unknown' : 'the fellowship'
}

/** The parts of `decidedBy` end with a semicolon; one in a name must not look like such an end. */
function inQuotes(text: unknown): string {
  return quoted(text).replaceAll(';', ',')
}
