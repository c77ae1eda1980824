import type { WeekOfMonth } from '../../contract/models.ts'
import { folded } from '../../domain/folded.ts'
import { isAbsent } from './day-time.ts'
import type { Cells, Complain, TableTools } from './table-row.ts'
import { datesOf, daysOf, lengthMinutes, timeOf, weekdayOf, weeksOf } from './table-values.ts'
import { quoted } from './text.ts'

export type TableSchedule = {
  /** Null when the cell is empty or names none. With dates: the day of the first. */
  readonly days: readonly number[] | null
  readonly dates: readonly string[]
  readonly weeks: readonly WeekOfMonth[]
  /** Minutes after midnight. */
  readonly start: number | null
  readonly end: number | null
}

/** When a row says it is. `complain` refuses a row of our template; `warn` is for what a row can do without. */
export function scheduleOf(
  cells: Cells,
  { dayFirst, ours }: TableTools,
  complain: Complain,
  warn: Complain,
): TableSchedule {
  const dates = datesFrom(cells, dayFirst, complain)
  const [first] = dates
  const start = startFrom(cells, complain)
  return {
    days: first === undefined ? daysFrom(cells, ours, complain) : [weekdayOf(first)],
    dates,
    weeks: first === undefined ? weeksFrom(cells, complain) : [],
    start,
    end: endFrom(cells, start, warn),
  }
}

function datesFrom(cells: Cells, dayFirst: boolean, complain: Complain): readonly string[] {
  const cell = cells.get('date')
  if (cell === undefined) return []
  const { dates, bad } = datesOf(cell, dayFirst)
  if (bad === null) return dates
  complain('bad-date', 'date', `${quoted(bad)} is no date; write it as 2026-12-05.`)
  return []
}

function daysFrom(cells: Cells, ours: boolean, complain: Complain): readonly number[] | null {
  const cell = cells.get('day')
  if (cell === undefined) return null
  const { days, bad } = daysOf(cell)
  // Numbers are Meeting Guide's; to a volunteer a 1 may be Sunday or Monday.
  // As it is written, where it is the whole cell.
  const wrong = bad === folded(cell) || (bad === null && ours && /\d/.test(cell)) ? cell : bad
  if (wrong === null) return days
  complain('bad-day', 'day', `${quoted(wrong)} is no day; write Monday, Tuesday ... Sunday.`)
  return null
}

function weeksFrom(cells: Cells, complain: Complain): readonly WeekOfMonth[] {
  const cell = cells.get('weeks')
  const weeks = weeksOf(cell ?? '')
  if (weeks !== null) return weeks
  complain(
    'bad-weeks',
    'weeks',
    `${quoted(cell)} is no week of the month; write 1, 2, 3, 4, 5 or last, such as "1, 3".`,
  )
  return []
}

function startFrom(cells: Cells, complain: Complain): number | null {
  const cell = cells.get('time')
  if (cell === undefined) return null
  const half = cells.get('ampm')
  const start = timeOf(half === undefined || /[ap]\.?\s?m/i.test(cell) ? cell : `${cell} ${half}`)
  if (start === null) complain('bad-time', 'time', `${quoted(cell)} is no time; write 7:00 PM or 19:00.`)
  return start
}

/** From its own column, else start and length; minutes after midnight. */
function endFrom(cells: Cells, start: number | null, warn: Complain): number | null {
  const cell = cells.get('end_time')
  if (cell !== undefined) {
    const end = timeOf(cell)
    if (end === null) {
      warn(
        'bad-end-time',
        'end_time',
        `${quoted(cell)} is no time; write 8:30 PM or 20:30. The usual length is used.`,
      )
    }
    return end
  }
  const length = cells.get('length')
  if (isAbsent(length) || length === undefined) return null
  const minutes = lengthMinutes(length)
  if (minutes === null) {
    warn(
      'bad-length',
      'length',
      `${quoted(length)} is not the length of a meeting (10 minutes to 6 hours); write 90 or 1:30. The usual length is used.`,
    )
  }
  return minutes === null || start === null ? null : (start + minutes) % 1440
}
