import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowRemark } from '../../electron/contract/models.ts'
import { OptionField } from './controls.tsx'
import { groupRemarks, type RemarkGroup } from './remark-groups.ts'
import type { DeskWords } from './words.ts'

type FeedRemarksProps = { readonly remarks: readonly RowRemark[]; readonly words: DeskWords }
type Shown = 'all' | 'refused' | 'warnings'

/** What is to be said of single rows: the same sentence once, with the rows that it is about. */
export function FeedRemarks({ remarks, words }: FeedRemarksProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Shown>('all')
  const groups = useMemo(() => groupRemarks(remarks), [remarks])
  const refused = remarks.filter((remark) => remark.refused === true).length
  const counts = { all: remarks.length, refused, warnings: remarks.length - refused }
  const isMixed = counts.refused > 0 && counts.warnings > 0
  const listed = groups.filter(
    ({ isRefused }) => !isMixed || shown === 'all' || isRefused === (shown === 'refused'),
  )
  return (
    <section className="remarks" aria-labelledby="remarks-title">
      <h2 id="remarks-title">{t('desk.remarks.title', { count: counts.all })}</h2>
      <p className="quiet">{t('desk.remarks.lead')}</p>
      {isMixed ? (
        <OptionField
          lay="tight"
          label={t('desk.remarks.show')}
          options={(['all', 'refused', 'warnings'] as const).map((value) => ({
            value,
            label: t(`desk.remarks.filter.${value}`, { count: counts[value] }),
          }))}
          chosen={shown}
          onChoose={setShown}
        />
      ) : null}
      <ul className="remark-groups">
        {listed.map((group) => (
          <li key={`${group.isRefused} ${group.sentence}`} data-refused={group.isRefused}>
            {group.rows.length === 1 && !group.isOfRows ? (
              <p className="remark-line">
                <RemarkWords group={group} />
              </p>
            ) : (
              <details>
                <summary className="remark-line">
                  <RemarkWords group={group} />
                  <span className="remark-count">
                    {group.isOfRows
                      ? t('desk.remarks.rows', {
                          count: group.rows.length,
                          formatted: words.number(group.rows.length),
                        })
                      : t('desk.remarks.more', { count: group.rows.length - 1 })}
                  </span>
                </summary>
                <ul className="remark-rows">
                  {group.rows.map(({ where, sentence }, index) => (
                    // Rows may repeat word for word; the list never changes its order while it is shown.
                    <li key={index}>
                      {group.isOfRows ? <strong>{where} </strong> : null}
                      {sentence === group.sentence && group.isOfRows ? null : sentence}
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function RemarkWords({ group }: { readonly group: RemarkGroup }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="remark-kind">
        {t(group.isRefused ? 'desk.remarks.refused' : 'desk.remarks.warning')}
      </span>
      <span>{group.sentence}</span>
    </>
  )
}
