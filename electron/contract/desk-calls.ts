import { z } from 'zod'
import { call, type Bridge } from './calls.ts'
import type { DeskEvents } from './events.ts'
import type {
  Audience,
  DistanceUnit,
  EpochMs,
  FeedRunView,
  FeedView,
  FellowshipId,
  Kind,
  LocaleId,
  Paper,
  SetupState,
  StorageState,
  VaultStrength,
  WeekOfMonth,
} from './models.ts'

const id = z.string().min(1).max(64)
const kind = z.enum(['therapy', 'peer', 'club'])

const weekOfMonth = z.union([z.literal([1, 2, 3, 4, 5]), z.literal('last')])

/** What a BMLT server is asked for; null for any other feed. */
const scope = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('circle'), kilometers: z.number().min(1).max(500).nullable() }),
  z.strictObject({ by: z.literal('services'), ids: z.array(z.int().min(1)).min(1).max(200) }),
])

/** What staff say of a feed, because it does not carry it (feeds.md 1.1). */
const feedSettings = {
  name: z.string().trim().max(120),
  kind,
  fellowship: z.string().max(40).nullable(),
  zone: z.string().max(64).nullable(),
  heldHere: z.boolean(),
  /** 15 minutes to one week. */
  everyMinutes: z.int().min(15).max(10_080).optional(),
  scope: scope.nullable().optional(),
  utcIsLocal: z.boolean().optional(),
  midnightBefore: z.boolean().optional(),
}

/** One weekly or monthly date of the center's own meeting, or a single one. */
const ownDate = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('weekly'),
    /** 0 = Sunday. */
    weekday: z.int().min(0).max(6),
    start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    durationMinutes: z.int().min(5).max(720),
    /** Empty: every week. */
    weeks: z.array(weekOfMonth).max(6),
  }),
  z.strictObject({
    form: z.literal('once'),
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    durationMinutes: z.int().min(5).max(720),
  }),
])

/** A group or club of the center, as its form at the desk has it. */
const ownMeeting = z.strictObject({
  /** Something to read must be left when marks that cannot be seen are taken out. */
  name: z
    .string()
    .trim()
    .max(120)
    .regex(/[\p{L}\p{N}\p{Extended_Pictographic}]/u),
  kind,
  fellowship: z.string().max(40).nullable(),
  notes: z.string().trim().max(2000),
  room: z.string().trim().max(120),
  /** Empty texts: at the center. */
  placeName: z.string().trim().max(120),
  street: z.string().trim().max(200),
  city: z.string().trim().max(120),
  attendance: z.enum(['in_person', 'hybrid', 'online']),
  onlineUrl: z.string().trim().max(2048),
  phone: z.string().trim().max(60),
  /** BCP 47 tags. */
  languages: z.array(z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/)).max(10),
  wheelchair: z.boolean().nullable(),
  openness: z.enum(['open', 'closed', 'unknown']),
  /** Empty: by appointment. */
  dates: z.array(ownDate).max(40),
})

export type OwnMeeting = z.infer<typeof ownMeeting>

const center = z.strictObject({
  name: z.string().trim().min(1).max(120),
  street: z.string().trim().max(200),
  postalCode: z.string().trim().max(20),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  zone: z.string().min(1).max(64),
  radiusMeters: z.int().min(500).max(200_000),
  distanceUnit: z.enum(['km', 'mi']),
  locales: z.array(z.enum(['en', 'es'])).min(1),
  defaultLocale: z.enum(['en', 'es']),
  paper: z.enum(['letter', 'a4']),
})

export type CenterSettings = z.infer<typeof center>

export type DeskState = {
  readonly setup: SetupState
  /** Anything but `ok`: the page shows what happened and what to do, and nothing else. */
  readonly storage: StorageState
  readonly center: CenterSettings | null
  /** The machine's clock; the page adds its own elapsed time to say how old a list is. */
  readonly nowMs: EpochMs
  /** What the machine says of itself, as a first offer. */
  readonly offered: {
    readonly zone: string
    readonly zones: readonly string[]
    readonly locale: LocaleId
    readonly distanceUnit: DistanceUnit
    readonly paper: Paper
  }
  readonly vault: VaultStrength
  readonly testMachine: boolean
  readonly fellowships: readonly {
    readonly id: string
    readonly name: string
    readonly abbr: string | null
  }[]
  readonly printers: readonly string[]
}

export type MeetingHit = {
  readonly meetingId: string
  readonly key: string
  readonly name: string
  readonly feedName: string
  readonly place: string | null
  readonly schedule: string
  readonly here: boolean
  readonly hereWhy: 'own' | 'feed' | 'distance' | 'address' | 'staff' | 'no'
  readonly kind: Kind
  readonly fellowship: FellowshipId
  readonly audience: Audience
  /** The rule that decided fellowship, kind and audience. */
  readonly decidedBy: string
  /** What staff limited it to; empty: every week. */
  readonly weeks: readonly WeekOfMonth[]
}

/** One meeting that several feeds list. */
export type SameMeeting = {
  readonly shown: MeetingHit
  /** Those that it stands for; `apart`: staff said that they are two, and both are shown. */
  readonly others: readonly { readonly meeting: MeetingHit; readonly apart: boolean }[]
}

