import { z } from 'zod'
import { call, type Bridge } from './calls.ts'
import type { DeskEvents } from './events.ts'
import type {
  DistanceUnit,
  EpochMs,
  FeedView,
  LocaleId,
  Paper,
  SetupState,
  StorageState,
  VaultStrength,
} from './models.ts'

const id = z.string().min(1).max(64)
const kind = z.enum(['therapy', 'peer', 'club'])

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
      name: z.string().trim().max(120),
      kind,
      fellowship: z.string().max(40).nullable(),
      zone: z.string().max(64).nullable(),
      heldHere: z.boolean(),
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
  /** Resolves when the run has ended; its outcome is in the feed's view. */
  'feeds.refresh': call(z.strictObject({ feedId: id }), ['not_found'])<FeedView>(),
  /** Takes the list that the guard held back. */
  'feeds.accept': call(z.strictObject({ feedId: id }), ['not_found', 'nothing_held_back'])<FeedView>(),
  'feeds.remove': call(z.strictObject({ feedId: id }), ['not_found', 'storage_failed'])<{
    readonly removed: true
  }>(),
  /** Finds meetings by name or by the feed's key, so that staff can mark one as held here. */
  'meetings.find': call(z.strictObject({ text: z.string().trim().min(1).max(200) }))<readonly MeetingHit[]>(),
  /** `here` null takes the mark away again. */
  'meetings.setHere': call(z.strictObject({ meetingId: id, here: z.boolean().nullable() }), [
    'not_found',
    'storage_failed',
  ])<{ readonly done: true }>(),
}

export type DeskCalls = typeof deskCalls
export type DeskBridge = Bridge<DeskCalls, DeskEvents>
