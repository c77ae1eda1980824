import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deskCalls, type OwnMeeting } from '../../../electron/contract/desk-calls.ts'
import { addWebless, rowOf, savedFeed } from '../../support/own-meetings.ts'
import { openDesk, openLobby, rows, today, ana, tap } from './lobby.ts'

const form: OwnMeeting = {
  name: 'Evening group',
  kind: 'peer',
  fellowship: 'aa',
  notes: '',
  room: 'Room 2',
  placeName: '',
  street: '',
  city: '',
  attendance: 'in_person',
  onlineUrl: '',
  phone: '',
  languages: ['en'],
  wheelchair: true,
  openness: 'open',
  // Tuesdays, from half past ten on.
  dates: [{ form: 'weekly', weekday: 2, start: '10:30', durationMinutes: 60, weeks: [] }],
}
const once = (date: string, start = '10:30') =>
  [{ form: 'once', date, start, durationMinutes: 60 }] as const satisfies OwnMeeting['dates']

function open() {
  const lobby = openLobby()
  const desk = openDesk(lobby)
  const save = async (meeting: Partial<OwnMeeting> = {}, meetingId: string | null = null) =>
    desk.desk['ownMeetings.save']({ meetingId, meeting: { ...form, ...meeting } })
  const saved = async (meeting: Partial<OwnMeeting> = {}, meetingId: string | null = null) => {
    const answer = await save(meeting, meetingId)
    if (!answer.ok) throw new Error(answer.code)
    return answer.value.meetingId
  }
  const list = async (date = today) => {
    const groups = ['here', 'nearby', 'online'] as const
    const answers = await Promise.all(
      groups.map((whereabouts) =>
        lobby.kiosk['meetings.listDay']({ date, whereabouts, offset: 0, limit: 50 }),
      ),
    )
    return answers.flatMap((answer) => (answer.ok ? [...answer.value.rows] : []))
  }
  return { ...lobby, ...desk, save, saved, list }
}

