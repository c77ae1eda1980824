import { describe, expect, it } from 'vitest'
import { unknownDistance } from '../../../electron/domain/day-list.ts'
import { WeekStore } from '../../../electron/db/week-store.ts'
import { addMeeting, addOccurrence, type AddedOccurrence } from '../../support/directory-rows.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const today = '2026-11-24'
const week = { from: today, today, days: 7, nowMs: Date.parse('2026-11-24T17:00:00Z') }
const at = (date: string): AddedOccurrence => ({ localDate: date, startsAt: `${date}T20:00:00Z` })

function weekOf(
  given: Record<string, Partial<AddedOccurrence> & { readonly meeting?: object }>,
  perDay?: number,
) {
  const { db } = temporaryDatabase()
  for (const [id, { meeting = {}, ...occurrence }] of Object.entries(given)) {
    addMeeting(db, id, { kind: occurrence.kind ?? 'peer', ...meeting })
    addOccurrence(db, id, { ...at(occurrence.localDate ?? today), ...occurrence })
  }
  const store = new WeekStore(db, { fellowshipName: (id) => (id === 'aa' ? 'AA' : null) })
  return store.listWeek(perDay === undefined ? week : { ...week, perDay })
}

const idsOf = (found: ReturnType<typeof weekOf>) => found.rows.map((row) => row.meetingId).sort()

describe('the week for a hand-out', () => {
  it('has peer groups and clubs of seven days, never a therapist-led group', () => {
    const found = weekOf({
      peer: {},
      club: { kind: 'club', localDate: '2026-11-30' },
      therapy: { kind: 'therapy' },
      'next-week': { localDate: '2026-12-01' },
      yesterday: { localDate: '2026-11-23' },
      ended: { startsAt: '2026-11-24T15:00:00Z' },
      cancelled: { status: 'cancelled' },
    })
    expect(idsOf(found)).toEqual(['cancelled', 'club', 'peer'])
    expect(found.leftOut).toBe(0)
  })

  it('leaves out what is too far, and keeps a place whose distance nobody knows', () => {
    const found = weekOf({
      here: { whereabouts: 0 },
      nearby: { whereabouts: 1 },
      online: { whereabouts: 2, distance: unknownDistance },
      'too-far': { whereabouts: 3, distance: 90_000 },
      'no-coordinates': { whereabouts: 3, distance: unknownDistance },
    })
    expect(idsOf(found)).toEqual(['here', 'nearby', 'no-coordinates', 'online'])
    const unplaced = found.rows.find((row) => row.meetingId === 'no-coordinates')
    expect(unplaced).toMatchObject({ whereabouts: 'nearby', distanceMeters: null, canSignIn: false })
  })

  it('carries what paper needs: link, phone, fellowship, what this date changes', () => {
    const found = weekOf({
      m: {
        variant: { place: 'Room 9' },
        meeting: { online_url: 'https://example.org/x', phone: '+1 555 0100', fellowship: 'aa' },
      },
    })
    expect(found.rows).toMatchObject([
      { onlineUrl: 'https://example.org/x', phone: '+1 555 0100', fellowshipName: 'AA', place: 'Room 9' },
    ])
  })

  it('keeps the nearest of each day when there are too many, and counts what it left out', () => {
    const many = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`m${n}`, { whereabouts: 1 as const, distance: 900 - n * 100 }]),
    )
    const found = weekOf({ ...many, club: { kind: 'club' } }, 3)
    expect(idsOf(found)).toEqual(['club', 'm6', 'm7', 'm8'])
    expect(found.leftOut).toBe(6)
  })
})
