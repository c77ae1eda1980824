import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CenterSettings, DeskState } from '../../../electron/contract/desk-calls.ts'
import type { LocaleId } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { languageNames } from '../../ui/i18n.ts'
import { useCall } from '../../ui/use-call.ts'
import { AddFeed } from '../add-feed.tsx'
import { Notice } from '../controls.tsx'
import type { DeskClient } from '../desk-client.ts'
import { FeedCard } from '../feed-card.tsx'
import { HeldHere } from '../held-here.tsx'
import { useElapsed } from '../use-elapsed.ts'
import { useProgress } from '../use-progress.ts'
import { createDeskWords, type DeskWords } from '../words.ts'

type HomeScreenProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly locale: LocaleId
  readonly hasSaved: boolean
  readonly onEdit: () => void
}

/** The center, its lists of meetings, and what of them is held here. */
export function HomeScreen({ client, desk, center, locale, hasSaved, onEdit }: HomeScreenProps) {
  const { t } = useTranslation()
  const feeds = useCall('feeds', () => client.call('feeds.list', {}))
  const { ask } = feeds
  const progress = useProgress(client)
  const nowMs = useElapsed(desk.nowMs)
  const words = useMemo(() => createDeskWords(locale, center.zone), [locale, center.zone])
  const [removed, setRemoved] = useState<string | null>(null)

  useEffect(() => {
    const ends = [client.on('feeds.changed', ask), client.on('meetings.changed', ask)]
    return () => {
      for (const end of ends) end()
    }
  }, [client, ask])

  const afterRemoval = useCallback(
    (name: string) => {
      setRemoved(name)
      ask()
    },
    [ask],
  )

  return (
    <div className="home">
      <div className="home-side">
        <CenterFacts center={center} words={words} onEdit={onEdit} />
        {hasSaved ? <Notice tone="done">{t('desk.center.saved')}</Notice> : null}
        <MachineFacts desk={desk} />
      </div>
      <div className="home-main">
        <section aria-labelledby="feeds-title">
          <h1 id="feeds-title">{t('desk.feeds.title')}</h1>
          <p className="quiet">{t('desk.feeds.lead')}</p>
          {removed === null ? null : (
            <Notice tone="done">{t('desk.feeds.removed', { name: removed })}</Notice>
          )}
          {feeds.code === null ? null : <Notice tone="fault">{t(`desk.error.${feeds.code}`)}</Notice>}
          {feeds.value?.length === 0 ? <p className="card empty">{t('desk.feeds.none')}</p> : null}
          <ul className="feeds">
            {(feeds.value ?? []).map((feed) => (
              <FeedCard
                key={feed.id}
                client={client}
                feed={feed}
                fellowships={desk.fellowships}
                progress={progress.get(feed.id) ?? null}
                words={words}
                nowMs={nowMs}
                onChanged={ask}
                onRemoved={afterRemoval}
              />
            ))}
          </ul>
          <AddFeed client={client} desk={desk} onChanged={ask} />
        </section>
        <HeldHere client={client} />
      </div>
    </div>
  )
}

type CenterFactsProps = {
  readonly center: CenterSettings
  readonly words: DeskWords
  readonly onEdit: () => void
}

function CenterFacts({ center, words, onEdit }: CenterFactsProps) {
  const { t } = useTranslation()
  return (
    <section className="card facts" aria-labelledby="facts-center">
      <h2 id="facts-center">{t('desk.center.title')}</h2>
      <p className="facts-name">{center.name}</p>
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
  )
}

function MachineFacts({ desk }: { readonly desk: DeskState }) {
  const { t } = useTranslation()
  return (
    <section className="card facts" aria-labelledby="facts-machine">
      <h2 id="facts-machine">{t('desk.machine.title')}</h2>
      <dl>
        <dt>{t('desk.machine.vault.label')}</dt>
        <dd>{t(`desk.machine.vault.${desk.vault}`)}</dd>
        <dt>{t('desk.machine.printer')}</dt>
        <dd>{desk.printers.length === 0 ? t('desk.machine.noPrinter') : desk.printers.join(', ')}</dd>
      </dl>
    </section>
  )
}
