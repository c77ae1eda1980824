import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Kind } from '../../../electron/contract/models.ts'
import { daysAhead, daysBehind } from '../../../electron/domain/schedule.ts'
import { runFeed } from '../../../electron/sync/import.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'
import { reportOf } from '../../commands/feed/report.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'
import { addWebFeed, guideList, guideRow, openTestShop, rowsOf, sanJose, type TestShop } from './shop.ts'

// Real threads, processes and files: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

let shop: TestShop | null = null
afterEach(() => {
  shop?.close()
  shop = null
})

function open(now: string): TestShop {
  shop = openTestShop(now)
  return shop
}

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

type Stored = {
  readonly key: string
  readonly name: string
  readonly startsAt: string
  readonly endsAt: string
  readonly status: string
}

/** The stored dates as the report writes them, in its order. */
function storedDates(at: TestShop): readonly Stored[] {
  return rowsOf<Stored>(
    at,
    `SELECT feed_key AS key, coalesce(variant ->> 'name', meeting.name) AS name, status,
       iif(all_day, local_date, strftime('%Y-%m-%dT%H:%M:%S.000Z', starts_at_ms / 1000, 'unixepoch')) AS startsAt,
       iif(all_day, '', strftime('%Y-%m-%dT%H:%M:%S.000Z', ends_at_ms / 1000, 'unixepoch')) AS endsAt
     FROM occurrence JOIN meeting USING (number)`,
  )
}

const inOrder = (dates: readonly Stored[]): readonly string[] =>
  dates
    .map(({ key, name, startsAt, endsAt, status }) => JSON.stringify([startsAt, endsAt, key, name, status]))
    .toSorted()

describe.skipIf(!hasSharedFeeds)('the import of a real feed', () => {
  // Each at a time at which its dates matter; the San José and Seattle clocks change inside the window.
  it.each<[string, Kind, string, string | null]>([
    ['tsml/aa-san-jose-2021-10-02.json', 'peer', '2021-10-20T20:00:00Z', 'aa'],
    ['tsml/al-anon-massachusetts-2024-11.json', 'peer', '2026-11-24T20:00:00Z', 'al-anon'],
    ['tsml/aa-raleigh-2017-04.json', 'peer', '2026-03-01T20:00:00Z', null],
    ['ical/makerspace-potsdam-2019.ics', 'club', '2019-02-20T10:00:00Z', null],
    ['ical/manchester-age-friendly-2016.ics', 'club', '2016-03-10T10:00:00Z', null],
    ['ical/running-club-seattle-2018.ics', 'club', '2017-10-20T10:00:00Z', null],
  ])('%s: gives the counts, remarks and dates that `npm run feed` reports', async (name, kind, now, of) => {
    const at = open(now)
    const bytes = readFileSync(sharedFeed(name))
    const feedId = addWebFeed(at, { kind, fellowship: of })
    at.client.serve(bytes)
    await runFeed(at, { feedId, accept: false, center: sanJose })

    const reading = readFeed(bytes, { kind, fellowship: of, zone: sanJose.zone })
    const today = new Date(at.clock.now()).toLocaleDateString('sv', { timeZone: sanJose.zone })
    const from = new Date(Date.parse(today) - daysBehind * 86_400_000).toISOString().slice(0, 10)
    const days = daysBehind + 1 + daysAhead
    const report = reportOf(reading, { zone: sanJose.zone, from, days })
    const view = at.feeds.findView(feedId)
    expect(view?.counts).toEqual(report.counts)
    expect(view?.format).toBe(report.format)
    const remarks = [...report.refused, ...report.warnings]
    // What the file alone cannot say: which of its places nobody knows the way to from this center.
    const ofFile = view?.remarks.filter(({ reason }) => !reason.startsWith('no-coordinates:'))
    expect(ofFile?.slice(0, 198)).toEqual(remarks.slice(0, 198))
    const reported = (report.occurrences ?? []).map((date) =>
      date.startsAt.length === 10 ? { ...date, endsAt: '' } : date,
    )
    expect(reported.length).toBeGreaterThan(10)
    expect(inOrder(storedDates(at))).toEqual(inOrder(reported))
  })
})

