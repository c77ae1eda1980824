import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { occurrencesOf } from '../../../../electron/domain/occurrences.ts'
import type { SetRule } from '../../../../electron/domain/schedule.ts'
import { wallOf, wallText } from '../../../../electron/domain/zones.ts'
import { icalReader, maxCalendarBytes } from '../../../../electron/sync/feeds/ical.ts'
import { calendar, clubSettings, datesOf, event, readCalendar } from '../../../support/calendars.ts'
import { readAll, sourceOf } from '../../../support/read-all.ts'

const march = { zone: 'America/New_York', from: '2026-03-01', days: 31 }

/** The only meeting of a calendar with one event of these lines. */
function meeting(...lines: readonly string[]) {
  const { meetings, refused } = readCalendar(calendar(...event(...lines)))
  const [only] = meetings
  if (only === undefined) throw new Error(JSON.stringify(refused))
  return only
}

function ruleOf(...lines: readonly string[]): SetRule {
  const [rule] = meeting('SUMMARY:Run', ...lines).rules
  if (rule?.form !== 'set') throw new Error('No set.')
  return rule
}

function warningsOf(...lines: readonly string[]): readonly string[] {
  return readCalendar(calendar(...event('SUMMARY:Run', ...lines))).warnings.map(({ reason }) => reason)
}

const start = 'DTSTART;TZID=America/New_York:20260302T190000'

