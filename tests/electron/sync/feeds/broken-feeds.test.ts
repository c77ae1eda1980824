import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { occurrencesOf } from '../../../../electron/domain/occurrences.ts'
import type { ReaderSettings, ReadMeeting } from '../../../../electron/sync/feeds/reader.ts'
import { readFeed } from '../../../../electron/sync/feeds/readers.ts'
import { brokenFeed, forms, goodFeed, sheetXml, workbookOf } from '../../../support/broken-feeds.ts'

/*
 * Feeds that are broken on purpose (SEC-10). Whatever a feed holds: nothing throws or takes longer than five
 * seconds, each row ends in exactly one count, each refusal has its reason, and no kept text or place is hostile.
 */

const settings: ReaderSettings = { kind: 'peer', fellowship: 'aa', zone: 'America/New_York' }
const window = { zone: 'America/New_York', from: '2026-05-01', days: 37 }
/** Ten forms: more than 2,000 cases; `npm run soak` tries more, and others each time. */
const casesOfEachForm = Number(process.env['OPEN_CHAIR_BROKEN_FEEDS'] ?? 210)
const longestMs = 5000
/** Of this thread alone: the machine that runs tests has other work too. */
const usedMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

describe('of broken feeds', () => {
  const patience = Math.max(30_000, casesOfEachForm * 600)
  test.each(forms)('a %s is read in part or refused, never believed', { timeout: patience }, (form) => {
    let taken = 0
    fc.assert(
      fc.property(brokenFeed(form), ({ bytes }) => {
        taken += findingsOf(bytes) === 'kept' ? 1 : 0
      }),
      { numRuns: casesOfEachForm },
    )
    // Else everything was refused as a whole and nothing but that was tested.
    expect(taken).toBeGreaterThan(casesOfEachForm / 10)
  })

  test.each(forms)('the good %s that they are made of is taken whole', (form) => {
    const reading = readFeed(goodFeed(form, 5), settings)
    expect(reading).toMatchObject({ ok: true, value: { counts: { read: 5, shown: 5, refused: 0 } } })
  })
})

/** Reads, and throws for the first thing that must not be. */
function findingsOf(bytes: Uint8Array): 'kept' | 'refused' {
  const startedAt = usedMs()
  const reading = readFeed(bytes, settings)
  if (!reading.ok) {
    expect(reading.detail ?? '').not.toBe('')
    expect(reading.detail).not.toMatch(unwanted)
    expect(usedMs() - startedAt).toBeLessThan(longestMs)
    return 'refused'
  }
  const { counts, refused, problem, warnings } = reading.value
  const meetings = [...reading.value.meetings]
  for (const { rules } of meetings) expect(occurrencesOf(rules, window).dated.length).toBeLessThanOrEqual(400)
  expect(usedMs() - startedAt).toBeLessThan(longestMs)

  expect(counts.shown + counts.byAppointment + counts.inactive + counts.refused).toBe(counts.read)
  expect(refused).toHaveLength(problem === undefined ? counts.refused : 1)
  const nameless = [...refused, ...warnings].filter(
    ({ where, reason }) => where === '' || reason === '' || unwanted.test(reason),
  )
  expect(nameless.slice(0, 3)).toEqual([])
  if (problem !== undefined) expect(meetings).toEqual([])
  expect(meetings.length > 0).toBe(counts.shown + counts.byAppointment + counts.inactive > 0)
  expect(JSON.stringify([...reading.value.meetings]) === JSON.stringify(meetings)).toBe(true)
  const identities = meetings.map(({ key, part }) => JSON.stringify([key, part]))
  expect(identities.length).toBe(new Set(identities).size)
  for (const meeting of meetings.slice(0, 500)) checkMeeting(meeting)
  return counts.shown + counts.byAppointment > 0 ? 'kept' : 'refused'
}

/** Controls but line ends, marks that turn or hide text, lone halves of characters, and whole tags. */
const unwanted =
  /[[\p{Cc}--[\n]]\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]|<\/?[a-z][^<>]*>/iv

