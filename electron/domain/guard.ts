import type { FeedProblem, LocalDate } from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Rule } from './schedule.ts'

/** What a run that was read whole would do to the list that is shown now. */
export type LossCheck = {
  /** Meetings of the new list that can be used. */
  readonly usable: number
  /** Active meetings of the feed that are not over (`isOver`). */
  readonly active: number
  /** How many of those the new list does not have, after renumbered ones were found again. */
  readonly lost: number
  /** Meetings with a date ahead, before and after. */
  readonly upcomingBefore: number
  readonly upcomingAfter: number
}

const lostShare = 0.3
const lostAtLeastMoreThan = 5

/**
 * The guard against loss (feeds.md 6.3, design ruling "Held back"): a list that would empty the board
 * is more often a broken feed than the truth, so staff decide. The detail is a sentence for them.
 */
export function checkLoss(check: LossCheck): Result<'passed', Extract<FeedProblem, GuardProblem>> {
  if (check.usable === 0) return err('nothing_usable', 'The new list has no meeting that can be shown.')
  if (check.lost > lostAtLeastMoreThan && check.lost >= check.active * lostShare) {
    return err('loses_too_many', `${check.lost} of ${check.active} meetings are missing in the new list.`)
  }
  if (check.upcomingBefore > 0 && check.upcomingAfter === 0) {
    return err('loses_too_many', 'No meeting in the new list has a date ahead.')
  }
  return ok('passed')
}

type GuardProblem = 'nothing_usable' | 'loses_too_many'

/**
 * True when no date of the meeting can come any more: its loss is no loss. A calendar that drops what
 * is past must not look like a broken one. In doubt false.
 */
export function isOver(rules: readonly Rule[], today: LocalDate): boolean {
  return rules.length > 0 && rules.every((rule) => lastDate(rule) < today)
}

function lastDate(rule: Rule): LocalDate {
  if (rule.form === 'weekly') return '9999-12-31'
  const dates = [rule.start, ...rule.rdates, ...rule.changes.map((change) => change.start ?? change.replaces)]
  if (rule.rrule !== null) {
    const until = /(?:^|;)UNTIL=(\d{4})(\d{2})(\d{2})/iu.exec(rule.rrule)
    dates.push(until === null ? '9999-12-31' : `${until[1]}-${until[2]}-${until[3]}`)
  }
  // One day of grace: the dates are wall-clock in the rule's own zone, and an event may run past midnight.
  const last = dates.reduce((late, date) => (date > late ? date : late), '')
  return dayAfter(last.slice(0, 10))
}

function dayAfter(date: LocalDate): LocalDate {
  const ms = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(ms) || date >= '9999'
    ? '9999-12-31'
    : new Date(ms + 86_400_000).toISOString().slice(0, 10)
}
