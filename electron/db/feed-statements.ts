import type { FeedRunView } from '../contract/models.ts'
import type { Db } from './connection.ts'
import { feedColumns, type FeedRow } from './feed-rows.ts'

/** The SQL of `FeedStore`: feeds and their runs. */
export function prepareFeedStatements(db: Db) {
  const select = `SELECT ${feedColumns} FROM feed`
  return {
    all: db.prepare<FeedRow>('feed.list', `${select} ORDER BY created_at_ms, id`),
    byId: db.prepare<FeedRow>('feed.get', `${select} WHERE id = :feedId`),
    byAddress: db.prepare<{ id: string }>(
      'feed.by-address',
      'SELECT id FROM feed WHERE canonical_address = :canonicalAddress',
    ),
    due: db.prepare<{ id: string }>(
      'feed.due',
      // No feed waits longer than a day after a failure, or its own interval.
      `SELECT id FROM feed WHERE next_run_at_ms <= :now
         OR next_run_at_ms > :now + :jitter * max(every_minutes, iif(failures_in_a_row > 0, 1440, 0))
       ORDER BY next_run_at_ms, id`,
    ),
    insert: db.prepare(
      'feed.add',
      `INSERT INTO feed (id, name, source_from, address, canonical_address, plain_http_allowed, kind, fellowship,
         zone, held_here, every_minutes, scope, utc_is_local, midnight_before, machine_id, created_at_ms,
         updated_at_ms)
       VALUES (:id, :name, :sourceFrom, :address, :canonicalAddress, :plainHttpAllowed, :kind, :fellowship,
         :zone, :heldHere, :everyMinutes, :scope, :utcIsLocal, :midnightBefore, :machineId, :now, :now)`,
    ),
    change: db.prepare(
      'feed.change',
      `UPDATE feed SET name = :name, kind = :kind, fellowship = :fellowship, zone = :zone, held_here = :heldHere,
         every_minutes = :everyMinutes, scope = :scope, utc_is_local = :utcIsLocal,
         midnight_before = :midnightBefore, next_run_at_ms = 0, updated_at_ms = :now WHERE id = :feedId`,
    ),
    dueWithoutZone: db.prepare(
      'feed.due-without-zone',
      'UPDATE feed SET next_run_at_ms = 0 WHERE zone IS NULL OR scope IS NOT NULL',
    ),
    remove: db.prepare('feed.remove', 'DELETE FROM feed WHERE id = :feedId'),
    forget: db.prepare(
      'feed.forget',
      `UPDATE feed SET etag = NULL, last_modified = NULL, content_hash = NULL, updated_at_ms = :now
       WHERE id = :feedId`,
    ),
    standing: db.prepare(
      'feed.standing',
      `UPDATE feed SET problem = :problem, problem_detail = :detail, failures_in_a_row = :failures,
         next_run_at_ms = :nextRunAtMs, lost = :lost, updated_at_ms = :now WHERE id = :feedId`,
    ),
    applied: db.prepare(
      'feed.applied',
      `UPDATE feed SET name = iif(name = :unnamed, coalesce(:proposedName, name), name), format = :format, counts = :counts, remarks = :remarks, etag = :etag,
         last_modified = :lastModified, content_hash = :contentHash, last_good_run_at_ms = :now
       WHERE id = :feedId`,
    ),
    refused: db.prepare(
      'feed.refused',
      'UPDATE feed SET format = :format, counts = :counts, remarks = :remarks WHERE id = :feedId',
    ),
    unchanged: db.prepare(
      'feed.unchanged',
      `UPDATE feed SET last_good_run_at_ms = :now, etag = coalesce(:etag, etag),
         last_modified = coalesce(:lastModified, last_modified) WHERE id = :feedId`,
    ),
    startRun: db.prepare(
      'feed-run.start',
      `INSERT INTO feed_run (id, feed_id, started_at_ms, outcome) VALUES (:runId, :feedId, :now, 'running')`,
    ),
    markApplying: db.prepare(
      'feed-run.applying',
      `UPDATE feed_run SET outcome = 'applying', content_hash = :contentHash WHERE id = :runId`,
    ),
    lastApplying: db.prepare<{ outcome: string; contentHash: string | null }>(
      'feed-run.last-applying',
      `SELECT outcome, content_hash AS contentHash FROM feed_run
       WHERE feed_id = :feedId AND content_hash IS NOT NULL ORDER BY rowid DESC LIMIT 1`,
    ),
    lastApplied: db.prepare<{ contentHash: string | null }>(
      'feed-run.last-applied',
      `SELECT content_hash AS contentHash FROM feed_run
       WHERE feed_id = :feedId AND outcome = 'applied' ORDER BY rowid DESC LIMIT 1`,
    ),
    lastEnded: db.prepare<{ outcome: string }>(
      'feed-run.last-ended',
      `SELECT outcome FROM feed_run WHERE feed_id = :feedId AND ended_at_ms IS NOT NULL
       ORDER BY rowid DESC LIMIT 1`,
    ),
    endRun: db.prepare(
      'feed-run.end',
      `UPDATE feed_run SET ended_at_ms = :now, outcome = :outcome, problem = :problem, problem_detail = :detail,
         bytes = :bytes, read = :read, kept = :kept, refused = :refused, added = :added, changed = :changed,
         removed = :removed,
         content_hash = coalesce(:contentHash, content_hash) WHERE id = :runId`,
    ),
    dropOldRuns: db.prepare(
      'feed-run.drop-old',
      'DELETE FROM feed_run WHERE feed_id = :feedId AND started_at_ms < :before AND ended_at_ms IS NOT NULL',
    ),
    openRuns: db.prepare<{ id: string; feedId: string; outcome: string }>(
      'feed-run.open',
      'SELECT id, feed_id AS feedId, outcome FROM feed_run WHERE ended_at_ms IS NULL',
    ),
    interrupt: db.prepare(
      'feed-run.interrupt',
      `UPDATE feed_run SET ended_at_ms = :now, outcome = 'interrupted', problem = 'interrupted' WHERE id = :runId`,
    ),
    interruptFeed: db.prepare(
      'feed.interrupted',
      `UPDATE feed SET next_run_at_ms = 0, updated_at_ms = :now,
         problem = CASE WHEN :applying THEN 'interrupted' ELSE problem END,
         problem_detail = CASE WHEN :applying THEN NULL ELSE problem_detail END WHERE id = :feedId`,
    ),
    runs: db.prepare<FeedRunView>(
      'feed-run.list',
      `SELECT started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, outcome, problem,
         problem_detail AS problemDetail, read, refused, added, changed, removed
       FROM feed_run WHERE feed_id = :feedId ORDER BY rowid DESC LIMIT 50`,
    ),
  }
}
