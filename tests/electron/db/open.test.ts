import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../../electron/db/migrations/migrations.ts'
import { joinDatabase, openDatabase } from '../../../electron/db/open.ts'
import { attempt } from '../../../electron/db/storage-error.ts'
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
    expect(db.driver.pragma('user_version', { simple: true })).toBe(migrations.length)
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

  const wrong = randomBytes(32)

  it('refuses a wrong key and leaves the file as it was (SEC-06)', () => {
    const { file, folder, log } = closedDatabase()
    const before = picture(folder)
    expect(openDatabase({ file, key: wrong, log, clock })).toMatchObject({ ok: false, code: 'wrong_key' })
    expect(openDatabase({ file, key: wrong, log, clock, readonly: true })).toMatchObject({
      code: 'wrong_key',
    })
    expect(picture(folder)).toEqual(before)
  })

  it('refuses a wrong key after a crash and leaves the log as it was', () => {
    const { file, folder, key, log } = crashedDatabase()
    const before = picture(folder)
    expect(openDatabase({ file, key: wrong, log, clock })).toMatchObject({ code: 'wrong_key' })
    expect(picture(folder)).toEqual(before)
    const opened = openDatabase({ file, key, log, clock })
    expect(opened.ok && opened.value.driver.prepare('SELECT machine_id FROM machine').pluck().get()).toBe('m')
    if (opened.ok) opened.value.close()
  })

  it('never says or logs anything of the key', () => {
    const { file, key, log } = closedDatabase()
    const refused = openDatabase({ file, key: wrong, log, clock })
    const said = JSON.stringify(refused) + log.lines.join('')
    for (const bytes of [key, wrong]) {
      for (const form of ['hex', 'base64'] as const) {
        expect(said.toLowerCase()).not.toContain(Buffer.from(bytes).toString(form).slice(0, 12).toLowerCase())
      }
    }
    expect(() => openDatabase({ file, key: wrong.subarray(1), log, clock })).toThrow('32 bytes')
  })

  const damages: [string, (bytes: Buffer) => Buffer, string][] = [
    ['cut in the middle of a page', (bytes) => bytes.subarray(0, 3 * 4096 + 100), 'damaged'],
    ['cut at the end of a page', (bytes) => bytes.subarray(0, bytes.length - 4096), 'damaged'],
    ['cut within its first page', (bytes) => bytes.subarray(0, 100), 'damaged'],
    ['emptied', () => Buffer.alloc(0), 'damaged'],
    ['one bit of the first page flipped', (bytes) => flipped(bytes, 2000), 'damaged'],
    [
      'its first page overwritten',
      (bytes) => Buffer.concat([Buffer.alloc(4096, 7), bytes.subarray(4096)]),
      'wrong_key',
    ],
    ['replaced by a text', () => Buffer.from('not a database, '.repeat(1000)), 'wrong_key'],
    ['replaced by a short text', () => Buffer.from('not a database'), 'damaged'],
  ]
  it.each(damages)('refuses a file %s, and neither changes nor replaces it', (_name, damage, code) => {
    const { file, folder, key, log } = closedDatabase()
    writeFileSync(file, damage(readFileSync(file)))
    const before = picture(folder)
    expect(openDatabase({ file, key, log, clock })).toMatchObject({ ok: false, code })
    expect(picture(folder)).toEqual(before)
  })

  it('refuses an unencrypted database and leaves it as it was', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'kiosk.db')
    const plain = new Database(file)
    plain.exec('CREATE TABLE someone_elses (x TEXT)')
    plain.close()
    const before = picture(folder)
    const opened = openDatabase({ file, key: wrong, log: new MemoryLogger(), clock })
    expect(opened).toMatchObject({ code: 'damaged', detail: 'not an encrypted database' })
    expect(picture(folder)).toEqual(before)
  })

  it('refuses to start anew where the log of a lost database still is', () => {
    const { file, folder, key, log } = crashedDatabase()
    rmSync(file)
    const before = picture(folder)
    expect(openDatabase({ file, key, log, clock })).toMatchObject({ code: 'damaged' })
    expect(picture(folder)).toEqual(before)
  })

  it('finds a page in the middle that was damaged, and says so instead of giving wrong rows', () => {
    const { file, key, log } = closedDatabase()
    const sound = openDatabase({ file, key, log, clock })
    if (!sound.ok) throw new Error(sound.code)
    const pages = sound.value.driver.prepare(
      `SELECT pageno FROM dbstat WHERE name = 'setting' AND pagetype = 'leaf'`,
    )
    const page = pages.pluck().all()[5] as number
    sound.value.close()
    writeFileSync(file, flipped(readFileSync(file), (page - 1) * 4096 + 1000))
    const opened = openDatabase({ file, key, log, clock })
    if (!opened.ok) throw new Error(opened.code)
    const broken = opened.value
    const read = attempt(() => broken.prepare('all', 'SELECT * FROM setting').all())
    expect(read).toMatchObject({ ok: false, code: 'storage_failed' })
    const check = attempt(() => broken.integrityErrors())
    expect(check.ok && check.value.length === 0).toBe(false)
    broken.close()
  })

  it('checks every page after a crash and refuses a damaged one, before anything is played back', () => {
    const { file, folder, key, log } = crashedDatabase()
    const bytes = readFileSync(file)
    writeFileSync(file, flipped(bytes, (bytes.length / 4096 - 1) * 4096 + 500))
    const before = picture(folder)
    expect(openDatabase({ file, key, log, clock })).toMatchObject({ code: 'damaged' })
    const { 'kiosk.db-shm': _index, ...after } = picture(folder)
    const { 'kiosk.db-shm': _before, ...expected } = before
    expect(after).toEqual(expected)
  })

  it('opens a file whose first page was torn while the log was being moved into it', () => {
    const made = temporaryDatabase()
    const { driver } = made.db
    driver.exec(`CREATE TABLE marks (id TEXT PRIMARY KEY) STRICT; INSERT INTO marks VALUES ('there')`)
    const folder = temporaryFolder()
    const file = join(folder, 'kiosk.db')
    for (const end of ['', '-wal']) cpSync(made.file + end, file + end)
    const bytes = readFileSync(file)
    // The second half of the first page did not reach the disk.
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 2048), Buffer.alloc(2048), bytes.subarray(4096)]))
    const opened = openDatabase({ file, key: made.key, log: made.log, clock })
    if (!opened.ok) throw new Error(`${opened.code} ${opened.detail}`)
    expect(opened.value.driver.prepare('SELECT id FROM marks').pluck().all()).toEqual(['there'])
    expect(opened.value.integrityErrors()).toEqual([])
    opened.value.close()
  })

  it('starts over a database whose making was cut off', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'kiosk.db')
    for (const end of ['', '-wal', '-journal']) writeFileSync(`${file}.new${end}`, 'half')
    const opened = openDatabase({ file, key: wrong, log: new MemoryLogger(), clock })
    if (!opened.ok) throw new Error(opened.code)
    opened.value.close()
    expect(readdirSync(folder)).toEqual(['kiosk.db'])
  })

  it('says that a folder is missing or closed instead of throwing', () => {
    const file = join(temporaryFolder(), 'no', 'such', 'kiosk.db')
    const opened = openDatabase({ file, key: wrong, log: new MemoryLogger(), clock })
    expect(opened).toMatchObject({ ok: false, code: 'storage_failed' })
  })

  it('creates nothing and writes nothing when it may only read', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'kiosk.db')
    const log = new MemoryLogger()
    expect(openDatabase({ file, key: wrong, log, clock, readonly: true })).toMatchObject({ ok: false })
    expect(readdirSync(folder)).toEqual([])
    const made = closedDatabase()
    const opened = openDatabase({ ...made, clock, readonly: true })
    if (!opened.ok) throw new Error(opened.code)
    expect(attempt(() => opened.value.driver.exec('DELETE FROM setting'))).toMatchObject({
      code: 'storage_failed',
    })
    opened.value.close()
  })

  it('lets two connections write in turn and see each other', () => {
    const { db, file, key, log } = temporaryDatabase()
    const joined = joinDatabase({ file, key, log })
    if (!joined.ok) throw new Error(joined.code)
    joined.value.driver.exec(`INSERT INTO machine VALUES (1, 'from the worker', 0)`)
    expect(db.driver.prepare('SELECT machine_id FROM machine').pluck().get()).toBe('from the worker')
    joined.value.close()
    expect(joinDatabase({ file, key: wrong, log })).toMatchObject({ code: 'damaged' })
  })
})

