import { describe, expect, test } from 'vitest'
import { maxOccurrences, mayBeCapped, occurrencesOf } from '../../../electron/domain/occurrences.ts'
import type { RuleChange, SetRule } from '../../../electron/domain/schedule.ts'

const newYork = 'America/New_York'

function set(rule: Partial<SetRule>): SetRule {
  return {
    form: 'set',
    allDay: false,
    start: '2026-03-02T19:00:00',
    zone: newYork,
    durationMinutes: 60,
    rrule: null,
    rdates: [],
    exdates: [],
    changes: [],
    status: 'scheduled',
    ...rule,
  }
}

function change(of: Partial<RuleChange> & { readonly replaces: string }): RuleChange {
  return {
    start: of.replaces,
    zone: newYork,
    durationMinutes: 60,
    status: 'scheduled',
    name: null,
    place: null,
    ...of,
  }
}

/** `start status` in UTC, or `date status` when all-day. */
function dates(rule: SetRule, from = '2026-03-01', days = 37, zone = newYork): readonly string[] {
  return occurrencesOf([rule], { zone, from, days }).dated.map(
    ({ allDay, localDate, startsAtMs, status }) => {
      const start = allDay ? localDate : new Date(startsAtMs).toISOString().slice(0, 16)
      return status === 'scheduled' ? start : `${start} ${status}`
    },
  )
}

