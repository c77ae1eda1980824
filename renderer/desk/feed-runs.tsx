import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedRunView } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import type { DeskWords } from './words.ts'

/** Enough to see whether it works as a rule; the rest at a press. */
const shownAtFirst = 6

type FeedRunsProps = { readonly runs: readonly FeedRunView[]; readonly words: DeskWords }

/** What became of the newest runs, as a table. */
export function FeedRuns({ runs, words }: FeedRunsProps) {
  const { t } = useTranslation()
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? runs : runs.slice(0, shownAtFirst)
  return (
    <section className="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">{t('desk.runs.title')}</h2>
      {runs.length === 0 ? (
        <p className="quiet">{t('desk.runs.none')}</p>
      ) : (
        <Scrolled label={t('desk.runs.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('desk.runs.when')}</th>
                <th scope="col">{t('desk.runs.result')}</th>
                {(['read', 'added', 'changed', 'removed', 'refused'] as const).map((name) => (
                  <th key={name} scope="col" className="number">
                    {t(`desk.runs.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((run, index) => (
                // Two runs may start at one instant; their order never changes.
                <tr key={`${run.startedAtMs} ${index}`} data-outcome={run.outcome}>
                  <th scope="row">{words.at(run.startedAtMs)}</th>
                  <td>
                    {t(`desk.runs.outcome.${run.outcome}`)}
                    {run.problem === null ? null : (
                      <span className="run-problem">{t(`desk.short.${run.problem}`)}</span>
                    )}
                  </td>
                  {(['read', 'added', 'changed', 'removed', 'refused'] as const).map((name) => (
                    <td key={name} className="number">
                      {words.number(run[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      {shown.length < runs.length ? (
        <Button look="quiet" onPress={() => setShowsAll(true)}>
          {t('desk.runs.all', { count: runs.length })}
        </Button>
      ) : null}
    </section>
  )
}

/** A table that may be wider than its place: the place scrolls, also with the arrow keys. */
function Scrolled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const [isWide, setWide] = useState(false)
  useEffect(() => {
    if (box === null) return
    const watch = new ResizeObserver(() => setWide(box.scrollWidth > box.clientWidth))
    watch.observe(box)
    return () => watch.disconnect()
  }, [box])
  return (
    <div
      ref={setBox}
      className="scrolled"
      {...(isWide ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
    >
      {children}
    </div>
  )
}
