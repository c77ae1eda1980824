/**
 * Latitude and longitude as people copy them from a map: `39.7817`, `39,7817`, `39.7817° N`, `-89.65`,
 * `89.65 W`. Null when it is no such number.
 */
export function readCoordinate(text: string, limit: 90 | 180): number | null {
  const match = /^([+\-−]?)(\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO]?)$/i.exec(text.trim())
  if (match === null) return null
  const [, sign = '', digits = '', letter = ''] = match
  // O is the west of Spanish maps; with a letter, a sign as well would say it twice.
  const isNegative = sign === '-' || sign === '−' || /[SWO]/i.test(letter)
  if (letter !== '' && /[NS]/i.test(letter) !== (limit === 90)) return null
  const value = Number(digits.replace(',', '.')) * (isNegative ? -1 : 1)
  return Math.abs(value) <= limit ? value : null
}

/** `39.7817, -89.6501` pasted into one field fills both. Null when it is not such a pair. */
export function splitPair(text: string): { readonly latitude: string; readonly longitude: string } | null {
  // A comma alone may be a decimal one: between two numbers it is followed by a space, or there are points.
  const parts = text.includes('.')
    ? text.split(/\s*[,;]\s*|\s+(?=[-−+\d])/)
    : text.split(/;\s*|,\s+|\s+(?=[-−+\d])/)
  const [latitude, longitude] = parts
  if (parts.length !== 2 || latitude === undefined || longitude === undefined) return null
  if (readCoordinate(latitude, 90) === null || readCoordinate(longitude, 180) === null) return null
  return { latitude: latitude.trim(), longitude: longitude.trim() }
}
