import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import type { LocaleId, StorageState } from '../../electron/contract/models.ts'
import { ChairRing } from '../ui/chair-ring.tsx'
import { Button } from '../ui/button.tsx'
import { languageNames, markRoot } from '../ui/i18n.ts'
import { useCall } from '../ui/use-call.ts'
import type { CenterDraft } from './center-draft.ts'
import { draftOf } from './center-draft.ts'
import { Notice } from './controls.tsx'
import type { DeskClient } from './desk-client.ts'
import { Home } from './home.tsx'
import { CenterScreen } from './screens/center-screen.tsx'
import { FirstStartScreen } from './screens/first-start-screen.tsx'

const localeIds = ['en', 'es'] as const satisfies readonly LocaleId[]

/** The staff window before accounts exist: first start, the center, its lists. */
export function DeskApp({ client }: { readonly client: DeskClient }) {
  const { t, i18n } = useTranslation()
  const state = useCall('desk', () => client.call('desk.get', {}))
  const [chosen, setChosen] = useState<LocaleId | null>(null)
  const [isEditing, setEditing] = useState(false)
  // Kept here, so that looking elsewhere loses nothing that was typed.
  const [draft, setDraft] = useState<CenterDraft | null>(null)
  const [hasSaved, setSaved] = useState(false)

  const { ask } = state
  useEffect(() => client.on('feeds.changed', ask), [client, ask])

  const spoken = chosen ?? ownLocale(state.value)
  useEffect(() => {
    void i18n.changeLanguage(spoken)
    markRoot(document.documentElement, i18n, spoken)
  }, [i18n, spoken])

  const desk = state.value
  return (
    <div className="desk">
      <header>
        <div className="desk-header">
          <span className="desk-mark">
            <ChairRing />
          </span>
          <p className="desk-name">
            <strong>Open Chair</strong> <span>{desk?.center?.name ?? t('desk.title')}</span>
          </p>
          <div className="desk-locales" role="group" aria-label={t('desk.language')}>
            {localeIds.map((locale) => (
              <Button
                key={locale}
                look="quiet"
                lang={locale}
                aria-pressed={spoken === locale}
                onPress={() => setChosen(locale)}
              >
                {languageNames[locale]}
              </Button>
            ))}
          </div>
        </div>
        {desk === null ? null : <Banners desk={desk} />}
      </header>
      {desk !== null &&
      desk.storage === 'ok' &&
      !isEditing &&
      desk.setup !== 'needed' &&
      desk.center !== null ? (
        <Home
          client={client}
          desk={desk}
          center={desk.center}
          locale={spoken}
          hasSaved={hasSaved}
          onDesk={ask}
        />
      ) : (
        <main className="desk-main">
          {desk === null ? (
            <Waiting failed={state.code !== null} onAgain={ask} />
          ) : desk.storage !== 'ok' ? (
            <StorageScreen problem={desk.storage} />
          ) : isEditing ? (
            <CenterScreen
              client={client}
              desk={desk}
              draft={draft ?? draftOf(desk)}
              onDraft={setDraft}
              onLeave={() => setEditing(false)}
              onSaved={() => {
                setEditing(false)
                setDraft(null)
                setSaved(true)
                ask()
              }}
            />
          ) : (
            <FirstStartScreen client={client} onCenter={() => setEditing(true)} onDone={ask} />
          )}
        </main>
      )}
    </div>
  )
}

function ownLocale(desk: DeskState | null): LocaleId {
  if (desk === null) return 'en'
  return desk.setup === 'center' && desk.center !== null ? desk.center.defaultLocale : desk.offered.locale
}

function Banners({ desk }: { readonly desk: DeskState }) {
  const { t } = useTranslation()
  return (
    <>
      {desk.testMachine ? (
        <p className="desk-banner" data-tone="test">
          {t('desk.banner.test')}
        </p>
      ) : null}
      {desk.setup === 'demonstration' ? (
        <p className="desk-banner" data-tone="demonstration">
          {t('desk.banner.demonstration')}
        </p>
      ) : null}
    </>
  )
}

function Waiting({ failed, onAgain }: { readonly failed: boolean; readonly onAgain: () => void }) {
  const { t } = useTranslation()
  if (!failed) return <p role="status">{t('desk.loading')}</p>
  return (
    <div className="desk-waiting">
      <Notice tone="fault">{t('desk.unavailable')}</Notice>
      <Button onPress={onAgain}>{t('common.tryAgain')}</Button>
    </div>
  )
}

/** Until the records open there is nothing else to do here. */
function StorageScreen({ problem }: { readonly problem: Exclude<StorageState, 'ok'> }) {
  const { t } = useTranslation()
  return (
    <section className="card storage" aria-labelledby="storage-title">
      <h1 id="storage-title">{t('desk.storage.title')}</h1>
      <Notice tone="fault">{t(`desk.storage.${problem}`)}</Notice>
      <p>{t('desk.storage.nothingLost')}</p>
    </section>
  )
}
