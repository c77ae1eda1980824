import {
  countPrinted,
  fullShare,
  leastShare,
  limitHandout,
  onlineShare,
} from '../../electron/domain/handout-limit.ts'
import type { HandoutDocument, HandoutShown } from '../../electron/contract/handout-document.ts'
import { continuationOf, heightKey, unitsOf, type Block, type Unit } from './blocks.ts'

export type SheetPage = readonly Block[]
export type Plan = { readonly pages: readonly SheetPage[]; readonly shown: HandoutShown }

/** Heights in CSS pixels by `heightKey`, as measured on the page itself. */
export type Heights = ReadonlyMap<string, number>

/**
 * As many listings as fit into the document's page limit: the highest share whose pages are few enough, then
 * online meetings into what room the last page still has.
 */
export function planPages(document: HandoutDocument, heights: Heights, bodyHeight: number): Plan {
  const planOf = (share: number, online: number) =>
    plan(limitHandout(document, share, online), heights, bodyHeight)
  const fits = (candidate: Plan) => candidate.pages.length <= document.pageLimit
  const whole = planOf(fullShare(document), document.online.length)
  if (fits(whole)) return whole

  const share = lastThat((n) => fits(planOf(n, onlineShare(n))), leastShare, fullShare(document))
  const online = lastThat((n) => fits(planOf(share, n)), onlineShare(share), document.online.length)
  // With less than the least share a day would be empty; then the sheet is rather a page too long.
  return planOf(share, online)
}

/** The last number from `low` up to `high` that holds; `low` itself is taken as holding. */
function lastThat(holds: (n: number) => boolean, low: number, high: number): number {
  let [least, most] = [low, Math.max(low, high) + 1]
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (holds(middle)) least = middle
    else most = middle
  }
  return least
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
