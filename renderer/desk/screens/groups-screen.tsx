import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CenterSettings, DeskState, OwnMeeting } from '../../../electron/contract/desk-calls.ts'
import type { EpochMs, LocaleId } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { createFormats } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useCall } from '../../ui/use-call.ts'
import { Notice } from '../controls.tsx'
import type { DeskClient, SaidCode } from '../desk-client.ts'
import { toneOf } from '../feed-facts.tsx'
import { nextDates } from '../next-dates.ts'
import { draftOfOwn, emptyOwnDraft, type OwnDraft } from '../own-draft.ts'
import { RemoveQuestion } from '../question.tsx'
import { createScheduleWords } from '../schedule-words.ts'
import { useReturnFocus } from '../use-title-focus.ts'
import { GroupForm } from './group-form.tsx'

/** Which page of the own groups is shown, with what was typed in it. */
export type GroupsView =
  | { readonly show: 'all'; readonly done?: Done; readonly focus?: string }
  | { readonly show: 'form'; readonly meetingId: string | null; readonly draft: OwnDraft }

type Done = { readonly what: 'saved' | 'removed'; readonly name: string }

export type GroupsProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly locale: LocaleId
  readonly nowMs: EpochMs
}

type GroupsScreenProps = GroupsProps & {
  readonly view: GroupsView
  readonly onView: (view: GroupsView) => void
}

/** The center's own groups and clubs, entered here. */
export function GroupsScreen({ view, onView, ...common }: GroupsScreenProps) {
  if (view.show === 'form') {
    return (
      <GroupForm
        {...common}
        meetingId={view.meetingId}
        draft={view.draft}
        onDraft={(draft) => onView({ ...view, draft })}
        onLeave={() => onView({ show: 'all', focus: `change-${view.meetingId ?? 'new'}` })}
        onSaved={(name, meetingId) =>
          onView({ show: 'all', done: { what: 'saved', name }, focus: `change-${meetingId}` })
        }
      />
    )
  }
  return <AllGroups {...common} view={view} onView={onView} />
}

type AllGroupsProps = GroupsProps & {
  readonly view: Extract<GroupsView, { show: 'all' }>
  readonly onView: (view: GroupsView) => void
}

function AllGroups({ client, desk, center, locale, nowMs, view, onView }: AllGroupsProps) {
  const { t } = useTranslation()
  const groups = useCall('own', () => client.call('ownMeetings.list', {}))
  const { ask } = groups
  useEffect(() => client.on('meetings.changed', ask), [client, ask])
  useReturnFocus(groups.value === null ? null : (view.focus ?? null))
  const add = (
    <Button
      id="change-new"
      look={groups.value?.length === 0 ? 'primary' : 'large'}
      onPress={() => onView({ show: 'form', meetingId: null, draft: emptyOwnDraft(center.defaultLocale) })}
    >
      <Icon of={PlusIcon} />
      {t('desk.groups.add')}
    </Button>
  )
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('desk.nav.groups')}</h1>
          <p className="quiet">{t('desk.groups.lead')}</p>
        </div>
        {add}
      </div>
      {view.done === undefined ? null : (
        <Notice tone="done">{t(`desk.groups.${view.done.what}`, { name: view.done.name })}</Notice>
      )}
      {groups.code === null ? null : <Notice tone="fault">{t(`desk.error.${groups.code}`)}</Notice>}
      {groups.value?.length === 0 ? <p className="card empty">{t('desk.groups.none')}</p> : null}
      <ul className="groups">
        {(groups.value ?? []).map((group) => (
          <GroupCard
            key={group.meetingId}
            client={client}
            desk={desk}
            center={center}
            locale={locale}
            nowMs={nowMs}
            group={group}
            onChange={() =>
              onView({ show: 'form', meetingId: group.meetingId, draft: draftOfOwn(withoutIds(group)) })
            }
            onRemoved={() => {
              onView({ show: 'all', done: { what: 'removed', name: group.name }, focus: 'change-new' })
              ask()
            }}
          />
        ))}
      </ul>
    </div>
  )
}

type Group = OwnMeeting & { readonly meetingId: string; readonly schedule: string }

function withoutIds({ meetingId: _meetingId, schedule: _schedule, ...meeting }: Group): OwnMeeting {
  return meeting
}

type GroupCardProps = GroupsProps & {
  readonly group: Group
  readonly onChange: () => void
  readonly onRemoved: () => void
}

function GroupCard(props: GroupCardProps) {
  const { client, desk, center, locale, nowMs, group, onChange, onRemoved } = props
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const schedule = useMemo(() => createScheduleWords(locale, t), [locale, t])
  const formats = useMemo(
    () => createFormats(locale, center.zone, center.distanceUnit),
    [locale, center.zone, center.distanceUnit],
  )
  const { name, meetingId } = group
  const lines = schedule.lines(group.dates)
  const next = nextDates(group.dates, center.zone, nowMs)
  const fellowship = desk.fellowships.find(({ id }) => id === group.fellowship)

  async function remove() {
    setAsking(false)
    const reply = await client.call('ownMeetings.remove', { meetingId })
    if (reply.ok) onRemoved()
    else setCode(reply.code)
  }

  return (
    <li className="card group" aria-labelledby={`group-${meetingId}`}>
      <div className="group-words">
        <h2 id={`group-${meetingId}`}>{name}</h2>
        <p className="tags">
          <Tag tone={toneOf[group.kind]}>{t(`common.kind.${group.kind}`)}</Tag>
          {fellowship === undefined ? null : <span className="tags-words">{fellowship.name}</span>}
          {group.attendance === 'in_person' ? null : (
            <Tag tone="sky">{t(`desk.groups.attendance.${group.attendance}`)}</Tag>
          )}
        </p>
        <ul className="group-lines">
          {lines.length === 0 ? <li>{t('desk.groups.byAppointment')}</li> : null}
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="quiet">
          {[group.room, group.placeName, group.street].filter((part) => part !== '').join(', ')}
        </p>
        {lines.length === 0 ? null : (
          <p className="quiet">
            {next.length === 0
              ? t('desk.groups.over')
              : t('desk.groups.next', {
                  dates: next.map(({ localDate }) => formats.shortDate(localDate)).join(' · '),
                })}
          </p>
        )}
      </div>
      <div className="feed-acts">
        <Button
          id={`change-${meetingId}`}
          aria-label={t('desk.groups.changeOne', { name })}
          onPress={onChange}
        >
          {t('desk.center.edit')}
        </Button>
        <Button look="quiet" aria-label={t('desk.feeds.removeOne', { name })} onPress={() => setAsking(true)}>
          {t('desk.feeds.remove')}
        </Button>
      </div>
      {isAsking ? (
        <RemoveQuestion name={name} onNo={() => setAsking(false)} onYes={() => void remove()}>
          {t('desk.groups.removeAsk', { name })}
        </RemoveQuestion>
      ) : null}
      {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
    </li>
  )
}
