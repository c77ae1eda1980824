import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { slotsOf } from '../../../electron/domain/meeting-slots.ts'
import { groupsOf, sameness, traitsOf, type Traits } from '../../../electron/domain/same-meeting.ts'
import type { ReadMeeting } from '../../../electron/sync/feeds/reader.ts'
import { readAll } from '../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'

const zone = 'America/Los_Angeles'
const regions = [
  'aa-san-jose-2021-10-02',
  'aa-southeast-pennsylvania-2024-11',
  'aa-edmonton-2024-11',
  'aa-kansas-city-2021-05',
  'aa-raleigh-2017-04',
  'al-anon-massachusetts-2024-11',
  'eda-world-2023-07',
]

type Listed = Traits & { readonly key: string; readonly asListed: string }

/** A real list as one feed; all are taken for one fellowship, so that nothing but the meetings tells them apart. */
function load(name: string, feedId: string, change: (one: ReadMeeting) => Partial<ReadMeeting> = () => ({})) {
  const bytes = readFileSync(sharedFeed(`tsml/${name}.json`))
  const reading = readAll(bytes, { kind: 'peer', fellowship: 'aa', zone })
  if (!reading.ok) throw new Error(reading.code)
  return reading.value.meetings.flatMap((read, index): Listed[] => {
    const one = { ...read, ...change(read) }
    if (one.attendance === 'inactive' || one.rules.length === 0) return []
    const { place, attendance } = one
    const traits = traitsOf(
      {
        id: `${feedId} ${index}`,
        feedId,
        feedHeldHere: false,
        feedAddedAtMs: 0,
        hidden: false,
        kind: one.kind,
        fellowship: one.fellowship,
        name: one.name,
        group: one.group,
        attendance,
        street: place?.street ?? null,
        city: place?.city ?? null,
        postalCode: place?.postalCode ?? null,
        latitude: place?.latitude ?? null,
        longitude: place?.longitude ?? null,
        approximate: place?.approximate ?? false,
        onlineUrl: one.onlineUrl,
        phone: one.phone,
        rules: one.rules,
      },
      zone,
      '2026-11-24',
    )
    return [{ ...traits, key: `${one.key}/${one.part}`, asListed: read.name }]
  })
}

/** Pairs of which one is shown for the other, found the way the store does: by slots. */
function merged(all: readonly Listed[]): { readonly shown: Listed; readonly hidden: Listed }[] {
  const bySlot = new Map<number, Listed[]>()
  for (const one of all) for (const slot of slotsOf(one)) bySlot.set(slot, [...(bySlot.get(slot) ?? []), one])
  const byId = new Map(all.map((one) => [one.meeting.id, one]))
  const found = new Map<string, { readonly shown: Listed; readonly hidden: Listed }>()
  const seen = new Set<Listed>()
  for (const start of all) {
    if (seen.has(start)) continue
    const group = new Set([start])
    for (const one of group) {
      for (const other of slotsOf(one).flatMap((slot) => bySlot.get(slot) ?? []))
        if (sameness(one, other) > 0) group.add(other)
    }
    for (const one of group) seen.add(one)
    for (const [id, shownId] of groupsOf([...group], () => false)) {
      const [shown, hidden] = [byId.get(shownId), byId.get(id)]
      if (id !== shownId && shown !== undefined && hidden !== undefined) found.set(id, { shown, hidden })
    }
  }
  return [...found.values()]
}

describe.skipIf(!hasSharedFeeds)('the real lists', () => {
  it('merges nothing between lists of different regions', () => {
    const all = regions.flatMap((name) => load(name, name))
    expect(all.length).toBeGreaterThan(3600)
    expect(merged(all).map(({ shown, hidden }) => [shown.key, hidden.key])).toEqual([])
  })

  it('finds again what one office listed five weeks apart, but for what it changed', () => {
    const [august, october] = [load('aa-san-jose-2021-08-28', 'a'), load('aa-san-jose-2021-10-02', 'b')]
    const keys = new Set(october.map((one) => one.key))
    const inBoth = august.filter((one) => keys.has(one.key))
    const pairs = merged([...august, ...october])
    const right = pairs.filter(({ shown, hidden }) => shown.key === hidden.key)
    expect([inBoth.length, pairs.length, right.length]).toEqual([547, 537, 533])
    // The office gave it another slug, or lists it twice: the same house or room, time and name.
    const names = pairs.filter((pair) => !right.includes(pair)).map(({ shown }) => shown.meeting.name)
    expect(names.sort()).toEqual([
      'Grace Group -- Noon Discussion',
      "Men's Basic Big Book Study",
      'Palo Alto Easy Does It Group',
      'Pass It On Group',
    ])
  })

  it.each(['aa-san-jose-2021-10-02', 'aa-edmonton-2024-11', 'al-anon-massachusetts-2024-11'])(
    'finds all of %s again when another office types it in its own way',
    (name) => {
      const own = load(name, 'a')
      const retyped = load(name, 'b', (one) => ({
        name: `${one.name.toUpperCase()} (${one.attendance === 'online' ? 'Zoom' : 'AA'})`,
        onlineUrl: one.onlineUrl?.replace(/\?.*$/u, '') ?? null,
        place: one.place === null ? null : { ...one.place, latitude: null, longitude: null, name: 'Church' },
      }))
      const pairs = merged([...own, ...retyped])
      const wrong = pairs.filter(({ shown, hidden }) => likeness(shown) !== likeness(hidden))
      expect(wrong.map(({ shown, hidden }) => [shown.meeting.name, hidden.meeting.name])).toEqual([])
      expect(pairs.length / own.length).toBeGreaterThan(0.93)
    },
  )
})

/** What makes two rows of one list the same to a reader: some lists have a meeting twice. */
function likeness({ asListed, street, times }: Listed): string {
  return JSON.stringify([asListed, street, times.map((time) => time.walls)])
}
