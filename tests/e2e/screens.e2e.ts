import { expect, test, type Page } from '@playwright/test'
import { openApp, type HostName } from '../support/app.ts'
import { axeFindings, findingsOf } from '../support/screen-findings.ts'
import { tourDesk } from '../support/desk-tour.ts'
import { tourKiosk } from '../support/tour.ts'
import { tryDemonstration } from './setup.ts'

/** Each size of screen, language and text once; `npm run screens` walks through all twelve. */
const slices = [
  { screen: { width: 1080, height: 1920 }, locale: 'en', size: 'standard' },
  { screen: { width: 1920, height: 1080 }, locale: 'es', size: 'standard' },
  { screen: { width: 1024, height: 768 }, locale: 'es', size: 'large' },
] as const

/** Collects every report of the content security policy from here on. */
async function watchPolicy(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const reports: string[] = []
    Object.assign(window, { policyReports: reports })
    document.addEventListener('securitypolicyviolation', (event) => {
      reports.push(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  return () => page.evaluate(() => (window as unknown as { policyReports: string[] }).policyReports)
}

for (const { screen, locale, size } of slices) {
  test(`every screen holds its rules at ${screen.width}x${screen.height} in ${locale}, ${size} (A11Y-02, A11Y-05, KSK-42)`, async ({}, testInfo) => {
    test.setTimeout(480_000)
    const app = await openApp({
      on: testInfo.project.name as HostName,
      now: '2026-11-24T15:00:00Z',
      zone: 'America/New_York',
      screen,
    })
    try {
      await tryDemonstration(app)
      const reports = await watchPolicy(app.kiosk)
      const visited: string[] = []
      await tourKiosk(app.kiosk, { locale, size }, async (name) => {
        visited.push(name)
        expect.soft(await axeFindings(app.kiosk), `axe on ${name}`).toEqual([])
        expect.soft(await findingsOf(app.kiosk), name).toEqual([])
      })
      expect(visited.length).toBeGreaterThan(25)
      expect(await reports()).toEqual([])
    } finally {
      await app.close()
    }
  })
}

for (const { width, locale } of [
  { width: 1366, locale: 'en' },
  { width: 1024, locale: 'es' },
] as const) {
  test(`every screen of the desk is free of findings at ${width}x768 in ${locale} (A11Y-05, KSK-42)`, async ({}, testInfo) => {
    test.setTimeout(240_000)
    const app = await openApp({
      on: testInfo.project.name as HostName,
      now: '2026-11-24T15:00:00Z',
      zone: 'America/New_York',
    })
    try {
      await app.desk.setViewportSize({ width, height: 768 })
      await tryDemonstration(app)
      await app.desk.reload()
      const reports = await watchPolicy(app.desk)
      const visited: string[] = []
      await tourDesk(app.desk, locale, async (name) => {
        visited.push(name)
        expect.soft(await axeFindings(app.desk), `axe on ${name}`).toEqual([])
        const reach = await app.desk.evaluate(() => document.documentElement.scrollWidth)
        expect.soft(reach, `${name} is no wider than its window`).toBeLessThanOrEqual(width)
      })
      expect(visited.length).toBeGreaterThan(10)
      expect(await reports()).toEqual([])
    } finally {
      await app.close()
    }
  })
}
