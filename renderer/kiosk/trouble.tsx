import { InfoIcon } from '@phosphor-icons/react/dist/csr/Info'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { ChairRing } from '../ui/chair-ring.tsx'
import { Icon } from '../ui/icon.tsx'

/** One part does not answer: says so, and what still works (design.md section 9). */
export function Trouble({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="trouble" role="status">
      <p className="trouble-title">
        <Icon of={InfoIcon} />
        {t('kiosk.trouble.failed')}
      </p>
      <p>{t('kiosk.trouble.failedHint')}</p>
      <Button onPress={onRetry}>{t('common.tryAgain')}</Button>
    </div>
  )
}

export function Slow() {
  const { t } = useTranslation()
  return (
    <p className="slow" role="status">
      {t('kiosk.trouble.slow')}
    </p>
  )
}

/**
 * Main does not answer at all, or the records cannot be opened: the numbers that help still stand here. In both
 * languages, as none is chosen.
 */
export function StartTrouble({ why }: { why: 'start' | 'resting' }) {
  const { i18n } = useTranslation()
  return (
    <main className="start-trouble">
      <ChairRing />
      {(['en', 'es'] as const).map((lng) => (
        <section key={lng} lang={lng}>
          <h1>{i18n.t(`kiosk.trouble.${why}`, { lng })}</h1>
          <p>{i18n.t('kiosk.trouble.startHint', { lng })}</p>
        </section>
      ))}
    </main>
  )
}
