import { useTranslation } from 'react-i18next'
import type { EpochMs, FeedView, RowRemark } from '../../electron/contract/models.ts'
import type { DeskWords } from './words.ts'

/** More than these are in nobody's interest on a screen; their number is said. */
const remarksShown = 100

type FeedCountsProps = { readonly feed: FeedView; readonly words: DeskWords; readonly nowMs: EpochMs }

/** How many rows are shown and how many are not, and how old the list is. */
export function FeedCounts({ feed, words, nowMs }: FeedCountsProps) {
  const { t } = useTranslation()
  const { counts, lastGoodRunAtMs } = feed
  return (
    <ul className="feed-counts">
      {counts === null ? null : (
        <>
          <li>{t('desk.feeds.shown', { count: counts.shown })}</li>
          {(['byAppointment', 'inactive', 'refused'] as const).map((name) =>
            counts[name] === 0 ? null : (
              <li key={name}>{t(`desk.feeds.${name}`, { count: counts[name] })}</li>
            ),
          )}
        </>
      )}
      <li>
        {lastGoodRunAtMs === null
          ? t('desk.feeds.neverTaken')
          : t('desk.feeds.taken', { age: words.age(lastGoodRunAtMs, nowMs), at: words.at(lastGoodRunAtMs) })}
      </li>
    </ul>
  )
}

type FeedRemarksProps = { readonly remarks: readonly RowRemark[]; readonly words: DeskWords }

export function FeedRemarks({ remarks, words }: FeedRemarksProps) {
  const { t } = useTranslation()
  const shown = remarks.slice(0, remarksShown)
  return (
    <details className="feed-remarks">
      <summary>{t('desk.feeds.remarks', { count: remarks.length })}</summary>
      <ul>
        {shown.map(({ where, reason }, index) => (
          // Rows may repeat word for word; the list never changes its order while it is shown.
          <li key={index}>
            <strong>{where}</strong> {reason}
          </li>
        ))}
      </ul>
      {shown.length < remarks.length ? (
        <p className="quiet">
          {t('desk.feeds.remarksCut', {
            shown: words.number(shown.length),
            total: words.number(remarks.length),
          })}
        </p>
      ) : null}
    </details>
  )
}
