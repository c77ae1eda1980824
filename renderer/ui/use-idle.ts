import { useCallback, useEffect, useRef, useState } from 'react'

export type Idle = {
  readonly stage: 'active' | 'shutter'
  /** Milliseconds until the end, in the shutter; counted once a second. */
  readonly leftMs: number
  readonly goOn: () => void
}

type IdleTimes = { readonly warningMs: number; readonly shutterMs: number }

/**
 * Nobody touched anything for `warningMs`: the shutter; then `shutterMs` more: `onEnd`. Any touch or key
 * starts anew, as often as one likes (A11Y-20). `paused` holds it open, while nothing is there to clear.
 */
export function useIdle({ warningMs, shutterMs }: IdleTimes, paused: boolean, onEnd: () => void): Idle {
  const [stage, setStage] = useState<Idle['stage']>('active')
  const [leftMs, setLeftMs] = useState(shutterMs)
  const lastTouchAt = useRef(performance.now())
  const end = useRef(onEnd)
  end.current = onEnd

  const goOn = useCallback(() => {
    lastTouchAt.current = performance.now()
    setStage('active')
  }, [])

  useEffect(() => {
    if (paused || stage === 'shutter') return
    const touched = () => {
      lastTouchAt.current = performance.now()
    }
    const names = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const name of names) window.addEventListener(name, touched, { capture: true, passive: true })
    touched()
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      const left = lastTouchAt.current + warningMs - performance.now()
      if (left <= 0) {
        setLeftMs(shutterMs)
        setStage('shutter')
      } else {
        timer = setTimeout(look, left)
      }
    }
    timer = setTimeout(look, warningMs)
    return () => {
      clearTimeout(timer)
      for (const name of names) window.removeEventListener(name, touched, { capture: true })
    }
  }, [paused, stage, warningMs, shutterMs])

  useEffect(() => {
    if (stage !== 'shutter') return
    const endsAt = performance.now() + shutterMs
    const timer = setInterval(() => {
      const left = endsAt - performance.now()
      if (left <= 0) {
        clearInterval(timer)
        setStage('active')
        end.current()
      } else {
        setLeftMs(left)
      }
    }, 250)
    return () => clearInterval(timer)
  }, [stage, shutterMs])

  return { stage, leftMs, goOn }
}
