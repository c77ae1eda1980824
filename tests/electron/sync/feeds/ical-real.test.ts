import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import ical from 'node-ical'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { occurrencesOf } from '../../../../electron/domain/occurrences.ts'
import { icalReader } from '../../../../electron/sync/feeds/ical.ts'
import { clubSettings, datesOf, readCalendar } from '../../../support/calendars.ts'
import { sourceOf } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const script = resolve(import.meta.dirname, '../../../support/expand-calendars.ts')

function expanded(machineZone: string): Record<string, readonly string[]> {
  const folder = hasSharedFeeds ? sharedFeed('ical') : ''
  const printed = execFileSync(process.execPath, [script, folder], {
    env: { ...process.env, TZ: machineZone },
    encoding: 'utf8',
  })
  return JSON.parse(printed) as Record<string, readonly string[]> // What the script prints.
}

describe('whatever zone the machine is in', () => {
  let inUtc: Record<string, readonly string[]>
  beforeAll(() => {
    inUtc = expanded('UTC')
  })

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
    'the dates are the same in %s',
    (machineZone) => {
      expect(expanded(machineZone)).toEqual(inUtc)
    },
  )

  test('a floating series, an all-day one and one on the other side of the world have the dates they should', () => {
    expect(inUtc['invented']).toEqual([
      'a 2026-03-02T07:30:00.000Z',
      'a 2026-03-03T07:30:00.000Z',
      'a 2026-03-04T07:30:00.000Z',
      'a 2026-03-05T07:30:00.000Z',
      'a 2026-03-06T07:30:00.000Z',
      'a 2026-03-07T07:30:00.000Z',
      'a 2026-03-09T06:30:00.000Z',
      'a 2026-03-10T06:30:00.000Z',
      'a 2026-03-11T06:30:00.000Z',
      'b 2026-03-07',
      'b 2026-03-14',
      'c 2026-04-03T14:30:00.000Z',
      'c 2026-04-04T14:30:00.000Z',
      'c 2026-04-05T15:00:00.000Z',
    ])
  })

  test.skipIf(!hasSharedFeeds)('real calendars have exactly the dates of the reference lists', () => {
    const lists = readdirSync(sharedFeed('ical/expected'))
    expect(lists.length).toBeGreaterThanOrEqual(5)
    for (const list of lists) {
      const { file, occurrences } = JSON.parse(readFileSync(sharedFeed(`ical/expected/${list}`), 'utf8')) as {
        file: string
        occurrences: readonly (readonly [string, string])[]
      } // The lists' own form.
      expect(
        inUtc[file]?.map((text) => text.replace(/ moved$/, '')),
        list,
      ).toEqual(occurrences.map((entry) => entry.join(' ')).toSorted())
    }
  })
})

