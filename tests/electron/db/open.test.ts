import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync, statSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { joinDatabase, openDatabase } from '../../../electron/db/open.ts'
import { temporaryDatabase, temporaryFolder } from '../../support/temporary-database.ts'
import { FakeClock, MemoryLogger } from '../../support/fakes.ts'

const clock = new FakeClock('2026-11-24T12:00:00Z')

/** Every file of a folder with its bytes, to compare before and after. */
function picture(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  )
}

function closedDatabase() {
  const made = temporaryDatabase()
  made.db.driver.exec(`INSERT INTO machine VALUES (1, 'm', 0)`)
  for (let n = 0; n < 300; n += 1) {
    made.db.driver
      .prepare(`INSERT INTO setting VALUES (?, json_quote(?), 'm', 0)`)
      .run(`s${n}`, 'x'.repeat(400))
  }
  made.db.close()
  return made
}

/** A database whose process died: the log still holds what was written. */
function crashedDatabase() {
  const made = temporaryDatabase()
  made.db.driver.exec(`INSERT INTO machine VALUES (1, 'm', 0)`)
  const folder = temporaryFolder()
  for (const name of readdirSync(made.folder)) cpSync(join(made.folder, name), join(folder, name))
  return { folder, file: join(folder, 'kiosk.db'), key: made.key, log: made.log }
}

describe('openDatabase', () => {
  it('creates an encrypted database where there is nothing, readable by its owner only', () => {
    const { db, file, folder } = temporaryDatabase()
    expect(db.driver.pragma('user_version', { simple: true })).toBe(1)
    expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
  })

  it('sets every protection on the first and on a further connection', () => {
    const { db, file, key, log } = temporaryDatabase()
    const joined = joinDatabase({ file, key, log })
    if (!joined.ok) throw new Error(joined.code)
    for (const { driver } of [db, joined.value]) {
      const read = (name: string) => driver.pragma(name, { simple: true })
      expect({
        journal: read('journal_mode'),
        synchronous: read('synchronous'),
        references: read('foreign_keys'),
        secureDelete: read('secure_delete'),
        temporary: read('temp_store'),
        mapped: read('mmap_size'),
        cipher: read('cipher'),
        waits: read('busy_timeout'),
      }).toEqual({
        journal: 'wal',
        synchronous: 2,
        references: 1,
        secureDelete: 1,
        temporary: 2,
        mapped: 0,
        cipher: 'sqlcipher',
        waits: 5000,
      })
    }
    joined.value.close()
  })

  it('refuses a wrong key and leaves the file as it was (SEC-06)', () => {
    const { file, folder, log } = closedDatabase()
    const before = picture(folder)
    expect(openDatabase({ file, key: randomBytes(32), log, clock })).toMatchObject({
      ok: false,
      code: 'wrong_key',
    })
    expect(picture(folder)).toEqual(before)
  })
})
