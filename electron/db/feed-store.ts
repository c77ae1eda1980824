import type {
  FeedCounts,
  FeedFormat,
  FeedProblem,
  FeedView,
  FellowshipId,
  Kind,
  RowRemark,
} from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { longestWaitMinutes, minutesUntilNextRun } from '../domain/back-off.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Db, Tx } from './connection.ts'
import { canonicalFileAddress, canonicalWebAddress } from './feed-address.ts'
import {
  cappedRemarks,
  feedColumns,
  nameFromAddress,
  toFeed,
  toFeedView,
  type Feed,
  type FeedRow,
} from './feed-rows.ts'

export type NewFeed = {
  readonly source:
    | { readonly from: 'file'; readonly path: string }
    | { readonly from: 'web'; readonly address: string; readonly plainHttpAllowed: boolean }
  /** Empty: named after the host or the file until the feed proposes one. */
  readonly name: string
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  readonly zone: string | null
  readonly heldHere: boolean
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
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db, { clock, ids, machineId }: Dependencies) {
    this.#db = db
    this.#clock = clock
    this.#ids = ids
    this.#machineId = machineId
    this.#sql = prepare(db)
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
        kind: feed.kind,
        fellowship: feed.fellowship,
        zone: feed.zone,
        heldHere: feed.heldHere ? 1 : 0,
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

  /** Ids of feeds that should run now, the longest waiting first. Looks through a clock that was put back. */
  due(): string[] {
    const now = this.#clock.now()
    return this.#sql.due.all({ now, impossible: now + longestWaitMinutes * 60_000 }).map((row) => row.id)
  }

  /** Changes what staff said of a feed; it is read again whole, since readers depend on it. */
  change(feedId: string, to: Pick<NewFeed, 'kind' | 'fellowship' | 'zone' | 'heldHere'>): boolean {
    const { kind, fellowship, zone } = to
    const now = this.#clock.now()
    return this.#sql.change.run({ feedId, kind, fellowship, zone, heldHere: to.heldHere ? 1 : 0, now }) === 1
  }

  /** Makes every feed without a zone of its own due: the center's zone is part of how it is read. */
  makeDueWithoutZone(): void {
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
      const minutes = minutesUntilNextRun(failures, row.everyMinutes, random)
      const nextRunAtMs = end.outcome === 'interrupted' ? 0 : Math.round(now + minutes * 60_000)
      this.#sql.standing.run({ feedId, problem, detail, failures, nextRunAtMs, now })
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
  listRuns(feedId: string): readonly FeedRunRow[] {
    return this.#sql.runs.all({ feedId })
  }
}

export type FeedRunRow = RunTally & {
  readonly id: string
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  readonly outcome: RunEnd['outcome'] | 'running' | 'applying'
  readonly problem: FeedProblem | null
  readonly problemDetail: string | null
}

function prepare(db: Db) {
  const select = `SELECT ${feedColumns} FROM feed`
  return {
    all: db.prepare<FeedRow>('feed.list', `${select} ORDER BY created_at_ms, id`),
    byId: db.prepare<FeedRow>('feed.get', `${select} WHERE id = :feedId`),
    byAddress: db.prepare<{ id: string }>(
      'feed.by-address',
      'SELECT id FROM feed WHERE canonical_address = :canonicalAddress',
    ),
    due: db.prepare<{ id: string }>(
      'feed.due',
      `SELECT id FROM feed WHERE next_run_at_ms <= :now OR next_run_at_ms > :impossible
       ORDER BY next_run_at_ms, id`,
    ),
    insert: db.prepare(
      'feed.add',
      `INSERT INTO feed (id, name, source_from, address, canonical_address, plain_http_allowed, kind, fellowship,
         zone, held_here, machine_id, created_at_ms, updated_at_ms)
       VALUES (:id, :name, :sourceFrom, :address, :canonicalAddress, :plainHttpAllowed, :kind, :fellowship,
         :zone, :heldHere, :machineId, :now, :now)`,
    ),
    change: db.prepare(
      'feed.change',
      `UPDATE feed SET kind = :kind, fellowship = :fellowship, zone = :zone, held_here = :heldHere,
         next_run_at_ms = 0, updated_at_ms = :now WHERE id = :feedId`,
    ),
    dueWithoutZone: db.prepare(
      'feed.due-without-zone',
      'UPDATE feed SET next_run_at_ms = 0 WHERE zone IS NULL',
    ),
    remove: db.prepare('feed.remove', 'DELETE FROM feed WHERE id = :feedId'),
    forget: db.prepare(
      'feed.forget',
      `UPDATE feed SET etag = NULL, last_modified = NULL, content_hash = NULL, updated_at_ms = :now
       WHERE id = :feedId`,
    ),
    standing: db.prepare(
      'feed.standing',
      `UPDATE feed SET problem = :problem, problem_detail = :detail, failures_in_a_row = :failures,
         next_run_at_ms = :nextRunAtMs, updated_at_ms = :now WHERE id = :feedId`,
    ),
    applied: db.prepare(
      'feed.applied',
      `UPDATE feed SET name = iif(name = :unnamed, coalesce(:proposedName, name), name), format = :format, counts = :counts, remarks = :remarks, etag = :etag,
         last_modified = :lastModified, content_hash = :contentHash, last_good_run_at_ms = :now
       WHERE id = :feedId`,
    ),
    refused: db.prepare(
      'feed.refused',
      'UPDATE feed SET format = :format, counts = :counts, remarks = :remarks WHERE id = :feedId',
    ),
    unchanged: db.prepare(
      'feed.unchanged',
      `UPDATE feed SET last_good_run_at_ms = :now, etag = coalesce(:etag, etag),
         last_modified = coalesce(:lastModified, last_modified) WHERE id = :feedId`,
    ),
    startRun: db.prepare(
      'feed-run.start',
      `INSERT INTO feed_run (id, feed_id, started_at_ms, outcome) VALUES (:runId, :feedId, :now, 'running')`,
    ),
    markApplying: db.prepare(
      'feed-run.applying',
      `UPDATE feed_run SET outcome = 'applying', content_hash = :contentHash WHERE id = :runId`,
    ),
    lastApplying: db.prepare<{ outcome: string; contentHash: string | null }>(
      'feed-run.last-applying',
      `SELECT outcome, content_hash AS contentHash FROM feed_run
       WHERE feed_id = :feedId AND content_hash IS NOT NULL ORDER BY rowid DESC LIMIT 1`,
    ),
    lastEnded: db.prepare<{ outcome: string }>(
      'feed-run.last-ended',
      `SELECT outcome FROM feed_run WHERE feed_id = :feedId AND ended_at_ms IS NOT NULL
       ORDER BY rowid DESC LIMIT 1`,
    ),
    endRun: db.prepare(
      'feed-run.end',
      `UPDATE feed_run SET ended_at_ms = :now, outcome = :outcome, problem = :problem, problem_detail = :detail,
         bytes = :bytes, read = :read, kept = :kept, refused = :refused, added = :added, changed = :changed,
         removed = :removed,
         content_hash = coalesce(:contentHash, content_hash) WHERE id = :runId`,
    ),
    dropOldRuns: db.prepare(
      'feed-run.drop-old',
      'DELETE FROM feed_run WHERE feed_id = :feedId AND started_at_ms < :before AND ended_at_ms IS NOT NULL',
    ),
    openRuns: db.prepare<{ id: string; feedId: string; outcome: string }>(
      'feed-run.open',
      'SELECT id, feed_id AS feedId, outcome FROM feed_run WHERE ended_at_ms IS NULL',
    ),
    interrupt: db.prepare(
      'feed-run.interrupt',
      `UPDATE feed_run SET ended_at_ms = :now, outcome = 'interrupted', problem = 'interrupted' WHERE id = :runId`,
    ),
    interruptFeed: db.prepare(
      'feed.interrupted',
      `UPDATE feed SET next_run_at_ms = 0, updated_at_ms = :now,
         problem = CASE WHEN :applying THEN 'interrupted' ELSE problem END,
         problem_detail = CASE WHEN :applying THEN NULL ELSE problem_detail END WHERE id = :feedId`,
    ),
    runs: db.prepare<FeedRunRow>(
      'feed-run.list',
      `SELECT id, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, outcome, problem,
         problem_detail AS problemDetail, bytes, read, kept, refused, added, changed, removed
       FROM feed_run WHERE feed_id = :feedId ORDER BY started_at_ms DESC, id DESC LIMIT 50`,
    ),
  }
}
