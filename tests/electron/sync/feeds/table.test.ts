import { describe, expect, test } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'America/New_York' }

function read(content: string | Uint8Array, more: Partial<ReaderSettings> = {}): WholeReading {
  const reading = readAll(content, { ...settings, ...more })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  expect(reading.value.format).toBe('table')
  const { read: rows, shown, byAppointment, inactive, refused } = reading.value.counts
  expect(shown + byAppointment + inactive + refused).toBe(rows)
  return reading.value
}

const remarks = ({ refused, warnings }: WholeReading) =>
  [...refused, ...warnings].map(({ where, reason }) => `${where}: ${reason}`)

/** Our own columns with a row of values by header. */
function ours(...rows: readonly Readonly<Record<string, string>>[]): string {
  const headers = ['Name', 'Start', 'Place', ...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = [...new Set(headers)]
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map(line).join('\n')
}

const club = { Name: 'Garden Club', Day: 'Tuesday', Start: '5:30 PM', Place: 'Riverside Garden' }

describe('what a table is', () => {
  const row = 'Lantern,Monday,19:00,"1 A St, B, PA 19999, USA"'
  test.each<[string, string | Uint8Array]>([
    ['commas', `Name,Day,Time,Address\n${row}`],
    ['semicolons', `Name;Day;Time;Address\n${row.replaceAll(/,(?! )/g, ';')}`],
    ['tabs', `Name\tDay\tTime\tAddress\n${row.replaceAll(/,(?! )/g, '\t')}`],
    ['pipes', `Name|Day|Time|Address\n${row.replaceAll(/,(?! )/g, '|')}`],
    ['lines of an old Mac', `Name,Day,Time,Address\r${row}\r`],
    ['a byte-order mark', `\ufeffName,Day,Time,Address\n${row}`],
    [
      'other columns and their order',
      `x,TIME,name , DAY,full_address\n,19:00,Lantern,monday,"1 A St, B, PA 19999, USA"`,
    ],
    ['a title above the header', `Meetings of our county\n\nName,Day,Time,Address\n${row}`],
    ['a line for Excel above it', `sep=;\nName;Day;Time;Address\n${row.replaceAll(/,(?! )/g, ';')}`],
    [
      'Excel’s "Unicode text"',
      Buffer.from(`\ufeffName\tDay\tTime\tAddress\r\n${row.replaceAll(/,(?! )/g, '\t')}`, 'utf16le'),
    ],
  ])('%s', (_what, content) => {
    const { counts, meetings } = read(content)
    expect(counts).toMatchObject({ read: 1, shown: 1 })
    expect(meetings[0]).toMatchObject({
      name: 'Lantern',
      place: { street: '1 A St', city: 'B', region: 'PA', postalCode: '19999' },
      rules: [{ weekday: 1, startMinute: 1140, zone: 'America/New_York' }],
    })
  })

  test('Windows-1252 with its accents, and a warning', () => {
    const bytes = Buffer.from('Nombre;Día;Inicio;Lugar\nCaminata;miércoles;18:00;Café José\n', 'latin1')
    const { meetings, warnings } = read(bytes, { kind: 'club' })
    expect(meetings[0]).toMatchObject({
      place: { name: 'Café José' },
      rules: [{ weekday: 3, startMinute: 1080 }],
    })
    expect(warnings.map(({ reason }) => reason)).toEqual([expect.stringContaining('Windows-1252')])
  })

  test.each([
    ['a header alone', 'Name,Day,Time,Address\n', 'empty'],
    ['a list of people', 'First,Last,Email\nA,B,c@example.org\n', 'wrong_format'],
    ['no header', 'Lantern,Monday,19:00\nOak,Friday,9:00\n', 'wrong_format'],
  ])('%s is refused as a whole', (_what, text, code) => {
    expect(readAll(text, settings)).toMatchObject({ ok: false, code, detail: expect.stringMatching(/\.$/) })
  })

  test('a table whose days run to 7 is refused as a whole: every day could be wrong', () => {
    const { problem, counts, meetings, refused } = read('name,day,time\nA,1,9:00\nB,7,9:00\nC,3,9:00\n')
    expect({ problem, counts, meetings }).toEqual({
      problem: 'wrong_day_scheme',
      counts: { read: 3, shown: 0, byAppointment: 0, inactive: 0, refused: 3 },
      meetings: [],
    })
    expect(refused).toEqual([{ where: 'feed', reason: expect.stringContaining('row 3 (B)') }])
  })
})

describe('rows', () => {
  test('each has its number as the spreadsheet shows it, and its line where they differ', () => {
    const text =
      'Name,Day,Time,Address,Notes\nA,Funday,9:00,1 A St,"two\nlines"\n\n,,,,\nB,Monday,25:00,1 A St,x\nC,Monday\n'
    const { counts, refused, warnings } = read(text)
    expect(counts).toEqual({ read: 4, shown: 0, byAppointment: 2, inactive: 0, refused: 2 })
    expect(refused).toEqual([
      { where: 'row 4, line 5', reason: expect.stringContaining('empty-row') },
      { where: 'row 6, line 7', reason: expect.stringContaining('has 2 cells, the header has 5') },
    ])
    expect(warnings).toEqual([
      {
        where: 'row 2 (A)',
        reason: 'bad-day: column Day: "Funday" is no day; write Monday, Tuesday ... Sunday.',
      },
      {
        where: 'row 5, line 6 (B)',
        reason: 'bad-time: column Time: "25:00" is no time; write 7:00 PM or 19:00.',
      },
    ])
  })

  test('blank lines are no rows', () => {
    expect(read('Name,Day,Time,Address\n\n\nA,Monday,9:00,1 A St\n\n').counts.read).toBe(1)
  })

  test('rows with one id are all kept, told apart whatever their order', () => {
    const rows = ['same,A,Monday,9:00,1 A St', 'same,A,Friday,9:00,1 A St', 'same,A,Monday,9:00,1 A St']
    const partsOf = (lines: readonly string[]) =>
      read(`slug,name,day,time,address\n${lines.join('\n')}`).meetings.map(({ part }) => part)
    expect(partsOf(rows)).toEqual(['1-09:00', '5-09:00', '1-09:00-2'])
    expect(partsOf(rows.toReversed()).toSorted()).toEqual(partsOf(rows).toSorted())
  })

  test('all walks of the meetings give the same', () => {
    const reading = readAll(ours(club, { ...club, Name: 'Two' }), settings)
    if (!reading.ok) throw new Error(reading.detail)
    expect(reading.value.meetings).toHaveLength(2)
  })

  test('an unknown column is said once, and columns with persons are neither read nor said', () => {
    const { meetings, warnings } = read(
      'Name,Day,Time,Address,Shoe size,Contact 1 Name,Contact 1 Phone,Email,Venmo\nA,Monday,9:00,1 A St,44,Nobody N,5550100,n@example.org,@n\nB,Monday,9:00,1 A St,45,,,,\n',
    )
    expect(warnings.map(({ reason }) => reason)).toEqual([expect.stringContaining('"Shoe size"')])
    expect(JSON.stringify(meetings)).not.toMatch(/Nobody|5550100|example\.org|@n/)
  })

  test.each([
    ['unpublished', 'unpublished,1'],
    ['private', 'private,yes'],
    ['deleted', 'status,trash'],
  ])('a row marked %s is refused with that reason', (reason, column) => {
    const [header, value] = column.split(',')
    const { refused } = read(`Name,Day,Time,${header}\nA,Monday,9:00,${value}\nB,Monday,9:00,\n`)
    expect(refused).toEqual([{ where: 'row 2 (A)', reason: expect.stringMatching(`^${reason}:`) }])
  })

  test('hostile cells stay text, and cost no more than a row (SEC-10)', () => {
    const { meetings, counts } = read(
      ours(
        { ...club, Name: '<script>x</script><b>Oak</b>', Notes: '=HYPERLINK("x")' },
        { ...club, Name: '__proto__', Day: 'constructor' },
      ),
    )
    expect(meetings[0]).toMatchObject({ name: 'Oak', notes: '=HYPERLINK("x")' })
    expect(counts).toMatchObject({ shown: 1, refused: 1 })
  })
})

describe('the columns of 12-step-meeting-list', () => {
  test('type labels, twelve-hour times, ends, regions and zones', () => {
    const { meetings } = read(
      'Name,Day,Time,End Time,Types,Address,Region,Timezone,Conference URL,Slug\n' +
        'Oak,Friday,11:30 PM,12:45 AM,"Closed, Women, Wheelchair Access",1 A St,San Jose > West Side,Pacific,https://zoom.us/j/1,oak\n',
      { fellowship: 'aa' },
    )
    expect(meetings).toMatchObject([
      {
        key: 'oak',
        keyDerived: false,
        types: [{ code: 'C' }, { code: 'W' }, { code: 'X' }],
        openness: 'closed',
        wheelchair: true,
        attendance: 'hybrid',
        place: { city: 'West Side' },
        rules: [{ weekday: 5, startMinute: 1410, durationMinutes: 75, zone: 'America/Los_Angeles' }],
      },
    ])
  })

  test('words mean themselves also where nobody says whose list it is; letters do not', () => {
    const { meetings } = read('Name,Day,Time,Types,Address\nOak,Friday,9:00,"Open, Big Book, C, ST",1 A St\n')
    expect(meetings[0]).toMatchObject({
      openness: 'open',
      types: [
        { code: 'Open', label: null },
        { code: 'Big Book', label: 'Big Book' },
        { code: 'C', label: null },
        { code: 'ST', label: null },
      ],
    })
  })

  test('day names in other languages', () => {
    const days = ['lunes', 'Mardi', '水曜日', 'torsdag', 'piatok']
    const rows = days.map((day) => `A,${day},19:00,1 A St`)
    const { meetings, warnings } = read(`Name,Day,Time,Address\n${rows.join('\n')}`)
    expect(meetings.flatMap(({ rules }) => rules)).toMatchObject(
      [1, 2, 3, 4, 5].map((weekday) => ({ weekday })),
    )
    expect(warnings).toEqual([])
  })

  test('no day and no time: by appointment; half of it is said', () => {
    const { counts, warnings } = read('Name,Day,Time,Address\nA,,,1 A St\nB,Monday,,1 A St\n')
    expect(counts).toMatchObject({ byAppointment: 2, refused: 0 })
    expect(warnings).toEqual([{ where: 'row 3 (B)', reason: expect.stringMatching(/^half-schedule/) }])
  })
})

describe('other shapes', () => {
  test('the dump of the United Kingdom: fellowship in the row, length in words, a postal code is a point', () => {
    const header =
      'Guid,Title,Time,Duration,Postcode,Latitude,Longitude,Venue,Address,Day,Hearing,Wheelchair,Chit,Open,OpenFormat,Format,Note,MeetingType,MeetingTypeNamespace'
    const row = (more: string) => `g1,Oak,19:30,${more}`
    const { meetings, warnings } = read(
      [
        header,
        row(
          '1hr 30mins,N1 1AA,51.5,-0.1,Hall,Chester Rd,Monday,True,True,True,True,Open,,,Alcoholics Anonymous,AA',
        ),
        row(
          '0hr 5mins,N1 1AA,51.5,-0.1,Hall,Chester Rd,Tuesday,False,False,False,False,Open to addicts only,Speaker,Ring twice,Narcotics Anonymous,NA',
        ),
        row(
          ',N1 1AA,51.5,-0.1,Hall,Chester Rd,Friday,False,False,False,False,,"In-person,Discussion",,Cocaine Anonymous,CA',
        ),
      ].join('\n'),
    )
    expect(meetings).toMatchObject([
      {
        fellowship: 'aa',
        attendance: 'in_person',
        openness: 'open',
        wheelchair: true,
        types: [{ code: 'POA' }, { code: 'hearing-loop' }],
        place: { name: 'Hall', street: 'Chester Rd', postalCode: 'N1 1AA', approximate: false },
        rules: [{ durationMinutes: 90 }],
      },
      {
        fellowship: 'na',
        openness: 'closed',
        wheelchair: null,
        notes: 'Ring twice\nOpen to addicts only',
        types: [{ code: 'SPK' }],
        rules: [{ durationMinutes: null }],
      },
      { fellowship: 'ca', openness: 'unknown', types: [{ code: 'D' }], rules: [{ durationMinutes: null }] },
    ])
    const lengths = warnings.filter(({ reason }) => reason.startsWith('bad-length'))
    expect(lengths).toEqual([
      { where: 'row 3 (g1)', reason: expect.stringContaining('column Duration: "0hr 5mins"') },
    ])
  })

  test('Al-Anon’s county sheet: half of the day in its own column, and letters of its own', () => {
    const { meetings, warnings } = read(
      'Group Name,Day,Time,AMPM,Address,City,Codes\nOak,Monday,7:30,PM,1 A St,B,"C, H"\nElm,Tuesday,10:00,AM,2 A St,B,\n',
      { fellowship: 'al-anon' },
    )
    expect(meetings).toMatchObject([
      {
        name: 'Oak',
        openness: 'unknown',
        types: [
          { code: 'C', label: null },
          { code: 'H', label: null },
        ],
        rules: [{ startMinute: 1170 }],
      },
      { types: [], rules: [{ startMinute: 600 }] },
    ])
    expect(warnings.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/^local-codes/))
  })
})

