import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise'
import { CheckCircleIcon } from '@phosphor-icons/react/dist/csr/CheckCircle'
import { HourglassIcon } from '@phosphor-icons/react/dist/csr/Hourglass'
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import type { EpochMs, FeedView, Kind } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import { Notice } from './controls.tsx'
import type { DeskClient, SaidCode } from './desk-client.ts'
import { FeedCounts, FeedRemarks } from './feed-facts.tsx'
import type { Progress } from './use-progress.ts'
import type { DeskWords } from './words.ts'

const toneOf: Readonly<Record<Kind, Tone>> = { therapy: 'plum', peer: 'pine', club: 'sun' }

type FeedCardProps = {
  readonly client: DeskClient
  readonly feed: FeedView
  readonly fellowships: DeskState['fellowships']
  readonly progress: Progress | null
  readonly words: DeskWords
  readonly nowMs: EpochMs
  readonly onChanged: () => void
  readonly onRemoved: (name: string) => void
}

/** One list of meetings: what it is, how it does, what can be done. */
export function FeedCard(props: FeedCardProps) {
  const { client, feed, fellowships, words, nowMs, onChanged, onRemoved } = props
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const isRunning = feed.running || isBusy
  const fellowship = fellowships.find(({ id }) => id === feed.fellowship)

  async function run(name: 'feeds.refresh' | 'feeds.accept') {
    if (isRunning) return
    setBusy(true)
    setCode(null)
    const reply = await client.call(name, { feedId: feed.id })
    setBusy(false)
    if (!reply.ok) setCode(reply.code)
    onChanged()
  }

  async function remove() {
    setAsking(false)
    setCode(null)
    const reply = await client.call('feeds.remove', { feedId: feed.id })
    if (reply.ok) onRemoved(feed.name)
    else {
      setCode(reply.code)
      onChanged()
    }
  }

  return (
    <li className="card feed" aria-labelledby={`feed-${feed.id}`}>
      <div className="feed-words">
        <h2 id={`feed-${feed.id}`}>{feed.name}</h2>
        <p className="feed-tags">
          <Tag tone={toneOf[feed.kind]}>{t(`common.kind.${feed.kind}`)}</Tag>
          {fellowship === undefined ? null : <Tag tone="plain">{fellowship.name}</Tag>}
          {feed.heldHere ? <Tag tone="sky">{t('desk.feeds.heldHere')}</Tag> : null}
        </p>
        <p className="feed-address">{t('desk.feeds.wholeAddress', { address: feed.address })}</p>
      </div>
      <div className="feed-acts">
        <Button
          aria-label={t('desk.feeds.refreshOne', { name: feed.name })}
          aria-disabled={isRunning}
          onPress={() => void run('feeds.refresh')}
        >
          <Icon of={ArrowClockwiseIcon} />
          {t('desk.feeds.refresh')}
        </Button>
        <Button
          look="quiet"
          aria-label={t('desk.feeds.removeOne', { name: feed.name })}
          onPress={() => setAsking(true)}
        >
          {t('desk.feeds.remove')}
        </Button>
      </div>
      <FeedStatus
        feed={feed}
        progress={isRunning ? props.progress : null}
        isRunning={isRunning}
        words={words}
      />
      {feed.problem === 'loses_too_many' && !isRunning ? (
        <div className="feed-decide">
          <Button look="large" onPress={() => void run('feeds.accept')}>
            {t('desk.feeds.accept')}
          </Button>
        </div>
      ) : null}
      <FeedCounts feed={feed} words={words} nowMs={nowMs} />
      {feed.remarks.length === 0 ? null : <FeedRemarks remarks={feed.remarks} words={words} />}
      {isAsking ? (
        <RemoveQuestion name={feed.name} onNo={() => setAsking(false)} onYes={() => void remove()} />
      ) : null}
      {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
    </li>
  )
}

type RemoveQuestionProps = {
  readonly name: string
  readonly onNo: () => void
  readonly onYes: () => void
}

/** Asks first; the focus is on the harmless answer. */
function RemoveQuestion({ name, onNo, onYes }: RemoveQuestionProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    // Escape is heard for the two buttons inside, which hold the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      className="feed-ask"
      role="alertdialog"
      aria-label={t('desk.feeds.removeOne', { name })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo()
      }}
    >
      <p>{t('desk.feeds.removeAsk', { name })}</p>
      <Button onPress={onNo}>{t('desk.feeds.removeNo')}</Button>
      <Button look="help" onPress={onYes}>
        {t('desk.feeds.removeYes')}
      </Button>
    </div>
  )
}

type FeedStatusProps = {
  readonly feed: FeedView
  readonly progress: Progress | null
  readonly isRunning: boolean
  readonly words: DeskWords
}

function FeedStatus({ feed, progress, isRunning, words }: FeedStatusProps) {
  const { t } = useTranslation()
  if (isRunning) {
    const amount =
      progress === null
        ? null
        : progress.rows > 0
          ? t('desk.stage.rows', { count: progress.rows, formatted: words.number(progress.rows) })
          : words.bytes(progress.bytes)
    return (
      <p className="feed-status" data-tone="running" role="status">
        <Icon of={HourglassIcon} />
        <span>
          {progress === null || amount === null
            ? t('desk.feeds.running')
            : t(`desk.stage.${progress.stage}`, { amount })}
        </span>
      </p>
    )
  }
  if (feed.problem === null) {
    if (feed.lastGoodRunAtMs === null) return null
    return (
      <p className="feed-status" data-tone="good">
        <Icon of={CheckCircleIcon} />
        <span>{t('desk.feeds.good')}</span>
      </p>
    )
  }
  return (
    <div className="feed-status" data-tone="problem" role="status">
      <Icon of={WarningIcon} />
      <div>
        <p>
          <strong>{t('desk.feeds.hasProblem')}</strong>
        </p>
        <p>
          {t(`desk.problem.${feed.problem}`)}{' '}
          {feed.lastGoodRunAtMs === null ? null : t('desk.feeds.lastGoodStays')}
        </p>
        {feed.problemDetail === null ? null : (
          <p className="feed-detail">{t('desk.feeds.detail', { detail: feed.problemDetail })}</p>
        )}
      </div>
    </div>
  )
}
