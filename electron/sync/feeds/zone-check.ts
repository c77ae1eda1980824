import type { ReaderSettings } from './reader.ts'
import type { Remarks } from './remarks.ts'

/** More degrees of longitude than one time zone has (feeds.md 2.4). */
const zoneWidthDegrees = 7.5

/** What of a row tells whether the list can be of one time zone. `longitude` is null where it says nothing. */
export type Located = { readonly zoneNamed: boolean; readonly longitude: number | null }

/** Sees every row of a list; warns once when they lie too far apart for one zone and none names its own. */
export function createZoneCheck(
  settings: ReaderSettings,
  remarks: Remarks,
): { see(row: Located): void; warn(): void } {
  let named = false
  let [west, east] = [Infinity, -Infinity]
  return {
    see: ({ zoneNamed, longitude }) => {
      named ||= zoneNamed
      if (longitude === null) return
      west = Math.min(west, longitude)
      east = Math.max(east, longitude)
    },
    warn: () => {
      if (named || east - west <= zoneWidthDegrees) return
      remarks.warn(
        'feed',
        'ambiguous-zone',
        `The meetings lie ${Math.round(east - west)} degrees of longitude apart and none names its time zone; all are read as ${settings.zone}. Times of far ones may be wrong.`,
      )
    },
  }
}
