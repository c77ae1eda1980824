import { chromium } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { launchLab } from './support/lab.ts'

// A folder of its own, so that nothing another test leaves there can be mistaken.
const folder = mkdtempSync(join(tmpdir(), 'open-chair-life-'))
const env = { TMPDIR: folder }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const profiles = (): string[] => readdirSync(folder).filter((name) => name.startsWith('open-chair-host-'))
const browsers = (): string =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))
    .join('\n')

async function expectNothingLeft(): Promise<void> {
  for (let i = 0; i < 80 && (profiles().length > 0 || browsers() !== ''); i++) await pause(100)
  expect(profiles()).toEqual([])
  expect(browsers()).toBe('')
}

it('leaves no browser and no profile when it quits', async () => {
  const lab = await launchLab({ env })
  expect(profiles()).toHaveLength(1)
  expect(browsers()).not.toBe('')
  await lab.close()
  await expectNothingLeft()
})

it('leaves none when it is killed', async () => {
  const lab = await launchLab({ env })
  await lab.run(async ({ lab: it }) => void (await it.load('open-chair://lab/index.html')))
  expect(profiles()).toHaveLength(1)
  await lab.kill('SIGKILL')
  await expectNothingLeft()
})

it('says in one sentence what to do when there is no browser to run', async () => {
  const lab = await launchLab({ env: { ...env, OPEN_CHAIR_CHROMIUM: join(folder, 'none') } })
  expect(await lab.exited).toBe(1)
  expect(lab.stderr.join('\n')).toMatch(
    /OPEN_CHAIR_CHROMIUM names .*none, which cannot be run\. No Chromium was found: install/,
  )
})

it('takes a second client through a loopback port, only when asked', async () => {
  const lab = await launchLab({ env, remotePort: 0 })
  expect(lab.endpoint).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//)
  await lab.run(async ({ lab: it }) => {
    const kiosk = it.open({ partition: 'one' })
    const desk = it.open({ partition: 'two' })
    await kiosk.loadURL('open-chair://lab/index.html')
    await desk.loadURL('open-chair://other/index.html')
    it.staying = kiosk
  })
  await lab.waitForWindow('open-chair://lab/')
  const browser = await chromium.connectOverCDP(lab.endpoint!)
  const pages = browser.contexts().flatMap((context) => context.pages())
  const page = pages.find((one) => one.url().startsWith('https://lab.open-chair.localhost/'))!
  expect(await page.title()).toBe('Lab')
  expect(await page.evaluate('bridge.add(20, 22)')).toBe(42)
  expect(pages.some((one) => one.url().startsWith('https://other.'))).toBe(true)
  const heard = await lab.run(({ lab: it }) => {
    it.heard = []
    it.staying.webContents.on('will-navigate', (event: { url: string }) => it.heard.push(event.url))
    return it.heard
  })
  expect(heard).toEqual([])
  // As a browser's own button would, without asking the shell.
  await page.reload()
  expect(await page.evaluate('bridge.add(1, 1)')).toBe(2)
  expect(await lab.run(({ lab: it }) => it.heard)).toEqual([])
  await browser.close()
  expect(await lab.windows()).toHaveLength(2)
  await lab.close()

  const closed = await launchLab({ env })
  expect(closed.endpoint).toBeNull()
  await closed.close()
})