describe('the center’s own meetings', () => {
  it('are on the kiosk at once, here, with their room, and can be signed in to', async () => {
    const { saved, list, kiosk, events, records } = open()
    const id = await saved()
    expect(events).toContain('meetings')
    expect(await list()).toMatchObject([
      {
        meetingId: id,
        key: id,
        name: 'Evening group',
        place: 'Room 2',
        whereabouts: 'here',
        fellowship: 'aa',
        audience: 'self',
        wheelchair: true,
        openness: 'open',
        languages: ['en'],
        canSignIn: true,
      },
    ])
    const [row] = await list()
    expect(await kiosk['signIns.add'](tap(id, { kind: 'count' }))).toMatchObject({ ok: true })
    expect(await kiosk['meetings.get']({ ...row!, meetingId: id })).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT own, feed_id, decided_by, here_why FROM meeting')).toEqual([
      { own: 1, feed_id: null, decided_by: 'entered at the desk', here_why: 'own' },
    ])
  })

  it('come back into the form as they were typed', async () => {
    const { saved, desk } = open()
    const full: OwnMeeting = {
      ...form,
      notes: 'First line\nsecond line',
      placeName: 'City park',
      street: '5 Lake Road',
      city: 'Springfield',
      attendance: 'hybrid',
      onlineUrl: 'https://zoom.us/j/81234567890?pwd=abc',
      phone: '+1 555 123 4567',
      wheelchair: null,
      openness: 'unknown',
      dates: [
        { form: 'weekly', weekday: 0, start: '00:00', durationMinutes: 45, weeks: [1, 3, 'last'] },
        ...once('2026-12-01', '23:30'),
      ],
    }
    const meetingId = await saved(full)
    const listed = await desk['ownMeetings.list']({})
    expect(listed).toMatchObject({ ok: true, value: [{ ...full, meetingId }] })
    // What the list gives can be saved again as it is.
    const again = deskCalls['ownMeetings.save'].input.parse({ meetingId, meeting: full })
    expect(await desk['ownMeetings.save'](again)).toEqual({ ok: true, value: { meetingId } })
    expect(await desk['ownMeetings.list']({})).toEqual(listed)
  })

  it('change and go on the kiosk in the same moment', async () => {
    const { saved, list, desk, records } = open()
    const id = await saved()
    await saved({ name: 'Morning group', dates: [{ ...form.dates[0]!, start: '11:00' }] }, id)
    expect(await list()).toMatchObject([
      { name: 'Morning group', startsAtMs: Date.parse('2026-11-24T16:00:00Z') },
    ])
    expect(await desk['ownMeetings.remove']({ meetingId: id })).toEqual({
      ok: true,
      value: { removed: true },
    })
    expect(await list()).toEqual([])
    expect(await desk['ownMeetings.list']({})).toEqual({ ok: true, value: [] })
    // Its row stays, because sign-ins refer to it; it is no meeting of the desk any more.
    expect(rows(records, 'SELECT id, state FROM meeting')).toEqual([{ id, state: 'withdrawn' }])
    expect(await desk['ownMeetings.remove']({ meetingId: id })).toMatchObject({ code: 'not_found' })
    expect(await desk['ownMeetings.save']({ meetingId: id, meeting: form })).toMatchObject({
      code: 'not_found',
    })
  })

  it('follow weeks of the month, also through months of five weeks', async () => {
    const { saved, records } = open()
    await saved({
      dates: [{ form: 'weekly', weekday: 2, start: '10:30', durationMinutes: 60, weeks: [5, 1] }],
    })
    // Tuesdays: the first of December is the 1st, its fifth the 29th; November has four.
    expect(rows(records, 'SELECT local_date FROM occurrence ORDER BY 1')).toEqual([
      { local_date: '2026-12-01' },
      { local_date: '2026-12-29' },
    ])
  })

  it('keep midnight on the day it is named by, and run into the next', async () => {
    const { saved, records } = open()
    await saved({
      dates: [
        { form: 'weekly', weekday: 3, start: '00:00', durationMinutes: 90, weeks: [] },
        ...once('2026-11-27', '23:30'),
      ],
    })
    const found = rows(
      records,
      'SELECT local_date, ends_at_ms - starts_at_ms AS ms FROM occurrence ORDER BY starts_at_ms',
    )
    expect(found.slice(0, 2)).toEqual([
      { local_date: '2026-11-25', ms: 90 * 60_000 },
      { local_date: '2026-11-27', ms: 60 * 60_000 },
    ])
  })

  it('have no date by appointment, and are kept', async () => {
    const { saved, list, desk } = open()
    const meetingId = await saved({ dates: [], kind: 'therapy' })
    expect(await list()).toEqual([])
    expect(await desk['ownMeetings.list']({})).toMatchObject({ value: [{ meetingId, dates: [] }] })
  })

  it('are the center’s own but held elsewhere with another address, and here with the center’s', async () => {
    const { saved, list, records } = open()
    records.db.transaction((tx) => records.settings.set(tx, { street: '1 Elm Street' }))
    await saved({
      kind: 'club',
      name: 'Runners',
      placeName: 'City park',
      street: '5 Lake Road',
      room: 'At the gate',
    })
    await saved({ kind: 'club', name: 'Gardeners', street: '1 Elm St.' })
    expect(
      (await list()).map(({ name, whereabouts, place, canSignIn }) => ({
        name,
        whereabouts,
        place,
        canSignIn,
      })),
    ).toEqual([
      { name: 'Gardeners', whereabouts: 'here', place: 'Room 2', canSignIn: true },
      { name: 'Runners', whereabouts: 'nearby', place: 'City park, 5 Lake Road', canSignIn: false },
    ])
  })

  it('never put a therapist-led group on paper', async () => {
    const { saved, records } = open()
    await saved({ kind: 'therapy', name: 'Coping skills' })
    await saved({ kind: 'club', name: 'Chess', fellowship: null })
    const week = records.week.listWeek({
      today,
      nowMs: Date.parse('2026-11-24T15:00:00Z'),
      from: today,
      days: 7,
    })
    expect(week.rows.map((row) => row.name)).toEqual(['Chess'])
  })

  it('ask for a name at a therapist-led group and for nothing at a club (PRV-04)', async () => {
    const { saved, kiosk } = open()
    const therapy = await saved({ kind: 'therapy', name: 'Coping skills' })
    const club = await saved({ kind: 'club', name: 'Chess' })
    expect(await kiosk['signIns.add'](tap(therapy, ana))).toMatchObject({ ok: true })
    expect(await kiosk['signIns.add'](tap(club, ana))).toMatchObject({ code: 'names_not_allowed' })
  })

  it.each<[string, Partial<OwnMeeting>, string]>([
    ['a day that does not exist', { dates: once('2026-02-30') }, 'bad_date'],
    ['a month that does not exist', { dates: once('2026-13-01') }, 'bad_date'],
    ['a link that runs a script', { attendance: 'online', onlineUrl: 'javascript:alert(1)' }, 'bad_link'],
    ['a link to a file', { attendance: 'online', onlineUrl: 'file:///etc/passwd' }, 'bad_link'],
    ['a link without a host', { attendance: 'online', onlineUrl: 'zoom' }, 'bad_link'],
    [
      'a link with a password before the host',
      { attendance: 'online', onlineUrl: 'https://me:pw@zoom.us/j/1' },
      'bad_link',
    ],
    ['a phone of three digits', { attendance: 'online', phone: '911' }, 'bad_link'],
    ['a phone of letters', { phone: 'call the front desk' }, 'bad_link'],
    ['nothing to join with', { attendance: 'online' }, 'bad_link'],
  ])('refuse %s', async (_what, meeting, code) => {
    const { save, records } = open()
    expect(await save(meeting)).toMatchObject({ ok: false, code })
    expect(rows(records, 'SELECT id FROM meeting')).toEqual([])
  })

  it('take no name that is endless or cannot be seen, and clean the others', async () => {
    const input = deskCalls['ownMeetings.save'].input
    const parses = (meeting: Partial<OwnMeeting>) =>
      input.safeParse({ meetingId: null, meeting: { ...form, ...meeting } }).success
    expect(parses({})).toBe(true)
    expect(parses({ name: 'x'.repeat(10_000) })).toBe(false)
    expect(parses({ name: '\u202e\u200b' })).toBe(false)
    expect(parses({ notes: 'x'.repeat(10_000) })).toBe(false)
    expect(parses({ languages: ['en', 'pt-BR', 'zh-Hant-TW'] })).toBe(true)
    for (const tag of ['en es', 'e', '', '%%', 'x'.repeat(36)])
      expect(parses({ languages: [tag] })).toBe(false)
    expect(parses({ dates: [{ ...form.dates[0]!, start: '24:00' } as never] })).toBe(false)
    const { saved, list } = open()
    await saved({ name: '\u202eEvening\u0007  group\u2066', room: '<b>Room</b>\u202e 2' })
    expect(await list()).toMatchObject([{ name: 'Evening group', place: 'Room 2' }])
  })

  it('leave a line with ids only (SEC-08)', async () => {
    const { saved, desk, records, log } = open()
    const id = await saved({ name: 'Secret garden' })
    await desk['ownMeetings.remove']({ meetingId: id })
    const lines = rows(records, `SELECT event, detail FROM audit WHERE event LIKE 'own%'`)
    expect(lines).toEqual([
      { event: 'own_meeting.saved', detail: JSON.stringify({ kind: 'peer', meeting: id }) },
      { event: 'own_meeting.removed', detail: JSON.stringify({ meeting: id }) },
    ])
    expect(log.lines.join()).not.toContain('garden')
  })

  it('survive a new day, a rebuild and a center that changes its zone', async () => {
    const { saved, list, job, desk, clock, records } = open()
    await saved()
    await job.rebuild()
    expect(await list()).toHaveLength(1)
    clock.advance(86_400_000)
    job.onResume()
    await job.whenIdle()
    expect(await list('2026-12-29')).toHaveLength(1)
    const state = await desk['desk.get']({})
    if (!state.ok || state.value.center === null) throw new Error('no center')
    await desk['setup.saveCenter']({ ...state.value.center, name: 'A', zone: 'America/Chicago' })
    await job.whenIdle()
    // Half past ten by the clock on the wall, wherever it hangs.
    const starts = rows(
      records,
      `SELECT DISTINCT starts_at_ms % 86400000 / 3600000.0 AS utc FROM occurrence WHERE local_date > '2026-11-26'`,
    )
    expect(starts).toEqual([{ utc: 16.5 }])
  })

  it('do not follow from the demonstration into the real center', async () => {
    const { saved, list, desk, records, job } = open()
    records.db.transaction((tx) => records.settings.set(tx, { setup: 'demonstration' }))
    await saved()
    const state = await desk['desk.get']({})
    if (!state.ok || state.value.center === null) throw new Error('no center')
    expect(await desk['setup.saveCenter']({ ...state.value.center, name: 'A' })).toMatchObject({ ok: true })
    await job.whenIdle()
    expect(await list()).toEqual([])
    expect(await desk['ownMeetings.list']({})).toEqual({ ok: true, value: [] })
  })
})

