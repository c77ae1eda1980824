import { expect, test } from 'vitest'
import type { SizeResult } from './measure.ts'
import { formatQueries } from './queries.ts'
import { formatResults } from './report.ts'
import { summarize } from './statistics.ts'
import { formatNumber, formatTable } from './table.ts'

test('takes the middle and the 99th percentile by nearest rank', () => {
  const samples = Array.from({ length: 200 }, (_, at) => 200 - at)
  expect(summarize(samples)).toEqual({ samples: 200, median: 100, p99: 198, worst: 200 })
  expect(summarize([5])).toEqual({ samples: 1, median: 5, p99: 5, worst: 5 })
  expect(summarize([9, 1, 5])).toMatchObject({ median: 5, p99: 9 })
})

test('does not take nothing for a measurement', () => {
  expect(() => summarize([])).toThrow('Nothing was measured.')
})

test('aligns names to the left and numbers to the right', () => {
  const table = formatTable([
    ['meetings', '500', '100,000'],
    ['start, ms', '7', '12.5'],
    ['a long name of a row', '1,000'],
  ])
  expect(table.split('\n')).toEqual([
    'meetings                500  100,000',
    '--------------------  -----  -------',
    'start, ms                 7     12.5',
    'a long name of a row  1,000',
  ])
})

test('writes numbers with about three digits', () => {
  const written = [0.4211, 7.06, 99.4, 123.6, 1240.4, 100_000, 3, 0].map(formatNumber)
  expect(written).toEqual(['0.42', '7.1', '99.4', '124', '1,240', '100,000', '3', '0'])
})

const pass = { ms: 250, written: 5, longestHoldMs: 12.25 }

const result: SizeResult = {
  size: 500,
  feedBytes: 1024 * 1024,
  databaseBytes: 3 * 1024 * 1024,
  todayRows: { here: 4, nearby: 11, online: 7 },
  imports: [{ ...pass, ms: 500 }, pass, { ...pass, ms: 125 }],
  unchanged: [pass],
  onePercent: [pass, { ...pass, longestHoldMs: 20.5 }],
  startToTodayMs: [900, 1000, 1100],
  listDay: { ms: [1, 2, 3], failed: null },
  signIn: { ms: [4], failed: 'busy' },
  handout: { ms: [700], failed: null },
  tookMs: 61_400,
}

test('shows a column for each size and what each measure came to', () => {
  const lines = formatResults([result, { ...result, size: 5000 }]).split('\n')
  const row = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim()
  expect(lines[0]).toMatch(/^meetings +500 +5,000$/)
  expect(row('start to the list of today, ms: median / worst')).toMatch(/^1,000 \/ 1,100 \(3\) /)
  // 500 meetings in the middle one of three times, 250 ms.
  expect(row('first import, meetings per second: median')).toMatch(/^2,000 \(3\) +20,000 \(3\)$/)
  expect(row('today: here + nearby + online')).toMatch(/^4 \+ 11 \+ 7 /)
  expect(row('all of this took, s')).toMatch(/^61 +61$/)
  expect(
    lines.filter((line) => line.includes('longest hold')).map((line) => line.split(/ {2,}/).at(-1)),
  ).toEqual(['12.3', '20.5'])
})

test('shows the code of a call that failed instead of a time', () => {
  const line = formatResults([result])
    .split('\n')
    .find((text) => text.startsWith('sign-in'))
  expect(line).toMatch(/ busy$/)
})

test('shows what reading and a refresh cost, and the time of each question', () => {
  const took = (ms: number) => ({ ms, cpuMs: ms / 2 })
  const lines = formatQueries({
    rows: 1000,
    feeds: 20,
    parsed: took(10),
    read: took(200),
    imported: took(2000),
    refreshed: { ...took(40), rows: 50, written: 1, longestHoldMs: 7.5 },
    databaseBytes: 1,
    queries: [{ name: 'today', first: took(30), again: [took(2), took(4), took(20)], rows: 50 }],
  }).split('\n')
  const row = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim()
      .split(/ +/)
  // Rows a second, rows a second of CPU time, times JSON.parse.
  expect(row('JSON.parse of the same bytes')).toEqual(['100,000', '200,000', '1'])
  expect(row('read by the reader')).toEqual(['5,000', '10,000', '20'])
  expect(row('imported whole')).toEqual(['500', '1,000', '200'])
  expect(row('today')).toEqual(['30', '4', '20', '2', '10', '50'])
  expect(lines.some((line) => /^ +40 +20 +50 +1 +7\.5$/.test(line))).toBe(true)
})
