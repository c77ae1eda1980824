import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check'
import { ArrowRightIcon } from '@phosphor-icons/react/dist/csr/ArrowRight'
import { MapPinIcon } from '@phosphor-icons/react/dist/csr/MapPin'
import { VideoCameraIcon } from '@phosphor-icons/react/dist/csr/VideoCamera'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { ChairRing } from '../../ui/chair-ring.tsx'
import { Icon } from '../../ui/icon.tsx'
import { minutesUntil } from '../day.ts'
import { useKiosk, type Kiosk } from '../kiosk.ts'
import { ChangeTag, fellowshipText, openText } from '../meeting-words.tsx'
import { keyOf } from '../visit.ts'

/** The meeting that is on or comes next, here before nearby before online, with its one action. */
export function NowCard({ row, loaded }: { row: OccurrenceRow | null; loaded: boolean }) {
  const { t } = useTranslation()
  const { formats, nowMs, today, beginSignIn, dispatch } = useKiosk()
  if (row === null) {
    return (
      <section className="now-card" data-empty>
        <ChairRing open={6} />
        {loaded ? (
          <div className="now-text">
            <h2>{t('kiosk.today.noneLeft')}</h2>
            <p>{t('kiosk.today.restOpen')}</p>
          </div>
        ) : null}
      </section>
    )
  }
  const fellowship = fellowshipText(t, row)
  return (
    <section className="now-card" aria-labelledby="now-name">
      <ChairRing open={6} />
      <div className="now-text">
        <p className="now-lead">
          <span className="now-when">{startText(t, row, nowMs, formats)}</span>
          {row.whereabouts === 'here' ? null : <Elsewhere row={row} />}
        </p>
        <h2 id="now-name">
          <bdi>{row.name}</bdi>
        </h2>
        <p className="now-facts">
          <span>
            {t('common.timeRange', { from: formats.time(row.startsAtMs), to: formats.time(row.endsAtMs) })}
          </span>
          {row.place === null || row.whereabouts === 'online' ? null : <bdi>{row.place}</bdi>}
        </p>
        <p className="now-facts now-more">
          {fellowship === null ? <span>{t(`common.kind.${row.kind}`)}</span> : <bdi>{fellowship}</bdi>}
          {row.openness === 'unknown' ? null : <span>{openText(t, row, today)}</span>}
        </p>
        <ChangeTag row={row} />
      </div>
      {row.canSignIn ? (
        <Button look="primary" onPress={() => beginSignIn(row)}>
          <Icon of={CheckIcon} />
          {t('kiosk.today.signIn')}
        </Button>
      ) : (
        <Button
          look="large"
          onPress={() => dispatch({ do: 'show', screen: { name: 'meeting', key: keyOf(row) } })}
        >
          {t('kiosk.today.about')}
          <Icon of={ArrowRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
        </Button>
      )}
    </section>
  )
}

function Elsewhere({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const isNearby = row.whereabouts === 'nearby'
  return (
    <span className="now-elsewhere">
      <Icon of={isNearby ? MapPinIcon : VideoCameraIcon} />
      {isNearby && row.distanceMeters !== null
        ? t('kiosk.today.away', { distance: formats.distance(row.distanceMeters) })
        : t(`kiosk.today.group.${row.whereabouts}`)}
    </span>
  )
}

function startText(t: TFunction, row: OccurrenceRow, nowMs: number, formats: Kiosk['formats']): string {
  if (row.startsAtMs <= nowMs) return t('kiosk.today.onNow')
  const minutes = minutesUntil(row.startsAtMs, nowMs)
  return minutes <= 60
    ? t('kiosk.today.startsIn', { count: minutes })
    : t('kiosk.today.startsAt', { time: formats.time(row.startsAtMs) })
}
