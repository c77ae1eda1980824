import { useEffect, useState } from 'react'
import type { EpochMs } from '../../electron/contract/models.ts'

const minuteMs = 60_000

/** What the machine said of its clock, and when (in the page's own elapsed time) it said so. */
export type ClockReading = {
  readonly nowMs: EpochMs
  readonly runs: boolean
  readonly readAtMs: number
}

export function readNow(reading: ClockReading): EpochMs {
  return reading.runs ? reading.nowMs + performance.now() - reading.readAtMs : reading.nowMs
}

/**
 * The machine's time, new at each full minute. The page never reads a clock of its own: it adds its elapsed
 * time to the machine's, and calls `onMinute` so that a jump of the machine's clock is seen.
 */
export function useClock(reading: ClockReading, onMinute: () => void): EpochMs {
  const [nowMs, setNowMs] = useState(() => readNow(reading))
  useEffect(() => {
    setNowMs(readNow(reading))
    if (!reading.runs) return
    const untilNext = minuteMs - (readNow(reading) % minuteMs)
    const timer = setTimeout(() => {
      setNowMs(readNow(reading))
      onMinute()
    }, untilNext + 50)
    return () => clearTimeout(timer)
  }, [reading, onMinute])
  return nowMs
}
