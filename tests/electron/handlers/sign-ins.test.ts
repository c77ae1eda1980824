import { describe, expect, it } from 'vitest'
import { addMeetingHere, ana, count, fillDisk, openLobby, rows, tap } from './lobby.ts'

function lobbyWithMeetings(changes: Parameters<typeof openLobby>[0] = {}) {
  const lobby = openLobby(changes)
  for (const kind of ['peer', 'club', 'therapy'] as const) addMeetingHere(lobby.records, kind, kind)
  return lobby
}

describe('what is asked depends on the kind of group (PRV-04)', () => {
  it.each(['peer', 'club'])('a %s meeting takes a head count and stores nothing but +1', async (id) => {
    const { kiosk, records } = lobbyWithMeetings()
    expect(await kiosk['signIns.add'](tap(id, count, 'a'))).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT * FROM head_count')).toEqual([
      { request_id: 'a', meeting_id: id, local_date: '2026-11-24', change: 1, machine_id: records.machineId },
    ])
    expect(rows(records, 'SELECT * FROM sign_in')).toEqual([])
  })

  it.each(['peer', 'club'])('a name given to a %s meeting is refused and not stored', async (id) => {
    const { kiosk, records } = lobbyWithMeetings()
    expect(await kiosk['signIns.add'](tap(id, ana))).toEqual({ ok: false, code: 'names_not_allowed' })
    expect(rows(records, 'SELECT * FROM sign_in')).toEqual([])
    expect(rows(records, 'SELECT * FROM head_count')).toEqual([])
  })

  it('a therapist-led group takes a preferred name and an initial, and no head count', async () => {
    const { kiosk, records } = lobbyWithMeetings()
    expect(await kiosk['signIns.add'](tap('therapy', count))).toEqual({
      ok: false,
      code: 'names_not_allowed',
    })
    expect(await kiosk['signIns.add'](tap('therapy', ana))).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT kind, first_name, last_initial, source FROM sign_in')).toEqual([
      { kind: 'name', first_name: 'Ana', last_initial: 'K', source: 'kiosk' },
    ])
    expect(rows(records, 'SELECT * FROM head_count')).toEqual([])
  })
})

describe('a sign-in', () => {
  it('without a real key store takes head counts only (SEC-07)', async () => {
    const { kiosk, records } = lobbyWithMeetings({ canTakeNames: false })
    expect(await kiosk['signIns.add'](tap('therapy', ana))).toEqual({ ok: false, code: 'names_not_allowed' })
    expect(await kiosk['signIns.add'](tap('peer', count))).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT * FROM sign_in')).toEqual([])
  })

  it('with a name that cannot be one is refused by its code, and the name is in no log (PRV-20)', async () => {
    const { kiosk, records, log } = lobbyWithMeetings()
    const given = { kind: 'name', firstName: 'Zyxwvq<b>', lastInitial: 'K' } as const
    const reply = await kiosk['signIns.add'](tap('therapy', given))
    expect(reply).toEqual({ ok: false, code: 'name_refused', detail: 'name_has_other_characters' })
    expect(JSON.stringify([reply, log.lines])).not.toContain('Zyxwvq')
    expect(rows(records, 'SELECT * FROM sign_in')).toEqual([])
  })

  it('answers the same whoever is here already (PRV-02)', async () => {
    const { kiosk } = lobbyWithMeetings()
    const shape = async () => {
      const reply = await kiosk['signIns.add'](tap('therapy', ana))
      if (!reply.ok) throw new Error(reply.code)
      return { undoUntilMs: reply.value.undoUntilMs, keys: Object.keys(reply.value) }
    }
    const unknown = await shape()
    expect(await shape()).toEqual(unknown)
  })

  it('of one tap that is repeated is one (SEC-09)', async () => {
    const { kiosk, records } = lobbyWithMeetings()
    for (const [id, given] of [['peer', count] as const, ['therapy', ana] as const]) {
      const one = tap(id, given)
      expect(await kiosk['signIns.add'](one)).toMatchObject({ ok: true })
      expect(await kiosk['signIns.add'](one)).toMatchObject({ ok: true })
    }
    expect(rows(records, 'SELECT change FROM head_count')).toHaveLength(1)
    expect(rows(records, 'SELECT id FROM sign_in')).toHaveLength(1)
  })

  it('under an id that its feed no longer uses is stored under the present one', async () => {
    const { kiosk, records } = lobbyWithMeetings()
    records.db.driver.exec("INSERT INTO meeting_alias (old_id, meeting_id) VALUES ('old', 'peer')")
    expect(await kiosk['signIns.add'](tap('old', count))).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT meeting_id FROM head_count')).toEqual([{ meeting_id: 'peer' }])
  })

  it('to what is unknown, cancelled, over or elsewhere is refused and not stored', async () => {
    const { kiosk, records, clock } = lobbyWithMeetings()
    addMeetingHere(records, 'cancelled', 'peer', { status: 'cancelled' })
    addMeetingHere(records, 'nearby', 'peer', { whereabouts: 1 })
    expect(await kiosk['signIns.add'](tap('nothing', count))).toEqual({ ok: false, code: 'not_found' })
    expect(await kiosk['signIns.add'](tap('cancelled', count))).toEqual({ ok: false, code: 'not_open' })
    expect(await kiosk['signIns.add'](tap('nearby', count))).toEqual({ ok: false, code: 'not_open' })
    clock.advance(2 * 3_600_000)
    expect(await kiosk['signIns.add'](tap('peer', count))).toEqual({ ok: false, code: 'not_open' })
    expect(rows(records, 'SELECT * FROM head_count')).toEqual([])
  })

  it('on a full disk says so, stores nothing, and works when there is room again (KSK-35)', async () => {
    const { kiosk, records } = lobbyWithMeetings()
    const makeRoom = fillDisk(records)
    const one = tap('peer', count)
    const codes = new Set<string>()
    let confirmed = 0
    // Pages that are not quite full take a few more.
    for (let tries = 0; tries < 400 && codes.size === 0; tries += 1) {
      const reply = await kiosk['signIns.add'](tap('peer', count))
      if (reply.ok) confirmed += 1
      else codes.add(reply.code)
    }
    expect([...codes]).toEqual(['storage_full'])
    expect(rows(records, 'SELECT change FROM head_count')).toHaveLength(confirmed)
    makeRoom()
    expect(await kiosk['signIns.add'](one)).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT change FROM head_count')).toHaveLength(confirmed + 1)
  })
})

