import { describe, expect, it } from 'vitest'
import { deskCalls, type OwnMeeting } from '../../../electron/contract/desk-calls.ts'
import { nextDates } from '../../../renderer/desk/next-dates.ts'
import {
  datesOf,
  draftOfOwn,
  emptyOwnDraft,
  readOwn,
  withOnce,
  withWeek,
  withWeekly,
  type OwnDraft,
} from '../../../renderer/desk/own-draft.ts'
import { createScheduleWords } from '../../../renderer/desk/schedule-words.ts'
import { createI18n } from '../../../renderer/ui/i18n.ts'
import { exampleOwn } from '../../support/fake-desk-bridge.ts'

const draft = (change: Partial<OwnDraft> = {}): OwnDraft => ({
  ...emptyOwnDraft('en'),
  name: 'Garden club',
  weekly: [{ key: 0, weekdays: [6], start: '10:00', durationMinutes: 60, weeks: [] }],
  ...change,
})
const faultsOf = (change: Partial<OwnDraft>) => {
  const reading = readOwn(draft(change))
  return reading.ok ? [] : reading.faults
}
const dates: OwnMeeting['dates'] = [
  { form: 'weekly', weekday: 1, start: '18:30', durationMinutes: 90, weeks: [] },
  { form: 'weekly', weekday: 4, start: '18:30', durationMinutes: 90, weeks: [] },
  { form: 'weekly', weekday: 5, start: '18:30', durationMinutes: 90, weeks: [1, 'last'] },
  { form: 'once', date: '2026-05-03', start: '15:00', durationMinutes: 120 },
]

describe('the form of an own group', () => {
  it('has one row for days that share their time, and stores them as they were', () => {
    const form = draftOfOwn(exampleOwn({ dates }))
    expect(form.weekly.map(({ weekdays }) => weekdays)).toEqual([[1, 4], [5]])
    const reading = readOwn(form)
    expect(reading).toMatchObject({ ok: true, meeting: { dates } })
    if (reading.ok) {
      deskCalls['ownMeetings.save'].input.parse({ meetingId: null, meeting: reading.meeting })
    }
  })

  it.each([
    [{ name: ' ' }, ['name']],
    [{ weekly: [], once: [] }, ['times']],
    [{ weekly: [{ key: 3, weekdays: [], start: '10:00', durationMinutes: 60, weeks: [] }] }, ['weekly-3']],
    [{ weekly: [{ key: 3, weekdays: [1], start: '', durationMinutes: 60, weeks: [] }] }, ['weekly-3']],
    [{ once: [{ key: 2, date: '2026-02-30', start: '10:00', durationMinutes: 60 }] }, ['once-2']],
    [{ attendance: 'online', onlineUrl: 'http://meet.example' }, ['link']],
    [{ attendance: 'hybrid' }, ['linkOrPhone']],
    [{ attendance: 'hybrid', phone: '555 0100' }, []],
    [{ phone: 'ask at the desk' }, ['phone']],
    [{ byAppointment: true, weekly: [] }, []],
  ] as [Partial<OwnDraft>, string[]][])('says what is wrong with %j: %j', (change, faults) => {
    expect(faultsOf(change)).toEqual(faults)
  })

  it('stores no link of one that is held in person, and no fellowship of a club', () => {
    const reading = readOwn(draft({ onlineUrl: 'https://meet.example', kind: 'club', fellowship: 'aa' }))
    expect(reading).toMatchObject({ meeting: { onlineUrl: '', fellowship: null } })
  })

  it('adds rows with keys of their own, which begin like the one before', () => {
    const form = withOnce(withWeekly({ ...draft(), weekly: [{ ...draft().weekly[0]!, key: 7 }] }))
    expect(form.weekly.map(({ key }) => key)).toEqual([7, 8])
    expect(form.once).toEqual([{ key: 0, date: '', start: '', durationMinutes: 60 }])
    expect(datesOf(form)).toHaveLength(1)
  })

  it('keeps weeks in their order; none of them is every week', () => {
    expect(withWeek(['last'], 2, true)).toEqual([2, 'last'])
    expect(withWeek([2, 'last'], 'every', true)).toEqual([])
    expect(withWeek([2], 2, false)).toEqual([])
  })
})

describe('a schedule in words', () => {
  const words = (locale: 'en' | 'es') => createScheduleWords(locale, createI18n(locale).t).lines(dates)
  const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll('\u00A0', ' '))

  it('is said in English', () => {
    expect(plain(words('en'))).toEqual([
      'Every Monday and Thursday, 6:30 PM to 8:00 PM',
      'The first and last Friday of the month, 6:30 PM to 8:00 PM',
      'Sunday, May 3, 2026, 3:00 PM to 5:00 PM',
    ])
  })

  it('is said in Spanish', () => {
    expect(plain(words('es'))).toEqual([
      expect.stringMatching(/^Cada lunes y jueves, de 6:30/u),
      expect.stringMatching(/^El primer y último viernes del mes, de 6:30/u),
      expect.stringMatching(/^domingo, 3 de mayo de 2026, de 3:00/u),
    ])
  })
})

describe('the next dates', () => {
  const zone = 'America/New_York'
  // Monday, March 2, 2026, 19:00 in New York: the group of that evening still runs.
  const nowMs = Date.parse('2026-03-03T00:00:00Z')
  const next = (of: OwnMeeting['dates'], atMs = nowMs) =>
    nextDates(of, zone, atMs).map(({ localDate }) => localDate)

  it('begin with the one that still runs, and leave out weeks that are not meant', () => {
    expect(next(dates)).toEqual(['2026-03-02', '2026-03-05', '2026-03-06'])
    // Half an hour after its end.
    expect(next(dates, Date.parse('2026-03-03T01:30:00Z'))[0]).toBe('2026-03-05')
    expect(next([{ form: 'weekly', weekday: 1, start: '18:30', durationMinutes: 90, weeks: [5] }])).toEqual([
      '2026-03-30',
      '2026-06-29',
      '2026-08-31',
    ])
  })

  it('keep the clock time over the change of the clocks', () => {
    const saturday = [{ form: 'weekly' as const, weekday: 0, start: '09:00', durationMinutes: 60, weeks: [] }]
    const starts = nextDates(saturday, zone, nowMs).map(({ startsAtMs }) =>
      new Date(startsAtMs).toISOString(),
    )
    expect(starts.slice(0, 2)).toEqual(['2026-03-08T13:00:00.000Z', '2026-03-15T13:00:00.000Z'])
  })

  it('are none when all are past', () => {
    expect(next([{ form: 'once', date: '2026-03-01', start: '10:00', durationMinutes: 60 }])).toEqual([])
  })
})
