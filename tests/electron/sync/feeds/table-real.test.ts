import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'Europe/London' }
const template = 'tsml/template-2024.csv'
const dump = 'tsml/uk-england-aa-na-ca-2026-08.csv'

function read(name: string, more: Partial<ReaderSettings> = {}): WholeReading {
  const reading = readAll(readFileSync(sharedFeed(name)), { ...settings, ...more })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

/** The file's rows by a state machine of its own, character by character: the second opinion. */
function rowsByHand(name: string): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(sharedFeed(name), 'utf8').replace(/^\ufeff/, '')
  const lines: string[][] = [['']]
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    const line = lines.at(-1)!
    if (character === '"' && quoted && text.charAt(at + 1) === '"') {
      line.push(`${line.pop()}"`)
      at += 1
    } else if (character === '"') quoted = !quoted
    else if (quoted) line.push(`${line.pop()}${character}`)
    else if (character === ',') line.push('')
    else if (character === '\n') lines.push([''])
    else if (character !== '\r') line.push(`${line.pop()}${character}`)
  }
  const [header = [], ...rows] = lines.filter((line) => line.length > 1)
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])))
}

function tally(values: readonly (string | number | null | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const weekdays = ({ meetings }: WholeReading) =>
  tally(
    meetings.flatMap(({ rules }) =>
      rules.map((rule) => (rule.form === 'weekly' ? names[rule.weekday] : 'set')),
    ),
  )

describe.skipIf(!hasSharedFeeds)('the template of 12-step-meeting-list', () => {
  test('all 36 rows are shown, on the days that the file has', () => {
    const rows = rowsByHand(template)
    const reading = read(template, { fellowship: 'aa' })
    expect(rows).toHaveLength(36)
    expect(reading.counts).toEqual({ read: 36, shown: 36, byAppointment: 0, inactive: 0, refused: 0 })
    expect(weekdays(reading)).toEqual(tally(rows.map((row) => row['Day'])))
    expect(reading.meetings.map(({ key }) => key)).toEqual(rows.map((row) => row['Slug']))
    expect(reading.meetings.every(({ rules }) => rules[0]?.zone === 'America/Los_Angeles')).toBe(true)
  })

  test('labels become codes of AA, and what they say of openness and ramps', () => {
    const rows = rowsByHand(template)
    const { meetings, warnings } = read(template, { fellowship: 'aa' })
    const having = (label: string) => rows.filter((row) => row['Types']?.split(', ').includes(label)).length
    expect(meetings.filter(({ openness }) => openness === 'open')).toHaveLength(having('Open'))
    expect(meetings.filter(({ openness }) => openness === 'closed')).toHaveLength(having('Closed'))
    expect(meetings.filter(({ wheelchair }) => wheelchair === true)).toHaveLength(having('Wheelchair Access'))
    expect(having('Temporary Closure')).toBe(1)
    expect(meetings.filter(({ attendance }) => attendance === 'online')).toHaveLength(1)
    // What the plugin calls "Step Study" today.
    expect(having('Step Meeting')).toBe(2)
    expect(warnings).toEqual([
      { where: 'feed', reason: expect.stringContaining('unknown-type: The type "Step Meeting" in 2 rows') },
    ])
  })

  test('persons and handles of the sheet are nowhere in the reading', () => {
    const text = JSON.stringify(read(template).meetings)
    for (const row of rowsByHand(template)) {
      for (const column of ['Venmo', 'Email', 'Contact 1 Name', 'Contact 1 Email', 'Contact 1 Phone']) {
        if (row[column]) expect(text).not.toContain(row[column])
      }
    }
  })
})

describe.skipIf(!hasSharedFeeds)('the dump of England: three fellowships in one file', () => {
  const rows = hasSharedFeeds ? rowsByHand(dump) : []
  const reading = hasSharedFeeds ? read(dump) : null!
  test('all 5,323 rows are shown, none is refused, each with the key of its row', () => {
    expect(rows).toHaveLength(5323)
    expect(reading.counts).toEqual({ read: 5323, shown: 5323, byAppointment: 0, inactive: 0, refused: 0 })
    expect(reading.refused).toEqual([])
    expect(reading.meetings.map(({ key }) => key)).toEqual(rows.map((row) => row['Guid']))
    expect(weekdays(reading)).toEqual(tally(rows.map((row) => row['Day'])))
  })

  test('the fellowship is that of the row', () => {
    const { meetings } = reading
    expect(tally(meetings.map(({ fellowship }) => fellowship))).toEqual({ aa: 3463, na: 1154, ca: 706 })
    expect(meetings.map(({ fellowship }) => fellowship.toUpperCase())).toEqual(
      rows.map((row) => row['MeetingTypeNamespace']),
    )
  })

  test('start, length, point, ramp and openness of every row', () => {
    const { meetings } = reading
    const minutesOf: Readonly<Record<string, number>> = {
      '1hr 30mins': 90,
      '1hr': 60,
      '1hr 15mins': 75,
      '2hr': 120,
      '2hrs': 120,
      '1hr 45mins': 105,
      '0hr 45mins': 45,
      '45mins': 45,
      '1hr 10mins': 70,
      '1hr 20mins': 80,
      '1hr 40mins': 100,
      '1hr 25mins': 85,
      '0hr 50mins': 50,
      '0hr 48mins': 48,
      '1hr 32mins': 92,
    }
    for (const [index, row] of rows.entries()) {
      const [hour, minute] = (row['Time'] ?? '').split(':').map(Number)
      const expected = {
        name: row['Title']?.trim().replace(/ +/g, ' '),
        attendance: 'in_person',
        wheelchair: row['Wheelchair'] === 'True' ? true : null,
        openness:
          row['Open'] === 'True'
            ? 'open'
            : /closed|only/.test(row['OpenFormat'] ?? '')
              ? 'closed'
              : 'unknown',
        place: { latitude: Number(row['Latitude']), longitude: Number(row['Longitude']), approximate: false },
        rules: [
          {
            startMinute: (hour ?? 0) * 60 + (minute ?? 0),
            durationMinutes: minutesOf[row['Duration']?.trim() ?? ''] ?? null,
          },
        ],
      }
      expect(meetings[index]).toMatchObject(expected)
    }
  })

  test('four lengths are typing errors, each named with its row and line', () => {
    const wrong = rows.flatMap((row, index) =>
      ['0hr 5mins', '-11hr'].includes(row['Duration']?.trim() ?? '') ? [index + 2] : [],
    )
    const { warnings } = reading
    const lengths = warnings.filter(({ reason }) => reason.startsWith('bad-length'))
    expect(wrong).toHaveLength(4)
    expect(lengths.map(({ where }) => Number(/^row (\d+), line \d+/.exec(where)?.[1]))).toEqual(wrong)
    // The line in the file: the row begins with its id there.
    const lines = readFileSync(sharedFeed(dump), 'utf8').split(/\r\n|\n/)
    for (const { where } of lengths) {
      const [, line, id] = /line (\d+) \((.+)\)/.exec(where) ?? []
      expect(lines[Number(line) - 1]?.startsWith(`${id},`)).toBe(true)
    }
  })

  test('all other remarks are types that no list of the fellowship has', () => {
    const { warnings } = reading
    const codes = tally(warnings.map(({ reason }) => reason.split(':', 1)[0]))
    expect(Object.keys(codes).toSorted()).toEqual(['bad-length', 'unknown-type'])
  })

  test('a feed that staff say is of one fellowship is read as that', () => {
    expect(tally(read(dump, { fellowship: 'aa' }).meetings.map(({ fellowship }) => fellowship))).toEqual({
      aa: 5323,
    })
  })
})
