import { useEffect } from 'react'

/** The first list that a visitor could read, for measuring starts: `performance.getEntriesByName(...)`. */
export function usePaintedMark(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return
    // The frame after the one that holds it: then it is on the glass.
    const frame = requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        performance.mark('open-chair.today-painted')
      })
    })
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [isShown])
}
