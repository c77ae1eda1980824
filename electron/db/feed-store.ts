import type {
  FeedCounts,
  FeedFormat,
  FeedProblem,
  FeedRunView,
  FeedScope,
  FeedView,
  FellowshipId,
  Kind,
  RowRemark,
} from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { longestWaitShare, minutesUntilNextRun } from '../domain/back-off.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Db, Tx } from './connection.ts'
import { canonicalFileAddress, canonicalWebAddress } from './feed-address.ts'
import { cappedRemarks, nameFromAddress, toFeed, toFeedView, type Feed } from './feed-rows.ts'
import { prepareFeedStatements } from './feed-statements.ts'

/** What staff say of a feed. */
export type FeedSettings = {
  /** Empty: named after the host or the file until the feed proposes one. */
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  readonly zone: string | null
  readonly heldHere: boolean
  /** 360 unless told. */
  readonly everyMinutes?: number | undefined
  /** For a BMLT server only. */
  readonly scope?: FeedScope | null | undefined
  readonly utcIsLocal?: boolean | undefined
  readonly midnightBefore?: boolean | undefined
}

export type NewFeed = FeedSettings & {
  readonly source:
    | { readonly from: 'file'; readonly path: string }
    | { readonly from: 'web'; readonly address: string; readonly plainHttpAllowed: boolean }
}

/** How a run ended. `interrupted` runs are repeated at the next start. */
export type RunEnd =
  | {
      readonly outcome: 'applied'
      readonly format: FeedFormat
      readonly proposedName: string | null
      readonly counts: FeedCounts
      readonly remarks: readonly RowRemark[]
      readonly etag: string | null
      readonly lastModified: string | null
      readonly contentHash: string
    }
  | { readonly outcome: 'unchanged'; readonly etag: string | null; readonly lastModified: string | null }
  | {
      readonly outcome: 'held_back' | 'failed'
      readonly problem: FeedProblem
      readonly detail: string | null
      /** What was in the list that was not taken, when it could be read. */
      readonly list?: ReadList
      /** Names of the meetings that would go, at most 20. */
      readonly lost?: readonly string[]
      /** The server asked to be left alone for so long. */
      readonly retryAfterMs?: number | undefined
    }
  | { readonly outcome: 'interrupted' }

type ReadList = {
  readonly format: FeedFormat
  readonly counts: FeedCounts
  readonly remarks: readonly RowRemark[]
}

