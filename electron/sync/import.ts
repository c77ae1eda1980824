import type { FeedProblem, LocalDate, RowRemark } from '../contract/models.ts'
import type { Result } from '../contract/result.ts'
import type { Feed } from '../db/feed-rows.ts'
import { emptyTally, type RunEnd, type RunTally } from '../db/feed-store.ts'
import { storageCode } from '../db/storage-error.ts'
import { findFellowship } from '../domain/fellowships.ts'
import { checkList, type FellowshipCheck } from '../domain/guard.ts'
import type { Center } from '../domain/whereabouts.ts'
import type { FeedClient, FeedSource, FetchedFeed } from '../ports.ts'
import { planSteps } from './apply.ts'
import { Census } from './census.ts'
import { deadCalendar } from './dead-calendar.ts'
import { asksBmlt, fetchBmlt, formatLanguages } from './feeds/bmlt-client.ts'
import { fellowships as directory } from './feeds/directory.ts'
import type { ReaderSettings } from './feeds/reader.ts'
import { sha256 } from './identity.ts'
import { planRun, type Plan } from './plan.ts'
import { settleSameMeetings } from './same-meetings.ts'
import { todayAt, windowAround } from './standing.ts'
import type { RunReport } from './worker-protocol.ts'
import type { Workshop } from './workshop.ts'
import { writeInChunks } from './write-chunks.ts'

/** Raise it when readers or the import make other rows of the same bytes: every feed is then read again. */
const importVersion = 2

/**
 * One refresh of a feed: fetch, read whole, check whole, and only then apply, in chunks. A run that does not
 * pass leaves meetings as they are and says why in the feed's row. `accept` takes a list that the guard held
 * back. Throws only when not even the end of the run could be written.
 */
export async function runFeed(
  shop: Workshop,
  request: { readonly feedId: string; readonly accept: boolean; readonly center: Center },
): Promise<RunReport | null> {
  const feed = shop.feeds.find(request.feedId)
  if (feed === undefined) return null
  let runId: string | null = null
  const run = { tally: emptyTally, chunks: 0, longestHoldMs: 0 }
  let end: RunEnd
  try {
    runId = shop.feeds.startRun(feed.id)
    end = await refresh(shop, feed, runId, request, run)
  } catch (error) {
    const code = storageCode(error)
    if (code === null) shop.log.error('feed_run_failed', { feed: feed.id, ...errorPlace(error) })
    end = {
      outcome: 'failed',
      problem: code === 'storage_full' ? 'disk_full' : 'internal',
      detail: code === 'storage_full' ? 'The disk of this machine is full.' : null,
    }
  }
  if (runId !== null) endRun(shop, feed.id, runId, end, run.tally)
  return {
    feedId: feed.id,
    outcome: end.outcome,
    problem: 'problem' in end ? end.problem : null,
    ...run,
  }
}

function endRun(shop: Workshop, feedId: string, runId: string, end: RunEnd, tally: RunTally): void {
  try {
    shop.feeds.endRun(feedId, runId, end, tally, shop.random())
  } catch (error) {
    // Best effort on a full or failing disk: the open run is closed and repeated at the next start.
    if (storageCode(error) === null) throw error
    shop.log.warn('feed_run_end_not_written', { feed: feedId })
  }
}

