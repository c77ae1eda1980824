import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BuiltPage } from '../../support/built-page.ts'
import type { AskedCall, FakeKiosk } from '../../support/fake-kiosk-bridge.ts'
import { axeFindings, findingsOf } from '../../support/screen-findings.ts'

const portrait = { width: 1080, height: 1920 }
const wide = { width: 1920, height: 1080 }
const low = { width: 1024, height: 768 }

let built: BuiltPage
let page: Page
beforeAll(async () => {
  built = await BuiltPage.open('kiosk', 'fake-kiosk-bridge.ts')
}, 60_000)
afterEach(async () => {
  // Nothing was refused by the policy, nothing thrown (KSK-42).
  const { complaints } = built
  await page.context().close()
  if (complaints.length > 0) throw new Error(complaints.splice(0).join('\n'))
})
afterAll(() => built.close())

async function open(fake: FakeKiosk = {}, size = portrait): Promise<void> {
  page = await built.show(`window.openChair = fakes.createFakeKioskBridge(${JSON.stringify(fake)})`, size)
  page.setDefaultTimeout(8_000)
}
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
const asked = async (name: string): Promise<unknown[]> => {
  const all = await page.evaluate(
    () => (window as unknown as { openChair: { asked: AskedCall[] } }).openChair.asked,
  )
  return all.filter((call) => call.name === name).map(({ input }) => input)
}
const key = (name: string) =>
  page.getByRole('group', { name: 'Keyboard' }).getByRole('button', { name, exact: true }).click()
const primary = () => page.locator('.screen-foot [data-look="primary"]').click()

async function typeName(): Promise<void> {
  await press(/Early recovery group/)
  await press('Sign in')
  await heading('What shall we call you?')
  for (const letter of ['A', 'n', 'n', 'a']) await key(letter)
  await primary()
  await heading('First letter of your last name?')
  await key('V')
  await primary()
  await heading('Is this right?')
}

describe('signing in', () => {
  it('counts one in with three touches from the list and stores no name (PRV-04)', async () => {
    await open()
    await press(/Garden club/)
    await press('Sign in')
    await press('Count me in')
    await heading('You are counted in.')
    expect(await asked('signIns.add')).toEqual([
      expect.objectContaining({ meetingId: 'garden-club', given: { kind: 'count' } }),
    ])
  })

  it('takes a name by its own keyboard, has it reviewed, and can undo it', async () => {
    await open()
    await typeName()
    await page.getByText('Anna V', { exact: true }).waitFor()
    expect(await asked('signIns.add')).toEqual([])
    await primary()
    await page.getByText('Your chair is waiting in Room 1.').waitFor()
    expect(await asked('signIns.add')).toEqual([
      expect.objectContaining({ given: { kind: 'name', firstName: 'Anna', lastInitial: 'V' } }),
    ])
    await press('Undo')
    await heading('Undone.')
    expect(await asked('signIns.undo')).toEqual([{ undoToken: 'token' }])
  })

  it('makes one sign-in of a shaking hand', async () => {
    await open({ delayMs: { 'signIns.add': 400 } })
    await typeName()
    await page.locator('.stage:not([data-resting])').waitFor()
    const box = await page.locator('.screen-foot [data-look="primary"]').boundingBox()
    if (box === null) throw new Error('the button is not there')
    for (let touch = 0; touch < 5; touch += 1) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: 5 })
    }
    await heading('You are signed in.')
    expect(await asked('signIns.add')).toHaveLength(1)
  })

  it('keeps what was typed and says whom to tell when the disk is full (A11Y-44)', async () => {
    await open({ refuse: { 'signIns.add': 'storage_full' } })
    await typeName()
    await primary()
    await page.getByRole('alert').filter({ hasText: 'Please tell the front desk.' }).waitFor()
    await page.getByText('Anna V', { exact: true }).waitFor()
    await primary()
    await expect.poll(async () => (await asked('signIns.add')).length).toBe(2)
    const [first, second] = (await asked('signIns.add')) as { requestId: string }[]
    expect(second?.requestId).toBe(first?.requestId)
  })

  it('points kindly to the desk where names cannot be kept', async () => {
    await open({ state: { canTakeNames: false } })
    await press(/Early recovery group/)
    await press('Sign in')
    await heading('This group signs people in at the front desk today.')
    expect(await page.locator('input').count()).toBe(0)
  })

  it('is done by keys alone: arrows, Enter, Back (A11Y-13)', async () => {
    await open()
    const keys = async (...names: string[]) => {
      for (const name of names) await page.keyboard.press(name)
    }
    await page.getByRole('button', { name: /Early recovery group/ }).focus()
    await keys('Enter')
    await heading('Early recovery group')
    await page.getByRole('button', { name: 'Sign in' }).focus()
    await keys('Enter')
    await heading('What shall we call you?')
    await keys('A', 'n', 'a', 'Enter')
    await heading('First letter of your last name?')
    await keys('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('key')
    await keys('Escape')
    await heading('What shall we call you?')
    expect(await page.locator('input').inputValue()).toBe('Ana')
  })
})

