import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SameMeeting } from '../../../electron/contract/desk-calls.ts'
import { rowOf, savedFeed } from '../../support/own-meetings.ts'
import { openDesk, openLobby, rows, today } from './lobby.ts'

/** Two lists of one town that share a meeting, read by the real import. */
async function openTown(county: readonly unknown[], region: readonly unknown[]) {
  const lobby = openLobby()
  const desk = openDesk(lobby)
  const { records, folder, kiosk } = lobby
  for (const [name, list] of [
    ['County', county],
    ['Region', region],
  ] as const) {
    lobby.clock.advance(1000)
    await desk.job.refresh(savedFeed(records, folder, list, name))
  }
  const list = async (date = today) => {
    const answer = await kiosk['meetings.listDay']({ date, whereabouts: 'here', offset: 0, limit: 50 })
    return answer.ok ? answer.value.rows : []
  }
  const groups = async (): Promise<readonly SameMeeting[]> => {
    const answer = await desk.desk['sameMeetings.list']({})
    return answer.ok ? answer.value : []
  }
  const idOf = (key: string) =>
    (rows(records, `SELECT id FROM meeting WHERE feed_key = '${key}'`) as { id: string }[])[0]!.id
  return { ...lobby, ...desk, list, groups, idOf }
}
const hit = (key: string) => expect.objectContaining({ key }) as unknown

describe('a meeting that staff mark as held here', () => {
  it('is so at once, with a line that says which and what, by ids only (SEC-08)', async () => {
    const { desk, list, idOf, events, records } = await openTown([rowOf('c1', { name: 'Secret Hope' })], [])
    const meetingId = idOf('c1')
    events.length = 0
    for (const here of [true, false, null])
      expect(await desk['meetings.setHere']({ meetingId, here })).toEqual({ ok: true, value: { done: true } })
    expect(await desk['meetings.setHere']({ meetingId: 'nobody', here: true })).toMatchObject({
      code: 'not_found',
    })
    expect(events).toEqual(['meetings', 'meetings', 'meetings'])
    expect((await list()).map((row) => row.key)).toEqual(['c1'])
    expect(
      rows(records, `SELECT detail FROM audit WHERE event = 'meeting.here_set' ORDER BY sequence`),
    ).toEqual([true, false, null].map((here) => ({ detail: JSON.stringify({ here, meeting: meetingId }) })))
    expect(JSON.stringify(rows(records, 'SELECT detail FROM audit'))).not.toContain('Secret')
  })
})

