import type { WeekOfMonth } from '../contract/models.ts'
import type { Feed } from '../db/feed-rows.ts'
import { datesIn } from '../db/listing-writer.ts'
import { whereaboutsOf, type Center } from '../domain/whereabouts.ts'
import type { ReadMeeting } from './feeds/reader.ts'
import { contentsOf, type Plan, type PlannedWrite } from './plan.ts'
import { standingOf, todayAt, windowAround } from './standing.ts'
import type { Workshop } from './workshop.ts'
import type { Step } from './write-chunks.ts'

/**
 * The steps of a plan, one meeting each with its rules and dates: what is new and changed first, then what
 * is gone, so that a run cut off midway has rather too many meetings than too few. What a meeting says is read
 * from `meetings` again, and its dates are computed, when a step is taken, before the lock.
 */
export function* planSteps(
  shop: Workshop,
  feed: Feed,
  plan: Plan,
  meetings: Iterable<ReadMeeting>,
  center: Center,
): Generator<Step> {
  const now = shop.clock.now()
  const window = windowAround(todayAt(center, now), center.zone)
  for (const { write, content } of contentsOf(plan, feed.canonicalAddress, meetings)) {
    const stored = write.carriesOn ?? write.id
    const dates = (weeks: readonly WeekOfMonth[] | null) =>
      content.attendance === 'inactive' ? [] : datesIn(window, content.rules, weeks)
    const weeksBefore = shop.meetings.findSaid(stored)?.weeks ?? null
    const dated = dates(weeksBefore)
    yield (tx) => {
      // Read under the lock: staff may have said something else of it since the step was made ready.
      const said = shop.meetings.findSaid(stored)
      const weeks = said?.weeks ?? null
      const stands = whereaboutsOf(standingOf(content, said?.here ?? null, feed.heldHere), center)
      if (write.carriesOn !== null) shop.writer.carryOn(tx, write.carriesOn, write.id)
      const isAsBefore = JSON.stringify(weeks) === JSON.stringify(weeksBefore)
      shop.writer.write(tx, toWrite(feed, write, content, stands), isAsBefore ? dated : dates(weeks), now)
    }
  }
  for (const id of plan.withdrawals) yield (tx) => shop.writer.withdraw(tx, id, now)
}

function toWrite(
  feed: Feed,
  { id, contentHash, fingerprint }: PlannedWrite,
  content: ReadMeeting,
  stands: ReturnType<typeof whereaboutsOf>,
): Parameters<Workshop['writer']['write']>[1] {
  return { id, feedId: feed.id, content, contentHash, fingerprint, stands }
}
