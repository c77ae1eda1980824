import { sameHouseMeters, type Traits } from './same-meeting.ts'

/*
 * Where to look for the same meeting of another feed without comparing everything with everything: a slot is one
 * time of the week with one thing that the two must share (`same-meeting.ts`, condition 5 and 6). Two meetings
 * that are the same share a slot. A slot is a number of 53 bits, made by a hash, so that the table of them is narrow;
 * two slots with one number only cost a comparison.
 */

/** Squares of some 550 m, wider where meridians are far apart. A point counts for each that its 75 m reach into. */
const squareNorth = 0.005
const squareEast = 0.01
const reachNorth = sameHouseMeters / 111_000

/** The slots under which a meeting is stored, and in which the others are found. */
export function slotsOf(traits: Traits): readonly number[] {
  const shared = traits.rooms.map((room) => `room ${room}`)
  if (traits.street !== '') shared.push(`street ${traits.street}`)
  if (traits.point !== null) shared.push(...squaresOf(traits.point))
  if (traits.meeting.attendance === 'online') shared.push(`name ${traits.names[0] ?? ''}`)
  const walls = new Set(traits.times.flatMap((time) => time.walls))
  const numbers = new Set<number>()
  for (const wall of walls) for (const what of shared) numbers.add(hash53(`${wall} ${what}`))
  return [...numbers]
}

function squaresOf(point: { readonly latitude: number; readonly longitude: number }): readonly string[] {
  const { latitude, longitude } = point
  const reachEast = reachNorth / Math.max(0.05, Math.cos((latitude * Math.PI) / 180))
  const rows = [latitude - reachNorth, latitude + reachNorth].map((at) => Math.floor(at / squareNorth))
  const columns = [longitude - reachEast, longitude + reachEast].map((at) => Math.floor(at / squareEast))
  return rows.flatMap((row) => columns.map((column) => `square ${row} ${column}`))
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
