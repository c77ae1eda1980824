import { useEffect, useState } from 'react'
import type { EpochMs } from '../../electron/contract/models.ts'

/** The machine's time, from the instant that it told us plus our own elapsed time; new each minute. */
export function useElapsed(toldMs: EpochMs): EpochMs {
  const [elapsedMs, setElapsed] = useState(0)
  useEffect(() => {
    const startedAtMs = performance.now()
    setElapsed(0)
    const timer = setInterval(() => setElapsed(performance.now() - startedAtMs), 60_000)
    return () => clearInterval(timer)
  }, [toldMs])
  return toldMs + elapsedMs
}
