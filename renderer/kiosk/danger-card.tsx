import { HandHeartIcon } from '@phosphor-icons/react/dist/csr/HandHeart'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { helpLines } from './help-lines.ts'
import { useKiosk } from './kiosk.ts'

const numberOf = (id: (typeof helpLines)[number]['id']) =>
  helpLines.find((line) => line.id === id)?.number ?? ''

/** Help before any list, when typed words speak of danger (PRV-13). Part of the page: it waits for nothing. */
export function DangerCard() {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  return (
    <section className="danger" role="alert">
      <div>
        <p className="danger-title">{t('kiosk.danger.title')}</p>
        <p>{t('kiosk.danger.text', { crisis: numberOf('988'), emergency: numberOf('911') })}</p>
      </div>
      <Button look="help" onPress={() => dispatch({ do: 'show', screen: { name: 'help' } })}>
        <Icon of={HandHeartIcon} />
        {t('kiosk.bar.help')}
      </Button>
    </section>
  )
}
