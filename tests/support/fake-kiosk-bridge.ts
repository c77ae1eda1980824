import type { KioskBridge, MeetingFilter } from '../../electron/contract/kiosk-calls.ts'
import type {
  DayFacets,
  KioskState,
  MeetingDetail,
  OccurrenceRow,
  SearchAnswer,
  Whereabouts,
} from '../../electron/contract/models.ts'

/** How the fake behaves; all of it plain data, so that a test can hand it to a page. */
export type FakeKiosk = {
  readonly state?: Partial<KioskState>
  /** Calls that answer with this code instead. */
  readonly refuse?: Readonly<Record<string, string>>
  /** Calls that wait this long, in milliseconds. */
  readonly delayMs?: Readonly<Record<string, number>>
  readonly emptyGroups?: readonly Whereabouts[]
  readonly nearbyRows?: number
  readonly listsAsOfMs?: number | null
  /** Searches for this text wait this long, in milliseconds. */
  readonly searchDelayMs?: Readonly<Record<string, number>>
  /** Words that have a slip, and what is looked for instead. */
  readonly slips?: Readonly<Record<string, string>>
}

export type AskedCall = { readonly name: string; readonly input: unknown }

/**
 * A kiosk bridge that lives in the page itself. It stands alone (types only are imported), so that a test can
 * put its source into a page before the page's own script runs.
 */
