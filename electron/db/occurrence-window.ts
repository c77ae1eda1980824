import type { LocalDate } from '../contract/models.ts'
import type { Db, Tx } from './connection.ts'

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
