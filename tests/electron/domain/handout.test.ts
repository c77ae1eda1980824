import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HandoutChoice } from '../../../electron/contract/kiosk-calls.ts'
import type { HandoutDocument } from '../../../electron/contract/handout-document.ts'
import {
  composeHandout,
  helpLinesOf,
  isEmptyHandout,
  type HandoutRow,
} from '../../../electron/domain/handout.ts'
import { countPrinted, entriesOf, fullShare, limitHandout } from '../../../electron/domain/handout-limit.ts'
import { dateOfDay, handoutRow, plausibleWeek, weekStartMs, zone } from '../../support/handout-rows.ts'

const everything = {
  locale: 'en',
  paper: 'letter',
  size: 'standard',
  peerGroups: true,
  clubs: true,
  online: true,
} as const

function compose(rows: readonly HandoutRow[], choice: Partial<HandoutChoice> = {}): HandoutDocument {
  return composeHandout({
    choice: { ...everything, ...choice },
    rows,
    nowMs: weekStartMs,
    zone,
    distanceUnit: 'mi',
    helpLines: [],
    listsAsOfMs: Date.parse('2026-11-21T03:30:00Z'),
    sources: ['Central Office', 'Area Calendar', 'Central Office'],
  })
}

const online = { whereabouts: 'online', attendance: 'online', place: null, distanceMeters: null } as const
const club = { kind: 'club', audience: 'anyone', fellowship: 'unknown', fellowshipName: null } as const

describe('what is on the hand-out', () => {
  test('therapist-led groups are never on it', () => {
    const document = compose([handoutRow('t', 1, 600, { kind: 'therapy' }), handoutRow('p', 1, 600)])
    expect(entriesOf(document).map((entry) => entry.meetingId)).toEqual(['p'])
  })

  test('covers seven days from today in the zone of the center', () => {
    const rows = [-1, 0, 6, 7].map((day) => handoutRow(`d${day}`, day, 1200))
    const document = compose(rows)
    expect([document.from, document.to]).toEqual(['2026-11-24', '2026-11-30'])
    expect(document.peerGroups.map((day) => day.date)).toEqual([dateOfDay(0), dateOfDay(6)])
  })

  test('leaves out what has ended and keeps what is running', () => {
    // It is 6:00 in New York.
    const ended = handoutRow('ended', 0, 240)
    const running = handoutRow('running', 0, 330)
    const document = compose([ended, running])
    expect(entriesOf(document).map((entry) => entry.meetingId)).toEqual(['running'])
  })

  test('lists a meeting under each of its days, in the order of the clock', () => {
    const daily = [0, 1, 2].map((day) => handoutRow('daily', day, 720))
    const document = compose([handoutRow('late', 1, 1200), ...daily, handoutRow('early', 1, 420)])
    expect(document.peerGroups.map((day) => day.entries.map((entry) => entry.meetingId))).toEqual([
      ['daily'],
      ['early', 'daily', 'late'],
      ['daily'],
    ])
    expect(countPrinted(document)).toEqual({ meetings: 3, clubs: 0 })
  })

  test('keeps a cancelled date, marked, so that nobody comes', () => {
    const document = compose([handoutRow('c', 2, 600, { status: 'cancelled' })])
    expect(document.peerGroups[0]?.entries[0]?.status).toBe('cancelled')
  })

  test('puts family groups and clubs under headings of their own', () => {
    const document = compose([
      handoutRow('self', 0, 600),
      handoutRow('family', 0, 600, { audience: 'family' }),
      handoutRow('club', 0, 600, club),
    ])
    const ids = (days: HandoutDocument['clubs']) =>
      days.flatMap((day) => day.entries.map((entry) => entry.meetingId))
    expect([ids(document.peerGroups), ids(document.familyGroups), ids(document.clubs)]).toEqual([
      ['self'],
      ['family'],
      ['club'],
    ])
    expect(countPrinted(document)).toEqual({ meetings: 2, clubs: 1 })
  })

  test('prints an online meeting once, with all of its dates', () => {
    const rows = [4, 0, 2].map((day) => handoutRow('o', day, 600, online))
    const document = compose(rows)
    expect(document.peerGroups).toEqual([])
    expect(document.online.map((entry) => entry.dates.map((date) => date.date))).toEqual([
      [dateOfDay(0), dateOfDay(2), dateOfDay(4)],
    ])
  })

  test('a row with several days, which is several meetings, is one listing online but counts as they are', () => {
    const link = { ...online, name: 'Open Room', onlineUrl: 'https://meet.example.org/room' }
    const document = compose([0, 3].map((day) => handoutRow(`o${day}`, day, 600, link)))
    expect(document.online.map((entry) => entry.dates.length)).toEqual([2])
    expect(countPrinted(document).meetings).toBe(2)
    expect(limitHandout(document, 7, 0).leftOut).toBe(2)
  })

  test('a hybrid meeting stands under its day and, with a link, among the online ones, but counts once', () => {
    const hybrid = { attendance: 'hybrid', onlineUrl: 'https://meet.example.org/x' } as const
    const document = compose([
      handoutRow('with', 0, 600, hybrid),
      handoutRow('without', 0, 600, { attendance: 'hybrid' }),
    ])
    expect(document.online.map((entry) => entry.meetingId)).toEqual(['with'])
    expect(countPrinted(document).meetings).toBe(2)
  })

  test('a link that is no web address is not printed', () => {
    const urls = ['javascript:alert(1)', 'file:///etc/passwd', 'zoom 123', 'https://meet.example.org/a']
    const document = compose(
      urls.map((onlineUrl, index) => handoutRow(`o${index}`, index, 600, { ...online, onlineUrl })),
    )
    expect(document.online.map((entry) => entry.onlineUrl)).toEqual([null, null, null, urls[3]])
  })

  test('holds only what was chosen', () => {
    const rows = plausibleWeek(60)
    expect(compose(rows, { clubs: false }).clubs).toEqual([])
    expect(compose(rows, { online: false }).online).toEqual([])
    expect(compose(rows, { peerGroups: false }).familyGroups).toEqual([])
    expect(isEmptyHandout(compose([]))).toBe(true)
    expect(isEmptyHandout(compose(rows))).toBe(false)
  })

  test('says the day of its oldest list in the zone, never a minute (PRV-10)', () => {
    const document = compose([])
    expect(document.listsAsOf).toBe('2026-11-20')
    expect(document.sources).toEqual(['Area Calendar', 'Central Office'])
    expect(JSON.stringify(document)).not.toContain(String(weekStartMs))
  })
})

