import { isAbsolute } from 'node:path'
import { z } from 'zod'
import type { SetClock } from '../system.ts'

const benchSchema = z.strictObject({
  /** ISO instant; with `runs` the clock goes on from it, else it stands still. */
  now: z.iso.datetime({ offset: true }).optional(),
  runs: z.boolean().optional(),
  zone: z.string().optional(),
  profile: z.string().refine(isAbsolute).optional(),
  printer: z.string().refine(isAbsolute).optional(),
  kiosk: z.strictObject({ width: z.int().min(320), height: z.int().min(320) }).optional(),
  /** Milliseconds without a touch before the warning, for tests that wait for it. */
  idleWarningMs: z.int().min(100).optional(),
  idleShutterMs: z.int().min(100).optional(),
})

export type Bench = {
  readonly clock: SetClock | null
  readonly zone: string | null
  readonly profile: string | null
  readonly printer: string | null
  readonly kiosk: { readonly width: number; readonly height: number } | null
  readonly idleWarningMs: number | null
  readonly idleShutterMs: number | null
}

const nothing: Bench = {
  clock: null,
  zone: null,
  profile: null,
  printer: null,
  kiosk: null,
  idleWarningMs: null,
  idleShutterMs: null,
}

/**
 * Reads `OPEN_CHAIR_BENCH`, the one variable that tests set (clock, profile, printer folder).
 * SECURITY: a packaged build ignores it, whatever it says (KSK-44).
 * Throws on a malformed value: a test with a typing error must not run on the real clock.
 */
export function readBench(text: string | undefined, isPackaged: boolean): Bench {
  if (isPackaged || text === undefined || text === '') return nothing
  const bench = benchSchema.parse(JSON.parse(text))
  return {
    clock: bench.now === undefined ? null : { nowMs: Date.parse(bench.now), runs: bench.runs ?? false },
    zone: bench.zone ?? null,
    profile: bench.profile ?? null,
    printer: bench.printer ?? null,
    kiosk: bench.kiosk ?? null,
    idleWarningMs: bench.idleWarningMs ?? null,
    idleShutterMs: bench.idleShutterMs ?? null,
  }
}
