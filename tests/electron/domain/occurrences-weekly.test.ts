import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import type { WeeklyRule } from '../../../electron/domain/schedule.ts'

const sunday = 0
const newYork = 'America/New_York'

function weekly(rule: Partial<WeeklyRule>): WeeklyRule {
  return { form: 'weekly', weekday: sunday, startMinute: 1140, durationMinutes: 60, zone: newYork, ...rule }
}

/** `date start/end` of each occurrence, in UTC. */
function dates(rule: WeeklyRule, from: string, days: number, zone = rule.zone): readonly string[] {
  return occurrencesOf([rule], { zone, from, days }).dated.map((dated) =>
    [dated.localDate, iso(dated.startsAtMs), iso(dated.endsAtMs)].join(' '),
  )
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16)
}

describe('clock time stays, instants move', () => {
  test('a Sunday meeting at 19:00 is at 19:00 before and after the change in New York', () => {
    expect(dates(weekly({}), '2026-03-01', 15)).toEqual([
      '2026-03-01 2026-03-02T00:00 2026-03-02T01:00',
      '2026-03-08 2026-03-08T23:00 2026-03-09T00:00',
      '2026-03-15 2026-03-15T23:00 2026-03-16T00:00',
    ])
  })

  test.each([
    // Spring: the skipped half hour or hour is read with the offset before it.
    [newYork, '2026-03-08', 150, '2026-03-08T07:30'],
    ['Europe/London', '2026-03-29', 90, '2026-03-29T01:30'],
    ['Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:45'],
    // Autumn: of a time that comes twice, the first.
    [newYork, '2026-11-01', 90, '2026-11-01T05:30'],
    ['Europe/London', '2026-10-25', 90, '2026-10-25T00:30'],
    ['Australia/Lord_Howe', '2026-04-05', 105, '2026-04-04T14:45'],
    // No summer time, half hours, three quarters.
    ['America/Phoenix', '2026-03-08', 150, '2026-03-08T09:30'],
    ['Asia/Kolkata', '2026-03-08', 600, '2026-03-08T04:30'],
    ['Asia/Kathmandu', '2026-03-08', 600, '2026-03-08T04:15'],
    // A midnight that does not exist: the day starts at 01:00.
    ['Asia/Beirut', '2026-03-29', 0, '2026-03-28T22:00'],
  ] as const)('in %s on %s minute %i starts at %s UTC', (zone, date, startMinute, startsAt) => {
    expect(dates(weekly({ zone, startMinute }), date, 1)).toEqual([
      expect.stringContaining(`${date} ${startsAt}`),
    ])
  })

  test('a meeting over the change lasts as long as it says', () => {
    expect(dates(weekly({ startMinute: 60, durationMinutes: 120 }), '2026-03-08', 1)).toEqual([
      '2026-03-08 2026-03-08T06:00 2026-03-08T08:00',
    ])
    expect(dates(weekly({ startMinute: 60, durationMinutes: 120 }), '2026-11-01', 1)).toEqual([
      '2026-11-01 2026-11-01T05:00 2026-11-01T07:00',
    ])
  })
})

describe('midnight', () => {
  test('24:00 is midnight at the end of the day it names, and belongs to that day', () => {
    const friday = weekly({ weekday: 5, startMinute: 1440 })
    const found = ['2026-03-06 2026-03-07T05:00 2026-03-07T06:00']
    expect(dates(friday, '2026-03-06', 2)).toEqual(found)
    expect(dates(friday, '2026-03-06', 1)).toEqual(found)
    expect(dates(friday, '2026-03-07', 1)).toEqual([])
  })

  test('24:00 belongs to the day that ends with it where the next one has no midnight', () => {
    // In Beirut the 29th begins at 01:00.
    expect(dates(weekly({ weekday: 6, startMinute: 1440, zone: 'Asia/Beirut' }), '2026-03-28', 2)).toEqual([
      '2026-03-28 2026-03-28T22:00 2026-03-28T23:00',
    ])
  })

  test('24:00 in another zone belongs to the center’s date', () => {
    const friday = weekly({ weekday: 5, startMinute: 1440 })
    const start = '2026-03-07T05:00 2026-03-07T06:00'
    expect(dates(friday, '2026-03-05', 4, 'America/Los_Angeles')).toEqual([`2026-03-06 ${start}`])
    expect(dates(friday, '2026-03-05', 4, 'Europe/London')).toEqual([`2026-03-07 ${start}`])
  })

  test('00:00 belongs to the day it names', () => {
    expect(dates(weekly({ weekday: 5, startMinute: 0 }), '2026-03-06', 1)).toHaveLength(1)
    expect(dates(weekly({ weekday: 5, startMinute: 0 }), '2026-03-05', 1)).toEqual([])
  })

  test('a meeting over midnight belongs to the day on which it starts', () => {
    expect(dates(weekly({ startMinute: 1410, durationMinutes: 90 }), '2026-01-04', 1)).toEqual([
      '2026-01-04 2026-01-05T04:30 2026-01-05T06:00',
    ])
    expect(dates(weekly({ startMinute: 1410, durationMinutes: 90 }), '2026-01-05', 1)).toEqual([])
  })

  test('Saturday 24:00 and Sunday 00:00 of one meeting are one occurrence', () => {
    const rules = [weekly({ weekday: 6, startMinute: 1440 }), weekly({ weekday: 0, startMinute: 0 })]
    expect(occurrencesOf(rules, { zone: newYork, from: '2026-01-04', days: 1 }).dated).toHaveLength(1)
  })
})

