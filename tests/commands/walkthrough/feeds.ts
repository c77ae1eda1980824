import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FeedView, Kind } from '../../../electron/contract/models.ts'
import { tryToAddFeed } from '../../support/add-feed.ts'
import type { App } from '../../support/app.ts'
import type { WalkthroughArguments } from './arguments.ts'
import { noCounts, type Report } from './report.ts'

type Wanted = { readonly source: string; readonly kind: Kind; readonly fellowship: string | null }

/** Lists each feed at the desk and reads it. Returns how many gave something to show. */
export async function bringInFeeds(app: App, args: WalkthroughArguments, report: Report): Promise<number> {
  const wanted: readonly Wanted[] = [
    ...args.feeds.map((feed) => ({ ...feed, kind: 'peer' as const })),
    ...args.clubs.map((source) => ({ source, kind: 'club' as const, fellowship: null })),
  ]
  let usable = 0
  const startedAt = performance.now()
  for (const feed of wanted) {
    process.stderr.write(`Reading ${feed.source} ...\n`)
    const outcome = await bringIn(app, feed)
    const view = 'view' in outcome ? outcome.view : null
    const counts = view?.counts ?? noCounts
    const problem = 'code' in outcome ? outcome.code : problemOf(outcome.view)
    report.feeds.push({
      source: feed.source,
      format: view?.format ?? null,
      counts,
      ...(problem === null ? {} : { problem }),
    })
    if (problem !== null) process.stderr.write(`  not taken: ${problem}\n`)
    else if (counts.shown + counts.byAppointment > 0) usable += 1
  }
  report.timings.importMs = Math.round(performance.now() - startedAt)
  return usable
}

function problemOf(view: FeedView): string | null {
  if (view.problem === null) return null
  return view.problemDetail === null ? view.problem : `${view.problem}: ${view.problemDetail}`
}

async function bringIn(
  app: App,
  feed: Wanted,
): Promise<{ readonly view: FeedView } | { readonly code: string }> {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(feed.source)
  // npm runs commands in the project's folder; a relative path is meant from where the user stands.
  const path = isAddress ? null : resolve(process.env['INIT_CWD'] ?? process.cwd(), feed.source)
  if (path !== null && !existsSync(path)) return { code: 'file_not_found: There is no such file.' }
  const { kind, fellowship } = feed
  const where = path === null ? { address: feed.source } : { path }
  const read = await tryToAddFeed(app, { ...where, kind, fellowship })
  return read.ok ? { view: read.value } : { code: read.code }
}
