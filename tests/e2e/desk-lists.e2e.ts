import { expect, test } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { readDay } from '../commands/walkthrough/screen.ts'
import { openApp, type App, type HostName } from '../support/app.ts'
import { axeFindings } from '../support/screen-findings.ts'
import { addFeed, center, saveCenter } from './setup.ts'

const text = labelsOf('en')
/** A Tuesday, 10 in the morning in Philadelphia. */
const now = '2026-11-24T15:00:00Z'
let app: App
let folder: string

test.beforeEach(async ({}, testInfo) => {
  folder = mkdtempSync(join(tmpdir(), 'open-chair-desk-'))
  app = await openApp({ on: testInfo.project.name as HostName, now, zone: center.zone })
  await saveCenter(app)
  await app.desk.reload()
  await app.desk.getByRole('navigation').waitFor()
})
test.afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const go = (part: string) =>
  app.desk
    .getByRole('navigation')
    .getByRole('button', { name: text(`desk.nav.${part}`) })
    .click()
const press = (key: string) =>
  app.desk
    .getByRole('button', { name: text(key), exact: true })
    .first()
    .click()
/** A button whose name goes on with what it is for. */
const pressFor = (key: string) =>
  app.desk
    .getByRole('button', { name: text(key) })
    .first()
    .click()

/** Names of today's rows on the kiosk, in their order. */
async function namesOnKiosk(): Promise<readonly string[]> {
  const { rows } = await readDay(app.kiosk, '2026-11-24')
  return rows.map(({ name }) => name)
}

/** A list of one meeting in the center's town. */
function writeList(name: string, meeting: Record<string, unknown>): string {
  const path = join(folder, name)
  const base = {
    slug: 'noon',
    day: 2,
    time: '12:30',
    end_time: '13:30',
    formatted_address: '1500 Market St, Philadelphia, PA 19102, USA',
    latitude: 39.9524,
    longitude: -75.166,
    types: ['O'],
  }
  writeFileSync(path, JSON.stringify([{ ...base, ...meeting }]))
  return path
}

test('a group entered at the desk, with keys only, is on the kiosk within a second', async () => {
  const { desk, kiosk } = app
  const keys = desk.keyboard
  // From the top of the page: two languages, then the parts of the desk.
  await desk.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (let tabs = 0; tabs < 4; tabs += 1) await keys.press('Tab')
  await keys.press('Enter')
  await desk.getByRole('heading', { name: text('desk.nav.groups'), level: 1 }).waitFor()
  await tabTo(text('desk.groups.add'))
  await keys.press('Enter')
  // The new page's heading has the focus: its first field is the next stop.
  await keys.press('Tab')
  await keys.type('Garden club')
  await keys.press('Tab')
  await keys.press('ArrowDown')
  await keys.press('ArrowDown')
  expect(await desk.getByLabel(text('desk.groups.kindClub'), { exact: true }).isChecked()).toBe(true)
  await keys.press('Tab')
  // Sunday is the first box, Tuesday the third.
  for (const name of ['Sunday', 'Monday', 'Tuesday']) {
    await keys.press('Tab')
    await expect(desk.getByRole('checkbox', { name })).toBeFocused()
  }
  await keys.press('Space')
  for (let tabs = 0; tabs < 5; tabs += 1) await keys.press('Tab')
  await expect(desk.getByLabel(text('desk.times.start'))).toBeFocused()
  await keys.type('0400PM')
  await desk.getByText('Every Tuesday, 4:00 PM to 5:00 PM').waitFor()
  await desk.getByText('Tuesday, November 24, 4:00 PM').waitFor()
  expect(await axeFindings(desk)).toEqual([])
  await tabTo(text('common.save'))
  const savedAt = performance.now()
  await keys.press('Enter')
  await kiosk.getByText('Garden club').first().waitFor({ timeout: 5_000 })
  const tookMs = performance.now() - savedAt
  test.info().annotations.push({ type: 'desk to kiosk', description: `${Math.round(tookMs)} ms` })
  expect(tookMs).toBeLessThan(1_000)
  await desk.getByText('Garden club is saved and on the kiosk.').waitFor()

  // Taken away again, it leaves the kiosk as fast.
  await desk.getByRole('button', { name: 'Remove Garden club' }).click()
  await press('desk.feeds.removeYes')
  await expect.poll(namesOnKiosk, { timeout: 1_000 }).toEqual([])
})