describe('a connection', () => {
  it('logs a slow statement by its name, without its values', () => {
    const { db, log } = temporaryDatabase()
    const slow = db.prepare<{ n: number }>(
      'test.slow',
      `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :most)
       SELECT count(*) AS n FROM c WHERE :secret <> ''`,
    )
    slow.get({ most: 3, secret: 'Rumpelstilzchen' })
    expect(log.lines.filter((line) => line.includes('slow_statement'))).toEqual([])
    slow.get({ most: 3_000_000, secret: 'Rumpelstilzchen' })
    const lines = log.lines.filter((line) => line.includes('slow_statement'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"statement":"test.slow"')
    expect(log.lines.join('')).not.toContain('Rumpelstilzchen')
  })

  it('undoes all of a transaction that throws, also inside another', () => {
    const { db } = temporaryDatabase()
    const put = db.prepare('put', `INSERT INTO setting VALUES (:name, '1', 'm', 0)`)
    const names = () => db.driver.prepare('SELECT name FROM setting ORDER BY name').pluck().all()
    expect(() =>
      db.transaction(() => {
        put.run({ name: 'a' })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(names()).toEqual([])
    db.transaction(() => {
      put.run({ name: 'outer' })
      expect(() =>
        db.transaction(() => {
          put.run({ name: 'inner' })
          throw new Error('no')
        }),
      ).toThrow('no')
    })
    expect(names()).toEqual(['outer'])
    expect(() => db.transaction(() => Promise.resolve())).toThrow('promise')
  })

  it('empties the log, so that what was deleted is nowhere on disk (PRV-19)', () => {
    const { db, file } = temporaryDatabase()
    db.driver.exec(`INSERT INTO machine VALUES (1, 'm', 0)`)
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    db.truncateLog()
    expect(statSync(`${file}-wal`).size).toBe(0)
  })

  it('tells a full disk and a failing one from a bug', () => {
    const { db } = temporaryDatabase()
    expect(attempt(() => 5)).toEqual({ ok: true, value: 5 })
    expect(() => attempt(() => db.driver.exec(`INSERT INTO machine VALUES (2, 'm', 0)`))).toThrow('CHECK')
    expect(() => attempt(() => db.driver.exec('SELECT wrong'))).toThrow('wrong')
    expect(() => attempt(() => db.driver.prepare('SELECT :x').get({}))).toThrow()
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at]! ^= 1
  return copy
}
