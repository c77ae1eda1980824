import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { settingDefaults } from '../../../electron/db/settings.ts'
import type { Records } from '../../../electron/handlers/records.ts'
import { removeDemonstration } from '../../../electron/handlers/setup.ts'
import { demonstrationFolder, fillDisk, openDesk, openLobby, rows, today } from './lobby.ts'

// A real worker thread reads the demonstration.
vi.setConfig({ testTimeout: 60_000 })

const center = {
  name: 'Cedar House',
  street: '',
  postalCode: '',
  latitude: 39.9526,
  longitude: -75.1652,
  zone: 'America/New_York',
  radiusMeters: 25_000,
  distanceUnit: 'mi',
  locales: ['es'],
  defaultLocale: 'en',
  paper: 'letter',
} as const
const given = () => ({ ...center, locales: [...center.locales] })

const active = "SELECT id FROM meeting WHERE state = 'active'"

/** Leaves no room for one more line, so that the write fails after its settings were written. */
function fillAudit(records: Records): void {
  const { driver } = records.db
  const add = driver.prepare(
    `INSERT INTO audit (at_ms, event, detail, machine_id, previous_hash, hash)
     VALUES (0, '', json_quote(printf('%.*c', ?, 'x')), '', '', '')`,
  )
  for (const length of [1000, 100, 1]) {
    try {
      for (;;) add.run(length)
    } catch {
      // Full.
    }
  }
}

async function demonstration() {
  const lobby = openLobby({}, 'needed')
  const desk = openDesk(lobby)
  expect(await desk.desk['setup.tryDemonstration']({})).toEqual({ ok: true, value: { done: true } })
  return { ...lobby, ...desk }
}

describe('saving the center', () => {
  it('stores it with its default language among the languages, audits it without a name, tells the kiosk', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk, job, events } = openDesk(lobby)
    expect(await desk['setup.saveCenter'](given())).toEqual({ ok: true, value: { done: true } })
    expect(lobby.records.settings.getAll()).toMatchObject({
      setup: 'center',
      centerName: 'Cedar House',
      locales: ['en', 'es'],
    })
    expect(events).toContain('kiosk')
    expect(rows(lobby.records, 'SELECT event, detail FROM audit')).toEqual([
      { event: 'settings.center_saved', detail: '{"setup":"center"}' },
    ])
    expect(await desk['desk.get']({})).toMatchObject({ ok: true, value: { setup: 'center', storage: 'ok' } })
    await job.whenIdle()
  })

  it('refuses a zone that does not exist and stores nothing', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk } = openDesk(lobby)
    const reply = await desk['setup.saveCenter']({ ...given(), zone: 'Mars/Olympus' })
    expect(reply).toEqual({ ok: false, code: 'unknown_zone' })
    expect(rows(lobby.records, 'SELECT name FROM setting')).toEqual([])
  })

  it('on a full disk says so and keeps what was (KSK-35)', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk } = openDesk(lobby)
    // Longer than the room left in any page.
    const wide = { ...given(), name: 'n'.repeat(120), street: 's'.repeat(200) }
    fillDisk(lobby.records)
    let reply = await desk['setup.saveCenter'](wide)
    for (let time = 0; time < 50 && reply.ok; time += 1) reply = await desk['setup.saveCenter'](wide)
    expect(reply).toEqual({ ok: false, code: 'storage_failed' })
  })
})

