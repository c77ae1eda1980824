import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { guideList, guideRow } from '../sync/shop.ts'
import { fillDisk, openDesk, openLobby, rows } from './lobby.ts'

// A real worker thread reads the feeds.
vi.setConfig({ testTimeout: 60_000 })

const feed = { name: 'List', kind: 'peer', fellowship: 'aa', zone: null, heldHere: false } as const
const list = guideList([guideRow('m1'), guideRow('m2', { day: 3 })])

function openWithFile(content = list) {
  const lobby = openLobby()
  const path = join(lobby.folder, 'meetings.json')
  writeFileSync(path, content)
  const chosen: { path: string | null } = { path }
  return { ...lobby, ...openDesk(lobby, chosen), path, chosen }
}

async function addFile({ desk }: Pick<ReturnType<typeof openWithFile>, 'desk'>): Promise<string> {
  const file = await desk['feeds.chooseFile']({})
  if (!file.ok) throw new Error(file.code)
  const added = await desk['feeds.add']({ ...feed, source: { from: 'file', token: file.value.token } })
  if (!added.ok) throw new Error(added.code)
  return added.value.feedId
}

describe('listing a feed', () => {
  it('names a chosen file by a token: no path crosses, and no other path can be asked for', async () => {
    const opened = openWithFile()
    const { desk, path, chosen, folder } = opened
    const file = await desk['feeds.chooseFile']({})
    expect(file).toMatchObject({ ok: true, value: { fileName: 'meetings.json' } })
    expect(JSON.stringify(file)).not.toContain(folder)
    for (const token of [path, '../meetings.json', 'guess'])
      expect(await desk['feeds.add']({ ...feed, source: { from: 'file', token } })).toEqual({
        ok: false,
        code: 'file_not_found',
      })
    chosen.path = null
    expect(await desk['feeds.chooseFile']({})).toEqual({ ok: false, code: 'cancelled' })
  })

  it.each([
    ['ftp://example.org/x', 'address_not_allowed'],
    ['file:///etc/passwd', 'address_not_allowed'],
    ['javascript:alert(1)', 'address_not_allowed'],
    ['not an address', 'address_not_allowed'],
    ['https://jo:secret@example.org/x', 'address_not_allowed'],
    ['https://secret@example.org/x', 'address_not_allowed'],
    ['http://example.org/x', 'plain_http'],
    ['http://127.0.0.1.example.org/x', 'plain_http'],
  ])('refuses %s with %s (SEC-10)', async (address, code) => {
    const { desk, records } = openWithFile()
    expect(await desk['feeds.add']({ ...feed, source: { from: 'address', address } })).toEqual({
      ok: false,
      code,
    })
    expect(records.feeds.list()).toEqual([])
  })

  it.each([
    ['https://example.org/x', {}],
    ['webcal://example.org/x', {}],
    ['http://127.0.0.1:1/x', {}],
    ['http://example.org/x', { plainHttpConfirmed: true }],
  ])('takes %s %o, and once only', async (address, more) => {
    const { desk } = openWithFile()
    const source = { from: 'address', address, ...more } as const
    expect(await desk['feeds.add']({ ...feed, source })).toMatchObject({ ok: true })
    expect(await desk['feeds.add']({ ...feed, source })).toEqual({ ok: false, code: 'already_listed' })
  })

  it('refuses a zone that does not exist', async () => {
    const { desk } = openWithFile()
    const source = { from: 'address', address: 'https://example.org/x' } as const
    expect(await desk['feeds.add']({ ...feed, zone: 'Mars/Olympus', source })).toEqual({
      ok: false,
      code: 'unknown_zone',
    })
  })

  it('on a full disk says so (KSK-35)', async () => {
    const { desk, records } = openWithFile()
    fillDisk(records)
    const address = `https://example.org/${'x'.repeat(2000)}`
    let reply = await desk['feeds.add']({ ...feed, source: { from: 'address', address } })
    for (let time = 0; time < 20 && reply.ok; time += 1)
      reply = await desk['feeds.add']({ ...feed, source: { from: 'address', address: `${address}${time}` } })
    expect(reply).toEqual({ ok: false, code: 'storage_failed' })
  })
})

