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
