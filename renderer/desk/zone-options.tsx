import { useMemo } from 'react'
import { zoneLabel, zonesByRegion } from './words.ts'

/** The entries of a choice of zones, under their region. */
export function ZoneOptions({ zones }: { readonly zones: readonly string[] }) {
  const regions = useMemo(() => zonesByRegion(zones), [zones])
  return regions.map(([region, inside]) =>
    region === '' ? (
      inside.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))
    ) : (
      <optgroup key={region} label={region}>
        {inside.map((zone) => (
          <option key={zone} value={zone}>
            {zoneLabel(zone)}
          </option>
        ))}
      </optgroup>
    ),
  )
}
