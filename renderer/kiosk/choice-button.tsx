import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

type ChoiceButtonProps = {
  readonly chosen: boolean
  /** One of several, not any of them. */
  readonly single?: boolean
  /** It would lead to nothing. */
  readonly disabled?: boolean
  readonly label?: string
  readonly onPress: () => void
  readonly children: ReactNode
}

/** A large toggle with a box to check: never by color alone (A11Y-06). */
export function ChoiceButton(props: ChoiceButtonProps) {
  const { chosen, single = false, disabled = false, label, onPress, children } = props
  const state = single ? ({ role: 'radio', 'aria-checked': chosen } as const) : { 'aria-pressed': chosen }
  return (
    <Button
      look="large"
      className="choice"
      aria-label={label}
      aria-disabled={disabled || undefined}
      {...state}
      onPress={onPress}
    >
      <span className="choice-box">{chosen ? <Icon of={CheckIcon} /> : null}</span>
      {children}
    </Button>
  )
}
