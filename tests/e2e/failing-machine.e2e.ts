import { expect, test } from '@playwright/test'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { launchHost } from '../chromium-host/launch.ts'
import { openApp, type App, type HostName } from '../support/app.ts'

const text = labelsOf('en')
const now = '2026-11-24T15:00:00Z'
let app: App | null = null
test.afterEach(async () => {
  await app?.close()
  app = null
})

test('ten crashes in a minute end on the calm page with the front desk and 988, not in a loop (KSK-32)', async ({}, testInfo) => {
  test.skip(testInfo.project.name !== 'chromium-host', 'crashes a renderer through the host')
  app = await openApp({ on: 'chromium-host', now })
  const { log } = app
  const crashes = () => log().filter(({ event }) => event === 'window.crashed').length
  let page = app.kiosk
  for (let time = 1; time <= 10; time += 1) {
    const session = await page.context().newCDPSession(page)
    void session.send('Page.crash').catch(() => {})
    await expect.poll(crashes, { timeout: 20_000 }).toBe(time)
    page = await app.kioskAfterCrash()
  }
  await expect(page).toHaveURL(/resting\.html$/)
  await expect(page.getByRole('heading', { name: text('kiosk.trouble.resting') })).toBeVisible()
  await expect(page.getByText(text('kiosk.trouble.startHint'))).toBeVisible()
  const size = await page
    .locator('h1')
    .first()
    .evaluate((node) => getComputedStyle(node).fontSize)
  expect(Number.parseFloat(size)).toBeGreaterThan(40)
  await page.waitForTimeout(1500)
  expect(crashes()).toBe(10)
  expect(log().some(({ event }) => event === 'window.rests')).toBe(true)
})

test('what a crash left behind is gone after the next start (PRV-20)', async ({}, testInfo) => {
  test.skip(testInfo.project.name !== 'chromium-host', 'Electron keeps its dumps elsewhere on some systems')
  const profile = mkdtempSync(join(tmpdir(), 'open-chair-dumps-'))
  try {
    const dump = join(profile, 'Crashpad', 'completed', 'x.dmp')
    mkdirSync(join(dump, '..'), { recursive: true })
    writeFileSync(dump, 'Zyxwvq')
    app = await openApp({ on: 'chromium-host', now, profile })
    expect(existsSync(dump)).toBe(false)
    await app.close()
    app = null
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
})

test('a second start ends at once, and opens the desk again when it was closed (KSK-47)', async ({}, testInfo) => {
  test.skip(testInfo.project.name !== 'chromium-host', 'starts a second host by hand')
  app = await openApp({ on: testInfo.project.name as HostName, now })
  const { desk, kiosk, profile } = app
  await desk.close()
  const context = kiosk.context()
  const second = await launchHost({
    appFolder: resolve(import.meta.dirname, '../..'),
    env: {
      OPEN_CHAIR_HOST_KEYSTORE: 'unavailable',
      OPEN_CHAIR_BENCH: JSON.stringify({ profile, now }),
    },
  })
  expect(await second.exited).toBe(0)
  const isDesk = () => context.pages().some((page) => page.url().startsWith('https://desk.'))
  await expect.poll(isDesk).toBe(true)
  await expect(kiosk.locator('body')).toBeVisible()
})
