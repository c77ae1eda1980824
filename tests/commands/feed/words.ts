import type { FeedFormat, RowRemark } from '../../../electron/contract/models.ts'
import type { FeedArguments } from './arguments.ts'
import { type FeedOccurrence, type FeedReport, isUsable } from './report.ts'

const formatNames: Readonly<Record<FeedFormat, string>> = {
  'meeting-guide': 'a Meeting Guide feed',
  bmlt: 'a BMLT answer (Narcotics Anonymous)',
  ical: 'a calendar (iCalendar)',
  naws: 'an export of NA world services',
  table: 'a spreadsheet',
}

const shownRemarks = 20
const shownDates = 20

/** The report for people: what it is, how much of it can be shown, what to mend, what comes next. */
export function inWords(report: FeedReport, settings: FeedArguments): string {
  const { format, counts, refused, warnings, occurrences } = report
  if (format === null) return `This cannot be used.\n\n${listed('Why', refused)}`
  const lines = [
    `This is ${formatNames[format]} with ${plural(counts.read, 'row')}.`,
    '',
    `  ${number(counts.shown)} can be shown with their dates`,
    `  ${number(counts.byAppointment)} by appointment (no day or time)`,
    `  ${number(counts.inactive)} inactive (nowhere to go, nothing to join)`,
    `  ${number(counts.refused)} refused`,
    '',
  ]
  if (!isUsable(report)) lines.push('There is nothing in it that the kiosk could show.', '')
  if (refused.length > 0) lines.push(listed(`Refused (${refused.length})`, refused))
  if (warnings.length > 0) lines.push(listed(`To mend (${warnings.length})`, warnings))
  if (occurrences !== undefined) lines.push(dates(occurrences, settings))
  return lines.join('\n')
}

function listed(title: string, remarks: readonly RowRemark[]): string {
  const left = remarks.length - shownRemarks
  // What stands in one row can be mended by whoever keeps the list; what is true of the whole feed comes after it.
  const ofRows = remarks.filter(({ where }) => where !== 'feed')
  const inOrder = [...ofRows, ...remarks.filter(({ where }) => where === 'feed')]
  const lines = inOrder
    .slice(0, shownRemarks)
    .map(({ where, reason }) => (where === 'feed' ? `  ${reason}` : `  ${where}: ${reason}`))
  if (left > 0) lines.push(`  ... and ${left} more; --json lists them all.`)
  return `${title}:\n${lines.join('\n')}\n`
}

function dates(occurrences: readonly FeedOccurrence[], { zone, dates: window }: FeedArguments): string {
  if (window === null) return ''
  const title = `${plural(occurrences.length, 'date')} from ${window.from} in ${plural(window.days, 'day')} (${zone})`
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  const lines = occurrences.slice(0, shownDates).map(({ startsAt, name, status }) => {
    const when = startsAt.length === 10 ? `${startsAt}, all day` : format.format(Date.parse(startsAt))
    return `  ${when}  ${name}${status === 'scheduled' ? '' : ` (${status})`}`
  })
  const left = occurrences.length - shownDates
  if (left > 0) lines.push(`  ... and ${left} more; --json lists them all.`)
  return [`${title}:`, ...lines, ''].join('\n')
}

function number(count: number): string {
  return String(count).padStart(7)
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
