import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReadMeeting } from '../../../electron/sync/feeds/reader.ts'
import { contentHash, fingerprintOf, meetingId } from '../../../electron/sync/identity.ts'
import { matchRenumbered } from '../../../electron/sync/matching.ts'

const meeting: ReadMeeting = {
  key: 'monday-group',
  part: '',
  keyDerived: false,
  name: 'Monday Group',
  kind: 'peer',
  fellowship: 'aa',
  audience: 'self',
  decidedBy: 'setting',
  group: null,
  notes: 'Ring twice.\nBring a friend.',
  types: [
    { code: 'O', label: 'Open' },
    { code: 'D', label: 'Discussion' },
  ],
  languages: ['en', 'es'],
  openness: 'open',
  wheelchair: null,
  attendance: 'in_person',
  place: {
    name: 'Hall',
    street: '100 Oak Street',
    city: 'San Jose',
    region: 'CA',
    postalCode: '95112',
    country: 'USA',
    address: '100 Oak Street, San Jose',
    note: null,
    latitude: 37.340001,
    longitude: -121.89,
    approximate: false,
  },
  onlineUrl: null,
  onlineNote: null,
  phone: null,
  phoneNote: null,
  provider: null,
  rules: [
    { form: 'weekly', weekday: 1, startMinute: 1140, durationMinutes: 60, zone: 'America/Los_Angeles' },
  ],
  sourceUpdated: '2026-11-01',
  sourceName: 'Office',
}

it('gives the same id on every machine, and another to each address, key and part', () => {
  const id = meetingId('https://example.org/meetings', 'monday-group', '')
  // Pinned: a change would orphan every sign-in that refers to a meeting of a feed.
  expect(id).toBe('9084f880-5f2a-5585-bf49-b0631566ef4c')
  const others = [
    meetingId('https://example.com/meetings', 'monday-group', ''),
    meetingId('https://example.org/meetings', 'monday', '-group'),
    meetingId('https://example.org/meetings', 'monday-group', '1'),
  ]
  expect(new Set([id, ...others]).size).toBe(4)
})

it.each([
  ['the feed’s own date of change', { sourceUpdated: '2026-11-24' }],
  ['white space', { notes: ' Ring twice.  Bring a   friend. ' }],
  ['the order of types', { types: meeting.types.toReversed() }],
  ['the order of languages', { languages: ['es', 'en'] }],
  ['coordinates beyond a meter', { place: { ...meeting.place!, latitude: 37.340004 } }],
  ['how the key was made', { keyDerived: true }],
])('sees no change in %s', (_what, more) => {
  expect(contentHash({ ...meeting, ...more })).toBe(contentHash(meeting))
})

it.each([
  ['name', { name: 'Tuesday Group' }],
  ['notes', { notes: 'Ring once.' }],
  ['types', { types: meeting.types.slice(1) }],
  ['attendance', { attendance: 'online' }],
  ['openness', { openness: 'closed' }],
  ['wheelchair', { wheelchair: false }],
  ['place', { place: null }],
  ['a meter and more', { place: { ...meeting.place!, latitude: 37.34003 } }],
  ['link', { onlineUrl: 'https://zoom.us/j/1' }],
  ['phone', { phone: '+13055550123' }],
  ['day', { rules: [{ ...meeting.rules[0]!, weekday: 2 }] }],
  ['no schedule', { rules: [] }],
] as const)('sees a change of %s', (_what, more) => {
  expect(contentHash({ ...meeting, ...(more as Partial<ReadMeeting>) })).not.toBe(contentHash(meeting))
})

it('has a fingerprint that survives a new key and another spelling, but not another time or place', () => {
  const print = fingerprintOf(meeting)
  expect(fingerprintOf({ ...meeting, key: '4711', name: 'MONDAY  GROUP!', notes: null })).toBe(print)
  expect(fingerprintOf({ ...meeting, place: { ...meeting.place!, street: '100 Oak St, Suite 2' } })).toBe(
    print,
  )
  expect(fingerprintOf({ ...meeting, place: { ...meeting.place!, street: '101 Oak St' } })).not.toBe(print)
  expect(fingerprintOf({ ...meeting, fellowship: 'na' })).not.toBe(print)
  expect(fingerprintOf({ ...meeting, rules: [] })).not.toBe(print)
})

const candidate = (id: string, name: string, when = 'aa|1 1140', place = '100 oak st') => ({
  id,
  fingerprint: `${when}|${name}|${place}`,
})

it('finds a renumbered meeting by its fingerprint, else by day, time, place and a similar name', () => {
  const gone = [candidate('a', 'monday group'), candidate('b', 'serenity now', 'aa|2 600')]
  const come = [candidate('x', 'serenity now group', 'aa|2 600'), candidate('y', 'monday group')]
  expect(matchRenumbered(gone, come).toSorted((p, q) => (p.oldId < q.oldId ? -1 : 1))).toEqual([
    { oldId: 'a', newId: 'y' },
    { oldId: 'b', newId: 'x' },
  ])
})

it('never takes another meeting of the same hour for a renumbered one', () => {
  expect(matchRenumbered([candidate('a', 'monday group')], [candidate('x', 'big book study')])).toEqual([])
  const online = [candidate('a', 'serenity', 'aa|1 0', '')]
  expect(matchRenumbered(online, [candidate('x', 'serenity now', 'aa|1 0', '')])).toEqual([])
  expect(matchRenumbered(online, [candidate('x', 'serenity', 'aa|1 0', '')])).toHaveLength(1)
})

it('matches the same whatever the order, and the rest the same when some pairs were carried over before', () => {
  const some = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      name: fc.constantFrom('monday group', 'monday group two', 'big book', 'serenity', 'serenity now'),
      when: fc.constantFrom('aa|1 600', 'aa|2 600'),
      place: fc.constantFrom('1 oak st', '2 elm ave', ''),
    }),
    { selector: (one) => one.id, maxLength: 12 },
  )
  const toCandidates = (
    list: readonly { id: string; name: string; when: string; place: string }[],
    side: string,
  ) => list.map((one) => candidate(`${side}${one.id}`, one.name, one.when, one.place))
  const sorted = (matches: readonly { oldId: string; newId: string }[]) =>
    matches.map((match) => `${match.oldId} ${match.newId}`).toSorted()
  fc.assert(
    fc.property(some, some, fc.infiniteStream(fc.boolean()), (left, right, coin) => {
      const gone = toCandidates(left, 'o')
      const come = toCandidates(right, 'n')
      const matches = matchRenumbered(gone, come)
      expect(sorted(matchRenumbered(gone.toReversed(), come.toReversed()))).toEqual(sorted(matches))
      expect(new Set(matches.map((match) => match.oldId)).size).toBe(matches.length)
      expect(new Set(matches.map((match) => match.newId)).size).toBe(matches.length)
      const carried = matches.filter(() => coin.next().value === true)
      const rest = matchRenumbered(
        gone.filter((one) => !carried.some((match) => match.oldId === one.id)),
        come.filter((one) => !carried.some((match) => match.newId === one.id)),
      )
      expect(sorted([...carried, ...rest])).toEqual(sorted(matches))
    }),
  )
})
