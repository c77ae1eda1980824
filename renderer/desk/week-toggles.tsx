import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WeekOfMonth } from '../../electron/contract/models.ts'
import { OptionField } from './controls.tsx'
import { weeksInOrder, withWeek } from './own-draft.ts'

type WeekTogglesProps = {
  readonly label: ReactNode
  readonly weeks: readonly WeekOfMonth[]
  readonly onWeeks: (weeks: readonly WeekOfMonth[]) => void
}

/** Every week, or the first, second ... last of that weekday in its month. */
export function WeekToggles({ label, weeks, onWeeks }: WeekTogglesProps) {
  const { t } = useTranslation()
  const values = ['every', ...weeksInOrder.map(String)] as readonly WeekValue[]
  return (
    <OptionField
      lay="tight"
      label={label}
      options={values.map((value) => ({ value, label: t(`desk.weeks.${value}`) }))}
      checked={weeks.length === 0 ? ['every'] : weeks.map((week) => String(week) as WeekValue)}
      onCheck={(value, isOn) => onWeeks(withWeek(weeks, weekOf(value), isOn))}
    />
  )
}

type WeekValue = 'every' | `${WeekOfMonth}`

function weekOf(value: WeekValue): WeekOfMonth | 'every' {
  return weeksInOrder.find((week) => String(week) === value) ?? 'every'
}
