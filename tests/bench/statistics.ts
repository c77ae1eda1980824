/** What a row of samples comes to, in the samples' own unit. */
export type Summary = {
  readonly samples: number
  readonly median: number
  /** By nearest rank; with fewer than a hundred samples it is the worst of them. */
  readonly p99: number
  readonly worst: number
}

/** Throws without samples: a measurement that measured nothing must not look like one. */
export function summarize(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b)
  return {
    samples: sorted.length,
    median: percentile(sorted, 50),
    p99: percentile(sorted, 99),
    worst: percentile(sorted, 100),
  }
}

/** The smallest sample that at least `percent` of a hundred do not exceed. */
function percentile(sorted: readonly number[], percent: number): number {
  const value = sorted[Math.max(1, Math.ceil((sorted.length * percent) / 100)) - 1]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}
