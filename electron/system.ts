import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock, Ids } from './ports.ts'

/** A clock set for tests: fixed at `nowMs`, or going on from it when `runs`. */
export type SetClock = { readonly nowMs: number; readonly runs: boolean }

/** The one place that reads the machine's clock. */
export function createClock(set: SetClock | null): Clock {
  if (set === null) return { now: () => Date.now() }
  if (!set.runs) return { now: () => set.nowMs }
  const startedAt = performance.now()
  return { now: () => Math.round(set.nowMs + performance.now() - startedAt) }
}

export function createIds(clock: Clock): Ids {
  return {
    uuidv7: () => v7({ msecs: clock.now() }),
    token: () => randomBytes(16).toString('base64url'),
  }
}