describe('what is a calendar', () => {
  const good = calendar(...event(start))

  test('is told by its first line, after a byte-order mark and blanks, whatever the line ends', () => {
    for (const text of [
      good,
      `\uFEFF${good}`,
      `\n\n  ${good}`,
      good.replaceAll('\r\n', '\n'),
      good.replaceAll('\r\n', '\r'),
    ]) {
      expect(icalReader.recognizes(text)).toBe(true)
      expect(readCalendar(text).counts.shown).toBe(1)
    }
    for (const text of ['<html>BEGIN:VCALENDAR', '[]', 'BEGIN:VCARD', 'BEGIN:VCALENDARS']) {
      expect(icalReader.recognizes(text)).toBe(false)
      expect(icalReader.read(sourceOf(text), clubSettings)).toMatchObject({
        ok: false,
        code: 'not_a_calendar',
      })
    }
  })

  test('is refused when it breaks off, and it is said so', () => {
    for (const cut of [
      good.replace('END:VCALENDAR', ''),
      good.slice(0, 60),
      `${good}BEGIN:VCALENDAR\nBEGIN:VEVENT\n`,
    ]) {
      expect(icalReader.read(sourceOf(cut), clubSettings)).toMatchObject({
        ok: false,
        code: 'not_a_calendar',
        detail: expect.stringContaining('END:VCALENDAR'),
      })
    }
  })

  test('is refused above 10 MB, and when it is empty', () => {
    const long = good.replace('VERSION:2.0', `X-LONG:${'x'.repeat(maxCalendarBytes)}`)
    expect(icalReader.read(sourceOf(long), clubSettings)).toMatchObject({ ok: false, code: 'too_large' })
    expect(icalReader.read(sourceOf(' \n'), clubSettings)).toMatchObject({ ok: false, code: 'empty' })
  })

  test('may be several in one file, or one without events', () => {
    expect(readCalendar(good + calendar(...event('UID:two', start))).counts.shown).toBe(2)
    expect(readCalendar(calendar()).counts).toEqual({
      read: 0,
      shown: 0,
      byAppointment: 0,
      inactive: 0,
      refused: 0,
    })
  })

  test('may be indented as a whole', () => {
    expect(readCalendar(good.replaceAll(/^/gm, '  ')).counts.shown).toBe(1)
  })

  test('says its name and zone, else the only zone that it defines', () => {
    const named = calendar('X-WR-CALNAME:Garden\\, West', 'X-WR-TIMEZONE:America/Chicago')
    expect(readCalendar(named).proposed).toEqual({ name: 'Garden, West', zone: 'America/Chicago' })
    const defined = calendar('BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'END:VTIMEZONE')
    expect(readCalendar(defined).proposed).toEqual({ name: null, zone: 'Europe/Berlin' })
  })
})

describe('texts', () => {
  test('are unfolded, unescaped and made plain', () => {
    const read = meeting(
      start,
      'SUMMARY:Book club\\, part 2\\; bring <b>tea</b>',
      'DESCRIPTION:First line\\nSecond &amp;amp; last\\\\n',
      ' one<br>Third\\N<script>alert(1)</script>',
    )
    expect(read.name).toBe('Book club, part 2; bring tea')
    expect(read.notes).toBe('First line\nSecond & last\\none\nThird')
  })

  test('cut by a fold in the middle of a character are whole again', () => {
    const name = Buffer.from('SUMMARY:Café Größe 🌷')
    for (let at = 9; at < name.length; at += 1) {
      const folded = Buffer.concat([name.subarray(0, at), Buffer.from('\r\n '), name.subarray(at)])
      const [before, after] = calendar(...event(start, 'SUMMARY:HERE')).split('SUMMARY:HERE')
      const bytes = Buffer.concat([Buffer.from(before ?? ''), folded, Buffer.from(after ?? '')])
      const reading = readAll(bytes, clubSettings)
      expect(reading.ok && reading.value.meetings[0]?.name).toBe('Café Größe 🌷')
    }
  })

  test('with line breaks that were never escaped go on', () => {
    expect(
      meeting(start, 'SUMMARY:Run', 'DESCRIPTION:First', 'second, not a property', 'LOCATION:Park'),
    ).toMatchObject({
      notes: 'First\nsecond, not a property',
      place: { address: 'Park' },
    })
  })

  test('of organizers, guests and contacts are never kept (PRV: feeds.md 5.3)', () => {
    const read = readCalendar(
      calendar(
        ...event(
          start,
          'SUMMARY:Run',
          'ORGANIZER;CN=Secret One:mailto:one@example.org',
          'ATTENDEE;CN=Secret Two:mailto:two@example.org',
          'CONTACT:Secret Three',
          'X-ALT-DESC:Secret Four',
        ),
      ),
    )
    expect(read.counts.shown).toBe(1)
    expect(JSON.stringify(read)).not.toMatch(/secret|example\.org/i)
  })

  test('give a name when the event has none, flagged', () => {
    const reading = readCalendar(calendar('X-WR-CALNAME:Garden club', ...event(start)))
    expect(reading.meetings[0]?.name).toBe('Garden club')
    expect(reading.warnings).toMatchObject([{ reason: expect.stringContaining('no-name') }])
  })

  test('in alarms are not those of the event, and to-dos are no rows', () => {
    const reading = readCalendar(
      calendar(
        'BEGIN:VTODO',
        'UID:todo',
        'SUMMARY:Buy tea',
        'END:VTODO',
        ...event(
          start,
          'SUMMARY:Run',
          'BEGIN:VALARM',
          'SUMMARY:Alarm',
          'DESCRIPTION:Alarm',
          'DURATION:PT5M',
          'END:VALARM',
        ),
        'BEGIN:VFREEBUSY',
        'UID:busy',
        'END:VFREEBUSY',
        'BEGIN:VJOURNAL',
        'END:VJOURNAL',
      ),
    )
    expect(reading.counts).toMatchObject({ read: 1, shown: 1, refused: 0 })
    expect(reading.meetings[0]).toMatchObject({ name: 'Run', notes: null, rules: [{ durationMinutes: 0 }] })
  })
})

test('a calendar without events says so', () => {
  const reading = readCalendar(calendar('BEGIN:VTODO', 'UID:todo', 'END:VTODO'))
  expect(reading.counts).toMatchObject({ read: 0 })
  expect(reading.warnings).toEqual([{ where: 'feed', reason: expect.stringContaining('no events') }])
})

describe('start and end', () => {
  test.each([
    [
      ['DTSTART:20260302T190000Z', 'DTEND:20260302T203000Z'],
      { start: '2026-03-02T19:00:00', zone: 'UTC', durationMinutes: 90 },
    ],
    [
      [start, 'DURATION:P1DT2H30M'],
      { start: '2026-03-02T19:00:00', zone: 'America/New_York', durationMinutes: 1590 },
    ],
    [[start, 'DURATION:P2W'], { durationMinutes: 20160 }],
    [['DTSTART:20260302T190000'], { zone: 'America/New_York', durationMinutes: 0, allDay: false }],
    [['DTSTART;VALUE=DATE:20260302'], { start: '2026-03-02', allDay: true, durationMinutes: 1440 }],
    [['DTSTART:20260302', 'DTEND:20260304'], { allDay: true, durationMinutes: 2880 }],
    [['DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20260302'], { durationMinutes: 1440 }],
    [['DTSTART;VALUE=DATE:20260302', 'DURATION:P3D'], { durationMinutes: 4320 }],
    [['DTSTART;VALUE=DATE:20260302T000000'], { start: '2026-03-02', allDay: true }],
    // An end in another zone, and one on the other side of the change of the clocks.
    [[start, 'DTEND:20260303T010000Z'], { durationMinutes: 60 }],
    [
      ['DTSTART;TZID=America/New_York:20260308T010000', 'DTEND;TZID=America/New_York:20260308T040000'],
      { durationMinutes: 120 },
    ],
    [['DTSTART:2026-03-02T19:00:00Z'], { start: '2026-03-02T19:00:00', zone: 'UTC' }],
    [['DTSTART:20260302T240000'], { start: '2026-03-03T00:00:00' }],
  ] as const)('%j', (lines, rule) => {
    expect(ruleOf(...lines)).toMatchObject(rule)
  })

  test.each(['DTEND;TZID=America/New_York:20260302T180000', 'DURATION:-PT1H'])(
    '%s: the usual length, and a warning',
    (line) => {
      expect(ruleOf(start, line).durationMinutes).toBe(60)
      expect(warningsOf(start, line)).toMatchObject([expect.stringContaining('ends before it starts')])
    },
  )

  test.each(['DTEND:tomorrow', 'DURATION:an hour'])('%s is ignored, with a warning', (line) => {
    expect(ruleOf(start, line).durationMinutes).toBe(0)
    expect(warningsOf(start, line)).toMatchObject([expect.stringContaining('is ignored')])
  })

  test('floating times are in the feed’s zone, and the calendar’s own zone is pointed out', () => {
    const reading = readCalendar(
      calendar('X-WR-TIMEZONE:Europe/Berlin', ...event('SUMMARY:Run', 'DTSTART:20260302T190000')),
    )
    expect(datesOf(reading, march)).toEqual(['one 2026-03-03T00:00:00.000Z'])
    expect(reading.warnings).toMatchObject([
      { where: 'feed', reason: expect.stringContaining('Europe/Berlin') },
    ])
  })
})

describe('zones', () => {
  test.each([
    ['America/Chicago', 'America/Chicago'],
    ['"America/Chicago"', 'America/Chicago'],
    ['GMT Standard Time', 'Europe/London'],
    ['(GMT+10:00) Canberra, Melbourne, Sydney', 'Australia/Sydney'],
    ['"(UTC-05:00) Eastern Time (US & Canada)"', 'America/New_York'],
    ['(UTC-06:00) Central Time (US and Canada)', 'America/Chicago'],
    ['"(UTC-07:00) Mountain Time (US &amp; Canada)"', 'America/Denver'],
    ['(UTC-08:00) Pacific Time (US & Canada)', 'America/Los_Angeles'],
    ['Eastern Time', 'America/New_York'],
    ['/mozilla.org/20050126_1/Europe/Berlin', 'Europe/Berlin'],
    ['/freeassociation.sourceforge.net/America/Indiana/Knox', 'America/Indiana/Knox'],
    ['tzone://Microsoft/Utc', 'UTC'],
    ['Pacific', 'America/Los_Angeles'],
    ['UTC', 'UTC'],
    ['GMT+0530', '+05:30'],
    ['UTC-03:30', '-03:30'],
  ])('TZID=%s is %s', (tzid, zone) => {
    expect(ruleOf(`DTSTART;TZID=${tzid}:20260302T190000`)).toMatchObject({
      zone,
      start: '2026-03-02T19:00:00',
    })
    expect(warningsOf(`DTSTART;TZID=${tzid}:20260302T190000`)).toEqual([])
  })

  test('of an unknown one with an offset the offset is used, with a warning that it has no summer time', () => {
    const line = 'DTSTART;TZID="(UTC-07:00) Shire":20260702T190000'
    expect(ruleOf(line)).toMatchObject({ zone: '-07:00' })
    expect(warningsOf(line)).toEqual([expect.stringMatching(/Shire.*-07:00.*without summer time/)])
  })

  test('an unknown one is the feed’s, with a warning that names both', () => {
    const lines = ['DTSTART;TZID=Middle Earth:20260302T190000', 'DTEND;TZID=Middle Earth:20260302T200000']
    expect(ruleOf(...lines)).toMatchObject({ zone: 'America/New_York', durationMinutes: 60 })
    expect(warningsOf(...lines)).toEqual([expect.stringMatching(/Middle Earth.*America\/New_York/)])
  })

  const custom = (standard: string, daylight: string | null): readonly string[] => [
    'BEGIN:VTIMEZONE',
    'TZID:Customized Time Zone',
    'BEGIN:STANDARD',
    'DTSTART:16010101T020000',
    `TZOFFSETFROM:${daylight ?? standard}`,
    `TZOFFSETTO:${standard}`,
    ...(daylight === null ? [] : ['RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11']),
    'END:STANDARD',
    ...(daylight === null
      ? []
      : [
          'BEGIN:DAYLIGHT',
          'DTSTART:16010101T020000',
          `TZOFFSETFROM:${standard}`,
          `TZOFFSETTO:${daylight}`,
          'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
          'END:DAYLIGHT',
        ]),
    'END:VTIMEZONE',
  ]
  const weekly = event(
    'SUMMARY:Run',
    'DTSTART;TZID=Customized Time Zone:20260302T190000',
    'RRULE:FREQ=WEEKLY;COUNT=2',
  )

  test('a customized one follows its own definition', () => {
    const pacific = readCalendar(calendar(...custom('-0800', '-0700'), ...weekly))
    expect(datesOf(pacific, march)).toEqual(['one 2026-03-03T03:00:00.000Z', 'one 2026-03-10T02:00:00.000Z'])
    const fixed = readCalendar(calendar(...custom('+0545', null), ...weekly))
    expect(datesOf(fixed, march)).toEqual(['one 2026-03-02T13:15:00.000Z', 'one 2026-03-09T13:15:00.000Z'])
    expect([...pacific.warnings, ...fixed.warnings]).toEqual([])
  })

  test('one with rules that no zone has is read in the nearest, with a warning', () => {
    const odd = readCalendar(calendar(...custom('-0900', '-0500'), ...weekly))
    expect(odd.warnings).toMatchObject([{ reason: expect.stringContaining('rules of its own') }])
    expect(odd.counts.shown).toBe(1)
  })
})

describe('repetition', () => {
  test('exclusions with a zone, as lists, in UTC and as dates', () => {
    const reading = readCalendar(
      calendar(
        ...event(
          'SUMMARY:Run',
          start,
          'RRULE:FREQ=DAILY;COUNT=7',
          'EXDATE;TZID=America/New_York:20260303T190000,20260304T190000',
          'EXDATE:20260306T000000Z',
          'EXDATE;VALUE=DATE:20260306',
          'EXDATE:',
        ),
      ),
    )
    expect(datesOf(reading, march)).toEqual([
      'one 2026-03-03T00:00:00.000Z',
      'one 2026-03-08T00:00:00.000Z',
      'one 2026-03-08T23:00:00.000Z',
    ])
    expect(reading.warnings).toEqual([])
  })

  test('added dates and periods, which bring their own length', () => {
    const rule = ruleOf(
      start,
      'DURATION:PT1H',
      'RDATE;TZID=America/New_York:20260310T190000',
      'RDATE;VALUE=PERIOD;TZID=America/New_York:20260312T190000/PT3H,20260313T190000/20260313T200000',
    )
    expect(rule.rdates).toEqual(['2026-03-10T19:00:00', '2026-03-12T19:00:00', '2026-03-13T19:00:00'])
    expect(rule.changes).toMatchObject([{ replaces: '2026-03-12T19:00:00', durationMinutes: 180 }])
  })

  test('a rule with junk in front, a parameter or small letters is understood', () => {
    for (const line of [
      'RRULE:RRULE:FREQ=WEEKLY;COUNT=2',
      'RRULE;X-A=B:Anything;FREQ=WEEKLY;COUNT=2;X-B=C',
      'RRULE:freq=weekly; count=2',
    ]) {
      expect(ruleOf(start, line).rrule).toBe('FREQ=WEEKLY;COUNT=2')
    }
  })

  test.each([
    'FREQ=SOMETIMES',
    'BYDAY=MO',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;UNTIL=never',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=WEEKLY;BYDAY=0MO',
    'FREQ=MONTHLY;BYSETPOS=0',
    'FREQ=DAILY;BYHOUR=77',
    'FREQ=DAILY;BYMONTHDAY=99',
  ])('an event with the rule %s is refused, not shown once', (rrule) => {
    const reading = readCalendar(calendar(...event(start, `RRULE:${rrule}`), ...event('UID:two', start)))
    expect(reading.counts).toMatchObject({ read: 2, shown: 1, refused: 1 })
    expect(reading.refused[0]?.reason).toContain('RRULE')
  })

  test('an exclusion rule of the old kind is pointed out', () => {
    const lines = [start, 'RRULE:FREQ=DAILY;COUNT=3', 'EXRULE:FREQ=WEEKLY;BYDAY=TU']
    expect(warningsOf(...lines)).toEqual([expect.stringMatching(/^exrule: /)])
  })

  test('a series in UTC is followed and pointed out', () => {
    const lines = ['DTSTART:20260303T000000Z', 'RRULE:FREQ=WEEKLY;COUNT=2']
    expect(warningsOf(...lines)).toEqual([expect.stringMatching(/^utc-series: /)])
    expect(datesOf(readCalendar(calendar(...event('SUMMARY:Run', ...lines))), march)).toEqual([
      'one 2026-03-03T00:00:00.000Z',
      'one 2026-03-10T00:00:00.000Z',
    ])
  })
})

describe('a series in UTC whose owner means the clock on the wall', () => {
  const summer = { zone: 'America/Chicago', from: '2026-10-01', days: 75 }
  const local = (...lines: readonly string[]) =>
    readCalendar(calendar(...event('SUMMARY:Run', ...lines)), { zone: 'America/Chicago', utcIsLocal: true })
  const clockTimes = (reading: ReturnType<typeof local>): readonly string[] =>
    reading.meetings.flatMap(({ rules }) =>
      occurrencesOf(rules, summer).dated.map(({ startsAtMs, status }) => {
        const text = wallText(wallOf('America/Chicago', startsAtMs)).slice(5, 16)
        return status === 'scheduled' ? text : `${text} ${status}`
      }),
    )

  test('keeps the local time of its first date over the change of the clocks, without a remark', () => {
    // Thursday 18:30 in Chicago in summer is 23:30 in UTC.
    const reading = local('DTSTART:20261015T233000Z', 'DTEND:20261016T003000Z', 'RRULE:FREQ=WEEKLY;COUNT=4')
    expect(clockTimes(reading)).toEqual(['10-15T18:30', '10-22T18:30', '10-29T18:30', '11-05T18:30'])
    expect(reading.warnings).toEqual([])
    expect(reading.meetings[0]?.rules[0]).toMatchObject({ durationMinutes: 60, zone: 'America/Chicago' })
  })

  test('of an evening that is the next day in UTC moves its weekdays along', () => {
    // Monday and Wednesday 19:00 in Chicago: Tuesday and Thursday 00:00 in UTC.
    const reading = local('DTSTART:20261020T000000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6')
    expect(clockTimes(reading)).toEqual([
      '10-19T19:00',
      '10-21T19:00',
      '10-26T19:00',
      '10-28T19:00',
      '11-02T19:00',
      '11-04T19:00',
    ])
  })

  test('counts every second week as it did', () => {
    // Sunday evening is Monday in UTC, the first day of the week that INTERVAL counts.
    const lines = ['DTSTART:20261005T010000Z', 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6']
    const standard = readCalendar(calendar(...event('SUMMARY:Run', ...lines)), { zone: 'America/Chicago' })
    const days = (times: readonly string[]) => times.map((time) => time.slice(0, 5))
    expect(clockTimes(local(...lines))).toEqual([
      '10-04T20:00',
      '10-06T20:00',
      '10-18T20:00',
      '10-20T20:00',
      '11-01T20:00',
      '11-03T20:00',
    ])
    expect(days(clockTimes(local(...lines)))).toEqual(days(clockTimes(standard)))
  })

  test('ends with the date that its UNTIL meant, and leaves out and changes what it meant', () => {
    const reading = readCalendar(
      calendar(
        ...event(
          'DTSTART:20261020T000000Z',
          'RRULE:FREQ=WEEKLY;UNTIL=20261124T000000Z',
          'EXDATE:20261110T000000Z',
        ),
        ...event('RECURRENCE-ID:20261117T000000Z', 'DTSTART:20261117T010000Z'),
      ),
      { zone: 'America/Chicago', utcIsLocal: true },
    )
    expect(clockTimes(reading)).toEqual([
      '10-19T19:00',
      '10-26T19:00',
      '11-02T19:00',
      '11-16T20:00 moved',
      '11-23T19:00',
    ])
  })

  test('stays in UTC where it counts the days of a month across another date, and says so', () => {
    const reading = local('DTSTART:20261020T000000Z', 'RRULE:FREQ=MONTHLY;BYDAY=3TU;COUNT=2')
    expect(clockTimes(reading)).toEqual(['10-19T19:00', '11-16T18:00'])
    expect(reading.warnings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^utc-series: .* still moves/),
    ])
    // At noon the date is the same here and there.
    const noon = local('DTSTART:20261020T170000Z', 'RRULE:FREQ=MONTHLY;BYDAY=3TU;COUNT=2')
    expect(clockTimes(noon)).toEqual(['10-20T12:00', '11-17T12:00'])
    expect(noon.warnings).toEqual([])
  })

  test('changes nothing for single events and for series with a zone', () => {
    const lines = [
      ...event('UID:a', 'DTSTART:20261105T013000Z'),
      ...event('UID:b', 'DTSTART;TZID=Europe/Berlin:20261015T190000', 'RRULE:FREQ=WEEKLY;COUNT=3'),
      ...event('UID:c', 'DTSTART;VALUE=DATE:20261015', 'RRULE:FREQ=WEEKLY;COUNT=3'),
    ]
    const on = readCalendar(calendar(...lines), { utcIsLocal: true })
    expect(on).toEqual(readCalendar(calendar(...lines)))
  })
})

