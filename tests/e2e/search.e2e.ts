import { expect, test, type CDPSession, type Locator, type Page } from '@playwright/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { settled, touch, typeWithKeys } from '../commands/walkthrough/screen.ts'
import { openApp, type App, type AppOptions, type HostName } from '../support/app.ts'
import { tryDemonstration } from './setup.ts'

const en = labelsOf('en')
const es = labelsOf('es')
/** Typed by the invented visitor; nobody else could have put it anywhere. */
const marker = 'zyxwvq'

let app: App
async function open(host: string, options: Partial<AppOptions> = {}): Promise<Page> {
  app = await openApp({
    on: host as HostName,
    now: '2026-11-24T15:00:00Z',
    zone: 'America/New_York',
    ...options,
  })
  await tryDemonstration(app)
  await app.kiosk.getByRole('tabpanel').getByRole('listitem').first().waitFor()
  return app.kiosk
}
test.afterEach(async () => {
  await app.close()
})

const rows = (page: Page) => page.locator('.results .row')
const names = (page: Page) => page.locator('.results .row-name').allInnerTexts()
const found = (page: Page) => page.locator('.found')

test('by touch alone one finds a meeting by the short name of its fellowship and opens it', async ({}, testInfo) => {
  const page = await open(testInfo.project.name, { touch: true })
  const finger = await page.context().newCDPSession(page)
  /** One tap of one finger on the glass, and nothing else (A11Y-10). */
  const tap = async (target: Locator) => {
    await settled(page)
    await target.scrollIntoViewIfNeeded()
    const box = await target.boundingBox()
    if (box === null) throw new Error('There is nothing to tap.')
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  await tap(page.getByRole('button', { name: en('kiosk.doors.find') }))
  const keys = page.getByRole('group', { name: en('kiosk.keyboard.label') })
  for (const letter of 'alanon') {
    await tap(keys.getByRole('button', { name: letter, exact: true }))
  }
  await expect(rows(page).first()).toBeVisible()
  // Al-Anon's meetings only: the word stands in no name of the others.
  await expect.poll(async () => (await names(page)).includes('Riverbend Families')).toBe(true)
  for (const fellowship of await page.locator('.results .row-fellowship').allInnerTexts()) {
    expect(fellowship).toContain('Al-Anon')
  }
  await tap(rows(page).first())
  await expect(page.locator('.screen-meeting h1')).toBeVisible()
  await tap(page.getByRole('button', { name: en('common.back') }))
  await expect(page.getByRole('textbox')).toHaveValue('alanon')
})

test('by keys alone one finds a meeting in spite of a slip', async ({}, testInfo) => {
  const page = await open(testInfo.project.name)
  const focused = () => page.evaluate(() => document.activeElement?.closest('button')?.textContent ?? '')
  for (let step = 0; step < 60 && !(await focused()).includes(en('kiosk.doors.find')); step += 1) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('candelight')
  await expect(found(page)).toContainText('candlelight')
  await expect.poll(() => names(page)).toContain('Candlelight')
  await page.keyboard.press('Enter')
  await expect(rows(page).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Candlelight' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox')).toHaveValue('candelight')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: en('kiosk.today.welcome') })).toBeVisible()
})

test('a mother who reads Spanish finds the groups for parents, narrowed to those she can join from home', async ({}, testInfo) => {
  const page = await open(testInfo.project.name)
  await touch(page, 'Español')
  await touch(page, es('kiosk.doors.find'))
  await typeWithKeys(page, 'padres', es('kiosk.keyboard.label'))
  await expect.poll(() => names(page)).toContain('Parents together')
  await touch(page, es('kiosk.narrow.title'))
  await settled(page)
  await page
    .getByRole('button', { name: es('kiosk.today.group.online') })
    .first()
    .click()
  await touch(page, es('kiosk.narrow.toSearch'))
  await expect.poll(() => names(page)).toContain('Parents Online')
  expect(await names(page)).not.toContain('Parents together')
  // The same choice narrows the list of the day; one touch shows all again.
  await touch(page, es('kiosk.doors.today'))
  const chips = page.getByRole('group', { name: es('kiosk.narrow.chosen') })
  await expect(chips).toBeVisible()
  await expect(page.getByRole('tab', { name: es('kiosk.today.group.here') })).toContainText('0')
  await touch(page, es('kiosk.narrow.showAll'))
  await expect(chips).toBeHidden()
})

test('each choice leaves as many meetings as it says, and none leads to nothing', async ({}, testInfo) => {
  const page = await open(testInfo.project.name)
  await touch(page, en('kiosk.narrow.title'))
  const choices = page.locator('.choice')
  await page.locator('.choice-count').first().waitFor()
  const total = async () =>
    Number((await page.locator('.screen-narrow [role="status"]').innerText()).replaceAll(/\D/gu, ''))
  const all = await total()
  for (let index = 0; index < (await choices.count()); index += 1) {
    const choice = choices.nth(index)
    const count = Number(await choice.locator('.choice-count').innerText())
    if (count === 0) {
      await expect(choice).toHaveAttribute('aria-disabled', 'true')
      continue
    }
    await settled(page)
    await choice.click()
    await expect.poll(total, await choice.innerText()).toBe(count)
    await settled(page)
    await choice.click()
    await expect.poll(total).toBe(all)
  }
})

test('words of danger bring the help lines at once (PRV-13)', async ({}, testInfo) => {
  const page = await open(testInfo.project.name)
  await touch(page, en('kiosk.doors.find'))
  await page.keyboard.type('overdose')
  const card = page.getByRole('alert')
  await expect(card).toContainText('988')
  await card.getByRole('button', { name: en('kiosk.bar.help') }).click()
  await expect(page.getByRole('heading', { name: en('kiosk.help.title') })).toBeVisible()
})

/** True when the page's heap still holds the text, as a snapshot of it says. */
async function heapHolds(page: Page, wanted: string): Promise<boolean> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('').includes(wanted)
}

test('nothing that was looked for remains after "Clear and leave" (PRV-06, PRV-12)', async ({}, testInfo) => {
  const page = await open(testInfo.project.name)
  await touch(page, en('kiosk.narrow.title'))
  await settled(page)
  await page.locator('.choice').first().click()
  await touch(page, en('kiosk.doors.find'))
  await typeWithKeys(page, marker, en('kiosk.keyboard.label'))
  await expect(page.locator('.empty-title')).toBeVisible()
  await settled(page)
  expect(await heapHolds(page, marker)).toBe(true)
  expect(await page.title()).not.toContain(marker)
  expect(page.url()).not.toContain(marker)

  await touch(page, en('kiosk.bar.leave'))
  await expect(page.getByRole('heading', { name: en('kiosk.today.welcome') })).toBeVisible()
  await expect(page.getByRole('group', { name: en('kiosk.narrow.chosen') })).toBeHidden()
  await expect.poll(() => heapHolds(page, marker), { timeout: 15_000 }).toBe(false)
  const files = readdirSync(app.profile, { recursive: true, encoding: 'utf8' })
    .map((name) => join(app.profile, name))
    .filter((file) => statSync(file).isFile())
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((file) => readFileSync(file).includes(marker))).toEqual([])
  // The next visitor begins with an empty field.
  await touch(page, en('kiosk.doors.find'))
  await expect(page.getByRole('textbox')).toHaveValue('')
})
