// npm run walkthrough: carries one visit through the built application on feeds that you name, and leaves
// screenshots, the hand-out and a report. For people who want to try their own feeds before they install.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { OccurrenceRow } from '../../electron/contract/models.ts'
import { openApp, type App } from '../support/app.ts'
import { parseWalkthroughArguments, usage, type WalkthroughArguments } from './walkthrough/arguments.ts'
import { bringInFeeds } from './walkthrough/feeds.ts'
import { labelsOf } from './walkthrough/labels.ts'
import { emptyReport, type Report, type ReportMeeting } from './walkthrough/report.ts'
import { readDay, settled, touch, touchAndTime, typeWithKeys } from './walkthrough/screen.ts'
import { storedRows } from './walkthrough/stored.ts'

const exitCodes = { done: 0, noUsableFeed: 1, wrongArguments: 2, stepFailed: 3 } as const

async function main(words: readonly string[]): Promise<number> {
  const parsed = parseWalkthroughArguments(words)
  if (!parsed.ok) {
    process.stderr.write(`${parsed.detail ?? ''}\n\n${usage}\n`)
    return exitCodes.wrongArguments
  }
  const args = parsed.value
  const out = resolve(process.env['INIT_CWD'] ?? process.cwd(), args.out)
  mkdirSync(out, { recursive: true })
  const report = emptyReport()
  const profile = mkdtempSync(join(tmpdir(), 'open-chair-walkthrough-'))
  try {
    return await walk({ args, out, report, profile })
  } catch (cause) {
    report.failed ??= { step: 'start', reason: sentenceOf(cause) }
    return exitCodes.stepFailed
  } finally {
    writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    if (report.failed !== undefined) {
      process.stderr.write(`The step "${report.failed.step}" failed: ${report.failed.reason}\n`)
    }
    process.stderr.write(`The report is ${join(out, 'report.json')}\n`)
  }
}

type Walk = {
  readonly args: WalkthroughArguments
  readonly out: string
  readonly report: Report
  readonly profile: string
}

async function walk(state: Walk): Promise<number> {
  const { args, report, profile } = state
  const open = () => openApp({ now: args.now, zone: args.zone, profile })

  let app = await open()
  try {
    await setUp(app, args)
    const usable = await bringInFeeds(app, args, report)
    if (usable === 0) return exitCodes.noUsableFeed
    for (const key of args.here) await markHere(app, key)
  } finally {
    await app.close()
  }

  // Opened again, so that the time from the start to the list is that of an ordinary morning.
  app = await open()
  let signedIn: OccurrenceRow | null = null
  try {
    await step(report, 'today', () => showToday(app, state))
    await step(report, 'sign-in', async () => {
      signedIn = await signIn(app, state)
    })
    await step(report, 'hand-out', () => printHandout(app, state))
  } finally {
    await app.close()
  }
  await step(report, 'stored rows', () => {
    if (signedIn !== null && report.signIn !== null) {
      report.signIn.storedRows = storedRows(profile, signedIn.meetingId, signedIn.localDate)
    }
  })
  return report.failed === undefined ? exitCodes.done : exitCodes.stepFailed
}

/** A step that fails is told in the report; the next ones are tried all the same. */
async function step(report: Report, name: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    report.failed ??= { step: name, reason: sentenceOf(cause) }
  }
}

async function setUp(app: App, args: WalkthroughArguments): Promise<void> {
  const saved = await app.desk.evaluate((center) => window.openChairDesk.invoke('setup.saveCenter', center), {
    name: 'Walkthrough',
    street: '',
    postalCode: '',
    latitude: args.latitude,
    longitude: args.longitude,
    zone: args.zone,
    radiusMeters: 25_000,
    distanceUnit: 'mi' as const,
    locales: ['en' as const, 'es' as const],
    defaultLocale: args.locale,
    paper: 'letter' as const,
  })
  if (!saved.ok) throw new Error(`The center was not saved: ${saved.code}`)
}

async function markHere(app: App, key: string): Promise<void> {
  const marked = await app.desk.evaluate(async (text) => {
    const desk = window.openChairDesk
    const found = await desk.invoke('meetings.find', { text })
    const hits = found.ok ? found.value.filter((hit) => hit.key === text) : []
    for (const hit of hits) await desk.invoke('meetings.setHere', { meetingId: hit.meetingId, here: true })
    return hits.length
  }, key)
  if (marked === 0) process.stderr.write(`No meeting has the key ${key}, so none was marked as held here.\n`)
}

async function showToday(app: App, { out, report }: Walk): Promise<void> {
  const { kiosk } = app
  await kiosk.waitForFunction(() => performance.getEntriesByName('open-chair.today-painted').length > 0)
  const paintedAtMs = await kiosk.evaluate(
    () =>
      performance.timeOrigin + (performance.getEntriesByName('open-chair.today-painted')[0]?.startTime ?? 0),
  )
  // From the main bundle's first line, less the launch of the browser that stands in for Electron's own.
  const started = app.log().findLast((line) => line.event === 'app.started')
  const firstLineAtMs = Number(started?.['firstLineAtMs'])
  const launchMs = Number(started?.['readyAtMs']) - firstLineAtMs
  report.timings.startToTodayMs = Math.round(paintedAtMs - firstLineAtMs - launchMs)

  const date = await kiosk.evaluate(async () => {
    const state = await window.openChair.invoke('kiosk.get', {})
    if (!state.ok) throw new Error(state.code)
    const parts = new Intl.DateTimeFormat('en-CA', { timeZone: state.value.zone }).format(state.value.nowMs)
    return parts
  })
  const day = await readDay(kiosk, date)
  report.today = { date, zone: day.zone, meetings: day.rows.map(toReport) }
  await kiosk.screenshot({ path: join(out, '1-today.png') })
  for (const [index, tab] of (await kiosk.getByRole('tab').all()).entries()) {
    if ((await tab.count()) === 0 || index > 2) break
    await settled(kiosk)
    await tab.click()
    await settled(kiosk)
    await kiosk.waitForTimeout(150)
    await kiosk.screenshot({ path: join(out, `1-today-${['here', 'nearby', 'online'][index]}.png`) })
  }
}

