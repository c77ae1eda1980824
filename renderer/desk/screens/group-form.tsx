import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createFormats } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice, OptionField, SelectField, TextField } from '../controls.tsx'
import type { SaidCode } from '../desk-client.ts'
import { GroupTimes } from '../group-times.tsx'
import { nextDates } from '../next-dates.ts'
import { datesOf, readOwn, type OwnDraft, type OwnFault } from '../own-draft.ts'
import { createScheduleWords } from '../schedule-words.ts'
import { FellowshipOptions } from '../settings-fields.tsx'
import { useTitleFocus } from '../use-title-focus.ts'
import type { GroupsProps } from './groups-screen.tsx'

/** What is spoken in groups most often; anything else can be said in the notes. */
const offeredLanguages = [
  'en',
  'es',
  'ase',
  'ar',
  'fr',
  'ht',
  'ko',
  'pl',
  'pt',
  'ru',
  'tl',
  'vi',
  'zh',
] as const

type GroupFormProps = GroupsProps & {
  /** Null: a new one. */
  readonly meetingId: string | null
  readonly draft: OwnDraft
  readonly onDraft: (draft: OwnDraft) => void
  readonly onLeave: () => void
  readonly onSaved: (name: string, meetingId: string) => void
}

/** One group or club of the center. It says back in words what was entered, with the next dates. */
export function GroupForm(props: GroupFormProps) {
  const { client, desk, center, locale, nowMs, meetingId, draft, onDraft, onLeave, onSaved } = props
  const { t } = useTranslation()
  const title = useTitleFocus()
  const form = useRef<HTMLFormElement>(null)
  const [hasTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const schedule = useMemo(() => createScheduleWords(locale, t), [locale, t])
  const formats = useMemo(
    () => createFormats(locale, center.zone, center.distanceUnit),
    [locale, center.zone, center.distanceUnit],
  )
  const reading = readOwn(draft)
  // Nothing is marked before the first try; then a mark goes as soon as the answer is right.
  const faults: readonly OwnFault[] = hasTried && !reading.ok ? reading.faults : []
  const set = (change: Partial<OwnDraft>) => {
    setCode(null)
    onDraft({ ...draft, ...change })
  }
  const isOnline = draft.attendance !== 'in_person'

  async function save() {
    setTried(true)
    setCode(null)
    if (!reading.ok) {
      requestAnimationFrame(() => {
        form.current
          ?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
          ?.focus()
      })
      return
    }
    if (isSaving) return
    setSaving(true)
    const reply = await client.call('ownMeetings.save', { meetingId, meeting: reading.meeting })
    setSaving(false)
    if (reply.ok) onSaved(reading.meeting.name, reply.value.meetingId)
    else setCode(reply.code)
  }

  const linkError =
    code === 'bad_link' || faults.includes('link')
      ? t('desk.error.bad_link')
      : faults.includes('linkOrPhone')
        ? t('desk.groups.fault.linkOrPhone')
        : null
  const dates = datesOf(draft)
  return (
    <div className="page group-page">
      <Button look="quiet" className="page-back" onPress={onLeave}>
        <Icon of={ArrowLeftIcon} />
        {t('desk.groups.all')}
      </Button>
      <h1 ref={title} tabIndex={-1}>
        {meetingId === null ? t('desk.groups.addTitle') : t('desk.groups.changeTitle')}
      </h1>
      <form
        ref={form}
        className="group-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <section className="card form-part" aria-labelledby="group-what">
          <h2 id="group-what">{t('desk.groups.part.what')}</h2>
          <Field
            label={t('desk.groups.name')}
            maxLength={120}
            value={draft.name}
            onText={(name) => set({ name })}
            {...(faults.includes('name') ? { error: t('desk.groups.fault.name') } : {})}
          />
          <OptionField
            label={t('desk.groups.kind')}
            options={[
              { value: 'therapy', label: t('desk.groups.kindTherapy') },
              { value: 'peer', label: t('desk.groups.kindPeer') },
              { value: 'club', label: t('desk.groups.kindClub') },
            ]}
            chosen={draft.kind}
            onChoose={(kind) => set({ kind })}
          />
          {draft.kind === 'peer' ? (
            <SelectField
              label={t('desk.add.fellowship')}
              value={draft.fellowship}
              onValue={(fellowship) => set({ fellowship })}
            >
              <option value="">{t('desk.groups.fellowshipNone')}</option>
              <FellowshipOptions fellowships={desk.fellowships} />
            </SelectField>
          ) : null}
        </section>

        <section className="card form-part" aria-labelledby="group-when">
          <h2 id="group-when">{t('desk.groups.part.when')}</h2>
          <GroupTimes draft={draft} onDraft={set} faults={faults} schedule={schedule} />
          {code === 'bad_date' ? <Notice tone="fault">{t('desk.error.bad_date')}</Notice> : null}
        </section>

        <section className="card form-part" aria-labelledby="group-where">
          <h2 id="group-where">{t('desk.groups.part.where')}</h2>
          <OptionField
            label={t('desk.groups.attendance.label')}
            options={(['in_person', 'hybrid', 'online'] as const).map((value) => ({
              value,
              label: t(`desk.groups.attendance.${value}`),
            }))}
            chosen={draft.attendance}
            onChoose={(attendance) => set({ attendance })}
          />
          {draft.attendance === 'online' ? null : (
            <>
              <div className="pair">
                <Field
                  label={t('desk.groups.room')}
                  hint={t('desk.groups.roomHint')}
                  maxLength={120}
                  value={draft.room}
                  onText={(room) => set({ room })}
                />
                <OptionField
                  lay="tight"
                  label={t('desk.groups.wheelchair')}
                  options={(['yes', 'no', 'unknown'] as const).map((value) => ({
                    value,
                    label: t(`desk.groups.known.${value}`),
                  }))}
                  chosen={draft.wheelchair === null ? 'unknown' : draft.wheelchair ? 'yes' : 'no'}
                  onChoose={(value) => set({ wheelchair: value === 'unknown' ? null : value === 'yes' })}
                />
              </div>
              <details
                className="more"
                open={draft.placeName !== '' || draft.street !== '' ? true : undefined}
              >
                <summary>{t('desk.groups.elsewhere')}</summary>
                <div className="three">
                  <Field
                    label={t('desk.groups.placeName')}
                    maxLength={120}
                    value={draft.placeName}
                    onText={(placeName) => set({ placeName })}
                  />
                  <Field
                    label={t('desk.center.street')}
                    maxLength={200}
                    value={draft.street}
                    onText={(street) => set({ street })}
                  />
                  <Field
                    label={t('desk.groups.city')}
                    maxLength={120}
                    value={draft.city}
                    onText={(city) => set({ city })}
                  />
                </div>
              </details>
            </>
          )}
          {isOnline ? (
            <Field
              label={t('desk.groups.link')}
              hint={t('desk.groups.linkHint')}
              type="url"
              inputMode="url"
              maxLength={2048}
              value={draft.onlineUrl}
              onText={(onlineUrl) => set({ onlineUrl })}
              {...(linkError === null ? {} : { error: linkError })}
            />
          ) : null}
          <div className="pair">
            <Field
              label={isOnline ? t('desk.groups.phoneJoin') : t('desk.groups.phone')}
              type="tel"
              inputMode="tel"
              maxLength={60}
              value={draft.phone}
              onText={(phone) => set({ phone })}
              {...(faults.includes('phone') ? { error: t('desk.groups.fault.phone') } : {})}
            />
          </div>
        </section>

        <section className="card form-part" aria-labelledby="group-who">
          <h2 id="group-who">{t('desk.groups.part.who')}</h2>
          <OptionField
            lay="tight"
            label={t('desk.groups.openness.label')}
            options={(['open', 'closed', 'unknown'] as const).map((value) => ({
              value,
              label: t(`desk.groups.openness.${value}`),
            }))}
            chosen={draft.openness}
            onChoose={(openness) => set({ openness })}
          />
          <OptionField
            lay="tight"
            label={t('desk.groups.languages')}
            options={[...new Set([...offeredLanguages, ...draft.languages])].map((value) => ({
              value,
              // Browsers know no name for it.
              label: value === 'ase' ? t('desk.groups.signLanguage') : formats.languages([value]),
            }))}
            checked={draft.languages}
            onCheck={(value, isOn) => {
              const others = draft.languages.filter((each) => each !== value)
              set({ languages: isOn ? [...others, value].slice(0, 10) : others })
            }}
          />
          <TextField
            label={t('desk.groups.notes')}
            hint={t('desk.groups.notesHint')}
            maxLength={2000}
            value={draft.notes}
            onText={(notes) => set({ notes })}
          />
        </section>

        <aside className="preview" aria-labelledby="preview-title">
          <h2 id="preview-title">{t('desk.groups.preview.title')}</h2>
          <div role="status">
            <Preview
              lines={schedule.lines(dates)}
              byAppointment={draft.byAppointment}
              next={nextDates(dates, center.zone, nowMs).map(({ localDate, startsAtMs }) => ({
                key: startsAtMs,
                text: `${formats.longDate(localDate)}, ${formats.time(startsAtMs)}`,
              }))}
            />
          </div>
          {faults.length === 0 ? null : (
            <Notice tone="fault">{t('desk.groups.check', { count: faults.length })}</Notice>
          )}
          {code === null || code === 'bad_date' || code === 'bad_link' ? null : (
            <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>
          )}
          <div className="preview-acts">
            <Button look="primary" onPress={() => void save()}>
              {isSaving ? t('desk.center.saving') : t('common.save')}
            </Button>
            <Button onPress={onLeave}>{t('common.cancel')}</Button>
          </div>
        </aside>
      </form>
    </div>
  )
}

type PreviewProps = {
  readonly lines: readonly string[]
  readonly byAppointment: boolean
  readonly next: readonly { readonly key: number; readonly text: string }[]
}

function Preview({ lines, byAppointment, next }: PreviewProps) {
  const { t } = useTranslation()
  if (byAppointment) return <p>{t('desk.groups.preview.byAppointment')}</p>
  if (lines.length === 0) return <p className="quiet">{t('desk.groups.preview.empty')}</p>
  return (
    <>
      <ul className="preview-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {next.length === 0 ? (
        <p className="preview-none">{t('desk.groups.preview.none')}</p>
      ) : (
        <>
          <h3>{t('desk.groups.preview.next')}</h3>
          <ul className="preview-next">
            {next.map(({ key, text }) => (
              <li key={key}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
