import { describe, expect, it } from 'vitest'
import { checkLoss, isOver } from '../../../electron/domain/guard.ts'
import type { SetRule, WeeklyRule } from '../../../electron/domain/schedule.ts'

const fine = { usable: 100, active: 100, lost: 0, upcomingBefore: 100, upcomingAfter: 100 }

describe('the guard against loss', () => {
  it.each([
    ['nothing lost', {}],
    ['29 of 100 lost', { lost: 29 }],
    ['five of six lost: a small feed may change', { active: 6, lost: 5 }],
    ['the first list of a feed', { active: 0, upcomingBefore: 0 }],
    ['a first list of past events', { active: 0, upcomingBefore: 0, upcomingAfter: 0 }],
  ])('lets pass: %s', (_what, more) => {
    expect(checkLoss({ ...fine, ...more })).toMatchObject({ ok: true })
  })

  it.each([
    ['30 of 100 lost', { lost: 30 }, 'loses_too_many'],
    ['six of six lost', { active: 6, lost: 6 }, 'loses_too_many'],
    ['no usable meeting', { usable: 0 }, 'nothing_usable'],
    ['no date ahead any more', { upcomingAfter: 0 }, 'loses_too_many'],
  ])('holds back: %s', (_what, more, code) => {
    const result = checkLoss({ ...fine, ...more })
    expect(result).toMatchObject({ ok: false, code })
  })

  it('says how many are missing', () => {
    expect(checkLoss({ ...fine, active: 120, lost: 82 })).toMatchObject({
      detail: '82 of 120 meetings are missing in the new list.',
    })
  })
})

const weekly: WeeklyRule = {
  form: 'weekly',
  weekday: 1,
  startMinute: 600,
  durationMinutes: null,
  zone: 'America/New_York',
}
const single: SetRule = {
  form: 'set',
  allDay: false,
  start: '2026-11-20T18:00:00',
  zone: 'America/New_York',
  durationMinutes: 60,
  rrule: null,
  rdates: [],
  exdates: [],
  changes: [],
  status: 'scheduled',
}

describe('a meeting that is over is no loss', () => {
  it.each([
    ['a single event of last week', [single], true],
    ['one of yesterday may still run', [{ ...single, start: '2026-11-23T23:00:00' }], false],
    ['one of tomorrow', [{ ...single, start: '2026-11-25T18:00:00' }], false],
    ['a weekly meeting', [weekly], false],
    ['one by appointment', [], false],
    ['a series that ended', [{ ...single, rrule: 'FREQ=WEEKLY;UNTIL=20261101T000000Z' }], true],
    ['a series that goes on', [{ ...single, rrule: 'FREQ=WEEKLY;UNTIL=20271101T000000Z' }], false],
    ['a series without an end', [{ ...single, rrule: 'FREQ=WEEKLY' }], false],
    ['a series with a count: in doubt not', [{ ...single, rrule: 'FREQ=DAILY;COUNT=2' }], false],
    ['an added date ahead', [{ ...single, rdates: ['2026-12-01T18:00:00'] }], false],
    ['a past all-day event', [{ ...single, allDay: true, start: '2026-11-01' }], true],
  ] as const)('%s', (_what, rules, over) => {
    expect(isOver(rules, '2026-11-24')).toBe(over)
  })
})
