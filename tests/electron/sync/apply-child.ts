import { readFileSync } from 'node:fs'
import { joinForImport } from '../../../electron/db/import-connection.ts'
import { openDatabase } from '../../../electron/db/open.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'
import { openWorkshop } from '../../../electron/sync/workshop.ts'
import { FakeClock, MemoryLogger } from '../../support/fakes.ts'
import { createIds } from '../../../electron/system.ts'
import { key, MemoryFeedClient, must, sanJose } from './shop.ts'

/** Imports a list and says after each chunk that it is on disk; the test kills it in the middle. */
const [file = '', content = '', now = '', feedId = ''] = process.argv.slice(2)
const clock = new FakeClock(now)
const log = new MemoryLogger()
must(openDatabase({ file, key, log, clock }))
const client = new MemoryFeedClient()
client.serve(readFileSync(content))
const shop = openWorkshop({
  db: must(joinForImport({ file, key, log })),
  client,
  read: readFeed,
  clock,
  ids: createIds(clock),
  log,
  machineId: 'machine-1',
  random: () => 0.5,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  stopping: () => false,
  stopped: new Promise(() => undefined),
  onProgress: () => undefined,
  onHold: () => process.stdout.write('chunk\n'),
})
await runFeed(shop, { feedId, accept: true, center: sanJose })
process.stdout.write('end\n')
