import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check'
import { InfoIcon } from '@phosphor-icons/react/dist/csr/Info'
import { Fragment, useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingDetail } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { useCall } from '../../ui/use-call.ts'
import { useKiosk } from '../kiosk.ts'
import { dialParts, readableAddress } from '../join-words.ts'
import { ChangeTag, fellowshipText, KindTag, openText } from '../meeting-words.tsx'
import { otherLists } from '../other-lists.ts'
import { placeBeside } from '../place-beside.ts'
import { Slow, Trouble } from '../trouble.tsx'
import type { MeetingKey } from '../visit.ts'
import { Screen } from './screen.tsx'

/** Everything that is known of one meeting. */
export function MeetingScreen({ meeting }: { meeting: MeetingKey }) {
  const { t } = useTranslation()
  const { client, beginSignIn } = useKiosk()
  const { meetingId, localDate, startsAtMs } = meeting
  const asked = useCall(`${meetingId} ${localDate} ${startsAtMs}`, () =>
    client.call('meetings.get', { meetingId, localDate, startsAtMs }),
  )
  const { ask, value: detail, code } = asked
  useEffect(() => client.on('meetings.changed', ask), [client, ask])

  if (code === 'not_found') {
    return (
      <Screen name="meeting" title={t('kiosk.meeting.gone')}>
        <p>{t('kiosk.meeting.goneHint')}</p>
      </Screen>
    )
  }
  if (detail === null) {
    return (
      <Screen name="meeting" title={t('kiosk.meeting.title')}>
        {code === null ? null : <Trouble onRetry={ask} />}
        {asked.slow ? <Slow /> : null}
      </Screen>
    )
  }
  const { row } = detail
  const action = row.canSignIn ? (
    <Button look="primary" onPress={() => beginSignIn(row)}>
      <Icon of={CheckIcon} />
      {t('kiosk.meeting.signIn')}
    </Button>
  ) : null
  return (
    <Screen
      name="meeting"
      lead={
        <>
          <ChangeTag row={row} />
          <KindTag row={row} />
        </>
      }
      title={<bdi>{row.name}</bdi>}
      action={action}
    >
      <ChangeNote detail={detail} />
      <Stale detail={detail} />
      <div className="facts">
        <When detail={detail} />
        <Where detail={detail} />
        <Who detail={detail} />
        <Join detail={detail} />
        <Notes detail={detail} />
        <Dates detail={detail} />
      </div>
      <Source detail={detail} />
    </Screen>
  )
}

type Part = { readonly detail: MeetingDetail }

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="fact">
      <h2>{title}</h2>
      <div className="fact-text">{children}</div>
    </section>
  )
}

function ChangeNote({ detail: { row } }: Part) {
  const { t } = useTranslation()
  if (row.status === 'scheduled') return null
  const text = {
    cancelled: t('kiosk.meeting.cancelledHint'),
    moved: t('kiosk.meeting.movedHint'),
    tentative: t('kiosk.meeting.tentativeHint'),
  }[row.status]
  return (
    <p className="change-note">
      <Icon of={InfoIcon} />
      {text}
    </p>
  )
}

function When({ detail: { row } }: Part) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  // One who joins from elsewhere must know whose clock is meant (LNG-11).
  const end = row.attendance === 'in_person' ? formats.time(row.endsAtMs) : formats.timeWithZone(row.endsAtMs)
  return (
    <Fact title={t('kiosk.meeting.when')}>
      <p className="fact-main" data-cancelled={row.status === 'cancelled' || undefined}>
        {row.allDay
          ? t('common.allDay')
          : t('common.timeRange', { from: formats.time(row.startsAtMs), to: end })}
      </p>
      <p>{formats.longDate(row.localDate)}</p>
    </Fact>
  )
}

function Where({ detail }: Part) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const { row, address, placeNote } = detail
  if (row.attendance === 'online') return null
  const place = row.place === null ? null : placeBeside(row.place, address)
  const away =
    row.whereabouts === 'nearby' && row.distanceMeters !== null
      ? t('kiosk.today.away', { distance: formats.distance(row.distanceMeters) })
      : null
  return (
    <Fact title={t('kiosk.meeting.where')}>
      {place === null ? null : (
        <p className="fact-main">
          <bdi>{place}</bdi>
        </p>
      )}
      {address === null || address === place ? null : (
        <p>
          <bdi>{address}</bdi>
        </p>
      )}
      {away === null ? null : <p>{away}</p>}
      {placeNote === null || row.place?.endsWith(placeNote) === true ? null : (
        <p>
          <bdi>{placeNote}</bdi>
        </p>
      )}
      {row.wheelchair === null ? null : (
        <p>{row.wheelchair ? t('common.wheelchair.yes') : t('common.wheelchair.no')}</p>
      )}
    </Fact>
  )
}

// Open, closed, wheelchair and online stand in words of our own (Meeting Guide codes); the rest are the list's.
const saidElsewhere = new Set(['O', 'C', 'X', 'ONL', 'TC'])

