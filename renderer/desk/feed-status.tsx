import { HandPalmIcon } from '@phosphor-icons/react/dist/csr/HandPalm'
import { HourglassIcon } from '@phosphor-icons/react/dist/csr/Hourglass'
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useTranslation } from 'react-i18next'
import type { FeedView } from '../../electron/contract/models.ts'
import { Icon } from '../ui/icon.tsx'
import { waitsForStaff } from './use-feeds.ts'
import type { Progress } from './use-progress.ts'
import type { DeskWords } from './words.ts'

type FeedStatusProps = {
  readonly feed: FeedView
  readonly progress: Progress | null
  readonly isRunning: boolean
  readonly words: DeskWords
}

/** What a list is doing; a problem in plain words with what to do. Nothing when all is well. */
export function FeedStatus({ feed, progress, isRunning, words }: FeedStatusProps) {
  const { t } = useTranslation()
  if (isRunning) return <RunningStatus progress={progress} words={words} />
  if (feed.problem === null) return null
  const waits = waitsForStaff(feed)
  return (
    <div className="feed-status" data-tone={waits ? 'waits' : 'problem'} role="status">
      <Icon of={waits ? HandPalmIcon : WarningIcon} />
      <div>
        <p>
          <strong>{waits ? t('desk.feeds.waits') : t('desk.feeds.hasProblem')}</strong>
        </p>
        <p>
          {t(`desk.problem.${feed.problem}`)}{' '}
          {feed.lastGoodRunAtMs === null ? null : t('desk.feeds.lastGoodStays')}
        </p>
        {/* What a waiting list would do is said in numbers, in every language, where one decides. */}
        {feed.problemDetail === null || waits ? null : (
          <p className="feed-detail">{t('desk.feeds.detail', { detail: feed.problemDetail })}</p>
        )}
      </div>
    </div>
  )
}

function RunningStatus({ progress, words }: Pick<FeedStatusProps, 'progress' | 'words'>) {
  const { t } = useTranslation()
  const amounts = []
  if (progress !== null && progress.bytes > 0) amounts.push(words.bytes(progress.bytes))
  if (progress !== null && progress.rows > 0) {
    amounts.push(t('desk.stage.rows', { count: progress.rows, formatted: words.number(progress.rows) }))
  }
  return (
    <p className="feed-status" data-tone="running" role="status">
      <Icon of={HourglassIcon} />
      <span>
        {progress === null || amounts.length === 0
          ? t('desk.feeds.running')
          : t(`desk.stage.${progress.stage}`, { amount: amounts.join(', ') })}
      </span>
    </p>
  )
}