/** The staff window's calls. Before accounts exist this is the first-start page (design ruling "First start"). */
export const deskCalls = {
  'desk.get': call(z.strictObject({}))<DeskState>(),
  'setup.tryDemonstration': call(z.strictObject({}), ['already_set_up', 'storage_failed'])<{
    readonly done: true
  }>(),
  'setup.saveCenter': call(center, ['unknown_zone', 'storage_failed'])<{ readonly done: true }>(),
  'feeds.list': call(z.strictObject({}))<readonly FeedView[]>(),
  /** Opens the system's file chooser; the chosen path stays in main and is named by `token`. */
  'feeds.chooseFile': call(z.strictObject({}), ['cancelled'])<{
    readonly token: string
    readonly fileName: string
  }>(),
  'feeds.add': call(
    z.strictObject({
      source: z.discriminatedUnion('from', [
        z.strictObject({
          from: z.literal('address'),
          address: z.string().trim().min(1).max(2048),
          /** Staff have read that anyone on the way can read and change a plain `http:` list. */
          plainHttpConfirmed: z.boolean().optional(),
        }),
        z.strictObject({ from: z.literal('file'), token: z.string().min(1).max(64) }),
      ]),
      ...feedSettings,
    }),
    [
      'address_not_allowed',
      'plain_http',
      'file_not_found',
      'unknown_zone',
      'already_listed',
      'storage_failed',
    ],
  )<{ readonly feedId: string }>(),
  /** Changes what staff said of a feed; it is read again whole. */
  'feeds.change': call(z.strictObject({ feedId: id, ...feedSettings }), [
    'not_found',
    'unknown_zone',
    'storage_failed',
  ])<FeedView>(),
  /** Newest first, at most 50. */
  'feeds.listRuns': call(z.strictObject({ feedId: id }), ['not_found'])<readonly FeedRunView[]>(),
  /** Asks a BMLT server for its service bodies. `wrong_format`: no such server answers there. */
  'feeds.listServiceBodies': call(z.strictObject({ address: z.string().trim().min(1).max(2048) }), [
    'address_not_allowed',
    'wrong_format',
    'no_answer',
  ])<
    readonly {
      readonly id: number
      readonly parentId: number | null
      readonly name: string
      /** As the server says: `AS` area, `RS` region ... */
      readonly type: string
    }[]
  >(),
  /** Saves our empty table for clubs, therapists and PAL where staff choose. */
  'feeds.saveTemplate': call(z.strictObject({ form: z.enum(['csv', 'xlsx']) }), [
    'cancelled',
    'storage_failed',
  ])<{ readonly fileName: string }>(),
  /** Resolves when the run has ended; its outcome is in the feed's view. */
  'feeds.refresh': call(z.strictObject({ feedId: id }), ['not_found'])<FeedView>(),
  /** Takes the list that the guard held back. */
  'feeds.accept': call(z.strictObject({ feedId: id }), ['not_found', 'nothing_held_back'])<FeedView>(),
  'feeds.remove': call(z.strictObject({ feedId: id }), ['not_found', 'storage_failed'])<{
    readonly removed: true
  }>(),
  /** Finds meetings by name or by the feed's key, so that staff can mark one as held here. */
  'meetings.find': call(z.strictObject({ text: z.string().trim().min(1).max(200) }))<readonly MeetingHit[]>(),
  /** The center's own groups and clubs, by name. */
  'ownMeetings.list': call(z.strictObject({}))<
    readonly (OwnMeeting & { readonly meetingId: string; readonly schedule: string })[]
  >(),
  /** `meetingId` null makes a new one. On the kiosk at once. */
  'ownMeetings.save': call(z.strictObject({ meetingId: id.nullable(), meeting: ownMeeting }), [
    'not_found',
    'bad_date',
    'bad_link',
    'storage_failed',
  ])<{ readonly meetingId: string }>(),
  'ownMeetings.remove': call(z.strictObject({ meetingId: id }), ['not_found', 'storage_failed'])<{
    readonly removed: true
  }>(),
  /** Meetings that two or more feeds list, shown once; at most 200, by name. */
  'sameMeetings.list': call(z.strictObject({}))<readonly SameMeeting[]>(),
  /** Staff say that they are two meetings (`apart`), or take that back. */
  'sameMeetings.set': call(z.strictObject({ meetingId: id, otherId: id, apart: z.boolean() }), [
    'not_found',
    'storage_failed',
  ])<{ readonly done: true }>(),
  /** Limits a weekly meeting to weeks of the month; an empty list takes that away. */
  'meetings.setWeeks': call(z.strictObject({ meetingId: id, weeks: z.array(weekOfMonth).max(6) }), [
    'not_found',
    'storage_failed',
  ])<{ readonly done: true }>(),
  /** `here` null takes the mark away again. */
  'meetings.setHere': call(z.strictObject({ meetingId: id, here: z.boolean().nullable() }), [
    'not_found',
    'storage_failed',
  ])<{ readonly done: true }>(),
}

export type DeskCalls = typeof deskCalls
export type DeskBridge = Bridge<DeskCalls, DeskEvents>
