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

async function open(
  setup: 'needed' | 'demonstration' | 'center',
  prepare = '',
  size?: { width: number; height: number },
): Promise<void> {
  page = await built.show(preparation(setup, prepare), size)
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

describe('the parts of the desk', () => {
  it('leads to each of them with keys only, and says which one is shown', async () => {
    await open('center', 'desk.feeds = [fakes.heldBackFeed()]')
    const parts = page.getByRole('navigation', { name: 'Parts of the desk' })
    await parts.getByRole('button', { name: '1 list needs a look' }).waitFor()
    const headings = ['Our groups', 'Find a meeting', 'Shown once', 'This center']
    await parts.getByRole('button', { name: 'Lists' }).focus()
    for (const heading of headings) {
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
      const current = parts.locator('[aria-current="page"]')
      expect(await current.innerText()).toBe(heading)
      expect(await current.evaluate((button) => button === document.activeElement)).toBe(true)
      await expectNoAxeFindings()
    }
  })

  it('keeps a form that is half filled in while another part is shown', async () => {
    await open('center')
    await press('Add a list')
    await page.getByLabel('Address of the list').fill('https://feeds.example.org/na.json')
    await press('Our groups')
    await press('Add a group')
    await page.getByLabel('Name of the group').fill('Garden club')
    await press('Lists')
    expect(await page.getByLabel('Address of the list').inputValue()).toBe(
      'https://feeds.example.org/na.json',
    )
    await press('Our groups')
    expect(await page.getByLabel('Name of the group').inputValue()).toBe('Garden club')
  })

  it('shows the center and the machine, and changes the center', async () => {
    await open('center')
    await press('This center')
    await page.getByText('14604').waitFor()
    await press('Change')
    await page.getByLabel('Name of the center').fill('Maple House')
    await press('Save')
    await page.getByText('Your center is saved').waitFor()
    await page.getByRole('heading', { name: 'Maple House' }).waitFor()
  })
})

describe('sizes', () => {
  const sizes = [
    { width: 1366, height: 768 },
    { width: 1024, height: 768 },
  ]
  it.each(sizes)(
    'has no target under 44 pixels and nothing beside the page at $width pixels',
    async (size) => {
      await open(
        'center',
        "desk.feeds = [fakes.exampleFeed(), fakes.troubledFeed('html', { id: 'f2' })]",
        size,
      )
      const checks: (() => Promise<void>)[] = [
        async () => {
          await press('Add a list')
          await page.getByLabel('Address of the list').fill('https://na.example.org/main_server/')
          await page.getByText('More: held here').click()
        },
        async () => {
          await press('Our groups')
          await press('Add a group')
          await page.getByLabel('In person and online').check()
          await press('Add a single date')
        },
      ]
      for (const prepare of checks) {
        await prepare()
        const small = await page
          .locator('button, input:not([type=radio]):not([type=checkbox]), select, .option, .service, summary')
          .evaluateAll((all) =>
            all
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
              .map((one) => one.outerHTML),
          )
        expect(small).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          size.width,
        )
        await expectNoAxeFindings()
      }
    },
  )
})
