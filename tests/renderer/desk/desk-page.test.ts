import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deskCalls } from '../../../electron/contract/desk-calls.ts'
import { BuiltPage } from '../../support/built-page.ts'
import type * as fakes from '../../support/fake-desk-bridge.ts'
import { axeFindings } from '../../support/screen-findings.ts'

declare global {
  interface Window {
    desk: fakes.FakeDesk
    fakes: typeof fakes
  }
}

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

async function open(setup: 'needed' | 'demonstration' | 'center', prepare = ''): Promise<void> {
  page = await built.show(`
    const { desk, bridge } = fakes.createFakeDesk(${JSON.stringify(setup)})
    window.desk = desk
    window.openChairDesk = bridge
    window.fakes = fakes
    ${prepare}
  `)
}

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = async (name: string) =>
  (await page.evaluate(() => window.desk.calls))
    .filter((call) => call.name === name)
    .map(({ input }) => input)

async function expectNoAxeFindings(): Promise<void> {
  expect(await axeFindings(page)).toEqual([])
}

describe('the first start', () => {
  it('offers the demonstration and the own center, and axe finds nothing', async () => {
    await open('needed')
    await page.getByRole('heading', { name: 'Try the demonstration' }).waitFor()
    await expectNoAxeFindings()
    await press('Open the demonstration')
    await page.getByText('every meeting is invented').waitFor()
    expect(await calls('setup.tryDemonstration')).toEqual([{}])
  })

  it('says what to do when nothing could be stored, and tries again', async () => {
    await open('needed', "desk.failNext.set('setup.tryDemonstration', 'storage_failed')")
    await press('Open the demonstration')
    await page.getByRole('alert').filter({ hasText: 'Is the disk full?' }).waitFor()
    await press('Open the demonstration')
    await page.getByRole('heading', { name: 'Lists of meetings' }).waitFor()
  })

  it('speaks the language that the machine offers, and the other one at a tap', async () => {
    await open('needed', "desk.state.offered.locale = 'es'")
    await page.getByRole('heading', { name: 'Bienvenido a Open Chair' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es-US')
    await press('English')
    await page.getByRole('heading', { name: 'Welcome to Open Chair' }).waitFor()
  })

  it('shows a damaged file instead of a page that would write over it', async () => {
    await open('center', "desk.state.storage = 'damaged'")
    await page.getByText('Put back the newest backup').waitFor()
    expect(await page.getByRole('button', { name: 'Add a list' }).count()).toBe(0)
  })

  it('says so when the program does not answer', async () => {
    await open('needed', 'delete window.openChairDesk')
    await page.getByText('The desk cannot reach the program').waitFor()
  })
})

describe('the own center', () => {
  it('marks what is missing beside its field, moves the focus there, and sends a whole center', async () => {
    await open('needed')
    await press('Set up your center')
    await press('Save')
    await page.getByText('3 answers need another look').waitFor()
    const name = page.getByLabel('Name of the center')
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    await expectNoAxeFindings()
    await name.fill('Maple House')
    await page.getByLabel('Latitude').fill('39.7817, -89.6501')
    expect(await page.getByLabel('Longitude').inputValue()).toBe('-89.6501')
    await press('Save')
    await page.getByText('Your center is saved').waitFor()
    const [center] = await calls('setup.saveCenter')
    expect(deskCalls['setup.saveCenter'].input.parse(center)).toMatchObject({
      name: 'Maple House',
      latitude: 39.7817,
      longitude: -89.6501,
      radiusMeters: 24_140,
    })
  })

  it('loses nothing typed: not by a failure, nor by going back, nor by another language', async () => {
    await open('needed', "desk.failNext.set('setup.saveCenter', 'storage_failed')")
    await press('Set up your center')
    await page.getByLabel('Name of the center').fill('Maple House')
    await page.getByLabel('Latitude').fill('39.7817, -89.6501')
    await press('Save')
    await page.getByText('It could not be stored').waitFor()
    await press('Back')
    await press('Español')
    await press('Configurar su centro')
    expect(await page.getByLabel('Nombre del centro').inputValue()).toBe('Maple House')
    expect(await page.getByLabel('Longitud').inputValue()).toBe('-89.6501')
  })
})

describe('feeds', () => {
  it('adds a list and fetches it at once', async () => {
    await open('center')
    await press('Add a list')
    await press('Add and fetch')
    await page.getByText('Write the address of the list.').waitFor()
    await page.getByRole('textbox', { name: 'Web address' }).fill('https://feeds.example.org/na.json')
    await page.getByLabel('Fellowship').selectOption('na')
    await expectNoAxeFindings()
    await press('Add and fetch')
    await page.getByRole('heading', { name: 'https://feeds.example.org/na.json' }).waitFor()
    const [added] = await calls('feeds.add')
    expect(deskCalls['feeds.add'].input.parse(added)).toEqual({
      source: { from: 'address', address: 'https://feeds.example.org/na.json' },
      name: '',
      kind: 'peer',
      fellowship: 'na',
      zone: null,
      heldHere: false,
    })
    expect(await calls('feeds.refresh')).toEqual([{ feedId: 'feed-1' }])
  })

  it('keeps the form when a list is refused, and says why', async () => {
    await open('center', "desk.failNext.set('feeds.add', 'already_listed')")
    await press('Add a list')
    await page.getByRole('textbox', { name: 'Web address' }).fill('https://feeds.example.org/na.json')
    await press('Add and fetch')
    await page.getByText('This list is already there.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Web address' }).inputValue()).toBe(
      'https://feeds.example.org/na.json',
    )
  })

  it('asks before an unprotected address is used', async () => {
    await open('center', "desk.failNext.set('feeds.add', 'plain_http')")
    await press('Add a list')
    await page.getByRole('textbox', { name: 'Web address' }).fill('http://feeds.example.org/na.json')
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
    await open('center')
    await press('Add a list')
    await page.getByLabel('In a file').check()
    await press('Choose a file ...')
    await page.getByText('meetings.json').waitFor()
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

  it('shows progress while a list is read', async () => {
    await open('center', "desk.feeds = [fakes.exampleFeed()]; desk.held.add('feeds.refresh')")
    await press('Refresh Monroe Area Intergroup')
    await page.evaluate(() => {
      window.desk.send('feeds.progress', { feedId: 'feed-1', stage: 'reading', bytes: 9_000, rows: 1_200 })
    })
    await page.getByText('Reading: 1,200 rows').waitFor()
    await page.evaluate(() => window.desk.release())
    await page.getByText('Up to date').waitFor()
  })

  it('takes a held-back list only when asked to', async () => {
    await open('center', "desk.feeds = [fakes.troubledFeed('loses_too_many')]")
    await page.getByText('far fewer meetings').waitFor()
    await page.getByText('The last good list stays on the kiosk.').waitFor()
    expect(await calls('feeds.accept')).toEqual([])
    await press('Take the new list')
    await page.getByText('Up to date').waitFor()
    expect(await calls('feeds.accept')).toEqual([{ feedId: 'feed-1' }])
  })

  it('asks before it removes a list, with the focus on keeping it', async () => {
    await open('center', 'desk.feeds = [fakes.exampleFeed()]')
    await press('Remove Monroe Area Intergroup')
    const keep = page.getByRole('button', { name: 'Keep it' })
    await expect.poll(() => keep.evaluate((button) => button === document.activeElement)).toBe(true)
    await expectNoAxeFindings()
    await page.keyboard.press('Escape')
    await keep.waitFor({ state: 'detached' })
    expect(await calls('feeds.remove')).toEqual([])
    await press('Remove Monroe Area Intergroup')
    await press('Yes, remove it')
    await page.getByText('There is no list yet').waitFor()
  })

  it('shows what main says anew when feeds change', async () => {
    await open('center')
    await page.getByText('There is no list yet').waitFor()
    await page.evaluate(() => {
      window.desk.feeds = [window.fakes.exampleFeed({ name: 'New from elsewhere' })]
      window.desk.send('feeds.changed', {})
    })
    await page.getByRole('heading', { name: 'New from elsewhere' }).waitFor()
  })
})

describe('meetings held here', () => {
  const hit = `{ meetingId: 'm1', key: 'tuesday-nooners', name: 'Tuesday Nooners', feedName: 'Intergroup',
    place: '12 Example Street', schedule: 'Tuesday, 12:00 PM', here: false, hereWhy: 'no' }`

  it('finds one, marks it, and takes the mark away again', async () => {
    await open('center', `desk.hits = [${hit}]`)
    await page.getByLabel('Name or key of a meeting').fill('nooners')
    await press('Find')
    await press('Tuesday Nooners: it is held here')
    await page.getByText('Held here: you said so').waitFor()
    await expectNoAxeFindings()
    await press('Take my mark away: Tuesday Nooners')
    await page.getByText('Not held here', { exact: true }).waitFor()
    expect(await calls('meetings.setHere')).toEqual([
      { meetingId: 'm1', here: true },
      { meetingId: 'm1', here: null },
    ])
  })

  it('says so when nothing is found', async () => {
    await open('center')
    await page.getByLabel('Name or key of a meeting').fill('nothing like it')
    await page.keyboard.press('Enter')
    await page.getByText('Try a shorter word').waitFor()
  })
})

describe('sizes', () => {
  it('has no target under 44 pixels and nothing beside the page at 1280 by 800', async () => {
    await open('center', "desk.feeds = [fakes.exampleFeed(), fakes.troubledFeed('html', { id: 'f2' })]")
    await press('Add a list')
    const small = await page
      .locator('button, input:not([type=radio]):not([type=checkbox]), select, .option, summary')
      .evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML),
      )
    expect(small).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
  })
})
