import { describe, expect, it } from 'vitest'
import type { WeekOfMonth } from '../../../electron/contract/models.ts'
import { opennessOn, typesOn } from '../../../electron/domain/openness.ts'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import type { Rule, SetRule, WeeklyRule } from '../../../electron/domain/schedule.ts'
import {
  isInWeeks,
  isLastOfMonth,
  namedDate,
  weekOfMonth,
  withWeeks,
} from '../../../electron/domain/weeks-of-month.ts'

const friday: WeeklyRule = {
  form: 'weekly',
  weekday: 5,
  startMinute: 19 * 60,
  durationMinutes: 60,
  zone: 'Europe/Berlin',
}

function datesOf(
  rules: readonly Rule[],
  from: string,
  days: number,
  zone = 'Europe/Berlin',
): readonly string[] {
  return occurrencesOf(rules, { zone, from, days }).dated.map((one) => one.localDate)
}

describe('weeks of a month', () => {
  it('agrees with counting the weekdays of each month, for every day of eight years', () => {
    for (let year = 2024; year < 2032; year += 1) {
      for (let month = 0; month < 12; month += 1) {
        const seen = new Map<number, number>()
        const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
        const left = new Map<number, number>()
        const dates = Array.from({ length }, (_, at) => new Date(Date.UTC(year, month, at + 1)))
        for (const date of dates) left.set(date.getUTCDay(), (left.get(date.getUTCDay()) ?? 0) + 1)
        for (const date of dates) {
          const nth = (seen.get(date.getUTCDay()) ?? 0) + 1
          seen.set(date.getUTCDay(), nth)
          const text = date.toISOString().slice(0, 10)
          expect([text, weekOfMonth(text)]).toEqual([text, nth])
          expect([text, isLastOfMonth(text)]).toEqual([text, nth === left.get(date.getUTCDay())])
        }
      }
    }
  })

  it('has a fifth Friday only where the month has five, and it is the last too', () => {
    const fifth: readonly WeekOfMonth[] = [5]
    expect(isInWeeks(fifth, '2026-05-29')).toBe(true)
    expect(isInWeeks(['last'], '2026-05-29')).toBe(true)
    expect(isInWeeks(['last'], '2026-05-22')).toBe(false)
    expect(isInWeeks(['last'], '2026-06-26')).toBe(true)
    expect(isInWeeks(fifth, '2026-06-26')).toBe(false)
    expect(isInWeeks([], '2026-06-26')).toBe(false)
  })
})

describe('a weekly meeting limited to weeks of the month', () => {
  it('is on its first and last Friday and on no other', () => {
    expect(datesOf([{ ...friday, weeks: [1, 'last'] }], '2026-05-01', 61)).toEqual([
      '2026-05-01',
      '2026-05-29',
      '2026-06-05',
      '2026-06-26',
    ])
  })

  it('is on the fifth Friday of a five-week month, and rests in a month of four', () => {
    expect(datesOf([{ ...friday, weeks: [5] }], '2026-05-01', 122)).toEqual(['2026-05-29', '2026-07-31'])
  })

  it('counts weeks in the zone of the meeting, not of the center', () => {
    // Saturday the 8th, 10:00 in Auckland, is Friday the 7th in Chicago: the second Saturday, the first Friday.
    const auckland: WeeklyRule = { ...friday, weekday: 6, startMinute: 600, zone: 'Pacific/Auckland' }
    expect(datesOf([{ ...auckland, weeks: [2] }], '2026-08-01', 31, 'America/Chicago')).toEqual([
      '2026-08-07',
    ])
    expect(datesOf([{ ...auckland, weeks: [1] }], '2026-08-01', 31, 'America/Chicago')).toEqual([])
    expect(datesOf([{ ...auckland, weeks: [1] }], '2026-07-25', 14, 'America/Chicago')).toEqual([
      '2026-07-31',
    ])
  })

  it('counts midnight at the end of a day by the day it names', () => {
    const midnight: WeeklyRule = { ...friday, startMinute: 1440, weeks: [1] }
    expect(datesOf([midnight], '2026-08-01', 31)).toEqual(['2026-08-07'])
    expect(namedDate('2026-08-08T00:00:00', [midnight])).toBe('2026-08-07')
    expect(namedDate('2026-08-08T00:00:00', [{ ...friday, weekday: 6, startMinute: 0 }])).toBe('2026-08-08')
    expect(namedDate('2026-08-07T19:00:00', [friday])).toBe('2026-08-07')
  })
})

describe('weeks that staff choose', () => {
  const set: SetRule = {
    form: 'set',
    allDay: false,
    start: '2026-05-01T19:00:00',
    zone: 'Europe/Berlin',
    durationMinutes: 60,
    rrule: 'FREQ=WEEKLY',
    rdates: [],
    exdates: [],
    changes: [],
    status: 'scheduled',
  }

  it('limit weekly rules, leave a calendar alone, and go again', () => {
    const rules = [friday, set]
    expect(withWeeks(rules, null)).toEqual(rules)
    expect(withWeeks(rules, [3])).toEqual([{ ...friday, weeks: [3] }, set])
    expect(withWeeks([{ ...friday, weeks: [1] }], [3, 'last'])).toEqual([{ ...friday, weeks: [3, 'last'] }])
    expect(datesOf(withWeeks([friday], [3]), '2026-05-01', 31)).toEqual(['2026-05-15'])
  })
})

describe('who may come on a date', () => {
  it('is open in its weeks and closed in the others', () => {
    expect(opennessOn('open_this_week', [1], '2026-05-01')).toBe('open_this_week')
    expect(opennessOn('open_this_week', [1], '2026-05-08')).toBe('closed')
    expect(opennessOn('open_this_week', ['last'], '2026-05-29')).toBe('open_this_week')
  })

  it('leaves every other meeting as its list says', () => {
    expect(opennessOn('open', [1], '2026-05-08')).toBe('open')
    expect(opennessOn('unknown', null, '2026-05-08')).toBe('unknown')
    expect(opennessOn('open_this_week', null, '2026-05-08')).toBe('open_this_week')
  })

  it('names a type only in its weeks', () => {
    const types = [
      { code: 'BT', label: 'Basic Text' },
      { code: 'SPK', label: 'Speaker', weeks: [3] },
    ] as const
    expect(typesOn(types, '2026-05-15').map((type) => type.code)).toEqual(['BT', 'SPK'])
    expect(typesOn(types, '2026-05-22').map((type) => type.code)).toEqual(['BT'])
  })
})
