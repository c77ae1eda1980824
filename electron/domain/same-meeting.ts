import type { Attendance, FellowshipId, Kind, LocalDate } from '../contract/models.ts'
import { linkKey, phoneKey } from './join-link.ts'
import { coversTimes, repeatingTimes, timesMeet, timesOf, type MeetingTime } from './meeting-times.ts'
import { nameSimilarity, plainName } from './name-similarity.ts'
import type { Rule } from './schedule.ts'
import { normalizedPostalCode, normalizedStreet } from './street.ts'
import { folded } from './folded.ts'
import { distanceMeters } from './whereabouts.ts'

/*
 * When two feeds list one meeting (feeds.md 2.11). A wrong merge hides a meeting from someone who needs it; a
 * missed one shows it twice. So each condition below must hold, and in doubt they are two:
 *
 * 1. They come from different feeds; what was entered at the desk counts as one feed. Rows of one feed are
 *    never merged: whoever keeps a list knows their own meetings.
 * 2. A therapist-led group is the same as another therapist-led group only.
 * 3. The fellowship is the same, or one of the two is not known.
 * 4. They start at the same minute of the center's week, and the one that would be shown is held whenever the
 *    other is (`coversTimes`), so that no date is lost.
 * 5. They share where they are held, which carries the names a different way:
 *    - the same house (street and number, with postal code or town): names alike by 0.6 and more, because one
 *      house rarely has two meetings of one fellowship at one minute, and feeds write names their own way;
 *    - exact points within 75 m though the streets differ or are not given: 0.8, it may be the house next door;
 *    - the same room behind a link, or the same number to call: 0.5. A room holds one meeting at a time, but
 *      some links are those of an office with a desk full of rooms.
 *    Two that have places which differ are two, whatever else they share.
 * 6. Without a shared room, number or place they are the same only if both can be joined online only, no link
 *    contradicts the other, and the names are equal and say something: two words or more that are not the
 *    everyday words of such names (`monday night online group` says nothing).
 * 7. Nothing in the names speaks against it: women here and men there, another number, another language, a step
 *    study and a discussion, beginners beside the others.
 *
 * Among several candidates of a feed the names that are most alike win; `groupsOf` makes it independent of order.
 */

/** What of a meeting is compared. */
export type Comparable = {
  readonly id: string
  /** Null: entered at the desk. */
  readonly feedId: string | null
  readonly feedHeldHere: boolean
  /** When its feed was added; null with no feed. */
  readonly feedAddedAtMs: number | null
  /** Staff hid it. */
  readonly hidden: boolean
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly name: string
  readonly group: string | null
  readonly attendance: Attendance
  readonly street: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly approximate: boolean
  readonly onlineUrl: string | null
  readonly phone: string | null
  readonly rules: readonly Rule[]
}

/** What is worked out once for each meeting. */
export type Traits = {
  readonly meeting: Comparable
  readonly names: readonly string[]
  /** The same without the everyday words; empty texts where nothing else is left. The meeting's own name first. */
  readonly coreNames: readonly string[]
  readonly telling: Telling
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly point: { readonly latitude: number; readonly longitude: number } | null
  /** Link and number to call. */
  readonly rooms: readonly string[]
  readonly link: string | null
  readonly times: readonly MeetingTime[]
}

/** Names this alike are one, by what else is shared. */
const alikeAtHouse = 0.6
const alikeAtPoint = 0.8
const alikeInRoom = 0.5
/** Two exact points this near may be one house: feeds place it at the door, the lot or the middle. */
export const sameHouseMeters = 75

