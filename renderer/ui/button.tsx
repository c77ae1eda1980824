import { useRef, type ComponentProps, type MouseEvent, type PointerEvent } from 'react'

/** Touches of one place within this time count once (A11Y-11). */
const restMs = 300
/** A browser makes no click of a touch that rests longer than this; up to `restingTouchMs` we make one. */
const longTouchMs = 400
const restingTouchMs = 2_500

export type ButtonLook = 'plain' | 'primary' | 'help' | 'large' | 'quiet'

type ButtonProps = Omit<ComponentProps<'button'>, 'onClick' | 'type'> & {
  readonly look?: ButtonLook
  readonly onPress: () => void
}

/**
 * Acts on lift, not when the finger slides off, once within 300 ms, and also when a finger rests on it
 * (A11Y-11). While it rests it does not take touches, so a shaking hand cannot press twice.
 */
export function Button({ look = 'plain', onPress, className, children, ...rest }: ButtonProps) {
  const press = usePress(onPress)
  return (
    <button
      {...rest}
      {...press}
      type="button"
      className={className === undefined ? 'button' : `button ${className}`}
      data-look={look}
    >
      {children}
    </button>
  )
}

/** The press behaviour alone, for controls that look otherwise (rows, keys). */
export function usePress(onPress: () => void) {
  const lastAt = useRef(Number.NEGATIVE_INFINITY)
  const downAt = useRef<number | null>(null)

  function act(element: HTMLElement, atMs: number, byPointer: boolean) {
    if (atMs - lastAt.current < restMs || element.getAttribute('aria-disabled') === 'true') return
    lastAt.current = atMs
    if (byPointer) {
      element.dataset['resting'] = ''
      setTimeout(() => delete element.dataset['resting'], restMs)
    }
    onPress()
  }

  return {
    onClick: (event: MouseEvent<HTMLElement>) => {
      downAt.current = null
      act(event.currentTarget, event.timeStamp, event.detail > 0)
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      downAt.current = event.isPrimary ? event.timeStamp : null
    },
    onPointerCancel: () => {
      downAt.current = null
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const element = event.currentTarget
      const startedAt = downAt.current
      if (event.pointerType !== 'touch' || startedAt === null) return
      const held = event.timeStamp - startedAt
      if (held < longTouchMs || held > restingTouchMs || !holds(element, event)) return
      // A click that the browser makes after all comes first and clears `downAt`.
      const atMs = event.timeStamp
      setTimeout(() => {
        if (downAt.current === null || !element.isConnected) return
        downAt.current = null
        act(element, atMs, true)
      }, 60)
    },
  }
}

function holds(element: HTMLElement, point: { readonly clientX: number; readonly clientY: number }): boolean {
  const box = element.getBoundingClientRect()
  return (
    point.clientX >= box.left &&
    point.clientX <= box.right &&
    point.clientY >= box.top &&
    point.clientY <= box.bottom
  )
}
