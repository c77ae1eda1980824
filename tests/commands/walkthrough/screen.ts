import type { Page } from '@playwright/test'
import type { OccurrenceRow, Whereabouts } from '../../../electron/contract/models.ts'

/** A screen that has just changed lets touches rest for a moment, as the kiosk does on purpose. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-resting]') === null)
}

/** Touches a button by its words, as a visitor finds it. */
export async function touch(page: Page, name: string | RegExp): Promise<void> {
  await settled(page)
  const exact = typeof name === 'string'
  await page.getByRole('button', { name, exact }).first().click()
}

const groups: readonly Whereabouts[] = ['here', 'nearby', 'online']

/** All rows of a day, in order, through the same call that the screen uses. */
export async function readDay(
  page: Page,
  date: string,
): Promise<{ readonly zone: string; readonly rows: readonly OccurrenceRow[] }> {
  const rows: OccurrenceRow[] = []
  let zone = ''
  for (const whereabouts of groups) {
    for (let offset = 0; ;) {
      const reply = await page.evaluate((input) => window.openChair.invoke('meetings.listDay', input), {
        date,
        whereabouts,
        offset,
        limit: 200,
      })
      if (!reply.ok && reply.code === 'busy') {
        await page.waitForTimeout(250)
        continue
      }
      if (!reply.ok) throw new Error(`The list of ${date} was refused: ${reply.code}`)
      zone = reply.value.zone
      rows.push(...reply.value.rows)
      offset += reply.value.rows.length
      if (offset >= reply.value.totals[whereabouts] || reply.value.rows.length === 0) break
    }
  }
  return { zone, rows }
}

/** Types with the kiosk's own keyboard. */
export async function typeWithKeys(page: Page, text: string, keyboard: string): Promise<void> {
  const keys = page.getByRole('group', { name: keyboard })
  for (const letter of text) {
    await settled(page)
    await keys.getByRole('button', { name: new RegExp(`^${letter}$`, 'i') }).click()
  }
}

/** Milliseconds from the touch on a button to the moment the title of the next screen stands there. */
export async function touchAndTime(page: Page, button: string, title: string): Promise<number> {
  await settled(page)
  await page.evaluate((wanted) => {
    const timing = window as unknown as { walkthroughMs?: Promise<number> }
    timing.walkthroughMs = new Promise((resolve) => {
      let from = 0
      window.addEventListener(
        'click',
        () => {
          from = performance.now()
        },
        { capture: true, once: true },
      )
      const watch = new MutationObserver(() => {
        if (![...document.querySelectorAll('h1')].some((heading) => heading.textContent === wanted)) return
        watch.disconnect()
        resolve(performance.now() - from)
      })
      watch.observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }, title)
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('heading', { name: title, exact: true }).waitFor()
  return page.evaluate(async () => {
    const timing = window as unknown as { walkthroughMs: Promise<number> }
    return timing.walkthroughMs
  })
}
