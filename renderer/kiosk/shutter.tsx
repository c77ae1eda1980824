import { XIcon } from '@phosphor-icons/react/dist/csr/X'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { ChairRing } from '../ui/chair-ring.tsx'
import { Icon } from '../ui/icon.tsx'
import { useKiosk } from './kiosk.ts'

/** The privacy shutter: nothing of the visit is on the glass while it asks (PRV-07, A11Y-20). */
export function Shutter({ leftMs, onGoOn }: { leftMs: number; onGoOn: () => void }) {
  const { t } = useTranslation()
  const { leave } = useKiosk()
  const ground = useRef<HTMLButtonElement>(null)
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))

  // The keys of a keypad must reach it at once.
  useEffect(() => ground.current?.focus(), [])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A button that has the focus answers for itself.
      if (event.target instanceof HTMLButtonElement && ['Enter', ' ', 'Tab'].includes(event.key)) return
      event.preventDefault()
      onGoOn()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onGoOn])

  return (
    <div
      className="shutter"
      role="alertdialog"
      aria-labelledby="shutter-title"
      aria-describedby="shutter-text"
    >
      <Button className="shutter-ground" onPress={onGoOn} ref={ground}>
        <ChairRing />
        <span className="shutter-title" id="shutter-title">
          {t('kiosk.idle.title')}
        </span>
        <span id="shutter-text">{t('kiosk.idle.text')}</span>
        <span className="shutter-count">
          {seconds >= 60
            ? t('kiosk.idle.minutes', { count: Math.ceil(seconds / 60) })
            : t('kiosk.idle.seconds', { count: seconds })}
        </span>
        <span className="shutter-go">{t('kiosk.idle.goOn')}</span>
      </Button>
      <Button look="large" className="shutter-leave" onPress={leave}>
        <Icon of={XIcon} />
        {t('kiosk.bar.leave')}
      </Button>
    </div>
  )
}
