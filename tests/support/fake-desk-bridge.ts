import type {
  CenterSettings,
  DeskBridge,
  DeskCalls,
  DeskState,
  MeetingHit,
  OwnMeeting,
  SameMeeting,
} from '../../electron/contract/desk-calls.ts'
import type { Bridge, InputOf, OutputOf } from '../../electron/contract/calls.ts'
import type { DeskEvents } from '../../electron/contract/events.ts'
import type { FeedProblem, FeedRunView, FeedView } from '../../electron/contract/models.ts'
import { err, ok } from '../../electron/contract/result.ts'

type ServiceBody = OutputOf<DeskCalls['feeds.listServiceBodies']>[number]
type Call = { readonly name: string; readonly input: unknown }

/** What a test may set before the page loads. */
export type FakeDesk = {
  state: DeskState
  feeds: FeedView[]
  hits: MeetingHit[]
  /** Of any feed, newest first. */
  runs: FeedRunView[]
  own: (OwnMeeting & { readonly meetingId: string; readonly schedule: string })[]
  same: SameMeeting[]
  bodies: ServiceBody[]
  /** Calls that fail once, with their code. */
  readonly failNext: Map<string, string>
  readonly calls: Call[]
  /** Calls that wait until `release` is called. */
  readonly held: Set<string>
  release(): void
  send<Name extends keyof DeskEvents & string>(name: Name, payload: DeskEvents[Name]): void
}

export const exampleCenter: CenterSettings = {
  name: 'Cedar House',
  street: '12 Example Street',
  postalCode: '14604',
  latitude: 43.1566,
  longitude: -77.6088,
  zone: 'America/New_York',
  radiusMeters: 24_140,
  distanceUnit: 'mi',
  locales: ['en', 'es'],
  defaultLocale: 'en',
  paper: 'letter',
}

const nowMs = Date.UTC(2026, 2, 4, 15, 30)

export function exampleState(setup: DeskState['setup']): DeskState {
  return {
    setup,
    storage: 'ok',
    center: setup === 'needed' ? null : exampleCenter,
    nowMs,
    offered: {
      zone: 'America/New_York',
      zones: [
        'America/Chicago',
        'America/New_York',
        'America/Argentina/Buenos_Aires',
        'Europe/Madrid',
        'UTC',
      ],
      locale: 'en',
      distanceUnit: 'mi',
      paper: 'letter',
    },
    vault: 'file',
    testMachine: true,
    fellowships: [
      { id: 'aa', name: 'Alcoholics Anonymous', abbr: 'AA' },
      { id: 'na', name: 'Narcotics Anonymous', abbr: 'NA' },
      { id: 'alateen', name: 'Alateen', abbr: 'Alateen' },
    ],
    printers: [],
  }
}

export function exampleFeed(change: Partial<FeedView> = {}): FeedView {
  return {
    id: 'feed-1',
    name: 'Monroe Area Intergroup',
    address: 'https://feeds.example.org/meetings.json',
    format: 'meeting-guide',
    kind: 'peer',
    fellowship: 'aa',
    heldHere: false,
    zone: null,
    everyMinutes: 360,
    scope: null,
    utcIsLocal: false,
    midnightBefore: false,
    nextRunAtMs: nowMs + 4 * 3_600_000,
    heldBack: false,
    stale: false,
    running: false,
    lastGoodRunAtMs: nowMs - 2 * 3_600_000,
    counts: { read: 431, shown: 412, byAppointment: 3, inactive: 10, refused: 6 },
    problem: null,
    problemDetail: null,
    remarks: [],
    lost: [],
    ...change,
  }
}

export function heldBackFeed(change: Partial<FeedView> = {}): FeedView {
  return exampleFeed({
    problem: 'loses_too_many',
    problemDetail: '319 of 412 meetings are missing in the new list.',
    heldBack: true,
    lost: ['Early Birds', 'Nooners', 'Candlelight'],
    ...change,
  })
}

export function exampleRun(change: Partial<FeedRunView> = {}): FeedRunView {
  return {
    startedAtMs: nowMs - 2 * 3_600_000,
    endedAtMs: nowMs - 2 * 3_600_000 + 4_000,
    outcome: 'applied',
    problem: null,
    problemDetail: null,
    read: 431,
    refused: 6,
    added: 3,
    changed: 12,
    removed: 1,
    ...change,
  }
}

export function exampleHit(change: Partial<MeetingHit> = {}): MeetingHit {
  return {
    meetingId: 'm1',
    key: 'tuesday-nooners',
    name: 'Tuesday Nooners',
    feedName: 'Intergroup',
    place: '12 Example Street',
    schedule: 'Tue 12:00 PM',
    here: false,
    hereWhy: 'no',
    kind: 'peer',
    fellowship: 'aa',
    audience: 'self',
    decidedBy: 'fellowship: feed setting; kind: feed setting',
    weeks: [],
    ...change,
  }
}

export function exampleOwn(change: Partial<OwnMeeting> = {}): OwnMeeting {
  return {
    name: 'Evening process group',
    kind: 'therapy',
    fellowship: null,
    notes: '',
    room: 'Room 2',
    placeName: '',
    street: '',
    city: '',
    attendance: 'in_person',
    onlineUrl: '',
    phone: '',
    languages: ['en'],
    wheelchair: true,
    openness: 'closed',
    dates: [
      { form: 'weekly', weekday: 1, start: '18:30', durationMinutes: 90, weeks: [] },
      { form: 'weekly', weekday: 4, start: '18:30', durationMinutes: 90, weeks: [] },
    ],
    ...change,
  }
}

