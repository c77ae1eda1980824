import { moveLog } from '../db/import-connection.ts'
import type { Db, Tx } from '../db/connection.ts'

/** One small write that must not be torn apart, such as one meeting with its rules and dates. */
export type Step = (tx: Tx) => void

export type ChunkReport = {
  readonly outcome: 'done' | 'stopped'
  readonly steps: number
  readonly chunks: number
  readonly longestHoldMs: number
}

export type ChunkOptions = {
  readonly db: Db
  /** Waits without the lock; a sign-in gets its turn meanwhile. */
  readonly pause: (ms: number) => Promise<void>
  readonly stopping: () => boolean
  readonly onSteps?: (steps: number) => void
  readonly onHold?: (ms: number) => void
  /** True while somebody waits for the lock; unless it can be told, each pause is long enough for them. */
  readonly isWaitedFor?: (() => boolean) | undefined
}

/** The lock is given back after about this time; a single step or commit may run over it, up to 25 ms. */
const holdMs = 8
/** Somebody who waits for the lock looks again after 1, 2, 5, 10, 15 ... ms: this long it is certainly free. */
const pauseMs = 6
/** Whoever said that they wait has had the lock by then; if not, the import must go on all the same. */
const longestPauseMs = 40
/** Steps made ready before the lock is taken: what they need to compute is done without it. */
const readyAtOnce = 32
/** So often the log is moved into the file; a chunk writes some dozen pages. */
const chunksPerMove = 16

/**
 * Runs steps in transactions that hold the write lock for a few milliseconds each, with a pause between
 * them, so that a sign-in never waits long behind an import: one that waits ends the chunk at its next step, and
 * gets its turn before the next chunk. Each chunk is whole or absent; anything thrown
 * undoes its chunk and is thrown on. Steps are taken from the iterator outside the lock.
 */
export async function writeInChunks(steps: Iterable<Step>, options: ChunkOptions): Promise<ChunkReport> {
  const { db, stopping, onSteps, onHold, isWaitedFor = () => false } = options
  const source = steps[Symbol.iterator]()
  const ready: Step[] = []
  let done = 0
  let chunks = 0
  let longestHoldMs = 0
  // What the last commit took; it is part of the time that the lock is held.
  let commitMs = 1
  for (;;) {
    if (stopping()) return { outcome: 'stopped', steps: done, chunks, longestHoldMs }
    while (ready.length < readyAtOnce) {
      const next = source.next()
      if (next.done === true) break
      ready.push(next.value)
    }
    if (ready.length === 0) return { outcome: 'done', steps: done, chunks, longestHoldMs }
    let lockedAt = 0
    let writtenAt = 0
    let taken = 0
    db.transaction((tx) => {
      lockedAt = performance.now()
      for (const step of ready) {
        step(tx)
        taken += 1
        writtenAt = performance.now()
        if (writtenAt - lockedAt >= Math.max(2, holdMs - commitMs) || isWaitedFor()) break
      }
    })
    const freedAt = performance.now()
    // One quick commit says nothing about the next one.
    commitMs = Math.max(freedAt - writtenAt, commitMs * 0.8)
    longestHoldMs = Math.max(longestHoldMs, freedAt - lockedAt)
    onHold?.(freedAt - lockedAt)
    ready.splice(0, taken)
    done += taken
    chunks += 1
    onSteps?.(done)
    if (chunks % chunksPerMove === 0) moveLog(db)
    await giveWay(options)
  }
}

async function giveWay({ pause, isWaitedFor }: ChunkOptions): Promise<void> {
  if (isWaitedFor === undefined) {
    await pause(pauseMs)
    return
  }
  // Also when nobody waits the thread must hear what it is told.
  await pause(0)
  for (let waited = 0; waited < longestPauseMs && isWaitedFor(); waited += 1) await pause(1)
}
