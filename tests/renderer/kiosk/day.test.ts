import { describe, expect, it } from 'vitest'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import {
  featured,
  featuredElsewhere,
  firstGroup,
  minutesUntil,
  nextStart,
  phaseOf,
} from '../../../renderer/kiosk/day.ts'

const minute = 60_000
const row = (
  meetingId: string,
  from: number,
  to: number,
  change: Partial<OccurrenceRow> = {},
): OccurrenceRow =>
  ({
    meetingId,
    startsAtMs: from * minute,
    endsAtMs: to * minute,
    status: 'scheduled',
    allDay: false,
    ...change,
  }) as OccurrenceRow

describe('what stands on top of the home screen', () => {
  it('is the meeting that is on, and of several the one that began last', () => {
    const rows = [row('a', 0, 90), row('b', 30, 90), row('c', 60, 120)]
    expect(featured(rows, 45 * minute)?.meetingId).toBe('b')
  })

  it('is else the next one, never a cancelled, an ended or an all-day one', () => {
    const rows = [
      row('ended', 0, 30),
      row('cancelled', 40, 70, { status: 'cancelled' }),
      row('all day', 0, 1440, { allDay: true }),
      row('next', 60, 90),
    ]
    expect(featured(rows, 35 * minute)?.meetingId).toBe('next')
    expect(featured(rows.slice(0, 3), 35 * minute)).toBeNull()
  })
})

describe('what stands on top when nothing more is held here', () => {
  const on = row('on', 0, 90)
  const next = row('next', 60, 120)
  it('is the next place one can reach in time, not one that is half over', () => {
    expect(featuredElsewhere([on, next], [on], 45 * minute)?.meetingId).toBe('next')
  })

  it('is else what can be joined from anywhere, also when it is on', () => {
    expect(featuredElsewhere([on], [row('online', 30, 90)], 45 * minute)?.meetingId).toBe('online')
    expect(featuredElsewhere([on], [], 45 * minute)?.meetingId).toBe('on')
    expect(featuredElsewhere([], [], 45 * minute)).toBeNull()
  })
})

describe('now, next and later', () => {
  const rows = [row('a', 0, 60), row('b', 90, 120), row('c', 90, 150), row('d', 200, 260)]
  it('calls all that start at the soonest time next', () => {
    const next = nextStart(rows, 30 * minute)
    expect(rows.map((one) => phaseOf(one, 30 * minute, next))).toEqual(['now', 'next', 'next', 'later'])
  })

  it('is on from its first minute and over at its last', () => {
    expect(phaseOf(rows[1] as OccurrenceRow, 90 * minute, null)).toBe('now')
    expect(phaseOf(rows[1] as OccurrenceRow, 120 * minute, null)).toBe('ended')
  })

  it('rounds the wait up, so that nothing starts in 0 minutes before it does', () => {
    expect(minutesUntil(10 * minute, 9 * minute + 1)).toBe(1)
    expect(minutesUntil(10 * minute, 10 * minute)).toBe(0)
  })
})

describe('the group shown first', () => {
  it('is the nearest one that has meetings', () => {
    expect(firstGroup({ here: 1, nearby: 9, online: 9 })).toBe('here')
    expect(firstGroup({ here: 0, nearby: 9, online: 9 })).toBe('nearby')
    expect(firstGroup({ here: 0, nearby: 0, online: 9 })).toBe('online')
    expect(firstGroup({ here: 0, nearby: 0, online: 0 })).toBe('here')
  })
})
