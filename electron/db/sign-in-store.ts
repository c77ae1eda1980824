import type { EpochMs, LocalDate } from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { PersonName } from '../domain/names.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Db, Statement } from './connection.ts'
import { attempt, type StorageCode } from './storage-error.ts'

/** Which date of which meeting; `requestId` is the page's own for one tap. */
export type SignInTo = {
  readonly requestId: string
  readonly meetingId: string
  readonly localDate: LocalDate
  readonly startsAtMs: EpochMs
}

/**
 * Writes sign-ins and takes them back; it reads nothing about anyone (PRV-01 to PRV-03), so that it may be in
 * the hands of the public window's handlers. `ok` means: on disk. The same request twice is one sign-in, and an
 * undo twice is one undo. Rows are only ever added; retention removes them.
 */
export class SignInStore {
  readonly #db: Db
  readonly #from: { readonly ids: Ids; readonly clock: Clock; readonly machineId: string }
  readonly #addCount: Statement<never>
  readonly #findCount: Statement<{ meetingId: string; localDate: LocalDate }>
  readonly #addName: Statement<never>
  readonly #findName: Statement<{ id: string; meetingId: string; localDate: LocalDate }>
  readonly #addUndo: Statement<never>

  constructor(db: Db, from: { readonly ids: Ids; readonly clock: Clock; readonly machineId: string }) {
    this.#db = db
    this.#from = from
    this.#addCount = db.prepare(
      'sign-in.add-count',
      `INSERT INTO head_count (request_id, meeting_id, local_date, change, machine_id)
       VALUES (:requestId, :meetingId, :localDate, :change, :machineId)
       ON CONFLICT (request_id) DO NOTHING`,
    )
    this.#findCount = db.prepare(
      'sign-in.find-count',
      `SELECT meeting_id AS meetingId, local_date AS localDate
       FROM head_count WHERE request_id = :requestId AND change = 1`,
    )
    this.#addName = db.prepare(
      'sign-in.add-name',
      `INSERT INTO sign_in (id, request_id, meeting_id, local_date, starts_at_ms, kind,
                            first_name, last_initial, source, machine_id, created_at_ms)
       VALUES (:id, :requestId, :meetingId, :localDate, :startsAtMs, 'name',
               :firstName, :lastInitial, 'kiosk', :machineId, :nowMs)
       ON CONFLICT (request_id) DO NOTHING`,
    )
    this.#findName = db.prepare(
      'sign-in.find-name',
      `SELECT id, meeting_id AS meetingId, local_date AS localDate
       FROM sign_in WHERE request_id = :requestId`,
    )
    this.#addUndo = db.prepare(
      'sign-in.undo-name',
      `INSERT INTO sign_in_event (id, sign_in_id, kind, machine_id, created_at_ms)
       VALUES (:id, :signInId, 'undo', :machineId, :nowMs)
       ON CONFLICT DO NOTHING`,
    )
  }

  /** One more, and nothing else: no name, no time finer than the date (PRV-04). */
  addCount(to: Omit<SignInTo, 'startsAtMs'>): Result<null, StorageCode> {
    const { requestId, meetingId, localDate } = to
    return this.#write(() => {
      const { machineId } = this.#from
      const added = this.#addCount.run({ requestId, meetingId, localDate, change: 1, machineId })
      if (added === 0) mustBeSame(this.#findCount.get({ requestId }), to)
    })
  }

  /** A preferred name and an initial, for a therapist-led group; `checkName` makes the name. */
  addName(to: SignInTo, name: PersonName): Result<null, StorageCode> {
    const { requestId, meetingId, localDate, startsAtMs } = to
    return this.#write(() => {
      const { ids, clock, machineId } = this.#from
      const added = this.#addName.run({
        id: ids.uuidv7(),
        requestId,
        meetingId,
        localDate,
        startsAtMs,
        firstName: name.firstName,
        lastInitial: name.lastInitial,
        machineId,
        nowMs: clock.now(),
      })
      if (added === 0) mustBeSame(this.#findName.get({ requestId }), to)
    })
  }

  /**
   * Takes a sign-in back: a row of -1 for a head count, an event for a name. Whether there is still time for it
   * is the caller's rule. `not_found` when the request never signed anyone in.
   */
  undo(requestId: string): Result<null, 'not_found' | StorageCode> {
    const written = attempt(() =>
      this.#db.transaction(() => {
        const { ids, clock, machineId } = this.#from
        const counted = this.#findCount.get({ requestId })
        if (counted !== undefined) {
          // Not a random id: the second undo of the same tap must find the first.
          this.#addCount.run({ ...counted, requestId: `${requestId}/undo`, change: -1, machineId })
          return true
        }
        const named = this.#findName.get({ requestId })
        if (named === undefined) return false
        this.#addUndo.run({ id: ids.uuidv7(), signInId: named.id, machineId, nowMs: clock.now() })
        return true
      }),
    )
    if (!written.ok) return written
    return written.value ? ok(null) : err('not_found')
  }

  #write(work: () => void): Result<null, StorageCode> {
    const written = attempt(() => this.#db.transaction(work))
    return written.ok ? ok(null) : written
  }
}

/** A request id names one tap. With another meeting it is a fault of the page, and nothing was written. */
function mustBeSame(
  stored: { readonly meetingId: string; readonly localDate: LocalDate } | undefined,
  to: { readonly meetingId: string; readonly localDate: LocalDate },
): void {
  if (stored?.meetingId === to.meetingId && stored.localDate === to.localDate) return
  throw new Error('A request id was used for two sign-ins.')
}
