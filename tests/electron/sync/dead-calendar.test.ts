import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lastDateOf } from '../../../electron/domain/last-date.ts'
import { deadCalendar } from '../../../electron/sync/dead-calendar.ts'
import { calendar, event, readCalendar } from '../../support/calendars.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'

const lastOf = (...lines: readonly string[]) =>
  lastDateOf(readCalendar(calendar(...event('SUMMARY:Run', ...lines))).meetings.flatMap(({ rules }) => rules))

describe('the last date of a rule', () => {
  it.each([
    ['a single event', ['DTSTART:20180331T180000'], '2018-03-31'],
    ['an endless one', ['DTSTART:20180331T180000', 'RRULE:FREQ=WEEKLY'], null],
    ['one with a count', ['DTSTART:20180301T180000', 'RRULE:FREQ=WEEKLY;COUNT=5'], '2018-03-29'],
    ['one with an end', ['DTSTART:20180301T180000', 'RRULE:FREQ=WEEKLY;UNTIL=20180331'], '2018-03-29'],
    [
      'one that ends before it starts',
      ['DTSTART:20180301T180000', 'RRULE:FREQ=WEEKLY;UNTIL=20180101'],
      '2018-03-01',
    ],
    ['an all-day one', ['DTSTART;VALUE=DATE:20180301', 'RRULE:FREQ=DAILY;COUNT=3'], '2018-03-03'],
    ['one with an added date', ['DTSTART:20180301T180000', 'RDATE:20180505T180000'], '2018-05-05'],
    ['one with too many to count', ['DTSTART:20180301T180000', 'RRULE:FREQ=DAILY;COUNT=5000'], null],
  ])('of %s', (_, lines, date) => {
    expect(lastOf(...lines)).toBe(date)
  })

  it('counts where a date was moved to, and no weekly meeting ever ends', () => {
    const moved = calendar(
      ...event('DTSTART:20180301T180000', 'RRULE:FREQ=WEEKLY;COUNT=2'),
      ...event('RECURRENCE-ID:20180308T180000', 'DTSTART:20180401T180000'),
    )
    expect(lastDateOf(readCalendar(moved).meetings.flatMap(({ rules }) => rules))).toBe('2018-04-01')
    expect(
      lastDateOf([{ form: 'weekly', weekday: 1, startMinute: 0, durationMinutes: null, zone: 'UTC' }]),
    ).toBeNull()
    expect(lastDateOf([])).toBeNull()
  })
})

describe('a calendar that was given up', () => {
  const old = readCalendar(
    calendar(...event('UID:a', 'DTSTART:20180331T180000'), ...event('UID:b', 'DTSTART:20170101T180000')),
  )

  it('is told by the day after its last event', () => {
    expect(deadCalendar(old, '2018-04-01').map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^dead-calendar: Its last event was on 31 March 2018,/),
    ])
    expect(deadCalendar(old, '2018-03-31')).toEqual([])
  })

  it('is none that goes on, and none without events', () => {
    const goesOn = calendar(
      ...event('UID:a', 'DTSTART:20180331T180000'),
      ...event('UID:b', 'DTSTART:20180101T180000', 'RRULE:FREQ=WEEKLY'),
    )
    expect(deadCalendar(readCalendar(goesOn), '2026-01-01')).toEqual([])
    expect(deadCalendar(readCalendar(calendar()), '2026-01-01')).toEqual([])
  })

  it.skipIf(!hasSharedFeeds)('is found among real ones', () => {
    const remarks = (name: string) =>
      deadCalendar(readCalendar(readFileSync(sharedFeed(`ical/${name}`), 'utf8')), '2026-11-24').map(
        ({ reason }) => reason,
      )
    expect(remarks('minneapolis-parks-music-2015.ics')).toEqual([expect.stringContaining(' 2015,')])
    expect(remarks('case-meetup-timed-tz.ics')).toHaveLength(1)
  })
})