test('signs that nobody sees in a cell do not make it another day', () => {
  const { counts, warnings } = read(
    'Name,Meeting Day,Meeting Time,Venue\nTea,Mon\u200bday\u00a0,7:00\u202fPM,Hall\n',
  )
  expect(counts).toMatchObject({ read: 1, shown: 1 })
  expect(warnings).toEqual([])
})

test('a list without any column for addresses has places that people can go to', () => {
  const { counts, meetings } = read('Name,Day,Time,Venue\nLantern,Monday,7 PM,Town hall\nTea,Friday,9:00,\n')
  expect(counts).toEqual({ read: 2, shown: 1, byAppointment: 0, inactive: 1, refused: 0 })
  expect(meetings[0]).toMatchObject({
    attendance: 'in_person',
    place: { name: 'Town hall', street: null, address: null, approximate: false },
  })
})

test('a row whose address is only an area is inactive, and that is said', () => {
  const { counts, warnings } = read('Name,Day,Time,Venue,City\nLantern,Monday,7 PM,Town hall,Albany\n')
  expect(counts).toMatchObject({ shown: 0, inactive: 1 })
  expect(warnings).toEqual([{ where: 'feed', reason: expect.stringContaining('no exact address') }])
})

describe('our own template', () => {
  test('needs a name, a day, a start and a place; nothing else', () => {
    const { counts, meetings, warnings } = read(
      'Name,Day,Start,Place\nGarden Club,Tuesday,5:30 PM,Riverside Garden\n',
      {
        kind: 'club',
      },
    )
    expect(counts).toMatchObject({ read: 1, shown: 1 })
    expect(warnings).toEqual([])
    expect(meetings[0]).toMatchObject({
      name: 'Garden Club',
      kind: 'club',
      audience: 'anyone',
      attendance: 'in_person',
      place: { name: 'Riverside Garden', street: null, address: null, approximate: false },
      rules: [{ form: 'weekly', weekday: 2, startMinute: 1050, durationMinutes: null }],
    })
  })

  test('a date is a single event, and several dates are one meeting', () => {
    const { meetings } = read(
      ours(
        { ...club, Day: '', Date: '2026-12-05', Length: '90' },
        { ...club, Day: '', Date: '2026-12-05, 2027-01-09', End: '7 pm' },
        { ...club, Day: '', Date: '2026-12-12' },
      ),
    )
    const set = {
      form: 'set',
      allDay: false,
      zone: 'America/New_York',
      rrule: null,
      exdates: [],
      status: 'scheduled',
    }
    expect(meetings.map(({ rules }) => rules)).toMatchObject([
      [{ ...set, start: '2026-12-05T17:30:00', durationMinutes: 90, rdates: [] }],
      [{ ...set, start: '2026-12-05T17:30:00', durationMinutes: 90, rdates: ['2027-01-09T17:30:00'] }],
      [{ ...set, start: '2026-12-12T17:30:00', durationMinutes: 60 }],
    ])
    const [late] = read(ours({ ...club, Day: '', Date: '2026-12-31', Start: '24:00', Length: '90' })).meetings
    // Midnight at the end of that date is the first moment of the next.
    expect(late?.rules).toMatchObject([{ start: '2027-01-01T00:00:00', durationMinutes: 90 }])
    // Two dates of one club on one day of the week have keys of their own.
    expect(new Set(meetings.map(({ key }) => key)).size).toBe(3)
  })

  test('weeks of the month, several days, length, room, languages, ramp, open or closed, link and phone', () => {
    const { meetings, warnings } = read(
      ours({
        ...club,
        Kind: 'club',
        Day: 'Monday, Thursday',
        Weeks: '1, 3, last',
        Length: '90',
        Room: 'Tool shed',
        Street: '12 Example Street',
        City: 'Albany',
        State: 'NY',
        'Postal code': '12207',
        Language: 'English, Spanish',
        Wheelchair: 'no',
        'Open or closed': 'open',
        'Join link': 'meet.example.org/oak',
        'Join phone': '+1 518 555 0100',
        Notes: 'Bring gloves.',
      }),
    )
    expect(warnings).toEqual([])
    const weekly = { form: 'weekly', startMinute: 1050, durationMinutes: 90, weeks: [1, 3, 'last'] }
    expect(meetings).toMatchObject([
      {
        part: '1',
        kind: 'club',
        attendance: 'hybrid',
        languages: ['en', 'es'],
        wheelchair: false,
        openness: 'open',
        notes: 'Bring gloves.',
        onlineUrl: 'https://meet.example.org/oak',
        phone: '+15185550100',
        place: {
          name: 'Riverside Garden',
          note: 'Tool shed',
          street: '12 Example Street',
          city: 'Albany',
          postalCode: '12207',
        },
        rules: [{ ...weekly, weekday: 1 }],
      },
      { part: '4', rules: [{ ...weekly, weekday: 4 }] },
    ])
  })

  test('headers and cells in Spanish', () => {
    const { meetings, warnings, refused } = read(
      'Nombre;Tipo;Día;Fecha;Inicio;Fin;Semanas;Lugar;Sala;Idioma;Silla de ruedas;Abierta o cerrada;Notas\n' +
        'Jardín;club;martes;;17:30;19:00;primera y última;Huerto;Cobertizo;español;sí;abierta;Traer guantes\n' +
        'Charla;terapia;;5/12/2026;10:00;;;Centro;;;no;cerrada;\n',
    )
    expect({ warnings, refused }).toEqual({ warnings: [], refused: [] })
    expect(meetings).toMatchObject([
      {
        name: 'Jardín',
        kind: 'club',
        languages: ['es'],
        wheelchair: true,
        openness: 'open',
        place: { name: 'Huerto', note: 'Cobertizo' },
        rules: [{ weekday: 2, startMinute: 1050, durationMinutes: 90, weeks: [1, 'last'] }],
      },
      { kind: 'therapy', wheelchair: false, openness: 'closed', rules: [{ start: '2026-12-05T10:00:00' }] },
    ])
  })

  test('a row says its kind and fellowship, and the rule is recorded', () => {
    const { meetings } = read(
      ours(
        { ...club, Kind: 'peer', Fellowship: 'PAL' },
        { ...club, Kind: 'therapy' },
        { ...club, Kind: 'Hobby club' },
      ),
    )
    expect(meetings).toMatchObject([
      { kind: 'peer', fellowship: 'pal', audience: 'family' },
      { kind: 'therapy', fellowship: 'unknown', audience: 'self' },
      { kind: 'club', fellowship: 'unknown', audience: 'anyone' },
    ])
    expect(meetings[0]?.decidedBy).toContain('kind: the row\'s column "Kind"')
  })

  test('a club that only meets online needs no place, and a therapist may see people by appointment', () => {
    const { counts, meetings } = read(
      ours(
        { ...club, Place: '', 'Join link': 'https://zoom.us/j/1' },
        { ...club, Kind: 'therapy', Day: '', Start: '' },
      ),
    )
    expect(counts).toMatchObject({ shown: 1, byAppointment: 1, refused: 0 })
    expect(meetings[0]).toMatchObject({ attendance: 'online', place: null, provider: 'Zoom' })
  })

  test('examples are left out and counted', () => {
    const { counts, refused } = read(
      ours({ ...club, Name: 'EXAMPLE: Club' }, { ...club, Name: 'Ejemplo: Club' }, club),
    )
    expect(counts).toMatchObject({ read: 3, shown: 1, refused: 2 })
    expect(refused[0]).toEqual({ where: 'row 2 (EXAMPLE: Club)', reason: expect.stringMatching(/^example:/) })
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a day that is none',
      { Day: 'Funday' },
      'bad-day: column Day: "Funday" is no day; write Monday, Tuesday ... Sunday.',
    ],
    ['a number for a day', { Day: '2' }, 'bad-day: column Day: "2" is no day'],
    [
      'a time that is none',
      { Start: '7' },
      'bad-time: column Start: "7" is no time; write 7:00 PM or 19:00.',
    ],
    [
      'a date that is none',
      { Date: '2026-02-30' },
      'bad-date: column Date: "2026-02-30" is no date; write it as 2026-12-05.',
    ],
    [
      'a week that is none',
      { Weeks: 'sixth' },
      'bad-weeks: column Weeks: "sixth" is no week of the month; write 1, 2, 3, 4, 5 or last',
    ],
    ['no name', { Name: '' }, 'no-name: column Name: it is empty'],
    ['no day', { Day: '' }, 'no-day: column Day: it is empty; write a day such as Monday here, or a date'],
    ['no start', { Start: '' }, 'no-start: column Start: it is empty; write when it starts'],
    ['no place', { Place: '' }, 'no-place: column Place: it is empty; write where'],
  ])('%s refuses the row, naming row and column', (_what, wrong, reason) => {
    const { refused, counts } = read(ours(club, { ...club, Date: '', Weeks: '', ...wrong }))
    expect(counts).toMatchObject({ read: 2, shown: 1, refused: 1 })
    expect(refused[0]?.where).toMatch(/^row 3\b/)
    expect(refused[0]?.reason).toContain(reason)
  })

  test('all that is wrong in a row is said at once', () => {
    const { refused } = read(ours({ ...club, Name: '', Day: 'Someday', Start: 'late' }))
    expect(refused[0]?.reason).toMatch(/bad-time:.*bad-day:.*no-name:/)
  })

  test('what a row can do without is only said', () => {
    const { counts, meetings, warnings } = read(
      ours({ ...club, Kind: 'meetup', End: 'late', Language: 'Klingon', 'Open or closed': 'perhaps' }),
    )
    expect(counts).toMatchObject({ shown: 1, refused: 0 })
    expect(meetings[0]).toMatchObject({ kind: 'peer', languages: [], openness: 'unknown' })
    expect(warnings.map(({ reason }) => reason.split(':', 2).join(':')).toSorted()).toEqual([
      'bad-end-time: column End',
      'bad-kind: column Kind',
      'bad-language: column Language',
      'bad-openness: column Open or closed',
    ])
  })
})

test('remarks hold no links and no numbers to join by: they carry pass codes', () => {
  const reading = read(ours({ ...club, 'Join link': 'ftp://secret-room', 'Join phone': '12-secret' }))
  expect(remarks(reading).join(' ')).toMatch(/bad-link.*bad-phone|bad-phone.*bad-link/)
  expect(remarks(reading).join(' ')).not.toContain('secret')
})

test('20,000 rows are read in seconds, without a step that grows with their square', () => {
  const timeOf = (count: number) => {
    const rows = Array.from(
      { length: count },
      (_, index) => `s${index % (count / 2)},A,Mon & Wed,7:00 PM,1 A St,"Open, ZZ"`,
    )
    const bytes = Buffer.from(`slug,name,day,time,address,types\n${rows.join('\n')}`)
    const startedAt = performance.now()
    expect(read(bytes, { fellowship: 'aa' }).counts.shown).toBe(count)
    return performance.now() - startedAt
  }
  timeOf(1000)
  const [small, large] = [timeOf(2000), timeOf(20_000)]
  expect(large).toBeLessThan(Math.max(small, 200) * 40)
})