describe('taking it back', () => {
  async function signedIn(id: 'peer' | 'therapy' = 'peer') {
    const lobby = lobbyWithMeetings()
    const reply = await lobby.kiosk['signIns.add'](id === 'peer' ? tap(id, count) : tap(id, ana))
    if (!reply.ok) throw new Error(reply.code)
    return { ...lobby, undoToken: reply.value.undoToken }
  }

  it('works for ten seconds, once, as a row of its own', async () => {
    const { kiosk, records, clock, undoToken } = await signedIn()
    clock.advance(10_000)
    expect(await kiosk['signIns.undo']({ undoToken })).toEqual({ ok: true, value: { undone: true } })
    expect(await kiosk['signIns.undo']({ undoToken })).toEqual({ ok: false, code: 'too_late' })
    expect(rows(records, 'SELECT change FROM head_count ORDER BY change')).toEqual([
      { change: -1 },
      { change: 1 },
    ])
  })

  it('of a name leaves the row and adds an event', async () => {
    const { kiosk, records, undoToken } = await signedIn('therapy')
    expect(await kiosk['signIns.undo']({ undoToken })).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT kind FROM sign_in_event')).toEqual([{ kind: 'undo' }])
    expect(rows(records, 'SELECT id FROM sign_in')).toHaveLength(1)
  })

  it('is too late after ten seconds', async () => {
    const { kiosk, records, clock, undoToken } = await signedIn()
    clock.advance(10_001)
    expect(await kiosk['signIns.undo']({ undoToken })).toEqual({ ok: false, code: 'too_late' })
    expect(rows(records, 'SELECT change FROM head_count')).toEqual([{ change: 1 }])
  })

  it('is over with the visit: the next person cannot do it (PRV-06)', async () => {
    const { kiosk, records, undoToken } = await signedIn()
    await kiosk['visits.end']({})
    expect(await kiosk['signIns.undo']({ undoToken })).toEqual({ ok: false, code: 'too_late' })
    expect(rows(records, 'SELECT change FROM head_count')).toEqual([{ change: 1 }])
  })

  it('with a token nobody was given answers as an old one does (PRV-02)', async () => {
    const { kiosk } = await signedIn()
    expect(await kiosk['signIns.undo']({ undoToken: 'guess' })).toEqual({ ok: false, code: 'too_late' })
  })
})