describe('meetings that several feeds list', () => {
  it('stand at the desk once with the others, and staff can tell them apart and together again', async () => {
    const town = await openTown(
      [rowOf('c1', { name: 'Hope' })],
      [rowOf('r1', { name: 'Hope Group' }), rowOf('r2')],
    )
    const { desk, groups, list, idOf, events, records } = town
    expect(await groups()).toEqual([{ shown: hit('c1'), others: [{ meeting: hit('r1'), apart: false }] }])
    const pair = { meetingId: idOf('c1'), otherId: idOf('r1') }
    events.length = 0
    expect(await desk['sameMeetings.set']({ ...pair, apart: true })).toEqual({
      ok: true,
      value: { done: true },
    })
    expect(events).toEqual(['meetings'])
    expect((await list()).map((row) => row.key).sort()).toEqual(['c1', 'r1', 'r2'])
    const [apart] = await groups()
    expect([apart?.shown.key, ...(apart?.others ?? []).map(({ meeting }) => meeting.key)].sort()).toEqual([
      'c1',
      'r1',
    ])
    expect(apart?.others[0]?.apart).toBe(true)
    expect(
      await desk['sameMeetings.set']({ meetingId: pair.otherId, otherId: pair.meetingId, apart: false }),
    ).toMatchObject({ ok: true })
    expect(await list()).toMatchObject([
      { key: 'c1', alsoIn: [{ source: 'Region', key: 'r1' }] },
      { key: 'r2' },
    ])
    expect(rows(records, `SELECT detail FROM audit WHERE event = 'same_meeting.set'`)).toHaveLength(2)
  })

  it('answer for ids that lead nowhere', async () => {
    const { desk, idOf } = await openTown([rowOf('c1')], [])
    const id = idOf('c1')
    expect(await desk['sameMeetings.set']({ meetingId: id, otherId: id, apart: true })).toMatchObject({
      code: 'not_found',
    })
    expect(await desk['sameMeetings.set']({ meetingId: id, otherId: 'x', apart: true })).toMatchObject({
      code: 'not_found',
    })
    expect(await desk['meetings.setWeeks']({ meetingId: 'x', weeks: [1] })).toMatchObject({
      code: 'not_found',
    })
  })

  it('keep an open sign-in screen working: the id of one that is not shown leads to the one that is', async () => {
    const { kiosk, list, idOf, records } = await openTown(
      [rowOf('c1', { name: 'Hope' })],
      [rowOf('r1', { name: 'Hope' })],
    )
    const [row] = await list()
    const { localDate, startsAtMs } = row!
    const tapped = await kiosk['signIns.add']({
      requestId: crypto.randomUUID(),
      meetingId: idOf('r1'),
      localDate,
      startsAtMs,
      given: { kind: 'count' },
    })
    expect(tapped).toMatchObject({ ok: true })
    expect(rows(records, 'SELECT meeting_id FROM head_count')).toEqual([{ meeting_id: idOf('c1') }])
  })

  it('are found at the desk by the key of either', async () => {
    const { desk } = await openTown([rowOf('c1', { name: 'Hope' })], [rowOf('r1', { name: 'Hope' })])
    for (const text of ['c1', 'r1', 'hop']) {
      expect(await desk['meetings.find']({ text })).toEqual({ ok: true, value: [hit('c1')] })
    }
  })
})

describe('weeks of the month by staff', () => {
  it('limit a weekly meeting at once, survive a refresh and another feed, and can be taken away', async () => {
    const { desk, idOf, job, records, folder, clock } = await openTown([rowOf('c1', { name: 'Hope' })], [])
    const dates = () =>
      (rows(records, 'SELECT local_date AS date FROM occurrence ORDER BY 1') as { date: string }[]).map(
        (row) => row.date,
      )
    expect(dates()).toEqual([
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
      '2026-12-22',
      '2026-12-29',
    ])
    await desk['meetings.setWeeks']({ meetingId: idOf('c1'), weeks: ['last', 1, 1] })
    const limited = ['2026-11-24', '2026-12-01', '2026-12-29']
    expect(dates()).toEqual(limited)
    expect(await desk['meetings.find']({ text: 'c1' })).toMatchObject({ value: [{ weeks: [1, 'last'] }] })
    const countyId = (rows(records, `SELECT id FROM feed WHERE name = 'County'`) as { id: string }[])[0]!.id
    writeFileSync(
      join(folder, 'County.json'),
      JSON.stringify([rowOf('c1', { name: 'Hope', notes: 'Changed' })]),
    )
    await job.refresh(countyId)
    expect(dates()).toEqual(limited)
    // A feed that is preferred lists it too: what staff said holds for the meeting.
    clock.advance(1000)
    const house = savedFeed(records, folder, [rowOf('h1', { name: 'Hope' })], 'House')
    records.db.driver.exec(`UPDATE feed SET held_here = 1 WHERE id = '${house}'`)
    await job.refresh(house)
    expect(rows(records, 'SELECT DISTINCT feed_key FROM occurrence JOIN meeting USING (number)')).toEqual([
      { feed_key: 'h1' },
    ])
    expect(dates()).toEqual(limited)
    await desk['meetings.setWeeks']({ meetingId: idOf('c1'), weeks: [] })
    expect(dates()).toHaveLength(6)
    await job.rebuild()
    expect(dates()).toHaveLength(6)
  })
})
