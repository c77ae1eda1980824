import { GlobeIcon } from '@phosphor-icons/react/dist/csr/Globe'
import { TextAaIcon } from '@phosphor-icons/react/dist/csr/TextAa'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { formatTags, languageNames } from '../ui/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Tag } from '../ui/tag.tsx'
import { useKiosk } from './kiosk.ts'

/** Name of the center, languages by their own names, text size: the same on every screen. */
export function TopBar() {
  const { t } = useTranslation()
  const { state, visit, layout, formats, nowMs, today, dispatch } = useKiosk()
  const otherSize = visit.size === 'large' ? 'standard' : 'large'
  return (
    <header className="top">
      <div className="top-names">
        <p className="center-name">
          <bdi>{state.centerName}</bdi>
        </p>
        {state.setup === 'demonstration' ? <Tag tone="sun">{t('kiosk.banner.demonstration')}</Tag> : null}
        {state.testMachine && state.setup !== 'demonstration' ? (
          <Tag tone="plain">{t('kiosk.banner.test')}</Tag>
        ) : null}
        {layout === 'compact' || layout === 'tiny' ? (
          <p className="top-clock">
            {layout === 'tiny' ? null : <span>{formats.shortDate(today)}</span>}
            <strong>{formats.time(nowMs)}</strong>
          </p>
        ) : null}
      </div>
      <div className="top-choices" role="group" aria-label={t('kiosk.bar.settings')}>
        {state.locales
          .filter((locale) => locale !== visit.locale)
          .map((locale) => (
            <Button
              key={locale}
              lang={formatTags[locale]}
              onPress={() => dispatch({ do: 'set_locale', locale })}
            >
              <Icon of={GlobeIcon} />
              {languageNames[locale]}
            </Button>
          ))}
        <Button onPress={() => dispatch({ do: 'set_size', size: otherSize })}>
          <Icon of={TextAaIcon} />
          {t(`kiosk.bar.size.${otherSize}`)}
        </Button>
      </div>
    </header>
  )
}
