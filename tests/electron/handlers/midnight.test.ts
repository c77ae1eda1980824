import { expect, it, onTestFinished } from 'vitest'
import type { HandoutDocument } from '../../../electron/contract/handout-document.ts'
import { ok } from '../../../electron/contract/result.ts'
import { joinForImport } from '../../../electron/db/import-connection.ts'
import { centerOf } from '../../../electron/handlers/desk.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { rollOccurrences } from '../../../electron/sync/roll.ts'
import { openWorkshop } from '../../../electron/sync/workshop.ts'
import { addWebFeed, guideList, guideRow, MemoryFeedClient, must } from '../sync/shop.ts'
import { count, openLobby, rows, tap, today } from './lobby.ts'

/* "Tuesday 00:00" where staff say that midnight belongs to the evening before (feeds.md 1.5), as visitors meet it. */

const wednesday = '2026-11-25'
const midnightMs = Date.parse('2026-11-25T05:00:00Z')
const list = guideList([
  guideRow('midnight', { time: '00:00', end_time: '01:00' }),
  guideRow('late', { time: '23:00', end_time: '23:45' }),
  guideRow('noon', { day: 3, time: '12:00', end_time: '13:00' }),
])

async function openWith(midnightBefore: boolean) {
  const documents: HandoutDocument[] = []
  const lobby = openLobby({
    renderer: {
      render: (document) => {
        documents.push(document)
        return Promise.resolve(ok({ pdf: new Uint8Array(8), pages: 1, meetings: 1, clubs: 0, leftOut: 0 }))
      },
    },
  })
  const { records, clock, log, file, machine } = lobby
  const db = must(joinForImport({ file, key: records.key, log }))
  onTestFinished(() => db.close())
  const client = new MemoryFeedClient()
  client.serve(list)
  const shop = openWorkshop({
    db,
    client,
    read: readFeed,
    clock,
    ids: machine.ids,
    log,
    machineId: records.machineId,
    random: () => 0.5,
    pause: () => Promise.resolve(),
    stopping: () => false,
    stopped: new Promise(() => undefined),
    onProgress: () => undefined,
  })
  const center = centerOf(records.settings.getAll())!
  const feedId = addWebFeed(shop, { heldHere: true, midnightBefore })
  await rollOccurrences(shop, center, { whole: true })
  expect(await runFeed(shop, { feedId, accept: false, center })).toMatchObject({ outcome: 'applied' })
  const keysOf = async (date: string, filter = {}) => {
    const answer = await lobby.kiosk['meetings.listDay']({
      date,
      whereabouts: 'here',
      offset: 0,
      limit: 50,
      filter,
    })
    if (!answer.ok) throw new Error(answer.code)
    return answer.value.rows.map(({ key, localDate }) => `${key} ${localDate}`)
  }
  return { ...lobby, shop, center, documents, keysOf }
}

it('stands at the end of the day that it names, and on no other', async () => {
  const { keysOf } = await openWith(true)
  expect(await keysOf(today)).toEqual([`late ${today}`, `midnight ${today}`])
  expect(await keysOf(wednesday)).toEqual([`noon ${wednesday}`])
  expect(await keysOf('2026-12-01')).toEqual(['late 2026-12-01', 'midnight 2026-12-01'])
})

it('stands at the head of the day by the letter where staff say nothing', async () => {
  const { keysOf } = await openWith(false)
  expect(await keysOf('2026-12-01')).toEqual(['midnight 2026-12-01', 'late 2026-12-01'])
})

it('is part of the evening, on the list and in its counts', async () => {
  const { keysOf, kiosk } = await openWith(true)
  expect(await keysOf(today, { partOfDay: 'evening' })).toEqual([`late ${today}`, `midnight ${today}`])
  expect(await keysOf(today, { partOfDay: 'morning' })).toEqual([])
  expect(await kiosk['meetings.listFacets']({ date: today })).toMatchObject({
    value: { partsOfDay: { morning: 0, afternoon: 0, evening: 2 } },
  })
})

it('is found on the day that it names', async () => {
  const { kiosk } = await openWith(true)
  const found = await kiosk['meetings.search']({
    text: 'midnight',
    date: today,
    days: 1,
    order: 'soonest',
    limit: 10,
  })
  expect(found).toMatchObject({ value: { rows: [{ localDate: today, startsAtMs: midnightMs }] } })
})

it('stays on the list of today after midnight while it runs, once, and can be signed in to', async () => {
  const { clock, keysOf, kiosk, records, shop, center } = await openWith(true)
  clock.advance(midnightMs + 10 * 60_000 - clock.now())
  await rollOccurrences(shop, center, { whole: false })
  expect(await keysOf(wednesday)).toEqual([`midnight ${today}`, `noon ${wednesday}`])
  const [row] = rows(records, `SELECT id FROM meeting WHERE feed_key = 'midnight'`) as { id: string }[]
  const signIn = { ...tap(row!.id, count), startsAtMs: midnightMs }
  expect(await kiosk['signIns.add'](signIn)).toMatchObject({ ok: true })
  expect(rows(records, 'SELECT local_date AS date FROM head_count')).toEqual([{ date: today }])
  expect(
    await kiosk['meetings.get']({ meetingId: row!.id, localDate: today, startsAtMs: midnightMs }),
  ).toMatchObject({
    value: { row: { localDate: today, canSignIn: true } },
  })
  clock.advance(50 * 60_000)
  expect(await keysOf(wednesday)).toEqual([`noon ${wednesday}`])
  expect(await kiosk['signIns.add']({ ...signIn, requestId: crypto.randomUUID() })).toMatchObject({
    code: 'not_open',
  })
})

it('is printed under the day that it names, as its last line', async () => {
  const { kiosk, documents } = await openWith(true)
  const choice = {
    locale: 'en',
    paper: 'letter',
    size: 'standard',
    peerGroups: true,
    clubs: true,
    online: true,
  } as const
  expect(await kiosk['handouts.preview'](choice)).toMatchObject({ ok: true })
  const days = documents[0]!.peerGroups.map(({ date, entries }) => [date, ...entries.map(({ name }) => name)])
  expect(days).toEqual([
    [today, 'Meeting late', 'Meeting midnight'],
    [wednesday, 'Meeting noon'],
  ])
})
