import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import type { EpochMs, FeedView } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from './controls.tsx'
import type { SaidCode } from './desk-client.ts'
import { FeedCounts, FeedTags } from './feed-facts.tsx'
import { FeedStatus } from './feed-status.tsx'
import { waitsForStaff } from './use-feeds.ts'
import type { Progress } from './use-progress.ts'
import type { DeskWords } from './words.ts'

type FeedCardProps = {
  readonly feed: FeedView
  readonly fellowships: DeskState['fellowships']
  readonly isRunning: boolean
  readonly progress: Progress | null
  readonly code: SaidCode | null
  readonly words: DeskWords
  readonly nowMs: EpochMs
  readonly onRefresh: () => void
  readonly onOpen: () => void
}

/** One list of meetings at a glance: what it is and how it does. All else is on its own page. */
export function FeedCard(props: FeedCardProps) {
  const { feed, fellowships, isRunning, progress, code, words, nowMs, onRefresh, onOpen } = props
  const { t } = useTranslation()
  const { id, name } = feed
  return (
    <li className="card feed" aria-labelledby={`feed-${id}`} data-waits={waitsForStaff(feed) && !isRunning}>
      <div className="feed-words">
        <h2 id={`feed-${id}`}>{name}</h2>
        <FeedTags feed={feed} fellowships={fellowships} words={words} />
      </div>
      <div className="feed-acts">
        <Button
          aria-label={t('desk.feeds.refreshOne', { name })}
          aria-disabled={isRunning}
          onPress={onRefresh}
        >
          <Icon of={ArrowClockwiseIcon} />
          {t('desk.feeds.refresh')}
        </Button>
        {waitsForStaff(feed) && !isRunning ? (
          <Button
            id={`open-${id}`}
            className="feed-decide"
            aria-label={t('desk.feeds.decideOne', { name })}
            onPress={onOpen}
          >
            {t('desk.feeds.decide')}
          </Button>
        ) : (
          <Button id={`open-${id}`} aria-label={t('desk.feeds.openOne', { name })} onPress={onOpen}>
            {t('desk.feeds.open')}
          </Button>
        )}
      </div>
      <FeedStatus feed={feed} progress={progress} isRunning={isRunning} words={words} />
      <FeedCounts feed={feed} isRunning={isRunning} isShort words={words} nowMs={nowMs} />
      {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
    </li>
  )
}