function toReport(row: OccurrenceRow): ReportMeeting {
  const { key, alsoIn, name, kind, place, attendance, status } = row
  const instant = (ms: number) => new Date(ms).toISOString()
  const [startsAt, endsAt] = row.allDay
    ? [
        row.localDate,
        addDays(row.localDate, Math.max(1, Math.round((row.endsAtMs - row.startsAtMs) / 86_400_000))),
      ]
    : [instant(row.startsAtMs), instant(row.endsAtMs)]
  return {
    key,
    ...(alsoIn === undefined ? {} : { alsoIn: alsoIn.map(({ source, key }) => ({ source, key })) }),
    name,
    kind,
    startsAt,
    endsAt,
    place,
    attendance,
    status,
  }
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Signs in to the first meeting here that has not ended, by touch. Null, with the reason, when there is none. */
async function signIn(app: App, { args, out, report }: Walk): Promise<OccurrenceRow | null> {
  const { kiosk } = app
  const label = labelsOf(args.locale)
  const { rows } = await readDay(kiosk, report.today?.date ?? '')
  const here = rows.filter((row) => row.whereabouts === 'here')
  const index = here.findIndex((row) => row.canSignIn)
  const row = here[index]
  if (row === undefined) {
    report.signInReason =
      here.length === 0
        ? 'No meeting is held here today. Mark one with --here KEY.'
        : 'Every meeting here today is cancelled.'
    return null
  }
  await kiosk.getByRole('tab').first().click()
  await settled(kiosk)
  await kiosk.getByRole('tabpanel').locator('li').nth(index).getByRole('button').click()
  await settled(kiosk)
  await kiosk.screenshot({ path: join(out, '2-meeting.png') })
  await touch(kiosk, label('kiosk.meeting.signIn'))
  const named = row.kind === 'therapy'
  if (named) {
    await typeWithKeys(kiosk, 'Sam', label('kiosk.keyboard.label'))
    await kiosk.screenshot({ path: join(out, '3-name.png') })
    await touch(kiosk, label('common.continue'))
    await typeWithKeys(kiosk, 'T', label('kiosk.keyboard.label'))
    await touch(kiosk, label('common.continue'))
  }
  await settled(kiosk)
  await kiosk.screenshot({ path: join(out, '4-review.png') })
  const confirmMs = await touchAndTime(
    kiosk,
    label(named ? 'kiosk.signIn.confirm' : 'kiosk.signIn.confirmCount'),
    label(named ? 'kiosk.signIn.doneTitle' : 'kiosk.signIn.doneCountTitle'),
  )
  await kiosk.screenshot({ path: join(out, '5-signed-in.png') })
  report.signIn = {
    kind: named ? 'name' : 'count',
    storedRows: 0,
    confirmMs: Math.round(confirmMs * 10) / 10,
  }
  await touch(kiosk, label('kiosk.signIn.finish'))
  return row
}

async function printHandout(app: App, { args, out, report }: Walk): Promise<void> {
  const { kiosk } = app
  const label = labelsOf(args.locale)
  await touch(kiosk, label('kiosk.doors.handout'))
  await settled(kiosk)
  const choice = {
    locale: args.locale,
    paper: 'letter',
    size: 'standard',
    peerGroups: true,
    clubs: true,
    online: true,
  } as const
  const online = kiosk.getByRole('button', { name: label('kiosk.handout.online'), exact: true })
  if ((await online.getAttribute('aria-pressed')) !== 'true') await online.click()
  const startedAt = performance.now()
  const preview = await kiosk.evaluate((input) => window.openChair.invoke('handouts.preview', input), choice)
  if (!preview.ok) {
    report.handoutReason = preview.code
    if (preview.code === 'nothing_to_print') return
    throw new Error(`The hand-out was not made: ${preview.code}`)
  }
  report.timings.handoutMs = Math.round(performance.now() - startedAt)
  await kiosk.screenshot({ path: join(out, '6-hand-out.png') })
  const before = app.printed().length
  await touch(kiosk, label('kiosk.handout.printNow'))
  await kiosk.getByText(label('kiosk.handout.doneTitle')).first().waitFor({ timeout: 30_000 })
  await kiosk.screenshot({ path: join(out, '7-printed.png') })
  const printed = app.printed()[before]
  if (printed === undefined) throw new Error('Nothing came out of the printer.')
  copyFileSync(printed, join(out, 'handout.pdf'))
  const { pages, meetings, clubs } = preview.value
  report.handout = { file: 'handout.pdf', pages, meetings, clubs }
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause)
}

process.exitCode = await main(process.argv.slice(2))