describe('rules', () => {
  test('a weekly rule keeps its clock time over the change to summer time', () => {
    expect(dates(set({ rrule: 'FREQ=WEEKLY;COUNT=3' }))).toEqual([
      '2026-03-03T00:00',
      '2026-03-09T23:00',
      '2026-03-16T23:00',
    ])
  })

  test('a series in UTC follows UTC: on the local clock it moves by an hour', () => {
    const rule = set({ zone: 'UTC', start: '2026-03-02T23:00:00', rrule: 'FREQ=WEEKLY;COUNT=2' })
    expect(dates(rule)).toEqual(['2026-03-02T23:00', '2026-03-09T23:00'])
  })

  test.each([
    ['FREQ=MONTHLY;BYDAY=-1FR', ['2026-03-27']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', ['2026-03-31']],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', ['2026-03-02', '2026-03-16', '2026-04-06']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', ['2026-03-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', ['2026-03-31']],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', ['2026-03-08']],
    ['FREQ=YEARLY;BYWEEKNO=12;BYDAY=TU', ['2026-03-17']],
    ['FREQ=YEARLY;BYYEARDAY=74', ['2026-03-15']],
    [
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO',
      ['2026-03-02', '2026-03-15', '2026-03-16', '2026-03-29', '2026-03-30'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=SU,MO',
      ['2026-03-02', '2026-03-08', '2026-03-16', '2026-03-22', '2026-03-30', '2026-04-05'],
    ],
    ['FREQ=DAILY;INTERVAL=10', ['2026-03-02', '2026-03-12', '2026-03-22', '2026-04-01']],
  ])('%s falls on the right days', (rrule, wanted) => {
    const found = dates(set({ zone: 'UTC', rrule }), '2026-03-01', 37, 'UTC')
    expect(found.map((text) => text.slice(0, 10))).toEqual(wanted)
  })

  test('UNTIL is inclusive as an instant, as a local time and as a day', () => {
    const until = (text: string): number => dates(set({ rrule: `FREQ=DAILY;UNTIL=${text}` })).length
    // The fifth is at 19:00 in New York, midnight in UTC.
    expect([until('20260307T000000Z'), until('20260306T235959Z')]).toEqual([5, 4])
    expect([until('20260306T190000'), until('20260306T185959')]).toEqual([5, 4])
    expect([until('20260306'), until('20260305')]).toEqual([5, 4])
  })

  test('COUNT counts the excluded dates too', () => {
    const rule = set({ rrule: 'FREQ=DAILY;COUNT=4', exdates: ['2026-03-03T19:00:00'] })
    expect(dates(rule)).toEqual(['2026-03-03T00:00', '2026-03-05T00:00', '2026-03-06T00:00'])
  })

  test('COUNT is counted from the first date, however far the window is from it', () => {
    const rule = set({ start: '2005-01-01T19:00:00', rrule: 'FREQ=DAILY;COUNT=7732' })
    // 7,732 days from 1 January 2005 end on 3 March 2026.
    expect(dates(rule)).toEqual(['2026-03-02T00:00', '2026-03-03T00:00', '2026-03-04T00:00'])
  })

  test('the interval is counted from the first date, however far the window is from it', () => {
    const rule = set({ start: '2005-01-01T19:00:00', rrule: 'FREQ=DAILY;INTERVAL=3' })
    const first = (Date.UTC(2026, 2, 3) - Date.UTC(2005, 0, 1)) / 86_400_000
    expect(first % 3).toBe(0)
    expect(dates(rule).slice(0, 2)).toEqual(['2026-03-04T00:00', '2026-03-07T00:00'])
  })

  test('a time that a spring night skips is left out of a series', () => {
    const rule = set({ start: '2026-03-06T02:30:00', rrule: 'FREQ=DAILY;COUNT=3' })
    expect(dates(rule)).toEqual(['2026-03-06T07:30', '2026-03-07T07:30', '2026-03-09T06:30'])
  })

  test('a time that an autumn night has twice comes once', () => {
    const rule = set({ start: '2026-10-31T01:30:00', rrule: 'FREQ=DAILY;COUNT=3' })
    expect(dates(rule, '2026-10-30', 5)).toEqual(['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'])
  })
})

describe('single, added and excluded dates', () => {
  test('a single event is in the window of its start alone', () => {
    expect(dates(set({}), '2026-03-02', 1)).toEqual(['2026-03-03T00:00'])
    expect(dates(set({}), '2026-03-03', 9)).toEqual([])
  })

  test('added dates come once, also when the rule has them too', () => {
    const rdates = ['2026-03-05T12:00:00', '2026-03-03T19:00:00', '2026-03-06']
    expect(dates(set({ rrule: 'FREQ=DAILY;COUNT=2', rdates }))).toEqual([
      '2026-03-03T00:00',
      '2026-03-04T00:00',
      '2026-03-05T17:00',
      '2026-03-07T00:00',
    ])
  })

  test('a date alone excludes the occurrence of that day', () => {
    const rule = set({ rrule: 'FREQ=DAILY;COUNT=3', exdates: ['2026-03-03'] })
    expect(dates(rule)).toEqual(['2026-03-03T00:00', '2026-03-05T00:00'])
  })

  test('an excluded time excludes only an occurrence at that time', () => {
    const rule = set({ rrule: 'FREQ=DAILY;COUNT=2', exdates: ['2026-03-03T18:00:00', '2026-03-02T19:00:00'] })
    expect(dates(rule)).toEqual(['2026-03-04T00:00'])
  })
})

describe('changed dates', () => {
  const series = { rrule: 'FREQ=WEEKLY;COUNT=3' }

  test('a moved date leaves its slot and keeps its name', () => {
    const moved = change({
      replaces: '2026-03-09T19:00:00',
      start: '2026-03-10T18:00:00',
      name: 'Other',
      place: 'Hall',
    })
    const rule = set({ ...series, changes: [moved] })
    expect(dates(rule)).toEqual(['2026-03-03T00:00', '2026-03-10T22:00 moved', '2026-03-16T23:00'])
    const found = occurrencesOf([rule], { zone: newYork, from: '2026-03-10', days: 1 }).dated
    expect(found).toMatchObject([{ slot: '2026-03-09T19:00:00', name: 'Other', place: 'Hall' }])
  })

  test('a date moved out of the window is gone, one moved in is there', () => {
    const moved = change({ replaces: '2026-03-09T19:00:00', start: '2026-05-10T18:00:00' })
    const rule = set({ ...series, changes: [moved] })
    expect(dates(rule, '2026-03-08', 3)).toEqual([])
    expect(dates(rule, '2026-05-10', 1)).toEqual(['2026-05-10T22:00 moved'])
  })

  test('a date moved before the series began is there', () => {
    const moved = change({ replaces: '2026-03-02T19:00:00', start: '2026-02-27T19:00:00' })
    expect(dates(set({ ...series, changes: [moved] }), '2026-02-20', 12)).toEqual(['2026-02-28T00:00 moved'])
  })

  test('a longer one, another room or another zone for the same instant is no move', () => {
    const same = { start: '2026-03-09T23:00:00', zone: 'UTC', durationMinutes: 90, place: 'Room 2' }
    const rule = set({ ...series, changes: [change({ replaces: '2026-03-09T19:00:00', ...same })] })
    expect(dates(rule, '2026-03-09', 1)).toEqual(['2026-03-09T23:00'])
  })

  test('a cancelled date stays in its slot, marked', () => {
    const gone = change({
      replaces: '2026-03-09T19:00:00',
      start: '2026-03-11T10:00:00',
      status: 'cancelled',
    })
    expect(dates(set({ ...series, changes: [gone] }))).toEqual([
      '2026-03-03T00:00',
      '2026-03-09T23:00 cancelled',
      '2026-03-16T23:00',
    ])
  })

  test('a tentative date is marked, and a cancelled series cancels every date', () => {
    const maybe = change({ replaces: '2026-03-09T19:00:00', status: 'tentative' })
    expect(dates(set({ ...series, changes: [maybe] }), '2026-03-09', 1)).toEqual([
      '2026-03-09T23:00 tentative',
    ])
    expect(dates(set({ ...series, changes: [maybe], status: 'cancelled' }))).toEqual([
      '2026-03-03T00:00 cancelled',
      '2026-03-09T23:00 cancelled',
      '2026-03-16T23:00 cancelled',
    ])
  })

  test('a change that names only the day replaces that day’s date', () => {
    const moved = change({ replaces: '2026-03-09', start: '2026-03-10T18:00:00' })
    expect(dates(set({ ...series, changes: [moved] }), '2026-03-08', 4)).toEqual(['2026-03-10T22:00 moved'])
  })

  test('a change of a date that the rule does not have is a date of its own', () => {
    const extra = change({ replaces: '2026-03-12T19:00:00' })
    expect(dates(set({ ...series, changes: [extra] }), '2026-03-12', 1)).toEqual(['2026-03-12T23:00'])
  })
})

describe('all-day events', () => {
  const allDay = { allDay: true, start: '2026-03-07', durationMinutes: 2880 }

  test('a date is that date in every zone, and starts at the center’s midnight', () => {
    for (const zone of [newYork, 'Asia/Tokyo', 'Pacific/Kiritimati', 'UTC']) {
      expect(dates(set({ ...allDay, zone: 'Europe/Berlin' }), '2026-03-07', 1, zone)).toEqual(['2026-03-07'])
      expect(dates(set({ ...allDay, zone: 'Europe/Berlin' }), '2026-03-08', 1, zone)).toEqual([])
    }
    const [found] = occurrencesOf([set(allDay)], { zone: newYork, from: '2026-03-07', days: 1 }).dated
    // Two days, one of them an hour short.
    expect([found?.startsAtMs, found?.endsAtMs]).toEqual([Date.UTC(2026, 2, 7, 5), Date.UTC(2026, 2, 9, 4)])
    expect(found?.slot).toBe('2026-03-07')
  })

  test('repeats by date over the change of the clocks; exclusions and changes count by date', () => {
    const rule = set({
      ...allDay,
      rrule: 'FREQ=DAILY;COUNT=4',
      exdates: ['2026-03-08'],
      changes: [change({ replaces: '2026-03-09', start: '2026-03-20' })],
    })
    expect(dates(rule)).toEqual(['2026-03-07', '2026-03-10', '2026-03-20 moved'])
  })

  test('UNTIL is the last date, however it is written', () => {
    for (const until of ['20260309', '20260309T000000Z', '20260309T235959']) {
      expect(dates(set({ ...allDay, rrule: `FREQ=DAILY;UNTIL=${until}` }))).toHaveLength(3)
    }
  })

  test('one date of it may get a time', () => {
    const timed = change({ replaces: '2026-03-07', start: '2026-03-07T10:00:00' })
    expect(dates(set({ ...allDay, changes: [timed] }))).toEqual(['2026-03-07T15:00 moved'])
  })
})

describe('bounds', () => {
  test('four hundred days of a daily event are all there', () => {
    const found = occurrencesOf([set({ rrule: 'FREQ=DAILY' })], {
      zone: newYork,
      from: '2026-03-02',
      days: 400,
    })
    expect([found.dated.length, found.capped]).toEqual([400, false])
  })

  test.each([
    'FREQ=HOURLY',
    'FREQ=MINUTELY',
    'FREQ=SECONDLY',
    'FREQ=SECONDLY;COUNT=999999999',
    'FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17,18,19,20',
  ])('%s from 2005 is cut at the bound, soonest first, and quickly', (rrule) => {
    const started = performance.now()
    const rule = set({ start: '2005-01-01T19:00:00', rrule })
    const found = occurrencesOf([rule], { zone: newYork, from: '2026-03-01', days: 37 })
    expect([found.dated.length, found.capped]).toEqual([maxOccurrences, true])
    expect(found.dated[0]?.localDate).toBe('2026-03-01')
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('what can be cut at the bound is told without expanding it', () => {
    for (const rrule of [
      'FREQ=HOURLY',
      'FREQ=MINUTELY;COUNT=5',
      'FREQ=SECONDLY',
      'FREQ=WEEKLY;BYHOUR=9,10',
    ]) {
      expect(mayBeCapped([set({ rrule })])).toBe(true)
    }
    const rdates = Array.from({ length: 401 }, (_, n) => `2026-03-03T${String(n).padStart(4, '0')}`)
    expect(mayBeCapped([set({ rdates })])).toBe(true)
    for (const rrule of [null, 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TU', 'FREQ=MONTHLY;BYDAY=-1FR']) {
      expect(mayBeCapped([set({ rrule })])).toBe(false)
    }
    const weekly = { form: 'weekly', weekday: 1, startMinute: 0, durationMinutes: 60, zone: newYork } as const
    expect(mayBeCapped([weekly])).toBe(false)
  })

  test.each([
    ['2024-02-29T02:30:00', 'FREQ=YEARLY;INTERVAL=100;COUNT=1000', 0],
    ['2024-02-29T02:30:00', 'FREQ=YEARLY;INTERVAL=100;COUNT=700;BYMONTH=2;BYMONTHDAY=29', 0],
    ['1970-01-01T19:00:00', 'FREQ=DAILY;COUNT=99999999', 37],
    ['1970-01-01T19:00:00', 'FREQ=DAILY;COUNT=19000', 0],
    ['2026-02-01T19:00:00', 'FREQ=DAILY;COUNT=30', 2],
    ['1800-05-05T00:00:00', 'FREQ=DAILY;COUNT=1;BYMINUTE=0,59;BYSETPOS=999', 0],
    ['2024-02-29T19:00:00', 'FREQ=YEARLY;INTERVAL=999999;BYHOUR=2,12', 0],
    ['1970-01-01T19:00:00', 'FREQ=WEEKLY;COUNT=100000;BYDAY=MO,TU', 11],
  ])('a count is kept or found to be endless without counting it out: %s %s', (start, rrule, expected) => {
    const started = performance.now()
    expect(dates(set({ start, rrule }))).toHaveLength(expected)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('a rule that never falls is over quickly', () => {
    for (const rrule of [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
    ]) {
      const started = performance.now()
      expect(dates(set({ start: '2005-01-01T19:00:00', rrule }))).toEqual([])
      expect(performance.now() - started).toBeLessThan(2_000)
    }
  })
})