describe('the end of a visit', () => {
  it('clears all with one touch, from every screen, within 300 ms (PRV-08)', async () => {
    await open()
    await press('Español')
    await press('Letra más grande')
    await press(/Early recovery group/)
    await press('Registrarse')
    await page.locator('input').fill('Marisol')
    await page.evaluate(() => {
      const timing = window as unknown as { tookMs?: number }
      addEventListener(
        'click',
        () => {
          const from = performance.now()
          const watch = new MutationObserver(() => {
            if (document.querySelector('h1')?.textContent !== 'You are welcome here.') return
            timing.tookMs = performance.now() - from
            watch.disconnect()
          })
          watch.observe(document.body, { childList: true, subtree: true, characterData: true })
        },
        { capture: true, once: true },
      )
    })
    await press('Borrar y salir')
    await heading('You are welcome here.')
    expect(await page.evaluate(() => (window as unknown as { tookMs: number }).tookMs)).toBeLessThan(300)
    expect(await page.evaluate(() => document.documentElement.dataset['size'])).toBe('standard')
    expect(await page.content()).not.toContain('Marisol')
    expect(await asked('visits.end')).toEqual([{}])
  })

  it('hides what was typed while it asks, goes on at any touch, and clears in the end (PRV-07, A11Y-20)', async () => {
    await open({ state: { idleWarningMs: 700, idleShutterMs: 2_500 } })
    await press(/Early recovery group/)
    await press('Sign in')
    await page.locator('input').fill('Marisol')
    for (let time = 0; time < 2; time += 1) {
      await page.getByRole('alertdialog').waitFor()
      expect(await page.locator('input').isVisible()).toBe(false)
      await page.mouse.click(500, 300)
      expect(await page.locator('input').inputValue()).toBe('Marisol')
      expect(await page.locator('input').isVisible()).toBe(true)
    }
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('x')
    expect(await page.locator('input').inputValue()).toBe('Marisol')
    await heading('You are welcome here.')
    expect(await page.content()).not.toContain('Marisol')
    expect(await asked('visits.end')).toEqual([{}])
  })

  it('never warns while nobody has begun anything', async () => {
    await open({ state: { idleWarningMs: 200, idleShutterMs: 200 } })
    await heading('You are welcome here.')
    await page.waitForTimeout(900)
    expect(await page.getByRole('alertdialog').count()).toBe(0)
    expect(await asked('visits.end')).toEqual([])
  })
})

