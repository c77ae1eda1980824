import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { readAll } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'America/New_York' }
const utf8 = (text: string) => new TextEncoder().encode(text)
const feed =
  '[{"slug":"x","name":"Café Gruppe","day":1,"time":"19:00","formatted_address":"1 A St, B, PA 19999, USA"}]'
const bmlt = JSON.stringify([
  { id_bigint: '1', weekday_tinyint: '2', start_time: '19:00:00', meeting_name: 'X', venue_type: '1' },
])

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  return bigEndian ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes
}

describe('encodings', () => {
  test.each<[string, Uint8Array, string | null]>([
    ['UTF-8', utf8(feed), null],
    ['UTF-8 with a mark', utf8(`\ufeff${feed}`), null],
    ['UTF-16, little end first', utf16(feed, false), 'UTF-16'],
    ['UTF-16, big end first', utf16(feed, true), 'UTF-16'],
    ['UTF-16 without a mark', utf16(feed, false).subarray(2), 'UTF-16'],
    ['Windows-1252', new Uint8Array(Buffer.from(feed, 'latin1')), 'Windows-1252'],
  ])('%s is read', (_what, bytes, warning) => {
    const reading = readAll(bytes, settings)
    if (!reading.ok) throw new Error(reading.detail)
    expect(reading.value.meetings[0]?.name).toBe('Café Gruppe')
    const named = reading.value.warnings.map(({ reason }) => /UTF-16|Windows-1252/.exec(reason)?.[0])
    expect(named).toEqual(warning === null ? [] : [warning])
  })

  test('Windows-1252 means its own quotation marks, not control characters', () => {
    const bytes = new Uint8Array(Buffer.from(feed.replace('Café', '\u0093Caf\u00e9\u0094'), 'latin1'))
    const reading = readAll(bytes, settings)
    expect(reading.ok && reading.value.meetings[0]?.name).toBe('“Café” Gruppe')
  })

  test.each<[string, readonly number[], string]>([
    ['a workbook', [0x50, 0x4b, 3, 4, 20, 0], 'Excel'],
    ['a packed file', [0x1f, 0x8b, 8, 0], 'gzip'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 13, 10], 'picture'],
    ['no text', [0x7b, 0x22, 1, 2, 3, 0], 'not a text file'],
    ['damaged UTF-16', [0xff, 0xfe, 0x00, 0xd8, 0x5b, 0x00], 'damaged'],
  ])('%s is refused by name', (_what, bytes, words) => {
    const reading = readAll(new Uint8Array(bytes), settings)
    expect(reading).toMatchObject({
      ok: false,
      code: 'wrong_encoding',
      detail: expect.stringContaining(words),
    })
  })
})

