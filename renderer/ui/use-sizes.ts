import { useEffect, useState } from 'react'

export type TextSize = 'standard' | 'large'
/** Upright (slim: with little room); lying with room for three columns; lying and small (tiny: very). */
export type Layout = 'portrait' | 'slim' | 'wide' | 'compact' | 'tiny'

/** Where so little fits that the home screen scrolls as a whole. */
export const scrollsWhole = (layout: Layout): boolean => layout === 'slim' || layout === 'tiny'

const millimetersPerInch = 25.4

/** Sets the size of a millimeter and the text size on the root, by CSSOM only (A11Y-01, A11Y-03). */
export function useSizes(pixelsPerInch: number, size: TextSize): Layout {
  const [layout, setLayout] = useState<Layout>(() => layoutNow())
  useEffect(() => {
    const root = document.documentElement
    root.style.setProperty('--mm', `${pixelsPerInch / millimetersPerInch}px`)
    root.dataset['size'] = size
    const arrange = () => setLayout(layoutNow())
    arrange()
    window.addEventListener('resize', arrange)
    return () => window.removeEventListener('resize', arrange)
  }, [pixelsPerInch, size])
  return layout
}

function layoutNow(): Layout {
  const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return layoutFor(window.innerWidth / text, window.innerHeight / text)
}

/** Chosen by how much text fits (in units of the smallest text), not by pixels: ppi and text size count. */
export function layoutFor(width: number, height: number): Layout {
  if (height > width) return height < 42 ? 'slim' : 'portrait'
  if (width >= 60 && height >= 34) return 'wide'
  return height < 22 ? 'tiny' : 'compact'
}
