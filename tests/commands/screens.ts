// npm run screens: every screen, locale and mode as pictures, every page of the hand-out, and what axe and the
// rules of size find on each. Looked at by people; a representative slice runs in npm test.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { HandoutChoice } from '../../electron/contract/kiosk-calls.ts'
import { openApp, type App } from '../support/app.ts'
import { axeFindings, findingsOf } from '../support/screen-findings.ts'
import { tourDesk } from '../support/desk-tour.ts'
import { tourKiosk } from '../support/tour.ts'
import { run } from './child.mjs'
import { root } from './project.mjs'

const screens = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 768 },
] as const
const deskScreens = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 768 },
] as const
const locales = ['en', 'es'] as const
const sizes = ['standard', 'large'] as const
const now = '2026-11-24T15:00:00Z'
const zone = 'America/New_York'

async function main(): Promise<number> {
  let out: string
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' } } })
    out = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.out ?? join(root, 'test-results/screens'))
  } catch {
    process.stderr.write('Usage: npm run screens -- [--out DIR]\n')
    return 2
  }
  const found: string[] = []
  for (const screen of screens) {
    for (const locale of locales) {
      for (const size of sizes) found.push(...(await photograph(out, screen, locale, size)))
    }
  }
  for (const screen of deskScreens) {
    for (const locale of locales) found.push(...(await photographDesk(out, screen, locale)))
  }
  await printHandouts(out)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'findings.txt'), found.join('\n'))
  process.stdout.write(found.length === 0 ? 'Nothing found.\n' : `${found.join('\n')}\n`)
  process.stdout.write(`The pictures are in ${out}\n`)
  return found.length === 0 ? 0 : 1
}

async function photograph(
  out: string,
  screen: (typeof screens)[number],
  locale: (typeof locales)[number],
  size: (typeof sizes)[number],
): Promise<readonly string[]> {
  const mode = `${screen.width}x${screen.height}-${locale}-${size}`
  const folder = join(out, mode)
  mkdirSync(folder, { recursive: true })
  const found: string[] = []
  const app = await openDemonstration(screen)
  try {
    let number = 0
    await tourKiosk(app.kiosk, { locale, size }, async (name) => {
      number += 1
      await app.kiosk.screenshot({ path: join(folder, `${String(number).padStart(2, '0')}-${name}.png`) })
      const findings = [...(await axeFindings(app.kiosk)), ...(await findingsOf(app.kiosk))]
      found.push(...findings.map((finding) => `${mode} ${name}: ${finding}`))
    })
    process.stderr.write(`${mode}: ${number} screens\n`)
  } finally {
    await app.close()
  }
  return found
}

async function photographDesk(
  out: string,
  screen: (typeof deskScreens)[number],
  locale: (typeof locales)[number],
): Promise<readonly string[]> {
  const mode = `desk-${screen.width}x${screen.height}-${locale}`
  const folder = join(out, mode)
  mkdirSync(folder, { recursive: true })
  const found: string[] = []
  const app = await openDemonstration(screens[0])
  try {
    await app.desk.setViewportSize(screen)
    await app.desk.reload()
    let number = 0
    await tourDesk(app.desk, locale, async (name) => {
      number += 1
      const path = join(folder, `${String(number).padStart(2, '0')}-${name}.png`)
      await app.desk.screenshot({ path, fullPage: true })
      found.push(...(await axeFindings(app.desk)).map((finding) => `${mode} ${name}: ${finding}`))
    })
    process.stderr.write(`${mode}: ${number} screens\n`)
  } finally {
    await app.close()
  }
  return found
}

/** Each kind of sheet, as a file and as pictures of its pages. */
async function printHandouts(out: string): Promise<void> {
  const app = await openDemonstration(screens[0])
  try {
    for (const locale of locales) {
      for (const paper of ['letter', 'a4'] as const) {
        for (const size of sizes) {
          const folder = join(out, 'hand-outs')
          mkdirSync(folder, { recursive: true })
          const choice: HandoutChoice = { locale, paper, size, peerGroups: true, clubs: true, online: true }
          const printed = await app.kiosk.evaluate(
            (input) => window.openChair.invoke('handouts.print', input),
            choice,
          )
          const pdf = app.printed().at(-1)
          if (!printed.ok || pdf === undefined) throw new Error('The hand-out was not printed.')
          const name = `${locale}-${paper}-${size}`
          await run('pdftoppm', ['-r', '70', '-png', pdf, join(folder, name)])
        }
      }
    }
  } finally {
    await app.close()
  }
}

async function openDemonstration(screen: (typeof screens)[number]): Promise<App> {
  const app = await openApp({ now, zone, screen })
  const tried = await app.desk.evaluate(() => window.openChairDesk.invoke('setup.tryDemonstration', {}))
  if (!tried.ok) throw new Error(`The demonstration did not start: ${tried.code}`)
  return app
}

process.exitCode = await main()
