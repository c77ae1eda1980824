import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/* The size of the largest feed that an address may give, with OPEN_CHAIR_MEMORY_MIB=64. */
const mebibytes = process.env['OPEN_CHAIR_MEMORY_MIB'] ?? '24'

type Measured = { readonly rows: number; readonly meetings: number; readonly times: number }

function measure(way: 'rows' | 'whole', heapMiB: number): Measured {
  const child = resolve(import.meta.dirname, 'memory-child.ts')
  const node = [`--max-old-space-size=${heapMiB}`, '--expose-gc', '--no-warnings', child, way, mebibytes]
  const printed = execFileSync(process.execPath, node, { encoding: 'utf8' })
  return JSON.parse(printed) as Measured
}

test('reading a large feed and walking its meetings twice takes less than four times its size', () => {
  const { rows, meetings, times } = measure('rows', 96)
  expect(meetings).toBe(rows)
  expect(rows).toBeGreaterThan(1400 * Number(mebibytes))
  expect(times).toBeLessThan(4)
}, 120_000)

test('all of it at once would take more, so the limit can be missed', () => {
  expect(measure('whole', 4096).times).toBeGreaterThan(4)
}, 120_000)
