import { countPrinted, fullShare, leastShare, limitHandout } from '../../electron/domain/handout-limit.ts'
import type { HandoutDocument, HandoutShown } from '../../electron/contract/handout-document.ts'
import { continuationOf, heightKey, unitsOf, type Block, type Unit } from './blocks.ts'

export type SheetPage = readonly Block[]
export type Plan = { readonly pages: readonly SheetPage[]; readonly shown: HandoutShown }

/** Heights in CSS pixels by `heightKey`, as measured on the page itself. */
export type Heights = ReadonlyMap<string, number>

/** As many listings as fit into the document's page limit: the highest share whose pages are few enough. */
export function planPages(document: HandoutDocument, heights: Heights, bodyHeight: number): Plan {
  const planOf = (share: number) => plan(limitHandout(document, share), heights, bodyHeight)
  let low = leastShare
  let high = fullShare(document)
  let best = planOf(high)
  if (best.pages.length <= document.pageLimit) return best
  // With less than the least share a day would be empty; then the sheet is rather a page too long.
  best = planOf(low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const tried = planOf(middle)
    if (tried.pages.length <= document.pageLimit) {
      low = middle
      best = tried
    } else {
      high = middle
    }
  }
  return best
}

function plan(document: HandoutDocument, heights: Heights, bodyHeight: number): Plan {
  const counts = countPrinted(document)
  const pages = packPages(unitsOf(document, counts.meetings + counts.clubs), heights, bodyHeight)
  return { pages, shown: { pages: pages.length, ...counts, leftOut: document.leftOut } }
}

/** Fills pages from the top. A unit never spans two; after a break its heading is repeated. */
export function packPages(
  units: readonly Unit[],
  heights: Heights,
  bodyHeight: number,
): readonly SheetPage[] {
  const pages: Block[][] = []
  let used = Infinity
  for (const unit of units) {
    if (used + heightOf(unit, heights) <= bodyHeight) {
      pages.at(-1)!.push(...unit)
      used += heightOf(unit, heights)
      continue
    }
    const opening = pages.length === 0 ? unit : openPage(unit)
    pages.push([...opening])
    used = heightOf(opening, heights)
  }
  return pages
}

function openPage([first, ...rest]: Unit): Unit {
  if (first === undefined) return []
  const repeated = continuationOf(first)
  if (repeated !== null) return [repeated, first, ...rest]
  return first.kind === 'day' ? [{ ...first, labelled: true }, ...rest] : [first, ...rest]
}

function heightOf(unit: Unit, heights: Heights): number {
  return unit.reduce((sum, block) => sum + (heights.get(heightKey(block)) ?? 0), 0)
}
