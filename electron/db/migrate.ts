import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import type { Clock, Logger } from '../ports.ts'
import type { Db } from './connection.ts'
import type { Migration } from './migrations/migrations.ts'
import { sqliteCode, storageCode } from './storage-error.ts'

export type MigrateOptions = {
  readonly db: Db
  readonly migrations: readonly Migration[]
  readonly file: string
  readonly clock: Clock
  readonly log: Logger
  /** How many copies from before a migration stay; 0 makes none. */
  readonly keepCopies: number
}

export type MigrateCode = 'newer' | 'disk_full' | 'storage_failed'

/** `user_version`: the number of the newest migration that a database has. */
export function userVersion(db: Db): number {
  return Number(db.driver.pragma('user_version', { simple: true }))
}

/**
 * Brings the schema to the newest migration: each in a transaction of its own together with its number. An
 * existing database is first copied beside itself, encrypted as it is. When anything fails, schema and number
 * are as the last complete migration left them. `storage_failed` names the migration in `detail`.
 */
export function migrate(
  options: MigrateOptions,
): Result<{ readonly from: number; readonly to: number }, MigrateCode> {
  const { db, migrations } = options
  const from = userVersion(db)
  const to = migrations.at(-1)?.number ?? 0
  if (from > to) return err('newer', `schema ${from}, this version knows ${to}`)
  const due = migrations.filter((migration) => migration.number > from)
  if (due.length === 0) return ok({ from, to })
  if (from > 0 && options.keepCopies > 0) {
    const copied = copyBefore(options, from)
    if (!copied.ok) return copied
  }
  for (const migration of due) {
    const applied = apply(db, migration)
    if (!applied.ok) return applied
    options.log.info('migrated', { to: migration.number, name: migration.name })
  }
  return ok({ from, to })
}

class BrokenReferences extends Error {}

function apply(db: Db, migration: Migration): Result<null, MigrateCode> {
  // A migration may rebuild a table that others refer to. The switch has no effect inside a transaction.
  db.driver.pragma('foreign_keys = OFF')
  try {
    db.transaction(() => {
      db.driver.exec(migration.sql)
      if (db.driver.prepare('PRAGMA foreign_key_check').all().length > 0) throw new BrokenReferences()
      db.driver.pragma(`user_version = ${migration.number}`)
    })
    return ok(null)
  } catch (error) {
    const where = `migration ${migration.number} ${migration.name}`
    if (error instanceof BrokenReferences) return err('storage_failed', `${where}: broken references`)
    const code = sqliteCode(error)
    // SQLite's text may quote stored values; its code never does.
    if (code === null) throw error
    return storageCode(error) === 'storage_full'
      ? err('disk_full', where)
      : err('storage_failed', `${where}: ${code}`)
  } finally {
    db.driver.pragma('foreign_keys = ON')
  }
}

const copyMark = '.before-migration-'

/** `kiosk.db.before-migration-20261124T062700Z-v1` beside `kiosk.db`; only the newest `keepCopies` stay. */
function copyBefore(options: MigrateOptions, from: number): Result<null, 'disk_full' | 'storage_failed'> {
  const { db, file, clock, keepCopies } = options
  const stamp = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const copy = `${file}${copyMark}${stamp}-v${from}`
  const unfinished = `${copy}.part`
  try {
    rmSync(unfinished, { force: true })
    db.copyTo(unfinished)
    syncToDisk(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { force: true })
    rmSync(`${unfinished}-journal`, { force: true })
    if (isDiskFull(error)) return err('disk_full', 'no room for the copy before migrating')
    return err('storage_failed', 'the copy before migrating could not be written')
  }
  for (const old of listCopies(file).slice(keepCopies)) rmSync(old, { force: true })
  return ok(null)
}

/** Copies from before migrations, newest first. */
function listCopies(file: string): readonly string[] {
  const start = `${basename(file)}${copyMark}`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(start) && !name.includes('.part'))
    .sort()
    .reverse()
    .map((name) => join(dirname(file), name))
}

/** True for SQLite's and the file system's ways to say that there is no room. */
export function isDiskFull(error: unknown): boolean {
  if (storageCode(error) === 'storage_full') return true
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

/** Waits until the bytes of `file` are on disk. Not for a file that SQLite has open in this process. */
export function syncToDisk(file: string): void {
  const fd = openSync(file, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
