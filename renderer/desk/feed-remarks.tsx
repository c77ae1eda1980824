import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowRemark } from '../../electron/contract/models.ts'
import { OptionField } from './controls.tsx'
import { groupRemarks } from './remark-groups.ts'
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
            <details>
              <summary>
                <span className="remark-kind">
                  {t(group.isRefused ? 'desk.remarks.refused' : 'desk.remarks.warning')}
                </span>
                <span>{group.sentence}</span>
                <span className="remark-count">
                  {t('desk.remarks.rows', {
                    count: group.rows.length,
                    formatted: words.number(group.rows.length),
                  })}
                </span>
              </summary>
              <ul className="remark-rows">
                {group.rows.map(({ where, sentence }, index) => (
                  // Rows may repeat word for word; the list never changes its order while it is shown.
                  <li key={index}>
                    <strong>{where}</strong> {sentence === group.sentence ? null : sentence}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
