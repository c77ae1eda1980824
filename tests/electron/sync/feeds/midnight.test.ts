import { expect, it } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { calendar, event } from '../../../support/calendars.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'

/* "Friday 00:00" as the end of Friday, when staff say so, in every format. */

const settings: ReaderSettings = { kind: 'peer', fellowship: 'na', zone: 'America/Chicago' }

function read(content: string, midnightBefore: boolean): WholeReading {
  const reading = readAll(content, { ...settings, midnightBefore })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

const guide = JSON.stringify([
  {
    slug: 'late',
    name: 'Late',
    day: [5, 6],
    time: '00:00',
    end_time: '01:00',
    formatted_address: '1 Main St, X, IL, USA',
  },
  { slug: 'evening', name: 'Evening', day: 5, time: '23:59', formatted_address: '1 Main St, X, IL, USA' },
])
const bmlt = JSON.stringify([
  {
    id_bigint: '1',
    weekday_tinyint: '6',
    start_time: '00:00:00',
    meeting_name: 'Late',
    location_street: '1 Main St',
  },
])
const table = 'name,day,time,address\nLate,Friday,00:00,"1 Main St, X, IL, USA"\n'

it.each([
  [
    'meeting-guide',
    guide,
    [
      [5, 0],
      [6, 0],
      [5, 1439],
    ],
    [
      [5, 1440],
      [6, 1440],
      [5, 1439],
    ],
  ],
  ['bmlt', bmlt, [[5, 0]], [[5, 1440]]],
  ['table', table, [[5, 0]], [[5, 1440]]],
] as const)(
  'a %s feed has its midnights at the end of the day they name',
  (format, content, before, after) => {
    const times = (reading: WholeReading) =>
      reading.meetings.flatMap(({ rules }) =>
        rules.map((rule) => (rule.form === 'weekly' ? [rule.weekday, rule.startMinute] : [])),
      )
    expect(read(content, false).format).toBe(format)
    expect(times(read(content, false))).toEqual(before)
    expect(times(read(content, true))).toEqual(after)
  },
)

it('changes neither who a meeting is nor its counts, and nothing of a calendar', () => {
  const who = ({ meetings }: WholeReading) => meetings.map(({ key, part }) => [key, part])
  expect(who(read(guide, true))).toEqual(who(read(guide, false)))
  expect(read(guide, true).counts).toEqual(read(guide, false).counts)
  const dates = calendar(...event('DTSTART:20260306T000000', 'RRULE:FREQ=WEEKLY;BYDAY=FR', 'SUMMARY:Late'))
  expect(read(dates, true)).toEqual(read(dates, false))
})
