import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { OptionField, SelectField } from './controls.tsx'
import {
  offeredLengths,
  withOnce,
  withWeekly,
  type OnceDraft,
  type OwnDraft,
  type OwnFault,
  type WeeklyDraft,
} from './own-draft.ts'
import type { ScheduleWords } from './schedule-words.ts'
import { WeekToggles } from './week-toggles.tsx'

type GroupTimesProps = {
  readonly draft: OwnDraft
  readonly onDraft: (change: Partial<OwnDraft>) => void
  readonly faults: readonly OwnFault[]
  readonly schedule: ScheduleWords
}

/** When a group meets: any number of weekly times and single dates, or by appointment. */
export function GroupTimes({ draft, onDraft, faults, schedule }: GroupTimesProps) {
  const { t } = useTranslation()
  const { weekly, once } = draft
  return (
    <>
      <OptionField
        label={t('desk.times.label')}
        options={[
          { value: 'fixed', label: t('desk.times.fixed') },
          { value: 'appointment', label: t('desk.groups.byAppointment') },
        ]}
        chosen={draft.byAppointment ? 'appointment' : 'fixed'}
        onChoose={(value) => onDraft({ byAppointment: value === 'appointment' })}
        {...(faults.includes('times') ? { error: t('desk.times.faultNone') } : {})}
      />
      {draft.byAppointment ? null : (
        <>
          {weekly.map((row, index) => (
            <WeeklyTime
              key={row.key}
              row={row}
              number={index + 1}
              schedule={schedule}
              isFaulty={faults.includes(`weekly-${row.key}`)}
              canRemove={weekly.length + once.length > 1}
              onRow={(next) =>
                onDraft({ weekly: weekly.map((each) => (each.key === row.key ? next : each)) })
              }
              onRemove={() => onDraft({ weekly: weekly.filter(({ key }) => key !== row.key) })}
            />
          ))}
          {once.map((row) => (
            <SingleDate
              key={row.key}
              row={row}
              isFaulty={faults.includes(`once-${row.key}`)}
              onRow={(next) => onDraft({ once: once.map((each) => (each.key === row.key ? next : each)) })}
              onRemove={() => onDraft({ once: once.filter(({ key }) => key !== row.key) })}
            />
          ))}
          <div className="times-add">
            <Button onPress={() => onDraft(withWeekly(draft))}>
              {weekly.length === 0 ? t('desk.times.addWeekly') : t('desk.times.addOther')}
            </Button>
            <Button onPress={() => onDraft(withOnce(draft))}>{t('desk.times.addOnce')}</Button>
          </div>
        </>
      )}
    </>
  )
}

type WeeklyTimeProps = {
  readonly row: WeeklyDraft
  readonly number: number
  readonly schedule: ScheduleWords
  readonly isFaulty: boolean
  readonly canRemove: boolean
  readonly onRow: (row: WeeklyDraft) => void
  readonly onRemove: () => void
}

/** 0 = Sunday, as the contract counts. */
const weekdays = ['0', '1', '2', '3', '4', '5', '6'] as const

function WeeklyTime({ row, number, schedule, isFaulty, canRemove, onRow, onRemove }: WeeklyTimeProps) {
  const { t } = useTranslation()
  return (
    <div className="time-row" role="group" aria-label={t('desk.times.number', { number })}>
      <OptionField
        lay="tight"
        label={t('desk.times.days')}
        options={weekdays.map((value) => ({
          value,
          label: (
            <>
              <span aria-hidden>{schedule.shortWeekday(Number(value))}</span>
              <span className="unseen">{schedule.weekday(Number(value))}</span>
            </>
          ),
        }))}
        checked={row.weekdays.map((day) => String(day) as (typeof weekdays)[number])}
        onCheck={(value, isOn) => {
          const others = row.weekdays.filter((day) => day !== Number(value))
          onRow({ ...row, weekdays: isOn ? [...others, Number(value)].toSorted() : others })
        }}
        {...(isFaulty && row.weekdays.length === 0 ? { error: t('desk.times.faultDay') } : {})}
      />
      <StartAndLength row={row} isFaulty={isFaulty} onRow={(change) => onRow({ ...row, ...change })}>
        {canRemove ? <RemoveTime label={t('desk.times.removeOne', { number })} onRemove={onRemove} /> : null}
      </StartAndLength>
      <WeekToggles
        label={t('desk.times.weeks')}
        weeks={row.weeks}
        onWeeks={(weeks) => onRow({ ...row, weeks })}
      />
    </div>
  )
}

type SingleDateProps = {
  readonly row: OnceDraft
  readonly isFaulty: boolean
  readonly onRow: (row: OnceDraft) => void
  readonly onRemove: () => void
}

function SingleDate({ row, isFaulty, onRow, onRemove }: SingleDateProps) {
  const { t } = useTranslation()
  return (
    <div className="time-row" role="group" aria-label={t('desk.times.once')}>
      <StartAndLength
        row={row}
        isFaulty={isFaulty}
        onRow={(change) => onRow({ ...row, ...change })}
        before={
          <Field
            label={t('desk.times.date')}
            type="date"
            value={row.date}
            onText={(date) => onRow({ ...row, date })}
            {...(isFaulty && row.date === '' ? { error: t('desk.times.faultDate') } : {})}
          />
        }
      >
        <RemoveTime label={t('desk.times.removeOnce')} onRemove={onRemove} />
      </StartAndLength>
    </div>
  )
}

type Times = { readonly start: string; readonly durationMinutes: number }

type StartAndLengthProps = {
  readonly row: Times
  readonly isFaulty: boolean
  readonly onRow: (change: Partial<Times>) => void
  readonly before?: React.ReactNode
  readonly children: React.ReactNode
}

function StartAndLength({ row, isFaulty, onRow, before, children }: StartAndLengthProps) {
  const { t } = useTranslation()
  const lengths = [...new Set([...offeredLengths, row.durationMinutes])].toSorted((a, b) => a - b)
  return (
    <div className="time-line">
      {before}
      <Field
        label={t('desk.times.start')}
        type="time"
        value={row.start}
        onText={(start) => onRow({ start: start.slice(0, 5) })}
        {...(isFaulty && row.start === '' ? { error: t('desk.times.faultStart') } : {})}
      />
      <SelectField
        label={t('desk.times.length')}
        value={String(row.durationMinutes)}
        onValue={(value) => onRow({ durationMinutes: Number(value) })}
      >
        {lengths.map((minutes) => (
          <option key={minutes} value={minutes}>
            {lengthText(minutes, t)}
          </option>
        ))}
      </SelectField>
      {children}
    </div>
  )
}

/** `45 min`, `1 h`, `1 h 30 min`. */
function lengthText(minutes: number, t: TFunction): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return t('desk.times.minutes', { minutes })
  return rest === 0
    ? t('desk.times.hours', { hours })
    : t('desk.times.hoursMinutes', { hours, minutes: rest })
}

function RemoveTime({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <Button look="quiet" className="time-remove" aria-label={label} onPress={onRemove}>
      <Icon of={TrashIcon} />
    </Button>
  )
}
