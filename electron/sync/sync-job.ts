import type { FeedProblem } from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Db } from '../db/connection.ts'
import { leaveLogToImport } from '../db/import-connection.ts'
import type { FeedStore } from '../db/feed-store.ts'
import { readOccurrenceWindow } from '../db/occurrence-window.ts'
import { attempt } from '../db/storage-error.ts'
import type { Center } from '../domain/whereabouts.ts'
import type { Clock, Logger } from '../ports.ts'
import { centerHash, todayAt } from './standing.ts'
import { WorkerLink, type CreateWorker } from './worker-link.ts'
import type { ImportWorkerData, Progress, RunReport, Work, WorkReport } from './worker-protocol.ts'

export type Timers = {
  /** Calls `work` every `ms` until the returned function is called. */
  every(ms: number, work: () => void): () => void
}

export type SyncJobDependencies = {
  /** Main's own connection; the job reads from it and writes a row or two. */
  readonly db: Db
  readonly feeds: FeedStore
  readonly clock: Clock
  readonly log: Logger
  /** Null before the set-up: nothing runs. */
  readonly center: () => Center | null
  readonly createWorker: CreateWorker
  readonly workerData: () => ImportWorkerData
  /** The system's unless told. */
  readonly timers?: Timers
  readonly onProgress: (progress: Progress) => void
  /** An import, midnight, another center: a screen asks again. */
  readonly onMeetingsChanged: () => void
  readonly onFeedsChanged: () => void
}

/** Coarse on purpose: what is due is read from clock and database each time, so a clock that jumps is seen. */
const tickMs = 20_000
/** Ticks of rest after the thread died or a roll failed: 20 s, 40 s, ... up to 15 minutes. */
const longestRest = 45

const systemTimers: Timers = {
  every(ms, work) {
    const timer = setInterval(work, ms)
    return () => clearInterval(timer)
  },
}

export function createSyncJob(deps: SyncJobDependencies): SyncJob {
  return new SyncJob(deps)
}

/**
 * Whose wish goes first: staff wait at the desk, today's list hangs on the days, and a feed that is due has time.
 * The same order among equals as they came.
 */
const ranks = { staff: 0, days: 1, due: 2 } as const
type Rank = (typeof ranks)[keyof typeof ranks]

/** After a night of sleep all feeds are due. So many wait at once; the others are looked for at the next tick. */
const dueAtOnce = 4

type Wish = {
  readonly work: Work
  rank: Rank
  readonly settle: ((report: WorkReport | 'crashed') => void)[]
}

/**
 * When feeds are read and occurrences rolled on. One thing at a time, in one worker thread; a feed that fails
 * waits by its own row in `feed` and holds up no other.
 */
export class SyncJob {
  readonly #deps: SyncJobDependencies
  readonly #link: WorkerLink
  readonly #wishes: Wish[] = []
  #running: Wish | null = null
  #endTicks: (() => void) | null = null
  #stopped = false
  #crashes = 0
  #restTicks = 0
  /** Ticks until a feed that could not even write how its run ended is tried again. */
  readonly #resting = new Map<string, number>()
  #idle: (() => void)[] = []

  constructor(deps: SyncJobDependencies) {
    this.#deps = deps
    const writers = new Int32Array(new SharedArrayBuffer(4))
    deps.db.announceWrites(writers)
    this.#link = new WorkerLink({ ...deps, workerData: () => ({ ...deps.workerData(), writers }) })
  }

  /** Closes runs that a crash cut off, so that they are repeated, and starts to look for what is due. */
  start(): void {
    this.#endTicks?.()
    this.#endTicks = (this.#deps.timers ?? systemTimers).every(tickMs, () => this.#tick())
    const cutOff = this.#deps.feeds.closeCutOffRuns()
    if (cutOff > 0) this.#deps.log.warn('feed_runs_cut_off', { runs: cutOff })
    this.#look()
  }

  /** Call it after the machine woke up. */
  onResume(): void {
    this.#restTicks = 0
    this.#look()
  }

