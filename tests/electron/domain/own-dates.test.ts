import { expect, it } from 'vitest'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import { isCalendarDate, rulesOfOwnDates } from '../../../electron/domain/own-dates.ts'

const zone = 'America/New_York'

it('makes each date of an own meeting a rule in the zone of the center', () => {
  const rules = rulesOfOwnDates(
    [
      { form: 'weekly', weekday: 5, start: '00:05', durationMinutes: 45, weeks: [] },
      { form: 'weekly', weekday: 1, start: '18:30', durationMinutes: 90, weeks: [2] },
      { form: 'once', date: '2026-03-08', start: '09:00', durationMinutes: 60 },
    ],
    zone,
  )
  const { dated } = occurrencesOf(rules, { zone, from: '2026-03-01', days: 10 })
  expect(dated.map(({ slot, startsAtMs, endsAtMs }) => [slot, (endsAtMs - startsAtMs) / 60_000])).toEqual([
    ['2026-03-06T00:05:00', 45],
    ['2026-03-08T09:00:00', 60],
    ['2026-03-09T18:30:00', 90],
  ])
})

it.each([
  ['2026-02-28', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-01', false],
  ['', false],
])('knows whether a calendar has %s: %s', (date, isOne) => {
  expect(isCalendarDate(date)).toBe(isOne)
})
