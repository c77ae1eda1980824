import { expect, test } from '@playwright/test'
import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { readDay } from '../commands/walkthrough/screen.ts'
import { openApp, type App, type HostName } from '../support/app.ts'
import { addFeed, saveCenter } from './setup.ts'

const text = labelsOf('en')
const now = '2026-11-24T15:00:00Z'
const today = '2026-11-24'
const invented = resolve(import.meta.dirname, '../support/feeds/meeting-guide.json')

let folder: string
let app: App
test.beforeEach(async ({}, testInfo) => {
  folder = mkdtempSync(join(tmpdir(), 'open-chair-feeds-'))
  app = await openApp({ on: testInfo.project.name as HostName, now, zone: 'America/New_York' })
  await saveCenter(app, { radiusMeters: 200_000 })
})
test.afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Thirty meetings here, one for each half hour and weekday, in the plainest form. */
function goodFeed(): string {
  const rows = Array.from({ length: 210 }, (_, index) => ({
    name: `Group ${index}`,
    slug: `group-${index}`,
    day: index % 7,
    time: `${String(9 + Math.floor(index / 14)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
    types: ['O'],
    formatted_address: '1400 John F Kennedy Blvd, Philadelphia, PA 19107, USA',
    latitude: 39.9526,
    longitude: -75.1652,
  }))
  return JSON.stringify(rows)
}

async function refresh(feedId: string) {
  const reply = await app.desk.evaluate(
    (id) => window.openChairDesk.invoke('feeds.refresh', { feedId: id }),
    feedId,
  )
  if (!reply.ok) throw new Error(reply.code)
  return reply.value
}

test('a feed that turns bad leaves the last good list in place, and the desk says why', async () => {
  const path = join(folder, 'list.json')
  writeFileSync(path, goodFeed())
  const feed = await addFeed(app, { path, fellowship: 'aa' })
  expect(feed.problem).toBeNull()
  const before = await readDay(app.kiosk, today)
  expect(before.rows.length).toBeGreaterThan(10)

  const bad: [string, string | Buffer, string][] = [
    ['an empty file', '', 'empty'],
    ['a web page', '<!doctype html><title>Sign in</title><p>Please sign in</p>', 'html'],
    ['a list cut off midway', goodFeed().slice(0, 5000), 'not_json'],
    ['another encoding', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x01, 0x02, 0x00, 0x00, 0xff]), ''],
    ['an empty list', '[]', 'empty'],
    ['most meetings gone', JSON.stringify(JSON.parse(goodFeed()).slice(0, 100)), 'loses_too_many'],
  ]
  for (const [name, content, problem] of bad) {
    writeFileSync(path, content)
    const after = await refresh(feed.id)
    expect(after.problem, name).not.toBeNull()
    if (problem !== '') expect(after.problem, name).toBe(problem)
    expect(after.counts, name).toEqual(feed.counts)
    const day = await readDay(app.kiosk, today)
    expect(day.rows, name).toEqual(before.rows)
  }
  // The desk shows the newest reason in words, with what to do next.
  await expect(app.desk.getByText(text('desk.problem.loses_too_many')).first()).toBeVisible()

  // Whoever decides, and says so twice, takes the shorter list after all.
  await app.desk.getByRole('button', { name: text('desk.feeds.decide') }).click()
  await app.desk.getByRole('button', { name: text('desk.feeds.accept') }).click()
  await app.desk.getByRole('button', { name: text('desk.held.yes') }).click()
  await app.desk.getByRole('button', { name: text('desk.feeds.all') }).click()
  await expect
    .poll(async () => (await readDay(app.kiosk, today)).rows.length, { timeout: 20_000 })
    .toBeLessThan(before.rows.length)
})

test('a file of a gigabyte is refused at once and nothing else is disturbed', async () => {
  const path = join(folder, 'huge.json')
  writeFileSync(path, '[')
  truncateSync(path, 1024 ** 3)
  const startedAt = performance.now()
  const feed = await addFeed(app, { path, fellowship: 'aa' })
  expect(feed.problem).toBe('too_large')
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  expect(await app.kiosk.evaluate(() => window.openChair.invoke('kiosk.get', {}))).toMatchObject({ ok: true })
})

test('addresses that refuse, redirect for ever or lead to a file are named in plain words', async () => {
  const sites: Server = createServer((request, response) => {
    if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end()
    else if (request.url === '/to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else if (request.url === '/page')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')
    else if (request.url === '/key') response.writeHead(401).end('{}')
    else if (request.url === '/good')
      response.writeHead(200, { 'content-type': 'application/json' }).end(goodFeed())
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => sites.listen(0, '127.0.0.1', done))
  const address = sites.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const at = (path: string) => `http://127.0.0.1:${address.port}${path}`
  try {
    const cases: [string, string][] = [
      [at('/loop'), 'too_many_redirects'],
      [at('/to-file'), 'address_not_allowed'],
      [at('/page'), 'html'],
      [at('/key'), 'needs_key'],
      [at('/missing'), 'not_found'],
      ['http://127.0.0.1:9/refuses', 'connection_refused'],
    ]
    for (const [url, problem] of cases) {
      const feed = await addFeed(app, { address: url, fellowship: 'aa' })
      expect(feed.problem, url).toBe(problem)
      await expect(app.desk.getByText(text(`desk.problem.${problem}`)).first()).toBeVisible()
    }
    const good = await addFeed(app, { address: at('/good'), fellowship: 'aa' })
    expect(good.problem).toBeNull()
    expect(good.counts?.shown).toBe(210)
  } finally {
    await new Promise((done) => sites.close(done))
  }
})

test('an invented feed with odd rows gives each row exactly one end', async () => {
  const path = join(folder, 'odd.json')
  copyFileSync(invented, path)
  const feed = await addFeed(app, { path, fellowship: 'aa' })
  const { read, shown, byAppointment, inactive, refused } = feed.counts ?? {
    read: -1,
    shown: 0,
    byAppointment: 0,
    inactive: 0,
    refused: 0,
  }
  expect(read).toBeGreaterThan(5)
  expect(shown + byAppointment + inactive + refused).toBe(read)
})
