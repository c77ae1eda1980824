import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BuiltPage } from '../../support/built-page.ts'
import type { AskedCall, FakeKiosk } from '../../support/fake-kiosk-bridge.ts'

let built: BuiltPage
let page: Page
beforeAll(async () => {
  built = await BuiltPage.open('kiosk', 'fake-kiosk-bridge.ts')
}, 60_000)
afterEach(async () => {
  const { complaints } = built
  await page.context().close()
  if (complaints.length > 0) throw new Error(complaints.splice(0).join('\n'))
})
afterAll(() => built.close())

async function open(fake: FakeKiosk = {}): Promise<void> {
  page = await built.show(`window.openChair = fakes.createFakeKioskBridge(${JSON.stringify(fake)})`, {
    width: 1080,
    height: 1920,
  })
  page.setDefaultTimeout(8_000)
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
async function press(name: string | RegExp): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-resting]') === null)
  await button(name).first().click()
}
const asked = async (name: string): Promise<unknown[]> => {
  const all = await page.evaluate(
    () => (window as unknown as { openChair: { asked: AskedCall[] } }).openChair.asked,
  )
  return all.filter((call) => call.name === name).map(({ input }) => input)
}
const field = () => page.getByRole('textbox', { name: 'What are you looking for?' })
const status = (text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor()
const rowNames = () => page.locator('.results .row-name').allInnerTexts()

describe('narrowing the list of a day', () => {
  it('says what each choice leaves, always what is left, and offers nothing that leaves nothing', async () => {
    await open()
    await press('Narrow the list')
    await status('144 meetings fit.')
    await press('Club, 1 meeting')
    await status('1 meeting fits.')
    // A club is for anyone, in the afternoon: the other parts are counted under this choice.
    await button('Evening, 0 meetings').waitFor()
    expect(await button('Evening, 0 meetings').getAttribute('aria-disabled')).toBe('true')
    await button('Evening, 0 meetings').click({ force: true })
    await status('1 meeting fits.')
    // Its own part is counted as if nothing of it were chosen: one can widen it.
    await press('Therapist-led, 1 meeting')
    await status('2 meetings fit.')
    await press('Show 2 meetings')
    expect(await page.locator('.row-name').allInnerTexts()).toEqual(['Early recovery group', 'Garden club'])
  })

  it('keeps the choices in sight, through another day and a meeting and back, and lets each go', async () => {
    await open()
    await press('Narrow the list')
    await press('Peer-led, 142 meetings')
    await press('Wheelchair access, 41 meetings')
    await press('Show 41 meetings')
    const chips = page.getByRole('group', { name: 'What you chose' })
    await status('41 meetings fit.')
    await press(/^Thu 26/)
    await status('21 meetings fit.')
    await page.getByRole('tab', { name: /Nearby/ }).click()
    await page.locator('.row').first().click()
    await page.locator('.screen-meeting').waitFor()
    await press('Back')
    expect(await chips.getByRole('button').allInnerTexts()).toEqual([
      'Peer-led',
      'Wheelchair access',
      'Show all',
    ])
    const filters = (await asked('meetings.listDay')) as { date: string; filter?: unknown }[]
    expect(filters.at(-1)?.filter).toEqual({ kinds: ['peer'], wheelchair: true })
    await press('Wheelchair access: take away')
    // A keypad goes on at the chip that stays.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Peer-led')
    await press('Show all')
    expect(await chips.isVisible()).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('narrow-button')
  })

  it('is found where it was left when one comes back from a meeting, at its top by a door', async () => {
    await open()
    const scrolled = () => page.locator('.day-list .scroller-view').evaluate((view) => view.scrollTop)
    await page.getByRole('tab', { name: /Nearby/ }).click()
    await page.locator('.row').first().waitFor()
    await press('Move the list down')
    const left = await scrolled()
    expect(left).toBeGreaterThan(300)
    await page.locator('.row', { hasText: '11:00' }).first().click()
    await press('Back')
    await expect.poll(scrolled).toBe(left)
    await page.locator('.row', { hasText: '11:00' }).first().click()
    await press('Meetings today')
    await page.getByRole('tab', { name: /Nearby/ }).click()
    await page.locator('.row').first().waitFor()
    expect(await scrolled()).toBe(0)
  })

  it('leads on from a place where nothing fits', async () => {
    await open()
    await press('Narrow the list')
    await press('Therapist-led, 1 meeting')
    await press('Show 1 meeting')
    await page.getByRole('tab', { name: /Online/ }).click()
    await page.getByText('Nothing online fits what you chose.').waitFor()
    await press('Here: 1')
    await page.locator('.row-name', { hasText: 'Early recovery group' }).waitFor()
    await press(/^Thu 26/)
    await page.getByText('No meeting on this day fits all that you chose.').waitFor()
    await page.locator('.empty').getByRole('button', { name: 'Show all' }).click()
    await page.locator('.row').first().waitFor()
  })

  it('is over with the visit (PRV-06)', async () => {
    await open()
    await press('Narrow the list')
    await press('Peer-led, 142 meetings')
    await press('Clear and leave')
    await page.getByText('Early recovery group').waitFor()
    expect(await page.getByRole('group', { name: 'What you chose' }).isVisible()).toBe(false)
  })

  it('still narrows where the numbers cannot be had', async () => {
    await open({ refuse: { 'meetings.listFacets': 'internal' } })
    await press('Narrow the list')
    await press('Club')
    await press('Show 1 meeting')
    expect(await page.locator('.row-name').allInnerTexts()).toEqual(['Garden club'])
  })
})

describe('finding a meeting', () => {
  it('shows each letter at once and the results of the newest words only', async () => {
    await open({ searchDelayMs: { s: 1_200, 'smart recovery': 50 } })
    await press('Find a meeting')
    await page.keyboard.type('s')
    expect(await field().inputValue()).toBe('s')
    await expect.poll(() => asked('meetings.search')).toHaveLength(1)
    await page.keyboard.type('mart recovery')
    await status('18 meetings found')
    await page.waitForTimeout(1_300)
    // The answer for "s" has come meanwhile; "Step by Step" would be among it.
    await status('18 meetings found')
    expect(await rowNames()).not.toContain('Step by Step')
    // Letters in a row are looked for once.
    expect((await asked('meetings.search')).length).toBeLessThan(6)
  })

  it('is done with its own keys, digits and all, and by touches alone (A11Y-10, A11Y-12)', async () => {
    await open()
    await press('Find a meeting')
    const keys = page.getByRole('group', { name: 'Keyboard' })
    for (const letter of ['l', 'u', 'x'])
      await keys.getByRole('button', { name: letter, exact: true }).click()
    await keys.getByRole('button', { name: 'Delete', exact: true }).click()
    await keys.getByRole('button', { name: 'n', exact: true }).click()
    expect(await field().inputValue()).toBe('lun')
    await page.locator('.results .row-name').first().waitFor()
    expect(new Set(await rowNames())).toEqual(new Set(['The Lunch Bunch']))
    await keys.getByRole('button', { name: '1 2 3' }).click()
    await page.waitForTimeout(350)
    await keys.getByRole('button', { name: 'Delete all' }).click()
    for (const digit of ['7', '7']) {
      await page.waitForTimeout(350)
      await keys.getByRole('button', { name: digit, exact: true }).click()
    }
    expect(await field().inputValue()).toBe('77')
    await page.getByText('77 River Street').first().waitFor()
  })

  it('is done by keys alone: letters, Enter to the first result, Back (A11Y-13)', async () => {
    await open()
    await button('Find a meeting').focus()
    await page.keyboard.press('Enter')
    await field().waitFor()
    await page.keyboard.type('garden')
    await status('1 meeting found')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('row')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Garden club' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await field().inputValue()).toBe('garden')
    // A letter finds the field from anywhere.
    await button('Hide the keys').focus()
    await page.keyboard.type('x')
    expect(await field().inputValue()).toBe('gardenx')
  })

  it('groups the soonest by day, the nearest by place with the day at each', async () => {
    await open()
    await press('Find a meeting')
    await field().fill('a')
    await status('The first 20 meetings')
    const headings = () => page.locator('.results h2').allInnerTexts()
    expect(await headings()).toEqual(['Today'])
    await press('Show more')
    await status('The first 40 meetings')
    await field().fill('smart')
    await status('18 meetings found')
    expect(await headings()).toEqual(['Today', 'Tomorrow', 'Friday, November 27'])
    await press('Nearest')
    await expect.poll(headings).toEqual(['Online'])
    expect(new Set(await page.locator('.row-day').allInnerTexts())).toEqual(
      new Set(['Today', 'Tomorrow', 'Fri, Nov 27']),
    )
    expect((await asked('meetings.search')).at(-1)).toMatchObject({ order: 'nearest', days: 8, limit: 20 })
  })

  it('says for which words it looked when there was a slip', async () => {
    await open({ slips: { gardn: 'garden' } })
    await press('Find a meeting')
    await field().fill('gardn')
    await status('Showing results for “garden”.')
    expect(await rowNames()).toEqual(['Garden club'])
  })

  it('understands a day in a sentence, and leaves words out only while nothing is found', async () => {
    await open()
    await press('Find a meeting')
    await field().fill('garden tomorrow')
    await expect.poll(rowNames).toEqual(['Garden club'])
    await field().fill('a garden for me')
    await expect.poll(async () => (await asked('meetings.search')).length).toBe(3)
    expect(await rowNames()).toEqual(['Garden club'])
    expect(await asked('meetings.search')).toMatchObject([
      { text: 'garden', date: '2026-11-26', days: 1 },
      { text: 'a garden for me', date: '2026-11-25', days: 8 },
      { text: 'garden', date: '2026-11-25', days: 8 },
    ])
  })

  it('leads on when nothing is found, and out of choices that fit nothing', async () => {
    await open()
    await press('Narrow the list')
    await press('Club, 1 meeting')
    await press('Show 1 meeting')
    await press('Find a meeting')
    await field().fill('candle')
    await page.getByText('Nothing fits both your words and what you chose.').waitFor()
    await press('Search in all meetings')
    await status('1 meeting found')
    await field().fill('xyzzy')
    await page.getByText('We found no such meeting.').waitFor()
    await page.locator('.empty').getByRole('button', { name: 'Talk to someone now' }).click()
    await page.getByText('Call 988', { exact: true }).waitFor()
    await press('Back')
    await press('Show all of today')
    await page.getByRole('heading', { name: 'You are welcome here.' }).waitFor()
  })

  it('looks for a word by one touch, for whom typing is hard', async () => {
    await open()
    await press('Find a meeting')
    await page.getByRole('group', { name: 'Words to try' }).getByRole('button', { name: 'online' }).click()
    await status('18 meetings found')
  })

  it('offers help at once when words speak of danger, also when main does not answer (PRV-13)', async () => {
    await open({ delayMs: { 'meetings.search': 60_000 } })
    await press('Find a meeting')
    await page.keyboard.type('kill mysel')
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.keyboard.type('f')
    const card = page.getByRole('alert')
    await card.getByText('Call or text 988, day and night.', { exact: false }).waitFor({ timeout: 500 })
    await card.getByRole('button', { name: 'Talk to someone now' }).click()
    await page.getByText('Call 988', { exact: true }).waitFor()
  })

  it('finds no meeting for words of danger by leaving some of them out (PRV-13)', async () => {
    await open()
    await press('Find a meeting')
    await field().fill('i want to die in the garden')
    await page.getByRole('alert').waitFor()
    await expect.poll(async () => (await asked('meetings.search')).length).toBe(1)
    await page.waitForTimeout(300)
    expect(await asked('meetings.search')).toMatchObject([{ text: 'i want to die in the garden' }])
    // There is nothing to order or to narrow: help stands alone.
    expect(await page.locator('.search-tools').count()).toBe(0)
  })

  it('says what it cannot do, and does it when asked again', async () => {
    await open({ refuse: { 'meetings.search': 'internal' } })
    await press('Find a meeting')
    await field().fill('a')
    await page.getByText('This part does not work right now.').waitFor()
    const before = (await asked('meetings.search')).length
    await press('Try again')
    expect((await asked('meetings.search')).length).toBe(before + 1)
  })
})

describe('what a list knows of itself', () => {
  it('stands at each row and at the meeting: its age, its sources, for whom it is open today', async () => {
    await open()
    const pal = page.locator('.row', { hasText: 'PAL for parents' })
    await pal.getByText('Open today', { exact: true }).waitFor()
    await pal.click()
    await page.getByText('Listed as open to everyone today.').waitFor()
    await page.getByText('Listed by Capital District Intergroup.', { exact: false }).waitFor()
    await page.getByText('Also listed by Families United.').waitFor()
    await press('Back')
    await page.getByRole('tab', { name: /Nearby/ }).click()
    await page.locator('.row', { hasText: 'As of May 3' }).first().click()
    await page.getByText('This is as of May 3. Please check before you go.').waitFor()
  })
})
