import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Kind, OccurrenceStatus } from '../../../electron/contract/models.ts'
import { occurrencesOf } from '../../../electron/domain/occurrences.ts'
import { daysAhead } from '../../../electron/domain/schedule.ts'
import { whereaboutsOf } from '../../../electron/domain/whereabouts.ts'
import { demonstrationSchema } from '../../../electron/handlers/setup.ts'
import { fellowships } from '../../../electron/sync/feeds/directory.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'

const folder = resolve(import.meta.dirname, '../../../resources/demonstration')
const { center, feeds } = demonstrationSchema.parse(
  JSON.parse(readFileSync(resolve(folder, 'demonstration.json'), 'utf8')),
)

const read = feeds.map((feed) => {
  const bytes = readFileSync(resolve(folder, feed.file))
  const reading = readFeed(bytes, { kind: feed.kind, fellowship: feed.fellowship, zone: center.zone })
  if (!reading.ok) throw new Error(`${feed.file}: ${reading.code} ${reading.detail}`)
  return { feed, reading: reading.value }
})

type Shown = { readonly whereabouts: number; readonly kind: Kind; readonly status: OccurrenceStatus }
const [here, nearby, online] = [0, 1, 2]

function daysFrom(from: string, days: number): ReadonlyMap<string, readonly Shown[]> {
  const byDate = new Map<string, Shown[]>()
  for (const { feed, reading } of read) {
    for (const { rules, kind, attendance, place } of reading.meetings) {
      const { whereabouts } = whereaboutsOf(
        {
          attendance,
          latitude: place?.latitude ?? null,
          longitude: place?.longitude ?? null,
          approximate: place?.approximate ?? false,
          street: place?.street ?? null,
          postalCode: place?.postalCode ?? null,
          own: false,
          feedHeldHere: feed.heldHere,
          hereByStaff: null,
        },
        center,
      )
      for (const { localDate, status } of occurrencesOf(rules, { zone: center.zone, from, days }).dated) {
        byDate.set(localDate, [...(byDate.get(localDate) ?? []), { whereabouts, kind, status }])
      }
    }
  }
  return byDate
}

describe('the demonstration', () => {
  it('names every file of its folder, and each is there', () => {
    const files = readdirSync(folder).filter((name) => name !== 'demonstration.json')
    expect(feeds.map(({ file }) => file).toSorted()).toEqual(files.toSorted())
  })

  it.each(read.map(({ feed, reading }) => [feed.file, reading] as const))(
    'is read whole: %s',
    (_, reading) => {
      expect(reading.refused).toEqual([])
      expect(reading.warnings).toEqual([])
      expect(reading.counts.shown).toBe(reading.counts.read)
    },
  )

  it('knows the fellowship of every peer group', () => {
    const known = new Set(fellowships.map(({ id }) => id))
    for (const { feed } of read) if (feed.kind === 'peer') expect(known).toContain(feed.fellowship)
  })

  it('leads nowhere: every link and number is one of those kept for examples', () => {
    const text = feeds.map(({ file }) => readFileSync(resolve(folder, file), 'utf8')).join('\n')
    const links = text.match(/https?:\/\/[^"\s]+/g) ?? []
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(new URL(link).hostname).toMatch(/(^|\.)example\.org$/)
    for (const phone of text.match(/\+1\d{10}/g) ?? []) expect(phone).toMatch(/^\+1\d{3}55501\d{2}$/)
  })

  it('has something of each kind on every day: here, nearby, online, therapist-led, peer-led, clubs', () => {
    for (const from of ['2026-11-24', '2027-06-15', '2028-10-01']) {
      const days = daysFrom(from, 14)
      expect(days.size).toBe(14)
      for (const shown of days.values()) {
        expect(new Set(shown.map(({ whereabouts }) => whereabouts))).toEqual(new Set([here, nearby, online]))
        expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(['therapy', 'peer', 'club']))
      }
    }
  })

  it('shows a cancelled and a moved club within the days that a kiosk keeps', () => {
    for (const from of ['2026-11-24', '2027-06-15', '2028-10-01']) {
      const seen = new Set([...daysFrom(from, daysAhead).values()].flat().map(({ status }) => status))
      expect(seen).toContain('cancelled')
      expect(seen).toContain('moved')
    }
  })
})
