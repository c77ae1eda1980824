import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Db } from '../../electron/db/connection.ts'
import { openDatabase, type OpenOptions } from '../../electron/db/open.ts'
import { FakeClock, MemoryLogger } from './fakes.ts'

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export type TemporaryDatabase = {
  readonly db: Db
  readonly file: string
  readonly folder: string
  readonly key: Uint8Array
  readonly log: MemoryLogger
  readonly clock: FakeClock
  /** Closes and opens the same file again. */
  reopen(): Db
}

/** A real encrypted database in a folder of its own, closed and removed when the test ends. */
export function temporaryDatabase(options: Partial<OpenOptions> = {}): TemporaryDatabase {
  const folder = temporaryFolder()
  const file = join(folder, 'kiosk.db')
  const key = randomBytes(32)
  const log = new MemoryLogger()
  const clock = new FakeClock('2026-11-24T12:00:00Z')
  const open = (): Db => {
    const opened = openDatabase({ file, key, log, clock, ...options })
    if (!opened.ok) throw new Error(`The test database does not open: ${opened.code} ${opened.detail ?? ''}`)
    return opened.value
  }
  let db = open()
  onTestFinished(() => db.close())
  return {
    db,
    file,
    folder,
    key,
    log,
    clock,
    reopen() {
      db.close()
      db = open()
      return db
    },
  }
}
