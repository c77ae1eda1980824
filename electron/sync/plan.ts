import type { KeptMeeting } from '../db/meeting-rows.ts'
import type { ReadMeeting } from './feeds/reader.ts'
import { contentHash, fingerprintOf, meetingId } from './identity.ts'
import { matchRenumbered } from './matching.ts'

export type PlannedWrite = {
  readonly id: string
  readonly content: ReadMeeting
  readonly contentHash: string
  readonly fingerprint: string
  /** What is stored of it now; of the old id when it carries one on. */
  readonly kept: KeptMeeting | null
  /** The id under which the feed listed it before it renumbered itself. */
  readonly carriesOn: string | null
}

/** What a run would change. Applying it twice, or the rest of it after a stop, ends in the same rows. */
export type Plan = {
  readonly writes: readonly PlannedWrite[]
  readonly withdrawals: readonly string[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

export type PlanInput = {
  readonly feedId: string
  readonly canonicalAddress: string
  readonly meetings: readonly ReadMeeting[]
  /** All meetings of the feed as stored. */
  readonly kept: readonly KeptMeeting[]
  /** Finds one that is stored but belongs to no feed now: the feed was off the list for a while. */
  readonly findKept: (id: string) => KeptMeeting | undefined
}

/** Compares a list that was read whole with the stored one, by content hash (feeds.md 2.9, 2.10). */
export function planRun(input: PlanInput): Plan {
  const keptById = new Map(input.kept.map((meeting) => [meeting.id, meeting]))
  const listed = identify(input.canonicalAddress, input.meetings)
  const known = listed.map((meeting) => ({
    ...meeting,
    kept: keptById.get(meeting.id) ?? input.findKept(meeting.id) ?? null,
  }))
  const listedIds = new Set(listed.map((meeting) => meeting.id))
  const leftovers = input.kept.filter((kept) => kept.state !== 'withdrawn' && !listedIds.has(kept.id))
  const newcomers = known.filter((meeting) => meeting.kept === null)
  const oldIdOf = new Map(matchRenumbered(leftovers, newcomers).map((match) => [match.newId, match.oldId]))

  const writes: PlannedWrite[] = []
  let added = 0
  let changed = 0
  for (const meeting of known) {
    const carriesOn = oldIdOf.get(meeting.id) ?? null
    const kept = carriesOn === null ? meeting.kept : (keptById.get(carriesOn) ?? null)
    if (carriesOn === null && isAsStored(meeting.contentHash, kept, input.feedId)) continue
    if (kept === null || kept.state === 'withdrawn') added += 1
    else changed += 1
    writes.push({ ...meeting, kept, carriesOn })
  }
  const carriedOn = new Set(oldIdOf.values())
  return {
    writes: writes.sort(byTime),
    // A hidden one is not shown anyway; it stays hidden, so that it does not come back as active.
    withdrawals: leftovers
      .filter((kept) => kept.state === 'active' && !carriedOn.has(kept.id))
      .map(({ id }) => id),
    added,
    changed,
    unchanged: known.length - writes.length,
  }
}

/**
 * Meetings of one day and time stand together in the index of the day's list: written in this order, a chunk
 * touches a fourth of the pages, and each touched page must be encrypted while the lock is held.
 */
function byTime(a: PlannedWrite, b: PlannedWrite): number {
  const left = timeOf(a)
  const right = timeOf(b)
  return left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : 1
}

function timeOf({ content }: PlannedWrite): string {
  const [rule] = content.rules
  if (rule === undefined) return ''
  return rule.form === 'weekly' ? `${rule.weekday} ${String(rule.startMinute).padStart(4, '0')}` : rule.start
}

function isAsStored(hash: string, kept: KeptMeeting | null, feedId: string): boolean {
  return kept !== null && kept.contentHash === hash && kept.state !== 'withdrawn' && kept.feedId === feedId
}

function identify(canonicalAddress: string, meetings: readonly ReadMeeting[]) {
  const used = new Set<string>()
  return meetings.map((meeting) => {
    let content = meeting
    let id = meetingId(canonicalAddress, content.key, content.part)
    // Two meetings under one key and part: both are kept, in the order of the feed (feeds.md 2.9).
    for (let copy = 2; used.has(id); copy += 1) {
      content = { ...meeting, part: `${meeting.part}~${copy}` }
      id = meetingId(canonicalAddress, content.key, content.part)
    }
    used.add(id)
    return { id, content, contentHash: contentHash(content), fingerprint: fingerprintOf(content) }
  })
}
