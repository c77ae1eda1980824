import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { opennessOn } from '../../../../electron/domain/openness.ts'
import { occurrencesOf } from '../../../../electron/domain/occurrences.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

type Json = Readonly<Record<string, string>>

const textOf = (name: string): string => readFileSync(sharedFeed(`bmlt/${name}`), 'utf8')

/** The rows of a file without anything of the reader: what stands inside of the call, and inside of `meetings`. */
function rowsOf(name: string): readonly Json[] {
  const text = textOf(name)
  const json: unknown = JSON.parse(
    name.endsWith('.txt') ? text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')) : text,
  )
  return (Array.isArray(json) ? json : (json as { meetings: unknown[] }).meetings) as readonly Json[]
}

function read(content: string, zone = 'America/New_York'): WholeReading {
  const reading = readAll(content, { kind: 'peer', fellowship: null, zone })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

function tally(values: readonly (string | number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

const weekdaysOf = ({ meetings }: WholeReading): Record<string, number> =>
  tally(
    meetings.flatMap(({ rules }) => rules.map((rule) => (rule.form === 'weekly' ? rule.weekday : undefined))),
  )

/** As an answer with `get_used_formats=1` has them: the two answers of one server in one. */
function berlin(): WholeReading {
  const formats = ['german-formats-en.json', 'german-formats-de.json'].flatMap(
    (name) => JSON.parse(textOf(name)) as Json[],
  )
  return read(JSON.stringify({ meetings: rowsOf('berlin-search-results.json'), formats }), 'Europe/Berlin')
}

describe.skipIf(!hasSharedFeeds)('real BMLT answers', () => {
  test.each([
    ['berlin-search-results.json', 108],
    ['ny-meeting-search-42.867970-day2.json', 53],
    ['ny-meeting-search-42.867970-day3.json', 54],
    ['mid-hudson-search-results.jsonp.txt', 54],
    ['ny-upstate-search-results.derived.json', 650],
  ])(
    '%s: every row is shown or refused with its reason, and every day and time is the feed’s',
    (name, count) => {
      const rows = rowsOf(name)
      const reading = read(textOf(name))
      const { counts, meetings, refused } = reading
      const published = rows.filter((row) => row['published'] === undefined || row['published'] === '1')

      expect(rows.length).toBe(count)
      expect(counts).toEqual({
        read: count,
        shown: published.length,
        byAppointment: 0,
        inactive: 0,
        refused: count - published.length,
      })
      expect(refused.length).toBe(counts.refused)
      expect(meetings.map(({ key }) => key)).toEqual(published.map((row) => row['id_bigint']))
      expect(weekdaysOf(reading)).toEqual(tally(published.map((row) => Number(row['weekday_tinyint']) - 1)))
      for (const [index, row] of published.entries()) {
        const [rule] = meetings[index]?.rules ?? []
        const [hour, minute] = (row['start_time'] ?? '').split(':').map(Number)
        expect(rule?.form === 'weekly' && rule.startMinute).toBe((hour ?? 0) * 60 + (minute ?? 0))
      }
      expect(meetings.every(({ fellowship, audience }) => fellowship === 'na' && audience === 'self')).toBe(
        true,
      )
    },
  )

  test('Berlin: seven weekdays, 85 in person and 23 online, none of them in California', () => {
    const reading = read(textOf('berlin-search-results.json'), 'Europe/Berlin')
    expect(weekdaysOf(reading)).toEqual({ 0: 18, 1: 15, 2: 13, 3: 18, 4: 17, 5: 17, 6: 10 })
    expect(tally(reading.meetings.map(({ attendance }) => attendance))).toEqual({ in_person: 85, online: 23 })
    for (const { place, attendance, onlineUrl } of reading.meetings) {
      expect((place?.longitude ?? 13) > 0).toBe(true)
      expect(attendance === 'online' ? [place, onlineUrl?.startsWith('https://')] : [null, true]).toEqual([
        null,
        true,
      ])
    }
  })

  test('the answer without formats says so, and decodes no letter of the server', () => {
    const { meetings, warnings } = read(textOf('berlin-search-results.json'), 'Europe/Berlin')
    expect(warnings.filter(({ reason }) => reason.startsWith('no-formats:'))).toHaveLength(1)
    expect(meetings.every(({ openness }) => openness === 'unknown')).toBe(true)
    expect(meetings.flatMap(({ types }) => types).every(({ label }) => label === null)).toBe(true)
  })

  test('Berlin with its formats: open by week of the month, as an independent count over two weeks says', () => {
    const formats = JSON.parse(textOf('german-formats-en.json')) as Json[]
    const openFormats = new Map(
      formats
        .filter((format) => (format['format_type_enum'] ?? '').startsWith('O-'))
        .map((format) => [format['id'] ?? '', (format['format_type_enum'] ?? '').slice(2)]),
    )
    const isOpen = (row: Json, week: string): boolean =>
      (row['format_shared_id_list'] ?? '')
        .split(',')
        .some((id) => ['*', week].includes(openFormats.get(id) ?? ''))
    const rows = rowsOf('berlin-search-results.json')
    const meetings = new Map(berlin().meetings.map((meeting) => [meeting.key, meeting]))

    // 2026-06-01 is a Monday: the first seven days are week 1 of every weekday, the next seven week 2.
    const openIn = (from: string): readonly string[] =>
      [...meetings.values()]
        .filter(({ rules, openness, openWeeks }) => {
          const { dated } = occurrencesOf(rules, { zone: 'Europe/Berlin', from, days: 7 })
          expect(dated).toHaveLength(1)
          return opennessOn(openness, openWeeks ?? null, dated[0]?.slot.slice(0, 10) ?? '').startsWith('open')
        })
        .map(({ key }) => key)

    const first = openIn('2026-06-01')
    const second = openIn('2026-06-08')
    expect(first).toEqual(rows.filter((row) => isOpen(row, '1')).map((row) => row['id_bigint']))
    expect(second).toEqual(rows.filter((row) => isOpen(row, '2')).map((row) => row['id_bigint']))
    expect([first.length, second.length]).toEqual([30, 23])
    const onlyFirst = meetings.get(
      rows.find((row) => row['format_shared_id_list']?.startsWith('3,'))?.['id_bigint'] ?? '',
    )
    expect(onlyFirst).toMatchObject({ openness: 'open_this_week', openWeeks: [1] })
  })

  test('Berlin with its formats: languages, wheelchair and speaker weeks by their world ids and scopes', () => {
    const rows = rowsOf('berlin-search-results.json')
    const has = (id: string) =>
      rows.filter((row) => (row['format_shared_id_list'] ?? '').split(',').includes(id))
    const { meetings } = berlin()
    const inPerson = new Set(rows.filter((row) => row['venue_type'] === '1').map((row) => row['id_bigint']))
    expect(tally(meetings.flatMap(({ languages }) => languages))).toEqual({
      ru: has('109').length,
      en: has('107').length,
      fa: has('108').length,
      de: has('125').length,
      fr: has('211').length,
      pl: has('208').length,
      es: has('232').length,
      uk: has('230').length,
    })
    expect(meetings.filter(({ wheelchair }) => wheelchair === true).length).toBe(
      has('33').filter((row) => inPerson.has(row['id_bigint'])).length,
    )
    const speakers = meetings.filter(({ types }) => types.some(({ code }) => code === 'Sp1'))
    expect(speakers.length).toBe(has('126').length)
    expect(speakers[0]?.types.find(({ code }) => code === 'Sp1')).toEqual({
      code: 'Sp1',
      label: 'Week 1: Speaker',
      weeks: [1],
    })
    // Its world id is that of questions and answers, but its words say "last week" only.
    const lastWeek = meetings.find(({ key }) => key === has('122')[0]?.['id_bigint'])
    expect(lastWeek?.notes).toContain('Last week of the month')
    const institute = meetings.find(({ key }) => key === has('105')[0]?.['id_bigint'])
    expect(institute?.notes?.split('\n')[0]).toBe(
      'Institute: Meeting in an institution that requires visitors be clean',
    )
  })

  test('separators of old servers, captions and HTML do not reach a visitor; contacts are not kept', () => {
    const text = JSON.stringify(berlin().meetings)
    expect(text).not.toContain('#@-@#')
    expect(text).not.toContain('Erweiterung zum Format')
    expect(text).not.toContain('<br>')
  })

  test('formats inside the answer are joined by their keys where rows have no ids', () => {
    const rows = rowsOf('ny-meeting-search-42.867970-day2.json')
    const { meetings, warnings } = read(textOf('ny-meeting-search-42.867970-day2.json'))
    const has = (key: string) => rows.filter((row) => (row['formats'] ?? '').split(',').includes(key)).length
    expect(tally(meetings.map(({ openness }) => openness))).toEqual({
      open: has('O'),
      unknown: rows.length - has('O'),
    })
    expect(meetings.filter(({ wheelchair }) => wheelchair === true).length).toBe(has('WC'))
    expect(warnings).toEqual([])
  })

  test('an aggregator’s servers number for themselves: the root is part of who a meeting is, the key is not', () => {
    const { meetings } = read(textOf('mid-hudson-search-results.jsonp.txt'))
    const published = rowsOf('mid-hudson-search-results.jsonp.txt').filter((row) => row['published'] === '1')
    const roots: Readonly<Record<string, string>> = {
      'https://na.org.au/main_server': 'na.org.au/main_server',
      'http://bmlt3x:8001/main_server': 'bmlt3x:8001/main_server',
      'http:': '',
    }
    expect(meetings.map(({ part }) => part)).toEqual(
      published.map((row) => roots[row['root_server_uri'] ?? '']),
    )
    expect(meetings.every(({ key }) => /^\d+$/.test(key))).toBe(true)
  })

  test('an empty answer is refused, and says what to check', () => {
    const reading = readAll(textOf('ny-meeting-search-0-0.json'), {
      kind: 'peer',
      fellowship: null,
      zone: 'UTC',
    })
    expect(reading).toMatchObject({ ok: false, code: 'empty' })
    expect(reading.ok ? '' : reading.detail).toMatch(/circle or the service bodies/)
  })

  test.each([
    ['german-formats-en.json', /formats of a BMLT server without any meetings/],
    ['german-formats-de.json', /formats of a BMLT server without any meetings/],
    ['berlin-formats-de.json', /formats of a BMLT server without any meetings/],
    ['ny-formats.json', /formats of a BMLT server without any meetings/],
    ['ny-service-bodies.json', /service bodies of a BMLT server/],
    ['ny-server-info.json', /what a BMLT server says of itself/],
  ])('%s is refused as a whole, with what to ask the server for instead', (name, sentence) => {
    const reading = readAll(textOf(name), { kind: 'peer', fellowship: null, zone: 'UTC' })
    expect(reading).toMatchObject({ ok: false, code: 'wrong_format' })
    expect(reading.ok ? '' : reading.detail).toMatch(sentence)
    expect(reading.ok ? '' : reading.detail).toMatch(/address of the server itself/)
  })

  test('the list of public servers is no list of meetings', () => {
    const reading = readAll(textOf('root-servers.json'), { kind: 'peer', fellowship: null, zone: 'UTC' })
    expect(reading).toMatchObject({ ok: false, code: 'wrong_format' })
  })
})
