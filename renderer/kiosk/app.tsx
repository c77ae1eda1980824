import type { i18n as I18n } from 'i18next'
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { OccurrenceRow } from '../../electron/contract/models.ts'
import { moveFocus } from '../ui/arrow-focus.ts'
import { createFormats, localDateAt } from '../ui/format.ts'
import { markRoot } from '../ui/i18n.ts'
import { useClock } from '../ui/use-clock.ts'
import { useIdle } from '../ui/use-idle.ts'
import { scrollsWhole, useSizes } from '../ui/use-sizes.ts'
import type { Machine } from './boot.tsx'
import { Hands } from './hands.tsx'
import { KioskContext, type Kiosk, type KioskClient } from './kiosk.ts'
import { CurrentScreen } from './screens/current-screen.tsx'
import { Shutter } from './shutter.tsx'
import { TopBar } from './top-bar.tsx'
import { isUntouched, newVisit, reduceVisit, type VisitAction } from './visit.ts'

const frameOf = {
  portrait: 'portrait',
  slim: 'portrait',
  wide: 'wide',
  compact: 'compact',
  tiny: 'compact',
} as const

/** A touch meant for the last screen must not hit the next one (A11Y-11). */
const settleMs = 300

type AppProps = {
  readonly client: KioskClient
  readonly machine: Machine
  readonly i18n: I18n
  readonly onMinute: () => void
  /** Puts a new `App` in the place of this one: nothing of the visit is left in memory. */
  readonly onLeave: () => void
}

export function App({ client, machine, i18n, onMinute, onLeave }: AppProps) {
  const { state, clock } = machine
  const [visit, act] = useReducer(reduceVisit, state.defaultLocale, (locale) => newVisit(locale))
  const [places] = useState(() => new Map<string, number>())
  const nowMs = useClock(clock, onMinute)
  const dispatch = useCallback(
    (action: VisitAction) => {
      if (beginsAnew(action)) places.clear()
      act(action)
    },
    [places],
  )
  const layout = useSizes(state.pixelsPerInch, visit.size)
  const untouched = isUntouched(visit, state.defaultLocale)

  const leave = useCallback(() => {
    onLeave()
    window.getSelection()?.removeAllRanges()
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    void client.call('visits.end', {})
  }, [client, onLeave])

  // Large mode doubles all times (A11Y-20).
  const factor = visit.size === 'large' ? 2 : 1
  const idle = useIdle(
    { warningMs: state.idleWarningMs * factor, shutterMs: state.idleShutterMs * factor },
    false,
    leave,
  )
  const shut = idle.stage === 'shutter' && !untouched

  useEffect(() => {
    // Nobody has begun anything: only the list goes back to its top.
    if (idle.stage === 'shutter' && untouched) {
      dispatch({ do: 'reset', locale: state.defaultLocale })
      idle.goOn()
    }
  }, [idle, untouched, state.defaultLocale, dispatch])

  useLayoutEffect(() => {
    if (i18n.language !== visit.locale) void i18n.changeLanguage(visit.locale)
    markRoot(document.documentElement, i18n, visit.locale)
    document.title = i18n.t('kiosk.attract.title')
  }, [i18n, visit.locale])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || shut) return
      const inField = event.target instanceof HTMLInputElement
      if (
        ['Escape', 'BrowserBack', 'GoBack'].includes(event.key) ||
        (event.key === 'Backspace' && !inField)
      ) {
        dispatch({ do: 'back' })
      } else if (event.key === 'BrowserHome' || (event.key === 'Home' && !inField)) {
        dispatch({ do: 'home' })
      } else if (!moveFocus(event, document.body)) {
        return
      }
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [shut, dispatch])

  const formats = useMemo(
    () => createFormats(visit.locale, state.zone, state.distanceUnit),
    [visit.locale, state.zone, state.distanceUnit],
  )
  const kiosk: Kiosk = {
    client,
    state,
    clock,
    nowMs,
    today: localDateAt(nowMs, state.zone),
    formats,
    layout,
    visit,
    dispatch,
    places,
    leave,
    beginSignIn: (row: OccurrenceRow) =>
      dispatch({ do: 'begin_sign_in', row, requestId: crypto.randomUUID() }),
  }

  return (
    <KioskContext value={kiosk}>
      {/* Hidden, not only covered: what was typed is gone from the glass at once (PRV-07). */}
      <div
        className="frame"
        data-layout={frameOf[layout]}
        data-tiny={scrollsWhole(layout) || undefined}
        hidden={shut}
      >
        <TopBar />
        <Stage place={placeOf(visit.screen)}>
          <CurrentScreen />
        </Stage>
        <Hands />
      </div>
      {shut ? <Shutter leftMs={idle.leftMs} onGoOn={idle.goOn} /> : null}
    </KioskContext>
  )
}

/** A door and other choices lead to the beginning of a list; the way back leads to where one was. */
function beginsAnew(action: VisitAction): boolean {
  if (action.do === 'show') return action.screen.name === 'today' || action.screen.name === 'search'
  return ['home', 'reset', 'choose', 'show_all'].includes(action.do)
}

function placeOf(screen: Kiosk['visit']['screen']): string {
  return screen.name === 'sign_in' ? `${screen.name} ${screen.step}` : screen.name
}

/** Puts the focus at the start of a new screen, for readers and keypads, and lets it settle. */
function Stage({ place, children }: { place: string; children: React.ReactNode }) {
  const stage = useRef<HTMLElement>(null)
  const shown = useRef(place)
  useLayoutEffect(() => {
    const element = stage.current
    if (element === null || shown.current === place) return
    shown.current = place
    const first = element.querySelector<HTMLElement>('input') ?? element.querySelector<HTMLElement>('h1')
    first?.focus({ preventScroll: true })
    element.dataset['resting'] = ''
    const timer = setTimeout(() => delete element.dataset['resting'], settleMs)
    return () => {
      clearTimeout(timer)
      delete element.dataset['resting']
    }
  }, [place])
  return (
    <main className="stage" ref={stage}>
      {children}
    </main>
  )
}
