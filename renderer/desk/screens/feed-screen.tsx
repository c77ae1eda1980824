import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise'
import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedView } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCall } from '../../ui/use-call.ts'
import { Notice } from '../controls.tsx'
import type { SaidCode } from '../desk-client.ts'
import { draftOfFeed, type SettingsDraft } from '../feed-draft.ts'
import { FeedCounts, FeedTags } from '../feed-facts.tsx'
import { FeedRemarks } from '../feed-remarks.tsx'
import { FeedRuns } from '../feed-runs.tsx'
import { FeedSettings } from '../feed-settings.tsx'
import { FeedStatus } from '../feed-status.tsx'
import { HeldBack } from '../held-back.tsx'
import { RemoveQuestion } from '../question.tsx'
import { waitsForStaff } from '../use-feeds.ts'
import { useTitleFocus } from '../use-title-focus.ts'
import { zoneLabel } from '../words.ts'
import type { ListsProps } from './lists-screen.tsx'

type FeedScreenProps = ListsProps & {
  readonly feedId: string
  /** What is typed in the form of its settings; null while it is closed. */
  readonly draft: SettingsDraft | null
  readonly onDraft: (draft: SettingsDraft | null) => void
  readonly onLeave: () => void
  readonly onRemoved: (name: string) => void
}

/** One list of meetings: how it does, what waits for staff, its settings, its remarks and its history. */
export function FeedScreen(props: FeedScreenProps) {
  const { t } = useTranslation()
  const { feeds, feedId, onLeave } = props
  const feed = feeds.list.value?.find(({ id }) => id === feedId)
  if (feed !== undefined) return <FeedPage {...props} feed={feed} />
  return (
    <div className="page">
      <BackButton onLeave={onLeave} />
      {/* A list that was just added comes with the next answer. */}
      {feeds.list.waiting ? <p role="status">{t('desk.loading')}</p> : <p>{t('desk.error.not_found')}</p>}
    </div>
  )
}

function BackButton({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <Button look="quiet" className="page-back" onPress={onLeave}>
      <Icon of={ArrowLeftIcon} mirrored={document.documentElement.dir === 'rtl'} />
      {t('desk.feeds.all')}
    </Button>
  )
}

function FeedPage(props: FeedScreenProps & { readonly feed: FeedView }) {
  const { client, desk, center, words, nowMs, feeds, feed, draft, onDraft, onLeave, onRemoved } = props
  const { t } = useTranslation()
  const title = useTitleFocus()
  const [isAsking, setAsking] = useState(false)
  const [hasChanged, setChanged] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const runs = useCall(`runs ${feed.id}`, () => client.call('feeds.listRuns', { feedId: feed.id }))
  const { ask } = runs
  const isRunning = feeds.isRunning(feed)
  const said = code ?? feeds.codeOf(feed.id)

  useEffect(() => client.on('feeds.changed', ask), [client, ask])
  useEffect(() => {
    if (!isRunning) ask()
  }, [isRunning, ask])

  async function remove() {
    setAsking(false)
    const failed = await feeds.remove(feed.id)
    if (failed === null) onRemoved(feed.name)
    else setCode(failed)
  }

  const { name } = feed
  return (
    <div className="page feed-page">
      <BackButton onLeave={onLeave} />
      <div className="page-head">
        <div className="feed-words">
          <h1 ref={title} tabIndex={-1}>
            {name}
          </h1>
          <FeedTags feed={feed} fellowships={desk.fellowships} words={words} />
        </div>
        <div className="feed-acts">
          <Button
            aria-label={t('desk.feeds.refreshOne', { name })}
            aria-disabled={isRunning}
            onPress={() => feeds.refresh(feed.id)}
          >
            <Icon of={ArrowClockwiseIcon} />
            {t('desk.feeds.refresh')}
          </Button>
          <Button
            look="quiet"
            aria-label={t('desk.feeds.removeOne', { name })}
            onPress={() => setAsking(true)}
          >
            {t('desk.feeds.remove')}
          </Button>
        </div>
      </div>
      {isAsking ? (
        <RemoveQuestion name={name} onNo={() => setAsking(false)} onYes={() => void remove()}>
          {t('desk.feeds.removeAsk', { name })}
        </RemoveQuestion>
      ) : null}
      {said === null ? null : <Notice tone="fault">{t(`desk.error.${said}`)}</Notice>}
      {waitsForStaff(feed) && !isRunning ? (
        <HeldBack
          feed={feed}
          run={runs.value?.find(({ outcome }) => outcome === 'held_back') ?? null}
          words={words}
          nowMs={nowMs}
          onAccept={() => feeds.accept(feed.id)}
        />
      ) : (
        <FeedStatus
          feed={feed}
          progress={feeds.progress.get(feed.id) ?? null}
          isRunning={isRunning}
          words={words}
        />
      )}
      <FeedCounts feed={feed} isRunning={isRunning} words={words} nowMs={nowMs} />
      {draft === null ? (
        <section className="card facts feed-settings" aria-labelledby="settings-title">
          <h2 id="settings-title">{t('desk.settings.title')}</h2>
          {hasChanged ? <Notice tone="done">{t('desk.settings.saved')}</Notice> : null}
          <SettingsFacts {...props} />
          <Button
            onPress={() => {
              setChanged(false)
              onDraft(draftOfFeed(feed, center.distanceUnit))
            }}
          >
            {t('desk.center.edit')}
          </Button>
        </section>
      ) : (
        <FeedSettings
          client={client}
          desk={desk}
          center={center}
          words={words}
          feed={feed}
          draft={draft}
          onDraft={onDraft}
          onLeave={() => onDraft(null)}
          onSaved={() => {
            onDraft(null)
            setChanged(true)
            feeds.list.ask()
          }}
        />
      )}
      {feed.remarks.length === 0 ? null : <FeedRemarks remarks={feed.remarks} words={words} />}
      {runs.value === null ? null : <FeedRuns runs={runs.value} words={words} />}
      {runs.code === null ? null : <Notice tone="fault">{t(`desk.error.${runs.code}`)}</Notice>}
    </div>
  )
}

function SettingsFacts({ feed, center, words }: FeedScreenProps & { readonly feed: FeedView }) {
  const { t } = useTranslation()
  const { scope } = feed
  return (
    <dl>
      <dt>{t('desk.settings.from')}</dt>
      <dd>{feed.address}</dd>
      {scope === null ? null : (
        <>
          <dt>{t('desk.scope.label')}</dt>
          <dd>
            {scope.by === 'services'
              ? t('desk.scope.chosen', { count: scope.ids.length })
              : t('desk.scope.within', {
                  distance: words.radius(
                    scope.kilometers === null ? center.radiusMeters : scope.kilometers * 1_000,
                    center.distanceUnit,
                  ),
                })}
          </dd>
        </>
      )}
      <dt>{t('desk.settings.every')}</dt>
      <dd>{t('desk.settings.everyValue', { length: words.length(feed.everyMinutes) })}</dd>
      <dt>{t('desk.add.zone')}</dt>
      <dd>{feed.zone === null ? t('desk.add.zoneSame') : zoneLabel(feed.zone)}</dd>
      {feed.utcIsLocal || feed.midnightBefore ? (
        <>
          <dt>{t('desk.settings.times')}</dt>
          <dd>{t(feed.utcIsLocal ? 'desk.settings.utcIsLocal' : 'desk.settings.midnightBefore')}</dd>
        </>
      ) : null}
    </dl>
  )
}