export function traitsOf(meeting: Comparable, zone: string, today: LocalDate): Traits {
  const visited = meeting.attendance !== 'online'
  const names = [...new Set([meeting.name, meeting.group ?? ''].map(plainName))].filter((name) => name !== '')
  const exact = visited && !meeting.approximate && meeting.latitude !== null && meeting.longitude !== null
  const street = visited ? normalizedStreet(meeting.street) : ''
  const link = linkKey(meeting.onlineUrl)
  const rooms = [link, phoneKey(meeting.phone)].filter((room) => room !== null)
  return {
    meeting,
    names,
    coreNames: names.map(coreName),
    telling: tellingOf(plainName(meeting.name)),
    // Without a number it is a whole street.
    street: /\d/u.test(street) ? street : '',
    postalCode: visited ? normalizedPostalCode(meeting.postalCode) : '',
    city: visited ? folded(meeting.city ?? '') : '',
    point: exact ? { latitude: meeting.latitude, longitude: meeting.longitude } : null,
    rooms: [...new Set(rooms)],
    link,
    times: timesOf(meeting.rules, zone, today),
  }
}

/**
 * How sure it is that the two are one meeting: 0 when they are two, else the likeness of their names and a little
 * more for each thing that they share. Symmetric.
 */
export function sameness(a: Traits, b: Traits): number {
  if (a.meeting.feedId === b.meeting.feedId || a.meeting.id === b.meeting.id) return 0
  if ((a.meeting.kind === 'therapy') !== (b.meeting.kind === 'therapy')) return 0
  if (!mayBeOneFellowship(a.meeting.fellowship, b.meeting.fellowship)) return 0
  if (!coversTimes(a.times, b.times) && !coversTimes(b.times, a.times)) return 0
  if (contradicts(a.telling, b.telling)) return 0
  const shared = { room: a.rooms.some((room) => b.rooms.includes(room)), place: placesOf(a, b) }
  const needed = likenessNeeded(a, b, shared)
  if (needed === null) return 0
  const found = likeness(a, b)
  if (found < needed) return 0
  const sameWay = a.meeting.attendance === b.meeting.attendance
  return found + [shared.room, shared.place === 'house', sameWay].filter(Boolean).length / 100
}

function mayBeOneFellowship(a: FellowshipId, b: FellowshipId): boolean {
  return a === b || a === 'unknown' || b === 'unknown'
}

type Shared = { readonly room: boolean; readonly place: 'house' | 'point' | 'differ' | 'unknown' }

/** Null: they share nothing, or have places that differ. */
function likenessNeeded(a: Traits, b: Traits, { room, place }: Shared): number | null {
  if (place === 'differ') return null
  if (room) return alikeInRoom
  if (place === 'house') return alikeAtHouse
  if (place === 'point') return alikeAtPoint
  const online = a.meeting.attendance === 'online' && b.meeting.attendance === 'online'
  const linksDiffer = a.link !== null && b.link !== null && a.link !== b.link
  return online && !linksDiffer && sharesDistinctiveName(a, b) ? 1 : null
}

function placesOf(a: Traits, b: Traits): Shared['place'] {
  const hasStreets = a.street !== '' && b.street !== ''
  if (hasStreets && a.street === b.street) {
    if (a.postalCode !== '' && b.postalCode !== '') {
      if (a.postalCode === b.postalCode) return 'house'
    } else if (a.city !== '' && a.city === b.city) return 'house'
  }
  if (a.point !== null && b.point !== null) {
    return distanceMeters(a.point, b.point) <= sameHouseMeters ? 'point' : 'differ'
  }
  return hasStreets || (hasPlace(a) && hasPlace(b)) ? 'differ' : 'unknown'
}

function hasPlace(traits: Traits): boolean {
  return traits.meeting.attendance !== 'online' && (traits.street !== '' || traits.point !== null)
}

function sharesDistinctiveName(a: Traits, b: Traits): boolean {
  return a.names[0] === b.names[0] && (a.coreNames[0] ?? '').split(' ').length >= 2
}

/** Names that are alike without the everyday words are a little less so than whole ones. */
const coreWeight = 0.98
/** The name of its group may be what the other feed calls it; it says less than the meeting's own name. */
const groupWeight = 0.85

