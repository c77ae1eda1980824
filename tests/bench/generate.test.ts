import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ReadMeeting } from '../../electron/sync/feeds/reader.ts'
import { readAll } from '../support/read-all.ts'
import { distanceMeters } from '../../electron/domain/whereabouts.ts'
import { generateFeeds } from './generate.ts'
import { benchCenter } from './place.ts'

const size = 3000
const first = generateFeeds({ seed: 7, size, revision: 0 })

const hashOf = (feeds: typeof first) =>
  createHash('sha256')
    .update(feeds.map(({ fileName, text }) => `${fileName}\n${text}`).join('\n'))
    .digest('hex')

function read(feeds: typeof first) {
  return feeds.map((feed) => {
    const { kind, fellowship } = feed
    const reading = readAll(feed.text, { kind, fellowship, zone: benchCenter.zone })
    if (!reading.ok) throw new Error(`${feed.fileName}: ${reading.code}`)
    return { feed, reading: reading.value }
  })
}

const readings = read(first)
const meetings = readings.flatMap(({ reading }) => reading.meetings)
const weekly = (meeting: ReadMeeting) =>
  meeting.rules.flatMap((rule) => (rule.form === 'weekly' ? [rule] : []))

/** How the values are spread, as shares of one. */
function shares<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].map(([value, count]) => [value, count / values.length]))
}

test('gives the same bytes for the same seed, today and on every machine', () => {
  expect(hashOf(generateFeeds({ seed: 7, size, revision: 0 }))).toBe(hashOf(first))
  expect(hashOf(generateFeeds({ seed: 7, size: 500, revision: 2 }))).toBe(
    '4bb3809b81807a79f9e5ac60a7308778d6266f4b2f70971389df44c39ef95dac',
  )
})

test('gives other bytes for another seed', () => {
  expect(hashOf(generateFeeds({ seed: 8, size, revision: 0 }))).not.toBe(hashOf(first))
})

test('begins a larger list with the rows of a smaller one', () => {
  const smaller = generateFeeds({ seed: 7, size: 1000, revision: 0 })
  const lines = (feeds: typeof first) => (feeds[0]?.text ?? '').split('\n').slice(0, 500)
  expect(lines(smaller)).toEqual(lines(first))
})

test.each([100, 500, 5000])('makes %i meetings, which the readers take without refusing a row', (total) => {
  const all = read(generateFeeds({ seed: 7, size: total, revision: 0 }))
  expect(all.map(({ reading }) => reading.counts.shown)).toEqual(all.map(({ feed }) => feed.meetings))
  expect(all.reduce((sum, { feed }) => sum + feed.meetings, 0)).toBe(total)
  expect(all.flatMap(({ reading }) => [...reading.refused, ...reading.warnings])).toEqual([])
})

test('spreads ways to attend as 70, 20 and 10 in a hundred', () => {
  const offices = readings.filter(({ feed }) => feed.fellowship !== null)
  const spread = shares(
    offices.flatMap(({ reading }) => reading.meetings.map(({ attendance }) => attendance)),
  )
  expect(Math.abs((spread.get('in_person') ?? 0) - 0.7)).toBeLessThan(0.05)
  expect(Math.abs((spread.get('hybrid') ?? 0) - 0.2)).toBeLessThan(0.05)
  expect(Math.abs((spread.get('online') ?? 0) - 0.1)).toBeLessThan(0.05)
})

test('spreads the meetings over the week and the day, most in the evening', () => {
  const rules = meetings.flatMap(weekly)
  const days = shares(rules.map(({ weekday }) => weekday))
  expect(days.size).toBe(7)
  for (const share of days.values()) expect(share).toBeGreaterThan(0.1)
  const evening = rules.filter(({ startMinute }) => startMinute >= 17 * 60).length / rules.length
  expect(evening).toBeGreaterThan(0.45)
  expect(evening).toBeLessThan(0.8)
  expect(shares(rules.map(({ startMinute }) => startMinute)).size).toBeGreaterThan(15)
})

test('puts most places beyond the radius, none but the center\u2019s own into its house', () => {
  const meters = readings
    .filter(({ feed }) => !feed.heldHere)
    .flatMap(({ reading }) => reading.meetings)
    .flatMap(({ place, attendance }) =>
      attendance !== 'online' && place !== null && place.latitude !== null && place.longitude !== null
        ? [distanceMeters(benchCenter, { latitude: place.latitude, longitude: place.longitude })]
        : [],
    )
  expect(meters.length).toBeGreaterThan(size * 0.8)
  const near = meters.filter((distance) => distance <= benchCenter.radiusMeters).length / meters.length
  expect(near).toBeGreaterThan(0.1)
  expect(near).toBeLessThan(0.2)
  expect(Math.min(...meters)).toBeGreaterThan(75)
})

test('gives names and notes of many lengths', () => {
  const lengths = meetings.map(({ name }) => name.length)
  expect(Math.min(...lengths)).toBeLessThan(12)
  expect(Math.max(...lengths)).toBeGreaterThan(50)
  const noted = meetings.filter(({ notes }) => notes !== null).length / meetings.length
  expect(noted).toBeGreaterThan(0.5)
  expect(noted).toBeLessThan(0.8)
})

test('holds a meeting of the center on each evening, so that there is one to sign in to', () => {
  const own = readings.find(({ feed }) => feed.heldHere)?.reading.meetings ?? []
  const evenings = own.flatMap(weekly).filter(({ startMinute }) => startMinute >= 17 * 60)
  expect(new Set(evenings.map(({ weekday }) => weekday)).size).toBe(7)
})

test('changes one row in a hundred with each edition, and keeps all keys', () => {
  const edition = (revision: number) =>
    generateFeeds({ seed: 7, size, revision }).flatMap(({ text }) => text.split('\n'))
  const [before, after, later] = [edition(0), edition(1), edition(2)]
  const differing = (a: readonly string[], b: readonly string[]) =>
    a.filter((line, at) => line !== b[at]).length
  for (const changed of [differing(before, after), differing(after, later)]) {
    expect(changed).toBeGreaterThan(size * 0.008)
    expect(changed).toBeLessThan(size * 0.012)
  }
  expect(differing(before, later)).toBe(differing(before, after) + differing(after, later))
  const keys = (revision: number) =>
    read(generateFeeds({ seed: 7, size, revision })).flatMap(({ reading }) =>
      reading.meetings.map(({ key, part }) => `${key} ${part}`),
    )
  expect(keys(2).toSorted()).toEqual(
    keys(0)
      .toSorted()
      .map((key) => key),
  )
})
