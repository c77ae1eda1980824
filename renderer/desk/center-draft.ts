import type { CenterSettings, DeskState } from '../../electron/contract/desk-calls.ts'
import type { DistanceUnit, LocaleId, Paper } from '../../electron/contract/models.ts'
import { readCoordinate } from './coordinates.ts'
import { metersPerUnit } from './words.ts'

/** The limits of `setup.saveCenter`. */
const radiusMeters = { least: 500, most: 200_000 }
const offeredRadius: Readonly<Record<DistanceUnit, string>> = { km: '25', mi: '15' }

/** The form as typed: numbers stay texts until they are read. */
export type CenterDraft = {
  readonly name: string
  readonly street: string
  readonly postalCode: string
  readonly latitude: string
  readonly longitude: string
  readonly zone: string
  readonly radius: string
  readonly distanceUnit: DistanceUnit
  readonly locales: readonly LocaleId[]
  readonly defaultLocale: LocaleId
  readonly paper: Paper
}

export type CenterFault = 'name' | 'latitude' | 'longitude' | 'zone' | 'radius' | 'locales'

/** The form to begin with: the center as stored, else what the machine offers. */
export function draftOf(state: DeskState): CenterDraft {
  const { center, offered } = state
  if (center !== null && state.setup === 'center') {
    return {
      ...center,
      latitude: String(center.latitude),
      longitude: String(center.longitude),
      radius: String(Number((center.radiusMeters / metersPerUnit[center.distanceUnit]).toFixed(1))),
    }
  }
  return {
    name: '',
    street: '',
    postalCode: '',
    latitude: '',
    longitude: '',
    zone: offered.zone,
    radius: offeredRadius[offered.distanceUnit],
    distanceUnit: offered.distanceUnit,
    locales: ['en', 'es'],
    defaultLocale: offered.locale,
    paper: offered.paper,
  }
}

/** A new unit keeps the number of the form, unless it is the one that we offered. */
export function withUnit(draft: CenterDraft, distanceUnit: DistanceUnit): CenterDraft {
  const isOffered = draft.radius === offeredRadius[draft.distanceUnit]
  return { ...draft, distanceUnit, radius: isOffered ? offeredRadius[distanceUnit] : draft.radius }
}

/** Adds or takes away a language; the first language is always one of them. */
export function withLocale(draft: CenterDraft, locale: LocaleId, isOn: boolean): CenterDraft {
  const others = draft.locales.filter((each) => each !== locale)
  const locales = isOn ? [...others, locale].toSorted() : others
  const [first] = locales
  const keepsFirst = first === undefined || locales.includes(draft.defaultLocale)
  return { ...draft, locales, defaultLocale: keepsFirst ? draft.defaultLocale : first }
}

/** What main is asked to store, or what is wrong, field by field. */
export function readDraft(
  draft: CenterDraft,
  zones: readonly string[],
):
  | { readonly ok: true; readonly center: CenterSettings }
  | { readonly ok: false; readonly faults: readonly CenterFault[] } {
  const latitude = readCoordinate(draft.latitude, 90)
  const longitude = readCoordinate(draft.longitude, 180)
  const radius = /^\d+(?:[.,]\d+)?$/.test(draft.radius.trim())
    ? Math.round(Number(draft.radius.trim().replace(',', '.')) * metersPerUnit[draft.distanceUnit])
    : Number.NaN
  const isRadius = radius >= radiusMeters.least && radius <= radiusMeters.most
  const faults: CenterFault[] = []
  if (draft.name.trim() === '') faults.push('name')
  if (latitude === null) faults.push('latitude')
  if (longitude === null) faults.push('longitude')
  if (!zones.includes(draft.zone)) faults.push('zone')
  if (!isRadius) faults.push('radius')
  if (draft.locales.length === 0) faults.push('locales')
  if (latitude === null || longitude === null || faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    center: {
      name: draft.name.trim(),
      street: draft.street.trim(),
      postalCode: draft.postalCode.trim(),
      latitude,
      longitude,
      zone: draft.zone,
      radiusMeters: radius,
      distanceUnit: draft.distanceUnit,
      locales: [...draft.locales],
      defaultLocale: draft.defaultLocale,
      paper: draft.paper,
    },
  }
}