function likeness(a: Traits, b: Traits): number {
  const own = Math.max(alike(a.names, b.names), coreWeight * alike(a.coreNames, b.coreNames))
  return Math.max(own, groupWeight * Math.max(bestOf(a.names, b.names), bestOf(a.coreNames, b.coreNames)))
}

/** Of the meetings' own names, which come first. */
function alike([name = '']: readonly string[], [other = '']: readonly string[]): number {
  return name === '' || other === '' ? 0 : nameSimilarity(name, other)
}

function bestOf(names: readonly string[], others: readonly string[]): number {
  return Math.max(0, ...names.flatMap((name) => others.map((other) => alike([name], [other]))))
}

/** Day and hour are equal anyway, and every list says what kind of thing it lists. */
const everyday = new Set(
  (
    'sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat ' +
    'domingo lunes martes miercoles jueves viernes sabado daily diario weekend weekday early late ' +
    'morning noon nooner afternoon evening night nite midday lunch am pm manana tarde noche ' +
    'group groups grupo meeting meetings mtg reunion the of at in on a an and el la los las de del y ' +
    'aa na ca al anon alanon alcoholics alcoholicos narcotics narcoticos cocaine anonymous anonimos ' +
    'online virtual zoom hybrid person inperson phone telephone open closed discussion speaker study step steps ' +
    'big book women womens woman men mens man beginner beginners newcomer newcomers recovery sober sobriety'
  ).split(' '),
)

function coreName(name: string): string {
  return name
    .split(' ')
    .filter((word) => !everyday.has(word) && !/^\d{1,4}(?:am|pm)?$/u.test(word))
    .join(' ')
}

type Telling = {
  readonly words: ReadonlyMap<string, ReadonlySet<string>>
  readonly numbers: readonly string[]
}

/** Words that tell meetings of one house and minute apart: one of a kind here and another there are two meetings. */
const tellingWords: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  who: {
    women: /\b(?:wom[ae]ns?|ladies|lady|girls|mujer(?:es)?|damas|sisters)\b/u,
    men: /\b(?:m[ae]ns?|guys|gentlem[ae]n|boys|hombres|caballeros|brothers)\b/u,
  },
  language: {
    english: /\b(?:english|ingles)\b/u,
    spanish: /\b(?:spanish|espanol|hispan[oa])\b/u,
    french: /\b(?:french|francais)\b/u,
    polish: /\b(?:polish|polski)\b/u,
    other: /\b(?:russian|korean|punjabi|farsi|japanese|portuguese|german|deutsch)\b/u,
  },
  part: {
    step: /\b(?:steps?|pasos?)\b/u,
    discussion: /\b(?:discussion|topics?|discusion)\b/u,
    literature: /\b(?:literature|book|literatura|libro)\b/u,
    speaker: /\bspeakers?\b/u,
    meditation: /\bmeditation\b/u,
  },
  room: { up: /\bupstairs\b/u, down: /\b(?:downstairs|basement)\b/u },
}
/** Beside the meeting of the house there is often one for newcomers, in the next room. */
const forNewcomers = /\b(?:beginners?|newcomers?|principiantes|recien llegad[oa]s?)\b/u

function tellingOf(name: string): Telling {
  const words = Object.entries(tellingWords).map(([kind, patterns]) => {
    const found = Object.entries(patterns).filter(([, pattern]) => pattern.test(name))
    return [kind, new Set(found.map(([word]) => word))] as const
  })
  const withoutTimes = name.replace(/\b\d{1,2}(?: ?[0-5]\d)? ?(?:am|pm|h|hrs?)\b|\b\d{1,2} [0-5]\d\b/gu, ' ')
  return {
    words: new Map([...words, ['newcomers', new Set([forNewcomers.test(name) ? 'yes' : 'no'])]]),
    numbers: withoutTimes.match(/\d+/gu) ?? [],
  }
}

