import type { MeetingType } from '../../contract/models.ts'
import { codeTables, type TypeFact } from './directory.ts'

/**
 * What the formats of Narcotics Anonymous mean, by the world id that every server and the export of world
 * services share (feeds.md 4.5). Letters of one server (`key_string`) are never decoded: they differ.
 */
export type NaFormat = {
  /** As a type of a meeting, in the code of the directory's list where it has one: `OPEN` is `O`. */
  readonly type: MeetingType
  readonly openness: 'open' | 'closed' | null
  readonly wheelchair: boolean
  /** Says something about the building: hidden for a meeting that nobody can come to. */
  readonly onSite: boolean
  /** `online`, `hybrid` or the building closed for now (feeds.md 4.4). */
  readonly venue: 'online' | 'hybrid' | 'site_closed' | null
}

const directoryCodes: Readonly<Record<string, string>> = { OPEN: 'O', CLOSED: 'C', WCHR: 'X' }

/** World ids that the directory's list of this fellowship does not have. */
const more: readonly TypeFact[] = [
  { code: 'NC', en: 'No Children', es: 'Sin niños', onSite: true },
  { code: 'GP', en: 'Guiding Principles', es: 'Principios que nos guían' },
  { code: 'S-D', en: 'Speaker/Discussion', es: 'Orador y discusión' },
  { code: 'CH', en: 'Closed on Holidays', es: 'Cerrada los días festivos' },
  { code: 'VM', en: 'Online Meeting', es: 'Reunión en línea' },
  { code: 'HYBR', en: 'In Person and Online', es: 'Presencial y en línea' },
  { code: 'TC', en: 'Location Temporarily Closed', es: 'Ubicación temporalmente cerrada' },
]

const venues: Readonly<Record<string, NaFormat['venue']>> = {
  VM: 'online',
  HYBR: 'hybrid',
  TC: 'site_closed',
}

const known = new Map<string, NaFormat>(
  [...(codeTables.find(({ id }) => id === 'na')?.types ?? []), ...more].map((fact) => [
    fact.code,
    {
      type: { code: fact.code, label: fact.en, ...(fact.es === undefined ? {} : { es: fact.es }) },
      openness: fact.openness === 'open' || fact.openness === 'closed' ? fact.openness : null,
      wheelchair: fact.wheelchair === true,
      onSite: fact.onSite === true,
      venue: venues[fact.code] ?? null,
    },
  ]),
)

/** By world id, whatever its case; null for a local or unknown one. `LANG` is none: its name says which. */
export function naFormat(worldId: string): NaFormat | null {
  const id = worldId.trim().toUpperCase()
  // The directory's own `O`, `C` and `X` are no world ids.
  if (id === 'O' || id === 'C' || id === 'X') return null
  return known.get(directoryCodes[id] ?? id) ?? null
}
