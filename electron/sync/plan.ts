import type { KeptMeeting } from '../db/kept-store.ts'
import type { ReadMeeting } from './feeds/reader.ts'
import { contentHash, fingerprintOf, meetingId } from './identity.ts'
import { matchRenumbered } from './matching.ts'

/** One meeting to be written; what it says is read again when it is (`contentsOf`). */
export type PlannedWrite = {
  readonly id: string
  /** Its place in the walk through the list, counted from 0. */
  readonly position: number
  /** Of its key, as it is stored. */
  readonly part: string
  readonly contentHash: string
  readonly fingerprint: string
  /** The id under which the feed listed it before it renumbered itself. */
  readonly carriesOn: string | null
}

/** What a run would change. Applying it twice, or the rest of it after a stop, ends in the same rows. */
export type Plan = {
  /** In the order of the feed. */
  readonly writes: readonly PlannedWrite[]
  readonly withdrawals: readonly string[]
  /** Meetings of the list, whether they are written or not. */
  readonly listed: number
  readonly added: number
  readonly changed: number
  /** What the writes say, in their order, when they are few; null: it is read again (`contentsOf`). */
  readonly held: readonly ReadMeeting[] | null
}

export type PlanInput = {
  readonly feedId: string
  readonly canonicalAddress: string
  /** Walked once; of a large list nothing is held but what can be compared. */
  readonly meetings: Iterable<ReadMeeting>
  /** All meetings of the feed as stored, by id. */
  readonly kept: ReadonlyMap<string, KeptMeeting>
  /** Finds one that is stored but belongs to no feed now: the feed was off the list for a while. */
  readonly findKept: (id: string) => KeptMeeting | undefined
  /** Sees each meeting as it goes by, with what is stored under its id. */
  readonly onMeeting?: (meeting: ReadMeeting, kept: KeptMeeting | null) => void
  /** Called now and then with the rows so far, so that the thread can tell how far it is and hear a stop. */
  readonly takeBreath?: (rows: number) => Promise<'go on' | 'stop'>
}

const rowsBetweenBreaths = 250

type Pending = Omit<PlannedWrite, 'carriesOn'> & { readonly kept: KeptMeeting | null }

/** Compares a list that was read whole with the stored one, by content hash (feeds.md 2.9, 2.10). Null: stopped. */
export async function planRun(input: PlanInput): Promise<Plan | null> {
  const { kept: stored, feedId } = input
  const ids = new ListedIds(input.canonicalAddress)
  const pending: Pending[] = []
  let held: ReadMeeting[] | null = []
  let listed = 0
  for (const meeting of input.meetings) {
    const { id, part } = ids.next(meeting)
    const content = part === meeting.part ? meeting : { ...meeting, part }
    const kept = stored.get(id) ?? input.findKept(id) ?? null
    const hash = contentHash(content)
    input.onMeeting?.(content, kept)
    if (!isAsStored(hash, kept, feedId)) {
      const fingerprint = fingerprintOf(content)
      pending.push({ id, position: listed, part, contentHash: hash, fingerprint, kept })
      // The usual refresh changes a few: a second walk would cost more than they do.
      if (pending.length > heldAtOnce) held = null
      else held?.push(content)
    }
    listed += 1
    if (listed % rowsBetweenBreaths === 0 && (await input.takeBreath?.(listed)) === 'stop') return null
  }
  const leftovers: KeptMeeting[] = []
  for (const kept of stored.values()) {
    if (kept.state !== 'withdrawn' && !ids.has(kept.id)) leftovers.push(kept)
  }
  const newcomers = pending.filter((meeting) => meeting.kept === null)
  const oldIdOf = new Map(matchRenumbered(leftovers, newcomers).map((match) => [match.newId, match.oldId]))

  const writes: PlannedWrite[] = []
  let added = 0
  let changed = 0
  for (const { kept: own, ...meeting } of pending) {
    const carriesOn = oldIdOf.get(meeting.id) ?? null
    const kept = carriesOn === null ? own : (stored.get(carriesOn) ?? null)
    if (kept === null || kept.state === 'withdrawn') added += 1
    else changed += 1
    writes.push({ ...meeting, carriesOn })
  }
  const carriedOn = new Set(oldIdOf.values())
  return {
    writes,
    // A hidden one is not shown anyway; it stays hidden, so that it does not come back as active.
    withdrawals: leftovers
      .filter((kept) => kept.state === 'active' && !carriedOn.has(kept.id))
      .map(({ id }) => id),
    listed,
    added,
    changed,
    held,
  }
}

function isAsStored(hash: string, kept: KeptMeeting | null, feedId: string): boolean {
  return kept !== null && kept.contentHash === hash && kept.state !== 'withdrawn' && kept.feedId === feedId
}

/** Two meetings under one key and part: both are kept, in the order of the feed (feeds.md 2.9). */
class ListedIds {
  readonly #address: string
  readonly #used = new Set<string>()

  constructor(canonicalAddress: string) {
    this.#address = canonicalAddress
  }

  next(meeting: ReadMeeting): { readonly id: string; readonly part: string } {
    let { part } = meeting
    let id = meetingId(this.#address, meeting.key, part)
    for (let copy = 2; this.#used.has(id); copy += 1) {
      part = `${meeting.part}~${copy}`
      id = meetingId(this.#address, meeting.key, part)
    }
    this.#used.add(id)
    return { id, part }
  }

  has(id: string): boolean {
    return this.#used.has(id)
  }
}

export type PlannedContent = { readonly write: PlannedWrite; readonly content: ReadMeeting }

/**
 * So many meetings are held at once, whatever the size of the list. Those of one day and time stand together in the
 * index of the day's list: written in that order, a chunk touches a fourth of the pages, and each touched page
 * must be encrypted while the lock is held.
 */
const heldAtOnce = 2000

/**
 * What is to be written; when it is much, taken from a second walk through the same list. Throws when that walk
 * does not come by what the first one saw.
 */
export function* contentsOf(
  plan: Plan,
  canonicalAddress: string,
  meetings: Iterable<ReadMeeting>,
): Generator<PlannedContent> {
  if (plan.held !== null) {
    const { held } = plan
    yield* plan.writes
      .flatMap((write, n) => held.slice(n, n + 1).map((content) => ({ write, content })))
      .sort(byTime)
    return
  }
  let batch: PlannedContent[] = []
  let position = 0
  let next = 0
  for (const meeting of meetings) {
    const write = plan.writes[next]
    if (write === undefined) break
    if (write.position === position) {
      if (meetingId(canonicalAddress, meeting.key, write.part) !== write.id) throw new Error(walksDiffer)
      batch.push({ write, content: { ...meeting, part: write.part } })
      next += 1
    }
    position += 1
    if (batch.length >= heldAtOnce) {
      yield* batch.sort(byTime)
      batch = []
    }
  }
  if (next < plan.writes.length) throw new Error(walksDiffer)
  yield* batch.sort(byTime)
}

const walksDiffer = 'The second walk through a list differs from the first.'

function byTime(a: PlannedContent, b: PlannedContent): number {
  const left = timeOf(a)
  const right = timeOf(b)
  return left < right ? -1 : left > right ? 1 : a.write.id < b.write.id ? -1 : 1
}

function timeOf({ content }: PlannedContent): string {
  const [rule] = content.rules
  if (rule === undefined) return ''
  return rule.form === 'weekly' ? `${rule.weekday} ${String(rule.startMinute).padStart(4, '0')}` : rule.start
}
