import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotsOf } from '../../../electron/domain/meeting-slots.ts'
import {
  compareShown,
  groupsOf,
  sameness,
  traitsOf,
  type Comparable,
  type Traits,
} from '../../../electron/domain/same-meeting.ts'
import type { SetRule, WeeklyRule } from '../../../electron/domain/schedule.ts'

const zone = 'America/New_York'
/** A Tuesday. */
const today = '2026-11-24'
const monday7: WeeklyRule = { form: 'weekly', weekday: 1, startMinute: 1140, durationMinutes: 60, zone }

function meeting(more: Partial<Comparable> = {}): Comparable {
  return {
    id: 'a',
    feedId: 'county',
    feedHeldHere: false,
    feedAddedAtMs: 1,
    hidden: false,
    kind: 'peer',
    fellowship: 'aa',
    name: 'Serenity Group',
    group: null,
    attendance: 'in_person',
    street: '500 N Main St',
    city: 'Springfield',
    postalCode: '19064',
    latitude: 39.93,
    longitude: -75.33,
    approximate: false,
    onlineUrl: null,
    phone: null,
    rules: [monday7],
    ...more,
  }
}
const other = (more: Partial<Comparable> = {}) =>
  meeting({ id: 'b', feedId: 'region', feedAddedAtMs: 2, ...more })
const online = {
  attendance: 'online',
  street: null,
  city: null,
  postalCode: null,
  latitude: null,
  longitude: null,
} as const

const traits = (one: Comparable): Traits => traitsOf(one, zone, today)
function same(a: Partial<Comparable>, b: Partial<Comparable>): boolean {
  const [left, right] = [traits(meeting(a)), traits(other(b))]
  expect(sameness(left, right)).toBe(sameness(right, left))
  const found = sameness(left, right) > 0
  // Whatever is the same can also be found: the two stand in one slot.
  if (found) expect(slotsOf(left).some((slot) => slotsOf(right).includes(slot))).toBe(true)
  return found
}
const set = (more: Partial<SetRule>): SetRule => ({
  form: 'set',
  allDay: false,
  start: '2026-11-30T19:00:00',
  zone,
  durationMinutes: 60,
  rrule: null,
  rdates: [],
  exdates: [],
  changes: [],
  status: 'scheduled',
  ...more,
})