export type RunTally = {
  readonly bytes: number
  readonly read: number
  readonly kept: number
  readonly refused: number
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export const emptyTally: RunTally = {
  bytes: 0,
  read: 0,
  kept: 0,
  refused: 0,
  added: 0,
  changed: 0,
  removed: 0,
}

/** Runs are kept for half a year, for the desk's page of a feed. */
const runsKeptMs = 180 * 86_400_000

type Dependencies = { readonly clock: Clock; readonly ids: Ids; readonly machineId: string }

/** Feeds and their runs. What the meetings of a feed are is the meeting store's. */
export class FeedStore {
  readonly #db: Db
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #machineId: string
  readonly #sql: ReturnType<typeof prepareFeedStatements>

  constructor(db: Db, { clock, ids, machineId }: Dependencies) {
    this.#db = db
    this.#clock = clock
    this.#ids = ids
    this.#machineId = machineId
    this.#sql = prepareFeedStatements(db)
  }

  /** Lists a feed; it is due at once. One canonical address can be listed once. */
  add(feed: NewFeed): Result<{ readonly feedId: string }, 'address_not_allowed' | 'already_listed'> {
    const { source } = feed
    const canonicalAddress =
      source.from === 'file' ? canonicalFileAddress(source.path) : canonicalWebAddress(source.address)
    if (canonicalAddress === null) return err('address_not_allowed')
    return this.#db.transaction(() => {
      if (this.#sql.byAddress.get({ canonicalAddress }) !== undefined) return err('already_listed')
      const id = this.#ids.uuidv7()
      this.#sql.insert.run({
        id,
        name: feed.name || nameFromAddress(canonicalAddress),
        sourceFrom: source.from,
        address:
          source.from === 'file' ? source.path : source.address.trim().replace(/^webcals?:/iu, 'https:'),
        canonicalAddress,
        plainHttpAllowed: source.from === 'web' && source.plainHttpAllowed ? 1 : 0,
        ...settingColumns(feed),
        machineId: this.#machineId,
        now: this.#clock.now(),
      })
      return ok({ feedId: id })
    })
  }

  /** True when the newest ended run was held back, for staff to decide. */
  isHeldBack(feedId: string): boolean {
    return this.#sql.lastEnded.get({ feedId })?.outcome === 'held_back'
  }

  /** In the order in which they were added. */
  list(): FeedView[] {
    return this.#sql.all.all().map((row) => toFeedView(row, this.#clock.now()))
  }

  find(feedId: string): Feed | undefined {
    const row = this.#sql.byId.get({ feedId })
    return row === undefined ? undefined : toFeed(row)
  }

  findView(feedId: string): FeedView | undefined {
    const row = this.#sql.byId.get({ feedId })
    return row === undefined ? undefined : toFeedView(row, this.#clock.now())
  }

  /**
   * Ids of feeds that should run now, the longest waiting first. A time further ahead than the feed can be
   * made to wait was set by a clock that has been put back since: it is due too.
   */
  due(): string[] {
    const now = this.#clock.now()
    return this.#sql.due.all({ now, jitter: 60_000 * longestWaitShare }).map((row) => row.id)
  }

  /**
   * Changes what staff said of a feed; what is left out goes back to its default. It is due at once and read
   * again whole, since readers depend on it. False when it is not on the list.
   */
  change(feedId: string, to: FeedSettings): boolean {
    return this.#db.transaction(() => {
      const row = this.#sql.byId.get({ feedId })
      if (row === undefined) return false
      const name = to.name || nameFromAddress(row.canonicalAddress)
      return this.#sql.change.run({ feedId, name, ...settingColumns(to), now: this.#clock.now() }) === 1
    })
  }

  /** Makes every feed due that is read by the center's zone, or asked for around its place. */
  makeDueByCenter(): void {
    this.#sql.dueWithoutZone.run()
  }

  /** Takes the feed off the list, with its runs. Its meetings must have been withdrawn (`MeetingStore`). */
  remove(_tx: Tx, feedId: string): boolean {
    return this.#sql.remove.run({ feedId }) === 1
  }

  startRun(feedId: string): string {
    const runId = this.#ids.uuidv7()
    this.#sql.startRun.run({ runId, feedId, now: this.#clock.now() })
    return runId
  }

  /**
   * Marks that the run has passed and is being applied. From here until its end the meetings are of two
   * lists, so what would let the next run stop early (etag, hash) is forgotten.
   */
  startApplying(feedId: string, runId: string, contentHash: string): void {
    this.#db.transaction(() => {
      this.#sql.markApplying.run({ runId, contentHash })
      this.#sql.forget.run({ feedId, now: this.#clock.now() })
    })
  }

  /** Forgets etag and hash: the next run reads the whole feed. */
  forgetContent(feedId: string): void {
    this.#sql.forget.run({ feedId, now: this.#clock.now() })
  }

  /**
   * Hash of the list whose application was cut off (by a stop, a crash, a full disk) and not finished since;
   * else null. That list has passed the guard or was accepted already.
   */
  cutOffContent(feedId: string): string | null {
    const last = this.#sql.lastApplying.get({ feedId })
    return last === undefined || last.outcome === 'applied' ? null : last.contentHash
  }

  /** Hash of the newest list that was applied whole, as far as runs are kept; else null. */
  lastAppliedContent(feedId: string): string | null {
    return this.#sql.lastApplied.get({ feedId })?.contentHash ?? null
  }

  /** Ends a run and says in the feed's own row how it stands. `random` 0..1 spreads the next run. */
  endRun(feedId: string, runId: string, end: RunEnd, tally: RunTally, random: number): void {
    this.#db.transaction(() => {
      const now = this.#clock.now()
      const problem = 'problem' in end ? end.problem : end.outcome === 'interrupted' ? 'interrupted' : null
      const detail = 'detail' in end ? end.detail : null
      const contentHash = 'contentHash' in end ? end.contentHash : null
      this.#sql.endRun.run({ runId, outcome: end.outcome, problem, detail, now, ...tally, contentHash })
      this.#sql.dropOldRuns.run({ feedId, before: now - runsKeptMs })
      const row = this.#sql.byId.get({ feedId })
      if (row === undefined) return
      const failures = end.outcome === 'failed' ? row.failuresInARow + 1 : 0
      // Without a network no server is asked in vain, and it may be back at any time.
      const counted = problem === 'no_network' ? 1 : failures
      const minutes = minutesUntilNextRun(counted, row.everyMinutes, random)
      // A server that asks for more is given more, up to a day.
      const askedMs = Math.min('retryAfterMs' in end ? (end.retryAfterMs ?? 0) : 0, 86_400_000)
      const waitMs = Math.max(minutes * 60_000, askedMs)
      const nextRunAtMs = end.outcome === 'interrupted' ? 0 : Math.round(now + waitMs)
      const lost = JSON.stringify('lost' in end ? (end.lost ?? []) : [])
      this.#sql.standing.run({ feedId, problem, detail, failures, nextRunAtMs, lost, now })
      if (end.outcome === 'applied') {
        this.#sql.applied.run({
          feedId,
          now,
          format: end.format,
          // A name that staff gave stays; one that was made from the address yields to the feed's own.
          unnamed: nameFromAddress(row.canonicalAddress),
          proposedName: end.proposedName,
          counts: JSON.stringify(end.counts),
          remarks: JSON.stringify(cappedRemarks(end.remarks)),
          etag: end.etag,
          lastModified: end.lastModified,
          contentHash: end.contentHash,
        })
      } else if (end.outcome === 'unchanged') {
        this.#sql.unchanged.run({ feedId, now, etag: end.etag, lastModified: end.lastModified })
      } else if ('list' in end && end.list !== undefined && row.lastGoodRunAtMs === null) {
        // Nothing better is known of a feed of which nothing was ever taken.
        const { format, counts, remarks } = end.list
        this.#sql.refused.run({
          feedId,
          format,
          counts: JSON.stringify(counts),
          remarks: JSON.stringify(cappedRemarks(remarks)),
        })
      }
    })
  }

  /** At a start, or after the worker died: ends runs that nobody carries on; their feeds are due at once. */
  closeCutOffRuns(): number {
    return this.#db.transaction(() => {
      const open = this.#sql.openRuns.all()
      for (const { id, feedId, outcome } of open) {
        this.#sql.interrupt.run({ runId: id, now: this.#clock.now() })
        this.#sql.interruptFeed.run({
          feedId,
          applying: outcome === 'applying' ? 1 : 0,
          now: this.#clock.now(),
        })
      }
      return open.length
    })
  }

  /** Runs of a feed, newest first, at most 50. */
  listRuns(feedId: string): readonly FeedRunView[] {
    return this.#sql.runs.all({ feedId })
  }
}

function settingColumns(feed: FeedSettings) {
  return {
    kind: feed.kind,
    fellowship: feed.fellowship,
    zone: feed.zone,
    heldHere: feed.heldHere ? 1 : 0,
    everyMinutes: feed.everyMinutes ?? 360,
    scope: feed.scope === undefined || feed.scope === null ? null : JSON.stringify(feed.scope),
    utcIsLocal: feed.utcIsLocal === true ? 1 : 0,
    midnightBefore: feed.midnightBefore === true ? 1 : 0,
  }
}
