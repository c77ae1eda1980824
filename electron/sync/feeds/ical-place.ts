import type { Attendance } from '../../contract/models.ts'
import { type Link, readLink, readPhone } from './attendance.ts'
import { propertiesOf, propertyOf, valueOf } from './ical-components.ts'
import { type Property, unescaped } from './ical-lines.ts'
import { readPlace } from './place.ts'
import type { ReadPlace } from './reader.ts'
import { decoded, plainLine } from './text.ts'

export type EventPlace = {
  readonly attendance: Attendance
  readonly place: ReadPlace | null
  readonly onlineUrl: string | null
  readonly provider: string | null
  readonly phone: string | null
}

/** What calendars write into LOCATION instead of a place. */
const onlineWords =
  /^(?:(?:on\s?-?line|virtual|remote|internet|webinar|(?:via|on|by|per)?\s*(?:zoom|google meet|google hangouts?|microsoft teams|ms teams|teams|skype|webex|gotomeeting|jitsi(?: meet)?|discord|facebook live|youtube))(?:\s+(?:meeting|only|event|call|link|video ?conference|meet))*|video ?(?:call|conference))$/i
const webAddress = /\bhttps?:\/\/[^\s<>"']+/gi
/** A place or a link is short; patterns below look ahead, so that a hostile text must not be long. */
const maxPlaceLength = 2_000
/** Links that show where a place is. */
const mapHosts =
  /^(?:maps\.|goo\.gl$|www\.openstreetmap\.|openstreetmap\.|osm\.org$|what3words\.com$|w3w\.co$)/

/**
 * Where an event takes place, by feeds.md 2.7 and 5.3. Only a link to a known video service, or one that the
 * calendar itself calls a conference, makes an event one that can be joined: the web page of a run or of a
 * library is no meeting room. An event with neither place nor link is one to go to whose place is not known.
 */
export function whereaboutsOf(properties: readonly Property[]): EventPlace {
  const location = plainLine(unescaped((valueOf(properties, 'LOCATION') ?? '').slice(0, maxPlaceLength)))
  const inLocation = linksIn(location)
  const text = tidy(location.replaceAll(webAddress, ' '))
  const saysOnline = onlineWords.test(text)
  const placeText = text === '' || saysOnline ? null : text
  const point = pointOf(properties)
  // A map of where an online meeting's host lives is no place to go to.
  const place = placeText === null && (saysOnline || point === null) ? null : placeOf(placeText, point)
  const link = joinLink(properties, inLocation, placeText === null)
  const phone = phoneOf(properties)
  const online = link !== null || phone !== null || (saysOnline && place === null)
  return {
    attendance: place === null ? (online ? 'online' : 'in_person') : online ? 'hybrid' : 'in_person',
    place,
    onlineUrl: link?.url ?? null,
    provider: link?.provider ?? null,
    phone,
  }
}

/** LOCATION alone as one display line, for a date that moves to another room; null when it names no place. */
export function placeLine(properties: readonly Property[]): string | null {
  return whereaboutsOf(properties).place?.address ?? null
}

function joinLink(
  properties: readonly Property[],
  inLocation: readonly Link[],
  onlyLinks: boolean,
): Link | null {
  const named = ['CONFERENCE', 'X-GOOGLE-CONFERENCE', 'X-MICROSOFT-SKYPETEAMSMEETINGURL']
  for (const name of named) {
    for (const { value } of propertiesOf(properties, name)) {
      const link = readLink(value.trim())
      if (link !== null) return link
    }
  }
  const description = valueOf(properties, 'DESCRIPTION') ?? ''
  const others = ['URL', 'X-ORIGINAL-URL'].flatMap((name) => {
    const link = readLink(valueOf(properties, name) ?? '')
    return link === null ? [] : [link]
  })
  const known = [...inLocation, ...others, ...linksIn(decoded(unescaped(description)))].find(
    ({ provider }) => provider !== 'website',
  )
  if (known !== undefined) return known
  // The place itself is an address of the web: that is where the event is.
  const [only] = inLocation
  return onlyLinks && only !== undefined && !mapHosts.test(new URL(only.url).hostname) ? only : null
}

function linksIn(text: string): readonly Link[] {
  return [...text.matchAll(webAddress)].flatMap(([address]) => {
    const link = readLink(address.slice(0, maxPlaceLength).replace(/[).,;!?\]}]+$/, ''))
    return link === null ? [] : [link]
  })
}

/** What is left of a place once a link is gone: `Zoom: `, `Town hall ()`. */
function tidy(text: string): string {
  return text
    .replaceAll(/\(\s*\)|<\s*>|\[\s*\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,;:|/)>\]–-]+|[\s,;:|/(<[–-]+$/g, '')
}

function placeOf(text: string | null, point: string | null): ReadPlace | null {
  const { place } = readPlace({
    name: null,
    note: null,
    formatted: text,
    address: null,
    city: null,
    region: null,
    postalCode: null,
    country: null,
    coordinates: point,
    latitude: null,
    longitude: null,
    // An event happens at one spot, however short its name is.
    approximate: 'no',
  })
  return place
}

/** GEO, or the coordinates inside Apple's property, as `lat,lng`. */
function pointOf(properties: readonly Property[]): string | null {
  const geo = valueOf(properties, 'GEO') ?? ''
  const apple = propertyOf(properties, 'X-APPLE-STRUCTURED-LOCATION')?.value ?? ''
  const match =
    /^\s*([+-]?\d+(?:\.\d+)?)\s*\\?[;,]\s*([+-]?\d+(?:\.\d+)?)\s*$/.exec(geo) ??
    /^geo:([+-]?\d+(?:\.\d+)?),([+-]?\d+(?:\.\d+)?)/i.exec(apple.trim())
  if (match === null) return null
  const [latitude, longitude] = [Number(match[1]), Number(match[2])]
  const usable = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0)
  return usable ? `${latitude},${longitude}` : null
}

function phoneOf(properties: readonly Property[]): string | null {
  for (const { value } of propertiesOf(properties, 'CONFERENCE')) {
    if (/^tel:/i.test(value.trim())) return readPhone(value.trim().slice(4))
  }
  return null
}
