import type { Random } from './random.ts'
import { buildings, streetKinds, streets, towns } from './words.ts'

/** The invented center, in the middle of a country: all distances around it are land and one time zone. */
export const benchCenter = {
  name: 'Cedar House',
  latitude: 39.8283,
  longitude: -98.5795,
  zone: 'America/Chicago',
  radiusMeters: 25_000,
} as const

export type InventedPlace = {
  readonly building: string
  readonly town: string
  /** One line, as `formatted_address` has it. */
  readonly address: string
  readonly latitude: number
  readonly longitude: number
}

/** How many of the places are within the center's radius; the others are up to `farthestMeters` away. */
const nearShare = 0.15
const farthestMeters = 240_000
/** Farther than what counts as the center's own house. */
const nearestMeters = 300

/** A house somewhere around the center. Most are too far away for its list, as in an office's feed. */
export function inventPlace(random: Random): InventedPlace {
  const near = random.chance(nearShare)
  const [from, to] = near
    ? [nearestMeters, benchCenter.radiusMeters - nearestMeters]
    : [benchCenter.radiusMeters + nearestMeters, farthestMeters]
  // The square root spreads them evenly over the area, not along the radius.
  const meters = Math.sqrt(from * from + random.next() * (to * to - from * from))
  const bearing = random.next() * 2 * Math.PI
  const town = random.pick(towns)
  const street = `${random.between(1, 2999)} ${random.pick(streets)} ${random.pick(streetKinds)}`
  return {
    building: random.pick(buildings),
    town,
    address: `${street}, ${town}, KS ${random.between(66_000, 67_999)}, USA`,
    ...pointAt(meters, bearing),
  }
}

/** On the sphere, so that no rounding of a flat map carries a place over the edge of the radius. */
function pointAt(meters: number, bearing: number): { readonly latitude: number; readonly longitude: number } {
  const radians = Math.PI / 180
  const arc = meters / 6_371_008.8
  const from = benchCenter.latitude * radians
  const latitude = Math.asin(
    Math.sin(from) * Math.cos(arc) + Math.cos(from) * Math.sin(arc) * Math.cos(bearing),
  )
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(from),
    Math.cos(arc) - Math.sin(from) * Math.sin(latitude),
  )
  // Six digits are a decimeter, and the last bits of a sine may differ between machines.
  const rounded = (degrees: number) => Math.round(degrees * 1_000_000) / 1_000_000
  return { latitude: rounded(latitude / radians), longitude: rounded(benchCenter.longitude + turn / radians) }
}
