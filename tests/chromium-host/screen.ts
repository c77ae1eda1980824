import { HostEmitter } from './emitter.ts'
import { strict } from './strict.ts'

type Rectangle = { x: number; y: number; width: number; height: number }

/** `OPEN_CHAIR_HOST_SCREENS`: `1080x1920` or several, separated by commas, side by side. */
function sizes(): [number, number][] {
  const text = process.env['OPEN_CHAIR_HOST_SCREENS'] ?? '1080x1920'
  return text.split(',').map((one) => {
    const [width, height] = one.split('x').map(Number)
    if (!width || !height) throw new Error(`OPEN_CHAIR_HOST_SCREENS is not understood: ${one}`)
    return [width, height]
  })
}

function createDisplays(): { id: number; bounds: Rectangle }[] {
  let x = 0
  return sizes().map(([width, height], index) => {
    const bounds = { x, y: 0, width, height }
    x += width
    return strict('Display', {
      id: index + 1,
      label: `Display ${index + 1}`,
      bounds,
      workArea: bounds,
      size: { width, height },
      workAreaSize: { width, height },
      scaleFactor: 1,
      rotation: 0,
      internal: false,
      touchSupport: process.env['OPEN_CHAIR_HOST_TOUCH'] === '1' ? 'available' : 'unknown',
    })
  })
}

const displays = createDisplays()

export function display(): { id: number; bounds: Rectangle } {
  return displays[0]!
}

class Screen extends HostEmitter {
  constructor() {
    super('screen', [], ['display-added', 'display-removed', 'display-metrics-changed'])
  }

  getPrimaryDisplay(): object {
    return display()
  }

  getAllDisplays(): object[] {
    return [...displays]
  }

  getDisplayMatching(area: Rectangle): object {
    const middle = area.x + area.width / 2
    return displays.find(({ bounds }) => middle >= bounds.x && middle < bounds.x + bounds.width) ?? display()
  }

  getDisplayNearestPoint({ x, y }: { x: number; y: number }): object {
    return this.getDisplayMatching({ x, y, width: 0, height: 0 })
  }

  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 }
  }
}

export const screen = strict('screen', new Screen())
