import type { Kind } from '../../electron/contract/models.ts'
import { makeCalendar } from './calendar.ts'
import { makeOwnRow, makeRow } from './rows.ts'

export type GeneratedFeed = {
  readonly fileName: string
  readonly kind: Kind
  /** As in `resources/directory/fellowships.json`; null for the center's own list and the clubs. */
  readonly fellowship: string | null
  readonly heldHere: boolean
  /** Meetings in it; one row each. */
  readonly meetings: number
  readonly text: string
}

/** Fellowships and the share of the peer groups that each has. */
const shares = [
  ['aa', 0.62],
  ['na', 0.22],
  ['al-anon', 0.16],
] as const

/** Four on each day of the week. */
const ownMeetings = 28
const clubShare = 0.02

/**
 * The lists of one area: three offices' Meeting Guide feeds, the center's own list, and a calendar of clubs,
 * together `size` meetings (at least 100). The same arguments give the same bytes on every machine.
 * `revision` 0 is the first edition; each later one changes one row in a hundred of the offices' feeds.
 */
export function generateFeeds(options: {
  readonly seed: number
  readonly size: number
  readonly revision: number
}): readonly GeneratedFeed[] {
  const { seed, size, revision } = options
  const clubs = Math.round(size * clubShare)
  const peers = size - clubs - ownMeetings
  let given = 0
  const offices = shares.map(([fellowship, share], index): GeneratedFeed => {
    const isLast = index === shares.length - 1
    const meetings = isLast ? peers - given : Math.round(peers * share)
    given += meetings
    const rows = Array.from({ length: meetings }, (_, row) => makeRow(seed, fellowship, row, revision))
    const fileName = `${fellowship}.json`
    return { fileName, kind: 'peer', fellowship, heldHere: false, meetings, text: listOf(rows) }
  })
  const own = Array.from({ length: ownMeetings }, (_, row) => makeOwnRow(seed, row))
  const shared = { fellowship: null, heldHere: false } as const
  return [
    ...offices,
    {
      ...shared,
      fileName: 'own.json',
      kind: 'peer',
      heldHere: true,
      meetings: ownMeetings,
      text: listOf(own),
    },
    { ...shared, fileName: 'clubs.ics', kind: 'club', meetings: clubs, text: makeCalendar(seed, clubs) },
  ]
}

/** One row a line: rows are joined one by one, so that no step needs the list a second time. */
function listOf(rows: readonly object[]): string {
  return `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`
}
