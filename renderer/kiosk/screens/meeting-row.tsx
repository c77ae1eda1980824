import { CaretRightIcon } from '@phosphor-icons/react/dist/csr/CaretRight'
import { VideoCameraIcon } from '@phosphor-icons/react/dist/csr/VideoCamera'
import { WheelchairIcon } from '@phosphor-icons/react/dist/csr/Wheelchair'
import { useTranslation } from 'react-i18next'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { usePress } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useKiosk } from '../kiosk.ts'
import { ChangeTag, KindTag } from '../meeting-words.tsx'
import { keyOf } from '../visit.ts'

/** One date of a meeting; the whole row opens its page. `day` stands where the list is not one of a single day. */
export function MeetingRow({ row, day }: { row: OccurrenceRow; day?: string }) {
  const { t } = useTranslation()
  const { formats, visit, today, nowMs, dispatch } = useKiosk()
  const press = usePress(() => dispatch({ do: 'show', screen: { name: 'meeting', key: keyOf(row) } }))
  const { clock, period } = formats.clock(row.startsAtMs)
  // That it is a peer group its kind has said already.
  const fellowship = row.kind === 'peer' ? row.fellowshipName : null
  // Said when it is not the language one reads in.
  const otherLanguages = row.languages.filter((language) => !language.startsWith(visit.locale))
  return (
    <button type="button" className="row" data-status={row.status} {...press}>
      <span className="row-time">
        {day === undefined ? null : <span className="row-day">{day}</span>}
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
          {fellowship === null ? null : <bdi className="row-fellowship">{fellowship}</bdi>}
          {row.openness === 'open_this_week' ? (
            <span className="row-open">
              {row.localDate === today ? t('kiosk.today.openToday') : t('kiosk.today.openThen')}
            </span>
          ) : null}
          {otherLanguages.length === 0 ? null : (
            <span className="row-language">{formats.languages(row.languages)}</span>
          )}
        </span>
        {row.whereabouts === 'online' ? null : <Whereabouts row={row} />}
        {row.asOfMs === null ? null : (
          <span className="row-as-of">
            {t('kiosk.today.rowAsOf', { date: formats.dateAt(row.asOfMs, nowMs) })}
          </span>
        )}
      </span>
      <Icon of={CaretRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
    </button>
  )
}

/** Where it is, in one line that may be cut: the page of the meeting has all of it. */
function Whereabouts({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const distance =
    row.whereabouts === 'nearby' && row.distanceMeters !== null ? formats.distance(row.distanceMeters) : null
  if (distance === null && row.place === null && row.wheelchair !== true && row.attendance !== 'hybrid')
    return null
  return (
    <span className="row-where">
      {distance === null ? null : <span className="row-distance">{distance}</span>}
      {row.place === null ? null : <bdi className="row-place">{row.place}</bdi>}
      {row.attendance === 'hybrid' ? (
        <span className="row-access">
          <Icon of={VideoCameraIcon} />
          <span className="unseen">{t('common.attendance.hybrid')}</span>
        </span>
      ) : null}
      {row.wheelchair === true ? (
        <span className="row-access">
          <Icon of={WheelchairIcon} />
          <span className="unseen">{t('common.wheelchair.yes')}</span>
        </span>
      ) : null}
    </span>
  )
}
