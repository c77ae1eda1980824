export type Box = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
export type Direction = 'up' | 'down' | 'left' | 'right'

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** The nearest box that lies in a direction: straight ahead counts more than aside. Null at the edge. */
export function nearestInDirection(from: Box, boxes: readonly Box[], direction: Direction): number | null {
  let best: number | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (const [index, box] of boxes.entries()) {
    const ahead = aheadOf(from, box, direction)
    if (ahead < 0) continue
    const cost = ahead + 3 * asideOf(from, box, direction)
    if (cost < bestCost) {
      best = index
      bestCost = cost
    }
  }
  return best
}

/** Distance to the near edge along the direction; negative when it lies elsewhere. */
function aheadOf(from: Box, box: Box, direction: Direction): number {
  const slack = 2
  if (direction === 'down') return box.top >= from.bottom - slack ? Math.max(0, box.top - from.bottom) : -1
  if (direction === 'up') return box.bottom <= from.top + slack ? Math.max(0, from.top - box.bottom) : -1
  if (direction === 'right') return box.left >= from.right - slack ? Math.max(0, box.left - from.right) : -1
  return box.right <= from.left + slack ? Math.max(0, from.left - box.right) : -1
}

/** How far the boxes miss each other across the direction; 0 when they overlap. */
function asideOf(from: Box, box: Box, direction: Direction): number {
  return direction === 'up' || direction === 'down'
    ? Math.max(0, box.left - from.right, from.left - box.right)
    : Math.max(0, box.top - from.bottom, from.top - box.bottom)
}

const focusable = 'button:not(:disabled), input, [tabindex="0"]'

/** Moves the focus by the arrows of a plain keypad (A11Y-13). True when the key was one and is used up. */
export function moveFocus(event: KeyboardEvent, root: HTMLElement): boolean {
  const direction = directions[event.key]
  if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return false
  const from = document.activeElement
  const inField = from instanceof HTMLInputElement
  if (inField && (direction === 'left' || direction === 'right')) return false
  const targets = [...root.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => element !== from && element.offsetParent !== null,
  )
  const start =
    from instanceof HTMLElement && from !== document.body && root.contains(from)
      ? from.getBoundingClientRect()
      : { left: 0, right: window.innerWidth, top: -1, bottom: -1 }
  const found = nearestInDirection(
    start,
    targets.map((element) => element.getBoundingClientRect()),
    direction,
  )
  const target = found === null ? undefined : targets[found]
  target?.focus({ focusVisible: true } as FocusOptions)
  return target !== undefined
}
