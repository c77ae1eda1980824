import type { LocalDate } from '../contract/models.ts'
import type { Tx } from '../db/connection.ts'
import { datesIn, type ListingWriter } from '../db/listing-writer.ts'
import { parseRules, parseWeeks, toStanding } from '../db/meeting-rows.ts'
import type { MeetingStore } from '../db/meeting-store.ts'
import type { CompareRow, SameMeetingStore } from '../db/same-meeting-store.ts'
import { slotsOf } from '../domain/meeting-slots.ts'
import { groupsOf, sameness, traitsOf, type Traits } from '../domain/same-meeting.ts'
import { nowhere, whereaboutsOf, type Center } from '../domain/whereabouts.ts'
import { todayAt, windowAround } from './standing.ts'
import type { Workshop } from './workshop.ts'
import { writeInChunks, type Step } from './write-chunks.ts'

/** What settling reads and writes. Main has it too: what staff do takes effect at once. */
export type Settling = {
  readonly same: SameMeetingStore
  readonly meetings: MeetingStore
  readonly writer: ListingWriter
  readonly center: Center
  readonly today: LocalDate
}

type SettleReport = {
  readonly outcome: 'done' | 'stopped'
  /** How many meetings are shown, or not, since then. */
  readonly changed: number
  readonly longestHoldMs: number
}

/**
 * Finds which meetings of several feeds are one and shows each once (feeds.md 2.11). Works through all that have
 * changed since it last did, so it may be called after any work, and goes on where it was stopped. Besides:
 * `new day` those of calendars, because a series may have had its last date; `all` every meeting, because the
 * center's place or zone, or a feed's "held here", has changed.
 */
export async function settleSameMeetings(
  shop: Workshop,
  center: Center,
  besides: 'new day' | 'all' | null = null,
): Promise<SettleReport> {
  const today = todayAt(center, shop.clock.now())
  const settling: Settling = { ...shop, center, today }
  let changed = 0
  const settle = (number: number): Step => {
    return (tx) => {
      changed += settleMeetings(tx, settling, [number])
    }
  }
  let longestHoldMs = 0
  const run = async (steps: Iterable<Step>): Promise<SettleReport['outcome']> => {
    const done = await writeInChunks(steps, shop)
    longestHoldMs = Math.max(longestHoldMs, done.longestHoldMs)
    return done.outcome
  }
  let outcome: SettleReport['outcome'] = 'done'
  if (besides === 'all') outcome = await run(unsettleAll(shop.same))
  if (besides === 'new day') outcome = await run(shop.same.listWithDates().map(settle))
  if (outcome === 'done') outcome = await run(unsettled(shop.same, settle))
  return { outcome, changed, longestHoldMs }
}

const numbersAtOnce = 200

function* unsettleAll(same: SameMeetingStore): Generator<Step> {
  const last = same.lastNumber()
  for (let after = 0; after < last; after += numbersAtOnce) {
    yield (tx) => {
      same.unsettle(tx, after, numbersAtOnce)
    }
  }
}

function* unsettled(same: SameMeetingStore, settle: (number: number) => Step): Generator<Step> {
  for (let after = 0; ;) {
    const numbers = same.listUnsettled(after, numbersAtOnce)
    for (const number of numbers) yield settle(number)
    const last = numbers.at(-1)
    if (last === undefined || numbers.length < numbersAtOnce) return
    after = last
  }
}

type Entry = { readonly row: CompareRow; readonly traits: Traits | null }

/**
 * Compares these meetings with all that could be the same, and shows or hides what that changes. What it decides
 * does not depend on the order in which meetings are settled: each time the whole group is looked at, with all
 * that any of its members is, or was, the same as. Returns how many meetings are shown, or not, since then.
 */