describe('the page limit', () => {
  test('takes nothing away when there is room', () => {
    const document = compose(plausibleWeek(100))
    expect(document.leftOut).toBe(0)
    expect(limitHandout(document, fullShare(document), document.online.length)).toEqual(document)
  })

  test('what is left out is counted where it was and in all', () => {
    const document = compose(plausibleWeek(500))
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 200 }), (share) => {
        const limited = limitHandout(document, share)
        const printed = countPrinted(limited)
        expect(printed.meetings + printed.clubs + limited.leftOut).toBe(500)
        for (const section of ['peerGroups', 'familyGroups', 'clubs'] as const) {
          limited[section].forEach((day, index) => {
            const before = document[section][index]!
            expect(day.entries.length + day.leftOut).toBe(before.entries.length + before.leftOut)
            // Every day and every section keeps something, however little room there is.
            expect(day.entries.length).toBeGreaterThan(0)
          })
        }
      }),
    )
  })

  test('a larger share never has fewer listings', () => {
    const document = compose(plausibleWeek(500))
    let before = 0
    for (let share = 7; share < 200; share += 1) {
      const now = entriesOf(limitHandout(document, share)).length
      expect(now).toBeGreaterThanOrEqual(before)
      before = now
    }
  })

  test('keeps what is held here, then the nearest of each fellowship', () => {
    const near = [1, 2, 3, 4].map((n) => handoutRow(`aa${n}`, 0, 600 + n, { distanceMeters: n * 100 }))
    const document = compose([
      ...near,
      handoutRow('na', 0, 700, { fellowshipName: 'Narcotics Anonymous', distanceMeters: 9000 }),
      handoutRow('here', 0, 1300, { whereabouts: 'here', distanceMeters: null }),
    ])
    const kept = limitHandout(document, 21).peerGroups[0]
    expect(kept?.entries.map((entry) => entry.meetingId)).toEqual(['aa1', 'na', 'here'])
    expect(kept?.leftOut).toBe(3)
  })

  test('online meetings are spread over fellowships and days', () => {
    const rows = [0, 0, 0, 1, 2].map((day, index) => handoutRow(`aa${index}`, day, 600 + index, online))
    const other = handoutRow('na', 0, 900, { ...online, fellowshipName: 'Narcotics Anonymous' })
    const kept = limitHandout(compose([...rows, other]), 7, 3).online
    expect(kept.map((entry) => entry.meetingId)).toEqual(['aa0', 'na', 'aa3'])
  })

  test('a cancelled meeting elsewhere does not take the place of one that is held', () => {
    const document = compose([
      handoutRow('cancelled', 0, 600, { status: 'cancelled', distanceMeters: 100 }),
      handoutRow('held', 0, 600, { distanceMeters: 5000 }),
    ])
    expect(entriesOf(limitHandout(document, 7)).map((entry) => entry.meetingId)).toEqual(['held'])
  })

  test('the list does not depend on the order in which the rows came', () => {
    const rows = plausibleWeek(300)
    expect(limitHandout(compose(rows.toReversed()), 20)).toEqual(limitHandout(compose(rows), 20))
  })

  test('a county with three hundred meetings a day makes a document of a size that can be measured', () => {
    const rows = Array.from({ length: 2100 }, (_, index) =>
      handoutRow(`m${index}`, index % 7, 420 + (index % 60) * 15, { distanceMeters: index * 10 }),
    )
    const document = compose(rows)
    expect(entriesOf(document).length).toBeLessThanOrEqual(6 * 28)
    expect(countPrinted(document).meetings + document.leftOut).toBe(2100)
  })
})

describe('the help lines', () => {
  const lines = [
    {
      id: 'samhsa',
      name: 'SAMHSA',
      call: '1-800-662-4357',
      text: 'your ZIP code to 435748',
      printable: true,
    },
    { id: '988', name: 'Lifeline', call: '988', text: '988', textSpanish: 'AYUDA to 988', printable: true },
    { id: '911', name: 'Emergency', number: '911', printable: true },
    { id: 'office', name: 'An office', call: '555-0100', printable: true },
  ]

  test('are 988, 911 and SAMHSA in full digits, in this order', () => {
    expect(helpLinesOf(lines, 'en').map((line) => line.number)).toEqual(['988', '911', '1-800-662-4357'])
    expect(helpLinesOf(lines, 'es')[0]?.text).toBe('AYUDA al 988')
  })

  test('a number that is not marked printable is not printed', () => {
    const hidden = lines.map((line) => ({ ...line, printable: line.id === '911' }))
    expect(helpLinesOf(hidden, 'en').map((line) => line.id)).toEqual(['911'])
  })
})
