import { useTranslation } from 'react-i18next'
import type { CenterSettings, DeskState } from '../../../electron/contract/desk-calls.ts'
import { Button } from '../../ui/button.tsx'
import { languageNames } from '../../ui/i18n.ts'
import { Notice } from '../controls.tsx'
import type { DeskWords } from '../words.ts'

type HouseScreenProps = {
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly words: DeskWords
  readonly saysSaved: boolean
  readonly onEdit: () => void
}

/** What the kiosk knows of the center and of its own machine. */
export function HouseScreen({ desk, center, words, saysSaved, onEdit }: HouseScreenProps) {
  const { t } = useTranslation()
  return (
    <div className="page">
      <h1>{t('desk.nav.center')}</h1>
      {saysSaved ? <Notice tone="done">{t('desk.center.saved')}</Notice> : null}
      <div className="house">
        <section className="card facts" aria-labelledby="facts-center">
          <h2 id="facts-center">{center.name}</h2>
          <p>{[center.street, center.postalCode].filter((part) => part !== '').join(', ')}</p>
          <dl>
            <dt>{t('desk.center.zone')}</dt>
            <dd>{center.zone.replaceAll('_', ' ')}</dd>
            <dt>{t('desk.center.radius')}</dt>
            <dd>{words.radius(center.radiusMeters, center.distanceUnit)}</dd>
            <dt>{t('desk.center.locales')}</dt>
            <dd>{center.locales.map((each) => languageNames[each]).join(', ')}</dd>
            <dt>{t('desk.center.paper.label')}</dt>
            <dd>{t(`desk.center.paper.${center.paper}`)}</dd>
          </dl>
          <Button onPress={onEdit}>{t('desk.center.edit')}</Button>
        </section>
        <section className="card facts" aria-labelledby="facts-machine">
          <h2 id="facts-machine">{t('desk.machine.title')}</h2>
          <dl>
            <dt>{t('desk.machine.vault.label')}</dt>
            <dd>{t(`desk.machine.vault.${desk.vault}`)}</dd>
            <dt>{t('desk.machine.printer')}</dt>
            <dd>{desk.printers.length === 0 ? t('desk.machine.noPrinter') : desk.printers.join(', ')}</dd>
          </dl>
        </section>
      </div>
    </div>
  )
}
