import Database from 'better-sqlite3'
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import type { Clock, Logger } from '../ports.ts'
import { connect, type Db } from './connection.ts'
import { isDiskFull, migrate, syncToDisk, userVersion } from './migrate.ts'
import { migrations, type Migration } from './migrations/migrations.ts'
import { provePage } from './page-proof.ts'
import { sqliteCode } from './storage-error.ts'

export type OpenCode = 'wrong_key' | 'damaged' | 'newer' | 'disk_full' | 'storage_failed'

export type OpenOptions = {
  readonly file: string
  /** 32 bytes from the `KeyVault`. */
  readonly key: Uint8Array
  readonly log: Logger
  readonly clock: Clock
  /** Copies from before a migration that stay; 3 unless told. */
  readonly keepCopies?: number
  /** Reads only: creates nothing, migrates nothing, refuses any other schema than the newest. */
  readonly readonly?: boolean
  /** Other migrations than the product's, for tests. */
  readonly migrations?: readonly Migration[]
}

export type JoinOptions = Pick<OpenOptions, 'file' | 'key' | 'log' | 'migrations'> & {
  /** Page cache of this connection; 16 unless told. */
  readonly cacheMebibytes?: number
}

/**
 * Opens the database, as the first connection of this process: creates it when there is nothing at `file`,
 * migrates it, and returns it ready to use. A file that is refused (`wrong_key`, `damaged`, `newer`) is left
 * byte by byte as it was, with no new file beside it, and is never replaced: the way back is a restore.
 * `detail` is one phrase for staff. The file is read once more after a crash (`quick_check`).
 * The folder must exist. Further connections, as in the worker, use `joinDatabase`.
 */
export function openDatabase(options: OpenOptions): Result<Db, OpenCode> {
  const { file, key, readonly = false } = options
  if (key.length !== keyLength) throw new Error('The key of the database has 32 bytes.')
  if (!existsSync(dirname(file))) return err('storage_failed', 'the folder is missing')
  try {
    const newest = (options.migrations ?? migrations).at(-1)?.number ?? 0
    if (!existsSync(file)) {
      if (readonly) return err('storage_failed', 'there is no database')
      // A log without its database: the database was lost, and an empty one must not take its place.
      if (hasBytes(`${file}-wal`) || hasBytes(`${file}-journal`)) {
        return err('damaged', 'the file is gone, its log is still there')
      }
      const born = giveBirth(options)
      if (!born.ok) return born
    }
    const refused = refusal(file, key, newest)
    if (refused !== null) return refused
    if (hasBytes(`${file}-wal`) && !isSound(file, key, options.log)) {
      return err('damaged', 'after a crash the check of the file failed')
    }
    const driver = connectDriver(file, key, { readonly, cacheMebibytes: 64 })
    const db = connect(driver, options.log)
    if (readonly) {
      if (userVersion(db) === newest) return ok(db)
      db.close()
      return err('storage_failed', 'the schema is older than this version')
    }
    const migrated = migrate({
      db,
      migrations: options.migrations ?? migrations,
      file,
      clock: options.clock,
      log: options.log,
      keepCopies: options.keepCopies ?? 3,
    })
    if (migrated.ok) return ok(db)
    db.close()
    return migrated
  } catch (error) {
    return failure(error)
  }
}

/**
 * A further connection to a database that this process has open already (the import's worker thread). It skips
 * the proof of the file, because reading it beside SQLite would drop SQLite's locks, and never migrates.
 */
export function joinDatabase(options: JoinOptions): Result<Db, OpenCode> {
  try {
    const driver = connectDriver(options.file, options.key, {
      readonly: false,
      cacheMebibytes: options.cacheMebibytes ?? 16,
    })
    const db = connect(driver, options.log)
    const newest = (options.migrations ?? migrations).at(-1)?.number ?? 0
    const version = userVersion(db)
    if (version === newest) return ok(db)
    db.close()
    return err(version > newest ? 'newer' : 'storage_failed', 'not the schema of this version')
  } catch (error) {
    return failure(error)
  }
}

function refusal(file: string, key: Uint8Array, newest: number): Result<never, OpenCode> | null {
  const proof = provePage(file, key)
  switch (proof.key) {
    case 'wrong':
      return err('wrong_key', 'the key does not open this file, or its first pages are damaged')
    case 'not_encrypted':
      return err('damaged', 'not an encrypted database')
    case 'right_but_damaged':
      return err('damaged', 'the first page is damaged')
    case 'right':
      if (proof.userVersion > newest) {
        return err('newer', `schema ${proof.userVersion}, this version knows ${newest}`)
      }
      return proof.cutShort ? err('damaged', 'the file is cut short') : null
  }
}

