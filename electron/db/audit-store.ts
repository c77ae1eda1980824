import { createHash } from 'node:crypto'
import type { Clock } from '../ports.ts'
import type { Db, Statement, Tx } from './connection.ts'

/** Row ids, codes and counts; never a name, an address or typed text (SEC-08, PRV-20). */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

export type AuditEntry = {
  /** `group.what`, such as `app.started` or `handout.printed`. */
  readonly event: string
  readonly detail?: AuditDetail
  readonly staffId?: string | null
}

type Line = {
  readonly sequence: number
  readonly atMs: number
  readonly event: string
  readonly detail: string
  readonly staffId: string | null
  readonly machineId: string
  readonly previousHash: string
}

/** What stands before the first line. */
const genesis = '0'.repeat(64)

/**
 * The audit log: lines are only added, and each carries the hash of the one before, so a changed, removed or
 * inserted line breaks the chain at that place. Cutting off the end can only be seen against a `head` that was
 * noted elsewhere.
 */
export class AuditStore {
  readonly #from: { readonly clock: Clock; readonly machineId: string }
  readonly #last: Statement<{ sequence: number; hash: string }>
  readonly #add: Statement<never>
  readonly #list: Statement<Line & { hash: string }>

  constructor(db: Db, from: { readonly clock: Clock; readonly machineId: string }) {
    this.#from = from
    this.#last = db.prepare('audit.last', 'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
    this.#add = db.prepare(
      'audit.append',
      `INSERT INTO audit (sequence, at_ms, event, detail, staff_id, machine_id, previous_hash, hash)
       VALUES (:sequence, :atMs, :event, :detail, :staffId, :machineId, :previousHash, :hash)`,
    )
    this.#list = db.prepare(
      'audit.list',
      `SELECT sequence, at_ms AS atMs, event, detail, staff_id AS staffId, machine_id AS machineId,
              previous_hash AS previousHash, hash
       FROM audit ORDER BY sequence`,
    )
  }

  /** Adds a line inside the caller's transaction: an act and its line are stored together or not at all. */
  append(_tx: Tx, entry: AuditEntry): void {
    const last = this.#last.get()
    const line: Line = {
      sequence: (last?.sequence ?? 0) + 1,
      atMs: this.#from.clock.now(),
      event: entry.event,
      detail: canonicalDetail(entry.detail ?? {}),
      staffId: entry.staffId ?? null,
      machineId: this.#from.machineId,
      previousHash: last?.hash ?? genesis,
    }
    this.#add.run({ ...line, hash: hashOf(line) })
  }

  /** The newest line, to be noted elsewhere; null when there is none. */
  head(): { readonly sequence: number; readonly hash: string } | null {
    return this.#last.get() ?? null
  }

  /** Checks every line from the first. `brokenAt` is the sequence number of the first that does not hold. */
  verify():
    | { readonly sound: true; readonly lines: number }
    | { readonly sound: false; readonly brokenAt: number } {
    let lines = 0
    let previousHash = genesis
    for (const row of this.#list.iterate()) {
      const expected = lines + 1
      // A gap: the line that should stand here is gone.
      if (row.sequence !== expected) return { sound: false, brokenAt: expected }
      if (row.previousHash !== previousHash || row.hash !== hashOf(row)) {
        return { sound: false, brokenAt: row.sequence }
      }
      previousHash = row.hash
      lines = expected
    }
    return { sound: true, lines }
  }
}

/** The same detail gives the same text whatever the order of its keys. */
function canonicalDetail(detail: AuditDetail): string {
  return JSON.stringify(Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** A JSON array in a fixed order: no two different lines have the same text. */
function hashOf(line: Line): string {
  const { sequence, atMs, event, detail, staffId, machineId, previousHash } = line
  const text = JSON.stringify([sequence, atMs, event, detail, staffId, machineId, previousHash])
  return createHash('sha256').update(text).digest('hex')
}
