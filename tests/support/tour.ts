import type { Page } from '@playwright/test'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { settled, touch, typeWithKeys } from '../commands/walkthrough/screen.ts'

export type TourOptions = {
  readonly locale: 'en' | 'es'
  readonly size: 'standard' | 'large'
}

/** What the tour looks for among the demonstration's meetings. */
const words = {
  en: { found: 'aa', slip: 'candelight', nothing: 'xyzzyq', danger: 'overdose' },
  es: { found: 'aa', slip: 'candelight', nothing: 'xyzzyq', danger: 'sobredosis' },
} as const

/**
 * Leads through every screen of the kiosk with the demonstration's meetings, by touch, and calls `look` at each.
 * Begins and ends at home after a fresh visit. A new screen gets its line here, and with it all of the walker's
 * checks and its pictures.
 */
export async function tourKiosk(
  page: Page,
  { locale, size }: TourOptions,
  look: (name: string) => Promise<void>,
): Promise<void> {
  const text = labelsOf(locale)
  const at = async (name: string) => {
    await settled(page)
    await page.waitForTimeout(150)
    await look(name)
  }
  const openRow = async (tab: 'here' | 'nearby' | 'online', words: string) => {
    await tab_(tab)
    const rows = page.getByRole('tabpanel').getByRole('button').filter({ hasText: words })
    await settled(page)
    await rows.first().click()
    await page.locator('main h1').first().waitFor()
  }
  const tab_ = async (group: 'here' | 'nearby' | 'online') => {
    await settled(page)
    await page.getByRole('tab', { name: text(`kiosk.today.group.${group}`) }).click()
    await page.getByRole('tabpanel').getByRole('listitem').first().waitFor()
  }
  const choose = async (what: string) => {
    await settled(page)
    await page.locator('.choice').filter({ hasText: what }).first().click()
  }
  const search = async (words: string) => {
    const keys = page.getByRole('button', { name: text('kiosk.search.showKeys'), exact: true })
    if (await keys.isVisible()) await touch(page, text('kiosk.search.showKeys'))
    await page.getByRole('textbox').fill(words)
    await page.locator('.found > p, .danger').first().waitFor({ state: 'attached' })
  }
  /** Puts the keys away, by whichever words the button has where the screen is small. */
  const readResults = async () => {
    await settled(page)
    if ((await page.locator('.search-keys').count()) === 0) return
    await page.locator('.search .screen-foot .button').nth(1).click()
    await page.locator('.search-keys').waitFor({ state: 'detached' })
  }
  const leave = () => touch(page, text('kiosk.bar.leave'))

  await page.getByRole('tabpanel').waitFor()
  if (locale === 'es') await touch(page, 'Español')
  if (size === 'large') await touch(page, text('kiosk.bar.size.large'))
  await tab_('here')
  await at('today-here')
  await tab_('nearby')
  await at('today-nearby')
  await tab_('online')
  await at('today-online')

  await touch(page, text('kiosk.narrow.title'))
  await page.locator('.choice-count').first().waitFor()
  await at('narrow')
  await choose(text('common.kind.peer'))
  await choose(text('kiosk.narrow.audience.self'))
  await at('narrow-chosen')
  await page.locator('.screen-foot [data-look="primary"]').click()
  await page.locator('.chip').first().waitFor()
  await at('today-narrowed')
  await touch(page, text('kiosk.narrow.showAll'))

  await touch(page, text('kiosk.doors.find'))
  await page.getByRole('textbox').waitFor()
  await at('search-empty')
  await readResults()
  await page.locator('.tries .button').first().waitFor()
  await at('search-words')
  await search(words[locale].found)
  await at('search-typing')
  await readResults()
  await page.locator('.results .row').first().waitFor()
  await at('search-results')
  await touch(page, text('kiosk.search.nearest'))
  await page.locator('.row-day').first().waitFor()
  await at('search-nearest')
  await search(words[locale].slip)
  await readResults()
  await page.locator('.found-corrected').waitFor()
  await at('search-corrected')
  await search(words[locale].nothing)
  await readResults()
  await page.locator('.empty').waitFor()
  await at('search-nothing')
  await search(words[locale].danger)
  await page.locator('.danger').waitFor()
  await at('search-danger')
  await touch(page, text('kiosk.doors.today'))

  await openRow('online', '')
  await at('meeting-online')
  await touch(page, text('common.back'))
  await openRow('nearby', text('common.kind.club'))
  await at('meeting-nearby')
  await touch(page, text('common.back'))

  await openRow('here', text('common.kind.peer'))
  await at('meeting-here')
  await touch(page, text('kiosk.meeting.signIn'))
  await at('sign-in-count')
  await touch(page, text('kiosk.signIn.confirmCount'))
  await at('signed-in')
  await touch(page, text('kiosk.signIn.undo'))
  await page.getByRole('heading', { name: text('kiosk.signIn.undone') }).waitFor()
  await at('undone')
  await touch(page, text('kiosk.signIn.home'))

  await openRow('here', text('common.kind.therapy'))
  await at('meeting-therapy')
  await touch(page, text('kiosk.meeting.signIn'))
  await touch(page, text('common.continue'))
  await at('name-missing')
  await typeWithKeys(page, 'Sam', text('kiosk.keyboard.label'))
  await at('name')
  await touch(page, text('common.continue'))
  await typeWithKeys(page, 'T', text('kiosk.keyboard.label'))
  await at('initial')
  await touch(page, text('common.continue'))
  await at('review-name')

  await touch(page, text('kiosk.doors.handout'))
  await page.locator('.preview-counts').waitFor({ timeout: 30_000 })
  await at('hand-out')
  await touch(page, text('kiosk.handout.printNow'))
  await page.getByRole('heading', { name: text('kiosk.handout.doneTitle') }).waitFor({ timeout: 30_000 })
  await at('hand-out-printing')
  await touch(page, text('kiosk.bar.help'))
  await at('help')
  await leave()
  await page.getByRole('heading', { name: labelsOf('en')('kiosk.today.welcome') }).waitFor()
}
