import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { joinForImport, moveLog } from '../db/import-connection.ts'
import type { Clock, Logger } from '../ports.ts'
import { createClock, createIds } from '../system.ts'
import { createFeedClient } from './feeds/feed-client.ts'
import { readFeed } from './feeds/readers.ts'
import { runFeed } from './import.ts'
import { removeFeed } from './remove-feed.ts'
import { rollOccurrences } from './roll.ts'
import type { FromWorker, ImportThreadData, ToWorker, Work, WorkReport } from './worker-protocol.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

/**
 * Entry of the import's thread: one piece of work after another, on a connection of its own. What it throws
 * ends the thread; the sync job hears of it, closes the run and starts another.
 */
const port = parentPort
if (port === null) throw new Error('The import runs in a worker thread only.')

const data = workerData as ImportThreadData // Typed at the one place that starts this thread.
const say = (message: FromWorker): void => port.postMessage(message)
const log: Logger = {
  info: (event, fields = {}) => say({ kind: 'log', level: 'info', event, fields }),
  warn: (event, fields = {}) => say({ kind: 'log', level: 'warn', event, fields }),
  error: (event, fields = {}) => say({ kind: 'log', level: 'error', event, fields }),
}

let source = createClock(data.clock)
const clock: Clock = { now: () => source.now() }
let stopping = false
let stop = (): void => undefined
const stopped = new Promise<void>((resolve) => {
  stop = resolve
})

const joined = joinForImport({ file: data.file, key: data.key, log })
if (!joined.ok) throw new Error(`The import could not open the database: ${joined.code}`)
const db = joined.value
data.key.fill(0)

const shop: Workshop = openWorkshop({
  db,
  client: createFeedClient(),
  read: readFeed,
  clock,
  ids: createIds(clock),
  log,
  machineId: data.machineId,
  random: Math.random,
  pause: (ms) => sleep(ms),
  stopping: () => stopping,
  stopped,
  isWaitedFor: () => Atomics.load(data.writers, 0) > 0,
  onProgress: throttled((feedId, stage, bytes, rows) =>
    say({ kind: 'progress', feedId, stage, bytes, rows }),
  ),
})

async function perform(work: Work): Promise<WorkReport> {
  switch (work.do) {
    case 'refresh':
      return { of: 'refresh', run: await runFeed(shop, work) }
    case 'roll':
    case 'rebuild':
      return { of: work.do, roll: await rollOccurrences(shop, work.center, { whole: work.do === 'rebuild' }) }
    case 'remove':
      return { of: 'remove', removed: await removeFeed(shop, work.feedId, work.center) }
  }
}

let queue: Promise<void> = Promise.resolve()
port.on('message', (message: ToWorker) => {
  if ('stop' in message) {
    stopping = true
    stop()
    queue = queue.then(() => {
      moveLog(db)
      db.close()
      port.close()
      // A server that hangs would keep the thread alive until its time is over.
      setImmediate(() => process.exit(0))
    })
    return
  }
  queue = queue.then(async () => {
    if (stopping) return
    if (data.clock !== null) source = createClock({ nowMs: message.nowMs, runs: data.clock.runs })
    const report = await perform(message.work)
    moveLog(db)
    say({ kind: 'done', id: message.id, report })
  })
})
say({ kind: 'ready' })

/** The screen needs no more than a few of these per second; the first of each stage always goes. */
function throttled(send: Workshop['onProgress']): Workshop['onProgress'] {
  let last = { key: '', at: 0 }
  return (feedId, stage, bytes, rows) => {
    const key = `${feedId} ${stage}`
    const at = performance.now()
    if (key === last.key && at - last.at < 200) return
    last = { key, at }
    send(feedId, stage, bytes, rows)
  }
}