describe('a zone other than the center’s', () => {
  test('the date is the center’s', () => {
    // 20:00 on Sunday in Los Angeles is 23:00 in New York, and 22:00 there is Monday.
    const rule = weekly({ zone: 'America/Los_Angeles', startMinute: 1200 })
    expect(dates(rule, '2026-01-04', 1, newYork)).toEqual(['2026-01-04 2026-01-05T04:00 2026-01-05T05:00'])
    expect(dates({ ...rule, startMinute: 1320 }, '2026-01-05', 1, newYork)).toHaveLength(1)
  })

  test('a Monday meeting in Auckland is on Sunday in New York, with the right dates around both changes', () => {
    const rule = weekly({ weekday: 1, startMinute: 600, zone: 'Pacific/Auckland' })
    expect(dates(rule, '2026-03-01', 43, newYork).map((text) => text.slice(0, 27))).toEqual([
      '2026-03-01 2026-03-01T21:00',
      '2026-03-08 2026-03-08T21:00',
      '2026-03-15 2026-03-15T21:00',
      '2026-03-22 2026-03-22T21:00',
      '2026-03-29 2026-03-29T21:00',
      '2026-04-05 2026-04-05T22:00',
      '2026-04-12 2026-04-12T22:00',
    ])
  })
})

test('a meeting without an end takes the usual length', () => {
  expect(dates(weekly({ durationMinutes: null }), '2026-01-04', 1)).toEqual([
    '2026-01-04 2026-01-05T00:00 2026-01-05T01:00',
  ])
})

test('the slot is the wall clock by the rule, also where the clock skips it', () => {
  const [gap] = occurrencesOf([weekly({ startMinute: 150 })], {
    zone: newYork,
    from: '2026-03-08',
    days: 1,
  }).dated
  expect(gap?.slot).toBe('2026-03-08T02:30:00')
})

test('a window of no days is empty', () => {
  expect(dates(weekly({}), '2026-03-01', 0)).toEqual([])
})

test('every date of any weekly rule is the one that a walk over the calendar finds', () => {
  const zones = [
    newYork,
    'Europe/London',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'America/St_Johns',
    'Pacific/Apia',
    'Africa/Casablanca',
  ]
  const zone = fc.constantFrom(...zones)
  fc.assert(
    fc.property(
      fc.record({
        weekday: fc.integer({ min: 0, max: 6 }),
        startMinute: fc.integer({ min: 0, max: 1440 }),
        ruleZone: zone,
        windowZone: zone,
        day: fc.integer({ min: 0, max: 1200 }),
        days: fc.integer({ min: 1, max: 40 }),
      }),
      ({ weekday, startMinute, ruleZone, windowZone, day, days }) => {
        const from = Temporal.PlainDate.from('2024-01-01').add({ days: day })
        const rule = weekly({ weekday, startMinute, zone: ruleZone })
        const found = occurrencesOf([rule], { zone: windowZone, from: from.toString(), days }).dated
        const wanted: string[] = []
        for (let step = -3; step <= days + 2; step += 1) {
          const date = from.add({ days: step })
          if (date.dayOfWeek % 7 !== weekday) continue
          const start = date
            .toPlainDateTime()
            .add({ minutes: startMinute })
            .toZonedDateTime(ruleZone, { disambiguation: 'compatible' })
            .withTimeZone(windowZone)
          // Midnight at the end of a day is of that day.
          const local = start.subtract({ milliseconds: startMinute === 1440 ? 1 : 0 }).toPlainDate()
          const after = Temporal.PlainDate.compare(local, from.add({ days })) >= 0
          if (Temporal.PlainDate.compare(local, from) < 0 || after) continue
          wanted.push(`${local.toString()} ${start.epochMilliseconds}`)
        }
        expect(found.map((dated) => `${dated.localDate} ${dated.startsAtMs}`)).toEqual(wanted)
      },
    ),
    { numRuns: 300 },
  )
})
