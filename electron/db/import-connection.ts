import type { Result } from '../contract/result.ts'
import type { Db } from './connection.ts'
import { joinDatabase, type JoinOptions, type OpenCode } from './open.ts'

/**
 * The import's own connection. An import can be repeated, so its commits need not wait for the disk: a power
 * cut loses the newest ones, never the order (a log is read up to its first gap), and the next start repeats
 * the run. A sign-in's commit waits for the disk on its own connection and takes all before it along.
 */
export function joinForImport(options: JoinOptions): Result<Db, OpenCode> {
  const joined = joinDatabase({ cacheMebibytes: 32, ...options })
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

/**
 * While an import runs, main leaves moving the log to it: a sign-in's commit would otherwise have to move
 * the pages of the import.
 */
export function leaveLogToImport(db: Db, leave: boolean): void {
  db.driver.pragma(`wal_autocheckpoint = ${leave ? 0 : 1000}`)
}
