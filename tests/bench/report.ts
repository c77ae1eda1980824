import type { TimedCalls } from './calls.ts'
import type { ImportPass } from './imports.ts'
import type { SizeResult } from './measure.ts'
import { summarize } from './statistics.ts'
import { formatNumber, formatTable } from './table.ts'

type Measure = { readonly name: string; readonly of: (result: SizeResult) => string }

const holdOf = (passes: readonly ImportPass[]) =>
  formatNumber(Math.max(...passes.map((pass) => pass.longestHoldMs)))

/** Median and the slowest of a few. */
function few(samples: readonly number[]): string {
  const { median, worst, samples: count } = summarize(samples)
  return `${formatNumber(median)} / ${formatNumber(worst)} (${count})`
}

/** Median and 99th percentile of many; what stopped them when one was answered with an error. */
function many({ ms, failed }: TimedCalls): string {
  if (failed !== null) return failed
  const { median, p99, samples } = summarize(ms)
  return `${formatNumber(median)} / ${formatNumber(p99)} (${samples})`
}

const measures: readonly Measure[] = [
  { name: 'lists, MiB', of: ({ feedBytes }) => formatNumber(feedBytes / 1024 / 1024) },
  { name: 'database, MiB', of: ({ databaseBytes }) => formatNumber(databaseBytes / 1024 / 1024) },
  {
    name: 'today: here + nearby + online',
    of: ({ todayRows: { here, nearby, online } }) => [here, nearby, online].map(formatNumber).join(' + '),
  },
  {
    name: 'start to the list of today, ms: median / worst',
    of: ({ startToTodayMs }) => few(startToTodayMs),
  },
  {
    name: 'first import, meetings per second: median',
    of: ({ size, imports }) =>
      `${formatNumber(Math.round((size * 1000) / summarize(imports.map(({ ms }) => ms)).median))} (${imports.length})`,
  },
  { name: '  longest hold of the write lock, ms', of: ({ imports }) => holdOf(imports) },
  {
    name: 'import of the same again, ms: median / worst',
    of: ({ unchanged }) => few(unchanged.map(({ ms }) => ms)),
  },
  {
    name: 'import with 1 % changed, ms: median / worst',
    of: ({ onePercent }) => few(onePercent.map(({ ms }) => ms)),
  },
  { name: '  meetings written', of: ({ onePercent }) => formatNumber(onePercent[0]?.written ?? 0) },
  { name: '  longest hold of the write lock, ms', of: ({ onePercent }) => holdOf(onePercent) },
  { name: 'a page of a day, ms: median / p99', of: ({ listDay }) => many(listDay) },
  { name: 'sign-in until it is on disk, ms: median / p99', of: ({ signIn }) => many(signIn) },
  {
    name: 'hand-out, ms: median / worst',
    of: ({ handout: { ms, failed } }) => failed ?? few(ms),
  },
  { name: 'all of this took, s', of: ({ tookMs }) => formatNumber(Math.round(tookMs / 1000)) },
]

/** One column for each size. In brackets: how many times it was measured. */
export function formatResults(results: readonly SizeResult[]): string {
  return formatTable([
    ['meetings', ...results.map(({ size }) => formatNumber(size))],
    ...measures.map(({ name, of }) => [name, ...results.map(of)]),
  ])
}

/** What the numbers do and do not say. */
export const remarks = [
  'In brackets: how many times it was measured.',
  'A start is timed from the main bundle\u2019s first line to the painted list; the launch of the browser is left out.',
  'Calls are timed in the page and go through the Chromium host, not through Electron.',
].join('\n')
