import { useEffect, useRef, type RefObject } from 'react'

/**
 * The heading of a page that takes the place of another: it takes the focus, so that keys and a screen reader
 * go on from there. Whoever moves along the navigation stays in it.
 */
export function useTitleFocus(): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement?.closest('nav') === null) title.current?.focus()
  }, [])
  return title
}

/** Puts the focus back on what opened a page, once its place is shown again. */
export function useReturnFocus(id: string | null): void {
  useEffect(() => {
    if (id !== null && document.activeElement?.closest('nav') === null) document.getElementById(id)?.focus()
  }, [id])
}
