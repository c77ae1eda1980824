import type { RowRemark } from '../contract/models.ts'
import type { Feed } from '../db/feed-rows.ts'
import { datesIn } from '../db/listing-writer.ts'
import { mayBeCapped, occurrencesOf } from '../domain/occurrences.ts'
import { whereaboutsOf, type Center } from '../domain/whereabouts.ts'
import type { ReadMeeting } from './feeds/reader.ts'
import { tooManyDates } from './feeds/remarks.ts'
import type { Plan } from './plan.ts'
import { standingOf, todayAt, windowAround } from './standing.ts'
import type { Workshop } from './workshop.ts'
import type { Step } from './write-chunks.ts'

/**
 * The steps of a plan, one meeting each with its rules and dates: what is new and changed first, then what
 * is gone, so that a run cut off midway has rather too many meetings than too few. A date's expansion is
 * computed when a step is taken, before the lock.
 */
export function* planSteps(shop: Workshop, feed: Feed, plan: Plan, center: Center): Generator<Step> {
  const now = shop.clock.now()
  const window = windowAround(todayAt(center, now), center.zone)
  for (const { id, content, contentHash, fingerprint, carriesOn } of plan.writes) {
    const isShown = content.attendance !== 'inactive'
    const weeks = isShown ? (shop.meetings.findKept(carriesOn ?? id)?.weeksByStaff ?? null) : null
    const dated = isShown ? datesIn(window, content.rules, weeks) : []
    yield (tx) => {
      // Read under the lock: staff may have marked or hidden it since the plan was made.
      const current = shop.meetings.findKept(carriesOn ?? id)
      const stands = whereaboutsOf(standingOf(content, current?.hereByStaff ?? null, feed.heldHere), center)
      if (carriesOn !== null) shop.writer.carryOn(tx, carriesOn, id)
      shop.writer.write(tx, { id, feedId: feed.id, content, contentHash, fingerprint, stands }, dated, now)
    }
  }
  for (const id of plan.withdrawals) yield (tx) => shop.writer.withdraw(tx, id, now)
}

/** One remark for each listed meeting with too many dates to keep, whether this run writes it or not. */
export function cappedMeetings(
  meetings: readonly ReadMeeting[],
  center: Center,
  nowMs: number,
): readonly RowRemark[] {
  const window = windowAround(todayAt(center, nowMs), center.zone)
  return meetings
    .filter(({ attendance, rules }) => attendance !== 'inactive' && mayBeCapped(rules))
    .filter(({ rules }) => occurrencesOf(rules, window).capped)
    .map(({ key }) => tooManyDates(key))
}
