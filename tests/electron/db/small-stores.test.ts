import { describe, expect, it } from 'vitest'
import { MachineStore } from '../../../electron/db/machine-store.ts'
import { PrintJobStore } from '../../../electron/db/print-job-store.ts'
import { SettingStore } from '../../../electron/db/setting-store.ts'
import { settingDefaults, settingSchemas } from '../../../electron/db/settings.ts'
import { FakeIds } from '../../support/fakes.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

describe('the settings', () => {
  function makeStore(defaults = {}) {
    const { db, clock, log } = temporaryDatabase()
    const open = () => new SettingStore(db, { clock, log, machineId: 'machine-1', defaults })
    return { db, log, store: open(), open }
  }

  it('are the defaults on a fresh machine, and the defaults pass their own schemas', () => {
    const { store } = makeStore()
    expect(store.getAll()).toEqual(settingDefaults)
    for (const [name, value] of Object.entries(settingDefaults)) {
      const schema = settingSchemas[name as keyof typeof settingSchemas]
      expect([name, schema.safeParse(value).success]).toEqual([name, true])
    }
  })

  it('take what the machine says of itself in place of a default', () => {
    const { store } = makeStore({ zone: 'America/Chicago', paper: 'a4' })
    expect(store.getAll()).toMatchObject({ zone: 'America/Chicago', paper: 'a4', setup: 'needed' })
  })

  it('keep what was set, and the rest as it was', () => {
    const { db, store, open } = makeStore()
    db.transaction((tx) => store.set(tx, { setup: 'center', locales: ['es', 'en'], latitude: 43.1 }))
    db.transaction((tx) => store.set(tx, { setup: 'demonstration' }))
    expect(open().getAll()).toEqual({
      ...settingDefaults,
      setup: 'demonstration',
      locales: ['es', 'en'],
      latitude: 43.1,
    })
    expect(open().get('locales')).toEqual(['es', 'en'])
  })

  it('fall back to the default where a stored value is not valid, and say which one', () => {
    const { db, log, store } = makeStore()
    db.driver.exec(
      `INSERT INTO setting VALUES ('zone', '"Nowhere/Land"', 'm', 0), ('radiusMeters', '-5', 'm', 0),
        ('paper', '"a4"', 'm', 0), ('ofAnotherVersion', '{"a":1}', 'm', 0)`,
    )
    expect(store.getAll()).toEqual({ ...settingDefaults, paper: 'a4' })
    const warnings = log.lines.map((line) => JSON.parse(line)).filter((line) => line.level === 'warn')
    expect(warnings).toEqual([
      { level: 'warn', event: 'setting_refused', setting: 'radiusMeters' },
      { level: 'warn', event: 'setting_refused', setting: 'zone' },
    ])
  })

  it('refuse a wrong value before anything is written', () => {
    const { db, store } = makeStore()
    const set = () => db.transaction((tx) => store.set(tx, { paper: 'a4', idleWarningMs: 5 }))
    expect(set).toThrow('idleWarningMs')
    expect(store.getAll()).toEqual(settingDefaults)
    expect(() => db.transaction((tx) => store.set(tx, { unheardOf: 1 } as object))).toThrow('no setting')
  })
})

describe('the machine', () => {
  it('gets its id once and keeps it', () => {
    const made = temporaryDatabase()
    const ids = new FakeIds()
    const first = new MachineStore(made.db).getOrCreate({ ids, clock: made.clock })
    expect(new MachineStore(made.db).getOrCreate({ ids, clock: made.clock })).toBe(first)
    expect(new MachineStore(made.reopen()).getOrCreate({ ids, clock: made.clock })).toBe(first)
  })
})

describe('the print jobs', () => {
  it('say what was printed and how it went, and nothing else', () => {
    const { db, clock } = temporaryDatabase()
    const jobs = new PrintJobStore(db, { ids: new FakeIds(), clock, machineId: 'machine-1' })
    db.transaction((tx) => jobs.add(tx, { pages: 2, outcome: 'printer_failed' }))
    const [row] = db.driver.prepare('SELECT * FROM print_job').all()
    expect(row).toEqual({
      id: expect.any(String),
      what: 'handout',
      pages: 2,
      outcome: 'printer_failed',
      machine_id: 'machine-1',
      created_at_ms: clock.now(),
    })
  })
})
