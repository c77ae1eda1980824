import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Records } from '../../electron/handlers/records.ts'

/** Lists a feed that is a file, of peer groups of AA. */
export function addWebless(records: Records, path: string, name = 'County'): string {
  const added = records.feeds.add({
    source: { from: 'file', path },
    name,
    kind: 'peer',
    fellowship: 'aa',
    zone: null,
    heldHere: false,
  })
  if (!added.ok) throw new Error(added.code)
  return added.value.feedId
}

/** A row of a Meeting Guide list: Tuesdays at half past ten, at the center's house. */
export function rowOf(slug: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    slug,
    name: `Meeting ${slug}`,
    day: 2,
    time: '10:30',
    end_time: '11:30',
    types: ['O'],
    location: 'House',
    formatted_address: '1 Elm Street, Philadelphia, PA 19064, USA',
    latitude: 39.95,
    longitude: -75.16,
    ...more,
  }
}

/** A feed that is a file with these rows, in `folder`. */
export function savedFeed(
  records: Records,
  folder: string,
  rows: readonly unknown[],
  name = 'County',
): string {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(rows))
  return addWebless(records, path, name)
}
