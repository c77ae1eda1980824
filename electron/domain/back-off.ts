/** Waits after failures in a row (feeds.md 6.1), in minutes. */
const waits = [15, 60, 360, 1440] as const

/** The share by which a wait is drawn out at random, so that machines do not ask a server in one minute. */
const jitterShare = 0.1

/**
 * Minutes until a feed is asked again. `failuresInARow` 0 is the usual interval; `random` is 0..1.
 * A failing feed is never asked more often than a healthy one would be after the first four tries.
 */
export function minutesUntilNextRun(failuresInARow: number, everyMinutes: number, random: number): number {
  const wait =
    failuresInARow === 0 ? everyMinutes : (waits[Math.min(failuresInARow, waits.length) - 1] ?? 1440)
  return wait * (1 + jitterShare * random)
}

/** The most that a wait is stretched by chance: a later time was set by a clock that has been put back since. */
export const longestWaitShare = 1 + jitterShare
