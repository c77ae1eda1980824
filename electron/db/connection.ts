import Database from 'better-sqlite3'
import type { Logger } from '../ports.ts'

type Bindable = string | number | bigint | Uint8Array | null
type Params = Readonly<Record<string, Bindable>>

/** Statements slower than this are logged by name (style guide: a worker when that log says so). */
const slowStatementMs = 50

export type Statement<Row> = {
  get(params?: Params): Row | undefined
  all(params?: Params): Row[]
  /** Not timed: the caller's own work between rows would count. */
  iterate(params?: Params): IterableIterator<Row>
  /** Returns the number of rows written. */
  run(params?: Params): number
}

declare const insideTransaction: unique symbol
/** Proof that a transaction is open; only `Db.transaction` makes one. Writes that commit together take it. */
export type Tx = { readonly [insideTransaction]: true }

/**
 * One open connection. Statements are prepared once, by the constructor of a store, and have a name for the log.
 * Values are bound by name: `prepare('sign-in.add', 'INSERT ... VALUES (:id)')`, `run({ id })`.
 */
export type Db = {
  /** `Row` is the caller's word for the columns it selects. */
  prepare<Row = never>(name: string, sql: string): Statement<Row>
  /**
   * Runs `work` in a write transaction (BEGIN IMMEDIATE; a savepoint inside another) and commits when it
   * returns; anything thrown undoes all of it and is thrown on. Synchronous: nothing may be awaited inside.
   */
  transaction<Value>(work: (tx: Tx) => Value): Value
  /**
   * From now on `writers[0]` counts the writes of this connection that wait for the lock or hold it, so that
   * another thread, which must not keep them waiting, can see it. Of memory that threads share.
   */
  announceWrites(writers: Int32Array): void
  /** Moves the log into the file and empties it; what was purged is then nowhere on disk (PRV-19). */
  truncateLog(): void
  /** Names each broken page or reference; empty when the file is sound. Reads the whole file. */
  integrityErrors(): readonly string[]
  /** Writes an encrypted copy with the same key to `file`, which must not exist. */
  copyTo(file: string): void
  close(): void
  /** The driver itself, for migrations and tests. */
  readonly driver: Database.Database
}

const proof = {} as Tx // A brand without content; see `Tx`.

/** Wraps an opened driver. `log` gets `slow_statement` lines: name and duration, never SQL or values. */
export function connect(driver: Database.Database, log: Logger): Db {
  const timed = <Value>(name: string, work: () => Value): Value => {
    const startedAt = performance.now()
    try {
      return work()
    } finally {
      const ms = performance.now() - startedAt
      if (ms > slowStatementMs) log.warn('slow_statement', { statement: name, ms: Math.round(ms) })
    }
  }
  let writers: Int32Array | null = null
  const announced = <Value>(write: () => Value): Value => {
    if (writers === null || driver.inTransaction) return write()
    Atomics.add(writers, 0, 1)
    try {
      return write()
    } finally {
      Atomics.sub(writers, 0, 1)
    }
  }
  return {
    driver,
    announceWrites(shared) {
      writers = shared
    },
    prepare<Row>(name: string, sql: string): Statement<Row> {
      const statement = driver.prepare<[Params], Row>(sql)
      return {
        get: (params = {}) => timed(name, () => statement.get(params)),
        all: (params = {}) => timed(name, () => statement.all(params)),
        iterate: (params = {}) => statement.iterate(params),
        run: (params = {}) => announced(() => timed(name, () => statement.run(params).changes)),
      }
    },
    transaction: (work) => announced(() => driver.transaction(() => work(proof)).immediate()),
    truncateLog() {
      driver.pragma('wal_checkpoint(TRUNCATE)')
    },
    integrityErrors() {
      const rows = driver.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all()
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    },
    copyTo(file) {
      // The driver's own backup() fails on an encrypted source; this keeps cipher and key.
      driver.prepare('VACUUM INTO ?').run(file)
    },
    close() {
      driver.close()
    },
  }
}
