import { describe, expect, test } from 'vitest'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import type { SetRule, WeeklyRule } from '../../../electron/domain/schedule.ts'

/*
 * Weekly meetings over a whole year of many zones, checked with the system's own formatter of dates: neither our
 * arithmetic nor the library that it uses has a part in what is wanted.
 */

function weekly(rule: Partial<WeeklyRule>): WeeklyRule {
  return { form: 'weekly', weekday: 0, startMinute: 1140, durationMinutes: 60, zone: 'UTC', ...rule }
}

function set(rule: Partial<SetRule>): SetRule {
  return {
    form: 'set',
    allDay: false,
    start: '2026-01-04T19:00:00',
    zone: 'UTC',
    durationMinutes: 60,
    rrule: null,
    rdates: [],
    exdates: [],
    changes: [],
    status: 'scheduled',
    ...rule,
  }
}

/** `2026-03-08 02:30` as a clock of the zone shows an instant. */
function clockIn(zone: string): (ms: number) => string {
  const form = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return (ms) => form.format(ms)
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
const clockOf = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
const dayMs = 86_400_000

/** Zone, and the local times (date and clock) of 2026 that its clocks skip, as a meeting would name them. */
const zones: readonly (readonly [string, readonly string[]])[] = [
  ['America/New_York', ['2026-03-08 02:30']],
  ['America/Phoenix', []],
  ['Pacific/Honolulu', []],
  ['America/St_Johns', ['2026-03-08 02:30']],
  ['America/Santiago', ['2026-09-06 00:00', '2026-09-06 00:30']],
  ['America/Sao_Paulo', []],
  ['Europe/Berlin', ['2026-03-29 02:30']],
  ['Europe/London', ['2026-03-29 01:30']],
  ['Asia/Beirut', ['2026-03-29 00:00', '2026-03-29 00:30']],
  ['Asia/Kolkata', []],
  ['Asia/Kathmandu', []],
  ['Australia/Adelaide', ['2026-10-04 02:30']],
  ['Australia/Brisbane', []],
  ['Australia/Lord_Howe', []],
  ['Pacific/Auckland', ['2026-09-27 02:30']],
  ['Pacific/Chatham', ['2026-09-27 03:00', '2026-09-27 03:30']],
]

describe('a meeting on each day of a year', () => {
  test.each(zones)(
    'in %s is at its clock time on every date, but where the clock skips it',
    (zone, skipped) => {
      const clock = clockIn(zone)
      const found: string[] = []
      for (const startMinute of [0, 30, 90, 150, 180, 210, 720, 1410]) {
        const rules = Array.from({ length: 7 }, (_, weekday) => weekly({ weekday, startMinute, zone }))
        const { dated } = occurrencesOf(rules, { zone, from: '2026-01-01', days: 365 })
        expect(dated).toHaveLength(365)
        expect(new Set(dated.map(({ localDate }) => localDate)).size).toBe(365)
        for (const { slot, localDate, startsAtMs, endsAtMs } of dated) {
          const named = `${slot.slice(0, 10)} ${clockOf(startMinute)}`
          expect(endsAtMs - startsAtMs).toBe(3_600_000)
          expect(clock(startsAtMs).slice(0, 10)).toBe(localDate)
          if (clock(startsAtMs) !== named) found.push(named)
        }
      }
      expect(found.toSorted()).toEqual(skipped)
    },
  )

  test('a time that a night has twice is there once, at the first', () => {
    for (const [zone, date, startMinute] of [
      ['America/New_York', '2026-11-01', 90],
      ['Europe/Berlin', '2026-10-25', 150],
      ['Australia/Adelaide', '2026-04-05', 150],
      ['Pacific/Auckland', '2026-04-05', 150],
      ['America/Santiago', '2026-04-04', 1410],
    ] as const) {
      const rules = Array.from({ length: 7 }, (_, weekday) => weekly({ weekday, startMinute, zone }))
      const { dated } = occurrencesOf(rules, { zone, from: date, days: 1 })
      const clock = clockIn(zone)
      const at = dated[0]?.startsAtMs ?? 0
      expect(dated, zone).toHaveLength(1)
      // The clock shows the same an hour later, and not an hour before.
      expect([clock(at), clock(at + 3_600_000)]).toEqual(Array(2).fill(`${date} ${clockOf(startMinute)}`))
      expect(clock(at - 3_600_000)).not.toBe(clock(at))
    }
  })
})

describe('a meeting over a night in which the clocks change', () => {
  test.each([
    // An hour less on the clock in spring: from 23:30 to 04:30 are four hours that last.
    ['America/Chicago', '2026-03-07', 1410, 240, '2026-03-08 04:30'],
    ['America/Chicago', '2026-10-31', 1410, 240, '2026-11-01 02:30'],
    ['Australia/Sydney', '2026-10-03', 1410, 240, '2026-10-04 04:30'],
    ['Australia/Sydney', '2026-04-04', 1410, 240, '2026-04-05 02:30'],
    ['Australia/Lord_Howe', '2026-10-03', 1410, 240, '2026-10-04 04:00'],
    ['Australia/Lord_Howe', '2026-04-04', 1410, 240, '2026-04-05 03:00'],
    ['America/Phoenix', '2026-03-07', 1410, 240, '2026-03-08 03:30'],
    ['Asia/Kolkata', '2026-03-07', 1410, 240, '2026-03-08 03:30'],
  ] as const)('in %s from %s lasts as long as it says', (zone, date, startMinute, minutes, until) => {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
    const { dated } = occurrencesOf([weekly({ weekday, startMinute, durationMinutes: minutes, zone })], {
      zone,
      from: date,
      days: 2,
    })
    expect(dated.map(({ localDate, endsAtMs }) => [localDate, clockIn(zone)(endsAtMs)])).toEqual([
      [date, until],
    ])
    const start = `${date}T${clockOf(startMinute)}:00`
    const asSet = occurrencesOf([set({ start, zone, durationMinutes: minutes, rrule: 'FREQ=WEEKLY' })], {
      zone,
      from: date,
      days: 2,
    })
    expect(asSet.dated.map(({ startsAtMs, endsAtMs }) => [startsAtMs, endsAtMs])).toEqual(
      dated.map(({ startsAtMs, endsAtMs }) => [startsAtMs, endsAtMs]),
    )
  })
})

describe('an online meeting of another zone, as the center sees it', () => {
  const hours = (rule: WeeklyRule, zone: string, from: string, days: number): readonly string[] =>
    occurrencesOf([rule], { zone, from, days }).dated.map(({ startsAtMs, localDate }) => {
      const shown = clockIn(zone)(startsAtMs)
      expect(shown.slice(0, 10)).toBe(localDate)
      return shown.slice(5)
    })

  test('moves by an hour while only one of the two has changed its clocks', () => {
    const london = weekly({ weekday: 3, startMinute: 1140, zone: 'Europe/London' })
    expect(hours(london, 'America/New_York', '2026-03-02', 35)).toEqual([
      '03-04 14:00',
      '03-11 15:00',
      '03-18 15:00',
      '03-25 15:00',
      '04-01 14:00',
    ])
  })

  test('moves with the other’s clocks in Arizona, which has none to change', () => {
    const newYork = weekly({ weekday: 1, startMinute: 1140, zone: 'America/New_York' })
    expect(hours(newYork, 'America/Phoenix', '2026-03-02', 14)).toEqual(['03-02 17:00', '03-09 16:00'])
    expect(hours(newYork, 'America/Phoenix', '2026-10-26', 14)).toEqual(['10-26 16:00', '11-02 17:00'])
  })

  test('moves by two hours between the halves of the world, and keeps its own evening', () => {
    const sydney = weekly({ weekday: 4, startMinute: 1140, zone: 'Australia/Sydney' })
    expect(hours(sydney, 'America/Chicago', '2026-01-12', 7)).toEqual(['01-15 02:00'])
    expect(hours(sydney, 'America/Chicago', '2026-03-23', 7)).toEqual(['03-26 03:00'])
    expect(hours(sydney, 'America/Chicago', '2026-07-13', 7)).toEqual(['07-16 04:00'])
  })

  test('is at half hours between zones of half hours', () => {
    const kolkata = weekly({ weekday: 0, startMinute: 1140, zone: 'Asia/Kolkata' })
    expect(hours(kolkata, 'America/St_Johns', '2026-01-04', 1)).toEqual(['01-04 10:00'])
    expect(hours(kolkata, 'Asia/Kathmandu', '2026-01-04', 1)).toEqual(['01-04 19:15'])
    expect(hours(kolkata, 'Australia/Adelaide', '2026-01-05', 1)).toEqual(['01-05 00:00'])
  })

  test('is on the evening before or the morning after where its own date is another', () => {
    const tokyo = weekly({ weekday: 1, startMinute: 600, zone: 'Asia/Tokyo' })
    expect(hours(tokyo, 'Pacific/Honolulu', '2026-01-04', 1)).toEqual(['01-04 15:00'])
    const honolulu = weekly({ weekday: 0, startMinute: 1200, zone: 'Pacific/Honolulu' })
    expect(hours(honolulu, 'Asia/Tokyo', '2026-01-05', 1)).toEqual(['01-05 15:00'])
    const kiritimati = weekly({ weekday: 0, startMinute: 30, zone: 'Pacific/Kiritimati' })
    expect(hours(kiritimati, 'Pacific/Pago_Pago', '2026-01-02', 1)).toEqual(['01-02 23:30'])
  })

  test('that runs over the center’s midnight is on the day on which it starts there', () => {
    const losAngeles = weekly({
      weekday: 0,
      startMinute: 1245,
      durationMinutes: 90,
      zone: 'America/Los_Angeles',
    })
    const { dated } = occurrencesOf([losAngeles], { zone: 'America/New_York', from: '2026-01-04', days: 2 })
    const clock = clockIn('America/New_York')
    expect(
      dated.map(({ localDate, startsAtMs, endsAtMs }) => [localDate, clock(startsAtMs), clock(endsAtMs)]),
    ).toEqual([['2026-01-04', '2026-01-04 23:45', '2026-01-05 01:15']])
  })
})

describe('weeks of the month over a change of the clocks', () => {
  test('are five in a five-week month, in each zone, each once', () => {
    for (const [zone] of zones) {
      const days = Array.from({ length: 7 }, (_, weekday) => weekly({ weekday, startMinute: 30, zone }))
      const byWeek = ([1, 2, 3, 4, 5] as const).map((week) => {
        const rules = days.map((rule) => ({ ...rule, weeks: [week] }))
        return occurrencesOf(rules, { zone, from: '2026-03-01', days: 31 }).dated.map(
          ({ localDate }) => localDate,
        )
      })
      expect(
        byWeek.map((dates) => dates.length),
        zone,
      ).toEqual([7, 7, 7, 7, 3])
      expect(new Set(byWeek.flat()).size).toBe(31)
      const last = days.map((rule) => ({ ...rule, weeks: ['last'] as const }))
      expect(
        occurrencesOf(last, { zone, from: '2026-03-01', days: 31 }).dated.map((one) => one.localDate),
      ).toEqual(Array.from({ length: 7 }, (_, at) => `2026-03-${25 + at}`))
    }
  })

  test('of a calendar agree with those of a weekly rule', () => {
    const zone = 'Europe/Berlin'
    const window = { zone, from: '2026-01-01', days: 365 }
    const first = set({ start: '2026-01-02T19:00:00', zone, rrule: 'FREQ=MONTHLY;BYDAY=1FR' })
    const last = set({ start: '2026-01-30T19:00:00', zone, rrule: 'FREQ=MONTHLY;BYDAY=-1FR' })
    const rule = weekly({ weekday: 5, zone })
    const starts = (rules: Parameters<typeof occurrencesOf>[0]) =>
      occurrencesOf(rules, window).dated.map(({ startsAtMs }) => startsAtMs)
    expect(starts([{ ...rule, weeks: [1] }])).toEqual(starts([first]))
    expect(starts([{ ...rule, weeks: ['last'] }])).toEqual(starts([last]))
    expect(starts([{ ...rule, weeks: [1] }])).toHaveLength(12)
    expect(starts([{ ...rule, weeks: [5] }])).toHaveLength(4)
    const gaps = starts([{ ...rule, weeks: [1] }]).map((ms) => Math.round(ms / dayMs))
    expect(new Set(gaps).size).toBe(12)
  })
})
