import { CaretRightIcon } from '@phosphor-icons/react/dist/csr/CaretRight'
import { WheelchairIcon } from '@phosphor-icons/react/dist/csr/Wheelchair'
import { useTranslation } from 'react-i18next'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { usePress } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useKiosk } from '../kiosk.ts'
import { ChangeTag, fellowshipText, KindTag } from '../meeting-words.tsx'
import { keyOf } from '../visit.ts'

/** One date of a meeting; the whole row opens its page. */
export function MeetingRow({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { formats, visit, dispatch } = useKiosk()
  const press = usePress(() => dispatch({ do: 'show', screen: { name: 'meeting', key: keyOf(row) } }))
  const { clock, period } = formats.clock(row.startsAtMs)
  const fellowship = fellowshipText(t, row)
  // Said when it is not the language one reads in.
  const otherLanguages = row.languages.filter((language) => !language.startsWith(visit.locale))
  return (
    <button type="button" className="row" data-status={row.status} {...press}>
      <span className="row-time">
        {row.allDay ? (
          <span className="row-clock row-all-day">{t('common.allDay')}</span>
        ) : (
          <>
            <span className="row-clock">
              {clock}
              <span className="period">{period}</span>
            </span>
            <span className="row-until">{t('kiosk.today.until', { time: formats.time(row.endsAtMs) })}</span>
          </>
        )}
      </span>
      <span className="row-body">
        <bdi className="row-name">{row.name}</bdi>
        <span className="row-facts">
          <ChangeTag row={row} />
          <KindTag row={row} />
          {fellowship === null ? null : <bdi>{fellowship}</bdi>}
          {row.whereabouts === 'nearby' && row.distanceMeters !== null ? (
            <span className="row-distance">{formats.distance(row.distanceMeters)}</span>
          ) : null}
          {row.whereabouts === 'online' || row.place === null ? null : <bdi>{row.place}</bdi>}
          {row.attendance === 'hybrid' ? <span>{t('common.attendance.hybrid')}</span> : null}
          {otherLanguages.length === 0 ? null : (
            <span className="row-language">{formats.languages(row.languages)}</span>
          )}
          {row.wheelchair === true && row.whereabouts !== 'online' ? (
            <span className="row-fact">
              <Icon of={WheelchairIcon} />
              {t('common.wheelchair.yes')}
            </span>
          ) : null}
        </span>
      </span>
      <Icon of={CaretRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
    </button>
  )
}