describe.skipIf(!hasSharedFeeds)('real calendars', () => {
  const names = hasSharedFeeds
    ? readdirSync(sharedFeed('ical')).filter((name) => name.endsWith('.ics') && !name.startsWith('broken'))
    : []

  /** File, rows, and how many of them are refused. */
  const counts: readonly (readonly [string, number, number])[] = [
    ['manchester-age-friendly-2016.ics', 117, 0],
    ['running-club-seattle-2018.ics', 124, 0],
    ['minneapolis-parks-music-2015.ics', 276, 0],
    ['family-action-2022.ics', 1, 0],
    ['case-ms_timezones.ics', 4, 0],
    ['case-badRRULE.ics', 3, 0],
    ['case-duplicate-uid-sequence.ics', 4, 2],
    // 64, 2 and 2 events, of which 6, 1 and 1 are overrides of another.
    ['makerspace-potsdam-2019.ics', 58, 0],
    ['case-google-recurrence-order.ics', 1, 0],
    ['case-whole_day_moved_over_dst_change_berlin.ics', 1, 0],
    ['case-biweekly-exdate-until.ics', 2, 0],
    ['case-meetup-timed-tz.ics', 1, 0],
    ['case-dst-transition-rules.ics', 1, 0],
  ]

  /** Rows of a file without anything of the reader: its VEVENTs, an override being part of its series. */
  function countedIn(text: string): { readonly read: number; readonly refused: number } {
    const unfolded = text.replaceAll(/\r?\n[ \t](?=\S)/g, '')
    const events = (unfolded.match(/^[ \t]*BEGIN:VEVENT[^]*?END:VEVENT/gm) ?? []).map((block) => ({
      uid: /^[ \t]*UID[^:\n]*:(.*)$/m.exec(block)?.[1]?.trim() ?? block,
      isOverride: /^[ \t]*RECURRENCE-ID/m.test(block),
      isPrivate: /^[ \t]*CLASS:(?:PRIVATE|CONFIDENTIAL)/m.test(block),
    }))
    const series = events.filter(({ isOverride }) => !isOverride)
    const uids = new Set(series.map(({ uid }) => uid))
    const alone = events.filter(({ isOverride, uid }) => isOverride && !uids.has(uid))
    // Older versions of one UID are rows too; the newest is shown.
    const older = series.length - uids.size
    const hidden = series.filter(({ isPrivate }) => isPrivate).length
    return { read: series.length + alone.length, refused: older + hidden }
  }

  test.each(counts)('%s has %i rows, of which %i are refused', (name, read, refused) => {
    const text = readFileSync(sharedFeed(`ical/${name}`), 'utf8')
    expect(countedIn(text.replaceAll(/^[ \t]+(?=[A-Z-]+[:;])/gm, ''))).toEqual({ read, refused })
    const reading = readCalendar(text)
    expect(reading.counts).toEqual({ read, shown: read - refused, byAppointment: 0, inactive: 0, refused })
    expect(reading.refused).toHaveLength(refused)
    expect(reading.meetings).toHaveLength(read - refused)
  })

  test('every calendar of the folder is counted', () => {
    expect(counts.map(([name]) => name).toSorted()).toEqual(names.toSorted())
  })

  test('evening events in UTC are on the evening of the calendar’s own zone, not on the next day', () => {
    const text = readFileSync(sharedFeed('ical/minneapolis-parks-music-2015.ics'), 'utf8')
    const zone = 'America/Chicago'
    const reading = readCalendar(text, { zone })
    expect(reading.proposed.zone).toBe(zone)
    // Of the text itself: starts in UTC as dates of Chicago, five hours behind in these months.
    const starts = [...text.matchAll(/^DTSTART:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00Z/gm)].map((match) => {
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number)
      return Date.UTC(year, month - 1, day, hour, minute)
    })
    const inJuly = starts.filter((ms) => new Date(ms - 5 * 3_600_000).toISOString().startsWith('2015-07'))
    const onNextDay = inJuly.filter((ms) => new Date(ms).getUTCHours() < 5)
    const dated = reading.meetings.flatMap(({ rules }) => {
      const [rule] = rules
      // The one series is counted elsewhere.
      if (rule?.form !== 'set' || rule.rrule !== null || rule.allDay) return []
      return occurrencesOf(rules, { zone, from: '2015-07-01', days: 31 }).dated
    })
    expect(onNextDay.length).toBeGreaterThan(50)
    expect(dated.map(({ startsAtMs }) => startsAtMs).toSorted()).toEqual(inJuly.toSorted())
    for (const { localDate, startsAtMs } of dated) {
      expect(localDate).toBe(new Date(startsAtMs - 5 * 3_600_000).toISOString().slice(0, 10))
    }
  })

  test('a sign-in page with a calendar’s address is no calendar', () => {
    const page = readFileSync(sharedFeed('ical/broken-html-signin.ics'), 'utf8')
    expect(icalReader.recognizes(page.slice(0, 4096))).toBe(false)
    expect(icalReader.read(sourceOf(page), clubSettings)).toMatchObject({ ok: false, code: 'not_a_calendar' })
  })

  // The one file with floating times: the other engine takes them for times of the only zone defined there.
  test.each(names.filter((name) => name !== 'case-dst-transition-rules.ics'))(
    'a second engine finds the same dates in %s, over a year from each of its last three',
    (name) => {
      const text = readFileSync(sharedFeed(`ical/${name}`), 'utf8')
      const reading = readCalendar(text)
      const others = Object.values(ical.sync.parseICS(text)).filter(
        (component) => component?.type === 'VEVENT',
      )
      const years = new Set(
        reading.meetings.map(({ rules: [rule] }) => Number(rule?.form === 'set' && rule.start.slice(0, 4))),
      )
      for (const year of [...years].toSorted().slice(-3)) {
        const from = Date.UTC(year, 0, 1)
        const to = from + 400 * 86_400_000
        const wanted = others.flatMap((other) =>
          ical
            .expandRecurringEvent(other, { from: new Date(from), to: new Date(to - 1) })
            .map(({ start, isFullDay }) => {
              const local = [start.getFullYear(), start.getMonth() + 1, start.getDate()]
              const date = local.map((part) => String(part).padStart(2, '0')).join('-')
              return `${other.uid} ${isFullDay ? date : start.toISOString()}`
            }),
        )
        const window = { zone: 'UTC', from: new Date(from).toISOString().slice(0, 10), days: 400 }
        const found = datesOf(reading, window).map((text) => text.replace(/ (moved|tentative)$/, ''))
        const bounded = found.filter((text) => !text.endsWith(' cancelled'))
        expect(new Set(bounded), `${name} ${year}`).toEqual(new Set(wanted))
      }
    },
  )
})
