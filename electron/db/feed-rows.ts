import type {
  FeedCounts,
  FeedFormat,
  FeedProblem,
  FeedScope,
  FeedView,
  FellowshipId,
  Kind,
  RowRemark,
} from '../contract/models.ts'
import type { FeedSource } from '../ports.ts'

/** A row of `feed` as selected by `feedColumns`. */
export type FeedRow = {
  readonly id: string
  readonly name: string
  readonly format: FeedFormat | null
  readonly sourceFrom: 'file' | 'web'
  readonly address: string
  readonly canonicalAddress: string
  readonly plainHttpAllowed: 0 | 1
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  readonly zone: string | null
  readonly heldHere: 0 | 1
  readonly everyMinutes: number
  readonly nextRunAtMs: number
  readonly failuresInARow: number
  readonly etag: string | null
  readonly lastModified: string | null
  readonly contentHash: string | null
  readonly lastGoodRunAtMs: number | null
  readonly counts: string | null
  readonly remarks: string
  readonly problem: FeedProblem | null
  readonly problemDetail: string | null
  readonly running: 0 | 1
  /** A FeedScope. */
  readonly scope: string | null
  readonly utcIsLocal: 0 | 1
  readonly midnightBefore: 0 | 1
  readonly heldBack: 0 | 1
  readonly lost: string
}

export const feedColumns = `
  id, name, format, source_from AS sourceFrom, address, canonical_address AS canonicalAddress,
  plain_http_allowed AS plainHttpAllowed, kind, fellowship, zone, held_here AS heldHere,
  every_minutes AS everyMinutes, next_run_at_ms AS nextRunAtMs, failures_in_a_row AS failuresInARow,
  etag, last_modified AS lastModified, content_hash AS contentHash,
  last_good_run_at_ms AS lastGoodRunAtMs, counts, remarks, problem, problem_detail AS problemDetail,
  EXISTS (SELECT 1 FROM feed_run WHERE feed_id = feed.id AND ended_at_ms IS NULL) AS running,
  lost, scope, utc_is_local AS utcIsLocal, midnight_before AS midnightBefore,
  coalesce((SELECT outcome = 'held_back' FROM feed_run WHERE feed_id = feed.id AND ended_at_ms IS NOT NULL
    ORDER BY rowid DESC LIMIT 1), 0) AS heldBack`

/** One feed as the sync job works with it. */
export type Feed = {
  readonly id: string
  readonly name: string
  /** False while the name was only made from the address. */
  readonly isNamed: boolean
  readonly format: FeedFormat | null
  readonly source: FeedSource
  readonly canonicalAddress: string
  readonly kind: Kind
  readonly fellowship: FellowshipId | null
  /** Null: the center's zone. */
  readonly zone: string | null
  readonly heldHere: boolean
  readonly everyMinutes: number
  readonly nextRunAtMs: number
  readonly failuresInARow: number
  /** Hash of the bytes and settings that the present meetings come from; null when that is not certain. */
  readonly contentHash: string | null
  readonly problem: FeedProblem | null
  readonly scope: FeedScope | null
  readonly utcIsLocal: boolean
  readonly midnightBefore: boolean
}

export function toFeed(row: FeedRow): Feed {
  const source: FeedSource =
    row.sourceFrom === 'file'
      ? { from: 'file', path: row.address }
      : {
          from: 'web',
          address: row.address,
          etag: row.etag,
          lastModified: row.lastModified,
          plainHttpAllowed: row.plainHttpAllowed === 1,
        }
  return {
    id: row.id,
    name: row.name,
    isNamed: row.name !== nameFromAddress(row.canonicalAddress),
    format: row.format,
    source,
    canonicalAddress: row.canonicalAddress,
    kind: row.kind,
    fellowship: row.fellowship,
    zone: row.zone,
    heldHere: row.heldHere === 1,
    everyMinutes: row.everyMinutes,
    nextRunAtMs: row.nextRunAtMs,
    failuresInARow: row.failuresInARow,
    contentHash: row.contentHash,
    problem: row.problem,
    scope: scopeOf(row),
    utcIsLocal: row.utcIsLocal === 1,
    midnightBefore: row.midnightBefore === 1,
  }
}

/** Written by this folder only, from values of this type. */
function scopeOf(row: FeedRow): FeedScope | null {
  return row.scope === null ? null : (JSON.parse(row.scope) as FeedScope)
}

/** A list that was not read for longer than this is shown with its age (feeds.md 6.3). */
export const staleAfterMs = 48 * 3_600_000

export function toFeedView(row: FeedRow, nowMs: number): FeedView {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    format: row.format,
    kind: row.kind,
    fellowship: row.fellowship,
    heldHere: row.heldHere === 1,
    zone: row.zone,
    everyMinutes: row.everyMinutes,
    scope: scopeOf(row),
    utcIsLocal: row.utcIsLocal === 1,
    midnightBefore: row.midnightBefore === 1,
    nextRunAtMs: row.nextRunAtMs,
    heldBack: row.heldBack === 1,
    stale: row.lastGoodRunAtMs !== null && nowMs - row.lastGoodRunAtMs > staleAfterMs,
    running: row.running === 1,
    lastGoodRunAtMs: row.lastGoodRunAtMs,
    // Both columns are written by this store only, from values of these types.
    counts: row.counts === null ? null : (JSON.parse(row.counts) as FeedCounts),
    problem: row.problem,
    problemDetail: row.problemDetail,
    lost: row.heldBack === 1 ? (JSON.parse(row.lost) as string[]) : [],
    remarks: JSON.parse(row.remarks) as RowRemark[],
  }
}

/** Staff read a few; a feed of another kind can have one per row. */
const remarksKept = 200

/** The first 200 remarks; the last line says how many more there were. */
export function cappedRemarks(remarks: readonly RowRemark[]): readonly RowRemark[] {
  if (remarks.length <= remarksKept) return remarks
  const more = remarks.length - remarksKept
  return [
    ...remarks.slice(0, remarksKept),
    { where: `+${more}`, reason: `${more} more remarks are not kept.` },
  ]
}

/** What a feed is called until it proposes a name: the host or the file. */
export function nameFromAddress(canonicalAddress: string): string {
  const url = new URL(canonicalAddress)
  return url.protocol === 'file:' ? decodeURIComponent(url.pathname.split('/').at(-1) ?? '') : url.hostname
}

/**
 * What visitors and paper call a feed: its name; null for a file that staff gave no name, since the name of a
 * file says nothing to a visitor. `address` is a web address, a `file:` address or a path.
 */
export function publicFeedName(name: string, address: string): string | null {
  const fromWeb = /^https?:/iu.test(address)
  const file = address.startsWith('file:') ? nameFromAddress(address) : address.split(/[\\/]/u).at(-1)
  return name === '' || (!fromWeb && name === file) ? null : name
}
