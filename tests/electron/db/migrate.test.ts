import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrations, type Migration } from '../../../electron/db/migrations/migrations.ts'
import { joinDatabase, openDatabase } from '../../../electron/db/open.ts'
import { FakeClock } from '../../support/fakes.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const next = (sql: string): readonly Migration[] => [
  ...migrations,
  { number: migrations.length + 1, name: 'next', sql },
]
const latest = migrations.length

/** A closed database of this version with one setting in it. */
function closedDatabase() {
  const made = temporaryDatabase()
  made.db.driver.exec(`INSERT INTO setting VALUES ('kept', '"yes"', 'm', 0)`)
  made.db.close()
  const { file, key, log, clock, folder } = made
  return { file, folder, options: { file, key, log, clock } }
}

function schemaOf(options: Parameters<typeof openDatabase>[0]) {
  const opened = openDatabase(options)
  if (!opened.ok) throw new Error(`${opened.code} ${opened.detail}`)
  const { driver } = opened.value
  const schema = driver.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all()
  const version = driver.pragma('user_version', { simple: true })
  const kept = driver.prepare(`SELECT value FROM setting WHERE name = 'kept'`).pluck().get()
  opened.value.close()
  return { schema, version, kept }
}

const copiesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.includes('.before-migration-'))
    .sort()

describe('migrating', () => {
  it('brings an old database to the newest schema with its rows, and copies it first', () => {
    const { folder, options } = closedDatabase()
    const after = schemaOf({
      ...options,
      migrations: next('CREATE TABLE added (id TEXT PRIMARY KEY) STRICT'),
    })
    expect(after).toMatchObject({ version: latest + 1, kept: '"yes"' })
    const copies = copiesIn(folder)
    expect(copies).toEqual([`kiosk.db.before-migration-20261124T120000Z-v${latest}`])
    // The copy has the key, the rows and the number from before.
    expect(schemaOf({ ...options, file: join(folder, copies[0]!) })).toMatchObject({
      version: latest,
      kept: '"yes"',
    })
    expect(readFileSync(join(folder, copies[0]!)).subarray(0, 15).toString()).not.toBe('SQLite format 3')
  })

  it('neither copies nor writes when nothing is due', () => {
    const { file, folder, options } = closedDatabase()
    const before = readFileSync(file)
    schemaOf(options)
    expect(copiesIn(folder)).toEqual([])
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each([
    [
      'wrong SQL in the middle',
      `CREATE TABLE added (id TEXT) STRICT; DELETE FROM setting; SELECT wrong FROM`,
    ],
    ['a broken constraint', `DELETE FROM setting; INSERT INTO machine VALUES (2, 'm', 0)`],
    [
      'references that lead nowhere',
      `DELETE FROM setting; INSERT INTO meeting_alias VALUES ('old', 'no such meeting')`,
    ],
  ])('leaves schema, rows and number as they were after %s', (_name, sql) => {
    const { options } = closedDatabase()
    const before = schemaOf(options)
    const failed = openDatabase({ ...options, migrations: next(sql) })
    expect(failed).toMatchObject({ ok: false, code: 'storage_failed' })
    expect(failed.ok ? '' : failed.detail).toContain(`migration ${latest + 1} next`)
    expect(schemaOf(options)).toEqual(before)
  })

  it('keeps what earlier migrations of the same start did when a later one fails', () => {
    const { options } = closedDatabase()
    const good = next('CREATE TABLE added (id TEXT PRIMARY KEY) STRICT')
    const bad = [...good, { number: latest + 2, name: 'bad', sql: 'SELECT wrong' }]
    expect(openDatabase({ ...options, migrations: bad })).toMatchObject({ code: 'storage_failed' })
    expect(schemaOf({ ...options, migrations: good }).version).toBe(latest + 1)
  })

  it('can rebuild a table that others refer to, and has references on again afterwards', () => {
    const { options } = closedDatabase()
    const sql = `CREATE TABLE feed_new AS SELECT * FROM feed; DROP TABLE feed_new;
                 ALTER TABLE feed RENAME TO feed_old; ALTER TABLE feed_old RENAME TO feed;`
    const opened = openDatabase({ ...options, migrations: next(sql) })
    if (!opened.ok) throw new Error(opened.code)
    expect(opened.value.driver.pragma('foreign_keys', { simple: true })).toBe(1)
    opened.value.close()
  })

  it('keeps the newest three copies', () => {
    const { folder, options } = closedDatabase()
    const steps: Migration[] = [...migrations]
    const clock = new FakeClock('2026-11-24T12:00:00Z')
    for (let n = 1; n <= 5; n += 1) {
      steps.push({
        number: latest + n,
        name: `step${n}`,
        sql: `CREATE TABLE t${n} (id TEXT PRIMARY KEY) STRICT`,
      })
      clock.advance(86_400_000)
      schemaOf({ ...options, clock, migrations: [...steps] })
    }
    expect(copiesIn(folder).map((name) => name.slice(-3))).toEqual(
      [2, 3, 4].map((more) => `-v${latest + more}`),
    )
  })

  it('changes nothing when the copy cannot be written', () => {
    const { file, folder, options } = closedDatabase()
    const before = readFileSync(file)
    // A folder with something in it stands where the copy would be written.
    const copy = join(folder, `kiosk.db.before-migration-20261124T120000Z-v${latest}.part`)
    mkdirSync(join(copy, 'in-the-way'), { recursive: true })
    const failed = openDatabase({ ...options, migrations: next('DROP TABLE setting') })
    expect(failed).toMatchObject({ ok: false, code: 'storage_failed' })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('refuses a database of a newer version and leaves it byte by byte as it was', () => {
    const { file, folder, options } = closedDatabase()
    schemaOf({
      ...options,
      keepCopies: 0,
      migrations: next('CREATE TABLE added (id TEXT PRIMARY KEY) STRICT'),
    })
    const before = readFileSync(file)
    const { mtimeMs } = statSync(file)
    expect(openDatabase(options)).toMatchObject({
      code: 'newer',
      detail: `schema ${latest + 1}, this version knows ${latest}`,
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(statSync(file).mtimeMs).toBe(mtimeMs)
    expect(readdirSync(folder)).toEqual(['kiosk.db'])
    expect(joinDatabase(options)).toMatchObject({ code: 'newer' })
  })

  it('refuses a newer database whose newest number is only in its log', () => {
    const newer = next('CREATE TABLE added (id TEXT PRIMARY KEY) STRICT')
    const made = temporaryDatabase()
    made.db.driver.exec(newer.at(-1)!.sql)
    made.db.driver.pragma(`user_version = ${latest + 1}`)
    const copied = temporaryDatabase().folder
    const file = join(copied, 'crashed.db')
    for (const end of ['', '-wal']) writeFileSync(file + end, readFileSync(made.file + end))
    const before = [readFileSync(file), readFileSync(`${file}-wal`)]
    const { key, log, clock } = made
    expect(openDatabase({ file, key, log, clock })).toMatchObject({ code: 'newer' })
    expect(readFileSync(file).equals(before[0]!)).toBe(true)
    expect(readFileSync(`${file}-wal`).equals(before[1]!)).toBe(true)
    expect(existsSync(`${file}-shm`)).toBe(false)
  })
})