describe('own meetings and feeds', () => {
  it('are shown for the same meeting of a feed, and no refresh touches them', async () => {
    const { saved, list, job, folder, records } = open()
    records.db.transaction((tx) => records.settings.set(tx, { street: '1 Elm Street', postalCode: '19064' }))
    const feedId = addWebless(records, join(folder, 'list.json'))
    writeFileSync(join(folder, 'list.json'), JSON.stringify([rowOf('f1', { name: 'Evening Group' })]))
    await job.refresh(feedId)
    expect(await list()).toMatchObject([{ key: 'f1', name: 'Evening Group' }])
    const id = await saved()
    expect(await list()).toMatchObject([
      { key: id, whereabouts: 'here', place: 'Room 2', alsoIn: [{ key: 'f1' }] },
    ])
    writeFileSync(
      join(folder, 'list.json'),
      JSON.stringify([rowOf('f1', { name: 'Evening Group', notes: 'new' })]),
    )
    await job.refresh(feedId)
    await job.remove(feedId)
    const [row] = await list()
    expect(row).toMatchObject({ key: id })
    expect(row?.alsoIn).toBeUndefined()
  })

  it('give the feed’s meeting back when they are removed or changed', async () => {
    const { saved, list, job, folder, records, desk } = open()
    records.db.transaction((tx) => records.settings.set(tx, { street: '1 Elm Street', postalCode: '19064' }))
    const feedId = savedFeed(records, folder, [rowOf('f1', { name: 'Evening Group' })])
    await job.refresh(feedId)
    const id = await saved()
    await saved({ name: 'Chess' }, id)
    expect((await list()).map((row) => row.name).sort()).toEqual(['Chess', 'Evening Group'])
    await saved({}, id)
    expect(await list()).toHaveLength(1)
    await desk['ownMeetings.remove']({ meetingId: id })
    expect(await list()).toMatchObject([{ key: 'f1' }])
  })

  it('are saved while an import runs, without loss on either side', async () => {
    const { saved, list, job, folder, records } = open()
    const many = Array.from({ length: 400 }, (_, n) =>
      rowOf(`f${n}`, {
        name: `Group of house ${n}`,
        formatted_address: `${n + 10} Oak Street, Philadelphia, PA 19064, USA`,
        latitude: 39.9 + n / 5000,
      }),
    )
    const feedId = savedFeed(records, folder, many)
    const running = job.refresh(feedId)
    const ids: string[] = []
    for (let n = 0; n < 10; n += 1) {
      ids.push(await saved({ name: `Own ${n}` }))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await running).toMatchObject({ value: { outcome: 'applied' } })
    const own = (await list()).filter((row) => ids.includes(row.key))
    expect(own).toHaveLength(10)
    expect(rows(records, 'SELECT count(*) AS n FROM meeting WHERE feed_id IS NOT NULL')).toEqual([{ n: 400 }])
    expect(rows(records, 'SELECT number FROM meeting GROUP BY number HAVING count(*) > 1')).toEqual([])
    expect(rows(records, 'SELECT * FROM meeting_unsettled')).toEqual([])
  })
})