/** Presses Tab until a button of that name has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    await app.desk.keyboard.press('Tab')
    const focused = await app.desk.evaluate(() => document.activeElement?.textContent ?? '')
    if (focused.trim() === name) return
  }
  throw new Error(`No way leads to '${name}' with Tab.`)
}

test('one meeting in two lists is shown once, set apart it is shown twice', async () => {
  await addFeed(app, { path: writeList('intergroup.json', { name: 'Noon Group' }), fellowship: 'aa' })
  await addFeed(app, {
    path: writeList('district.json', { slug: 'd7', name: 'Noon Group' }),
    fellowship: 'aa',
  })
  expect(await namesOnKiosk()).toEqual(['Noon Group'])
  await go('same')
  await app.desk.getByText('1 meeting is in more than one list').waitFor()
  expect(await axeFindings(app.desk)).toEqual([])
  await pressFor('desk.same.apart')
  await app.desk.getByText(text('desk.same.areTwo')).waitFor()
  expect(await namesOnKiosk()).toEqual(['Noon Group', 'Noon Group'])
  await pressFor('desk.same.together')
  await app.desk.getByText(text('desk.same.isOne')).waitFor()
  expect(await namesOnKiosk()).toEqual(['Noon Group'])
})

test('a meeting limited to weeks of the month leaves the other weeks, also after a refresh', async () => {
  const feed = await addFeed(app, {
    path: writeList('list.json', { name: 'Speaker night' }),
    fellowship: 'aa',
  })
  expect(await namesOnKiosk()).toEqual(['Speaker night'])
  await go('meetings')
  await app.desk.getByRole('searchbox').fill('speaker')
  await app.desk.keyboard.press('Enter')
  await app.desk.getByText(text('desk.here.more')).click()
  // November 24, 2026 is the fourth Tuesday and the last one.
  await app.desk.getByLabel(text('desk.weeks.1'), { exact: true }).check()
  await app.desk.getByText('only the first of the month').waitFor()
  await expect.poll(namesOnKiosk).toEqual([])
  await app.desk.evaluate((feedId) => window.openChairDesk.invoke('feeds.refresh', { feedId }), feed.id)
  expect(await namesOnKiosk()).toEqual([])
  await app.desk.getByLabel(text('desk.weeks.every')).check()
  await expect.poll(namesOnKiosk).toEqual(['Speaker night'])
})

test('a list is added from a file and its settings are changed, all at the desk', async () => {
  const { desk } = app
  await desk.locator('#add-list').click()
  await app.chooseNext(writeList('list.json', { name: 'Noon Group' }))
  await press('desk.add.chooseFile')
  await expect(desk.getByLabel(text('desk.add.address'))).toHaveValue('list.json')
  await press('desk.add.submit')
  await desk.getByText('1 meeting shown').waitFor()
  await desk.getByRole('table').getByText(text('desk.runs.outcome.applied')).waitFor()
  await press('desk.center.edit')
  await desk.getByLabel(text('desk.add.name')).fill('Old City lists')
  await desk.getByLabel(text('desk.add.fellowship')).selectOption('na')
  await press('common.save')
  await desk.getByText(text('desk.settings.saved')).waitFor()
  await desk.getByRole('heading', { name: 'Old City lists', level: 1 }).waitFor()
  // Read again whole: the kiosk says the other fellowship.
  await app.kiosk.getByRole('tab', { name: labelsOf('en')('kiosk.today.group.nearby') }).click()
  await app.kiosk.getByText('Narcotics Anonymous').first().waitFor()
})

test('the empty table is saved where staff choose, and can be added', async () => {
  await app.desk.locator('#add-list').click()
  await app.saveNext(null)
  await press('desk.template.csv')
  const path = join(folder, 'clubs')
  await app.saveNext(path)
  await press('desk.template.csv')
  await app.desk.getByText('Saved as clubs.csv.').waitFor()
  expect(readFileSync(`${path}.csv`, 'utf8')).toContain(',')
})