describe('changed dates', () => {
  const master = event(
    'SUMMARY:Run',
    start,
    'DURATION:PT1H',
    'LOCATION:Park',
    'RRULE:FREQ=WEEKLY;COUNT=3',
    'SEQUENCE:2',
  )
  const override = (...lines: readonly string[]): readonly string[] =>
    event('SUMMARY:Run', 'LOCATION:Park', ...lines)

  test('come before or after their series, in UTC or in another zone, and are one row with it', () => {
    const moved = override(
      'RECURRENCE-ID:20260309T230000Z',
      'DTSTART;TZID=America/Chicago:20260310T190000',
      'DTEND;TZID=America/Chicago:20260310T210000',
    )
    for (const order of [
      [...moved, ...master],
      [...master, ...moved],
    ]) {
      const reading = readCalendar(calendar(...order))
      expect(reading.counts).toMatchObject({ read: 1, shown: 1 })
      expect(datesOf(reading, march)).toEqual([
        'one 2026-03-03T00:00:00.000Z',
        'one 2026-03-11T00:00:00.000Z moved',
        'one 2026-03-16T23:00:00.000Z',
      ])
    }
  })

  test('bring their own name and place, and nothing where they say the same', () => {
    const other = event(
      'SUMMARY:Swim',
      'LOCATION:Lake',
      'RECURRENCE-ID;TZID=America/New_York:20260309T190000',
      'DTSTART;TZID=America/New_York:20260309T190000',
    )
    const same = override(
      'RECURRENCE-ID;TZID=America/New_York:20260316T190000',
      'DTSTART;TZID=America/New_York:20260316T190000',
    )
    const [read] = readCalendar(calendar(...master, ...other, ...same)).meetings
    expect(read?.rules).toMatchObject([
      {
        changes: [
          { name: 'Swim', place: 'Lake' },
          { name: null, place: null },
        ],
      },
    ])
  })

  test('may be cancelled, tentative, or private', () => {
    const reading = readCalendar(
      calendar(
        ...master,
        ...override('RECURRENCE-ID:20260303T000000Z', 'DTSTART:20260303T000000Z', 'STATUS:CANCELLED'),
        ...override('RECURRENCE-ID:20260309T230000Z', 'DTSTART:20260309T230000Z', 'STATUS:TENTATIVE'),
        ...override(
          'RECURRENCE-ID:20260316T230000Z',
          'DTSTART:20260317T230000Z',
          'CLASS:PRIVATE',
          'SUMMARY:Hidden',
        ),
      ),
    )
    expect(datesOf(reading, march)).toEqual([
      'one 2026-03-03T00:00:00.000Z cancelled',
      'one 2026-03-09T23:00:00.000Z tentative',
    ])
    expect(JSON.stringify(reading)).not.toContain('Hidden')
  })

  test('in several versions count in the newest', () => {
    const version = (sequence: number, hour: number): readonly string[] =>
      override('RECURRENCE-ID:20260309T230000Z', `DTSTART:20260309T${hour}0000Z`, `SEQUENCE:${sequence}`)
    const reading = readCalendar(calendar(...master, ...version(5, 20), ...version(4, 21)))
    expect(datesOf(reading, march)).toContain('one 2026-03-09T20:00:00.000Z moved')
    expect(datesOf(reading, march)).toHaveLength(3)
  })

  test('for all later dates are taken for one, and it is said so', () => {
    const lines = override('RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T230000Z', 'DTSTART:20260309T200000Z')
    const reading = readCalendar(calendar(...master, ...lines))
    expect(reading.warnings).toMatchObject([{ reason: expect.stringContaining('THISANDFUTURE') }])
    expect(datesOf(reading, march)).toContain('one 2026-03-16T23:00:00.000Z')
  })

  test('without their series are rows of their own', () => {
    const alone = (day: string): readonly string[] =>
      override(`RECURRENCE-ID:202603${day}T230000Z`, `DTSTART:202603${day}T230000Z`)
    const reading = readCalendar(calendar(...alone('09'), ...alone('10')))
    expect(reading.counts).toMatchObject({ read: 2, shown: 2 })
    expect(new Set(reading.meetings.map(({ key, part }) => `${key} ${part}`)).size).toBe(2)
    expect(datesOf(reading, march)).toEqual(['one 2026-03-09T23:00:00.000Z', 'one 2026-03-10T23:00:00.000Z'])
  })

  test('that cannot be read are left out with a warning; the series stays', () => {
    const reading = readCalendar(
      calendar(
        ...master,
        ...override('RECURRENCE-ID:soon', start),
        ...override('RECURRENCE-ID:20260309T230000Z'),
      ),
    )
    expect(reading.counts).toMatchObject({ read: 1, shown: 1 })
    expect(reading.warnings).toHaveLength(2)
    expect(datesOf(reading, march)).toHaveLength(3)
  })

  test('of an all-day series count by date', () => {
    const days = event('SUMMARY:Camp', 'DTSTART;VALUE=DATE:20260307', 'RRULE:FREQ=DAILY;COUNT=3')
    const moved = event('SUMMARY:Camp', 'RECURRENCE-ID;VALUE=DATE:20260308', 'DTSTART;VALUE=DATE:20260320')
    expect(datesOf(readCalendar(calendar(...days, ...moved)), march)).toEqual([
      'one 2026-03-07',
      'one 2026-03-09',
      'one 2026-03-20 moved',
    ])
  })
})

