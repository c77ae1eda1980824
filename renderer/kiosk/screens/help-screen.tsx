import { useTranslation } from 'react-i18next'
import { helpLines } from '../help-lines.ts'
import { Screen } from './screen.tsx'

/** Who to talk to now. It stands in the page itself, so it is there without network and without main. */
export function HelpScreen() {
  const { t } = useTranslation()
  return (
    <Screen name="help" title={t('kiosk.help.title')}>
      <p className="big-text">{t('kiosk.help.intro')}</p>
      <ul className="help-lines">
        <li className="help-line" data-desk>
          <p className="help-number">{t('kiosk.help.desk')}</p>
          <p>{t('kiosk.help.deskText')}</p>
        </li>
        {helpLines.map(({ id, number, text }) => (
          <li className="help-line" key={id}>
            <h2>{t(`kiosk.help.${id}.name`)}</h2>
            <p className="help-number">{t('kiosk.help.call', { number })}</p>
            {text === null ? null : (
              <p className="help-text">{t('kiosk.help.textCrisis', { number: text })}</p>
            )}
            <p>{t(`kiosk.help.${id}.text`)}</p>
          </li>
        ))}
      </ul>
    </Screen>
  )
}