export function troubledFeed(problem: FeedProblem, change: Partial<FeedView> = {}): FeedView {
  return exampleFeed({ problem, ...change })
}

/** Stands in for the desk's preload and main: it answers, remembers what was asked and can fail. */
export function createFakeDesk(setup: DeskState['setup']): { desk: FakeDesk; bridge: DeskBridge } {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  let waiting: (() => void)[] = []
  const desk: FakeDesk = {
    state: exampleState(setup),
    feeds: [],
    hits: [],
    runs: [],
    own: [],
    same: [],
    bodies: [],
    failNext: new Map(),
    calls: [],
    held: new Set(),
    release() {
      for (const go of waiting) go()
      waiting = []
      desk.held.clear()
    },
    send(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never)
    },
  }

  const answers: { [Name in keyof DeskCalls]: (input: InputOf<DeskCalls[Name]>) => unknown } = {
    'desk.get': () => desk.state,
    'setup.tryDemonstration': () => {
      desk.state = exampleState('demonstration')
      desk.feeds = [exampleFeed()]
      return { done: true }
    },
    'setup.saveCenter': (center) => {
      desk.state = { ...desk.state, setup: 'center', center }
      return { done: true }
    },
    'feeds.list': () => desk.feeds,
    'feeds.chooseFile': () => ({ token: 'token-1', fileName: 'meetings.json' }),
    'feeds.add': (input) => {
      const address = input.source.from === 'address' ? input.source.address : 'meetings.json'
      const { name, kind, fellowship, heldHere } = input
      const added = {
        id: `feed-${desk.feeds.length + 1}`,
        name: name || address,
        address,
        kind,
        fellowship,
        heldHere,
      }
      desk.feeds = [...desk.feeds, exampleFeed({ ...added, counts: null, lastGoodRunAtMs: null })]
      return { feedId: added.id }
    },
    'feeds.change': ({ feedId, ...settings }) => change(feedId, settings as Partial<FeedView>),
    'feeds.listRuns': () => desk.runs,
    'feeds.listServiceBodies': () => desk.bodies,
    'feeds.saveTemplate': ({ form }) => ({ fileName: `open-chair-meetings.${form}` }),
    'feeds.refresh': ({ feedId }) => change(feedId, { problem: null, lastGoodRunAtMs: nowMs }),
    'feeds.accept': ({ feedId }) =>
      change(feedId, { problem: null, heldBack: false, lost: [], lastGoodRunAtMs: nowMs }),
    'feeds.remove': ({ feedId }) => {
      desk.feeds = desk.feeds.filter(({ id }) => id !== feedId)
      return { removed: true }
    },
    'ownMeetings.list': () => desk.own,
    'ownMeetings.save': ({ meetingId, meeting }) => {
      const id = meetingId ?? `own-${desk.own.length + 1}`
      const saved = { ...meeting, meetingId: id, schedule: '' }
      desk.own = [...desk.own.filter((each) => each.meetingId !== id), saved]
      return { meetingId: id }
    },
    'ownMeetings.remove': ({ meetingId }) => {
      desk.own = desk.own.filter((each) => each.meetingId !== meetingId)
      return { removed: true }
    },
    'sameMeetings.list': () => desk.same,
    'sameMeetings.set': ({ meetingId, otherId, apart }) => {
      desk.same = desk.same.map((same) => ({
        ...same,
        others: same.others.map((other) =>
          same.shown.meetingId === meetingId && other.meeting.meetingId === otherId
            ? { ...other, apart }
            : other,
        ),
      }))
      return { done: true }
    },
    'meetings.setWeeks': ({ meetingId, weeks }) => {
      desk.hits = desk.hits.map((hit) => (hit.meetingId === meetingId ? { ...hit, weeks } : hit))
      return { done: true }
    },
    'meetings.find': ({ text }) =>
      desk.hits.filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(text.toLowerCase())),
    'meetings.setHere': ({ meetingId, here }) => {
      desk.hits = desk.hits.map((hit) => {
        if (hit.meetingId !== meetingId) return hit
        return here === null ? { ...hit, here: false, hereWhy: 'no' } : { ...hit, here, hereWhy: 'staff' }
      })
      return { done: true }
    },
  }
  function change(feedId: string, to: Partial<FeedView>): FeedView | undefined {
    desk.feeds = desk.feeds.map((feed) => (feed.id === feedId ? { ...feed, ...to } : feed))
    return desk.feeds.find(({ id }) => id === feedId)
  }

  const bridge = {
    async invoke(name: keyof DeskCalls & string, input: unknown) {
      // What a real bridge refuses, this one refuses too: values are copied, functions do not cross.
      desk.calls.push(structuredClone({ name, input }))
      if (desk.held.has(name)) {
        await new Promise<void>((go) => {
          waiting.push(go)
        })
      }
      const code = desk.failNext.get(name)
      desk.failNext.delete(name)
      if (code !== undefined) return err(code)
      return ok(structuredClone(answers[name](input as never)))
    },
    subscribe(name: string, listener: (payload: never) => void) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => {
        known.delete(listener)
      }
    },
  }
  return { desk, bridge: bridge as Bridge<DeskCalls, DeskEvents> }
}
