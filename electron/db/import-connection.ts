import type { Result } from '../contract/result.ts'
import type { LocalDate } from '../contract/models.ts'
import type { Db, Tx } from './connection.ts'
import { joinDatabase, type JoinOptions, type OpenCode } from './open.ts'

/**
 * The import's own connection. An import can be repeated, so its commits need not wait for the disk: a power
 * cut loses the newest ones, never the order (a log is read up to its first gap), and the next start repeats
 * the run. A sign-in's commit waits for the disk on its own connection and takes all before it along.
 */
export function joinForImport(options: JoinOptions): Result<Db, OpenCode> {
  const joined = joinDatabase(options)
  if (joined.ok) {
    joined.value.driver.pragma('synchronous = NORMAL')
    // Moving the log into the file waits for the disk; it is done between two chunks (`moveLog`).
    joined.value.driver.pragma('wal_autocheckpoint = 0')
  }
  return joined
}

/** Moves what it can of the log into the file without making anybody wait. Returns the pages still in it. */
export function moveLog(db: Db): number {
  const [row] = db.driver.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[]
  return row === undefined ? 0 : row.log - row.checkpointed
}

/** For which day and center the occurrences were last brought up to date as a whole. */
export type OccurrenceWindow = { readonly today: LocalDate; readonly centerHash: string }

export function readOccurrenceWindow(db: Db): OccurrenceWindow | undefined {
  return db
    .prepare<OccurrenceWindow>(
      'occurrence-window.get',
      'SELECT today, center_hash AS centerHash FROM occurrence_window',
    )
    .get()
}

export function writeOccurrenceWindow(db: Db, _tx: Tx, window: OccurrenceWindow): void {
  db.prepare(
    'occurrence-window.set',
    `INSERT INTO occurrence_window (id, today, center_hash) VALUES (1, :today, :centerHash)
     ON CONFLICT (id) DO UPDATE SET today = excluded.today, center_hash = excluded.center_hash`,
  ).run(window)
}
