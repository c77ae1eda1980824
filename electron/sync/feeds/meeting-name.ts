import type { WeeklyRule } from '../../domain/schedule.ts'
import { clockText, dayName } from './day-time.ts'
import { clipped } from './meeting-guide-fields.ts'
import { quoted } from './text.ts'

/** The longest name that Meeting Guide allows (feeds.md 2.2); the other formats give none that is longer. */
export const maxName = 255

/**
 * The name of a meeting, never empty (feeds.md 1.2): its own, else its group's, else where and when it is held,
 * else `otherwise`. Both a cut and a made name are told in a remark.
 */
export function meetingName(
  row: {
    readonly name: string | null
    readonly group?: string | null
    readonly place: string | null
    readonly rule: WeeklyRule | undefined
    readonly otherwise: string
  },
  warn: (code: string, sentence: string) => void,
): string {
  if (row.name !== null && row.name !== '') {
    if (row.name.length <= maxName) return row.name
    warn('long-name', `The name has more than ${maxName} characters; it was cut.`)
    return clipped(row.name, maxName)
  }
  const when = row.rule === undefined ? '' : `${dayName(row.rule.weekday)} ${clockText(row.rule.startMinute)}`
  const placeAndTime = [row.place, when].filter((text) => text !== null && text !== '').join(', ')
  const made = clipped(row.group ?? (placeAndTime || row.otherwise), maxName)
  warn('no-name', `The row has no name; ${quoted(made)} is shown.`)
  return made
}
