import { Temporal } from 'temporal-polyfill'
import type {
  HandoutDay,
  HandoutDocument,
  HandoutEntry,
  HandoutOnline,
  HelpLine,
} from '../contract/handout-document.ts'
import type { HandoutChoice } from '../contract/kiosk-calls.ts'
import type {
  DistanceUnit,
  EpochMs,
  LocaleId,
  LocalDate,
  OccurrenceRow,
  PrintSize,
} from '../contract/models.ts'
import { bySoonest, fullShare, leastShare, limitHandout } from './handout-limit.ts'

/** A row of the week with what only paper needs: the link and the number to join by. */
export type HandoutRow = OccurrenceRow & { readonly onlineUrl: string | null; readonly phone: string | null }

export type HandoutInput = {
  readonly choice: HandoutChoice
  /** Occurrences of the coming week in any order; what does not belong on paper is left out here. */
  readonly rows: readonly HandoutRow[]
  readonly nowMs: EpochMs
  readonly zone: string
  readonly distanceUnit: DistanceUnit
  readonly helpLines: readonly HelpLine[]
  readonly listsAsOfMs: EpochMs | null
  readonly sources: readonly string[]
  /** Meetings of the week that were too far down the list of their day even to be read. */
  readonly leftOut?: number
  /** Default: `pageLimits` of the size. */
  readonly pageLimit?: number
}

/** Three sheets on both sides are what fits into a pocket; large print gets a fourth. */
export const pageLimits: Readonly<Record<PrintSize, number>> = { standard: 6, large: 8 }

/** Days on a hand-out, today among them. */
export const handoutDays = 7

/** More listings than this cannot stand on one page. */
const mostPerPage = 28
const mostOnlinePerPage = 9

const nameLength = 255
const placeLength = 240

/**
 * What is on the hand-out: peer groups and clubs of the coming seven days, never a therapist-led group.
 * What has ended is left out. A cancelled date stays, marked, since people would otherwise come.
 * A meeting stands under each of its days: who looks up Wednesday reads Wednesday only.
 */
export function composeHandout(input: HandoutInput): HandoutDocument {
  const { choice, zone } = input
  const today = Temporal.Instant.fromEpochMilliseconds(input.nowMs).toZonedDateTimeISO(zone).toPlainDate()
  const from = today.toString()
  const to = today.add({ days: handoutDays - 1 }).toString()
  const rows = input.rows.filter(
    (row) =>
      row.kind !== 'therapy' && row.localDate >= from && row.localDate <= to && row.endsAtMs > input.nowMs,
  )
  const entries = rows.map(toEntry).toSorted(bySoonest)
  const inPerson = entries.filter((entry) => entry.attendance !== 'online')
  const peers = choice.peerGroups ? inPerson.filter((entry) => entry.kind === 'peer') : []
  const pageLimit = input.pageLimit ?? pageLimits[choice.size]
  const whole: HandoutDocument = {
    locale: choice.locale,
    paper: choice.paper,
    size: choice.size,
    zone,
    distanceUnit: input.distanceUnit,
    from,
    to,
    peerGroups: byDay(peers.filter((entry) => entry.audience !== 'family')),
    familyGroups: byDay(peers.filter((entry) => entry.audience === 'family')),
    clubs: byDay(choice.clubs ? inPerson.filter((entry) => entry.kind === 'club') : []),
    online: choice.online ? eachOnce(entries.filter(canBeJoinedFromAfar)) : [],
    onlineLeftOut: 0,
    helpLines: input.helpLines,
    listsAsOf: dateOf(input.listsAsOfMs, zone),
    sources: [...new Set(input.sources)].toSorted(),
    pageLimit,
    leftOut: input.leftOut ?? 0,
  }
  return withoutHopeless(whole)
}

/** True when there is no meeting to print with this choice. */
export function isEmptyHandout(document: HandoutDocument): boolean {
  const { peerGroups, familyGroups, clubs, online } = document
  return peerGroups.length + familyGroups.length + clubs.length + online.length === 0
}

/** A line of `crisisAndReferral` in `resources/directory/fellowships.json`, as far as paper needs it. */
export type CrisisLine = {
  readonly id: string
  readonly name: string
  readonly number?: string | undefined
  readonly call?: string | undefined
  readonly text?: string | undefined
  readonly textSpanish?: string | undefined
  readonly printable?: boolean | undefined
}

