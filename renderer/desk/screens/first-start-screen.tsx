import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../controls.tsx'
import type { DeskClient, SaidCode } from '../desk-client.ts'

type FirstStartProps = {
  readonly client: DeskClient
  readonly onCenter: () => void
  readonly onDone: () => void
}

/** Two ways to begin (design ruling "First start"): the demonstration, or the center itself. */
export function FirstStartScreen({ client, onCenter, onDone }: FirstStartProps) {
  const { t } = useTranslation()
  const [isStarting, setStarting] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)

  async function tryDemonstration() {
    if (isStarting) return
    setStarting(true)
    setCode(null)
    const reply = await client.call('setup.tryDemonstration', {})
    setStarting(false)
    // Another window was faster: what it set up is shown.
    if (reply.ok || reply.code === 'already_set_up') onDone()
    else setCode(reply.code)
  }

  return (
    <div className="first">
      <div className="first-words">
        <h1>{t('desk.first.title')}</h1>
        <p>{t('desk.first.lead')}</p>
      </div>
      <section className="card first-way" aria-labelledby="first-center">
        <h2 id="first-center">{t('desk.first.center.title')}</h2>
        <p>{t('desk.first.center.text')}</p>
        <p className="quiet">{t('desk.first.center.later')}</p>
        <Button look="primary" aria-disabled={isStarting} onPress={onCenter}>
          {t('desk.first.center.button')}
        </Button>
      </section>
      <section className="card first-way" aria-labelledby="first-demonstration">
        <h2 id="first-demonstration">{t('desk.first.demonstration.title')}</h2>
        <p>{t('desk.first.demonstration.text')}</p>
        <p className="quiet">{t('desk.first.demonstration.later')}</p>
        <Button look="large" aria-disabled={isStarting} onPress={() => void tryDemonstration()}>
          {isStarting ? t('desk.first.starting') : t('desk.first.demonstration.button')}
        </Button>
        {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
      </section>
    </div>
  )
}
