import { describe, expect, it } from 'vitest'
import { checkList, fellowshipOfList, isOver, type ListCheck } from '../../../electron/domain/guard.ts'
import type { SetRule, WeeklyRule } from '../../../electron/domain/schedule.ts'

const steady = { staying: 100, changing: 0, mostly: null, before: 'aa', after: 'aa' }
const fine: ListCheck = {
  usable: 100,
  active: 100,
  lost: 0,
  upcomingBefore: 100,
  upcomingAfter: 100,
  fellowships: steady,
}
const mostly = { from: 'aa', to: 'na' }
const nameOf = (id: string) => id.toUpperCase()

describe('the guard against loss', () => {
  it.each<[string, Partial<ListCheck>]>([
    ['nothing lost', {}],
    ['29 of 100 lost', { lost: 29 }],
    ['five of six lost: a small feed may change', { active: 6, lost: 5 }],
    ['the first list of a feed', { active: 0, upcomingBefore: 0 }],
    ['a first list of past events', { active: 0, upcomingBefore: 0, upcomingAfter: 0 }],
    ['30 of 100 of another fellowship', { fellowships: { ...steady, changing: 30, mostly } }],
    ['five of ten', { fellowships: { ...steady, staying: 10, changing: 5, mostly } }],
    ['a list of which nobody knew whose it is', { fellowships: { ...steady, before: null, after: 'na' } }],
    ['a list that becomes a mixed one', { fellowships: { ...steady, after: null } }],
    ['another fellowship that staff have said', { fellowships: null }],
  ])('lets pass: %s', (_what, more) => {
    expect(checkList({ ...fine, ...more }, nameOf)).toMatchObject({ ok: true })
  })

  it.each<[string, Partial<ListCheck>, string, string]>([
    ['30 of 100 lost', { lost: 30 }, 'loses_too_many', '30 of 100 meetings are missing in the new list.'],
    ['six of six', { active: 6, lost: 6 }, 'loses_too_many', '6 of 6 meetings are missing in the new list.'],
    ['no usable meeting', { usable: 0 }, 'nothing_usable', 'The new list has no meeting that can be shown.'],
    [
      'no date ahead any more',
      { upcomingAfter: 0 },
      'loses_all_future',
      'No meeting of the new list has a date ahead; 100 of the present list have.',
    ],
    [
      '31 of 100 of another fellowship',
      { fellowships: { ...steady, changing: 31, mostly } },
      'changes_fellowship',
      '31 of 100 meetings would change from AA to NA.',
    ],
    [
      'a small list that turns over',
      { fellowships: { ...steady, staying: 3, changing: 3, mostly, after: 'na' } },
      'changes_fellowship',
      'The list of AA would turn into one of NA.',
    ],
  ])('holds back: %s', (_what, more, code, detail) => {
    expect(checkList({ ...fine, ...more }, nameOf)).toEqual({ ok: false, code, detail })
  })
})

it.each([
  [
    [
      ['aa', 9],
      ['na', 1],
    ],
    'aa',
  ],
  [
    [
      ['aa', 8],
      ['na', 2],
    ],
    null,
  ],
  [[['unknown', 10]], null],
  [
    [
      ['aa', 8],
      ['unknown', 2],
    ],
    null,
  ],
  [[], null],
] as const)('%j is the list of %s', (counts, whose) => {
  expect(fellowshipOfList(new Map(counts))).toBe(whose)
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
