import type { Icon as PhosphorIcon } from '@phosphor-icons/react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Tone = 'plain' | 'pine' | 'plum' | 'sun' | 'sky' | 'clay' | 'now'

/** A word with an icon and a color, in that order of weight. */
export function Tag({ icon, tone, children }: { icon?: PhosphorIcon; tone: Tone; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {icon === undefined ? null : <Icon of={icon} />}
      <span>{children}</span>
    </span>
  )
}
