import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Db } from '../../../electron/db/connection.ts'
import { migrations } from '../../../electron/db/migrations/migrations.ts'
import { openDatabase } from '../../../electron/db/open.ts'
import { SignInReport } from '../../../electron/db/sign-in-report.ts'
import { SignInStore } from '../../../electron/db/sign-in-store.ts'
import { checkName } from '../../../electron/domain/names.ts'
import { FakeClock, FakeIds, MemoryLogger } from '../../support/fakes.ts'
import { temporaryDatabase, temporaryFolder } from '../../support/temporary-database.ts'

const clock = new FakeClock('2026-11-24T12:00:00Z')
const today = '2026-11-24'

/** Signs in under fresh request ids until the disk is full; returns how many were confirmed. */
function signInUntilFull(db: Db): { confirmed: number; code: string } {
  const store = new SignInStore(db, { ids: new FakeIds(), clock, machineId: 'm' })
  const name = checkName({ firstName: 'Ana', lastInitial: 'K' })
  if (!name.ok) throw new Error(name.code)
  for (let confirmed = 0; confirmed < 100_000; confirmed += 1) {
    const to = { requestId: `r${confirmed}`, meetingId: 'm', localDate: today, startsAtMs: 0 }
    const done = confirmed % 2 === 0 ? store.addCount(to) : store.addName(to, name.value)
    if (!done.ok) return { confirmed, code: done.code }
  }
  throw new Error('The disk was never full.')
}

describe('a full disk during a sign-in', () => {
  it('is said as such, loses nothing confirmed, and is over when there is room again', () => {
    const made = temporaryDatabase()
    made.db.driver.pragma(
      `max_page_count = ${Number(made.db.driver.pragma('page_count', { simple: true })) + 3}`,
    )
    const { confirmed, code } = signInUntilFull(made.db)
    expect(code).toBe('storage_full')
    expect(confirmed).toBeGreaterThan(10)
    expect(new SignInReport(made.db).storedRowsFor('m', today)).toBe(confirmed)
    const db = made.reopen()
    expect(db.integrityErrors()).toEqual([])
    expect(new SignInReport(db).countFor('m', today)).toBe(confirmed)
    const store = new SignInStore(db, { ids: new FakeIds(), clock, machineId: 'm' })
    expect(store.addCount({ requestId: 'after', meetingId: 'm', localDate: today })).toEqual({
      ok: true,
      value: null,
    })
  })

  it('is said as such when a sign-in is undone', () => {
    const { db } = temporaryDatabase()
    db.driver.pragma(`max_page_count = ${Number(db.driver.pragma('page_count', { simple: true })) + 1}`)
    const store = new SignInStore(db, { ids: new FakeIds(), clock, machineId: 'm' })
    let last = 0
    while (store.addCount({ requestId: `r${last}`, meetingId: 'm', localDate: today }).ok) last += 1
    const codes = new Set<string>()
    for (let n = 0; n < last; n += 1) {
      const undone = store.undo(`r${n}`)
      codes.add(undone.ok ? 'ok' : undone.code)
    }
    expect([...codes].filter((code) => code !== 'ok')).toEqual(['storage_full'])
  })
})

/** A disk of its own of `size`, taken away when the test ends. */
function smallDisk(size: string): string {
  const disk = join(temporaryFolder(), 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' })
  onTestFinished(() => void execFileSync('umount', ['-l', disk]))
  return disk
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const probe = mkdtempSync(join(tmpdir(), 'open-chair-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('umount', [probe])
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

const mounts = canMount()
if (!mounts) console.warn('No right to mount a small disk: the tests on one are skipped.')

describe.skipIf(!mounts)('a small disk that fills up', () => {
  it('loses nothing that was confirmed', () => {
    const file = join(smallDisk('2m'), 'kiosk.db')
    const key = randomBytes(32)
    const options = { file, key, log: new MemoryLogger(), clock }
    const opened = openDatabase(options)
    if (!opened.ok) throw new Error(opened.code)
    const { confirmed, code } = signInUntilFull(opened.value)
    expect(code).toBe('storage_full')
    expect(confirmed).toBeGreaterThan(10)
    expect(new SignInReport(opened.value).storedRowsFor('m', today)).toBe(confirmed)
    // As after a crash: the files as they are, opened elsewhere with room.
    const copy = join(temporaryFolder(), 'kiosk.db')
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end))
    opened.value.close()
    for (const path of [copy, file]) {
      const again = openDatabase({ ...options, file: path })
      if (!again.ok) throw new Error(`${again.code} ${again.detail}`)
      expect(new SignInReport(again.value).countFor('m', today)).toBe(confirmed)
      expect(again.value.integrityErrors()).toEqual([])
      again.value.close()
    }
  })

  it('makes no half database where there is no room for one', () => {
    const disk = smallDisk('64k')
    const file = join(disk, 'kiosk.db')
    const options = { file, key: randomBytes(32), log: new MemoryLogger(), clock }
    expect(openDatabase(options)).toMatchObject({ ok: false, code: 'disk_full' })
    expect(readdirSync(disk)).toEqual([])
  })

  it('changes nothing when there is no room for the copy before migrating', () => {
    const disk = smallDisk('1m')
    const file = join(disk, 'kiosk.db')
    const options = { file, key: randomBytes(32), log: new MemoryLogger(), clock }
    const opened = openDatabase(options)
    if (!opened.ok) throw new Error(opened.code)
    opened.value.close()
    const before = readFileSync(file)
    fillUp(join(disk, 'filler'))
    const next = { number: migrations.length + 1, name: 'next', sql: 'DROP TABLE setting' }
    const failed = openDatabase({ ...options, migrations: [...migrations, next] })
    expect(failed).toMatchObject({ ok: false, code: 'disk_full' })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(disk).filter((name) => name.includes('.before-migration-'))).toEqual([])
    rmSync(join(disk, 'filler'))
    const again = openDatabase(options)
    expect(again.ok).toBe(true)
    if (again.ok) again.value.close()
  })
})

/** Takes all room but 128 KiB, which a log and its index need. */
function fillUp(filler: string): void {
  const { bavail, bsize } = statfsSync(dirname(filler))
  writeFileSync(filler, Buffer.alloc(bavail * bsize - 128 * 1024))
}