const printedLines = ['988', '911', 'samhsa']

/** The help lines of every sheet. A number that is not marked printable is never printed. */
export function helpLinesOf(lines: readonly CrisisLine[], locale: LocaleId): readonly HelpLine[] {
  return printedLines.flatMap((id) => {
    const line = lines.find((candidate) => candidate.id === id)
    const number = line?.call ?? line?.number
    if (line === undefined || number === undefined || line.printable !== true) return []
    return [{ id, name: line.name, number, text: textOf(line, locale) }]
  })
}

/** What to send is a word of the line's own, not ours to translate; a sentence of instructions is left out. */
function textOf(line: CrisisLine, locale: LocaleId): string | null {
  if (locale === 'es') return line.textSpanish?.replace(' to ', ' al ') ?? null
  return line.text !== undefined && /^\d+$/.test(line.text) ? line.text : null
}

/**
 * A county's list has thousands of listings for a sheet of a hundred. The page measures what it is given, so it
 * gets only what could fit: the least share that fills every page.
 */
function withoutHopeless(whole: HandoutDocument): HandoutDocument {
  const enough = whole.pageLimit * mostPerPage
  const listings = ({ peerGroups, familyGroups, clubs }: HandoutDocument) =>
    [...peerGroups, ...familyGroups, ...clubs].reduce((sum, day) => sum + day.entries.length, 0)
  const full = fullShare(whole)
  let share = leastShare
  while (share < full && listings(limitHandout(whole, share, 0)) < enough) share += 7
  return limitHandout(whole, share, whole.pageLimit * mostOnlinePerPage)
}

function toEntry(row: HandoutRow): HandoutEntry {
  return {
    date: row.localDate,
    startsAtMs: row.startsAtMs,
    endsAtMs: row.endsAtMs,
    allDay: row.allDay,
    status: row.status,
    meetingId: row.meetingId,
    name: clip(row.name, nameLength),
    kind: row.kind,
    fellowshipName: row.fellowshipName,
    audience: row.audience,
    attendance: row.attendance,
    here: row.whereabouts === 'here',
    // The place of what is held here is the center's own name and address, which no sheet carries (PRV-10).
    place: row.place === null || row.whereabouts === 'here' ? null : clip(row.place, placeLength),
    distanceMeters: row.distanceMeters,
    wheelchair: row.wheelchair,
    languages: row.languages,
    onlineUrl: webAddress(row.onlineUrl),
    phone: row.phone,
  }
}

function canBeJoinedFromAfar(entry: HandoutEntry): boolean {
  if (entry.attendance === 'online') return true
  return entry.attendance === 'hybrid' && (entry.onlineUrl !== null || entry.phone !== null)
}

function byDay(entries: readonly HandoutEntry[]): readonly HandoutDay[] {
  return [...Map.groupBy(entries, (entry) => entry.date)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, ofDay]) => ({ date, entries: ofDay, leftOut: 0 }))
}

/** One entry for each name and link, at its first date that is not cancelled, with all of its dates. */
function eachOnce(entries: readonly HandoutEntry[]): readonly HandoutOnline[] {
  const joinedBy = ({ name, onlineUrl, phone, meetingId }: HandoutEntry) =>
    JSON.stringify([name, onlineUrl ?? phone ?? meetingId])
  return [...Map.groupBy(entries, joinedBy).values()]
    .map((same) => {
      const first = same.find((entry) => entry.status !== 'cancelled') ?? same[0]!
      return { ...first, dates: same.map(dateAndStatus) }
    })
    .toSorted(bySoonest)
}

function dateAndStatus(entry: HandoutEntry): HandoutOnline['dates'][number] {
  const { meetingId, date, startsAtMs, endsAtMs, allDay, status } = entry
  return { meetingId, date, startsAtMs, endsAtMs, allDay, status }
}

/** Only what a phone should open: a feed may hold any text where a link is expected. */
function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null
  return /^https?:$/.test(new URL(text).protocol) ? text.trim() : null
}

function clip(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

function dateOf(ms: EpochMs | null, zone: string): LocalDate | null {
  if (ms === null) return null
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
}