describe('one meeting in two feeds', () => {
  it.each<[string, Partial<Comparable>, Partial<Comparable>]>([
    ['all is equal', {}, {}],
    ['the street is spelled in another way', {}, { street: '500 North Main Street, Suite 2' }],
    [
      'a postal code is missing, the town is given',
      {},
      { postalCode: null, latitude: null, longitude: null },
    ],
    ['the name has another tail', {}, { name: 'Serenity' }],
    ['the name has the day in it', { name: 'Monday Night Serenity' }, { name: 'Serenity Group (Mon)' }],
    ['accents and case differ', { name: 'GRUPO NUEVA VIDA' }, { name: 'Grupo Nueva Vída' }],
    ['one feed says whose it is and the other does not', {}, { fellowship: 'unknown' }],
    ['one calls it by its group', { name: 'Big Book Study', group: 'Serenity Group' }, {}],
    ['only exact points are given, 60 m apart', { street: null }, { street: null, latitude: 39.93054 }],
    ['one lists it as hybrid', { attendance: 'hybrid', onlineUrl: 'https://zoom.us/j/1' }, {}],
    [
      'a hybrid one is listed online elsewhere, with a passcode and another host name',
      { attendance: 'hybrid', onlineUrl: 'https://us02web.zoom.us/j/81234567890?pwd=abc' },
      { ...online, onlineUrl: 'https://zoom.us/j/81234567890' },
    ],
    [
      'both are online behind one link with other tracking',
      { ...online, onlineUrl: 'https://meet.google.com/abc-defg-hij?authuser=0&hs=122' },
      { ...online, onlineUrl: 'http://meet.google.com/abc-defg-hij' },
    ],
    [
      'one number to call leads to both',
      { ...online, phone: '+1 (605) 475-6006,,4471234#' },
      { ...online, phone: '16054756006,,4471234#' },
    ],
    [
      'a link and a number of the same conference',
      { ...online, onlineUrl: 'https://zoom.us/j/81234567890' },
      { ...online, phone: '+16699006833,,81234567890#,,,,*0000#' },
    ],
    [
      'two online ones share a name that says something, and nothing speaks against it',
      { ...online, name: 'Lamplighters of the Valley', onlineUrl: 'https://zoom.us/j/81234567890' },
      { ...online, name: 'Lamplighters of the Valley', phone: '555 123 4567' },
    ],
    [
      'a club and a peer group of unknown fellowship',
      { kind: 'club', fellowship: 'unknown' },
      { fellowship: 'unknown' },
    ],
    ['both are therapist-led', { kind: 'therapy' }, { kind: 'therapy' }],
    [
      'the zone of a virtual one is another',
      {},
      { rules: [{ ...monday7, zone: 'America/Chicago', startMinute: 1080 }] },
    ],
    ['a calendar has its next dates', {}, { rules: [set({ rrule: 'FREQ=WEEKLY' })] }],
    ['one feed knows the weeks of the month', {}, { rules: [{ ...monday7, weeks: [1, 3] }] }],
    [
      'a calendar means the weeks that the other names',
      { rules: [{ ...monday7, weeks: [1] }] },
      { rules: [set({ start: '2026-09-07T19:00:00', rrule: 'FREQ=MONTHLY;BYDAY=1MO' })] },
    ],
    [
      'one names midnight at the end of the day before',
      { rules: [{ ...monday7, startMinute: 1440 }] },
      { rules: [{ ...monday7, weekday: 2, startMinute: 0 }] },
    ],
  ])('is the same when %s', (_what, a, b) => {
    expect(same(a, b)).toBe(true)
  })

  it.each<[string, Partial<Comparable>, Partial<Comparable>]>([
    ['they are rows of one feed', {}, { feedId: 'county' }],
    ['both were entered at the desk', { feedId: null }, { feedId: null }],
    ['the fellowships differ', {}, { fellowship: 'na' }],
    ['a therapist leads one of them', { kind: 'therapy', fellowship: 'unknown' }, { fellowship: 'unknown' }],
    ['the day differs', {}, { rules: [{ ...monday7, weekday: 2 }] }],
    ['the start differs by five minutes', {}, { rules: [{ ...monday7, startMinute: 1145 }] }],
    ['the names differ', {}, { name: 'Road to Recovery' }],
    ['the house differs, with one name and time', {}, { street: '12 Oak St', latitude: 39.95 }],
    ['the town differs, with one street', {}, { postalCode: '60601', latitude: 41.88, longitude: -87.63 }],
    ['the points are 90 m apart', { street: null }, { street: null, latitude: 39.93081 }],
    [
      'the points are near, the names alike but not very',
      { street: '500 Main St', name: 'Sunrise Serenity' },
      { street: '512 Main St', name: 'Sunset Serenity', latitude: 39.9304 },
    ],
    ['a point is only that of an area', { street: null }, { street: null, approximate: true }],
    ['women meet here and men there', { name: 'Serenity Women' }, { name: 'Serenity Men' }],
    ['it is in another language', { name: 'Serenity (English)' }, { name: 'Serenity (Español)' }],
    ['the groups have numbers', { name: 'Group 1' }, { name: 'Group 2' }],
    ['beginners meet beside it', {}, { name: 'Serenity Beginners' }],
    ['one studies a step and one discusses', { name: 'Valley Step' }, { name: 'Valley Discussion' }],
    [
      'the rooms behind the links differ',
      { ...online, name: 'Lamplighters of the Valley', onlineUrl: 'https://zoom.us/j/81234567890' },
      { ...online, name: 'Lamplighters of the Valley', onlineUrl: 'https://zoom.us/j/99999999999' },
    ],
    [
      'two online ones share a name that says nothing',
      { ...online, name: 'Monday Night Online Group', phone: '5551234567' },
      { ...online, name: 'Monday Night Online Group', phone: '5557654321' },
    ],
    [
      'two online ones share a common word',
      { ...online, phone: '5551234567' },
      { ...online, phone: '5557654321' },
    ],
    [
      'the number is one that every caller of Zoom dials',
      { ...online, phone: '+1 669 900 6833' },
      { ...online, phone: '+1 669 900 6833' },
    ],
    [
      'places differ, whatever link they share',
      { attendance: 'hybrid', onlineUrl: 'https://zoom.us/j/81234567890' },
      {
        attendance: 'hybrid',
        onlineUrl: 'https://zoom.us/j/81234567890',
        street: '12 Oak St',
        latitude: 39.95,
      },
    ],
    [
      'one is in a house and one online, with nothing in common',
      {},
      { ...online, onlineUrl: 'https://zoom.us/j/81234567890' },
    ],
    ['there is no date yet (by appointment)', { rules: [] }, { rules: [] }],
    [
      'they are in other weeks of the month',
      { rules: [{ ...monday7, weeks: [1] }] },
      { rules: [{ ...monday7, weeks: [3] }] },
    ],
    [
      'a fixed offset meets it in winter only',
      {},
      { rules: [{ ...monday7, zone: 'UTC', weekday: 2, startMinute: 0 }] },
    ],
    [
      'an all-day event starts at the same midnight',
      { rules: [{ ...monday7, startMinute: 0 }] },
      { rules: [set({ allDay: true, start: '2026-11-30', durationMinutes: 1440, rrule: 'FREQ=WEEKLY' })] },
    ],
    [
      'a series has ended',
      {},
      { rules: [set({ start: '2026-01-05T19:00:00', rrule: 'FREQ=WEEKLY;UNTIL=20260301T000000Z' })] },
    ],
  ])('is not the same when %s', (_what, a, b) => {
    expect(same(a, b)).toBe(false)
  })
})

