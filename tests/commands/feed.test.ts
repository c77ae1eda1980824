import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBmltServer } from '../support/bmlt-server.ts'
import { hasSharedFeeds, sharedFeed } from '../support/shared-feeds.ts'
import { parseFeedArguments } from './feed/arguments.ts'
import type { FeedReport } from './feed/report.ts'

const root = resolve(import.meta.dirname, '../..')
const fixture = resolve(root, 'tests/support/feeds/meeting-guide.json')
const folder = mkdtempSync(join(tmpdir(), 'open-chair-feed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

function feed(
  words: readonly string[],
  env: Record<string, string> = {},
  closeAfter = Infinity,
): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['tests/commands/feed.ts', ...words], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      stdout += piece
      if (stdout.length > closeAfter) child.stdout.destroy()
    })
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece))
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

async function report(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<FeedReport & { code: number | null }> {
  const { code, stdout } = await feed(['--json', ...words], env)
  return { ...(JSON.parse(stdout) as FeedReport), code }
}

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Enough for a report of megabytes. */
const longList = Array.from({ length: 400 }, (_, index) => ({
  slug: `s${index}`,
  name: 'Long Report',
  day: [0, 1, 2, 3, 4, 5, 6],
  time: '9:00',
  formatted_address: '1 A St, B, PA 19999, USA',
}))
const week = ['--zone', 'America/New_York', '--from', '2026-11-22', '--days', '7']

describe('npm run feed', () => {
  test('--json prints the stable report and nothing else', async () => {
    const { code, stdout, stderr } = await feed([fixture, '--json', '--fellowship=aa', ...week])
    const result = JSON.parse(stdout) as FeedReport
    expect(code).toBe(0)
    expect(Object.keys(result)).toEqual(['format', 'counts', 'refused', 'warnings', 'occurrences'])
    expect(result.format).toBe('meeting-guide')
    expect(result.counts).toEqual({ read: 17, shown: 7, byAppointment: 4, inactive: 2, refused: 4 })
    expect(result.refused).toHaveLength(4)
    expect(result.occurrences).toEqual([
      {
        key: 'twin',
        name: 'Twin',
        startsAt: '2026-11-22T13:00:00.000Z',
        endsAt: '2026-11-22T14:00:00.000Z',
        status: 'scheduled',
      },
      {
        key: 'lantern-street-monday',
        name: 'Lantern Street Group',
        startsAt: '2026-11-24T00:00:00.000Z',
        endsAt: '2026-11-24T01:15:00.000Z',
        status: 'scheduled',
      },
      {
        key: '42',
        name: 'Two Evenings',
        startsAt: '2026-11-24T23:30:00.000Z',
        endsAt: '2026-11-25T00:30:00.000Z',
        status: 'scheduled',
      },
      {
        key: '77',
        name: 'Named by Group',
        startsAt: '2026-11-25T05:00:00.000Z',
        endsAt: '2026-11-25T05:45:00.000Z',
        status: 'scheduled',
      },
      {
        key: '42',
        name: 'Two Evenings',
        startsAt: '2026-11-26T23:30:00.000Z',
        endsAt: '2026-11-27T00:30:00.000Z',
        status: 'scheduled',
      },
      {
        key: 'late-online',
        name: 'Late Online',
        startsAt: '2026-11-28T04:30:00.000Z',
        endsAt: '2026-11-28T06:00:00.000Z',
        status: 'scheduled',
      },
      {
        key: 'twin',
        name: 'Twin',
        startsAt: '2026-11-28T13:00:00.000Z',
        endsAt: '2026-11-28T14:00:00.000Z',
        status: 'scheduled',
      },
      {
        key: 'hybrid-noon',
        name: 'Noon Hybrid',
        startsAt: '2026-11-28T17:00:00.000Z',
        endsAt: '2026-11-28T18:00:00.000Z',
        status: 'scheduled',
      },
    ])
    expect(stderr).toContain('Reading')
  })

  test('the zone of the machine changes nothing when one is given', async () => {
    const [here, there] = await Promise.all([
      report([fixture, ...week], { TZ: 'America/New_York' }),
      report([...week, fixture], { TZ: 'Pacific/Auckland' }),
    ])
    expect(there).toEqual(here)
  })

  test('without dates asked for there are none, and without --zone it says which is used', async () => {
    const { code, stdout, stderr } = await feed(['--json', fixture], { TZ: 'Europe/Berlin' })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).not.toHaveProperty('occurrences')
    expect(stderr).toContain('Europe/Berlin')
  })

  test('for people it says in words what the feed is, what to mend and what comes next', async () => {
    const { code, stdout } = await feed([fixture, ...week])
    expect(code).toBe(0)
    expect(stdout).toContain('This is a Meeting Guide feed with 17 rows.')
    expect(stdout).toContain('7 can be shown')
    expect(stdout).toContain('row 14 (secret): private: the feed marks this row as private.')
    expect(stdout).toContain('8 dates from 2026-11-22 in 7 days (America/New_York)')
    expect(stdout).toContain('Mon, Nov 23, 7:00 PM  Lantern Street Group')
  })

  test('of a spreadsheet it names row and column, what can be mended there before what is true of all of it', async () => {
    const path = write(
      'clubs.csv',
      'Name,Day,Start,Place,Shoe size\nGarden Club,Tuesday,5:30 PM,Riverside,44\nOak Walk,Funday,9:00,Park,\nYoga,Friday,9:00,Hall\nChess,Friday,9:00,Hall,\n',
    )
    const { code, stdout } = await feed([path, ...week])
    expect(code).toBe(0)
    expect(stdout).toContain('This is a spreadsheet with 4 rows.')
    expect(stdout).toContain(
      'Refused (2):\n  row 3 (Oak Walk): bad-day: column Day: "Funday" is no day; write Monday, Tuesday ... Sunday.\n  row 4: wrong-width: the row has 4 cells, the header has 5.',
    )
    expect(stdout).toContain('To mend (1):\n  unknown-column: The column "Shoe size" is not known here')
    expect(stdout).toContain('Tue, Nov 24, 5:30 PM  Garden Club')
  })

  test.each([
    ['no file', 'absent.json', 'file_not_found'],
    ['nothing', write('empty.json', ''), 'empty'],
    ['half a file', write('half.json', '[{"slug":"x"'), 'not_json'],
    ['an address of another kind', 'ftp://example.org/feed.json', 'address_not_allowed'],
  ])('%s cannot be read: no format, all zeros, one reason, exit 1', async (_what, source, reason) => {
    const result = await report([source, ...week])
    expect(result).toMatchObject({
      code: 1,
      format: null,
      counts: { read: 0, shown: 0, byAppointment: 0, inactive: 0, refused: 0 },
      refused: [{ where: 'feed', reason: expect.stringMatching(`^${reason}: .+`) }],
      warnings: [],
      occurrences: [],
    })
  })

  test('a source refused as a whole is one entry, all of its rows refused, exit 1', async () => {
    const path = write(
      'seven.json',
      JSON.stringify([1, 2, 7].map((day) => ({ slug: `s${day}`, name: 'X', day, time: '9:00' }))),
    )
    expect(await report([path])).toMatchObject({
      code: 1,
      format: 'meeting-guide',
      counts: { read: 3, shown: 0, byAppointment: 0, inactive: 0, refused: 3 },
      refused: [{ where: 'feed' }],
    })
  })

  test('only inactive meetings are nothing usable', async () => {
    const path = write(
      'inactive.json',
      JSON.stringify([{ slug: 'x', name: 'X', day: 1, time: '9:00', city: 'Y' }]),
    )
    expect(await report([path])).toMatchObject({ code: 1, counts: { read: 1, inactive: 1 } })
  })

  test('a cancelled date and an all-day event of a calendar', async () => {
    const path = write(
      'club.ics',
      [
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        'UID:run',
        'SUMMARY:Run',
        'DTSTART;TZID=America/New_York:20261123T180000',
        'DTEND;TZID=America/New_York:20261123T190000',
        'STATUS:CANCELLED',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:fair',
        'SUMMARY:Fair',
        'DTSTART;VALUE=DATE:20261124',
        'DTEND;VALUE=DATE:20261126',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    )
    expect(await report([path, ...week])).toMatchObject({
      code: 0,
      format: 'ical',
      occurrences: [
        {
          key: 'run',
          startsAt: '2026-11-23T23:00:00.000Z',
          endsAt: '2026-11-24T00:00:00.000Z',
          status: 'cancelled',
        },
        { key: 'fair', startsAt: '2026-11-24', endsAt: '2026-11-26', status: 'scheduled' },
      ],
    })
  })

  test('a report of megabytes reaches a pipe whole', async () => {
    const result = await report([
      write('long.json', JSON.stringify(longList)),
      '--zone=UTC',
      '--from=2026-01-01',
      '--days=60',
    ])
    expect(result.occurrences).toHaveLength(400 * 60)
  })

  test('a reader that closes the pipe early is no failure', async () => {
    const path = write('closed.json', JSON.stringify(longList))
    const { code, stderr } = await feed([path, '--json', '--from=2026-01-01', '--days=60'], {}, 1000)
    expect(code).toBe(0)
    expect(stderr).not.toContain('EPIPE')
  })

  test('a relative path is meant from where the command was typed', async () => {
    write('near.json', readFileSync(fixture, 'utf8'))
    expect((await report(['near.json'], { INIT_CWD: folder })).counts.read).toBe(17)
  })

  test('wrong arguments exit with 2 and the usage on standard error', async () => {
    const { code, stdout, stderr } = await feed([fixture, '--json', '--zone', 'Nowhere'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('--zone is the name of a time zone')
    expect(stderr).toContain('Usage: npm run -s feed')
  })

  test('--help is no error', async () => {
    expect(await feed(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') })
  })
})

describe('an address', () => {
  const server = createServer((request, response) => {
    if (request.url === '/feed.json') response.end(readFileSync(fixture))
    else response.writeHead(404).end('gone')
  })
  const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
  afterAll(() => server.close())

  test('on this machine is fetched and read', async () => {
    expect(await report([address('/feed.json')])).toMatchObject({
      code: 0,
      format: 'meeting-guide',
      counts: { read: 17 },
    })
  })

  test('of a BMLT server is asked for its meetings and formats', async () => {
    const meeting = {
      id_bigint: '1',
      weekday_tinyint: '2',
      start_time: '19:00:00',
      venue_type: '1',
      meeting_name: 'Lake Street',
      location_street: '12 Lake Street',
    }
    const server = await openBmltServer({ search: JSON.stringify([meeting]) })
    const result = await report([`${server.root}index.php`, ...week])
    await server.close()
    expect(result).toMatchObject({ code: 0, format: 'bmlt', counts: { read: 1, shown: 1 } })
    expect(result.occurrences).toMatchObject([{ key: '1', startsAt: '2026-11-24T00:00:00.000Z' }])
    expect(server.asked[0]).toContain('switcher=GetSearchResults&get_used_formats=1')
  })

  test('that has no feed is said', async () => {
    const result = await report([address('/gone')])
    expect(result).toMatchObject({ code: 1, format: null })
    expect(result.refused[0]?.reason).toMatch(/^not_found: /)
  })
})

describe('the arguments', () => {
  test('stand in any order and either form', () => {
    const words = [
      '--from=2026-11-24',
      'x.json',
      '--days',
      '2',
      '--json',
      '--zone',
      'america/chicago',
      '--fellowship',
      'NA',
    ]
    expect(parseFeedArguments(words, 'UTC')).toEqual({
      ok: true,
      value: {
        source: 'x.json',
        json: true,
        fellowship: 'na',
        zone: 'America/Chicago',
        zoneGiven: true,
        dates: { from: '2026-11-24', days: 2 },
      },
    })
  })

  test.each([
    [[]],
    [['a.json', 'b.json']],
    [['a.json', '--nonsense']],
    [['a.json', '--zone']],
    [['a.json', '--zone', 'Nowhere']],
    [['a.json', '--from', '2026-11-24']],
    [['a.json', '--json', '--from', '2026-02-30', '--days', '1']],
    [['a.json', '--from', '2026-11-24', '--days', '401']],
    [['a.json', '--fellowship', 'nobody']],
  ])('%j are wrong', (words) => {
    const parsed = parseFeedArguments(words, 'UTC')
    expect(parsed).toMatchObject({ ok: false, code: 'usage' })
    expect(!parsed.ok && parsed.detail).not.toBe('')
  })

  test('a fellowship may be one that only has type codes', () => {
    expect(parseFeedArguments(['x.json', '--fellowship', 'eda'], 'UTC')).toMatchObject({
      value: { fellowship: 'eda' },
    })
  })
})

/** Dates of weekly rows by nothing but the language's own calendar, in a zone without summer time. */
function expectedDates(rows: readonly Record<string, unknown>[], from: string, days: number): string[] {
  return rows
    .flatMap((row) => {
      const [hour = 0, minute = 0] = String(row['time']).split(':').map(Number)
      return Array.from(
        { length: days },
        (_, day) => new Date(`${from}T00:00:00Z`).getTime() + day * 86_400_000,
      )
        .filter((at) => new Date(at).getUTCDay() === Number(row['day']))
        .map((at) => `${new Date(at + (hour * 60 + minute) * 60_000).toISOString()} ${String(row['slug'])}`)
    })
    .sort()
}

describe.skipIf(!hasSharedFeeds)('real feeds', () => {
  test('the dates of a whole feed equal a computation of its own', async () => {
    const path = sharedFeed('tsml/aa-san-jose-2018-07.json')
    const result = await report([
      path,
      '--fellowship',
      'aa',
      '--zone',
      'UTC',
      '--from',
      '2026-11-24',
      '--days',
      '30',
    ])
    expect(result.counts).toEqual({ read: 568, shown: 568, byAppointment: 0, inactive: 0, refused: 0 })
    const rows = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>[]
    const found = (result.occurrences ?? []).map(({ startsAt, key }) => `${startsAt} ${key}`)
    expect(found).toEqual(expectedDates(rows, '2026-11-24', 30))
  })
})