function Who({ detail }: Part) {
  const { t } = useTranslation()
  const { formats, visit, today } = useKiosk()
  const { row, types } = detail
  const fellowship = fellowshipText(t, row)
  const known = types.flatMap(({ code, label, es }) => {
    if (label === null || saidElsewhere.has(code)) return []
    return visit.locale === 'es' && es !== undefined
      ? [{ text: es, lang: 'es' }]
      : [{ text: label, lang: 'en' }]
  })
  return (
    <Fact title={t('kiosk.meeting.who')}>
      <p className="fact-main">{t(`common.audience.${row.audience}`)}</p>
      {fellowship === null ? null : (
        <p>
          <bdi>{fellowship}</bdi>
        </p>
      )}
      <p>{openText(t, row, today)}</p>
      <p>{t(`kiosk.meeting.kindText.${row.kind}`)}</p>
      {row.languages.length === 0 ? null : (
        <p>{t('kiosk.meeting.languages', { languages: formats.languages(row.languages) })}</p>
      )}
      {known.length === 0 ? null : (
        <p>
          {known.map(({ text, lang }, index) => (
            <Fragment key={text}>
              {index > 0 ? ' · ' : null}
              <bdi lang={lang}>{text}</bdi>
            </Fragment>
          ))}
        </p>
      )}
    </Fact>
  )
}

function Join({ detail }: Part) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const { onlineUrl, onlineNote, phone, phoneNote, provider } = detail
  const dial = phone === null ? null : dialParts(phone)
  return (
    <>
      {onlineUrl === null && onlineNote === null ? null : (
        <Fact title={t('kiosk.meeting.join')}>
          {onlineUrl === null ? null : (
            <div className="join">
              <QrCode text={onlineUrl} label={t('kiosk.meeting.scan')} />
              <div>
                {provider === null || provider === 'website' ? null : (
                  <p className="fact-main">
                    <bdi>{provider}</bdi>
                  </p>
                )}
                <p>{t('kiosk.meeting.scan')}</p>
                <p className="address">
                  <bdi>{readableAddress(onlineUrl)}</bdi>
                </p>
              </div>
            </div>
          )}
          {onlineNote === null ? null : (
            <p>
              <bdi>{onlineNote}</bdi>
            </p>
          )}
        </Fact>
      )}
      {dial === null ? null : (
        <Fact title={t('kiosk.meeting.phone')}>
          <p className="fact-main">
            <bdi dir="ltr">{dial.number}</bdi>
          </p>
          {dial.codes.length === 0 ? null : (
            <p>{t('kiosk.meeting.phoneCode', { codes: formats.list(dial.codes) })}</p>
          )}
          {phoneNote === null ? null : (
            <p>
              <bdi>{phoneNote}</bdi>
            </p>
          )}
        </Fact>
      )}
    </>
  )
}

function Notes({ detail: { notes } }: Part) {
  const { t } = useTranslation()
  if (notes === null) return null
  return (
    <Fact title={t('kiosk.meeting.notes')}>
      <p className="notes" dir="auto">
        {notes}
      </p>
    </Fact>
  )
}

function Dates({ detail: { upcoming } }: Part) {
  const { t } = useTranslation()
  const { formats, today } = useKiosk()
  if (upcoming.length < 2) return null
  return (
    <Fact title={t('kiosk.meeting.dates')}>
      <ul className="dates">
        {upcoming.map(({ localDate, startsAtMs, status }) => (
          <li key={startsAtMs} data-status={status}>
            <span className="date-text">{formats.longDate(localDate)}</span>{' '}
            {status === 'cancelled' ? (
              <strong>
                {localDate === today ? t('common.status.cancelledToday') : t('common.status.cancelled')}
              </strong>
            ) : (
              <span>{formats.time(startsAtMs)}</span>
            )}
          </li>
        ))}
      </ul>
    </Fact>
  )
}

/** Who says so, and how long ago: one may ask there (feeds name themselves, never a person). */
function Source({ detail: { row, sourceName, sourceAsOfMs } }: Part) {
  const { t } = useTranslation()
  const { formats, nowMs } = useKiosk()
  const date = sourceAsOfMs === null ? null : formats.dateAt(sourceAsOfMs, nowMs)
  const others = otherLists(row, sourceName)
  if (sourceName === null && date === null && others.length === 0) return null
  return (
    <div className="source">
      {sourceName === null && date === null ? null : (
        <p>
          {sourceName === null
            ? t('kiosk.meeting.asOf', { date })
            : date === null
              ? t('kiosk.meeting.source', { source: sourceName })
              : t('kiosk.meeting.sourceAsOf', { source: sourceName, date })}
        </p>
      )}
      {others.length === 0 ? null : <p>{t('kiosk.meeting.alsoListed', { sources: formats.list(others) })}</p>}
    </div>
  )
}

function Stale({ detail: { row } }: Part) {
  const { t } = useTranslation()
  const { formats, nowMs } = useKiosk()
  if (row.asOfMs === null) return null
  return <p className="stale-note">{t('kiosk.meeting.stale', { date: formats.dateAt(row.asOfMs, nowMs) })}</p>
}