describe('what is shown for others', () => {
  const shown = (...all: Comparable[]) => Object.fromEntries(groupsOf(all.map(traits), () => false))

  it('prefers held here, then own, a known fellowship, the richest, the feed added first, the id', () => {
    const order: Comparable[] = [
      other({ id: '1', feedHeldHere: true, fellowship: 'unknown', latitude: null }),
      meeting({ id: '2', feedId: null, fellowship: 'unknown', latitude: null, feedAddedAtMs: null }),
      other({ id: '3', hidden: true, fellowship: 'unknown' }),
      other({ id: '4', onlineUrl: 'https://zoom.us/j/1', attendance: 'hybrid' }),
      meeting({ id: '5' }),
      other({ id: '6' }),
      other({ id: '7' }),
      other({ id: '8', latitude: null }),
      meeting({ id: '9', fellowship: 'unknown' }),
    ]
    const sorted = order.toReversed().map(traits).sort(compareShown)
    expect(sorted.map((one) => one.meeting.id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it('shows one of three feeds, whichever is read first', () => {
    const third = meeting({ id: 'c', feedId: 'state', feedAddedAtMs: 3, name: 'Serenity' })
    expect(shown(third, other(), meeting())).toEqual({ a: 'a', b: 'a', c: 'a' })
  })

  it('keeps two fellowships apart that are each like a third of unknown fellowship', () => {
    const unknown = meeting({ id: 'u', feedId: 'paper', fellowship: 'unknown' })
    const na = other({ id: 'n', fellowship: 'na' })
    const found = shown(meeting(), unknown, na)
    expect(found).toEqual({ a: 'a', n: 'n', u: 'a' })
  })

  it('finds for each of two meetings in one house its own, however alike their names', () => {
    const early = { name: 'Sunrise Serenity North' }
    const late = { name: 'Sunrise Serenity South' }
    const all = [
      meeting({ id: 'a1', ...early }),
      meeting({ id: 'a2', ...late }),
      other({ id: 'b1', ...late }),
      other({ id: 'b2', ...early }),
    ]
    expect(shown(...all)).toEqual({ a1: 'a1', a2: 'a2', b1: 'a2', b2: 'a1' })
  })

  it('never hides two rows of a feed that are held at the same time behind one', () => {
    const found = shown(meeting(), other({ id: 'b1' }), other({ id: 'b2' }))
    expect(Object.values(found).filter((id) => id === 'a')).toHaveLength(2)
    expect(found).toMatchObject({ a: 'a', b1: 'a', b2: 'b2' })
  })

  it('shows one with three days for the three rows that another feed has of it', () => {
    const days = [1, 3, 5].map((weekday) => ({ ...monday7, weekday }))
    const rows = days.map((rule, index) => other({ id: `b${index}`, rules: [rule] }))
    expect(shown(meeting({ rules: days }), ...rows)).toEqual({ a: 'a', b0: 'a', b1: 'a', b2: 'a' })
  })

  it('loses no date: a single evening never stands for a weekly meeting', () => {
    const evening = meeting({ feedHeldHere: true, rules: [set({})] })
    expect(shown(evening, other())).toEqual({ a: 'a', b: 'b' })
    expect(shown(meeting({ rules: [set({})] }), other())).toEqual({ a: 'b', b: 'b' })
    // Of two days the other has only one.
    const two = other({ rules: [monday7, { ...monday7, weekday: 4 }] })
    expect(shown(meeting({ feedHeldHere: true }), two)).toEqual({ a: 'a', b: 'b' })
  })

  it('keeps two apart of which staff said so, and the third with the one that is shown', () => {
    const all = [meeting(), other(), meeting({ id: 'c', feedId: 'state', feedAddedAtMs: 3 })].map(traits)
    const apart = groupsOf(all, (x, y) => [x, y].sort().join() === 'a,b')
    expect(Object.fromEntries(apart)).toEqual({ a: 'a', b: 'b', c: 'a' })
  })
})

describe('for all meetings', () => {
  const anyMeeting = fc
    .record({
      feedId: fc.constantFrom('f1', 'f2', 'f3', null),
      feedHeldHere: fc.boolean(),
      hidden: fc.boolean(),
      kind: fc.constantFrom('peer', 'peer', 'club', 'therapy'),
      fellowship: fc.constantFrom('aa', 'na', 'unknown'),
      name: fc.constantFrom('Serenity', 'Serenity Group', 'Serenity Women', 'Serenity Men', 'Hope', ''),
      attendance: fc.constantFrom('in_person', 'hybrid', 'online'),
      street: fc.constantFrom('500 N Main St', '500 North Main Street', '12 Oak St', null),
      postalCode: fc.constantFrom('19064', '60601', null),
      latitude: fc.constantFrom(39.93, 39.9304, 39.95, null),
      onlineUrl: fc.constantFrom('https://zoom.us/j/1?pwd=x', 'https://zoom.us/j/1', 'no link', null),
      rules: fc.constantFrom(
        [monday7],
        [{ ...monday7, weeks: [1] }],
        [monday7, { ...monday7, weekday: 2 }],
        [set({ rrule: 'FREQ=WEEKLY' })],
        [set({})],
        [],
      ),
    })
    .map((one) => meeting(one as Partial<Comparable>))
  const town = fc
    .array(anyMeeting, { maxLength: 12 })
    .map((all) => all.map((one, index) => traits({ ...one, id: `m${index}` })))
  const apart = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 })
  const isApartOf = (pairs: readonly (readonly [number, number])[]) => {
    const names = new Set(pairs.flatMap(([a, b]) => [`m${a} m${b}`, `m${b} m${a}`]))
    return (a: string, b: string) => names.has(`${a} ${b}`)
  }

  it('sameness is symmetric, and never joins rows of one feed or what staff keep apart', () => {
    fc.assert(
      fc.property(town, (all) => {
        for (const a of all) {
          for (const b of all) {
            expect(sameness(a, b)).toBe(sameness(b, a))
            if (a.meeting.feedId === b.meeting.feedId) expect(sameness(a, b)).toBe(0)
            if (sameness(a, b) > 0) {
              expect(slotsOf(a).some((slot) => slotsOf(b).includes(slot))).toBe(true)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('the groups do not depend on the order in which feeds are read', () => {
    const shuffled = town.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), apart),
    )
    fc.assert(
      fc.property(shuffled, ([all, others, pairs]) => {
        const isApart = isApartOf(pairs)
        const found = groupsOf(all, isApart)
        expect(new Map([...groupsOf(others, isApart)].sort())).toEqual(new Map([...found].sort()))
      }),
      { numRuns: 300 },
    )
  })

  it('who stands for another is shown, is the same as it, and covers its dates', () => {
    fc.assert(
      fc.property(town, apart, (all, pairs) => {
        const isApart = isApartOf(pairs)
        const byId = new Map(all.map((one) => [one.meeting.id, one]))
        for (const [id, shown] of groupsOf(all, isApart)) {
          if (id === shown) continue
          expect(sameness(byId.get(id)!, byId.get(shown)!)).toBeGreaterThan(0)
          expect(isApart(id, shown)).toBe(false)
          expect(groupsOf(all, isApart).get(shown)).toBe(shown)
        }
      }),
      { numRuns: 200 },
    )
  })
})