describe('a listed feed', () => {
  it('is read, and its view says what came', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    const view = await opened.desk['feeds.refresh']({ feedId })
    expect(view).toMatchObject({ ok: true, value: { problem: null, running: false, counts: { read: 2 } } })
  })

  it.each([
    ['<!doctype html><p>Log in', 'html'],
    ['', 'empty'],
    ['[{"slug":', 'not_json'],
  ])('of %j leaves the meetings and says why', async (content, problem) => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    await opened.desk['feeds.refresh']({ feedId })
    writeFileSync(opened.path, content)
    expect(await opened.desk['feeds.refresh']({ feedId })).toMatchObject({ ok: true, value: { problem } })
    expect(rows(opened.records, "SELECT id FROM meeting WHERE state = 'active'")).toHaveLength(2)
  })

  it('that is a folder by now is told as unreadable', async () => {
    const opened = openWithFile()
    opened.chosen.path = join(opened.folder, 'folder.json')
    mkdirSync(opened.chosen.path)
    const feedId = await addFile(opened)
    const view = await opened.desk['feeds.refresh']({ feedId })
    expect(view.ok && view.value.problem).toMatch(/^file_/)
  })

  it('is removed with its meetings, also while it is being read', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    const reading = opened.desk['feeds.refresh']({ feedId })
    expect(await opened.desk['feeds.remove']({ feedId })).toEqual({ ok: true, value: { removed: true } })
    await reading
    expect(opened.records.feeds.list()).toEqual([])
    expect(rows(opened.records, "SELECT id FROM meeting WHERE state = 'active'")).toEqual([])
    expect(rows(opened.records, 'SELECT * FROM occurrence')).toEqual([])
  })

  it('is changed by staff: what they say is kept, it is read again whole, and its meetings follow', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    await opened.desk['feeds.refresh']({ feedId })
    const said = {
      name: 'County list',
      kind: 'peer',
      fellowship: 'na',
      zone: 'America/Chicago',
      heldHere: true,
      everyMinutes: 60,
      utcIsLocal: true,
      midnightBefore: true,
    } as const
    expect(await opened.desk['feeds.change']({ feedId, ...said })).toMatchObject({ ok: true, value: said })
    await opened.job.whenIdle()
    const shown = rows(opened.records, 'SELECT DISTINCT fellowship, here, here_why FROM meeting')
    expect(shown).toEqual([{ fellowship: 'na', here: 1, here_why: 'feed' }])
    // 19:00 means Chicago now.
    expect(
      rows(opened.records, 'SELECT DISTINCT (starts_at_ms / 3600000) % 24 AS hour FROM occurrence'),
    ).toEqual([{ hour: 1 }])
    const view = opened.records.feeds.findView(feedId)
    expect(view).toMatchObject({ ...said, problem: null })
    const waitMs = (view?.nextRunAtMs ?? 0) - opened.clock.now()
    expect(waitMs).toBeGreaterThanOrEqual(60 * 60_000)
    expect(waitMs).toBeLessThanOrEqual(66 * 60_000)
  })

  it('keeps what staff said of it where that is impossible', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    const change = opened.desk['feeds.change']
    expect(await change({ feedId, ...feed, zone: 'Mars/Olympus' })).toEqual({
      ok: false,
      code: 'unknown_zone',
    })
    expect(await change({ feedId: 'nothing', ...feed })).toEqual({ ok: false, code: 'not_found' })
    expect(opened.records.feeds.findView(feedId)).toMatchObject(feed)
  })

  it('has a history of its runs, newest first', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    expect(await opened.desk['feeds.listRuns']({ feedId })).toEqual({ ok: true, value: [] })
    await opened.desk['feeds.refresh']({ feedId })
    opened.clock.advance(60_000)
    writeFileSync(opened.path, '<!doctype html><p>Log in')
    await opened.desk['feeds.refresh']({ feedId })
    const now = opened.clock.now()
    expect(await opened.desk['feeds.listRuns']({ feedId })).toMatchObject({
      ok: true,
      value: [
        { startedAtMs: now, endedAtMs: now, outcome: 'held_back', problem: 'html', added: 0 },
        { outcome: 'applied', problem: null, read: 2, added: 2, changed: 0, removed: 0 },
      ],
    })
    expect(await opened.desk['feeds.listRuns']({ feedId: 'nothing' })).toEqual({
      ok: false,
      code: 'not_found',
    })
  })

  it('leaves a line in the audit for each decision, with ids and codes only (SEC-08)', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    await opened.desk['feeds.refresh']({ feedId })
    await opened.desk['feeds.change']({ feedId, ...feed, name: 'Secret name' })
    await opened.job.whenIdle()
    writeFileSync(opened.path, '<!doctype html><p>Log in')
    await opened.desk['feeds.refresh']({ feedId })
    await opened.desk['feeds.accept']({ feedId })
    await opened.desk['feeds.remove']({ feedId })
    const lines = rows(
      opened.records,
      "SELECT event, detail FROM audit WHERE event LIKE 'feed.%' ORDER BY sequence",
    )
    expect(lines).toEqual([
      { event: 'feed.added', detail: JSON.stringify({ feed: feedId, from: 'file' }) },
      { event: 'feed.changed', detail: JSON.stringify({ feed: feedId, fellowship: 'aa', kind: 'peer' }) },
      { event: 'feed.accepted', detail: JSON.stringify({ feed: feedId, outcome: 'held_back', removed: 0 }) },
      { event: 'feed.removed', detail: JSON.stringify({ feed: feedId }) },
    ])
    expect(JSON.stringify(lines)).not.toMatch(/Secret|meetings\.json/)
    expect(opened.records.audit.verify()).toMatchObject({ sound: true })
  })

  it.each(['feeds.refresh', 'feeds.accept', 'feeds.remove'] as const)(
    '%s of a feed that is not there says not_found',
    async (call) => {
      const { desk } = openWithFile()
      expect(await desk[call]({ feedId: 'nothing' })).toEqual({ ok: false, code: 'not_found' })
    },
  )

  it('with nothing held back has nothing to accept', async () => {
    const opened = openWithFile()
    const feedId = await addFile(opened)
    await opened.desk['feeds.refresh']({ feedId })
    expect(await opened.desk['feeds.accept']({ feedId })).toEqual({ ok: false, code: 'nothing_held_back' })
  })
})
