import type { HandoutRow } from '../../electron/domain/handout.ts'
import type { LocalDate } from '../../electron/contract/models.ts'

/** 2026-11-24 is a Tuesday; New York is at UTC-5 that week. */
export const weekStartMs = Date.parse('2026-11-24T11:00:00Z')
export const zone = 'America/New_York'

const dayMs = 86_400_000
const midnightMs = Date.parse('2026-11-24T05:00:00Z')

export function dateOfDay(day: number): LocalDate {
  return new Date(midnightMs + day * dayMs).toISOString().slice(0, 10)
}

/** An invented row on day `day` of the week (0 today) at `minute` of the day. */
export function handoutRow(
  meetingId: string,
  day: number,
  minute: number,
  given: Partial<HandoutRow> = {},
): HandoutRow {
  const startsAtMs = midnightMs + day * dayMs + minute * 60_000
  return {
    meetingId,
    key: meetingId,
    localDate: dateOfDay(day),
    startsAtMs,
    endsAtMs: startsAtMs + 3_600_000,
    allDay: false,
    name: `Group ${meetingId}`,
    kind: 'peer',
    fellowship: 'aa',
    fellowshipName: 'Alcoholics Anonymous',
    audience: 'self',
    whereabouts: 'nearby',
    distanceMeters: 1000,
    place: 'Old Mill Hall, 12 River Road',
    attendance: 'in_person',
    status: 'scheduled',
    wheelchair: null,
    languages: [],
    openness: 'unknown',
    asOfMs: null,
    canSignIn: false,
    onlineUrl: null,
    phone: null,
    ...given,
  }
}

const names = [
  'Sunrise Group',
  'One Day at a Time',
  'Back Porch Beginners',
  'Serenity at Noon',
  'Women of Hope',
  'Chapter and Verse Book Study',
  'The Rest of the Road',
  'Men’s Stag Friday Night Speaker Meeting and Pot Luck',
  'Nuevo Amanecer',
  'Candlelight Meditation',
]
const places = [
  'St. Paul’s Lutheran Church, 104 Main Street',
  'Old Mill Hall, 12 River Road',
  'Community Center, Room 4, 2250 West Washington Boulevard, Springfield',
  'Strathcona Baptist Church, 8318 104 Street NW',
  'Public Library, lower level, 7 Elm Street',
]
const fellowships = [
  ['aa', 'Alcoholics Anonymous', 'self'],
  ['na', 'Narcotics Anonymous', 'self'],
  ['smart', 'SMART Recovery', 'self'],
  ['al-anon', 'Al-Anon Family Groups', 'family'],
] as const
const clubNames = ['Saturday Run Club', 'Community Garden', 'Board Game Evening', 'Choir', 'Makers’ Bench']

/** A plausible week of `count` meetings, the same each time: groups, family groups, clubs, online ones. */
export function plausibleWeek(count: number): readonly HandoutRow[] {
  return Array.from({ length: count }, (_, index) => {
    const day = (index * 3) % 7
    const minute = [420, 540, 720, 1050, 1140, 1200][(index * 5) % 6]!
    const id = `m${index}`
    const distanceMeters = 300 + ((index * 7919) % 20_000)
    if (index % 8 === 7) {
      return handoutRow(id, day, minute, {
        name: `${clubNames[index % 5]!} ${index}`,
        kind: 'club',
        fellowship: 'unknown',
        fellowshipName: null,
        audience: 'anyone',
        distanceMeters,
        place: places[index % 5]!,
      })
    }
    const [fellowship, fellowshipName, audience] = fellowships[(index * 11) % 4]!
    const name = `${names[index % 10]!} ${index}`
    const common = { name, fellowship, fellowshipName, audience }
    if (index % 6 === 5) {
      return handoutRow(id, day, minute, {
        ...common,
        whereabouts: 'online',
        attendance: 'online',
        place: null,
        distanceMeters: null,
        onlineUrl: `https://us02web.zoom.us/j/8${5550100000 + index}?pwd=Q2hhaXJzSW5BQ2lyY2xlOpen${index}`,
        phone: index % 12 === 5 ? '+1 646 555 0100, 8555010000#' : null,
      })
    }
    return handoutRow(id, day, minute, {
      ...common,
      distanceMeters,
      place: places[index % 5]!,
      whereabouts: index % 20 === 0 ? 'here' : 'nearby',
      wheelchair: index % 3 === 0 ? true : null,
      languages: index % 10 === 8 ? ['es'] : [],
      status: index % 17 === 16 ? 'cancelled' : 'scheduled',
      attendance: index % 13 === 12 ? 'hybrid' : 'in_person',
    })
  })
}
