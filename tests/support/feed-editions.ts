import { readFileSync } from 'node:fs'
import { hasSharedFeeds, sharedFeed } from './shared-feeds.ts'

export type EditionRow = {
  readonly slug: string
  readonly name: string
  readonly day: number
  readonly [field: string]: unknown
}

export type Editions = {
  /** A day on which both editions are at home. */
  readonly now: string
  readonly today: string
  readonly weekday: number
  readonly center: {
    readonly street: string
    readonly latitude: number
    readonly longitude: number
    readonly zone: string
  }
  readonly first: readonly EditionRow[]
  /** Five weeks later. */
  readonly second: readonly EditionRow[]
}

/**
 * Two editions of one office's list: those of San José, where the real feeds are here, else invented ones. A
 * Sunday at half past midnight, so that the whole day is ahead.
 */
export function feedEditions(): Editions {
  const place = {
    now: '2021-10-03T07:30:00Z',
    today: '2021-10-03',
    weekday: 0,
    center: { street: '', latitude: 37.2934, longitude: -121.9106, zone: 'America/Los_Angeles' },
  }
  if (hasSharedFeeds) {
    const read = (date: string) =>
      JSON.parse(readFileSync(sharedFeed(`tsml/aa-san-jose-${date}.json`), 'utf8')) as EditionRow[]
    return { ...place, first: read('2021-08-28'), second: read('2021-10-02') }
  }
  const first = Array.from({ length: 140 }, (_, n) => invented(n))
  const second = [
    ...first
      .filter((_, n) => n % 50 !== 0)
      .map((row, n) => (n % 3 === 0 ? { ...row, notes: 'Bring a mug.' } : row)),
    ...[200, 201, 207].map(invented),
  ]
  return { ...place, first, second }
}

function invented(n: number): EditionRow {
  return {
    slug: `group-${n}`,
    name: `Group ${n}`,
    day: n % 7,
    time: `${String(6 + (n % 15)).padStart(2, '0')}:30`,
    types: ['O'],
    formatted_address: `${n + 1} Oak Street, San Jose, CA 95112, USA`,
    latitude: 37.33,
    longitude: -121.89,
  }
}
