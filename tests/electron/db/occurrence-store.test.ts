import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Whereabouts } from '../../../electron/contract/models.ts'
import type { Db } from '../../../electron/db/connection.ts'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { canSignInTo, compareOnList, isOnList, type Listed } from '../../../electron/domain/day-list.ts'
import { addFeed, addMeeting, addOccurrence } from '../../support/directory-rows.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

const today = '2026-11-24'
const at = (iso: string) => Date.parse(iso)
/** Noon in New York. */
const now = { today, nowMs: at('2026-11-24T17:00:00Z') }
const fellowshipName = (id: string) => (id === 'aa' ? 'Alcoholics Anonymous' : null)

function keysOf(db: Db, whereabouts: Whereabouts, date = today, page = { offset: 0, limit: 200 }) {
  const store = new OccurrenceStore(db, { fellowshipName })
  return store.listDay({ ...now, date, whereabouts, ...page }).rows.map((row) => row.meetingId)
}

describe('the list of a day', () => {
  it('has what is still to come today, yesterday’s that still runs, and nothing that has ended', () => {
    const { db } = temporaryDatabase()
    for (const id of ['ended', 'ends-now', 'running', 'later', 'overnight', 'yesterday', 'tomorrow']) {
      addMeeting(db, id)
    }
    addOccurrence(db, 'ended', { localDate: today, startsAt: '2026-11-24T14:00:00Z' })
    addOccurrence(db, 'ends-now', { localDate: today, startsAt: '2026-11-24T16:00:00Z' })
    addOccurrence(db, 'running', { localDate: today, startsAt: '2026-11-24T16:30:00Z' })
    addOccurrence(db, 'later', { localDate: today, startsAt: '2026-11-25T01:00:00Z' })
    addOccurrence(db, 'overnight', {
      localDate: '2026-11-23',
      startsAt: '2026-11-24T03:00:00Z',
      minutes: 16 * 60,
    })
    addOccurrence(db, 'yesterday', { localDate: '2026-11-23', startsAt: '2026-11-23T17:00:00Z' })
    addOccurrence(db, 'tomorrow', { localDate: '2026-11-25', startsAt: '2026-11-25T17:00:00Z' })
    expect(keysOf(db, 'here')).toEqual(['overnight', 'running', 'later'])
    expect(keysOf(db, 'here', '2026-11-25')).toEqual(['tomorrow'])
    expect(keysOf(db, 'here', '2026-11-23')).toEqual(['yesterday', 'overnight'])
  })

  it('keeps a cancelled one in its place, marked, and nobody can sign in to it', () => {
    const { db } = temporaryDatabase()
    for (const id of ['a', 'b', 'c']) {
      addMeeting(db, id)
      addOccurrence(db, id, {
        localDate: today,
        startsAt: `2026-11-24T${18 + 'abc'.indexOf(id)}:00:00Z`,
        status: id === 'b' ? 'cancelled' : 'scheduled',
      })
    }
    const { rows } = new OccurrenceStore(db, { fellowshipName }).listDay({
      ...now,
      date: today,
      whereabouts: 'here',
      offset: 0,
      limit: 50,
    })
    expect(rows.map((row) => [row.meetingId, row.status, row.canSignIn])).toEqual([
      ['a', 'scheduled', true],
      ['b', 'cancelled', false],
      ['c', 'scheduled', true],
    ])
  })

  it('puts what lasts all day at the head of its day, until the end of its last day', () => {
    const { db } = temporaryDatabase()
    addMeeting(db, 'early')
    addMeeting(db, 'fair')
    const midnight = '2026-11-25T05:00:00Z'
    addOccurrence(db, 'early', { localDate: '2026-11-25', startsAt: '2026-11-25T05:30:00Z' })
    addOccurrence(db, 'fair', { localDate: '2026-11-25', startsAt: midnight, minutes: 1440, allDay: true })
    expect(keysOf(db, 'here', '2026-11-25')).toEqual(['fair', 'early'])
    const store = new OccurrenceStore(db, { fellowshipName })
    const on = (nowIso: string) =>
      store.listDay({
        date: '2026-11-25',
        today: '2026-11-25',
        nowMs: at(nowIso),
        whereabouts: 'here',
        offset: 0,
        limit: 9,
      }).rows
    expect(on('2026-11-26T04:59:59Z').map((row) => [row.meetingId, row.allDay])).toEqual([['fair', true]])
    expect(on('2026-11-26T05:00:00Z')).toEqual([])
  })

  it('counts all of each group, whatever page was asked for', () => {
    const { db } = temporaryDatabase()
    for (let n = 0; n < 30; n += 1) {
      addMeeting(db, `m${n}`)
      const whereabouts = ([0, 1, 1, 2, 3] as const)[n % 5]!
      addOccurrence(db, `m${n}`, { localDate: today, startsAt: '2026-11-24T20:00:00Z', whereabouts })
    }
    const list = new OccurrenceStore(db, { fellowshipName }).listDay({
      ...now,
      date: today,
      whereabouts: 'nearby',
      offset: 4,
      limit: 3,
    })
    expect(list.totals).toEqual({ here: 6, nearby: 12, online: 6 })
    expect(list.rows).toHaveLength(3)
  })

  it('shows neither hidden nor withdrawn meetings, even if their dates were left behind', () => {
    const { db } = temporaryDatabase()
    for (const state of ['active', 'hidden', 'withdrawn']) {
      addMeeting(db, state, { state })
      addOccurrence(db, state, { localDate: today, startsAt: '2026-11-24T20:00:00Z' })
    }
    addMeeting(db, 'inactive', { attendance: 'inactive' })
    addOccurrence(db, 'inactive', { localDate: today, startsAt: '2026-11-24T20:00:00Z' })
    expect(keysOf(db, 'here')).toEqual(['active'])
    const store = new OccurrenceStore(db, { fellowshipName })
    const name = { meetingId: 'hidden', localDate: today, startsAtMs: at('2026-11-24T20:00:00Z') }
    expect(store.findOccurrence(name, now)).toBeUndefined()
    expect(store.findDetail(name, now)).toBeUndefined()
  })

  it('is, page after page, what the rule of the domain says of the same occurrences', () => {
    const { db } = temporaryDatabase()
    for (let n = 0; n < 12; n += 1) addMeeting(db, `m${n}`)
    const base = at('2026-11-23T05:00:00Z')
    const occurrence = fc.record({
      day: fc.constantFrom('2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'),
      hour: fc.integer({ min: 0, max: 71 }),
      minutes: fc.constantFrom(1, 30, 60, 1440, 3000),
      whereabouts: fc.constantFrom(0, 1, 2, 3),
      distance: fc.constantFrom(5, 900, 2_147_483_647),
      status: fc.constantFrom('scheduled', 'cancelled', 'moved', 'tentative'),
    })
    const store = new OccurrenceStore(db, { fellowshipName })
    fc.assert(
      fc.property(
        fc.array(occurrence, { maxLength: 12 }),
        fc.integer({ min: 0, max: 71 }),
        fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25'),
        (given, nowHour, date) => {
          db.driver.exec('DELETE FROM occurrence')
          const listed = given.map((one, n): Listed & { id: string } => {
            const startsAtMs = base + one.hour * 3_600_000
            addOccurrence(db, `m${n}`, {
              ...one,
              localDate: one.day,
              startsAt: new Date(startsAtMs).toISOString(),
            })
            return {
              id: `m${n}`,
              localDate: one.day,
              startsAtMs,
              endsAtMs: startsAtMs + one.minutes * 60_000,
              whereabouts: one.whereabouts,
              distanceOrder: one.distance,
              nameOrder: `m${n}`,
              status: one.status,
            }
          })
          const view = { date, today, nowMs: base + nowHour * 3_600_000 }
          const expected = listed.filter((one) => isOnList(one, view)).sort(compareOnList)
          const found = (['here', 'nearby', 'online'] as const).flatMap((whereabouts) => {
            const offsets = [0, 2, 4, 6, 8, 10]
            const pages = offsets.map((offset) => store.listDay({ ...view, whereabouts, offset, limit: 2 }))
            const rows = pages.flatMap((page) => page.rows)
            expect(pages.map((page) => page.totals[whereabouts])).toEqual(offsets.map(() => rows.length))
            return rows
          })
          expect(found.map((row) => row.meetingId)).toEqual(expected.map((one) => one.id))
          expect(found.map((row) => row.canSignIn)).toEqual(expected.map((one) => canSignInTo(one, view)))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is read from the index of the day, without sorting or walking through tables', () => {
    const { db } = temporaryDatabase()
    const plans: string[] = []
    const spied: Db = {
      ...db,
      prepare: (name, sql) => {
        const rows = db.driver.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        const bound = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map((match) => [match[1]!, 1]))
        plans.push(...rows.all(bound).map((row) => `${name}: ${(row as { detail: string }).detail}`))
        return db.prepare(name, sql)
      },
    }
    const store = new OccurrenceStore(spied, { fellowshipName })
    store.listDay({ ...now, date: today, whereabouts: 'here', offset: 0, limit: 50 })
    const scans = plans.filter(
      (line) => / SCAN /.test(line) && !/SCAN (page|feed|CONSTANT|\(subquery)/.test(line),
    )
    expect(scans).toEqual([])
    expect(plans.filter((line) => line.includes('USING COVERING INDEX occurrence_of_day')).length).toBe(1)
  })
})

describe('one occurrence', () => {
  it('is complete: where, for whom, what this date changes, and when next', () => {
    const { db } = temporaryDatabase()
    addFeed(db, 'f', { last_good_run_at_ms: 1234 })
    addMeeting(db, 'm', {
      feed_id: 'f',
      fellowship: 'aa',
      kind: 'therapy',
      place_name: 'Town Hall',
      street: '1 Main St',
      city: 'Springfield',
      address: 'Town Hall, 1 Main St, Springfield',
      place_note: 'Second door',
      notes: 'Bring a friend',
      types: '[{"code":"O","label":"Open"},{"code":"ZZ","label":null}]',
      languages: '["es"]',
      wheelchair: 1,
      phone: '+1 555 0100',
      online_url: 'https://example.org/join',
      provider: 'Zoom',
      openness: 'open',
    })
    const start = '2026-11-24T20:00:00Z'
    addOccurrence(db, 'm', {
      localDate: today,
      startsAt: start,
      variant: { place: 'Room 5', name: 'Special' },
    })
    for (let week = 1; week <= 9; week += 1) {
      const startsAt = new Date(at(start) + week * 7 * 86_400_000).toISOString()
      addOccurrence(db, 'm', {
        localDate: startsAt.slice(0, 10),
        startsAt,
        status: week === 1 ? 'cancelled' : 'scheduled',
      })
    }
    addOccurrence(db, 'm', { localDate: '2026-11-23', startsAt: '2026-11-23T20:00:00Z' })
    const store = new OccurrenceStore(db, { fellowshipName })
    const detail = store.findDetail({ meetingId: 'm', localDate: today, startsAtMs: at(start) }, now)
    expect(detail).toMatchObject({
      row: {
        key: 'key-m',
        name: 'Special',
        place: 'Room 5',
        kind: 'therapy',
        fellowshipName: 'Alcoholics Anonymous',
        wheelchair: true,
        languages: ['es'],
        openness: 'open',
        distanceMeters: 100,
        canSignIn: true,
      },
      notes: 'Bring a friend',
      types: [
        { code: 'O', label: 'Open' },
        { code: 'ZZ', label: null },
      ],
      address: 'Town Hall, 1 Main St, Springfield',
      placeNote: 'Second door',
      onlineUrl: 'https://example.org/join',
      phone: '+1 555 0100',
      provider: 'Zoom',
      sourceName: 'Feed f',
      sourceAsOfMs: 1234,
    })
    expect(detail?.upcoming).toHaveLength(8)
    expect(detail?.upcoming[0]).toEqual({ localDate: today, startsAtMs: at(start), status: 'scheduled' })
    expect(detail?.upcoming[1]?.status).toBe('cancelled')
    const next = detail?.upcoming[1]
    expect(store.findOccurrence({ meetingId: 'm', ...next! }, now)?.place).toBe('Second door')
  })

  it('is found under the id that its feed used before', () => {
    const { db } = temporaryDatabase()
    addMeeting(db, 'new')
    addOccurrence(db, 'new', { localDate: today, startsAt: '2026-11-24T20:00:00Z' })
    db.driver.exec(`INSERT INTO meeting_alias VALUES ('old', 'new')`)
    const store = new OccurrenceStore(db, { fellowshipName })
    const name = { meetingId: 'old', localDate: today, startsAtMs: at('2026-11-24T20:00:00Z') }
    expect(store.findOccurrence(name, now)?.meetingId).toBe('new')
    expect(store.findOccurrence({ ...name, startsAtMs: 1 }, now)).toBeUndefined()
  })

  it.each([
    [{ place_name: 'Town Hall', street: null, address: 'Town Hall, 1 Main St' }, 'Town Hall, 1 Main St'],
    [{ place_name: 'Town Hall', street: null, address: '1 Main St' }, 'Town Hall, 1 Main St'],
    [{ place_name: '1 Main St', street: '1 Main St', city: null }, '1 Main St'],
    [{ place_name: null, street: null, address: null }, null],
    [{ place_name: 'Town Hall', street: '1 Main St', attendance: 'online' }, null],
  ])('says where in one line: %j', (columns, line) => {
    const { db } = temporaryDatabase()
    addMeeting(db, 'm', columns)
    addOccurrence(db, 'm', { localDate: today, startsAt: '2026-11-24T20:00:00Z', whereabouts: 1 })
    const name = { meetingId: 'm', localDate: today, startsAtMs: at('2026-11-24T20:00:00Z') }
    expect(new OccurrenceStore(db, { fellowshipName }).findOccurrence(name, now)?.place).toBe(line)
  })

  it.each([
    [{ here_why: 'feed', place_name: 'Cedar House', place_note: 'Room 2' }, 'Room 2'],
    [{ here_why: 'feed', place_name: 'Cedar House', place_note: null }, 'Cedar House'],
    [{ here_why: 'feed', place_name: 'Cedar House', place_note: 'Enter. '.repeat(10) }, 'Cedar House'],
    [{ here_why: 'feed', place_name: null, street: '1 Main St', city: null }, '1 Main St'],
    // Within a few steps may be the house next door.
    [{ here_why: 'distance', place_name: 'First Church', place_note: 'Room 2' }, 'First Church, Room 2'],
    [{ here_why: 'feed', place_note: 'Room 2', attendance: 'online' }, null],
  ])('names the room of what is held here, not the address one stands at: %j', (columns, line) => {
    const { db } = temporaryDatabase()
    addMeeting(db, 'm', columns)
    addOccurrence(db, 'm', { localDate: today, startsAt: '2026-11-24T20:00:00Z', whereabouts: 0 })
    const name = { meetingId: 'm', localDate: today, startsAtMs: at('2026-11-24T20:00:00Z') }
    expect(new OccurrenceStore(db, { fellowshipName }).findOccurrence(name, now)?.place).toBe(line)
  })

  it('names the oldest good list, and none when there was none', () => {
    const { db } = temporaryDatabase()
    const store = new OccurrenceStore(db, { fellowshipName })
    addFeed(db, 'never')
    expect(store.oldestGoodRun()).toBeNull()
    addFeed(db, 'old', { last_good_run_at_ms: 10 })
    addFeed(db, 'newer', { last_good_run_at_ms: 20 })
    expect(store.oldestGoodRun()).toBe(10)
  })
})
