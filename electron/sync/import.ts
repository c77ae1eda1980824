import type { FeedProblem, RowRemark } from '../contract/models.ts'
import type { Result } from '../contract/result.ts'
import type { Feed } from '../db/feed-rows.ts'
import { emptyTally, type RunEnd, type RunTally } from '../db/feed-store.ts'
import { parseRules } from '../db/meeting-rows.ts'
import { storageCode } from '../db/storage-error.ts'
import { checkLoss, isOver } from '../domain/guard.ts'
import type { Center } from '../domain/whereabouts.ts'
import type { FeedSource, FetchedFeed } from '../ports.ts'
import { cappedMeetings, planSteps } from './apply.ts'
import type { FeedReading, ReaderSettings, ReadMeeting } from './feeds/reader.ts'
import { sha256 } from './identity.ts'
import { planRun, type Plan } from './plan.ts'
import { todayAt } from './standing.ts'
import type { RunReport } from './worker-protocol.ts'
import type { Workshop } from './workshop.ts'
import { writeInChunks } from './write-chunks.ts'

/** Raise it when readers or the import make other rows of the same bytes: every feed is then read again. */
const importVersion = 1

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
  const settings: ReaderSettings = {
    kind: feed.kind,
    fellowship: feed.fellowship,
    zone: feed.zone ?? center.zone,
    // Whose meetings they are is read from a name that staff gave or the feed gives itself, never from a file
    // or host name: `na-list.json` may be anything.
    feedName: feed.isNamed ? feed.name : null,
  }
  const sameSettings = feed.contentHash?.endsWith(`:${hashOf(settings)}`) ?? false

  shop.onProgress(feed.id, 'fetching', 0, 0)
  const fetched = await fetchUnlessStopped(shop, feed, sameSettings && !accept)
  if (fetched === 'stopped') return { outcome: 'interrupted' }
  if (!fetched.ok) return failed(fetched.code, fetched.detail)
  if (!fetched.value.changed) return { outcome: 'unchanged', etag: null, lastModified: null }
  const { bytes, etag, lastModified } = fetched.value
  const bytesHash = sha256(bytes)
  run.tally = { ...run.tally, bytes: bytes.length }
  if (feed.contentHash === `${bytesHash}:${hashOf(settings)}`)
    return { outcome: 'unchanged', etag, lastModified }

  shop.onProgress(feed.id, 'reading', bytes.length, 0)
  const reading = shop.read(bytes, settings)
  if (!reading.ok) return failed(reading.code, reading.detail)
  const { counts, problem, proposed } = reading.value
  const meetings = [...reading.value.meetings]
  const list = {
    format: reading.value.format,
    counts,
    remarks: [...reading.value.refused.map(asRefused), ...reading.value.warnings],
  }
  run.tally = { ...run.tally, read: counts.read, refused: counts.refused }
  if (problem !== undefined) return { ...failed(problem, reading.value.refused[0]?.reason), list }
  // As the next run will see the settings, when the feed has taken the name that it proposes.
  const contentHash = `${bytesHash}:${hashOf({ ...settings, feedName: settings.feedName ?? proposed.name })}`

  const plan = planRun({
    feedId: feed.id,
    canonicalAddress: feed.canonicalAddress,
    meetings,
    kept: shop.meetings.listKept(feed.id),
    findKept: (id) => shop.meetings.findKept(id),
  })
  // A list of which part was applied already has passed, or was accepted, before it was cut off.
  if (!accept && shop.feeds.cutOffContent(feed.id) !== contentHash) {
    const check = checkRun(shop, feed, { ...reading.value, meetings }, plan, center)
    if (!check.ok) {
      run.tally = { ...run.tally, removed: plan.withdrawals.length }
      const { code, detail } = check
      return { outcome: check.hadMeetings ? 'held_back' : 'failed', problem: code, detail, list }
    }
  }

  const { added, changed } = plan
  run.tally = { ...run.tally, kept: meetings.length, added, changed, removed: plan.withdrawals.length }
  if (plan.writes.length > 0 || plan.withdrawals.length > 0) {
    shop.feeds.startApplying(feed.id, runId, contentHash)
    shop.onProgress(feed.id, 'applying', bytes.length, 0)
    const applied = await writeInChunks(planSteps(shop, feed, plan, center), {
      ...shop,
      onSteps: (steps) => shop.onProgress(feed.id, 'applying', bytes.length, steps),
    })
    run.chunks = applied.chunks
    run.longestHoldMs = applied.longestHoldMs
    if (applied.outcome === 'stopped') return { outcome: 'interrupted' }
  }
  // Before the many small remarks: only the first two hundred are kept.
  const capped = cappedMeetings(meetings, center, shop.clock.now())
  return {
    outcome: 'applied',
    format: reading.value.format,
    proposedName: proposed.name,
    counts,
    remarks: [...reading.value.refused.map(asRefused), ...capped, ...reading.value.warnings],
    etag,
    lastModified,
    contentHash,
  }
}

const asRefused = (remark: RowRemark): RowRemark => ({ ...remark, refused: true })

function hashOf({ kind, fellowship, zone, feedName }: ReaderSettings): string {
  return sha256(JSON.stringify([kind, fellowship, zone, feedName, importVersion]))
}

async function fetchUnlessStopped(
  shop: Workshop,
  feed: Feed,
  mayBeUnchanged: boolean,
): Promise<Result<FetchedFeed, FeedProblem> | 'stopped'> {
  const source: FeedSource =
    feed.source.from === 'web' && !mayBeUnchanged
      ? { ...feed.source, etag: null, lastModified: null }
      : feed.source
  const fetching = shop.client.fetch(source, (bytes) => shop.onProgress(feed.id, 'fetching', bytes, 0))
  return Promise.race([fetching, shop.stopped.then(() => 'stopped' as const)])
}

type RunCheck =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: 'nothing_usable' | 'loses_too_many'
      readonly detail: string
      readonly hadMeetings: boolean
    }

function checkRun(
  shop: Workshop,
  feed: Feed,
  reading: FeedReading & { readonly meetings: readonly ReadMeeting[] },
  plan: Plan,
  center: Center,
): RunCheck {
  const today = todayAt(center, shop.clock.now())
  const active = shop.meetings.listKept(feed.id).filter((kept) => kept.state === 'active')
  const rules = new Map(shop.meetings.listSchedules(feed.id).map((row) => [row.id, parseRules(row.rules)]))
  const current = active.filter((kept) => !isOver(rules.get(kept.id) ?? [], today))
  const gone = new Set(plan.withdrawals)
  const usable = reading.meetings.filter((meeting) => meeting.attendance !== 'inactive').length
  const result = checkLoss({
    usable,
    active: current.length,
    lost: current.filter((kept) => gone.has(kept.id)).length,
    upcomingBefore: current.filter((kept) => kept.attendance !== 'inactive' && rules.has(kept.id)).length,
    upcomingAfter: reading.meetings.filter(
      ({ attendance, rules: own }) => attendance !== 'inactive' && own.length > 0 && !isOver(own, today),
    ).length,
  })
  if (result.ok) return { ok: true }
  const refusal = result.code === 'nothing_usable' ? reading.refused[0]?.reason : undefined
  const detail = refusal ?? result.detail ?? ''
  return { ok: false, code: result.code, detail, hadMeetings: active.length > 0 }
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
