import type { FeedProblem, FeedRunOutcome } from '../contract/models.ts'
import type { RunTally } from '../db/feed-store.ts'
import type { Center } from '../domain/whereabouts.ts'
import type { LogFields } from '../ports.ts'
import type { SetClock } from '../system.ts'

/** What the sync job adds to it. */
export type ImportThreadData = ImportWorkerData & {
  /** One number, shared: how many writes of the main thread wait for the lock or hold it. */
  readonly writers: Int32Array
}

/** What a worker is born with. The key goes as bytes to a thread of this process, never to a file or argument. */
export type ImportWorkerData = {
  readonly file: string
  readonly key: Uint8Array
  readonly machineId: string
  /** Null: the machine's clock. A set clock takes the time of each command. */
  readonly clock: SetClock | null
}

/** `nowMs` is the sender's time, for a set clock. */
export type Work =
  | { readonly do: 'refresh'; readonly feedId: string; readonly accept: boolean; readonly center: Center }
  /** Brings occurrences up to the present day and center, as far as they are not. */
  | { readonly do: 'roll'; readonly center: Center }
  /** Computes all again, also when nothing seems to have changed (a feed's own settings did). */
  | { readonly do: 'rebuild'; readonly center: Center }
  /** Withdraws a feed's meetings and takes it off the list. */
  | { readonly do: 'remove'; readonly feedId: string; readonly center: Center | null }

export type ToWorker =
  | { readonly id: number; readonly nowMs: number; readonly work: Work }
  /** Ends the present work at the next chunk, closes the database, ends the thread. */
  | { readonly stop: true }

export type Stage = 'fetching' | 'reading' | 'applying'

export type RunReport = {
  readonly feedId: string
  readonly outcome: FeedRunOutcome | 'interrupted'
  readonly problem: FeedProblem | null
  readonly tally: RunTally
  readonly chunks: number
  readonly longestHoldMs: number
}

export type RollReport = {
  readonly outcome: 'done' | 'stopped' | 'disk_full' | 'failed'
  readonly meetings: number
  readonly occurrencesWritten: number
  readonly longestHoldMs: number
}

export type WorkReport =
  /** Null: the feed is not on the list any more. */
  | { readonly of: 'refresh'; readonly run: RunReport | null }
  | { readonly of: 'roll' | 'rebuild'; readonly roll: RollReport }
  | { readonly of: 'remove'; readonly removed: boolean }

export type Progress = {
  readonly feedId: string
  readonly stage: Stage
  readonly bytes: number
  readonly rows: number
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'progress' } & Progress)
  | { readonly kind: 'done'; readonly id: number; readonly report: WorkReport }
  | {
      readonly kind: 'log'
      readonly level: 'info' | 'warn' | 'error'
      readonly event: string
      readonly fields: LogFields
    }