function contradicts(a: Telling, b: Telling): boolean {
  const apart = (left: Iterable<string>, right: ReadonlySet<string>): boolean => {
    const words = [...left]
    return words.length > 0 && right.size > 0 && !words.some((word) => right.has(word))
  }
  return (
    apart(a.numbers, new Set(b.numbers)) ||
    [...a.words].some(([kind, words]) => apart(words, b.words.get(kind) ?? new Set()))
  )
}

/**
 * Which of two is rather shown: held here by its feed, then the center's own; one that staff hid, so that it does
 * not come back by another feed; what fills more of the week; a known fellowship; the richest; the feed that was
 * added first; the id. Negative when `a` comes first. Never zero for two meetings.
 */
export function compareShown(a: Traits, b: Traits): number {
  const left = rankOf(a)
  const right = rankOf(b)
  const at = left.findIndex((value, index) => value !== right[index])
  if (at !== -1) return (right[at] ?? 0) - (left[at] ?? 0)
  const feeds = [a.meeting.feedId ?? '', b.meeting.feedId ?? ''] as const
  if (feeds[0] !== feeds[1]) return feeds[0] < feeds[1] ? -1 : 1
  return a.meeting.id < b.meeting.id ? -1 : 1
}

/** The higher the sooner, one after the other. */
function rankOf({ meeting, times, point, street, link }: Traits): readonly number[] {
  const limited = times.some((time) => time.weeks !== null)
  return [
    meeting.feedHeldHere ? 1 : 0,
    meeting.feedId === null ? 1 : 0,
    meeting.hidden ? 1 : 0,
    repeatingTimes(times),
    meeting.fellowship === 'unknown' ? 0 : 1,
    (point === null ? 0 : 2) + (street === '' ? 0 : 1) + (link === null ? 0 : 2) + (limited ? 1 : 0),
    -(meeting.feedAddedAtMs ?? 0),
  ]
}

/** Pairs as `idOf` makes them, which staff said are two. */
type IsApart = (a: string, b: string) => boolean

/**
 * Which meeting is shown for which: for each id the id of the one that stands for it, its own when it is shown.
 * The same whatever the order of `all`, as long as it holds every meeting that is the same as one of them.
 */
export function groupsOf(all: readonly Traits[], isApart: IsApart): ReadonlyMap<string, string> {
  const order = all.toSorted(compareShown)
  const partners = pairUp(order, isApart)
  const shownAs = new Map<string, string>()
  for (const member of order) {
    const shown = order.find(
      (other) =>
        shownAs.get(other.meeting.id) === other.meeting.id &&
        partners.get(other)?.has(member) === true &&
        coversTimes(other.times, member.times),
    )
    shownAs.set(member.meeting.id, shown?.meeting.id ?? member.meeting.id)
  }
  return shownAs
}

/**
 * Who is whose counterpart: between two feeds each has one at most at a time of the week, the most alike first, so
 * that two meetings of one house find each its own.
 */
function pairUp(order: readonly Traits[], isApart: IsApart): Map<Traits, Set<Traits>> {
  const pairs: { readonly a: Traits; readonly b: Traits; readonly score: number }[] = []
  for (const [index, a] of order.entries()) {
    for (const b of order.slice(index + 1)) {
      const score = sameness(a, b)
      if (score > 0 && !isApart(a.meeting.id, b.meeting.id)) pairs.push({ a, b, score })
    }
  }
  // A stable sort: among equals those come first that are rather shown.
  pairs.sort((left, right) => right.score - left.score)
  const partners = new Map<Traits, Set<Traits>>(order.map((traits) => [traits, new Set()]))
  const taken = (one: Traits, other: Traits): boolean =>
    [...(partners.get(one) ?? [])].some(
      (partner) => partner.meeting.feedId === other.meeting.feedId && timesMeet(partner.times, other.times),
    )
  for (const { a, b } of pairs) {
    if (taken(a, b) || taken(b, a)) continue
    partners.get(a)?.add(b)
    partners.get(b)?.add(a)
  }
  return partners
}
