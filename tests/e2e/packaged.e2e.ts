import { expect, test } from '@playwright/test'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { launchHost } from '../chromium-host/launch.ts'
import { openApp, type App, type AppOptions } from '../support/app.ts'
import { tryDemonstration } from './setup.ts'

/** A packaged build lives in the system's own folder for it; here that is a temporary one. */
let config: string
let profile: string
let elsewhere: string
let app: App | null = null
test.beforeEach(({}, testInfo) => {
  test.skip(testInfo.project.name !== 'chromium-host', 'only the host can play a packaged build unpackaged')
  config = mkdtempSync(join(tmpdir(), 'open-chair-packaged-'))
  profile = join(config, 'open-chair')
  elsewhere = join(config, 'elsewhere')
})
test.afterEach(async () => {
  await app?.close()
  app = null
  rmSync(config, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

function environment(keyStore: string): Readonly<Record<string, string>> {
  return {
    XDG_CONFIG_HOME: config,
    OPEN_CHAIR_HOST_KEYSTORE: keyStore,
    OPEN_CHAIR_BENCH: JSON.stringify({
      now: '1999-01-01T00:00:00Z',
      profile: elsewhere,
      printer: join(elsewhere, 'printed'),
      idleWarningMs: 100,
      kiosk: { width: 400, height: 400 },
    }),
  }
}

async function open(keyStore: string, options: Pick<AppOptions, 'withoutDesk'> = {}): Promise<App> {
  app = await openApp({ packaged: true, profile, env: environment(keyStore), ...options })
  return app
}

async function stateOf({ kiosk, desk }: App) {
  const [public_, staff] = await Promise.all([
    kiosk.evaluate(() => window.openChair.invoke('kiosk.get', {})),
    desk.evaluate(() => window.openChairDesk.invoke('desk.get', {})),
  ])
  if (!public_.ok || !staff.ok) throw new Error('The packaged build does not answer.')
  return { kiosk: public_.value, desk: staff.value }
}

test('a packaged build ignores clock, profile, printer and times of the bench (KSK-44)', async () => {
  const { kiosk } = await stateOf(await open('gnome_libsecret'))
  expect(kiosk.clockRuns).toBe(true)
  expect(Math.abs(kiosk.nowMs - Date.now())).toBeLessThan(120_000)
  expect(kiosk.idleWarningMs).toBe(60_000)
  expect(existsSync(elsewhere)).toBe(false)
  expect(existsSync(join(profile, 'open-chair.db'))).toBe(true)
})

test('a packaged build with a real key store wraps the key and takes names (SEC-07)', async () => {
  const state = await stateOf(await open('gnome_libsecret'))
  expect(state.kiosk).toMatchObject({ canTakeNames: true, testMachine: false })
  expect(state.desk).toMatchObject({ storage: 'ok', vault: 'os' })
  expect(existsSync(join(profile, 'key.wrapped'))).toBe(true)
  expect(existsSync(join(profile, 'key'))).toBe(false)
})

for (const keyStore of ['basic_text', 'unavailable']) {
  test(`a packaged build whose key store is "${keyStore}" takes no names (SEC-07)`, async () => {
    const state = await stateOf(await open(keyStore))
    expect(state.kiosk).toMatchObject({ canTakeNames: false, testMachine: false })
    expect(state.desk).toMatchObject({ storage: 'ok', vault: 'none' })
    expect(existsSync(join(profile, 'key.wrapped'))).toBe(false)
  })
}

test('a key store that appears later opens the same records, still without names (SEC-07)', async () => {
  const first = await open('basic_text')
  await tryDemonstration(first)
  await first.close()
  const { kiosk } = await open('gnome_libsecret', { withoutDesk: true })
  const state = await kiosk.evaluate(() => window.openChair.invoke('kiosk.get', {}))
  expect(state).toMatchObject({ ok: true, value: { setup: 'demonstration', canTakeNames: false } })
})

test('on a single display the desk opens for the set-up, then only when the program is started again', async () => {
  const first = await open('gnome_libsecret')
  await tryDemonstration(first)
  await first.close()
  const { kiosk } = await open('gnome_libsecret', { withoutDesk: true })
  await expect(kiosk.getByRole('tabpanel')).toBeVisible()
  const pages = () =>
    kiosk
      .context()
      .browser()
      ?.contexts()
      .flatMap((context) => context.pages())
      .map((page) => new URL(page.url()).hostname.split('.')[0])
  expect(pages()).toEqual(['kiosk'])
  const again = await launchHost({
    appFolder: resolve(import.meta.dirname, '../..'),
    packaged: true,
    env: environment('gnome_libsecret'),
  })
  expect(await again.exited).toBe(0)
  await expect.poll(() => pages()?.toSorted(), { timeout: 10_000 }).toEqual(['desk', 'kiosk'])
})

test('a key store that is gone at the next start takes no more names (SEC-07)', async () => {
  await (await open('gnome_libsecret')).close()
  const state = await stateOf(await open('basic_text'))
  expect(state.kiosk.canTakeNames).toBe(false)
})

for (const given of ['--remote-debugging-port=0', '-remote-debugging-port=0', '--inspect', '--no-sandbox']) {
  test(`a packaged build does not start with ${given} (KSK-44)`, async () => {
    const host = await launchHost({
      appFolder: resolve(import.meta.dirname, '../..'),
      packaged: true,
      args: [given],
      env: environment('gnome_libsecret'),
    })
    expect(await host.exited).toBe(2)
    expect(existsSync(join(profile, 'open-chair.db'))).toBe(false)
  })
}

test('a second start of a packaged build ends at once, without a second window (KSK-47)', async () => {
  const { kiosk } = await open('gnome_libsecret')
  const before = kiosk.context().pages().length
  const second = await launchHost({
    appFolder: resolve(import.meta.dirname, '../..'),
    packaged: true,
    env: environment('gnome_libsecret'),
  })
  expect(await second.exited).toBe(0)
  await kiosk.waitForTimeout(500)
  expect(kiosk.context().pages()).toHaveLength(before)
})