/**
 * Makes the database whole under another name and moves it into place, so that a power cut leaves either
 * nothing or a complete one; an empty file at `file` is then always damage.
 */
function giveBirth(options: OpenOptions): Result<null, OpenCode> {
  const unfinished = `${options.file}.new`
  const parts = ['', '-wal', '-shm', '-journal'].map((end) => unfinished + end)
  for (const part of parts) rmSync(part, { force: true })
  try {
    const driver = new Database(unfinished)
    const db = connect(driver, options.log)
    try {
      setKey(driver, options.key)
      // Stays in the file: a reader never waits for a writer, and a commit is one append and one fsync.
      driver.pragma('journal_mode = WAL')
      setPragmas(driver, 16)
      const migrated = migrate({
        db,
        migrations: options.migrations ?? migrations,
        file: unfinished,
        clock: options.clock,
        log: options.log,
        keepCopies: 0,
      })
      if (!migrated.ok) return migrated
    } finally {
      db.close()
    }
    // The log and the shared memory take the mode of the file. No effect on Windows: the profile protects it.
    chmodSync(unfinished, 0o600)
    syncToDisk(unfinished)
    renameSync(unfinished, options.file)
    syncFolder(dirname(options.file))
    return ok(null)
  } finally {
    for (const part of parts) rmSync(part, { force: true })
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function connectDriver(
  file: string,
  key: Uint8Array,
  how: { readonly readonly: boolean; readonly cacheMebibytes: number },
): Database.Database {
  const driver = new Database(file, { fileMustExist: true, readonly: how.readonly, timeout: busyTimeoutMs })
  try {
    setKey(driver, key)
    setPragmas(driver, how.cacheMebibytes)
    // Proves the key: until a page is read, any key seems to fit.
    driver.prepare('SELECT count(*) FROM sqlite_schema').get()
    return driver
  } catch (error) {
    driver.close()
    throw error
  }
}

const busyTimeoutMs = 5_000
const keyLength = 32

/** Before anything else is asked of the file. The key goes in as bytes, never as part of an SQL text. */
function setKey(driver: Database.Database, key: Uint8Array): void {
  if (key.length !== keyLength) throw new Error('The key of the database has 32 bytes.')
  driver.pragma(`cipher = 'sqlcipher'`)
  // The published SQLCipher 4 format, so that other programs can rescue a file and `page-proof` can read it.
  driver.pragma('legacy = 4')
  const raw = Buffer.concat([Buffer.from('raw:'), key])
  // The driver with ciphers adds this method; the published types are of the driver without.
  ;(driver as Database.Database & { key(bytes: Buffer): number }).key(raw)
  raw.fill(0)
}

function setPragmas(driver: Database.Database, cacheMebibytes: number): void {
  // A kiosk is switched off at the wall: a commit returns when it is on the disk.
  driver.pragma('synchronous = FULL')
  driver.pragma('foreign_keys = ON')
  // What is deleted is overwritten with zeros (PRV-19).
  driver.pragma('secure_delete = ON')
  // An import holds the write lock for 25 ms at most; longer waits are a fault.
  driver.pragma(`busy_timeout = ${busyTimeoutMs}`)
  // Negative means KiB. A page in the cache is not decrypted again.
  driver.pragma(`cache_size = ${-1024 * cacheMebibytes}`)
  // A sort that spills to a file would write plain text.
  driver.pragma('temp_store = MEMORY')
  // Pages must pass through the cipher; a mapped file would not.
  driver.pragma('mmap_size = 0')
  // About 4 MB of log, then its pages move into the file; a log that grew by an import shrinks again.
  driver.pragma('wal_autocheckpoint = 1000')
  driver.pragma(`journal_size_limit = ${16 * 1024 * 1024}`)
  // A schema from a restored file cannot call functions behind our back.
  driver.pragma('trusted_schema = OFF')
}

/** Reads every page through its seal, on a connection that cannot write: nothing is played back yet. */
function isSound(file: string, key: Uint8Array, log: Logger): boolean {
  const driver = connectDriver(file, key, { readonly: true, cacheMebibytes: 16 })
  try {
    return driver.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    log.error('quick_check_failed', { code: sqliteCode(error) ?? 'unknown' })
    return false
  } finally {
    driver.close()
  }
}

function hasBytes(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function failure(error: unknown): Result<never, OpenCode> {
  if (isDiskFull(error)) return err('disk_full')
  const code = sqliteCode(error)
  if (code !== null) {
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return err('damaged', code)
    return err('storage_failed', code)
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return err('storage_failed', error.code)
  }
  throw error
}
