import type { CenterSettings } from '../contract/desk-calls.ts'
import type { Attendance } from '../contract/models.ts'
import { normalizedPostalCode, normalizedStreet } from './street.ts'

/** What of the center's settings decides where a meeting stands. */
export type Center = Pick<
  CenterSettings,
  'street' | 'postalCode' | 'latitude' | 'longitude' | 'zone' | 'radiusMeters'
>

export type HereWhy = 'own' | 'feed' | 'distance' | 'address' | 'staff' | 'no'

/** What of a meeting decides where it stands. */
export type Standing = {
  readonly attendance: Attendance | 'inactive'
  readonly latitude: number | null
  readonly longitude: number | null
  /** True when the coordinates are of an area. */
  readonly approximate: boolean
  readonly street: string | null
  readonly postalCode: string | null
  /** True for a meeting that was entered at the desk. */
  readonly own: boolean
  /** Such a meeting with another address than the center's: a club that runs in the park. */
  readonly ownElsewhere?: boolean
  readonly feedHeldHere: boolean
  /** What staff said: true held here, false not here, null nothing. */
  readonly hereByStaff: boolean | null
}

/** 0 here, 1 nearby, 2 online, 3 none of them: as the occurrence table orders them. */
export type WhereaboutsOrder = 0 | 1 | 2 | 3

export type Stands = {
  readonly here: boolean
  /** `staff` with `here` false: staff said that it is not here. */
  readonly hereWhy: HereWhy
  /** Whole meters from the center; null for a meeting without a place of its own. */
  readonly distanceMeters: number | null
  readonly whereabouts: WhereaboutsOrder
}

/** Of a meeting that is on no list, or whose place is worked out in the next step. */
export const nowhere: Stands = { here: false, hereWhy: 'no', distanceMeters: null, whereabouts: 3 }

/** A meeting this close, with an exact place, is held in the center. */
export const hereWithinMeters = 75

const earthRadiusMeters = 6_371_008.8

/** Distance over a sphere by the haversine formula; within 0.6 % of the true one. */
export function distanceMeters(
  from: { readonly latitude: number; readonly longitude: number },
  to: { readonly latitude: number; readonly longitude: number },
): number {
  const radians = Math.PI / 180
  const phi1 = from.latitude * radians
  const phi2 = to.latitude * radians
  const sinPhi = Math.sin((phi2 - phi1) / 2)
  const sinLambda = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const a = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** Design ruling "Here, nearby, online": a meeting stands in the first that fits. */
export function whereaboutsOf(meeting: Standing, center: Center): Stands {
  const meters = metersTo(meeting, center)
  const distance = meters === null ? null : Math.round(meters)
  const hereWhy = whyHere(meeting, center, meters)
  if (hereWhy !== 'no' && !(hereWhy === 'staff' && meeting.hereByStaff === false)) {
    return { here: true, hereWhy, distanceMeters: distance, whereabouts: 0 }
  }
  return { here: false, hereWhy, distanceMeters: distance, whereabouts: elsewhere(meeting, center, meters) }
}

function canBeVisited(meeting: Standing): boolean {
  return meeting.attendance === 'in_person' || meeting.attendance === 'hybrid'
}

function metersTo(meeting: Standing, center: Center): number | null {
  // An online meeting's coordinates are those of its region or of a closed room (feeds.md 2.11).
  if (!canBeVisited(meeting) || meeting.latitude === null || meeting.longitude === null) return null
  return distanceMeters(center, { latitude: meeting.latitude, longitude: meeting.longitude })
}

function whyHere(meeting: Standing, center: Center, meters: number | null): HereWhy {
  if (meeting.hereByStaff !== null) return 'staff'
  if (meeting.own && (meeting.ownElsewhere !== true || sameStreet(meeting, center))) return 'own'
  if (meeting.feedHeldHere) return 'feed'
  if (meters !== null && !meeting.approximate && meters <= hereWithinMeters) return 'distance'
  return canBeVisited(meeting) && sameAddress(meeting, center) ? 'address' : 'no'
}

function sameAddress(meeting: Standing, center: Center): boolean {
  const postalCode = normalizedPostalCode(center.postalCode)
  if (postalCode === '' || normalizedPostalCode(meeting.postalCode) !== postalCode) return false
  return sameStreet(meeting, center)
}

function sameStreet(meeting: Standing, center: Center): boolean {
  const street = normalizedStreet(center.street)
  return street !== '' && normalizedStreet(meeting.street) === street
}

function elsewhere(meeting: Standing, center: Center, meters: number | null): WhereaboutsOrder {
  if (meters !== null && meters <= center.radiusMeters) return 1
  // The center's own is for who comes here, though nobody measured the way to it.
  if (meeting.own && canBeVisited(meeting)) return 1
  return meeting.attendance === 'online' || meeting.attendance === 'hybrid' ? 2 : 3
}
