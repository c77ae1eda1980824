import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deskCalls } from '../../../electron/contract/desk-calls.ts'
import { BuiltPage } from '../../support/built-page.ts'
import { axeFindings } from '../../support/screen-findings.ts'
import { preparation } from './prepared.ts'

let built: BuiltPage
let page: Page
beforeAll(async () => {
  built = await BuiltPage.open('desk', 'fake-desk-bridge.ts')
}, 60_000)
afterEach(async () => {
  expect(built.complaints).toEqual([])
  await page.context().close()
})
afterAll(() => built.close())

async function open(prepare = ''): Promise<void> {
  page = await built.show(preparation('center', prepare))
}

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = async (name: string) =>
  (await page.evaluate(() => window.desk.calls))
    .filter((call) => call.name === name)
    .map(({ input }) => input)
const isFocused = (name: string) =>
  page.getByRole('button', { name }).evaluate((button) => button === document.activeElement)

async function expectNoAxeFindings(): Promise<void> {
  expect(await axeFindings(page)).toEqual([])
}

describe('adding a list', () => {
  it('adds it, shows its page, and fetches it at once', async () => {
    await open()
    await press('Add a list')
    await press('Add and fetch')
    await page.getByText('Write the address of the list, or choose a file.').waitFor()
    const address = page.getByLabel('Address of the list')
    await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true)
    await address.fill('https://feeds.example.org/na.json')
    await page.getByLabel('Fellowship').selectOption('na')
    await expectNoAxeFindings()
    await press('Add and fetch')
    await page.getByRole('heading', { name: 'https://feeds.example.org/na.json', level: 1 }).waitFor()
    const [added] = await calls('feeds.add')
    expect(deskCalls['feeds.add'].input.parse(added)).toEqual({
      source: { from: 'address', address: 'https://feeds.example.org/na.json' },
      name: '',
      kind: 'peer',
      fellowship: 'na',
      zone: null,
      heldHere: false,
      everyMinutes: 360,
      scope: null,
      utcIsLocal: false,
      midnightBefore: false,
    })
    await expect.poll(() => calls('feeds.refresh')).toEqual([{ feedId: 'feed-1' }])
  })

  it.each([
    ['already_listed', 'This list is already there.'],
    ['address_not_allowed', 'It must begin with https'],
  ])('keeps the form when a list is refused (%s), and says why at the address', async (code, sentence) => {
    await open(`desk.failNext.set('feeds.add', '${code}')`)
    await press('Add a list')
    const address = page.getByLabel('Address of the list')
    await address.fill('https://feeds.example.org/na.json')
    await press('Add and fetch')
    await page.getByText(sentence).waitFor()
    expect(await address.getAttribute('aria-invalid')).toBe('true')
    expect(await address.inputValue()).toBe('https://feeds.example.org/na.json')
  })

  it('opens what is folded away when the fault is in there', async () => {
    await open("desk.failNext.set('feeds.add', 'unknown_zone')")
    await press('Add a list')
    await page.getByLabel('Address of the list').fill('https://feeds.example.org/na.json')
    await press('Add and fetch')
    const zone = page.getByLabel('Time zone of the list')
    await zone.waitFor()
    expect(await zone.getAttribute('aria-invalid')).toBe('true')
  })

  it('asks before an unprotected address is used', async () => {
    await open("desk.failNext.set('feeds.add', 'plain_http')")
    await press('Add a list')
    await page.getByLabel('Address of the list').fill('http://feeds.example.org/na.json')
    await press('Add and fetch')
    await press('Use it as it is')
    await page.getByRole('heading', { name: 'http://feeds.example.org/na.json' }).waitFor()
    const inputs = await calls('feeds.add')
    expect(inputs.map((input) => JSON.stringify(input).includes('"plainHttpConfirmed":true'))).toEqual([
      false,
      true,
    ])
  })

  it('names a chosen file by its token, and a list of our own groups is held here', async () => {
    await open()
    await press('Add a list')
    await press('Or choose a file ...')
    await expect.poll(() => page.getByLabel('Address of the list').inputValue()).toBe('meetings.json')
    await page.getByLabel('Our own groups').check()
    await press('Add and fetch')
    await page.getByText('Held here', { exact: true }).waitFor()
    const [added] = await calls('feeds.add')
    expect(added).toMatchObject({
      source: { from: 'file', token: 'token-1' },
      kind: 'therapy',
      heldHere: true,
    })
  })

  it('asks a Narcotics Anonymous server for its areas, and takes one with all below it', async () => {
    await open(`desk.bodies = [
      { id: 1, parentId: null, name: 'Northern Region', type: 'RS' },
      { id: 2, parentId: 1, name: 'Albany Area', type: 'AS' },
      { id: 3, parentId: 1, name: 'Rochester Area', type: 'AS' },
      { id: 4, parentId: null, name: 'Greater Region', type: 'RS' },
    ]`)
    await press('Add a list')
    await page.getByLabel('Address of the list').fill('https://na.example.org/main_server/')
    await page.getByLabel('Of chosen areas and regions').check()
    await page.getByRole('checkbox', { name: 'Rochester Area' }).check()
    await page.getByLabel('Find one by its name').fill('albany')
    expect(await page.getByRole('checkbox', { name: 'Greater Region' }).count()).toBe(0)
    await page.getByRole('checkbox', { name: 'Northern Region' }).check()
    expect(await page.getByRole('checkbox', { name: 'Albany Area' }).isChecked()).toBe(true)
    await expectNoAxeFindings()
    await press('Add and fetch')
    await page.getByRole('heading', { level: 1, name: 'https://na.example.org/main_server/' }).waitFor()
    expect(await calls('feeds.listServiceBodies')).toEqual([
      { address: 'https://na.example.org/main_server/' },
    ])
    const [added] = await calls('feeds.add')
    expect(deskCalls['feeds.add'].input.parse(added)).toMatchObject({
      fellowship: 'na',
      scope: { by: 'services', ids: [1] },
    })
  })

  it('says what is wrong with the distance, and says so when the server gives no areas', async () => {
    await open("desk.failNext.set('feeds.listServiceBodies', 'no_answer')")
    await press('Add a list')
    await page.getByLabel('Address of the list').fill('https://na.example.org/')
    await page.getByLabel('It is a Narcotics Anonymous server').check()
    await page.getByLabel('How far, in miles').fill('far')
    await press('Add and fetch')
    await page.getByText('Write a distance between 1 and 500 kilometers').waitFor()
    await page.getByLabel('Of chosen areas and regions').check()
    await page.getByText('The server did not answer.').waitFor()
    await press('Try again')
    await page.getByText('This server names no areas.').waitFor()
    expect(await calls('feeds.add')).toEqual([])
  })

  it('saves the empty table, and says nothing when that was cancelled', async () => {
    await open("desk.failNext.set('feeds.saveTemplate', 'cancelled')")
    await press('Add a list')
    await press('Save as CSV')
    await press('Save for Excel (XLSX)')
    await page.getByText('Saved as open-chair-meetings.xlsx.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await calls('feeds.saveTemplate')).toEqual([{ form: 'csv' }, { form: 'xlsx' }])
  })
})

