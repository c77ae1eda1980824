import type { ReadPlace } from './reader.ts'

/** The texts of a row that say where it is, already plain; null for absent ones. */
export type PlaceTexts = {
  readonly name: string | null
  readonly note: string | null
  readonly formatted: string | null
  readonly address: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
  readonly coordinates: unknown
  readonly latitude: unknown
  readonly longitude: unknown
  readonly approximate: unknown
}

export type PlaceReading = {
  /** Null when the row names no place at all. */
  readonly place: ReadPlace | null
  /** True when the address is a point that one can go to (feeds.md 2.8). */
  readonly exact: boolean
}

export function readPlace(texts: PlaceTexts): PlaceReading {
  const { street, remark } = splitRemark(texts.address)
  const country = countryName(texts.country)
  const postalCode = postalCodeOf(texts.postalCode, country, texts.region)
  const address = addressLine(texts.formatted, street, texts.city, texts.region, postalCode, country)
  const point = pointOf(texts)
  const exact = isExact(address, point, texts.approximate, postalCode)
  if (address === null && point === null && texts.name === null) return { place: null, exact: false }

  const fromLine = exact && address !== null ? partsOf(address) : null
  const wholeInStreet = street !== null && street === address && commas(street) >= 2
  return {
    exact,
    place: {
      name: texts.name,
      street: (wholeInStreet ? fromLine?.street : street) ?? fromLine?.street ?? null,
      city: texts.city ?? fromLine?.city ?? null,
      region: texts.region ?? fromLine?.region ?? null,
      postalCode: postalCode ?? fromLine?.postalCode ?? null,
      country: country ?? fromLine?.country ?? null,
      address,
      note: [remark, texts.note].filter((text) => text !== null).join('\n') || null,
      latitude: point?.latitude ?? null,
      longitude: point?.longitude ?? null,
      approximate: !exact,
    },
  }
}

/** Text after `@` is a remark of the editor, such as a door or a floor. */
function splitRemark(address: string | null): {
  readonly street: string | null
  readonly remark: string | null
} {
  const at = address?.indexOf('@') ?? -1
  if (address === null || at < 0) return { street: address, remark: null }
  const street = address.slice(0, at).replace(/[\s,]+$/, '')
  return { street: street || null, remark: address.slice(at + 1).trim() || null }
}

function addressLine(
  formatted: string | null,
  street: string | null,
  city: string | null,
  region: string | null,
  postalCode: string | null,
  country: string | null,
): string | null {
  if (formatted !== null) return formatted.replace(/, (?:US|United States)$/, ', USA')
  // Some offices put the whole address here and repeat the town beside it.
  if (street !== null && commas(street) >= 2 && (city === null || hasPart(street, city))) return street
  const area = [region, postalCode].filter((text) => text !== null).join(' ')
  return [street, city, area, country].filter((text) => text !== null && text !== '').join(', ') || null
}

function isExact(
  address: string | null,
  point: Point | null,
  approximate: unknown,
  postalCode: string | null,
): boolean {
  if (point?.from === 'coordinates') return true
  if (point?.from === 'area') return false
  if (address === null && point === null) return false
  const said = readYes(approximate)
  if (said !== null) return !said
  // The last resort: it fails for most addresses outside North America, but for a street number.
  if (address === null) return false
  if (commas(address) >= 3) return true
  const number = /^(\d+(?:[-/]\d+)?[a-z]?)[\s,]+\p{L}/iu.exec(address)?.[1]
  // "10115 Berlin" starts with a postal code, not with the number of a house.
  return number !== undefined && number !== postalCode
}

function readYes(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const text = String(value ?? '')
    .trim()
    .toLowerCase()
  if (['yes', 'true', '1', 'y'].includes(text)) return true
  return ['no', 'false', '0', 'n'].includes(text) ? false : null
}

type Point = {
  readonly latitude: number
  readonly longitude: number
  readonly from: 'coordinates' | 'area' | 'fields'
}

function pointOf(texts: PlaceTexts): Point | null {
  if (typeof texts.coordinates === 'string' || Array.isArray(texts.coordinates)) {
    const source = Array.isArray(texts.coordinates) ? texts.coordinates : texts.coordinates.split(',')
    const numbers = source.map(numberOf)
    const [a = null, b = null, c = null, d = null] = numbers
    const point =
      numbers.length === 2
        ? pointAt(a, b, 'coordinates')
        : numbers.length === 4 && a !== null && b !== null && c !== null && d !== null
          ? pointAt((a + c) / 2, (b + d) / 2, 'area')
          : null
    if (point !== null) return point
  }
  return pointAt(numberOf(texts.latitude), numberOf(texts.longitude), 'fields')
}

/** Null outside the globe, and at 0/0: there a failed look-up lands, never a meeting. */
function pointAt(latitude: number | null, longitude: number | null, from: Point['from']): Point | null {
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude, from } : null
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || !/^\s*[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?\s*$/i.test(value)) return null
  return Number(value)
}

function countryName(country: string | null): string | null {
  return country !== null && /^(?:US|USA|U\.S\.A?\.?|United States(?: of America)?)$/i.test(country)
    ? 'USA'
    : country
}

/** A spreadsheet that took the code for a number lost its leading zeros: Boston is 02108, not 2108. */
function postalCodeOf(code: string | null, country: string | null, region: string | null): string | null {
  if (code === null || !/^\d{1,4}$/.test(code)) return code
  const isUs =
    country === 'USA' || (country === null && region !== null && usStates.has(region.toUpperCase()))
  return isUs ? code.padStart(5, '0') : code
}

type Parts = Pick<ReadPlace, 'street' | 'city' | 'region' | 'postalCode' | 'country'>

const usArea = /^(.+?)\s+(\d{5}(?:-\d{4})?)$/
const canadaCode = /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i

/** Takes apart `street, city, ST 12345, USA` and the Canadian form; anything else only gives the street. */
function partsOf(address: string): Parts {
  const parts = address.split(',').map((part) => part.trim())
  const country = parts.at(-1) ?? ''
  const street = parts[0] ?? null
  const none: Parts = { street, city: null, region: null, postalCode: null, country: null }
  if (/^USA?$/.test(country) && parts.length >= 4) {
    const area = usArea.exec(parts.at(-2) ?? '')
    const place = { street: parts.slice(0, -3).join(', '), city: parts.at(-3) ?? null, country: 'USA' }
    return area === null
      ? { ...place, region: parts.at(-2) ?? null, postalCode: null }
      : { ...place, region: area[1] ?? null, postalCode: area[2] ?? null }
  }
  if (/^canada$/i.test(country) && parts.length >= 4) {
    const last = parts.at(-2) ?? ''
    if (canadaCode.test(last) && parts.length >= 5) {
      return {
        street: parts.slice(0, -4).join(', '),
        city: parts.at(-4) ?? null,
        region: parts.at(-3) ?? null,
        postalCode: last,
        country,
      }
    }
    const area = /^(\S+)\s+([A-Z]\d[A-Z] ?\d[A-Z]\d)$/i.exec(last)
    if (area !== null) {
      return {
        street: parts.slice(0, -3).join(', '),
        city: parts.at(-3) ?? null,
        region: area[1] ?? null,
        postalCode: area[2] ?? null,
        country,
      }
    }
  }
  return none
}

function commas(text: string): number {
  return text.split(',').filter((part) => part.trim() !== '').length - 1
}

function hasPart(address: string, city: string): boolean {
  return address.split(',').some((part) => part.trim().toLowerCase() === city.toLowerCase())
}

const usStates = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND ' +
    'OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY'
  ).split(' '),
)