describe('rows', () => {
  test('every event is shown or refused with its place and reason, and the counts add up', () => {
    const reading = readCalendar(
      calendar(
        ...event('UID:good', start),
        ...event('UID:no-start', 'SUMMARY:X'),
        ...event('UID:bad-start', 'DTSTART:20260231T190000'),
        ...event('UID:private', start, 'CLASS:PRIVATE'),
        ...event('UID:confidential', start, 'CLASS:confidential'),
        'BEGIN:VEVENT',
        'UID:open',
        start,
        ...event('UID:cancelled', start, 'STATUS:CANCELLED'),
        ...event('UID:past', 'DTSTART:19990101T120000Z'),
      ),
    )
    expect(reading.counts).toEqual({ read: 8, shown: 3, byAppointment: 0, inactive: 0, refused: 5 })
    expect(
      reading.refused.map(
        ({ where, reason }) => `${/\((.*)\)/.exec(where)?.[1] ?? ''} ${reason.split(':')[0] ?? ''}`,
      ),
    ).toEqual([
      'open bad-event',
      'no-start bad-event',
      'bad-start bad-event',
      'private private',
      'confidential private',
    ])
    expect(datesOf(reading, march)).toEqual([
      'cancelled 2026-03-03T00:00:00.000Z cancelled',
      'good 2026-03-03T00:00:00.000Z',
    ])
  })

  test('of one UID the highest SEQUENCE is shown, then the latest LAST-MODIFIED, then the last', () => {
    const version = (name: string, ...lines: readonly string[]): readonly string[] =>
      event(start, `SUMMARY:${name}`, ...lines)
    const shown = (...events: readonly (readonly string[])[]): string => {
      const { meetings, counts } = readCalendar(calendar(...events.flat()))
      expect(counts).toMatchObject({ read: events.length, shown: 1, refused: events.length - 1 })
      return meetings[0]?.name ?? ''
    }
    expect(
      shown(version('A', 'SEQUENCE:10'), version('B', 'SEQUENCE:9', 'LAST-MODIFIED:20260101T000000Z')),
    ).toBe('A')
    expect(
      shown(
        version('A', 'LAST-MODIFIED:20260102T000000Z'),
        version('B', 'LAST-MODIFIED:20260101T000000Z'),
        version('C'),
      ),
    ).toBe('A')
    expect(shown(version('A'), version('B'))).toBe('B')
  })

  test('without a UID keep one identity as long as name, start and place stay', () => {
    const key = (...lines: readonly string[]): string =>
      readCalendar(calendar('BEGIN:VEVENT', ...lines, 'END:VEVENT')).meetings[0]?.key ?? ''
    expect(key(start, 'SUMMARY:Run', 'DESCRIPTION:a')).toBe(key(start, 'SUMMARY:Run', 'DESCRIPTION:b'))
    expect(key(start, 'SUMMARY:Run')).not.toBe(key(start, 'SUMMARY:Swim'))
    expect(
      readCalendar(calendar('BEGIN:VEVENT', start, 'SUMMARY:Run', 'END:VEVENT')).meetings[0]?.keyDerived,
    ).toBe(true)
  })

  test('a calendar that calls its events off cancels them', () => {
    expect(datesOf(readCalendar(calendar('METHOD:CANCEL', ...event(start))), march)).toEqual([
      'one 2026-03-03T00:00:00.000Z cancelled',
    ])
  })
})

