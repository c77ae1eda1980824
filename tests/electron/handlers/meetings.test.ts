import { describe, expect, it } from 'vitest'
import { addMeetingHere, openLobby, startsAtMs, today } from './lobby.ts'

const page = { whereabouts: 'here', offset: 0, limit: 50 } as const

describe('the list of a day', () => {
  it("is of the center's own date and clock, and follows its zone", async () => {
    const { kiosk, records, clock } = openLobby()
    addMeetingHere(records, 'peer', 'peer')
    const list = await kiosk['meetings.listDay']({ date: today, ...page })
    expect(list).toMatchObject({
      ok: true,
      value: { zone: 'America/New_York', totals: { here: 1, nearby: 0, online: 0 } },
    })
    expect(list.ok && list.value.rows[0]).toMatchObject({ meetingId: 'peer', canSignIn: true })
    // It is the next day in Auckland by then: the same row is one of yesterday's, and over.
    records.db.transaction((tx) => records.settings.set(tx, { zone: 'Pacific/Auckland' }))
    clock.advance(3_600_000 * 2)
    const later = await kiosk['meetings.listDay']({ date: '2026-11-25', ...page })
    expect(later).toMatchObject({ ok: true, value: { zone: 'Pacific/Auckland', rows: [] } })
  })

  it.each(['2026-02-30', '2026-13-01', '2026-11-22', '2026-12-30', '1970-01-01', '9999-12-31'])(
    'has no page for %s',
    async (date) => {
      const { kiosk } = openLobby()
      expect(await kiosk['meetings.listDay']({ date, ...page })).toEqual({
        ok: false,
        code: 'date_out_of_range',
      })
    },
  )

  it('reaches from yesterday to 35 days ahead', async () => {
    const { kiosk } = openLobby()
    for (const date of ['2026-11-23', '2026-12-29'])
      expect(await kiosk['meetings.listDay']({ date, ...page })).toMatchObject({ ok: true })
  })

  it.each(['1970-01-01T00:00:00Z', '2099-12-31T23:59:59Z'])(
    'is empty, not broken, on a clock of %s (KSK-35)',
    async (now) => {
      const { kiosk, records, clock } = openLobby()
      addMeetingHere(records, 'peer', 'peer')
      clock.set(now)
      const date = new Date(clock.now() - 5 * 3_600_000).toISOString().slice(0, 10)
      expect(await kiosk['meetings.listDay']({ date, ...page })).toMatchObject({
        ok: true,
        value: { rows: [] },
      })
      expect(await kiosk['kiosk.get']({})).toMatchObject({ ok: true, value: { nowMs: clock.now() } })
    },
  )
})

describe('the page of a meeting', () => {
  it('opens also under an id that its feed no longer uses', async () => {
    const { kiosk, records } = openLobby()
    addMeetingHere(records, 'peer', 'peer')
    records.db.driver.exec("INSERT INTO meeting_alias (old_id, meeting_id) VALUES ('old', 'peer')")
    const reply = await kiosk['meetings.get']({ meetingId: 'old', localDate: today, startsAtMs })
    expect(reply).toMatchObject({ ok: true, value: { row: { meetingId: 'peer' } } })
  })

  it('says not_found for a date that the meeting does not have', async () => {
    const { kiosk, records } = openLobby()
    addMeetingHere(records, 'peer', 'peer')
    const reply = await kiosk['meetings.get']({ meetingId: 'peer', localDate: '2026-11-25', startsAtMs })
    expect(reply).toEqual({ ok: false, code: 'not_found' })
  })
})
