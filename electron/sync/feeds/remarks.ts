import type { RowRemark } from '../../contract/models.ts'

/**
 * Collects what staff should know of a feed. A problem starts with its code (`bad-time: ...`), one per row
 * and problem; what repeats in many rows (an unknown key or type code) becomes one remark with its count.
 */
export type Remarks = {
  warn(where: string, code: string, sentence: string): void
  /** Counts one more row for the remark that `sentenceOf(count)` makes in the end. */
  tally(code: string, value: string, sentenceOf: (rows: number) => string): void
  all(): readonly RowRemark[]
}

/** Different values of one kind listed before the rest is only counted: a hostile feed has thousands. */
const maxValues = 40
/** Different values of one kind told apart; those beyond are counted together, once for each time. */
const maxKnownValues = 2000

export function createRemarks(): Remarks {
  const remarks: RowRemark[] = []
  const seen = new Set<string>()
  let seenAt = ''
  const tallies = new Map<string, Map<string, { rows: number; sentenceOf: (rows: number) => string }>>()
  const unlisted = new Map<string, number>()
  return {
    warn: (where, code, sentence) => {
      // Rows come one after the other: only those of the last one need be remembered.
      if (where !== seenAt) seen.clear()
      seenAt = where
      if (seen.has(code)) return
      seen.add(code)
      remarks.push({ where, reason: `${code}: ${sentence}` })
    },
    tally: (code, value, sentenceOf) => {
      const values = tallies.get(code) ?? new Map<string, { rows: number; sentenceOf: typeof sentenceOf }>()
      tallies.set(code, values)
      const entry = values.get(value)
      if (entry !== undefined) entry.rows += 1
      else if (values.size < maxKnownValues) values.set(value, { rows: 1, sentenceOf })
      else unlisted.set(code, (unlisted.get(code) ?? 0) + 1)
    },
    all: () => [
      ...[...tallies].flatMap(([code, values]) => {
        const listed = [...values.values()].slice(0, maxValues)
        const left = values.size - listed.length + (unlisted.get(code) ?? 0)
        return [
          ...listed.map(({ rows, sentenceOf }) => `${code}: ${sentenceOf(rows)}`),
          ...(left > 0 ? [`${code}: ${left} more of this kind.`] : []),
        ].map((reason) => ({ where: 'feed', reason }))
      }),
      ...remarks,
    ],
  }
}

/** Takes remarks and forgets them: for a second walk over rows whose remarks are known. */
export const noRemarks: Remarks = {
  warn: () => undefined,
  tally: () => undefined,
  all: () => [],
}

/** For an event with more dates in a window than are listed (design ruling "Windows and sizes"). */
export function tooManyDates(key: string): RowRemark {
  return {
    where: key,
    reason: 'too-many-dates: It repeats more often than can be listed; later dates were left out.',
  }
}

/** `in 1 row`, `in 12 rows`. */
export function inRows(rows: number): string {
  return rows === 1 ? 'in 1 row' : `in ${rows} rows`
}
