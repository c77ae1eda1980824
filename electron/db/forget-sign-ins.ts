import type { Db, Tx } from './connection.ts'

/**
 * Takes every sign-in away: those of a demonstration, before a center's own begin. Kept apart from `SignInStore`,
 * which is in the hands of the public window. What is deleted is overwritten; the caller empties the log
 * afterwards (`Db.truncateLog`, PRV-19).
 */
export function forgetSignIns(db: Db, _tx: Tx): void {
  for (const table of ['sign_in_event', 'sign_in', 'head_count'])
    db.prepare(`sign-in.forget-${table}`, `DELETE FROM ${table}`).run()
}