describe('where', () => {
  test.each([
    [
      ['LOCATION:Town hall\\, 1 Main St'],
      { attendance: 'in_person', place: { address: 'Town hall, 1 Main St' }, onlineUrl: null },
    ],
    [
      ['LOCATION:Park', 'GEO:44.98;-93.27'],
      { place: { latitude: 44.98, longitude: -93.27, approximate: false } },
    ],
    [['LOCATION:Park', 'GEO:0;0'], { place: { latitude: null, longitude: null } }],
    [['GEO:44.98;-93.27'], { attendance: 'in_person', place: { latitude: 44.98 } }],
    [
      ['LOCATION:Park', 'DESCRIPTION:Join: https://us02web.zoom.us/j/81\\, all welcome'],
      { attendance: 'hybrid', onlineUrl: 'https://us02web.zoom.us/j/81', provider: 'Zoom' },
    ],
    [
      ['LOCATION:https://meet.google.com/abc-defg-hij'],
      { attendance: 'online', place: null, provider: 'Google Meet' },
    ],
    [
      ['LOCATION:Zoom (https://zoom.us/j/5)'],
      { attendance: 'online', place: null, onlineUrl: 'https://zoom.us/j/5' },
    ],
    [
      [
        'LOCATION:Microsoft Teams Meeting',
        'X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/x',
      ],
      { attendance: 'online', place: null },
    ],
    [['URL:https://zoom.us/j/5'], { attendance: 'online', place: null }],
    [
      ['CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example.org/room'],
      { attendance: 'online', provider: 'website' },
    ],
    [
      ['CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-555-010-4477'],
      { attendance: 'online', phone: '+15550104477' },
    ],
    // The web page of an event is no meeting room, and a name that ends alike is another host.
    [
      ['LOCATION:Park', 'URL:https://www.meetup.com/run/events/1'],
      { attendance: 'in_person', onlineUrl: null },
    ],
    [['DESCRIPTION:https://notzoom.us/j/5'], { attendance: 'in_person', place: null, onlineUrl: null }],
    [['LOCATION:https://maps.app.goo.gl/x'], { attendance: 'in_person', place: null, onlineUrl: null }],
    [['URL:javascript:alert(1)//zoom.us'], { attendance: 'in_person', onlineUrl: null }],
    [[], { attendance: 'in_person', place: null }],
  ] as const)('%j', (lines, wanted) => {
    expect(meeting(start, 'SUMMARY:Run', ...lines)).toMatchObject(wanted)
  })
})

