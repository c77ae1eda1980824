import { describe, expect, it } from 'vitest'
import type { Db } from '../../../electron/db/connection.ts'
import { SignInReport } from '../../../electron/db/sign-in-report.ts'
import { SignInStore } from '../../../electron/db/sign-in-store.ts'
import { checkName } from '../../../electron/domain/names.ts'
import { FakeIds } from '../../support/fakes.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const to = { requestId: 'r1', meetingId: 'm1', localDate: '2026-11-24', startsAtMs: 5 }
const done = { ok: true, value: null }

function nameOf(firstName: string, lastInitial = 'K') {
  const name = checkName({ firstName, lastInitial })
  if (!name.ok) throw new Error(name.code)
  return name.value
}

function makeStore() {
  const { db, clock } = temporaryDatabase()
  return {
    db,
    clock,
    store: new SignInStore(db, { ids: new FakeIds(), clock, machineId: 'machine-1' }),
    report: new SignInReport(db),
  }
}

const rowsOf = (db: Db, table: string) => db.driver.prepare(`SELECT * FROM ${table}`).all()

describe('a head count', () => {
  it('stores one more and nothing that points to a person or a time (PRV-04)', () => {
    const { db, store } = makeStore()
    expect(store.addCount(to)).toEqual(done)
    expect(rowsOf(db, 'head_count')).toEqual([
      { request_id: 'r1', meeting_id: 'm1', local_date: '2026-11-24', change: 1, machine_id: 'machine-1' },
    ])
    expect(rowsOf(db, 'sign_in')).toEqual([])
  })

  it('is one when the same request comes twice', () => {
    const { store, report } = makeStore()
    expect([store.addCount(to), store.addCount(to)]).toEqual([done, done])
    expect(report.countFor('m1', '2026-11-24')).toBe(1)
    expect(report.storedRowsFor('m1', '2026-11-24')).toBe(1)
  })

  it('is taken back by a row of minus one, once', () => {
    const { db, store, report } = makeStore()
    store.addCount(to)
    store.addCount({ ...to, requestId: 'r2' })
    expect([store.undo('r1'), store.undo('r1')]).toEqual([done, done])
    expect(report.countFor('m1', '2026-11-24')).toBe(1)
    expect(rowsOf(db, 'head_count')).toHaveLength(3)
    // A repeat of the request that was undone does not bring it back.
    expect(store.addCount(to)).toEqual(done)
    expect(report.countFor('m1', '2026-11-24')).toBe(1)
  })

  it('refuses a request id that was used for another meeting, and stores nothing', () => {
    const { db, store } = makeStore()
    store.addCount(to)
    expect(() => store.addCount({ ...to, meetingId: 'm2' })).toThrow('two sign-ins')
    expect(() => store.addCount({ ...to, localDate: '2026-11-25' })).toThrow('two sign-ins')
    expect(rowsOf(db, 'head_count')).toHaveLength(1)
  })
})

describe('a name', () => {
  it('is stored with the meeting’s date and start, as it was typed', () => {
    const { db, store, clock } = makeStore()
    expect(store.addName(to, nameOf(`O'Neil`, 'Ñ'))).toEqual(done)
    expect(rowsOf(db, 'sign_in')).toMatchObject([
      {
        request_id: 'r1',
        meeting_id: 'm1',
        local_date: '2026-11-24',
        starts_at_ms: 5,
        kind: 'name',
        first_name: `O'Neil`,
        last_initial: 'Ñ',
        source: 'kiosk',
        staff_id: null,
        machine_id: 'machine-1',
        created_at_ms: clock.now(),
      },
    ])
  })

  it('is one when the same request comes twice, and the first name holds', () => {
    const { db, store, report } = makeStore()
    expect([store.addName(to, nameOf('Ana')), store.addName(to, nameOf('Ben'))]).toEqual([done, done])
    expect(rowsOf(db, 'sign_in')).toMatchObject([{ first_name: 'Ana' }])
    expect(report.countFor('m1', '2026-11-24')).toBe(1)
  })

  it('is taken back by one event; the row stays for retention to remove', () => {
    const { db, store, report } = makeStore()
    store.addName(to, nameOf('Ana'))
    store.addName({ ...to, requestId: 'r2' }, nameOf('Ana'))
    expect([store.undo('r1'), store.undo('r1')]).toEqual([done, done])
    expect(report.countFor('m1', '2026-11-24')).toBe(1)
    expect(rowsOf(db, 'sign_in')).toHaveLength(2)
    expect(rowsOf(db, 'sign_in_event')).toMatchObject([{ kind: 'undo', detail: null, staff_id: null }])
  })

  it('is gone with its events when retention removes it', () => {
    const { db, store } = makeStore()
    store.addName(to, nameOf('Ana'))
    store.undo('r1')
    db.driver.exec('DELETE FROM sign_in')
    expect(rowsOf(db, 'sign_in_event')).toEqual([])
  })
})

describe('the store in the hands of the public window', () => {
  it('answers the same for a name that is already there and for one that is not (PRV-02)', () => {
    const { store } = makeStore()
    store.addName(to, nameOf('Ana'))
    expect(store.addName({ ...to, requestId: 'r2' }, nameOf('Ana'))).toEqual(
      store.addName({ ...to, requestId: 'r3' }, nameOf('Zoe')),
    )
  })

  it('has no way to ask about anyone (PRV-01, PRV-03)', () => {
    const { store } = makeStore()
    const methods = Object.getOwnPropertyNames(SignInStore.prototype).filter((name) => name !== 'constructor')
    expect(methods.sort()).toEqual(['addCount', 'addName', 'undo'])
    expect(Object.keys(store)).toEqual([])
  })

  it('says when a request never signed anyone in', () => {
    expect(makeStore().store.undo('never')).toEqual({ ok: false, code: 'not_found' })
  })

  it('counts each meeting and date on its own', () => {
    const { store, report } = makeStore()
    store.addCount(to)
    store.addName({ ...to, requestId: 'r2' }, nameOf('Ana'))
    store.addCount({ ...to, requestId: 'r3', meetingId: 'm2' })
    store.addCount({ ...to, requestId: 'r4', localDate: '2026-11-25' })
    expect(report.countFor('m1', '2026-11-24')).toBe(2)
    expect(report.countFor('m2', '2026-11-24')).toBe(1)
    expect(report.countFor('m3', '2026-11-24')).toBe(0)
  })

  it('says that the file failed instead of throwing', () => {
    const { db, store } = makeStore()
    db.driver.pragma('query_only = ON')
    expect(store.addCount(to)).toMatchObject({ ok: false, code: 'storage_failed' })
    expect(store.addName(to, nameOf('Ana'))).toMatchObject({ ok: false, code: 'storage_failed' })
    expect(store.undo('r1')).toMatchObject({ ok: false })
  })
})
