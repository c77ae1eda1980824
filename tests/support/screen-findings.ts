import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds on the screen as it is: the rule and the elements. Legacy mode: a page has no frames here, and
 * without it each look would open a blank page and wait for it.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
}

/** What breaks A11Y-02 or A11Y-03 on the screen as it is: sizes of targets, gaps, letters; text cut off. */
export async function findingsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const root = getComputedStyle(document.documentElement)
    const mm = Number.parseFloat(root.getPropertyValue('--mm'))
    // Capitals of the face are 0.672 em high.
    const capital = document.documentElement.dataset['size'] === 'large' ? 7.4 : 4.8
    const smallest = (capital * mm) / 0.672 - 0.1
    const visible = (element: Element) => element.checkVisibility() && element.getClientRects().length > 0
    const nameOf = (element: Element) => (element.textContent || element.className).trim().slice(0, 40)

    const targets = [...document.querySelectorAll('button')].filter(visible)
    for (const target of targets) {
      const box = target.getBoundingClientRect()
      const look = target.dataset['look']
      const isKey = target.classList.contains('key')
      const pixels = look === 'primary' || look === 'help' ? 80 : isKey ? 60 : 64
      const millimeters = look === 'primary' || look === 'help' ? 20 : isKey ? 14 : 15
      const least = Math.max(pixels, millimeters * mm) - 0.5
      if (box.width < least || box.height < least) {
        found.push(
          `'${nameOf(target)}' is ${Math.round(box.width)} x ${Math.round(box.height)}, not ${least}`,
        )
      }
      if (target.scrollWidth > target.clientWidth + 1) found.push(`'${nameOf(target)}' is cut`)
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`'${nameOf(target)}' leaves the screen`)
    }
    for (const [index, one] of targets.entries()) {
      const a = one.getBoundingClientRect()
      for (const other of targets.slice(index + 1)) {
        if (one.classList.contains('row') && other.classList.contains('row')) continue
        // What scrolls under the foot of its place is cut there, not over its neighbor.
        const inside = one.closest('.scroller-view') !== other.closest('.scroller-view')
        if (inside) continue
        const b = other.getBoundingClientRect()
        const across = Math.max(b.left - a.right, a.left - b.right)
        const along = Math.max(b.top - a.bottom, a.top - b.bottom)
        if (Math.max(across, along) < 7.5) found.push(`'${nameOf(one)}' and '${nameOf(other)}' are too close`)
      }
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || !visible(element)) continue
      if (element.closest('.unseen') !== null) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < smallest) found.push(`'${nameOf(element)}' is ${size} px, not ${Math.round(smallest)}`)
    }
    for (const view of document.querySelectorAll('.frame, .stage, .scroller-view, .tabs, .days, .hands')) {
      if (visible(view) && view.scrollWidth > view.clientWidth + 1)
        found.push(`.${view.className} is too wide`)
    }
    const hands = document.querySelector('.hands')
    if (hands !== null && hands.scrollHeight > hands.clientHeight + 4) found.push('the doors are cut')
    return found
  })
}