describe('what a text is', () => {
  test.each<[string, string, string, string]>([
    ['nothing', '', 'empty', 'empty'],
    ['blanks', ' \n\t ', 'empty', 'empty'],
    ['a page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'html', 'web page'],
    ['a news feed', '<?xml version="1.0"?><rss></rss>', 'wrong_format', 'XML'],
    ['JSONP of another kind', 'mine([{"a":"1"}]);', 'wrong_format', 'JSONP'],
    ['JSONP that is cut off', '/**/mine([{"id_bigint":"1"}', 'wrong_format', 'JSONP'],
    [
      'a table without a header',
      'A;Monday;19:00;12 Mill St\nB;Friday;20:00;3 Elm St',
      'wrong_format',
      'header',
    ],
    ['prose', 'Dear friends, we meet on Monday.', 'wrong_format', 'no kind'],
  ])('%s is named', (_what, text, code, words) => {
    expect(readAll(utf8(text), settings)).toMatchObject({
      ok: false,
      code,
      detail: expect.stringContaining(words),
    })
  })

  test('a page that names its feed is answered with that address', () => {
    const page = `<html><head><link rel="stylesheet" href="a.css">
      <link rel='alternate' type='application/json' title='Meetings Feed' href='/wp-admin/admin-ajax.php?action=meetings&amp;key=1'></head></html>`
    const reading = readAll(utf8(page), settings)
    expect(reading).toMatchObject({ code: 'html' })
    expect(!reading.ok && reading.detail).toContain('/wp-admin/admin-ajax.php?action=meetings&key=1 ')
  })

  test('a page full of unfinished links is answered at once (SEC-10)', () => {
    const startedAt = performance.now()
    readAll(utf8(`<html>${'<link rel=alternate '.repeat(50_000)}`), settings)
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  test.each<[string, string, string]>([
    [
      'a calendar',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
      'ical',
    ],
    ['a BMLT answer', bmlt, 'bmlt'],
    ['a BMLT answer for a web page', `/**/mine(${bmlt});\n`, 'bmlt'],
    ['a NAWS export', 'Committee,CommitteeName,Day,Time,City\nG1,A,Monday,1930,B', 'naws'],
    ['a table', 'Name;Day;Time;Address\nA;Monday;19:00;1 A St', 'table'],
    ['a Meeting Guide feed', feed, 'meeting-guide'],
    ['one made by a BMLT server', feed.replace('"slug"', '"id":"7","slug"'), 'meeting-guide'],
  ])('%s is handed to its reader', (_what, text, format) => {
    expect(readAll(text, settings)).toMatchObject({ ok: true, value: { format, counts: { read: 1 } } })
  })
})

describe('broken JSON', () => {
  test.each<[string, string, string]>([
    [
      'the end is missing',
      '[{"slug":"x",\n"name":"X"',
      'stops in the middle: its JSON breaks off at line 2, column 11',
    ],
    ['a text is cut', '[{"slug":"x",\n"name":"X', 'stops in the middle'],
    ['a comma too many', '[{"slug":"x"},\n]', 'line 2, column 1'],
    [
      'two lists',
      '[{"slug":"x"}]\r\n\r\n[]',
      'more text after the end of the JSON, starting at line 3, column 1',
    ],
    ['one object a line', '{"slug":"x"}\n{"slug":"y"}', 'line 2, column 1'],
  ])('%s', (_what, text, words) => {
    expect(readAll(utf8(text), settings)).toMatchObject({
      ok: false,
      code: 'not_json',
      detail: expect.stringContaining(words),
    })
  })

  test('what stands there is not in the message', () => {
    const reading = readAll(utf8('[{"contact_1_name": Nobody N}]'), settings)
    expect(JSON.stringify(reading)).not.toContain('Nobody')
  })

  test('a hundred thousand open brackets do not throw', () => {
    expect(readAll(utf8('['.repeat(100_000)), settings).ok).toBe(false)
    expect(readAll(utf8('['.repeat(50_000) + ']'.repeat(50_000)), settings).ok).toBe(false)
  })
})

test('a file of more than 256 MiB is refused before it is looked at', () => {
  const bytes = new Uint8Array(256 * 1024 * 1024 + 1)
  expect(readAll(bytes, settings)).toMatchObject({ ok: false, code: 'too_large' })
})

test('50,000 rows are read in seconds, without a step that grows with their square', () => {
  const row = {
    name: 'X',
    day: [1, 3],
    time: '7:00 PM',
    types: ['O', 'ZZ'],
    notes: 'a &amp; b',
    odd: 1,
    timezone: 'no',
    formatted_address: '1 A St, B, PA 19999, USA',
  }
  const timeOf = (count: number) => {
    const bytes = utf8(
      JSON.stringify(
        Array.from({ length: count }, (_, index) => ({ ...row, slug: `s${index % (count / 2)}` })),
      ),
    )
    const startedAt = performance.now()
    const reading = readAll(bytes, { ...settings, fellowship: 'aa' })
    expect(reading.ok && reading.value.counts.shown).toBe(count)
    return performance.now() - startedAt
  }
  timeOf(1000)
  const [small, large] = [timeOf(5000), timeOf(50_000)]
  expect(large).toBeLessThan(Math.max(small, 200) * 40)
})

describe.skipIf(!hasSharedFeeds)('real files that are not feeds', () => {
  test.each([
    ['tsml/broken-not-json.txt', 'not_json', 'line 80'],
    ['ical/broken-html-signin.ics', 'html', 'sign-in page'],
  ])('%s: %s', (name, code, words) => {
    const reading = readAll(readFileSync(sharedFeed(name)), settings)
    expect(reading).toMatchObject({ ok: false, code, detail: expect.stringContaining(words) })
  })
})
