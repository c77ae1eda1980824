import type { LocalDate } from '../contract/models.ts'
import type { Db, Statement } from './connection.ts'

/**
 * Counts for the desk and for reports. Kept apart from `SignInStore`, so that no handler of the public window
 * holds an object that could tell whether anyone is here (PRV-02).
 */
export class SignInReport {
  readonly #count: Statement<{ people: number }>
  readonly #rows: Statement<{ stored: number }>

  constructor(db: Db) {
    this.#count = db.prepare(
      'sign-in-report.count',
      `SELECT (SELECT coalesce(sum(change), 0) FROM head_count
               WHERE meeting_id = :meetingId AND local_date = :localDate)
            + (SELECT count(*) FROM sign_in
               WHERE meeting_id = :meetingId AND local_date = :localDate
                 AND NOT EXISTS (SELECT 1 FROM sign_in_event
                                 WHERE sign_in_id = sign_in.id AND kind = 'undo')) AS people`,
    )
    this.#rows = db.prepare(
      'sign-in-report.rows',
      `SELECT (SELECT count(*) FROM head_count WHERE meeting_id = :meetingId AND local_date = :localDate)
            + (SELECT count(*) FROM sign_in WHERE meeting_id = :meetingId AND local_date = :localDate)
            AS stored`,
    )
  }

  /** How many are signed in to a meeting on a date: head counts and names, less what was undone. */
  countFor(meetingId: string, localDate: LocalDate): number {
    return this.#count.get({ meetingId, localDate })?.people ?? 0
  }

  /** How many rows of sign-ins a meeting has on a date, undone ones and their undoing included. */
  storedRowsFor(meetingId: string, localDate: LocalDate): number {
    return this.#rows.get({ meetingId, localDate })?.stored ?? 0
  }
}