async function refresh(
  shop: Workshop,
  feed: Feed,
  runId: string,
  { accept, center }: { readonly accept: boolean; readonly center: Center },
  run: { tally: RunTally; chunks: number; longestHoldMs: number },
): Promise<RunEnd> {
  const settings = settingsOf(feed, center)
  shop.onProgress(feed.id, 'fetching', 0, 0)
  const isAsRead = feed.contentHash?.endsWith(`:${hashOf(feed, settings)}`) ?? false
  const fetched = await fetchUnlessStopped(shop, feed, center, isAsRead && !accept)
  if (fetched === 'stopped') return { outcome: 'interrupted' }
  if (!fetched.result.ok) {
    const { code, detail } = fetched.result
    return { ...failed(code, detail), retryAfterMs: fetched.retryAfterMs }
  }
  if (!fetched.result.value.changed) return { outcome: 'unchanged', etag: null, lastModified: null }
  const { bytes, etag, lastModified } = fetched.result.value
  const bytesHash = sha256(bytes)
  run.tally = { ...run.tally, bytes: bytes.length }
  if (feed.contentHash === `${bytesHash}:${hashOf(feed, settings)}`)
    return { outcome: 'unchanged', etag, lastModified }

  shop.onProgress(feed.id, 'reading', bytes.length, 0)
  const read = shop.read(bytes, settings)
  if (!read.ok) {
    // A sign-in page in place of a list is for staff to look at: the list may have moved for good.
    if (read.code === 'html' && shop.kept.hasActive(feed.id)) {
      return { outcome: 'held_back', problem: read.code, detail: read.detail ?? null }
    }
    return failed(read.code, read.detail)
  }
  const reading = read.value
  const { counts, problem, proposed } = reading
  const refused = reading.refused.map((remark): RowRemark => ({ ...remark, refused: true }))
  const today = todayAt(center, shop.clock.now())
  const dead = deadCalendar(reading, today)
  const list = { format: reading.format, counts, remarks: [...dead, ...refused, ...reading.warnings] }
  run.tally = { ...run.tally, read: counts.read, refused: counts.refused }
  if (problem !== undefined) return { ...failed(problem, reading.refused[0]?.reason), list }
  // As the next run will see the settings, when the feed has taken the name that it proposes.
  const named = { ...settings, feedName: settings.feedName ?? proposed.name }
  const contentHash = `${bytesHash}:${hashOf(feed, named)}`

  const census = new Census(today, windowAround(today, center.zone))
  const kept = shop.kept.listByFeed(feed.id)
  const plan = await planRun({
    feedId: feed.id,
    canonicalAddress: feed.canonicalAddress,
    meetings: reading.meetings,
    kept,
    findKept: (id) => shop.kept.find(id),
    onMeeting: (meeting, stored) => census.see(meeting, stored),
    takeBreath: async (rows) => {
      shop.onProgress(feed.id, 'reading', bytes.length, rows)
      await shop.pause(0)
      return shop.stopping() ? 'stop' : 'go on'
    },
  })
  if (plan === null) return { outcome: 'interrupted' }
  const cutOff = shop.feeds.cutOffContent(feed.id)
  // A list of which part was applied already has passed, or was accepted, before it was cut off.
  if (!accept && cutOff !== contentHash) {
    const said = saidSince(shop, feed, settings)
    const check = checkRun(shop, feed, plan, today, census, said ? null : census.fellowships(kept.values()))
    if (!check.ok) {
      // What taking it would do, for staff to see.
      run.tally = { ...run.tally, added: plan.added, changed: plan.changed, removed: plan.withdrawals.length }
      const { code, lost } = check
      const detail = code === 'nothing_usable' ? (reading.refused[0]?.reason ?? check.detail) : check.detail
      return {
        outcome: shop.kept.hasActive(feed.id) ? 'held_back' : 'failed',
        problem: code,
        detail,
        list,
        lost,
      }
    }
  }

  const { listed, added, changed } = plan
  run.tally = { ...run.tally, kept: listed, added, changed, removed: plan.withdrawals.length }
  if (plan.writes.length > 0 || plan.withdrawals.length > 0 || cutOff !== null) {
    shop.feeds.startApplying(feed.id, runId, contentHash)
    shop.onProgress(feed.id, 'applying', bytes.length, 0)
    const applied = await writeInChunks(planSteps(shop, feed, plan, reading.meetings, center), {
      ...shop,
      onSteps: (steps) => shop.onProgress(feed.id, 'applying', bytes.length, steps),
    })
    run.chunks = applied.chunks
    run.longestHoldMs = applied.longestHoldMs
    if (applied.outcome === 'stopped') return { outcome: 'interrupted' }
    // Repeatable, and part of the run: one that is stopped here is not ended and is repeated.
    const settled = await settleSameMeetings(shop, center)
    run.longestHoldMs = Math.max(applied.longestHoldMs, settled.longestHoldMs)
    if (settled.outcome === 'stopped') return { outcome: 'interrupted' }
  }
  return {
    outcome: 'applied',
    format: reading.format,
    proposedName: proposed.name,
    counts,
    // Those with too many dates before the many small remarks: only the first two hundred are kept.
    remarks: [
      ...dead,
      ...unplaced(shop.kept.countUnplaced(feed.id)),
      ...refused,
      ...census.capped,
      ...reading.warnings,
    ],
    etag,
    lastModified,
    contentHash,
  }
}

function settingsOf(feed: Feed, center: Center): ReaderSettings {
  return {
    kind: feed.kind,
    fellowship: feed.fellowship,
    zone: feed.zone ?? center.zone,
    // Whose meetings they are is read from a name that staff gave or the feed gives itself, never from a file
    // or host name: `na-list.json` may be anything.
    feedName: feed.isNamed ? feed.name : null,
    utcIsLocal: feed.utcIsLocal,
    midnightBefore: feed.midnightBefore,
  }
}

