import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../../electron/db/migrations/migrations.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

type Table = { readonly name: string; readonly strict: number; readonly type: string }
type Column = { readonly name: string; readonly type: string; readonly notnull: number; readonly pk: number }
type Reference = { readonly table: string; readonly from: string; readonly to: string | null }

function schema() {
  const { driver } = temporaryDatabase().db
  const tables = driver.prepare(`SELECT name, strict, type FROM pragma_table_list WHERE schema = 'main'`)
  return {
    driver,
    tables: (tables.all() as Table[]).filter(
      (table) => table.type === 'table' && !table.name.startsWith('sqlite_'),
    ),
    columnsOf: (table: string) => driver.pragma(`table_info(${table})`) as Column[],
    referencesOf: (table: string) => driver.pragma(`foreign_key_list(${table})`) as Reference[],
    sqlOf: (name: string) =>
      String(driver.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name)),
  }
}

describe('the schema', () => {
  it('has only STRICT tables with a primary key', () => {
    const { tables, columnsOf } = schema()
    expect(tables.length).toBeGreaterThan(10)
    expect(tables.filter((table) => table.strict !== 1)).toEqual([])
    for (const { name } of tables) expect([name, columnsOf(name).some((c) => c.pk > 0)]).toEqual([name, true])
  })

  it('gives each reference the type of what it points at, and an index to find it by', () => {
    const { driver, tables, columnsOf, referencesOf } = schema()
    for (const { name } of tables) {
      for (const reference of referencesOf(name)) {
        const from = columnsOf(name).find((column) => column.name === reference.from)
        const to = columnsOf(reference.table).find((column) => column.name === (reference.to ?? 'id'))
        expect([name, reference.from, from?.type]).toEqual([name, reference.from, to?.type])
        const plan = driver.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${name} WHERE ${reference.from} = ?`)
        expect([name, JSON.stringify(plan.all('x'))]).toEqual([name, expect.stringContaining('SEARCH')])
      }
    }
  })

  it('lets a singleton have one row', () => {
    const { driver, tables, columnsOf, sqlOf } = schema()
    const singletons = tables.filter(({ name }) =>
      columnsOf(name).some((column) => column.name === 'id' && column.type === 'INTEGER'),
    )
    expect(singletons.map((table) => table.name)).toContain('machine')
    for (const { name } of singletons) expect(sqlOf(name)).toContain('CHECK (id = 1)')
    expect(() => driver.exec(`INSERT INTO machine VALUES (2, 'm', 0)`)).toThrow('CHECK')
  })

  it('names instants and lengths with their unit, and the machine of what is born here', () => {
    const { tables, columnsOf } = schema()
    for (const { name } of tables) {
      const columns = columnsOf(name)
      const instants = columns.filter((column) => /_at(_|$)/.test(column.name))
      expect([name, instants.filter((column) => !column.name.endsWith('_ms'))]).toEqual([name, []])
      const born = columns.some((column) => column.name === 'created_at_ms')
      expect([name, !born || columns.some((column) => column.name === 'machine_id')]).toEqual([name, true])
    }
  })

  it('keeps no time with a head count, so that it says of nobody when they came (PRV-04)', () => {
    const { columnsOf } = schema()
    const names = columnsOf('head_count').map((column) => column.name)
    expect(names.sort()).toEqual(['change', 'local_date', 'machine_id', 'meeting_id', 'request_id'])
  })

  it.each([
    ['audit', `INSERT INTO audit VALUES (1, 0, 'e', '{}', NULL, 'm', 'p', 'h')`, 'at_ms = 1'],
    ['head_count', `INSERT INTO head_count VALUES ('r', 'x', '2026-11-24', 1, 'm')`, 'change = -1'],
    [
      'sign_in',
      `INSERT INTO sign_in VALUES ('s', 'r', 'x', '2026-11-24', 0, 'name', 'A', 'B', NULL, 'kiosk', NULL, 'm', 0)`,
      `first_name = 'C'`,
    ],
  ])('refuses to change a row of %s', (table, insert, change) => {
    const { driver } = schema()
    driver.exec(insert)
    expect(() => driver.exec(`UPDATE ${table} SET ${change}`)).toThrow('append-only')
  })

  it('refuses to remove a line of the audit log', () => {
    const { driver } = schema()
    driver.exec(`INSERT INTO audit VALUES (1, 0, 'e', '{}', NULL, 'm', 'p', 'h')`)
    expect(() => driver.exec('DELETE FROM audit')).toThrow('append-only')
  })

  it('refuses to change an event of a sign-in', () => {
    const { driver } = schema()
    driver.exec(
      `INSERT INTO sign_in VALUES ('s', 'r', 'x', '2026-11-24', 0, 'name', 'A', 'B', NULL, 'kiosk', NULL, 'm', 0);
       INSERT INTO sign_in_event VALUES ('e', 's', 'out', NULL, NULL, 'm', 0)`,
    )
    expect(() => driver.exec(`UPDATE sign_in_event SET kind = 'undo'`)).toThrow('append-only')
  })
})

describe('the list of migrations', () => {
  const folder = resolve(import.meta.dirname, '../../../electron/db/migrations')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql.ts'))
    .sort()

  it('has every file of the folder, numbered from 1 without gaps', () => {
    expect(migrations.map((m) => `${String(m.number).padStart(4, '0')}-${m.name}.sql.ts`)).toEqual(files)
    expect(migrations.map((m) => m.number)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('has the text of each file and nothing computed', () => {
    for (const [index, name] of files.entries()) {
      const source = readFileSync(resolve(folder, name), 'utf8')
      expect(source).toContain(migrations[index]?.sql ?? '-')
      expect(source).not.toContain('${')
    }
  })
})