function checkMeeting(meeting: ReadMeeting): void {
  // The key is the feed's own, as it stands; it is never shown in a place where it could do harm.
  const { key, part, keyDerived, rules, ...shown } = meeting
  expect(key).not.toBe('')
  expect(key.length).toBeLessThanOrEqual(1000)
  expect([typeof part, typeof keyDerived]).toEqual(['string', 'boolean'])
  expect(meeting.name.trim()).not.toBe('')
  expect(meeting.name.length).toBeLessThanOrEqual(500)
  for (const text of textsIn(shown)) {
    expect(text).not.toMatch(unwanted)
    expect(text.length).toBeLessThan(25_000)
  }
  expect(JSON.stringify(meeting).length).toBeLessThan(200_000)
  if (meeting.onlineUrl !== null) expect(meeting.onlineUrl).toMatch(/^https?:\/\/[^/@]+(?:\/|$)/)
  const { latitude = null, longitude = null } = meeting.place ?? {}
  if (latitude !== null || longitude !== null) {
    expect(Math.abs(latitude ?? Number.NaN)).toBeLessThanOrEqual(90)
    expect(Math.abs(longitude ?? Number.NaN)).toBeLessThanOrEqual(180)
  }
  for (const rule of rules) {
    if (rule.form !== 'weekly') continue
    expect([0, 1, 2, 3, 4, 5, 6]).toContain(rule.weekday)
    expect(Number.isInteger(rule.startMinute) && rule.startMinute >= 0 && rule.startMinute <= 1440).toBe(true)
    const length = rule.durationMinutes
    if (length !== null) expect(length > 0 && length <= 24 * 60).toBe(true)
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

const megabytes = (text: string, count: number) => text.repeat(Math.ceil((count * 1e6) / text.length))
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const row = { slug: 'x', name: 'X', day: 1, time: '19:00', address: '1 A St, B, PA 19999, USA' }
const guide = (text: string) => `[${JSON.stringify(row)},${text}]`
const event = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Run', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join(
    '\r\n',
  )
const start = 'DTSTART;TZID=America/New_York:20260501T193000'
const header = ['Name', 'Day', 'Time', 'Address']
const line = ['X', 'Monday', '7:30 PM', '1 A St']

const bmltRow = JSON.stringify({
  id_bigint: '1',
  weekday_tinyint: '2',
  start_time: '19:00:00',
  meeting_name: 'X',
  venue_type: '1',
  location_street: '1 A St',
  location_municipality: 'Millbrook',
})

/** Each with whether something of it is kept, or the code of the refusal. */
const heavy: readonly (readonly [string, () => string | Uint8Array, string])[] = [
  [
    'a Meeting Guide text of 10 MB',
    () => guide(JSON.stringify({ ...row, notes: megabytes('a<b>&amp;', 10) })),
    'kept',
  ],
  [
    'a Meeting Guide name of 900 kB',
    () => guide(JSON.stringify({ ...row, name: megabytes('&lt;b ', 0.9) })),
    'kept',
  ],
  ['a slug of 900 kB', () => guide(JSON.stringify({ ...row, slug: megabytes('s', 0.9) })), 'kept'],
  ['a row 10,000 deep', () => guide(`{"slug":"y","name":${deep(10_000)}}`), 'kept'],
  ['a list a million deep', () => deep(1_000_000), 'wrong_format'],
  ['a million open brackets', () => '['.repeat(1_000_000), 'not_json'],
  ['a million open objects', () => '{"a":'.repeat(1_000_000), 'not_json'],
  ['a million empty rows', () => `[${'{},'.repeat(1_000_000)}{}]`, 'too_large'],
  ['150,000 rows that are none', () => guide('0,'.repeat(150_000).slice(0, -1)), 'kept'],
  [
    '20,000 rows of one slug',
    () => `[${`${JSON.stringify(row)},`.repeat(19_999)}${JSON.stringify(row)}]`,
    'kept',
  ],
  [
    'a number of a million digits',
    () => guide(`{"slug":"y","name":"Y","day":${'1'.repeat(900_000)}}`),
    'kept',
  ],
  ['a text of backslashes', () => guide(`{"slug":"y","name":"${'\\'.repeat(900_000)}"}`), 'kept'],
  ['100,000 keys in a row', () => guide(`{${'"k":1,'.repeat(100_000)}"slug":"y","name":"Y"}`), 'kept'],
  [
    'a BMLT text of 10 MB',
    () => `[${bmltRow},{"id_bigint":"2","weekday_tinyint":"2","comments":"${megabytes('a', 10)}"}]`,
    'kept',
  ],
  ['BMLT formats 10,000 deep', () => `{"meetings":[${bmltRow}],"formats":[${deep(10_000)}]}`, 'kept'],
  [
    'a cell of 10 MB',
    () => `${header.join(',')}\n${line.join(',')}\n"${megabytes('a,', 10)}",Monday,19:00,B`,
    'kept',
  ],
  [
    'a quote that is never closed',
    () => `${header.join(',')}\n${line.join(',')}\n"${megabytes('a,\n', 10)}`,
    'any',
  ],
  ['a million columns', () => `${header.join(',')}\n${','.repeat(1_000_000)}\n${line.join(',')}`, 'kept'],
  [
    '300,000 lines of one cell',
    () => `${header.join(',')}\n${'x\n'.repeat(300_000)}${line.join(',')}`,
    'any',
  ],
  ['quotes and nothing else', () => `${header.join(',')}\n${'"'.repeat(2_000_001)}`, 'any'],
  ['a rule for each second', () => event(start, 'RRULE:FREQ=SECONDLY'), 'any'],
  ['a rule that never ends or comes', () => event(start, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'any'],
  [
    'a rule with a billion dates',
    () => event(start, 'RRULE:FREQ=MINUTELY;COUNT=999999999;BYSECOND=0,1,2,3'),
    'any',
  ],
  [
    'a rule of all parts at once',
    () =>
      event(
        start,
        `RRULE:FREQ=SECONDLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join()};BYSETPOS=-1`,
      ),
    'any',
  ],
  [
    '100,000 excluded dates',
    () => event(start, 'RRULE:FREQ=DAILY', `EXDATE:${'20260501T193000,'.repeat(100_000)}20260502T193000`),
    'any',
  ],
  [
    '100,000 events in each other',
    () => ['BEGIN:VCALENDAR', ...Array<string>(100_000).fill('BEGIN:VEVENT'), 'END:VCALENDAR'].join('\r\n'),
    'any',
  ],
  [
    '20,000 overrides of one event',
    () =>
      event(start, 'RRULE:FREQ=DAILY').replace(
        'END:VCALENDAR',
        `${Array.from({ length: 20_000 }, () => 'BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260502T193000\r\nDTSTART:20260502T203000\r\nEND:VEVENT\r\n').join('')}END:VCALENDAR`,
      ),
    'any',
  ],
  ['a calendar line of 9 MB', () => event(start, `DESCRIPTION:${megabytes('a\\n', 9)}`), 'any'],
  ['a folded line of 9 MB', () => event(start, `DESCRIPTION:a${megabytes('\r\n b', 9)}`), 'any'],
  ['a date of the year 99999', () => event('DTSTART:999991231T000000Z', 'RRULE:FREQ=YEARLY'), 'any'],
  ['a workbook that unpacks to 100 MB', () => workbookOf(Buffer.alloc(100_000_000, 0x20), 1), 'too_large'],
  [
    'a sheet with entities of entities',
    () =>
      workbookOf(
        sheetXml([header, ['&lol9;', ...line.slice(1)], line], laughs).replaceAll('&amp;lol9;', '&lol9;'),
      ),
    'any',
  ],
  ['a sheet 100,000 deep', () => workbookOf(`<worksheet><sheetData>${'<row>'.repeat(100_000)}`), 'any'],
  [
    'a cell of 10 MB in a sheet',
    () => workbookOf(sheetXml([header, line, [megabytes('a&<b>', 10), ...line.slice(1)]])),
    'any',
  ],
  [
    'a sheet of a million empty cells',
    () => workbookOf(`<worksheet><sheetData><row>${'<c/>'.repeat(1_000_000)}</row></sheetData></worksheet>`),
    'any',
  ],
  [
    'a cell at the end of the widest sheet',
    () =>
      workbookOf(
        `<worksheet><sheetData><row r="999999999"><c r="ZZZZZZZ999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`,
      ),
    'any',
  ],
  [
    'a shared text that is not there',
    () =>
      workbookOf(
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99999999</v></c></row></sheetData></worksheet>',
      ),
    'any',
  ],
  ['a packed file', () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), 'wrong_encoding'],
]
const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level === 0 ? '' : level};`.repeat(10)}">`).join('')}]>`

describe('of feeds made to cost much', () => {
  test.each(heavy)('%s is answered within five seconds', (_what, make, expected) => {
    const content = make()
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const found = findingsOf(bytes)
    if (expected === 'any') return
    const reading = readFeed(bytes, settings)
    expect(reading.ok ? found : reading.code).toBe(expected)
  })
})
