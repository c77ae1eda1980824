import { expect, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { settled, touch, typeWithKeys } from '../commands/walkthrough/screen.ts'
import { openApp, type App, type HostName } from '../support/app.ts'
import { openRecordsOf } from '../support/records-of.ts'
import { tryDemonstration } from './setup.ts'

const text = labelsOf('en')
/** A Tuesday at 10 in the morning in New York. */
const now = '2026-11-24T15:00:00Z'
/** Pictures for the README come from here, on request. */
const pictures = process.env['OPEN_CHAIR_PICTURES']

async function photograph(app: App, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await settled(app.kiosk)
  await app.kiosk.screenshot({ path: resolve(pictures, `${name}.png`) })
}

/** Opens the first meeting here of a kind and begins to sign in. */
async function beginSignIn(app: App, kindWord: string): Promise<string> {
  const row = app.kiosk.getByRole('tabpanel').getByRole('button').filter({ hasText: kindWord }).first()
  const name = (await row.locator('.row-name').textContent()) ?? ''
  await settled(app.kiosk)
  await row.click()
  await expect(app.kiosk.getByRole('heading', { level: 1 })).toContainText(name)
  await photograph(app, 'meeting')
  await touch(app.kiosk, text('kiosk.meeting.signIn'))
  return name
}

let app: App
test.beforeEach(async ({}, testInfo) => {
  app = await openApp({ on: testInfo.project.name as HostName, now, zone: 'America/New_York' })
})
test.afterEach(async () => {
  await app.close()
})

test('from the first start to a signed-in visitor with a hand-out in hand', async () => {
  // The desk: one button leads to the demonstration.
  await app.desk.getByRole('button', { name: text('desk.first.demonstration.button') }).click()
  await expect(app.desk.getByText(text('desk.banner.demonstration'))).toBeVisible({ timeout: 30_000 })

  // The kiosk: the list fills by itself.
  const rows = app.kiosk.getByRole('tabpanel').getByRole('listitem')
  await expect(rows.first()).toBeVisible({ timeout: 30_000 })
  // While lists come in, rows move down: a touch on one could meet another.
  await expect
    .poll(
      async () => {
        const lists = await app.desk.evaluate(() => window.openChairDesk.invoke('feeds.list', {}))
        return lists.ok && lists.value.every((list) => list.lastGoodRunAtMs !== null && !list.running)
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  await settled(app.kiosk)
  await photograph(app, 'today')

  // A peer-led meeting: three taps, nothing asked (PRV-04).
  const name = await beginSignIn(app, text('common.kind.peer'))
  await expect(app.kiosk.getByRole('textbox')).toHaveCount(0)
  await photograph(app, 'review')
  await touch(app.kiosk, text('kiosk.signIn.confirmCount'))
  await expect(app.kiosk.getByRole('heading', { name: text('kiosk.signIn.doneCountTitle') })).toBeVisible()
  await photograph(app, 'signed-in')

  // The plug is pulled while the confirmation stands there: the sign-in is on disk.
  const { profile } = app
  await app.kill()
  const records = openRecordsOf(profile)
  const counted = records.driver
    .prepare(
      'SELECT m.name, h.local_date AS date, h.change FROM head_count h JOIN meeting m ON m.id = h.meeting_id',
    )
    .all()
  expect(counted).toEqual([{ name, date: '2026-11-24', change: 1 }])
  expect(records.driver.prepare('SELECT count(*) AS rows FROM sign_in').get()).toEqual({ rows: 0 })
  expect(records.driver.pragma('integrity_check', { simple: true })).toBe('ok')
  records.close()
})

test('a therapist-led group takes a preferred name and an initial, and the row survives a kill', async () => {
  await tryDemonstration(app)
  const name = await beginSignIn(app, text('common.kind.therapy'))
  await typeWithKeys(app.kiosk, 'Sam', text('kiosk.keyboard.label'))
  await photograph(app, 'name')
  await touch(app.kiosk, text('common.continue'))
  await typeWithKeys(app.kiosk, 'T', text('kiosk.keyboard.label'))
  await touch(app.kiosk, text('common.continue'))
  await expect(app.kiosk.getByText('Sam T', { exact: true })).toBeVisible()
  await touch(app.kiosk, text('kiosk.signIn.confirm'))
  await expect(app.kiosk.getByRole('heading', { name: text('kiosk.signIn.doneTitle') })).toBeVisible()
  // The name is gone from the screen with the review (PRV-01, PRV-07).
  await expect(app.kiosk.getByText('Sam')).toHaveCount(0)
  const { profile } = app
  await app.kill()
  const records = openRecordsOf(profile)
  const stored = records.driver
    .prepare(
      `SELECT m.name, s.first_name AS firstName, s.last_initial AS lastInitial, s.source
       FROM sign_in s JOIN meeting m ON m.id = s.meeting_id`,
    )
    .all()
  records.close()
  expect(stored).toEqual([{ name, firstName: 'Sam', lastInitial: 'T', source: 'kiosk' }])
})

test('a sign-in can be taken back for ten seconds, and the count is right afterwards', async () => {
  await tryDemonstration(app)
  await beginSignIn(app, text('common.kind.peer'))
  await touch(app.kiosk, text('kiosk.signIn.confirmCount'))
  await touch(app.kiosk, text('kiosk.signIn.undo'))
  await expect(app.kiosk.getByRole('heading', { name: text('kiosk.signIn.undone') })).toBeVisible()
  const { profile } = app
  await app.kill()
  const records = openRecordsOf(profile)
  const total = records.driver.prepare('SELECT count(*) AS rows, sum(change) AS people FROM head_count').get()
  records.close()
  expect(total).toEqual({ rows: 2, people: 0 })
})

test('the hand-out lists the week, says nothing of the center or a person, and comes out of the printer', async () => {
  await tryDemonstration(app)
  await touch(app.kiosk, text('kiosk.doors.handout'))
  await expect(app.kiosk.locator('.preview-counts')).toBeVisible({ timeout: 20_000 })
  await photograph(app, 'hand-out')
  await touch(app.kiosk, text('kiosk.handout.printNow'))
  await expect(app.kiosk.getByRole('heading', { name: text('kiosk.handout.doneTitle') })).toBeVisible({
    timeout: 20_000,
  })
  const [pdf] = app.printed()
  if (pdf === undefined) throw new Error('Nothing was printed.')
  const words = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
  expect(words).toContain('Community resources')
  expect(words).not.toContain('Cedar House')
  expect(words).not.toMatch(/10:00:00|Sam/)
  const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' })
  expect(about).toMatch(/Page size:\s+612 x 792 pts \(letter\)/)

  // Every meeting that the records list for the week's first days is on paper, whole.
  const { profile } = app
  await app.kill()
  const records = openRecordsOf(profile)
  const clubs = records.driver
    .prepare(
      `SELECT DISTINCT m.name FROM occurrence o JOIN meeting m ON m.number = o.number
       WHERE m.kind = 'club' AND m.attendance <> 'online' AND o.local_date BETWEEN '2026-11-25' AND '2026-11-30'`,
    )
    .all() as { name: string }[]
  records.close()
  expect(clubs.length).toBeGreaterThan(2)
  const flat = words.replace(/\s+/g, ' ')
  expect(clubs.filter(({ name }) => !flat.includes(name.replace(/\s+/g, ' ')))).toEqual([])
  if (pictures !== undefined) {
    execFileSync('pdftoppm', [
      '-r',
      '80',
      '-png',
      '-f',
      '1',
      '-l',
      '1',
      pdf,
      resolve(pictures, 'hand-out-page'),
    ])
  }
})