it.each([
  ['days counted another way', guideList([guideRow('a', { day: 7 }), guideRow('b')]), 'wrong_day_scheme'],
  ['only meetings that are not held', guideList([guideRow('a', { types: ['TC'] })]), 'nothing_usable'],
  ['a single meeting', JSON.stringify(guideRow('a')), 'wrong_format'],
])('a first list that is not taken keeps the counts that the report has: %s', async (_, content, problem) => {
  const at = open('2026-11-24T20:00:00Z')
  const feedId = addWebFeed(at)
  at.client.serve(content)
  await runFeed(at, { feedId, accept: false, center: sanJose })
  const bytes = new TextEncoder().encode(content)
  const report = reportOf(readFeed(bytes, { kind: 'peer', fellowship: 'aa', zone: sanJose.zone }), null)
  const view = at.feeds.findView(feedId)
  expect(view).toMatchObject({ problem, format: report.format, counts: report.counts, lastGoodRunAtMs: null })
  expect(view?.counts?.read).toBeGreaterThan(0)
  const refused = report.refused.map((remark) => ({ ...remark, refused: true }))
  expect(view?.remarks).toEqual([...refused, ...report.warnings])
})

const often = [
  'BEGIN:VEVENT',
  'UID:often',
  'SUMMARY:Open door',
  'GEO:37.30;-121.90',
  'DTSTART;TZID=America/Los_Angeles:20261101T090000',
  'DURATION:PT30M',
  'RRULE:FREQ=HOURLY',
  'END:VEVENT',
]

it('tells staff of an event with too many dates at every run, also when nothing of it is written', async () => {
  const at = open('2026-11-24T20:00:00Z')
  const feedId = addWebFeed(at, { kind: 'club', fellowship: null })
  const remark = { where: 'often', reason: expect.stringMatching(/^too-many-dates: /) as unknown }
  at.client.serve(calendar(...often))
  await runFeed(at, { feedId, accept: false, center: sanJose })
  expect(at.feeds.findView(feedId)?.remarks).toEqual([remark])
  expect(rowsOf(at, 'SELECT count(*) AS n FROM occurrence')).toEqual([{ n: 400 }])
  at.client.serve(calendar('X-NOTE:other bytes', ...often))
  const again = await runFeed(at, { feedId, accept: false, center: sanJose })
  expect(again).toMatchObject({ outcome: 'applied', tally: { added: 0, changed: 0 } })
  expect(at.feeds.findView(feedId)?.remarks).toEqual([remark])
})

describe('whose meetings they are, when staff did not say', () => {
  const whose = async (content: string, feed: Parameters<typeof addWebFeed>[1]) => {
    const at = open('2026-11-24T20:00:00Z')
    const feedId = addWebFeed(at, { fellowship: null, ...feed })
    at.client.serve(content)
    await runFeed(at, { feedId, accept: false, center: sanJose })
    const [first] = rowsOf<{ fellowship: string }>(at, 'SELECT DISTINCT fellowship FROM meeting')
    return first?.fellowship
  }
  const list = guideList([guideRow('a')])
  const named = calendar('X-WR-CALNAME:Narcotics Anonymous of San José', ...often)

  it.each([
    ['NA list', list, 'na'],
    ['Our Alcoholics Anonymous groups', list, 'aa'],
    ['', list, 'unknown'],
    ['', named, 'na'],
    ['AA of the valley', named, 'aa'],
    ['Groups', named, 'na'],
  ])(
    'the name %j that staff gave counts, else the one that the feed gives itself',
    async (name, content, id) => {
      expect(await whose(content, { name })).toBe(id)
    },
  )

  it.each([
    'https://example.org/na-list.json',
    'https://aa.org/meetings.json',
    'https://example.org/NA/AA.json',
    'https://example.org/Alcoholics%20Anonymous.json',
  ])('the address %s never counts', async (address) => {
    const source = { from: 'web', address, plainHttpAllowed: false } as const
    expect(await whose(list, { source })).toBe('unknown')
  })

  it('a club belongs to no fellowship, whatever its calendar is called', async () => {
    expect(await whose(named, { kind: 'club' })).toBe('unknown')
  })
})
