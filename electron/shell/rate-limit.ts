export type RateLimit = { take(): boolean }

/** A bucket of `burst` calls that fills by `perSecond`: a touch storm is slowed, a visitor never is. */
export function createRateLimit(options: {
  readonly burst: number
  readonly perSecond: number
  /** Elapsed milliseconds; never the wall clock, which can be set back. */
  readonly elapsedMs?: () => number
}): RateLimit {
  const elapsedMs = options.elapsedMs ?? (() => performance.now())
  let left = options.burst
  let at = elapsedMs()
  return {
    take() {
      const now = elapsedMs()
      left = Math.min(options.burst, left + ((now - at) / 1000) * options.perSecond)
      at = now
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