test('kind, fellowship and audience come from the feed’s settings', () => {
  const text = calendar(
    ...event(start, 'SUMMARY:Run', 'CATEGORIES:Outdoors,Sport\\, team', 'CATEGORIES:Outdoors'),
  )
  expect(readCalendar(text).meetings[0]).toMatchObject({
    kind: 'club',
    fellowship: 'unknown',
    audience: 'anyone',
    types: [{ code: 'Outdoors' }, { code: 'Sport, team' }],
  })
  expect(readCalendar(text, { kind: 'therapy' }).meetings[0]).toMatchObject({
    kind: 'therapy',
    audience: 'self',
  })
})

test('an invented town calendar has the dates worked out by hand', () => {
  const bytes = readFileSync(resolve(import.meta.dirname, '../../../support/calendars/town.ics'))
  const reading = readAll(bytes, clubSettings)
  if (!reading.ok) throw new Error(reading.code)
  expect(reading.value.counts).toEqual({ read: 6, shown: 5, byAppointment: 0, inactive: 0, refused: 1 })
  expect(datesOf(reading.value, march)).toEqual([
    'choir@town.example 2026-03-05T23:30:00.000Z',
    'choir@town.example 2026-03-12T22:30:00.000Z cancelled',
    'choir@town.example 2026-03-20T23:00:00.000Z moved',
    'choir@town.example 2026-03-26T22:30:00.000Z',
    'council@town.example 2026-03-31T22:00:00.000Z',
    'fair@town.example 2026-03-14',
    'sister-town@town.example 2026-03-08T23:00:00.000Z',
    'walk@town.example 2026-03-04T15:00:00.000Z',
    'walk@town.example 2026-03-11T15:00:00.000Z',
    'walk@town.example 2026-03-25T15:00:00.000Z',
  ])
})
