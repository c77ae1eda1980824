/**
 * The place as it stands above its address: without the street and the town that the address says again. The whole
 * place where nothing else would be left of it.
 */
export function placeBeside(place: string, address: string | null): string {
  if (address === null) return place
  const said = address.toLowerCase()
  const parts = place.split(', ')
  const own = parts.findLastIndex((part) => !said.includes(part.toLowerCase()))
  return own < 0 ? place : parts.slice(0, own + 1).join(', ')
}