describe('a list', () => {
  it('shows bytes and rows while it is read', async () => {
    await open("desk.feeds = [fakes.exampleFeed()]; desk.held.add('feeds.refresh')")
    await press('Refresh Monroe Area Intergroup')
    await page.evaluate(() => {
      window.desk.send('feeds.progress', { feedId: 'feed-1', stage: 'reading', bytes: 9_000, rows: 1_200 })
    })
    await page.getByText('Reading: 9 kB, 1,200 rows').waitFor()
    await page.evaluate(() => window.desk.release())
    await page.getByText('Up to date').waitFor()
  })

  it('says of what day its news are when it is old, and what to do', async () => {
    await open(
      "desk.feeds = [fakes.troubledFeed('host_not_found', { stale: true, lastGoodRunAtMs: Date.UTC(2026, 1, 20, 18) })]",
    )
    await page.getByText('As of February 20').waitFor()
    await page.getByText('Check the address for a typing mistake.').waitFor()
    await page.getByText('The last good list stays on the kiosk.').waitFor()
  })

  it('puts what needs a person first', async () => {
    await open("desk.feeds = [fakes.exampleFeed(), fakes.heldBackFeed({ id: 'f2', name: 'Waiting' })]")
    await page.getByRole('heading', { name: 'Waiting' }).waitFor()
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Waiting',
      'Monroe Area Intergroup',
    ])
  })

  it('offers no web page as a new list, which nobody can take', async () => {
    await open("desk.feeds = [fakes.heldBackFeed({ problem: 'html', lost: [] })]")
    await page.getByText('The address leads to a web page, not to a list.', { exact: false }).waitFor()
    await page.getByText('The last good list stays on the kiosk.', { exact: false }).waitFor()
    expect(await page.getByText('A new list waits for you').count()).toBe(0)
    await press('Details of Monroe Area Intergroup')
    await page.getByText('The address leads to a web page, not to a list.', { exact: false }).waitFor()
    expect(await page.getByText('Take the new list').count()).toBe(0)
  })

  it('takes a held-back list only when asked to, twice', async () => {
    await open(`desk.feeds = [fakes.heldBackFeed()]
      desk.runs = [fakes.exampleRun({ outcome: 'held_back', problem: 'loses_too_many', removed: 319 })]`)
    await press('Decide about Monroe Area Intergroup')
    await page.getByText('319 meetings would leave the kiosk').waitFor()
    await page.getByText('Early Birds').waitFor()
    await page.getByText('and 316 more').waitFor()
    await page.getByText('To keep the old list you need do nothing').waitFor()
    await press('Take the new list ...')
    await expect.poll(() => isFocused('Keep the old list')).toBe(true)
    await expectNoAxeFindings()
    await press('Keep the old list')
    expect(await calls('feeds.accept')).toEqual([])
    await press('Take the new list ...')
    await press('Yes, take the new list')
    await page.getByText('Up to date').waitFor()
    expect(await calls('feeds.accept')).toEqual([{ feedId: 'feed-1' }])
  })

  it('groups its remarks, counts them, and tells rows left out from rows shown', async () => {
    await open(`desk.feeds = [fakes.exampleFeed({ remarks: [
      { where: 'row 1', reason: 'It has no day.', refused: true },
      { where: 'row 2', reason: 'bad-url: The link is no address.' },
      { where: 'row 3', reason: 'bad-url: The link leads nowhere.' },
    ] })]`)
    await press('Details of Monroe Area Intergroup')
    await page.getByRole('heading', { name: '3 remarks' }).waitFor()
    const groups = page.locator('.remark-groups > li')
    expect(await groups.count()).toBe(2)
    await groups.filter({ hasText: '2 rows' }).locator('summary').click()
    await page.getByText('The link leads nowhere.').waitFor()
    await expectNoAxeFindings()
    await page.getByLabel('Left out (1)').check()
    expect(await groups.allInnerTexts()).toEqual([expect.stringContaining('It has no day.')])
  })

  it('tells its history as a table', async () => {
    await open(`desk.feeds = [fakes.exampleFeed()]
      desk.runs = [fakes.exampleRun(), ...Array.from({ length: 9 }, () =>
        fakes.exampleRun({ outcome: 'failed', problem: 'timeout' }))]`)
    await press('Details of Monroe Area Intergroup')
    const rows = page.getByRole('table').getByRole('row')
    await expect.poll(() => rows.count()).toBe(7)
    expect(await rows.nth(1).innerText()).toMatch(/Taken.*431.*3.*12.*1.*6/su)
    expect(await rows.nth(2).innerText()).toMatch(/Not taken.*Took too long/su)
    await press('Show all 10 runs')
    await expect.poll(() => rows.count()).toBe(11)
  })

  it('changes its settings and keeps what is not asked of it', async () => {
    await open('desk.feeds = [fakes.exampleFeed({ midnightBefore: true, everyMinutes: 45 })]')
    await press('Details of Monroe Area Intergroup')
    await press('Change')
    await page.getByLabel('Name at the desk').fill('Monroe AA')
    await page.getByLabel('How often it is fetched').selectOption('60')
    await page.getByLabel('All of these meetings are held at our center').check()
    await expectNoAxeFindings()
    await press('Save')
    await page.getByText('The settings are saved.').waitFor()
    await page.getByRole('heading', { name: 'Monroe AA', level: 1 }).waitFor()
    const [changed] = await calls('feeds.change')
    expect(deskCalls['feeds.change'].input.parse(changed)).toEqual({
      feedId: 'feed-1',
      name: 'Monroe AA',
      kind: 'peer',
      fellowship: 'aa',
      zone: null,
      heldHere: true,
      everyMinutes: 60,
      scope: null,
      utcIsLocal: false,
      midnightBefore: true,
    })
  })

  it('asks before it is removed, with the focus on keeping it', async () => {
    await open('desk.feeds = [fakes.exampleFeed()]')
    await press('Details of Monroe Area Intergroup')
    await press('Remove Monroe Area Intergroup')
    await expect.poll(() => isFocused('Keep it')).toBe(true)
    await expectNoAxeFindings()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep it' }).waitFor({ state: 'detached' })
    expect(await calls('feeds.remove')).toEqual([])
    await press('Remove Monroe Area Intergroup')
    await press('Yes, remove it')
    await page.getByText('Monroe Area Intergroup was removed.').waitFor()
    await page.getByText('There is no list yet').waitFor()
  })

  it('gives the focus back to what opened its page', async () => {
    await open('desk.feeds = [fakes.exampleFeed()]')
    await press('Details of Monroe Area Intergroup')
    await press('All lists')
    await expect.poll(() => isFocused('Details of Monroe Area Intergroup')).toBe(true)
  })

  it('shows what main says anew when lists change', async () => {
    await open()
    await page.getByText('There is no list yet').waitFor()
    await page.evaluate(() => {
      window.desk.feeds = [window.fakes.exampleFeed({ name: 'New from elsewhere' })]
      window.desk.send('feeds.changed', {})
    })
    await page.getByRole('heading', { name: 'New from elsewhere' }).waitFor()
  })
})
