import type { Icon as PhosphorIcon } from '@phosphor-icons/react'

/** An icon beside words: never read aloud, one weight everywhere (A11Y-45). */
export function Icon({ of: Shape, mirrored = false }: { of: PhosphorIcon; mirrored?: boolean }) {
  return (
    <Shape className="icon" weight="bold" size="1.2em" aria-hidden focusable={false} mirrored={mirrored} />
  )
}
