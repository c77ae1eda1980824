import { benchCenter, inventPlace } from './place.ts'
import { createRandom, type Random } from './random.ts'
import { nameEnds, nameStarts, nameTails, noteParts, spanishNames } from './words.ts'

/** One row of a Meeting Guide feed. */
export type GuideRow = Readonly<Record<string, string | number | readonly string[]>>

export type Attendance = 'in_person' | 'hybrid' | 'online'

/** A group meets on a few days of the week at the same place, under one name. */
const rowsPerGroup = 3

const attendances = [
  ['in_person', 70],
  ['hybrid', 20],
  ['online', 10],
] as const satisfies readonly (readonly [Attendance, number])[]

/** Minutes after midnight: most meet in the evening, then at noon and before work. */
const startTimes: readonly (readonly [minute: number, weight: number])[] = [
  [19 * 60, 16],
  [20 * 60, 11],
  [19 * 60 + 30, 9],
  [12 * 60, 9],
  [18 * 60, 7],
  [10 * 60, 6],
  [7 * 60, 6],
  [17 * 60 + 30, 4],
  [20 * 60 + 30, 4],
  [18 * 60 + 30, 4],
  [9 * 60, 3],
  [6 * 60, 3],
  [12 * 60 + 15, 3],
  [16 * 60, 3],
  [14 * 60, 2],
  [22 * 60, 2],
  [23 * 60 + 30, 1],
]

const lengths: readonly (readonly [minutes: number, weight: number])[] = [
  [60, 80],
  [90, 15],
  [75, 3],
  [45, 2],
]

/** How often the office of a fellowship gives each of its codes. */
const typeShares: Readonly<Record<string, readonly (readonly [code: string, share: number])[]>> = {
  aa: [
    ['D', 0.27],
    ['B', 0.14],
    ['ST', 0.14],
    ['SP', 0.13],
    ['LIT', 0.08],
    ['BE', 0.06],
    ['W', 0.06],
    ['M', 0.03],
  ],
  na: [
    ['DISC', 0.3],
    ['LIT', 0.2],
    ['STEP', 0.12],
    ['SPK', 0.1],
    ['BEG', 0.05],
  ],
  'al-anon': [
    ['BE', 0.15],
    ['ST', 0.12],
    ['SP', 0.1],
    ['AC', 0.05],
  ],
}

/**
 * Row `index` of the feed `feed`. `revision` counts the later editions of the list: each changes one row in a
 * hundred, in its time or its notes, and keeps what earlier ones changed.
 */
export function makeRow(seed: number, feed: string, index: number, revision: number): GuideRow {
  const group = Math.floor(index / rowsPerGroup)
  const shared = createRandom(`${seed}/${feed}/group/${group}`)
  const own = createRandom(`${seed}/${feed}/row/${index}`)
  const name = makeName(shared)
  const attendance = shared.weighted(attendances)
  const place = inventPlace(shared)
  const room = String(shared.between(100_000_000, 999_999_999))
  const start = shared.weighted(startTimes)
  const firstDay = shared.between(0, 6)
  const changes = changesUntil(index, revision)
  const movesInTime = Math.floor(index / 100) % 2 === 0
  const startsAt = movesInTime ? (start + 15 * changes) % 1440 : start
  const change = movesInTime || changes === 0 ? '' : `Changed, edition ${changes}.`
  const notes = [makeNotes(own), change].filter((text) => text !== '').join(' ')
  const slug = `${slugOf(name)}-${index}`
  return {
    name,
    slug,
    url: `https://office.invalid/meetings/?meeting=${slug}`,
    day: (firstDay + (index % rowsPerGroup) * 2) % 7,
    time: clock(startsAt),
    end_time: clock((startsAt + own.weighted(lengths)) % 1440),
    types: makeTypes(own, feed, attendance),
    group: `${name} Group`,
    regions: [`${place.town} County`, place.town],
    feedback_url: `https://office.invalid/meeting-status/?meeting=${slug}`,
    updated: `2026-02-${String(own.between(1, 28)).padStart(2, '0')} 10:00:00`,
    notes,
    ...placeFields(attendance, place),
    ...(attendance === 'in_person' ? {} : joinFields(own, room)),
  }
}

/** A meeting of the center's own list: four on each day of the week, one of them still to come in the evening. */
export function makeOwnRow(seed: number, index: number): GuideRow {
  const random = createRandom(`${seed}/own/${index}`)
  const name = makeName(random)
  const start = [8 * 60, 12 * 60 + 30, 17 * 60 + 30, 19 * 60 + 30][index % 4] ?? 0
  return {
    name,
    slug: `own-${index}`,
    day: Math.floor(index / 4) % 7,
    time: clock(start),
    end_time: clock(start + 60),
    types: ['O', 'X'],
    location: benchCenter.name,
    location_notes: `Room ${random.between(1, 9)}`,
    formatted_address: '12 Cedar Street, Lebanon, KS 66952, USA',
    latitude: benchCenter.latitude,
    longitude: benchCenter.longitude,
    approximate: 'no',
  }
}

/** How often the row has been changed up to that edition. */
function changesUntil(index: number, revision: number): number {
  let changes = 0
  for (let edition = 1; edition <= revision; edition += 1)
    if (index % 100 === (edition * 37) % 100) changes += 1
  return changes
}

function makeName(random: Random): string {
  if (random.chance(0.04)) return random.pick(spanishNames)
  const name = `${random.pick(nameStarts)} ${random.pick(nameEnds)}`
  return random.chance(0.1) ? `${name} ${random.pick(nameTails)}` : name
}

function makeNotes(random: Random): string {
  const count = random.weighted([
    [0, 36],
    [1, 34],
    [2, 20],
    [5, 10],
  ])
  return Array.from({ length: count }, () => random.pick(noteParts)).join(' ')
}

/** By the fellowship's own codes, each in about as many rows as in a real list. */
function makeTypes(random: Random, feed: string, attendance: Attendance): readonly string[] {
  const types = [random.chance(0.7) ? 'O' : 'C']
  if (attendance !== 'online' && random.chance(0.45)) types.push('X')
  for (const [code, share] of typeShares[feed] ?? []) {
    if (random.chance(share)) types.push(code)
  }
  return types
}

function placeFields(attendance: Attendance, place: ReturnType<typeof inventPlace>): GuideRow {
  if (attendance === 'online') {
    return { location: 'Online', formatted_address: `${place.town}, KS, USA`, approximate: 'yes' }
  }
  const { building, address, latitude, longitude } = place
  return { location: building, formatted_address: address, latitude, longitude, approximate: 'no' }
}

function joinFields(random: Random, room: string): GuideRow {
  return {
    conference_url: `https://zoom.us/j/${room}`,
    ...(random.chance(0.4) ? { conference_url_notes: 'The password is in the phone list.' } : {}),
    ...(random.chance(0.5) ? { conference_phone: `+15555550100,,${room}#` } : {}),
  }
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9 ]/g, '')
    .replaceAll(' ', '-')
}

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