export function settleMeetings(tx: Tx, settling: Settling, numbers: readonly number[]): number {
  const { same } = settling
  const entryOf = entriesOf(settling)
  const reached = new Set<number>()
  const reach = (number: number): void => {
    reached.add(number)
    for (const other of same.listGroup(entryOf(number)?.row.id ?? '')) if (!reached.has(other)) reach(other)
  }
  for (const number of numbers) {
    const entry = entryOf(number)
    const stored = same.slotsOf(number)
    const traits = entry?.traits ?? null
    const slots = traits === null ? [] : slotsOf(traits)
    same.replaceSlots(tx, number, stored, slots)
    same.settled(tx, number)
    if (entry === undefined) continue
    reach(number)
    for (const other of same.listInSlots(number, new Set([...stored, ...slots]))) {
      if (isOfOtherFeed(entry, entryOf(other))) reach(other)
    }
  }
  // A set grows while it is walked through: what is reached last is looked at too. What these meetings themselves
  // could be the same as has been reached.
  for (const number of reached) {
    if (numbers.includes(number)) continue
    const traits = entryOf(number)?.traits ?? null
    if (traits === null) continue
    for (const other of same.listInSlots(number, slotsOf(traits))) {
      const found = reached.has(other) ? null : (entryOf(other)?.traits ?? null)
      if (found !== null && sameness(traits, found) > 0) reach(other)
    }
  }
  const entries = [...reached].map(entryOf).filter((entry) => entry !== undefined)
  return applyGroups(tx, settling, entries)
}

function entriesOf({ same, center, today }: Settling): (number: number) => Entry | undefined {
  const known = new Map<number, Entry | undefined>()
  return (number) => {
    if (known.has(number)) return known.get(number)
    const row = same.find(number, center)
    const meeting = row?.meeting ?? null
    const traits = meeting === null ? null : traitsOf(meeting, center.zone, today)
    const entry = row === undefined ? undefined : { row, traits }
    known.set(number, entry)
    return entry
  }
}

/** One that is on no list any more was of any feed: what it stood for is looked at. */
function isOfOtherFeed(entry: Entry, other: Entry | undefined): boolean {
  if (other === undefined || other.traits === null) return false
  return entry.traits === null || entry.traits.meeting.feedId !== other.traits.meeting.feedId
}

function applyGroups(tx: Tx, settling: Settling, entries: readonly Entry[]): number {
  const { same, writer } = settling
  const traits = entries.map((entry) => entry.traits).filter((one) => one !== null)
  const shownAs = groupsOf(traits, (a, b) => same.isApart(a, b))
  const relisted = new Set<string>()
  const shownAgain: string[] = []
  let changed = 0
  for (const { row } of entries) {
    const shown = shownAs.get(row.id) ?? row.id
    const wanted = shown === row.id ? null : shown
    if (wanted === row.shownAs) continue
    changed += 1
    if (row.shownAs !== null) relisted.add(row.shownAs)
    if (wanted === null) {
      shownAgain.push(row.id)
    } else {
      relisted.add(wanted)
      writer.showAs(tx, row.id, wanted, nowhere, [])
    }
  }
  // Where one stands, and in which weeks it is, may be what staff said of another of its group: those first.
  for (const id of shownAgain) {
    const listing = listingOf(settling, id)
    if (listing !== null) writer.showAs(tx, id, null, listing.stands, listing.dated)
  }
  for (const id of relisted) relist(tx, settling, id)
  return changed
}

/** Writes anew where a meeting stands and when, by its row and what staff said of its group. */
export function relist(tx: Tx, settling: Omit<Settling, 'same'>, id: string): void {
  const listing = listingOf(settling, id)
  if (listing !== null) settling.writer.redate(tx, id, listing.stands, listing.dated)
}

function listingOf({ meetings, center, today }: Omit<Settling, 'same'>, id: string) {
  const row = meetings.findStanding(id)
  if (row === undefined) return null
  const isListed = row.state === 'active' && row.attendance !== 'inactive'
  const window = windowAround(today, center.zone)
  const dated = isListed ? datesIn(window, parseRules(row.rules), parseWeeks(row.weeksByStaff)) : []
  return { stands: whereaboutsOf(toStanding(row), center), dated }
}
