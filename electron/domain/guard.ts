import type { FeedProblem, FellowshipId, LocalDate } from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Rule } from './schedule.ts'

/** What a list that was read whole would do to the one that is shown now. */
export type ListCheck = {
  /** Meetings of the new list that can be used. */
  readonly usable: number
  /** Active meetings of the feed that are not over (`isOver`). */
  readonly active: number
  /** How many of those the new list does not have, after renumbered ones were found again. */
  readonly lost: number
  /** Meetings with a date ahead, before and after. */
  readonly upcomingBefore: number
  readonly upcomingAfter: number
  /** Null when staff have said something else of whose the list is since it was read last. */
  readonly fellowships: FellowshipCheck | null
}

export type FellowshipCheck = {
  /** Active meetings that the new list has too. */
  readonly staying: number
  /** How many of them would change from one known fellowship to another. */
  readonly changing: number
  /** The most frequent of those changes; null without any. */
  readonly mostly: { readonly from: FellowshipId; readonly to: FellowshipId } | null
  /** Whose nine in ten of the meetings are, before and after; null when the list is mixed or unknown. */
  readonly before: FellowshipId | null
  readonly after: FellowshipId | null
}

type GuardProblem = Extract<
  FeedProblem,
  'nothing_usable' | 'loses_too_many' | 'loses_all_future' | 'changes_fellowship'
>

const share = 0.3
const moreThan = 5

/**
 * The guard against loss (feeds.md 6.3, design ruling "Held back"): a list that would empty the board, or turn
 * it into another fellowship's, is more often a broken feed than the truth, so staff decide. The detail is a
 * sentence for them. `nameOf` gives the name of a fellowship.
 */
export function checkList(
  check: ListCheck,
  nameOf: (id: FellowshipId) => string,
): Result<'passed', GuardProblem> {
  if (check.usable === 0) return err('nothing_usable', 'The new list has no meeting that can be shown.')
  if (check.lost > moreThan && check.lost >= check.active * share) {
    return err('loses_too_many', `${check.lost} of ${check.active} meetings are missing in the new list.`)
  }
  if (check.upcomingBefore > 0 && check.upcomingAfter === 0) {
    return err(
      'loses_all_future',
      `No meeting of the new list has a date ahead; ${check.upcomingBefore} of the present list have.`,
    )
  }
  return check.fellowships === null ? ok('passed') : checkFellowships(check.fellowships, nameOf)
}

function checkFellowships(
  check: FellowshipCheck,
  nameOf: (id: FellowshipId) => string,
): Result<'passed', GuardProblem> {
  const { staying, changing, mostly, before, after } = check
  if (mostly !== null && changing > moreThan && changing > staying * share) {
    return err(
      'changes_fellowship',
      `${changing} of ${staying} meetings would change from ${nameOf(mostly.from)} to ${nameOf(mostly.to)}.`,
    )
  }
  if (before !== null && after !== null && before !== after) {
    return err('changes_fellowship', `The list of ${nameOf(before)} would turn into one of ${nameOf(after)}.`)
  }
  return ok('passed')
}

const nearlyAll = 0.9

/** Whose nearly all meetings of a list are; null when there are none, several, or nobody knows. */
export function fellowshipOfList(counts: ReadonlyMap<FellowshipId, number>): FellowshipId | null {
  let total = 0
  let most: readonly [FellowshipId, number] | null = null
  for (const entry of counts) {
    total += entry[1]
    if (most === null || entry[1] > most[1]) most = entry
  }
  if (most === null || most[0] === 'unknown') return null
  return most[1] >= total * nearlyAll ? most[0] : null
}

/**
 * True when no date of the meeting can come any more: its loss is no loss. A calendar that drops what
 * is past must not look like a broken one. In doubt false: it is asked of each meeting at each run, so it is told
 * without expanding a rule, as `lastDateOf` would.
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
