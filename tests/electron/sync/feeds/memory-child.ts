import { fellowshipRow } from '../../../support/large-feed.ts'
import { readFeed } from '../../../../electron/sync/feeds/readers.ts'

/* Reads a large feed in a process of its own and prints how much memory that took at most, as a multiple of the
   feed's size. `rows`: as the product does, walking the meetings twice. `whole`: all values of the
   JSON at once, and all meetings of it. */

const [way, mebibytes] = [process.argv[2], Number(process.argv[3])]
const size = mebibytes * 1024 * 1024

const settings = { kind: 'peer', fellowship: 'aa', zone: 'America/New_York' } as const

// Everything is compiled and loaded before the measurement begins.
for (let round = 0; round < 3; round += 1) count(readFeed(Buffer.from(`[${fellowshipRow(1)}]`), settings))
globalThis.gc?.()
const before = process.memoryUsage().rss

const bytes = new Uint8Array(size)
let length = 0
let rows = 0
for (;;) {
  const row = Buffer.from(`${rows === 0 ? '[' : ',\n'}${fellowshipRow(rows)}`)
  if (length + row.length + 1 > size) break
  bytes.set(row, length)
  length += row.length
  rows += 1
}
bytes[length] = 0x5d
const feed = bytes.subarray(0, length + 1)

const started = performance.now()
let meetings = 0
if (way === 'whole') {
  const parsed = JSON.parse(new TextDecoder().decode(feed)) as readonly unknown[]
  const reading = readFeed(feed, settings)
  const list = reading.ok ? [...reading.value.meetings] : []
  meetings = Math.min(parsed.length, list.length)
} else {
  const reading = readFeed(feed, settings)
  meetings = count(reading)
  if (count(reading) !== meetings) throw new Error('The second walk gave other meetings.')
}
const peak = process.resourceUsage().maxRSS * 1024
const times = Math.round(((peak - before) / feed.length) * 100) / 100
process.stdout.write(JSON.stringify({ rows, meetings, times, ms: Math.round(performance.now() - started) }))

function count(reading: ReturnType<typeof readFeed>): number {
  if (!reading.ok) throw new Error(reading.code)
  let counted = 0
  for (const { name } of reading.value.meetings) counted += name === '' ? 0 : 1
  return counted
}
