import type {
  HandoutDay,
  HandoutDocument,
  HandoutEntry,
  HandoutOnline,
} from '../contract/handout-document.ts'
import type { LocalDate } from '../contract/models.ts'

/*
 * Which listings stay when not all fit on paper. Every day and every section keeps its share, so a long list
 * of peer groups cannot push out the clubs, nor today the weekend. Within a day: what is held here first,
 * then the nearest of each fellowship in turn, so that the nearest church with ten meetings of one fellowship
 * does not hide the only one of another.
 */

/** A share of this keeps one listing of every day in every section; there is no smaller sheet. */
export const leastShare = 7

/** How many online meetings go with a share: twice as many as peer groups of a day. */
export function onlineShare(share: number): number {
  return Math.ceil((2 * share) / 7)
}

/**
 * Keeps about `share` peer groups of the week, the same number of each day, the odd ones for the soonest days;
 * of family groups and of clubs half as many of each day, at least one; and `onlineCount` online meetings.
 * What is left out is counted where it was, never dropped silently.
 */
export function limitHandout(
  document: HandoutDocument,
  share: number,
  onlineCount: number = onlineShare(share),
): HandoutDocument {
  const start = Date.parse(document.from)
  const ofDay = (date: LocalDate) => {
    const daysAhead = Math.round((Date.parse(date) - start) / 86_400_000)
    return Math.floor((share + 6 - daysAhead) / 7)
  }
  const halfOfDay = (date: LocalDate) => Math.ceil(ofDay(date) / 2)
  const online = keepBest(document.online, onlineCount, choiceOfOnline)
  const limited = {
    ...document,
    peerGroups: document.peerGroups.map((day) => limitDay(day, ofDay(day.date))),
    familyGroups: document.familyGroups.map((day) => limitDay(day, halfOfDay(day.date))),
    clubs: document.clubs.map((day) => limitDay(day, halfOfDay(day.date))),
    online,
    onlineLeftOut: document.onlineLeftOut + document.online.length - online.length,
  }
  const gone = meetingIds(document).size - meetingIds(limited).size
  return { ...limited, leftOut: document.leftOut + gone }
}

/** The lowest share at which `limitHandout` takes nothing away. */
export function fullShare(document: HandoutDocument): number {
  const longest = (days: readonly HandoutDay[]) => Math.max(0, ...days.map((day) => day.entries.length))
  return (
    7 *
    Math.max(
      1,
      longest(document.peerGroups),
      2 * longest(document.familyGroups),
      2 * longest(document.clubs),
      Math.ceil(document.online.length / 2),
    )
  )
}

/** Distinct meetings of a document: peer groups and clubs apart. */
export function countPrinted(document: HandoutDocument): {
  readonly meetings: number
  readonly clubs: number
} {
  const clubs = new Set<string>()
  const meetings = new Set<string>()
  for (const entry of entriesOf(document)) {
    const ids = entry.kind === 'club' ? clubs : meetings
    for (const id of idsOf(entry)) ids.add(id)
  }
  return { meetings: meetings.size, clubs: clubs.size }
}

/** Every listing of a document, section by section. */
export function entriesOf(document: HandoutDocument): readonly (HandoutEntry | HandoutOnline)[] {
  const { peerGroups, familyGroups, clubs, online } = document
  return [...[...peerGroups, ...familyGroups, ...clubs].flatMap((day) => day.entries), ...online]
}

function meetingIds(document: HandoutDocument): ReadonlySet<string> {
  return new Set(entriesOf(document).flatMap(idsOf))
}

/** An online listing may stand for several meetings: one of each weekday. */
function idsOf(entry: HandoutEntry | HandoutOnline): readonly string[] {
  return 'dates' in entry ? entry.dates.map((date) => date.meetingId) : [entry.meetingId]
}

function limitDay(day: HandoutDay, count: number): HandoutDay {
  const entries = keepBest(day.entries, count, choiceOfDay)
  return { ...day, entries, leftOut: day.leftOut + day.entries.length - entries.length }
}

/** The best `count` entries, in the order in which they were given. */
function keepBest<Entry extends HandoutEntry>(
  entries: readonly Entry[],
  count: number,
  choice: Choice,
): readonly Entry[] {
  if (entries.length <= count) return entries
  const kept = pickInTurns(entries.toSorted(choice.compare), count, choice)
  return entries.filter((entry) => kept.has(entry))
}

/** How a list is cut: classes one after the other, and within a class what is least like those kept so far. */
type Choice = {
  readonly compare: (a: HandoutEntry, b: HandoutEntry) => number
  readonly classOf: (entry: HandoutEntry) => number
  readonly traitsOf: (entry: HandoutEntry) => readonly string[]
}

/** Each pick depends only on those before it, so a larger count keeps all that a smaller one keeps. */
function pickInTurns<Entry extends HandoutEntry>(
  ranked: readonly Entry[],
  count: number,
  { classOf, traitsOf }: Choice,
): ReadonlySet<Entry> {
  const kept = new Set<Entry>()
  const seen = new Map<string, number>()
  const likeness = (entry: Entry) => traitsOf(entry).reduce((sum, trait) => sum + (seen.get(trait) ?? 0), 0)
  while (kept.size < count) {
    let best: Entry | null = null
    let bestScore = Infinity
    for (const entry of ranked) {
      if (kept.has(entry)) continue
      const score = classOf(entry) * ranked.length * 2 + likeness(entry)
      // Of equals the first by rank: the nearest, the soonest.
      if (score < bestScore) [best, bestScore] = [entry, score]
    }
    if (best === null) break
    kept.add(best)
    for (const trait of traitsOf(best)) seen.set(trait, (seen.get(trait) ?? 0) + 1)
  }
  return kept
}

const isCancelled = (entry: HandoutEntry) => entry.status === 'cancelled'

/** Of one day: held here first, then each fellowship in turn by distance, what is cancelled last. */
const choiceOfDay: Choice = {
  compare: rankInDay,
  classOf: (entry) => (entry.here ? 0 : isCancelled(entry) ? 2 : 1),
  traitsOf: (entry) => [entry.fellowshipName ?? ''],
}

/** Online meetings are one list for the whole week, which should not be all of this evening. */
const choiceOfOnline: Choice = {
  compare: rankOnline,
  classOf: (entry) => (isCancelled(entry) ? 1 : 0),
  traitsOf: (entry) => [entry.fellowshipName ?? '', entry.date],
}

function rankInDay(a: HandoutEntry, b: HandoutEntry): number {
  const distance = (entry: HandoutEntry) => entry.distanceMeters ?? Number.MAX_SAFE_INTEGER
  return distance(a) - distance(b) || bySoonest(a, b)
}

/** One that is online only before one that can also be visited: the latter stands under its days already. */
function rankOnline(a: HandoutEntry, b: HandoutEntry): number {
  const hybrid = (entry: HandoutEntry) => Number(entry.attendance === 'hybrid')
  return hybrid(a) - hybrid(b) || bySoonest(a, b)
}

/** Soonest first; the name and the id make the order the same on every machine. */
export function bySoonest(a: HandoutEntry | HandoutOnline, b: HandoutEntry | HandoutOnline): number {
  return a.startsAtMs - b.startsAtMs || compareText(a.name, b.name) || compareText(a.meetingId, b.meetingId)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
