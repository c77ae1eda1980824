import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { readDay } from '../commands/walkthrough/screen.ts'
import { openApp, type HostName } from '../support/app.ts'
import { hasSharedFeeds, sharedFeed } from '../support/shared-feeds.ts'
import { dateIn, meetingGuideDay } from './independent/day.mjs'
import { addFeed, saveCenter } from './setup.ts'

const feeds = [
  {
    file: 'tsml/aa-southeast-pennsylvania-2024-11.json',
    fellowship: 'aa',
    center: { latitude: 39.9526, longitude: -75.1652, zone: 'America/New_York' },
    now: '2024-11-19T23:40:00Z',
  },
  {
    file: 'tsml/al-anon-massachusetts-2024-11.json',
    fellowship: 'al-anon',
    center: { latitude: 42.3601, longitude: -71.0589, zone: 'America/New_York' },
    now: '2024-11-20T15:00:00Z',
  },
  {
    // The morning after the clocks went back, seen from the middle of the night.
    file: 'tsml/aa-san-jose-2021-10-02.json',
    fellowship: 'aa',
    center: { latitude: 37.3382, longitude: -121.8863, zone: 'America/Los_Angeles' },
    now: '2021-11-07T08:30:00Z',
  },
] as const

test.skip(!hasSharedFeeds, 'needs the real feeds')

for (const feed of feeds) {
  test(`today of ${feed.file} is what the written rules say`, async ({}, testInfo) => {
    const app = await openApp({
      on: testInfo.project.name as HostName,
      now: feed.now,
      zone: feed.center.zone,
    })
    try {
      await saveCenter(app, feed.center)
      const view = await addFeed(app, { path: sharedFeed(feed.file), fellowship: feed.fellowship })
      expect(view.problem).toBeNull()
      const rows: unknown[] = JSON.parse(readFileSync(sharedFeed(feed.file), 'utf8'))
      const expected = meetingGuideDay(rows, { ...feed.center, radiusMeters: 25_000 }, feed.now)
      expect(expected.length).toBeGreaterThan(20)

      const day = await readDay(app.kiosk, dateIn(feed.center.zone, Date.parse(feed.now)))
      const shown = day.rows.map((row) => ({
        key: row.key,
        startsAt: new Date(row.startsAtMs).toISOString(),
        whereabouts: row.whereabouts,
      }))
      // Rows of one start and one distance may stand in either order of names.
      const sorted = (list: typeof shown) =>
        list.toSorted((a, b) =>
          `${a.whereabouts} ${a.startsAt} ${a.key}` < `${b.whereabouts} ${b.startsAt} ${b.key}` ? -1 : 1,
        )
      expect(sorted(shown)).toEqual(sorted(expected))
      expect(shown.map((row) => `${row.whereabouts} ${row.startsAt}`)).toEqual(
        expected.map((row) => `${row.whereabouts} ${row.startsAt}`),
      )
    } finally {
      await app.close()
    }
  })
}

test('the dates of a real calendar are those that two other programs found', async ({}, testInfo) => {
  const list: { occurrences: [string, string][] } = JSON.parse(
    readFileSync(sharedFeed('ical/expected/makerspace-potsdam-2019.json'), 'utf8'),
  )
  const now = '2019-02-01T12:00:00Z'
  const app = await openApp({ on: testInfo.project.name as HostName, now, zone: 'Europe/Berlin' })
  try {
    await saveCenter(app, { latitude: 52.39, longitude: 13.06, zone: 'Europe/Berlin' })
    const view = await addFeed(app, {
      path: sharedFeed('ical/makerspace-potsdam-2019.ics'),
      kind: 'club',
      heldHere: true,
    })
    expect(view.problem).toBeNull()
    const shown: string[] = []
    for (let day = 1; day <= 35; day += 1) {
      const date = new Date(Date.parse('2019-02-01T00:00:00Z') + day * 86_400_000).toISOString().slice(0, 10)
      const { rows } = await readDay(app.kiosk, date)
      shown.push(
        ...rows.map(
          (row) => `${row.allDay ? row.localDate : new Date(row.startsAtMs).toISOString()} ${row.key}`,
        ),
      )
    }
    const expected = list.occurrences
      .map(([uid, start]) => `${start} ${uid}`)
      .filter((line) => line >= '2019-02-01T23:00:00' && line < '2019-03-08T23:00:00')
    expect(expected.length).toBeGreaterThan(20)
    expect(shown.toSorted()).toEqual(expected.toSorted())
  } finally {
    await app.close()
  }
})
