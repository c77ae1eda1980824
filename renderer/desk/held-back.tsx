import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EpochMs, FeedRunView, FeedView } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import { Question } from './question.tsx'
import type { DeskWords } from './words.ts'

/** So many names are read at a glance; more are a press away. */
const namesOpen = 8

type HeldBackProps = {
  readonly feed: FeedView
  /** The run that was held back; null until the history is there. */
  readonly run: FeedRunView | null
  readonly words: DeskWords
  readonly nowMs: EpochMs
  readonly onAccept: () => void
}

/**
 * A new list that waits for staff: what taking it would do. Keeping the old one needs nothing, so that is said
 * in words; taking it asks once more.
 */
export function HeldBack({ feed, run, words, nowMs, onAccept }: HeldBackProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const numbers = (['removed', 'added', 'changed', 'refused'] as const)
    .map((name) => ({ name, count: run?.[name] ?? 0 }))
    .filter(({ name, count }) => count > 0 || name === 'removed')
  return (
    <section className="held card" aria-labelledby="held-title">
      <h2 id="held-title">{t('desk.held.title')}</h2>
      {feed.problem === null ? null : <p>{t(`desk.problem.${feed.problem}`)}</p>}
      {run === null ? (
        feed.problemDetail === null ? null : (
          <p>{feed.problemDetail}</p>
        )
      ) : (
        <ul className="held-numbers">
          {numbers.map(({ name, count }) => (
            <li key={name}>
              <strong>{words.number(count)}</strong> {t(`desk.held.${name}`, { count })}
            </li>
          ))}
        </ul>
      )}
      {feed.lost.length === 0 ? null : (
        <details className="held-lost" open={feed.lost.length <= namesOpen}>
          <summary>{t('desk.held.lost')}</summary>
          <ul>
            {feed.lost.map((name, index) => (
              // Two meetings may have one name; the list never changes its order.
              <li key={index}>{name}</li>
            ))}
            {run !== null && run.removed > feed.lost.length ? (
              <li className="quiet">{t('desk.held.more', { count: run.removed - feed.lost.length })}</li>
            ) : null}
          </ul>
        </details>
      )}
      <p>{t('desk.held.keep', { time: words.until(feed.nextRunAtMs, nowMs) })}</p>
      {isAsking ? (
        <Question
          label={t('desk.held.take')}
          no={t('desk.held.no')}
          yes={t('desk.held.yes')}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            onAccept()
          }}
        >
          {t('desk.held.ask', { count: run?.removed ?? 0 })}
        </Question>
      ) : (
        <Button onPress={() => setAsking(true)}>{t('desk.feeds.accept')}</Button>
      )}
    </section>
  )
}
