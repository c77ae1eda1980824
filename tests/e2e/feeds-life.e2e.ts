import { expect, test } from '@playwright/test'
import type { FeedView } from '../../electron/contract/models.ts'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { readDay } from '../commands/walkthrough/screen.ts'
import { openApp, type App, type HostName } from '../support/app.ts'
import { feedEditions } from '../support/feed-editions.ts'
import { openFeedSite, type FeedSite } from '../support/feed-site.ts'
import { addFeed, saveCenter } from './setup.ts'

const text = labelsOf('en')
const { now, today, weekday, center, first, second } = feedEditions()

let app: App
let site: FeedSite
test.beforeEach(async ({}, testInfo) => {
  site = await openFeedSite()
  app = await openApp({ on: testInfo.project.name as HostName, now, zone: center.zone })
  await saveCenter(app, { ...center, radiusMeters: 200_000 })
})
test.afterEach(async () => {
  await app.close()
  await site.close()
})

async function refresh(feedId: string): Promise<FeedView> {
  const reply = await app.desk.evaluate(
    (id) => window.openChairDesk.invoke('feeds.refresh', { feedId: id }),
    feedId,
  )
  if (!reply.ok) throw new Error(reply.code)
  return reply.value
}

/** Keys of today's list, as the kiosk's page gets it. */
async function keysOnKiosk(): Promise<readonly string[]> {
  const { rows } = await readDay(app.kiosk, today)
  return rows.filter((row) => row.localDate === today).map((row) => row.key)
}

/** What the page shows without being touched. */
const firstRows = () => app.kiosk.getByRole('tabpanel').getByRole('listitem').allTextContents()

/** Slugs of an edition that are on this weekday, counted from its rows alone. */
const slugsOfDay = (rows: readonly { readonly slug: string; readonly day: unknown }[]) =>
  new Set(rows.filter((row) => String(row.day) === String(weekday)).map((row) => row.slug))

test('a feed changes, fails, turns to a web page, shrinks and is accepted; the kiosk always has a good list', async () => {
  test.setTimeout(240_000)
  site.serve(JSON.stringify(first))
  const feed = await addFeed(app, { address: site.address, fellowship: 'aa' })
  expect(feed.problem).toBeNull()
  expect(feed.counts?.read).toBe(first.length)
  const before = await keysOnKiosk()
  expect(before.length).toBeGreaterThan(15)
  const inFirst = slugsOfDay(first)
  for (const key of before) expect(inFirst.has(key), key).toBe(true)
  await expect.poll(firstRows).not.toEqual([])

  await test.step('nothing new: the server says so and sends nothing', async () => {
    expect(await refresh(feed.id)).toMatchObject({ problem: null })
    expect(site.answers).toEqual([200, 304])
    expect(await keysOnKiosk()).toEqual(before)
  })

  await test.step('a changed list: the old one until it is whole, then the new one', async () => {
    site.serve(JSON.stringify(second))
    const release = site.hold()
    const refreshing = refresh(feed.id)
    await expect.poll(() => site.answers.length).toBe(3)
    // Half of it has come.
    expect(await keysOnKiosk()).toEqual(before)
    release()
    expect(await refreshing).toMatchObject({ problem: null, counts: { read: second.length } })
  })
  const after = await keysOnKiosk()
  const inSecond = slugsOfDay(second)
  for (const key of after) expect(inSecond.has(key), key).toBe(true)
  const gone = before.filter((key) => !inSecond.has(key))
  const come = after.filter((key) => !inFirst.has(key))
  expect(gone.length + come.length).toBeGreaterThan(0)
  expect(after).toEqual(expect.not.arrayContaining(gone.length === 0 ? [''] : gone))
  const afterRows = await firstRows()

  const expectSameList = async () => {
    expect(await keysOnKiosk()).toEqual(after)
    expect(await firstRows()).toEqual(afterRows)
  }

  await test.step('a failing server: the list stays, the desk knows', async () => {
    site.fail(503, 'The database is down.')
    expect(await refresh(feed.id)).toMatchObject({ problem: 'http_error', heldBack: false })
    await expectSameList()
    await expect(app.desk.getByText(text('desk.problem.http_error')).first()).toBeVisible()
  })

  await test.step('a web page in its place: held back, the list stays', async () => {
    site.fail(200, '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>')
    expect(await refresh(feed.id)).toMatchObject({ problem: 'html', heldBack: true })
    await expectSameList()
    await expect(app.desk.getByText(text('desk.problem.html')).first()).toBeVisible()
  })

  await test.step('the good list again: all is well, and it was not sent anew', async () => {
    site.serve(JSON.stringify(second))
    expect(await refresh(feed.id)).toMatchObject({ problem: null, heldBack: false })
    expect(site.answers.at(-1)).toBe(304)
    await expectSameList()
  })

  const short = second.filter((_, index) => index % 2 === 0)
  await test.step('a shrunken list: held back with its numbers and names, the list stays', async () => {
    site.serve(JSON.stringify(short))
    const held = await refresh(feed.id)
    expect(held).toMatchObject({ problem: 'loses_too_many', heldBack: true })
    expect(held.problemDetail).toMatch(/^\d+ of \d+ meetings are missing in the new list\.$/)
    expect(held.lost).toHaveLength(20)
    await expectSameList()
  })

  await test.step('staff look at it and take it: the kiosk has the shorter list', async () => {
    await app.desk.getByRole('button', { name: text('desk.feeds.decide') }).click()
    await expect(app.desk.getByText(text('desk.problem.loses_too_many')).first()).toBeVisible()
    await app.desk.getByRole('button', { name: text('desk.feeds.accept') }).click()
    await app.desk.getByRole('button', { name: text('desk.held.yes') }).click()
    const outcome = async () => {
      const reply = await app.desk.evaluate(() => window.openChairDesk.invoke('feeds.list', {}))
      return reply.ok && reply.value.map(({ heldBack, running }) => ({ heldBack, running }))
    }
    await expect.poll(outcome, { timeout: 60_000 }).toEqual([{ heldBack: false, running: false }])
    const inShort = slugsOfDay(short)
    const accepted = await keysOnKiosk()
    expect(accepted.length).toBeGreaterThan(0)
    for (const key of accepted) expect(inShort.has(key), key).toBe(true)
    // The page follows by itself.
    await expect.poll(firstRows).not.toEqual(afterRows)
  })
  const runs = await app.desk.evaluate(
    (id) => window.openChairDesk.invoke('feeds.listRuns', { feedId: id }),
    feed.id,
  )
  expect(runs.ok ? runs.value.map((run) => run.outcome).toReversed() : runs).toEqual([
    'applied',
    'unchanged',
    'applied',
    'failed',
    'held_back',
    'unchanged',
    'held_back',
    'applied',
  ])
})