describe('the list of a day', () => {
  it('never renders more than a page of 14,000 rows, and reaches all by touches', async () => {
    await open({ nearbyRows: 14_000 })
    await page.getByRole('tab', { name: /Nearby/ }).click()
    await page.getByText('1 to 50 of 14,000').waitFor()
    expect(await page.locator('.row').count()).toBe(50)
    await press('Show later meetings')
    await page.getByText('51 to 100 of 14,000').waitFor()
    await press('Move the list down')
    expect(await page.locator('.scroller-view').evaluate((view) => view.scrollTop)).toBeGreaterThan(100)
  })

  it('says the truth when it is empty, old or not answered', async () => {
    await open({ emptyGroups: ['here', 'nearby', 'online'], listsAsOfMs: null })
    await page.getByText('No meetings are listed yet. The front desk can help you.').waitFor()
    await page.context().close()
    await open({ listsAsOfMs: Date.parse('2026-05-03T12:00:00Z') })
    await page.getByText('The oldest of these lists is from May 3. Times may have changed.').waitFor()
    await page.context().close()
    await open({ refuse: { 'meetings.listDay': 'internal' } })
    await page.getByText('This part does not work right now.').waitFor()
    await press('Talk to someone now')
    await page.getByText('Call 988', { exact: true }).waitFor()
  })

  it('begins with the nearest group that has meetings', async () => {
    await open({ emptyGroups: ['here'] })
    await page.getByRole('tab', { name: /Nearby/, selected: true }).waitFor()
  })
})

it('shows the numbers that help when main does not answer at all', async () => {
  await open({ refuse: { 'kiosk.get': 'internal' } })
  await page.getByText('call or text 988', { exact: false }).first().waitFor()
})

async function search(text: string): Promise<void> {
  await page.locator('.door').nth(1).click()
  await page.locator('.search input').fill(text)
  await page
    .locator(text === 'overdose' ? '.danger' : '.found > p')
    .first()
    .waitFor({ state: 'attached' })
}

/** Each leads from the home screen to one other. */
const screens: readonly (readonly [string, () => Promise<void>])[] = [
  ['today', async () => {}],
  ['nearby', () => page.getByRole('tab').nth(1).click()],
  ['meeting', () => page.locator('.row').nth(1).click()],
  ['sign-in', () => page.locator('.now-card .button').click()],
  [
    'keyboard',
    async () => {
      await page.getByRole('button', { name: /Early recovery/ }).click()
      await primary()
    },
  ],
  ['hand-out', () => page.locator('.door').nth(3).click()],
  ['help', () => page.locator('.fixed .button').first().click()],
  ['narrow', () => page.locator('.narrow-button').click()],
  [
    'narrowed',
    async () => {
      await page.locator('.narrow-button').click()
      for (const choice of ['.narrow-part .choice >> nth=3', '.narrow-part .choice >> nth=9']) {
        await page.locator(choice).click()
      }
      await primary()
      await page.locator('.chip').first().waitFor()
    },
  ],
  ['search', () => page.locator('.door').nth(1).click()],
  ['typing', () => search('a')],
  [
    'results',
    async () => {
      await search('a')
      await page.locator('.search .screen-foot .button').nth(1).click()
      await page.locator('.results .row').first().waitFor()
    },
  ],
  ['nothing found', () => search('xyzzy')],
  ['danger', () => search('overdose')],
]

// The longest texts on each screen, and the shortest where room is least; the walk through the built application
// (screens.e2e.ts) and `npm run screens` look at more of them.
describe.each([
  ['portrait', portrait, {}, 'Spanish in large text'],
  ['wide', wide, {}, 'Spanish in large text'],
  ['low', low, {}, 'Spanish in large text'],
  ['low', low, {}, 'English'],
  ['dense', { width: 1600, height: 2560 }, { pixelsPerInch: 157 }, 'Spanish in large text'],
] as const)('%s', (_, size, state, texts) => {
  it(`has targets and letters of full size on every screen, in ${texts} (A11Y-01 to 03)`, async () => {
    await open({ state }, size)
    if (texts !== 'English') {
      await press('Español')
      await press('Letra más grande')
    }
    const findings: string[] = []
    for (const [name, go] of screens) {
      await page.locator('.door').first().click()
      if (await page.locator('.show-all').isVisible()) await page.locator('.show-all').click()
      await page.getByRole('tab').first().click()
      await page.locator('.row').first().waitFor()
      await go()
      await page.waitForFunction(() => document.querySelector('[data-resting]') === null)
      findings.push(...(await findingsOf(page)).map((finding) => `${name}: ${finding}`))
      if (size !== portrait) continue
      findings.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`))
    }
    expect(findings).toEqual([])
  }, 90_000)
})
