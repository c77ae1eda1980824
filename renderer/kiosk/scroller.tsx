import { ArrowDownIcon } from '@phosphor-icons/react/dist/csr/ArrowDown'
import { ArrowUpIcon } from '@phosphor-icons/react/dist/csr/ArrowUp'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useKiosk } from './kiosk.ts'

type Reach = { readonly up: boolean; readonly down: boolean }

/**
 * What is longer than its place scrolls by two buttons of full size; nothing needs a swipe (A11Y-10). With
 * `top` changing it goes back to its start.
 */
export function Scroller({
  top,
  keepsPlace = false,
  children,
  className,
}: {
  top: string
  /** A list that one comes back to. */
  keepsPlace?: boolean
  children: ReactNode
  className?: string
}) {
  const { t } = useTranslation()
  const { places } = useKiosk()
  const view = useRef<HTMLDivElement>(null)
  // Who comes back from a meeting finds the list where it was left, as soon as its rows are there again.
  const wanted = useRef(keepsPlace ? (places.get(top) ?? 0) : 0)
  const shown = useRef(top)
  const [reach, setReach] = useState<Reach>({ up: false, down: false })

  const measure = useCallback(() => {
    const element = view.current
    if (element === null) return
    if (wanted.current > 0) {
      element.scrollTop = wanted.current
      if (element.scrollTop >= wanted.current - 1) wanted.current = 0
    }
    const up = element.scrollTop > 1
    const down = element.scrollTop + element.clientHeight < element.scrollHeight - 2
    setReach((last) => (last.up === up && last.down === down ? last : { up, down }))
  }, [])

  useEffect(() => {
    const element = view.current
    if (element === null) return
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    if (element.firstElementChild !== null) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [measure])

  useEffect(() => {
    if (shown.current !== top) {
      shown.current = top
      wanted.current = 0
      if (view.current !== null) view.current.scrollTop = 0
    }
    measure()
  }, [top, measure])

  function scrolled() {
    if (keepsPlace && wanted.current === 0 && view.current !== null) places.set(top, view.current.scrollTop)
    measure()
  }

  function move(direction: 1 | -1) {
    const element = view.current
    if (element === null) return
    wanted.current = 0
    // A little of the last view stays, so that one does not lose the place.
    element.scrollTop += direction * element.clientHeight * 0.85
    measure()
  }

  return (
    <div className={className === undefined ? 'scroller' : `scroller ${className}`}>
      {/* What scrolls can have the focus, so that a keyboard's own keys move it too. */}
      <div
        className="scroller-view"
        ref={view}
        onScroll={scrolled}
        tabIndex={reach.up || reach.down ? 0 : undefined}
      >
        <div className="scroller-content">{children}</div>
      </div>
      {reach.up || reach.down ? (
        <div className="scroller-buttons">
          <Button aria-disabled={!reach.up} aria-label={t('kiosk.today.scrollUp')} onPress={() => move(-1)}>
            <Icon of={ArrowUpIcon} />
            <span aria-hidden>{t('kiosk.today.up')}</span>
          </Button>
          <Button
            aria-disabled={!reach.down}
            aria-label={t('kiosk.today.scrollDown')}
            onPress={() => move(1)}
          >
            <Icon of={ArrowDownIcon} />
            <span aria-hidden>{t('kiosk.today.down')}</span>
          </Button>
        </div>
      ) : null}
    </div>
  )
}
