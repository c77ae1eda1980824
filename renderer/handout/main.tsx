import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import type { HandoutDocument, HandoutShown } from '../../electron/contract/handout-document.ts'
import { countPrinted } from '../../electron/domain/handout-limit.ts'
import { createI18n, markRoot } from '../ui/i18n.ts'
import { blocksToMeasure } from './blocks.ts'
import { planPages, type Heights } from './pack-pages.ts'
import { MeasuringSheet, Sheet } from './sheet.tsx'
import './sheet.css'
import { createWords } from './words.ts'

declare global {
  interface Window {
    /** Called by main on the hidden window; the answer comes when the pages are final. */
    openChairHandout: { show(document: HandoutDocument): Promise<HandoutShown> }
  }
}

const container = document.getElementById('root')
if (container === null) throw new Error('the page has no #root')
const root = createRoot(container)

/**
 * A browser breaks pages where it likes and cannot repeat a heading. So the blocks are measured first and
 * then dealt out to boxes of the paper's size. A hidden window paints no frames: everything here is
 * synchronous layout, nothing waits for one.
 */
async function show(handout: HandoutDocument): Promise<HandoutShown> {
  const instance = createI18n(handout.locale)
  markRoot(document.documentElement, instance, handout.locale)
  const words = createWords(handout, instance)
  document.title = instance.t('handout.title')

  const counts = countPrinted(handout)
  const blocks = blocksToMeasure(handout, counts.meetings + counts.clubs)
  const measuring = <MeasuringSheet document={handout} words={words} blocks={blocks} />
  flushSync(() => root.render(measuring))
  await loadFonts(container!.innerText)
  const { heights, bodyHeight } = measure(container!)

  const plan = planPages(handout, heights, bodyHeight)
  flushSync(() => root.render(<Sheet document={handout} words={words} pages={plan.pages} />))
  await document.fonts.ready
  return plan.shown
}

/** The face of every weight and script that the text needs, before anything is measured. */
async function loadFonts(text: string): Promise<void> {
  const family = getComputedStyle(document.body).fontFamily
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 14pt ${family}`, text)))
  await document.fonts.ready
}

function measure(root: HTMLElement): { readonly heights: Heights; readonly bodyHeight: number } {
  const heights = new Map<string, number>()
  for (const element of root.querySelectorAll<HTMLElement>('[data-height-key]')) {
    const key = element.dataset['heightKey']!
    const height = element.getBoundingClientRect().height
    heights.set(key, Math.max(height, heights.get(key) ?? 0))
  }
  const body = root.querySelector('.body')
  if (body === null) throw new Error('there is no page to measure')
  return { heights, bodyHeight: body.getBoundingClientRect().height }
}

window.openChairHandout = { show }