export function createFakeKioskBridge(fake: FakeKiosk = {}): KioskBridge & {
  readonly asked: AskedCall[]
  readonly tell: (event: string) => void
} {
  const minute = 60_000
  // Wednesday, November 25, 2026, 10:42 in New York.
  const nowMs = fake.state?.nowMs ?? Date.parse('2026-11-25T15:42:00Z')
  const today = '2026-11-25'
  const startedAt = performance.now()
  const clockNow = () => (state.clockRuns ? nowMs + performance.now() - startedAt : nowMs)
  const at = (clock: string) => Date.parse(`2026-11-25T${clock}:00-05:00`)
  const state: KioskState = {
    centerName: 'Cedar House',
    zone: 'America/New_York',
    locales: ['en', 'es'],
    defaultLocale: 'en',
    distanceUnit: 'mi',
    pixelsPerInch: 92,
    paper: 'letter',
    setup: 'center',
    idleWarningMs: 60_000,
    idleShutterMs: 30_000,
    nowMs,
    clockRuns: true,
    testMachine: false,
    canTakeNames: true,
    hasPrinter: true,
    ...fake.state,
  }
  const row = (id: string, from: string, to: string, rest: Partial<OccurrenceRow>): OccurrenceRow => ({
    meetingId: id,
    key: id,
    localDate: today,
    startsAtMs: at(from),
    endsAtMs: at(to),
    allDay: false,
    name: id,
    kind: 'peer',
    fellowship: 'unknown',
    fellowshipName: null,
    audience: 'self',
    whereabouts: 'here',
    distanceMeters: null,
    place: null,
    attendance: 'in_person',
    status: 'scheduled',
    wheelchair: null,
    languages: [],
    openness: 'unknown',
    asOfMs: null,
    canSignIn: false,
    ...rest,
  })
  const here: readonly OccurrenceRow[] = [
    row('morning-serenity', '11:00', '12:00', {
      name: 'Morning Serenity',
      fellowship: 'na',
      fellowshipName: 'Narcotics Anonymous',
      place: 'Room 2, down the hall on the left',
      openness: 'open',
      wheelchair: true,
      canSignIn: true,
    }),
    row('early-recovery', '13:00', '14:15', {
      name: 'Early recovery group',
      kind: 'therapy',
      place: 'Room 1',
      canSignIn: true,
    }),
    row('garden-club', '15:30', '16:30', {
      name: 'Garden club',
      kind: 'club',
      audience: 'anyone',
      place: 'Back courtyard',
      openness: 'open',
      canSignIn: true,
    }),
    row('pal', '17:30', '18:30', {
      name: 'PAL for parents',
      fellowship: 'pal',
      fellowshipName: 'Parents of Addicted Loved Ones',
      audience: 'family',
      place: 'Room 4',
      status: 'moved',
      openness: 'open_this_week',
      alsoIn: [{ source: 'Families United', key: '77' }],
      canSignIn: true,
    }),
    row('al-anon', '18:30', '19:30', {
      name: 'Al-Anon newcomers',
      fellowship: 'al-anon',
      fellowshipName: 'Al-Anon',
      audience: 'family',
      place: 'Room 2',
      status: 'cancelled',
    }),
    row('candlelight', '20:00', '21:00', {
      name: 'Candlelight meeting',
      fellowship: 'ca',
      fellowshipName: 'Cocaine Anonymous',
      place: 'Room 2',
      languages: ['es'],
      canSignIn: true,
    }),
  ]
  const nearbyRows = fake.nearbyRows ?? 120
  const nearby = Array.from({ length: nearbyRows }, (_, index) => {
    const starts = at('10:00') + Math.floor(index / 3) * 15 * minute
    return row(`nearby-${index}`, '10:00', '11:00', {
      name: ['Attitude Adjustment', 'Grupo Nueva Vida', 'The Lunch Bunch', 'Step by Step'][index % 4] ?? '',
      startsAtMs: starts,
      endsAtMs: starts + 60 * minute,
      ...(index % 5 === 0 ? {} : { fellowship: 'aa', fellowshipName: 'Alcoholics Anonymous' }),
      asOfMs: index % 6 === 2 ? Date.parse('2026-05-03T12:00:00Z') : null,
      whereabouts: 'nearby',
      distanceMeters: 700 + index * 160,
      place: index % 2 === 0 ? "St. Mark's Lutheran Church, 1240 Maple Avenue" : '77 River Street',
      languages: index % 4 === 1 ? ['es'] : ['en'],
      wheelchair: index % 3 === 0 ? true : null,
      attendance: index % 7 === 0 ? 'hybrid' : 'in_person',
    })
  })
  const online = Array.from({ length: 18 }, (_, index) =>
    row(`online-${index}`, '11:30', '12:30', {
      name: ['Zoom at Noon', 'Women in Recovery', 'Sala Esperanza'][index % 3] ?? '',
      startsAtMs: at('11:30') + index * 30 * minute,
      endsAtMs: at('12:30') + index * 30 * minute,
      fellowship: 'smart',
      fellowshipName: 'SMART Recovery',
      whereabouts: 'online',
      attendance: 'online',
    }),
  )
  const groups: Readonly<Record<Whereabouts, readonly OccurrenceRow[]>> = { here, nearby, online }
  const rowsOf = (group: Whereabouts) => ((fake.emptyGroups ?? []).includes(group) ? [] : groups[group])
  const detailOf = (found: OccurrenceRow): MeetingDetail => ({
    row: found,
    notes: 'Bring a cup if you like. The coffee is on us.\nThe door to the yard stays open.',
    types: [
      { code: 'O', label: 'Open' },
      { code: 'X', label: null },
    ],
    address: found.whereabouts === 'nearby' ? '1240 Maple Avenue, Albany, NY 12203' : null,
    placeNote: found.whereabouts === 'nearby' ? 'Side door, ring twice' : null,
    onlineUrl: found.attendance === 'in_person' ? null : 'https://zoom.us/j/83412345678',
    onlineNote: found.attendance === 'in_person' ? null : 'Password: hope',
    phone: found.attendance === 'in_person' ? null : '+1 646 558 8656',
    phoneNote: found.attendance === 'in_person' ? null : 'Meeting ID 834 1234 5678',
    provider: found.kind === 'therapy' ? 'Dana, counselor' : null,
    sourceName: 'Capital District Intergroup',
    sourceAsOfMs: found.asOfMs ?? nowMs - 86_400_000,
    upcoming: [0, 7, 14, 21].map((days) => ({
      localDate: new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10),
      startsAtMs: found.startsAtMs + days * 86_400_000,
      status: days === 7 ? ('cancelled' as const) : found.status,
    })),
  })
  const partOf = (one: OccurrenceRow) => {
    if (one.startsAtMs < at('12:00')) return 'morning'
    return one.startsAtMs < at('17:00') ? 'afternoon' : 'evening'
  }
  const fits = (one: OccurrenceRow, filter: MeetingFilter = {}) =>
    (filter.kinds?.includes(one.kind) ?? true) &&
    (filter.fellowships?.includes(one.fellowship) ?? true) &&
    (filter.audience === undefined || [filter.audience, 'anyone'].includes(one.audience)) &&
    (filter.partOfDay === undefined || partOf(one) === filter.partOfDay) &&
    (filter.languages?.some((tag) => languagesOf(one).includes(tag)) ?? true) &&
    (filter.wheelchair === undefined || one.wheelchair === true) &&
    (filter.online === undefined || one.attendance !== 'in_person')
  const languagesOf = (one: OccurrenceRow) => (one.languages.length === 0 ? ['en'] : one.languages)
  const rowsOn = (date: unknown, group: Whereabouts, filter?: MeetingFilter) =>
    rowsOf(group).filter((one, index) => (date === today || index % 2 === 0) && fits(one, filter))
  const facetsOf = (date: unknown, filter: MeetingFilter = {}): DayFacets => {
    const count = (without: keyof MeetingFilter, holds: (one: OccurrenceRow) => boolean) => {
      const { [without]: _, ...rest } = filter
      const all = (['here', 'nearby', 'online'] as const).flatMap((group) => rowsOn(date, group, rest))
      return all.filter(holds).length
    }
    const everything = [...here, ...nearby, ...online]
    const known = new Map(everything.map((one) => [one.fellowship, one.fellowshipName]))
    return {
      kinds: {
        therapy: count('kinds', ({ kind }) => kind === 'therapy'),
        peer: count('kinds', ({ kind }) => kind === 'peer'),
        club: count('kinds', ({ kind }) => kind === 'club'),
      },
      fellowships: [...known]
        .flatMap(([id, name]) =>
          name === null
            ? []
            : [{ id, name, count: count('fellowships', ({ fellowship }) => fellowship === id) }],
        )
        .toSorted((a, b) => b.count - a.count),
      languages: ['en', 'es'].map((tag) => ({
        tag,
        count: count('languages', (one) => languagesOf(one).includes(tag)),
      })),
      audiences: {
        self: count('audience', ({ audience }) => audience !== 'family'),
        family: count('audience', ({ audience }) => audience !== 'self'),
      },
      partsOfDay: {
        morning: count('partOfDay', (one) => partOf(one) === 'morning'),
        afternoon: count('partOfDay', (one) => partOf(one) === 'afternoon'),
        evening: count('partOfDay', (one) => partOf(one) === 'evening'),
      },
      wheelchair: count('wheelchair', ({ wheelchair }) => wheelchair === true),
      online: count('online', ({ attendance }) => attendance !== 'in_person'),
    }
  }
  /** Every word begins a word of the meeting; some meetings have their first date on the next days. */
  const search = (input: Record<string, unknown>): SearchAnswer => {
    const typed = String(input['text']).toLowerCase()
    const corrected = fake.slips?.[typed] ?? null
    const words = (corrected ?? typed).split(' ')
    const found = [...here, ...nearby, ...online]
      .filter((one) => {
        const text = `${one.name} ${one.fellowshipName ?? ''} ${one.place ?? ''} ${one.attendance}`
        const has = text.toLowerCase().split(/[^a-z0-9-]+/u)
        return (
          words.every((word) => has.some((known) => known.startsWith(word))) &&
          fits(one, input['filter'] as MeetingFilter | undefined)
        )
      })
      .map((one, index) => later(one, index % 4 === 3 ? 1 : index % 8 === 6 ? 2 : 0))
    const rows = input['order'] === 'nearest' ? found : found.toSorted((a, b) => a.startsAtMs - b.startsAtMs)
    const limit = input['limit'] as number
    return { zone: state.zone, nowMs, rows: rows.slice(0, limit), more: rows.length > limit, corrected }
  }
  const later = (one: OccurrenceRow, days: number): OccurrenceRow => ({
    ...one,
    localDate: `2026-11-${25 + days}`,
    startsAtMs: one.startsAtMs + days * 86_400_000,
    endsAtMs: one.endsAtMs + days * 86_400_000,
  })
  const asked: AskedCall[] = []
  const listeners = new Map<string, Set<(payload: Record<string, never>) => void>>()

  function answer(name: string, input: Record<string, unknown>): unknown {
    switch (name) {
      case 'kiosk.get':
        return { ...state, nowMs: clockNow() }
      case 'meetings.listDay': {
        const group = input['whereabouts'] as Whereabouts
        const offset = input['offset'] as number
        const filter = input['filter'] as MeetingFilter | undefined
        const all = rowsOn(input['date'], group, filter)
        const total = (one: Whereabouts) =>
          filter === undefined ? rowsOf(one).length : rowsOn(input['date'], one, filter).length
        return {
          date: input['date'],
          zone: state.zone,
          nowMs,
          rows: all.slice(offset, offset + (input['limit'] as number)),
          totals: { here: total('here'), nearby: total('nearby'), online: total('online') },
          listsAsOfMs: fake.listsAsOfMs === undefined ? nowMs - 3_600_000 : fake.listsAsOfMs,
        }
      }
      case 'meetings.listFacets':
        return facetsOf(input['date'], input['filter'] as MeetingFilter | undefined)
      case 'meetings.search':
        return search(input)
      case 'meetings.get': {
        const found = [...here, ...nearby, ...online].find((one) => one.meetingId === input['meetingId'])
        return found === undefined ? null : detailOf(found)
      }
      case 'signIns.add':
        return { undoToken: 'token', undoUntilMs: clockNow() + 10_000 }
      case 'signIns.undo':
        return { undone: true }
      case 'handouts.preview':
        return {
          pages: input['size'] === 'large' ? 4 : 2,
          meetings: 14,
          clubs: input['clubs'] ? 3 : 0,
          leftOut: 0,
        }
      case 'handouts.print':
        return { pages: 2, meetings: 14, clubs: 3 }
      default:
        return { ended: true }
    }
  }

  return {
    asked,
    tell: (event) => {
      for (const listener of listeners.get(event) ?? []) listener({})
    },
    invoke: async (name, input) => {
      asked.push({ name, input })
      const { text } = input as { text?: string }
      const delay = fake.searchDelayMs?.[text ?? ''] ?? fake.delayMs?.[name]
      if (delay !== undefined) await new Promise((done) => setTimeout(done, delay))
      const code = fake.refuse?.[name]
      const value = code === undefined ? answer(name, input as Record<string, unknown>) : null
      const reply =
        code === undefined && value !== null ? { ok: true, value } : { ok: false, code: code ?? 'not_found' }
      // The fake answers by name; its own callers see the typed form.
      return structuredClone(reply) as never
    },
    subscribe: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener as never)
      return () => set.delete(listener as never)
    },
  }
}
