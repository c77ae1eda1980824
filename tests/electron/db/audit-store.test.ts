import { describe, expect, it } from 'vitest'
import { AuditStore } from '../../../electron/db/audit-store.ts'
import { attempt } from '../../../electron/db/storage-error.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

function auditWith(lines: number) {
  const { db, clock } = temporaryDatabase()
  const audit = new AuditStore(db, { clock, machineId: 'machine-1' })
  for (let n = 1; n <= lines; n += 1) {
    clock.advance(1000)
    db.transaction((tx) =>
      audit.append(tx, { event: 'handout.printed', detail: { pages: n }, staffId: null }),
    )
  }
  /** What a thief with the key could do, who stops at no trigger. */
  const tamper = (sql: string) => {
    db.driver.exec('DROP TRIGGER IF EXISTS audit_is_append_only_update')
    db.driver.exec('DROP TRIGGER IF EXISTS audit_is_append_only_delete')
    db.driver.exec(sql)
  }
  return { db, audit, tamper }
}

describe('the audit log (SEC-08)', () => {
  it('holds as it was written', () => {
    const { audit } = auditWith(20)
    expect(audit.verify()).toEqual({ sound: true, lines: 20 })
    expect(audit.head()?.sequence).toBe(20)
    expect(auditWith(0).audit.verify()).toEqual({ sound: true, lines: 0 })
  })

  it.each([
    ['at_ms', 'at_ms + 1'],
    ['event', `'handout.printee'`],
    ['detail', `'{"pages":8}'`],
    ['staff_id', `'someone'`],
    ['machine_id', `'machine-2'`],
    ['previous_hash', `replace(previous_hash, substr(previous_hash, 1, 1), 'x')`],
    ['hash', `replace(hash, substr(hash, 1, 1), 'x')`],
  ])('names the line in which %s was changed', (column, value) => {
    const { audit, tamper } = auditWith(10)
    tamper(`UPDATE audit SET ${column} = ${value} WHERE sequence = 7`)
    expect(audit.verify()).toEqual({ sound: false, brokenAt: 7 })
  })

  it('names the place of a line that was removed', () => {
    const { audit, tamper } = auditWith(10)
    tamper('DELETE FROM audit WHERE sequence = 4')
    expect(audit.verify()).toEqual({ sound: false, brokenAt: 4 })
    tamper('UPDATE audit SET sequence = sequence - 1 WHERE sequence > 4')
    expect(audit.verify()).toEqual({ sound: false, brokenAt: 4 })
  })

  it('shows by its head that the end was cut off', () => {
    const { audit, tamper } = auditWith(10)
    const noted = audit.head()
    tamper('DELETE FROM audit WHERE sequence > 8')
    expect(audit.verify()).toEqual({ sound: true, lines: 8 })
    expect(audit.head()).not.toEqual(noted)
  })

  it('stores a line together with what it tells of, or neither', () => {
    const { db, audit } = auditWith(1)
    expect(() =>
      db.transaction((tx) => {
        db.driver.exec(`INSERT INTO setting VALUES ('paper', '"a4"', 'm', 0)`)
        audit.append(tx, { event: 'settings.changed' })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(audit.verify()).toEqual({ sound: true, lines: 1 })
    expect(db.driver.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(0)
  })

  it('gives the same hash whatever the order of the details', () => {
    const hashes = [
      { a: 1, b: 'x' },
      { b: 'x', a: 1 },
    ].map((detail) => {
      const { db, audit } = auditWith(0)
      db.transaction((tx) => audit.append(tx, { event: 'e', detail }))
      return audit.head()?.hash
    })
    expect(hashes[0]).toBe(hashes[1])
  })

  it('says that the disk is full instead of losing a line silently', () => {
    const { db, audit } = auditWith(0)
    db.driver.pragma(`max_page_count = ${Number(db.driver.pragma('page_count', { simple: true })) + 1}`)
    const codes = []
    for (let n = 0; n < 300 && codes.length === 0; n += 1) {
      const added = attempt(() => db.transaction((tx) => audit.append(tx, { event: 'app.started' })))
      if (!added.ok) codes.push(added.code)
    }
    expect(codes).toEqual(['storage_full'])
    expect(audit.verify().sound).toBe(true)
  })
})
