import type { Page } from '@playwright/test'
import { labelsOf } from '../commands/walkthrough/labels.ts'

/**
 * Leads through every screen of the desk of a center that is set up, and calls `look` at each. Stores one group
 * of the center on the way. A new screen gets its line here, and with it all of the walker's checks and its
 * pictures.
 */
export async function tourDesk(
  page: Page,
  locale: 'en' | 'es',
  look: (name: string) => Promise<void>,
): Promise<void> {
  const text = labelsOf(locale)
  const press = (key: string) =>
    page
      .getByRole('button', { name: text(key), exact: true })
      .first()
      .click()
  const go = async (part: 'lists' | 'groups' | 'meetings' | 'same' | 'center') => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: text(`desk.nav.${part}`) })
      .click()
    await page.locator('main h1').waitFor()
  }

  await page.getByRole('navigation').waitFor()
  if (locale === 'es') await pressNamed(page, 'Español')
  await page.locator('.feed').first().waitFor()
  await look('desk-lists')
  await page.locator('.feed').first().locator('.feed-acts button').last().click()
  await page.locator('.runs table').waitFor()
  await look('desk-list')
  await press('desk.center.edit')
  await look('desk-list-settings')
  await press('common.cancel')
  await page.locator('.page-back').click()

  await page.locator('#add-list').click()
  await look('desk-add')
  await page.getByLabel(text('desk.add.address')).fill('https://na.example.org/main_server/')
  await page.locator('details.more summary').click()
  await look('desk-add-server')
  await press('common.cancel')

  await go('groups')
  await look('desk-groups-none')
  await page.locator('#change-new').click()
  await press('common.save')
  await page.locator('.field-error').first().waitFor()
  await look('desk-group-faults')
  await page.getByLabel(text('desk.groups.name')).fill('Garden club')
  await page.getByLabel(text('desk.groups.kindClub'), { exact: true }).check()
  await page.locator('.time-row input[type=checkbox]').nth(6).check()
  await page.getByLabel(text('desk.times.start')).fill('10:00')
  await page.locator('.preview-next').waitFor()
  await look('desk-group')
  await press('common.save')
  await page.locator('.group').first().waitFor()
  await look('desk-groups')

  await go('meetings')
  await page.getByRole('searchbox').fill('a')
  await page.keyboard.press('Enter')
  await page.locator('.hit').first().waitFor()
  await page.locator('.hit summary').first().click()
  await look('desk-meetings')
  await go('same')
  await page.locator('.empty, .sames').waitFor()
  await look('desk-same')
  await go('center')
  await look('desk-center')
  await press('desk.center.edit')
  await page.locator('.center-form').waitFor()
  await look('desk-center-form')
  await press('common.back')
  await go('lists')
}

const pressNamed = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