  /**
   * Reads a feed now, before all that is only due. Resolves when the run has ended; how, is in the feed's row
   * too. `changed`: staff have said something else of it, so a run that is under way does not count.
   */
  async refresh(
    feedId: string,
    options: { readonly changed: boolean } = { changed: false },
  ): Promise<Result<RunReport, 'not_found'>> {
    const center = this.#deps.center()
    if (center === null || this.#deps.feeds.find(feedId) === undefined) return err('not_found')
    return this.#run({ do: 'refresh', feedId, accept: false, center }, options)
  }

  /** Takes the list that the guard held back. */
  async accept(feedId: string): Promise<Result<RunReport, 'not_found' | 'nothing_held_back'>> {
    const center = this.#deps.center()
    const feed = this.#deps.feeds.find(feedId)
    if (center === null || feed === undefined) return err('not_found')
    if (!this.#deps.feeds.isHeldBack(feedId)) return err('nothing_held_back')
    return this.#run({ do: 'refresh', feedId, accept: true, center })
  }

  /** Withdraws the feed's meetings and takes it off the list. `storage_failed`: it is still there. */
  async remove(feedId: string): Promise<Result<{ readonly removed: true }, 'not_found' | 'storage_failed'>> {
    if (this.#deps.feeds.find(feedId) === undefined) return err('not_found')
    const report = await this.#wish({ do: 'remove', feedId, center: this.#deps.center() }, ranks.staff)
    if (report === 'crashed' || report.of !== 'remove') return err('storage_failed')
    return report.removed ? ok({ removed: true }) : err('storage_failed')
  }

  /** Place, zone or radius of the center, or a feed's "held here", changed: computes all again. */
  async rebuild(): Promise<void> {
    const center = this.#deps.center()
    if (center === null) return
    // The center's zone is part of how a feed without one is read. Before, in case the machine stops now;
    // and after, because a run that was under way has set its next one.
    this.#written(() => this.#deps.feeds.makeDueByCenter())
    // One that is under way may have started with an earlier center.
    await this.#wish({ do: 'rebuild', center }, ranks.staff, { again: true })
    this.#written(() => this.#deps.feeds.makeDueByCenter())
    this.#look()
  }

  /** Resolves when nothing is running or waiting. */
  whenIdle(): Promise<void> {
    if (this.#running === null && this.#wishes.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Ends the present work at its next chunk; it is repeated at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#endTicks?.()
    for (const wish of this.#wishes.splice(0)) for (const settle of wish.settle) settle('crashed')
    await this.#link.stop()
  }

  async #run(
    work: Extract<Work, { do: 'refresh' }>,
    { changed } = { changed: false },
  ): Promise<Result<RunReport, 'not_found'>> {
    const report = await this.#wish(work, ranks.staff, { again: changed })
    if (report === 'crashed') return ok(runCutOff(work.feedId, this.#stopped ? 'interrupted' : 'internal'))
    return report.of === 'refresh' && report.run !== null ? ok(report.run) : err('not_found')
  }

  #tick(): void {
    for (const [feedId, ticks] of this.#resting) {
      if (ticks > 1) this.#resting.set(feedId, ticks - 1)
      else this.#resting.delete(feedId)
    }
    if (this.#restTicks > 0) {
      this.#restTicks -= 1
      return
    }
    this.#look()
  }

  /** Wishes for what is due: the days first, because today's list hangs on them. */
  #look(): void {
    const center = this.#deps.center()
    if (center === null || this.#stopped) return
    const window = readOccurrenceWindow(this.#deps.db)
    const today = todayAt(center, this.#deps.clock.now())
    if (window?.today !== today || window.centerHash !== centerHash(center))
      void this.#wish({ do: 'roll', center }, ranks.days)
    const due = this.#deps.feeds.due().filter((feedId) => !this.#resting.has(feedId))
    let waiting = this.#wishes.filter(({ rank }) => rank === ranks.due).length
    for (const feedId of due) {
      if (waiting >= dueAtOnce) return
      if (this.#isWished(feedId)) continue
      void this.#wish({ do: 'refresh', feedId, accept: false, center }, ranks.due)
      waiting += 1
    }
  }

  #isWished(feedId: string): boolean {
    return [this.#running, ...this.#wishes].some(
      (wish) => wish?.work.do === 'refresh' && wish.work.feedId === feedId,
    )
  }

  /** The same wish twice is one, and as urgent as the more urgent of them. */
  #wish(work: Work, rank: Rank, { again } = { again: false }): Promise<WorkReport | 'crashed'> {
    return new Promise((resolve) => {
      if (this.#stopped) {
        resolve('crashed')
        return
      }
      const running = this.#running === null || again ? [] : [this.#running]
      const same = [...running, ...this.#wishes].find((wish) => isSame(wish.work, work))
      if (same === undefined) {
        this.#wishes.push({ work, rank, settle: [resolve] })
      } else {
        same.settle.push(resolve)
        same.rank = rank < same.rank ? rank : same.rank
      }
      void this.#pump()
    })
  }

  #nextWish(): Wish | undefined {
    const next = this.#wishes.reduce<Wish | undefined>(
      (first, wish) => (first === undefined || wish.rank < first.rank ? wish : first),
      undefined,
    )
    if (next !== undefined) this.#wishes.splice(this.#wishes.indexOf(next), 1)
    return next
  }

  async #pump(): Promise<void> {
    if (this.#running !== null || this.#stopped) return
    const wish = this.#nextWish()
    if (wish === undefined) {
      for (const resolve of this.#idle.splice(0)) resolve()
      return
    }
    this.#running = wish
    if (wish.work.do === 'refresh') this.#deps.onFeedsChanged()
    leaveLogToImport(this.#deps.db, true)
    const report = await this.#link.perform(this.#asOfNow(wish.work))
    // After a stop main may have closed its connection already.
    if (this.#deps.db.driver.open) leaveLogToImport(this.#deps.db, false)
    this.#running = null
    if (report === 'crashed') this.#afterCrash(wish.work)
    else this.#afterReport(report)
    for (const settle of wish.settle) settle(report)
    await this.#pump()
  }

  /** A wish may have waited while staff changed the center. */
  #asOfNow(work: Work): Work {
    const center = this.#deps.center()
    return 'center' in work && center !== null ? { ...work, center } : work
  }

  #afterReport(report: WorkReport): void {
    const { onMeetingsChanged, onFeedsChanged, log } = this.#deps
    this.#crashes = 0
    switch (report.of) {
      case 'refresh': {
        if (report.run === null) return
        const { feedId, outcome, problem, tally, chunks, longestHoldMs } = report.run
        log.info('feed_run', { feed: feedId, outcome, problem, ...tally, chunks, longestHoldMs })
        if (problem === 'disk_full' || problem === 'internal') this.#resting.set(feedId, longestRest)
        if (tally.added + tally.changed + tally.removed > 0 && chunks > 0) onMeetingsChanged()
        onFeedsChanged()
        return
      }
      case 'roll':
      case 'rebuild': {
        const { outcome, meetings, occurrencesWritten } = report.roll
        log.info('occurrences_rolled', { of: report.of, outcome, meetings, occurrencesWritten })
        if (outcome === 'disk_full' || outcome === 'failed') this.#rest()
        onMeetingsChanged()
        return
      }
      case 'remove':
        onMeetingsChanged()
        onFeedsChanged()
    }
  }

  #afterCrash(work: Work): void {
    if (this.#stopped) return
    // What the dead thread had begun is closed; its feed rests, others go on.
    this.#written(() => this.#deps.feeds.closeCutOffRuns())
    if (work.do === 'refresh') this.#resting.set(work.feedId, longestRest)
    this.#rest()
    this.#deps.onFeedsChanged()
  }

  /** On a full disk the job goes on: what could not be noted now is found at the next start. */
  #written(write: () => unknown): void {
    const written = attempt(write)
    if (!written.ok) this.#deps.log.error('sync_job.not_written', { code: written.code })
  }

  #rest(): void {
    this.#crashes += 1
    this.#restTicks = Math.min(longestRest, 2 ** (this.#crashes - 1))
  }
}

function isSame(a: Work, b: Work): boolean {
  if (a.do !== b.do) return false
  if (a.do === 'refresh' && b.do === 'refresh') return a.feedId === b.feedId && a.accept === b.accept
  if (a.do === 'remove' && b.do === 'remove') return a.feedId === b.feedId
  return true
}

function runCutOff(feedId: string, problem: FeedProblem): RunReport {
  const tally = { bytes: 0, read: 0, kept: 0, refused: 0, added: 0, changed: 0, removed: 0 }
  return { feedId, outcome: 'failed', problem, tally, chunks: 0, longestHoldMs: 0 }
}
