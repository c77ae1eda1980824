import Database from 'better-sqlite3'
import { err, ok, type Result } from '../contract/result.ts'

export type StorageCode = 'storage_full' | 'storage_failed'

/** Results of SQLite that mean the disk, the file or its locks failed, not our SQL. */
const machineFailures =
  /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|BUSY|LOCKED|PROTOCOL|NOMEM|PERM|AUTH)/

/** SQLite's result code (`SQLITE_FULL` ...), or null when `error` did not come from SQLite. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null
}

/**
 * What a failed write means for whoever asked for it; null when it is a bug (a broken constraint, wrong SQL),
 * which the caller throws on. A full disk also shows as a shared-memory file that cannot grow.
 */
export function storageCode(error: unknown): StorageCode | null {
  const code = sqliteCode(error)
  if (code === null) return null
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'storage_full'
  return machineFailures.test(code) ? 'storage_failed' : null
}

/**
 * The boundary of a write: what the disk or the file did is a `Result`, a bug is thrown on.
 * `attempt(() => db.transaction((tx) => { settings.set(tx, ...); audit.append(tx, ...) }))`.
 */
export function attempt<Value>(write: () => Value): Result<Value, StorageCode> {
  try {
    return ok(write())
  } catch (error) {
    const code = storageCode(error)
    if (code === null) throw error
    return err(code, sqliteCode(error) ?? '')
  }
}
