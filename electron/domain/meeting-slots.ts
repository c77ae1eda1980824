import type { Traits } from './same-meeting.ts'

/*
 * Where to look for the same meeting of another feed without comparing everything with everything: a slot is one
 * time of the week with one thing that the two must share (`same-meeting.ts`, condition 5 and 6). Two meetings
 * that are the same share a slot, or stand in neighbouring squares of the map. A slot is a number of 53 bits, made
 * by a hash, so that the table of them is narrow; two slots with one number only cost a comparison.
 */

/** Squares of 220 m and, up to 60 degrees north, as wide or wider: points within 75 m are in one, or in two that touch. */
const squareNorth = 0.002
const squareEast = 0.004

/** The slots under which a meeting can be found. */
export function slotsOf(traits: Traits): readonly number[] {
  return slotNumbers(traits, 0)
}

/** The slots in which to look for the same meeting of another feed: its own and those beside its square. */
export function slotsAround(traits: Traits): readonly number[] {
  return slotNumbers(traits, 1)
}

function slotNumbers(traits: Traits, around: 0 | 1): readonly number[] {
  const shared = traits.rooms.map((room) => `room ${room}`)
  if (traits.street !== '') shared.push(`street ${traits.street}`)
  if (traits.point !== null) shared.push(...squares(traits.point, around))
  if (traits.meeting.attendance === 'online') shared.push(`name ${traits.names[0] ?? ''}`)
  const walls = new Set(traits.times.flatMap((time) => time.walls))
  const numbers = new Set<number>()
  for (const wall of walls) for (const what of shared) numbers.add(hash53(`${wall} ${what}`))
  return [...numbers]
}

function squares(
  point: { readonly latitude: number; readonly longitude: number },
  around: 0 | 1,
): readonly string[] {
  const row = Math.floor(point.latitude / squareNorth)
  const column = Math.floor(point.longitude / squareEast)
  const found: string[] = []
  for (let north = -around; north <= around; north += 1) {
    for (let east = -around; east <= around; east += 1) {
      found.push(`square ${row + north} ${column + east}`)
    }
  }
  return found
}

/** A spread of text over 53 bits (the mixing steps of MurmurHash3); not a secret, only a short name. */
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
}