describe('the demonstration', () => {
  it('brings a center with its feeds, once', async () => {
    const { desk, records, kiosk } = await demonstration()
    expect(records.feeds.list().every(({ problem }) => problem === null)).toBe(true)
    const list = await kiosk['meetings.listDay']({ date: today, whereabouts: 'here', offset: 0, limit: 50 })
    expect(list.ok && list.value.rows.length).toBeGreaterThan(2)
    expect(await desk['setup.tryDemonstration']({})).toEqual({ ok: false, code: 'already_set_up' })
  })

  it('that finds no room is not half there and can be tried again', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk } = openDesk(lobby)
    const makeRoom = fillDisk(lobby.records)
    fillAudit(lobby.records)
    expect(await desk['setup.tryDemonstration']({})).toEqual({ ok: false, code: 'storage_failed' })
    expect(lobby.records.settings.get('setup')).toBe(settingDefaults.setup)
    expect(lobby.records.feeds.list()).toEqual([])
    makeRoom()
    expect(await desk['setup.tryDemonstration']({})).toMatchObject({ ok: true })
  })

  it('is gone when the center is saved: its sign-ins, its feeds, its meetings', async () => {
    const { desk, records, kiosk, job, folder } = await demonstration()
    const list = await kiosk['meetings.listDay']({ date: today, whereabouts: 'here', offset: 0, limit: 50 })
    if (!list.ok) throw new Error(list.code)
    const signIn = async (kind: string, what: object) => {
      const row = list.value.rows.find((one) => one.kind === kind && one.canSignIn)
      if (row === undefined) throw new Error(`The demonstration has no ${kind} meeting here now.`)
      const { meetingId, localDate, startsAtMs } = row
      const requestId = crypto.randomUUID()
      return kiosk['signIns.add']({ requestId, meetingId, localDate, startsAtMs, given: what as never })
    }
    const named = await signIn('therapy', { kind: 'name', firstName: 'Zyxwvq', lastInitial: 'K' })
    if (!named.ok) throw new Error(named.code)
    await kiosk['signIns.undo']({ undoToken: named.value.undoToken })
    expect(await signIn('peer', { kind: 'count' })).toMatchObject({ ok: true })
    expect(rows(records, active).length).toBeGreaterThan(5)

    expect(await desk['setup.saveCenter'](given())).toMatchObject({ ok: true })
    for (const table of ['sign_in', 'sign_in_event', 'head_count', 'feed', 'occurrence'])
      expect(rows(records, `SELECT * FROM ${table}`), table).toEqual([])
    expect(rows(records, active)).toEqual([])
    // Nothing waits in the log beside the file (PRV-19).
    const wal = readdirSync(folder).find((name) => name.endsWith('-wal'))
    expect(wal === undefined ? 0 : readFileSync(join(folder, wal)).length).toBeLessThan(4_000_000)
    await job.whenIdle()
  })

  it('keeps the sign-ins of a center that is saved again', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk, job } = openDesk(lobby)
    await desk['setup.saveCenter'](given())
    await job.whenIdle()
    lobby.records.signIns.addCount({ requestId: 'a', meetingId: 'm', localDate: today })
    expect(await desk['setup.saveCenter']({ ...given(), name: 'Birch House' })).toMatchObject({ ok: true })
    expect(rows(lobby.records, 'SELECT change FROM head_count')).toEqual([{ change: 1 }])
    await job.whenIdle()
  })

  it('leaves no feed behind, also when a power cut came between, or an update moved its folder', async () => {
    const { records, machine, job } = await demonstration()
    records.db.transaction((tx) => records.settings.set(tx, { setup: 'center' }))
    records.db.driver.exec("UPDATE feed SET address = '/another/place/' || id")
    await removeDemonstration(records, machine, job)
    expect(records.feeds.list()).toEqual([])
    expect(rows(records, active)).toEqual([])
    expect(records.settings.get('demonstrationFeeds')).toEqual([])
  })

  it('takes nothing away that a center listed itself, also not a file of its own', async () => {
    const lobby = openLobby({}, 'needed')
    const { desk, job } = openDesk(lobby)
    await desk['setup.saveCenter'](given())
    const { records, machine } = lobby
    const path = join(demonstrationFolder, 'na.json')
    const feed = { name: '', kind: 'peer', fellowship: 'na', zone: null, heldHere: false } as const
    expect(records.feeds.add({ ...feed, source: { from: 'file', path } })).toMatchObject({ ok: true })
    await removeDemonstration(records, machine, job)
    expect(records.feeds.list()).toHaveLength(1)
    await job.whenIdle()
  })

  it('is not taken away at a start while it is still being tried', async () => {
    const { records, machine, job } = await demonstration()
    await removeDemonstration(records, machine, job)
    expect(records.feeds.list().length).toBeGreaterThan(1)
  })
})
