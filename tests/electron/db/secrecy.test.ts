import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { connect, type Db } from '../../../electron/db/connection.ts'
import { migrations } from '../../../electron/db/migrations/migrations.ts'
import { SignInStore } from '../../../electron/db/sign-in-store.ts'
import { checkName } from '../../../electron/domain/names.ts'
import { FakeClock, FakeIds, MemoryLogger } from '../../support/fakes.ts'
import { temporaryDatabase, temporaryFolder } from '../../support/temporary-database.ts'

const clock = new FakeClock('2026-11-24T12:00:00Z')
/** Nothing else in a database looks like these. */
const markers = Array.from({ length: 50 }, (_, n) => `Xylomarkerphon${'q'.repeat(n % 40)}`)

function signInMarkers(db: Db): void {
  const store = new SignInStore(db, { ids: new FakeIds(), clock, machineId: 'm' })
  for (const [n, firstName] of markers.entries()) {
    const name = checkName({ firstName, lastInitial: 'K' })
    if (!name.ok) throw new Error(name.code)
    const to = { requestId: `r${n}`, meetingId: 'm', localDate: '2026-11-24', startsAtMs: 0 }
    expect(store.addName(to, name.value)).toEqual({ ok: true, value: null })
  }
}

/** Names of the files of a folder in which the marker's bytes stand, as UTF-8 or UTF-16. */
function filesWithMarkers(folder: string): string[] {
  const needles = [Buffer.from('Xylomarkerphon'), Buffer.from('Xylomarkerphon', 'utf16le')]
  return readdirSync(folder)
    .sort()
    .filter((name) => needles.some((needle) => readFileSync(join(folder, name)).includes(needle)))
}

/** The product's tables without a key: only to show that the search can find something. */
function unencryptedDatabase(secureDelete: 'ON' | 'OFF') {
  const folder = temporaryFolder()
  const driver = new Database(join(folder, 'kiosk.db'))
  driver.pragma('journal_mode = WAL')
  driver.pragma(`secure_delete = ${secureDelete}`)
  for (const migration of migrations) driver.exec(migration.sql)
  return { db: connect(driver, new MemoryLogger()), folder }
}

describe('the bytes on disk', () => {
  it('hold no header of SQLite and no name, neither in the file nor in its log (SEC-06)', () => {
    const { db, file, folder } = temporaryDatabase()
    signInMarkers(db)
    expect(readdirSync(folder).sort()).toEqual(['kiosk.db', 'kiosk.db-shm', 'kiosk.db-wal'])
    expect(filesWithMarkers(folder)).toEqual([])
    db.truncateLog()
    expect(filesWithMarkers(folder)).toEqual([])
    expect(readFileSync(file).includes('SQLite format 3')).toBe(false)
    expect(readFileSync(file).includes('CREATE TABLE')).toBe(false)
  })

  it('would be found out by the same search without a key', () => {
    const { db, folder } = unencryptedDatabase('ON')
    signInMarkers(db)
    expect(filesWithMarkers(folder)).toEqual(['kiosk.db-wal'])
    db.truncateLog()
    expect(filesWithMarkers(folder)).toEqual(['kiosk.db'])
    db.close()
  })

  it('hold nothing of what was purged, once the log is emptied (PRV-19)', () => {
    const { db, folder } = unencryptedDatabase('ON')
    signInMarkers(db)
    db.truncateLog()
    db.driver.exec('DELETE FROM sign_in')
    db.truncateLog()
    expect(filesWithMarkers(folder)).toEqual([])
    db.close()
  })

  it('would still hold it without secure_delete', () => {
    const { db, folder } = unencryptedDatabase('OFF')
    signInMarkers(db)
    db.truncateLog()
    db.driver.exec('DELETE FROM sign_in')
    db.truncateLog()
    expect(filesWithMarkers(folder)).toEqual(['kiosk.db'])
    db.close()
  })
})
