import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addFeed } from '../e2e/setup.ts'
import type { App } from '../support/app.ts'
import { generateFeeds } from './generate.ts'

/** One pass over all feeds of a size. */
export type ImportPass = {
  /** From asking the desk's bridge to its answer, all feeds together. */
  readonly ms: number
  readonly written: number
  /** Of the write lock, in one chunk. */
  readonly longestHoldMs: number
}

export type FeedsInPlace = {
  readonly folder: string
  readonly seed: number
  readonly size: number
}

/** Writes an edition of the lists over the one before. */
export function writeEdition({ folder, seed, size }: FeedsInPlace, revision: number): number {
  let bytes = 0
  for (const feed of generateFeeds({ seed, size, revision })) {
    writeFileSync(join(folder, feed.fileName), feed.text)
    bytes += Buffer.byteLength(feed.text)
  }
  return bytes
}

/** Lists each feed at the desk and reads it for the first time. Throws when one is not taken. */
export async function importAll(
  app: App,
  place: FeedsInPlace,
): Promise<{ readonly pass: ImportPass; readonly feedIds: readonly string[] }> {
  const feeds = generateFeeds({ seed: place.seed, size: place.size, revision: 0 })
  const feedIds: string[] = []
  let pass: ImportPass = { ms: 0, written: 0, longestHoldMs: 0 }
  for (const { fileName, kind, fellowship, heldHere, meetings } of feeds) {
    const from = performance.now()
    const view = await addFeed(app, { path: join(place.folder, fileName), kind, fellowship, heldHere })
    pass = withRun(app, view.id, { ...pass, ms: pass.ms + performance.now() - from })
    if (view.problem !== null) throw new Error(`${fileName} was not taken: ${view.problem}`)
    if (view.counts?.shown !== meetings) {
      throw new Error(`${fileName} has ${meetings} meetings; ${view.counts?.shown ?? 0} are shown.`)
    }
    feedIds.push(view.id)
  }
  return { pass, feedIds }
}

/** Reads each feed again. */
export async function refreshAll(app: App, feedIds: readonly string[]): Promise<ImportPass> {
  let pass: ImportPass = { ms: 0, written: 0, longestHoldMs: 0 }
  for (const feedId of feedIds) {
    const from = performance.now()
    const reply = await app.desk.evaluate(
      (id) => window.openChairDesk.invoke('feeds.refresh', { feedId: id }),
      feedId,
    )
    pass = withRun(app, feedId, { ...pass, ms: pass.ms + performance.now() - from })
    const problem = reply.ok ? reply.value.problem : reply.code
    if (problem !== null) throw new Error(`A feed was not taken again: ${problem}`)
  }
  return pass
}

/** Adds what the log says of the feed's latest run. */
function withRun(app: App, feedId: string, pass: ImportPass): ImportPass {
  const run = app.log().findLast((line) => line.event === 'feed_run' && line['feed'] === feedId)
  if (run === undefined) throw new Error('The log does not tell of the run.')
  const count = (field: string) => Number(run[field] ?? 0)
  return {
    ms: pass.ms,
    written: pass.written + count('added') + count('changed'),
    longestHoldMs: Math.max(pass.longestHoldMs, count('longestHoldMs')),
  }
}
