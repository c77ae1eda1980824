import type {
  HandoutDay,
  HandoutDocument,
  HandoutEntry,
  HandoutOnline,
} from '../../electron/contract/handout-document.ts'
import type { LocalDate } from '../../electron/contract/models.ts'

export type DaySection = 'peerGroups' | 'familyGroups' | 'clubs'
export type Section = DaySection | 'online'

/** How many of a day's listings are on paper when not all are: the heading says so. */
export type Shown = { readonly some: number; readonly all: number }

/** The smallest things that a page is made of; none is ever cut. */
export type Block =
  | { readonly kind: 'front'; readonly leftOut: number; readonly printed: number }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'section'
      readonly section: Section
      readonly continued: boolean
      readonly shown: Shown | null
    }
  | {
      readonly kind: 'day'
      readonly section: DaySection
      readonly date: LocalDate
      readonly continued: boolean
      /** At the top of a page the heading also names its section. */
      readonly labelled: boolean
      readonly shown: Shown | null
    }
  | { readonly kind: 'entry'; readonly section: DaySection; readonly entry: HandoutEntry }
  | { readonly kind: 'online'; readonly entry: HandoutOnline }
  | { readonly kind: 'about' }

/** Blocks that stay on one page: a heading with the first thing that it heads. */
export type Unit = readonly Block[]

const daySections: readonly DaySection[] = ['peerGroups', 'familyGroups', 'clubs']

/** The document from its title to its last line. `printed` counts the distinct meetings in it. */
export function unitsOf(document: HandoutDocument, printed: number): readonly Unit[] {
  const units: Unit[] = [[{ kind: 'front', leftOut: document.leftOut, printed }]]
  for (const section of daySections) {
    const days = document[section].filter((day) => day.entries.length > 0)
    days.forEach((day, index) => units.push(...dayUnits(section, day, index === 0)))
  }
  units.push(...onlineUnits(document))
  if (printed === 0) units.push([{ kind: 'nothing' }])
  units.push([{ kind: 'about' }])
  return units
}

/** Where a heading of the same name is repeated after a page break, and how. */
export function continuationOf(block: Block): Block | null {
  if (block.kind === 'entry') {
    return {
      kind: 'day',
      section: block.section,
      date: block.entry.date,
      continued: true,
      labelled: true,
      shown: null,
    }
  }
  if (block.kind === 'online') return { kind: 'section', section: 'online', continued: true, shown: null }
  return null
}

/** Blocks of one key have one height: what they say differs in a number at most. */
export function heightKey(block: Block): string {
  switch (block.kind) {
    case 'front':
      return `front:${block.leftOut > 0}`
    case 'nothing':
    case 'about':
      return block.kind
    case 'section':
      return `section:${block.section}:${block.continued}:${block.shown !== null}`
    case 'day':
      return `day:${block.section}:${block.date}:${block.labelled}:${block.shown !== null}`
    case 'entry':
      return `entry:${block.section}:${entryKey(block.entry)}`
    case 'online':
      return `online:${block.entry.meetingId}:${block.entry.startsAtMs}`
  }
}

/** Every block that can come up, at its tallest, to be measured once. */
export function blocksToMeasure(document: HandoutDocument, meetings: number): readonly Block[] {
  const blocks: Block[] = [
    { kind: 'front', leftOut: 0, printed: meetings },
    // As long as its sentence about what did not fit can get.
    { kind: 'front', leftOut: meetings + document.leftOut + 1, printed: meetings },
    { kind: 'nothing' },
    { kind: 'about' },
  ]
  for (const section of daySections) {
    blocks.push({ kind: 'section', section, continued: false, shown: null })
    for (const { date, entries } of document[section]) {
      for (const labelled of [false, true]) {
        // At the top of a page a heading is at its longest when it also says "continued".
        blocks.push({ kind: 'day', section, date, continued: labelled, labelled, shown: null })
        blocks.push({ kind: 'day', section, date, continued: false, labelled, shown: mostShown })
      }
      blocks.push(...entries.map((entry): Block => ({ kind: 'entry', section, entry })))
    }
  }
  blocks.push(
    { kind: 'section', section: 'online', continued: false, shown: null },
    { kind: 'section', section: 'online', continued: false, shown: mostShown },
    { kind: 'section', section: 'online', continued: true, shown: null },
    ...document.online.map((entry): Block => ({ kind: 'online', entry })),
  )
  return blocks
}

const mostShown: Shown = { some: 888, all: 88_888 }

function entryKey(entry: HandoutEntry): string {
  return `${entry.date}:${entry.startsAtMs}:${entry.meetingId}`
}

function dayUnits(section: DaySection, day: HandoutDay, first: boolean): readonly Unit[] {
  const entries = day.entries.map((entry): Block => ({ kind: 'entry', section, entry }))
  const shown = shownOf(entries.length, day.leftOut)
  const head: Block[] = first ? [{ kind: 'section', section, continued: false, shown: null }] : []
  head.push({ kind: 'day', section, date: day.date, continued: false, labelled: false, shown })
  return headed(head, entries)
}

function onlineUnits(document: HandoutDocument): readonly Unit[] {
  const entries = document.online.map((entry): Block => ({ kind: 'online', entry }))
  const shown = shownOf(entries.length, document.onlineLeftOut)
  return headed([{ kind: 'section', section: 'online', continued: false, shown }], entries)
}

function headed(head: Unit, [first, ...rest]: Unit): readonly Unit[] {
  return first === undefined ? [] : [[...head, first], ...rest.map((block) => [block])]
}

function shownOf(some: number, leftOut: number): Shown | null {
  return leftOut === 0 ? null : { some, all: some + leftOut }
}
