import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingHit, SameMeeting } from '../../../electron/contract/desk-calls.ts'
import { Button } from '../../ui/button.tsx'
import { useCall } from '../../ui/use-call.ts'
import { Notice } from '../controls.tsx'
import type { DeskClient, SaidCode } from '../desk-client.ts'

/** Meetings that several lists have and the kiosk shows once; staff may say that they are two. */
export function SameScreen({ client }: { readonly client: DeskClient }) {
  const { t } = useTranslation()
  const same = useCall('same', () => client.call('sameMeetings.list', {}))
  const { ask } = same
  const [code, setCode] = useState<SaidCode | null>(null)
  /** The listing that was just set, until main has answered: a sign at once, also where that takes a moment. */
  const [setting, setSetting] = useState<string | null>(null)
  useEffect(() => {
    const ends = [client.on('meetings.changed', ask), client.on('feeds.changed', ask)]
    return () => {
      for (const end of ends) end()
    }
  }, [client, ask])

  async function set(meetingId: string, otherId: string, apart: boolean) {
    if (setting !== null) return
    setCode(null)
    setSetting(otherId)
    const reply = await client.call('sameMeetings.set', { meetingId, otherId, apart })
    setSetting(null)
    if (!reply.ok) setCode(reply.code)
    ask()
  }

  const said = code ?? same.code
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('desk.nav.same')}</h1>
          <p className="quiet">{t('desk.same.lead')}</p>
        </div>
      </div>
      {said === null ? null : <Notice tone="fault">{t(`desk.error.${said}`)}</Notice>}
      {same.value === null ? null : same.value.length === 0 ? (
        <p className="card empty">{t('desk.same.none')}</p>
      ) : (
        <>
          <p role="status">
            {t(same.value.length < mostSame ? 'desk.same.found' : 'desk.same.foundMany', {
              count: same.value.length,
            })}
          </p>
          <ul className="sames">
            {same.value.map((each) => (
              <SameCard
                key={each.shown.meetingId}
                same={each}
                setting={setting}
                onSet={(otherId, apart) => void set(each.shown.meetingId, otherId, apart)}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** So many are sent at the most. */
const mostSame = 200

type SameCardProps = {
  readonly same: SameMeeting
  readonly setting: string | null
  readonly onSet: (otherId: string, apart: boolean) => void
}

const fields = ['name', 'schedule', 'place', 'feedName'] as const

/** What is shown beside what it stands for, field by field; where they differ is marked. */
function SameCard({ same: { shown, others }, setting, onSet }: SameCardProps) {
  const { t } = useTranslation()
  return (
    <li className="card same" aria-labelledby={`same-${shown.meetingId}`}>
      <h2 id={`same-${shown.meetingId}`}>{shown.name}</h2>
      {others.map(({ meeting, apart }) => (
        <div key={meeting.meetingId} className="same-pair" data-apart={apart}>
          <table>
            <caption className="unseen">{t('desk.same.caption', { name: shown.name })}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">{t('desk.same.field.label')}</span>
                </th>
                <th scope="col">{t('desk.same.shown')}</th>
                <th scope="col">{apart ? t('desk.same.shownToo') : t('desk.same.other')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field} data-differs={field !== 'feedName' && differs(shown, meeting, field)}>
                  <th scope="row">{t(`desk.same.field.${field}`)}</th>
                  <td>{shown[field] ?? t('desk.same.nothing')}</td>
                  <td>{meeting[field] ?? t('desk.same.nothing')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className="same-act">
            <p role="status">
              {t(
                setting === meeting.meetingId
                  ? 'desk.center.saving'
                  : apart
                    ? 'desk.same.areTwo'
                    : 'desk.same.isOne',
              )}
            </p>
            <Button
              aria-disabled={setting !== null}
              aria-label={t(apart ? 'desk.same.togetherOne' : 'desk.same.apartOne', {
                name: meeting.name,
                list: meeting.feedName,
              })}
              onPress={() => onSet(meeting.meetingId, !apart)}
            >
              {t(apart ? 'desk.same.together' : 'desk.same.apart')}
            </Button>
          </div>
        </div>
      ))}
    </li>
  )
}

function differs(one: MeetingHit, other: MeetingHit, field: (typeof fields)[number]): boolean {
  return (one[field] ?? '').trim().toLowerCase() !== (other[field] ?? '').trim().toLowerCase()
}
