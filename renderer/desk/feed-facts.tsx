import { CheckCircleIcon } from '@phosphor-icons/react/dist/csr/CheckCircle'
import { ClockIcon } from '@phosphor-icons/react/dist/csr/Clock'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import type { EpochMs, FeedView, Kind } from '../../electron/contract/models.ts'
import { Icon } from '../ui/icon.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import type { DeskWords } from './words.ts'

export const toneOf: Readonly<Record<Kind, Tone>> = { therapy: 'plum', peer: 'pine', club: 'sun' }

type FeedTagsProps = {
  readonly feed: FeedView
  readonly fellowships: DeskState['fellowships']
  readonly words: DeskWords
}

export function FeedTags({ feed, fellowships, words }: FeedTagsProps) {
  const { t } = useTranslation()
  const fellowship = fellowships.find(({ id }) => id === feed.fellowship)
  const facts = [fellowship?.name, feed.format === null ? undefined : t(`desk.format.${feed.format}`)]
  return (
    <p className="tags">
      <Tag tone={toneOf[feed.kind]}>{t(`common.kind.${feed.kind}`)}</Tag>
      <span className="tags-words">{facts.filter((word) => word !== undefined).join(' · ')}</span>
      {feed.heldHere ? <Tag tone="sky">{t('desk.feeds.heldHere')}</Tag> : null}
      {feed.stale && feed.lastGoodRunAtMs !== null ? (
        <Tag tone="clay" icon={ClockIcon}>
          {t('desk.feeds.asOf', { date: words.date(feed.lastGoodRunAtMs) })}
        </Tag>
      ) : null}
    </p>
  )
}

type FeedCountsProps = {
  readonly feed: FeedView
  readonly isRunning: boolean
  /** At a glance: without the exact time. */
  readonly isShort?: boolean
  readonly words: DeskWords
  readonly nowMs: EpochMs
}

/** How it does when all is well, how many rows are shown and how many are not, how old the list is, and when it is fetched again. */
export function FeedCounts({ feed, isRunning, isShort = false, words, nowMs }: FeedCountsProps) {
  const { t } = useTranslation()
  const { counts, lastGoodRunAtMs, nextRunAtMs } = feed
  const showsGood = !isRunning && feed.problem === null && lastGoodRunAtMs !== null
  return (
    <ul className="feed-counts">
      {showsGood ? (
        <li className="feed-good">
          <Icon of={CheckCircleIcon} />
          {t('desk.feeds.good')}
        </li>
      ) : null}
      {counts === null ? null : (
        <>
          <li className="feed-shown">
            {t('desk.feeds.shown', { count: counts.shown, formatted: words.number(counts.shown) })}
          </li>
          {(['byAppointment', 'inactive', 'refused'] as const).map((name) =>
            counts[name] === 0 ? null : (
              <li key={name}>
                {t(`desk.feeds.${name}`, { count: counts[name], formatted: words.number(counts[name]) })}
              </li>
            ),
          )}
        </>
      )}
      <li>
        {lastGoodRunAtMs === null
          ? t('desk.feeds.neverTaken')
          : isShort
            ? t('desk.feeds.takenAgo', { age: words.age(lastGoodRunAtMs, nowMs) })
            : t('desk.feeds.taken', {
                age: words.age(lastGoodRunAtMs, nowMs),
                at: words.at(lastGoodRunAtMs),
              })}
      </li>
      {isRunning ? null : <li>{t('desk.feeds.next', { time: words.until(nextRunAtMs, nowMs) })}</li>}
    </ul>
  )
}
