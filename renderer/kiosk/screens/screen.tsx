import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useKiosk } from '../kiosk.ts'
import { Scroller } from '../scroller.tsx'

type ScreenProps = {
  readonly name: string
  readonly title: ReactNode
  /** Above the title: a step or a kind. */
  readonly lead?: ReactNode
  /** Stays in sight below what scrolls: the primary action beside Back. */
  readonly action?: ReactNode
  readonly back?: boolean
  readonly children: ReactNode
}

/** One question or one thing per screen: title, content, and a foot with Back and the one primary action. */
export function Screen({ name, title, lead, action, back = true, children }: ScreenProps) {
  const { t } = useTranslation()
  const { dispatch, visit } = useKiosk()
  return (
    <div className={`screen screen-${name}`}>
      <Scroller top={`${name} ${visit.number}`} className="screen-body">
        {lead === undefined ? null : <div className="screen-lead">{lead}</div>}
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </Scroller>
      <div className="screen-foot">
        {back ? (
          <Button look="large" onPress={() => dispatch({ do: 'back' })}>
            <Icon of={ArrowLeftIcon} mirrored={document.documentElement.dir === 'rtl'} />
            {t('common.back')}
          </Button>
        ) : null}
        {action}
      </div>
    </div>
  )
}