/** Two hashes: of what decides whose the meetings are, and of all else that decides how they are read. */
function hashOf(feed: Feed, settings: ReaderSettings): string {
  const { zone, utcIsLocal, midnightBefore } = settings
  // `heldHere` changes no meeting, but what is said of the list (`unplaced`).
  const { scope, heldHere } = feed
  const how = sha256(JSON.stringify([zone, utcIsLocal, midnightBefore, scope, heldHere, importVersion]))
  return `${whoseHash(settings)}.${how}`
}

function whoseHash({ kind, fellowship, feedName }: ReaderSettings): string {
  return sha256(JSON.stringify([kind, fellowship, feedName]))
}

/** For staff: such meetings must not be missing in silence. Clubs' calendars rarely have coordinates. */
function unplaced(count: number): readonly RowRemark[] {
  if (count === 0) return []
  const what = count === 1 ? '1 meeting has a place' : `${count} meetings have a place`
  const on = count === 1 ? 'it is' : 'they are'
  return [
    {
      where: 'feed',
      reason: `no-coordinates: ${what} without coordinates, so ${on} on no day's list; search and hand-outs have them. If they are held here, mark the feed as held here; else ask its owner for coordinates.`,
    },
  ]
}

/** Whether staff have said something else of whose the list is since it was applied last. */
function saidSince(shop: Workshop, feed: Feed, settings: ReaderSettings): boolean {
  const last = feed.contentHash ?? shop.feeds.lastAppliedContent(feed.id)
  const whose = last?.split(':')[1]?.split('.')[0]
  return whose !== undefined && whose !== whoseHash(settings)
}

type Fetched = {
  readonly result: Result<FetchedFeed, FeedProblem>
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number | undefined
}

async function fetchUnlessStopped(
  shop: Workshop,
  feed: Feed,
  center: Center,
  mayBeUnchanged: boolean,
): Promise<Fetched | 'stopped'> {
  const source: FeedSource =
    feed.source.from === 'web' && !mayBeUnchanged
      ? { ...feed.source, etag: null, lastModified: null }
      : feed.source
  let retryAfterMs: number | undefined
  const onBytes = (bytes: number): void => shop.onProgress(feed.id, 'fetching', bytes, 0)
  const fetch: FeedClient['fetch'] = (from, onProgress) =>
    shop.client.fetch(from, onProgress, (ms) => {
      retryAfterMs = ms
    })
  const fetching = asksBmlt(source, feed.scope)
    ? fetchBmlt({ fetch }, source, { scope: feed.scope, center, languages: formatLanguages }, onBytes)
    : fetch(source, onBytes)
  const stopped = shop.stopped.then(() => 'stopped' as const)
  return Promise.race([fetching.then((result) => ({ result, retryAfterMs })), stopped])
}

/** With what would go, by name, so that staff can see whether it is meant. */
function checkRun(
  shop: Workshop,
  feed: Feed,
  plan: Plan,
  today: LocalDate,
  census: Census,
  fellowships: FellowshipCheck | null,
) {
  const current = shop.kept.listCurrent(feed.id, today)
  const lost = plan.withdrawals.filter((id) => current.has(id))
  const result = checkList(
    {
      usable: census.usable,
      active: current.size,
      lost: lost.length,
      upcomingBefore: [...current.values()].filter(Boolean).length,
      upcomingAfter: census.upcoming,
      fellowships,
    },
    (id) => findFellowship(directory, id)?.name ?? id,
  )
  if (result.ok) return result
  return { ...result, detail: result.detail ?? '', lost: shop.kept.listNames(lost) }
}

function failed(code: FeedProblem, detail?: string): RunEnd & { readonly outcome: 'failed' } {
  return { outcome: 'failed', problem: code, detail: detail ?? null }
}

/** Class and place of an error, never its text: that may hold what a feed said. */
function errorPlace(error: unknown): { readonly error: string; readonly at: string } {
  if (!(error instanceof Error)) return { error: 'unknown', at: '' }
  const frame = error.stack?.split('\n').find((line) => /^ {4}at /u.test(line)) ?? ''
  return { error: error.name, at: frame.trim().replace(/\(?(?:file:\/\/)?\/.*\/([^/]+)$/u, '($1') }
}
