import { z } from 'zod'
import { call, type Bridge } from './calls.ts'
import type { KioskEvents } from './events.ts'
import type { DayFacets, DayList, EpochMs, KioskState, MeetingDetail, SearchAnswer } from './models.ts'

const id = z.string().min(1).max(64)
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const locale = z.enum(['en', 'es'])

/** What a list is narrowed to; an absent part narrows nothing. */
const meetingFilter = z.strictObject({
  kinds: z
    .array(z.enum(['therapy', 'peer', 'club']))
    .max(3)
    .optional(),
  fellowships: z.array(id).max(60).optional(),
  /** Meetings for anyone are part of both. */
  audience: z.enum(['self', 'family']).optional(),
  /** Local start: morning before 12:00, afternoon before 17:00, evening after. */
  partOfDay: z.enum(['morning', 'afternoon', 'evening']).optional(),
  /** BCP 47 tags; a meeting without any is in the language of its list and matches the center's own. */
  languages: z.array(z.string().min(2).max(35)).max(20).optional(),
  wheelchair: z.literal(true).optional(),
  /** Can be joined without coming. */
  online: z.literal(true).optional(),
})

/** What of a person may be given at a therapist-led group (PRV-04); nothing else is ever asked. */
const given = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({
    kind: z.literal('name'),
    /** Preferred or first name as typed; made NFC and checked by `domain/names.ts` (LNG-10). */
    firstName: z.string().min(1).max(240),
    lastInitial: z.string().min(1).max(16),
  }),
])

/** Which hand-out: neutral choices only, never tied to a visitor (PRV-11). */
const handoutChoice = z.strictObject({
  locale,
  paper: z.enum(['letter', 'a4']),
  size: z.enum(['standard', 'large']),
  peerGroups: z.boolean(),
  clubs: z.boolean(),
  online: z.boolean(),
})

/** The public window's calls. It can write a sign-in and read the directory; nothing about people (PRV-15). */
export const kioskCalls = {
  'kiosk.get': call(z.strictObject({}))<KioskState>(),
  /** Rows of one group of a day, in the order of design ruling "The list of a day". */
  'meetings.listDay': call(
    z.strictObject({
      date: localDate,
      whereabouts: z.enum(['here', 'nearby', 'online']),
      offset: z.int().min(0).max(200_000),
      limit: z.int().min(1).max(200),
      filter: meetingFilter.optional(),
    }),
    ['date_out_of_range'],
  )<DayList>(),
  /**
   * What the day's list can be narrowed to, so that no filter leads to an empty list. With `filter`, each part is
   * counted under the other parts of it: kinds as if no kind were chosen, languages as if no language were.
   */
  'meetings.listFacets': call(z.strictObject({ date: localDate, filter: meetingFilter.optional() }), [
    'date_out_of_range',
  ])<DayFacets>(),
  /**
   * Meetings whose words begin like those of `text`, from `date` on through `days` days, each once with its
   * first date; ranked as `domain/ranking.ts` says. `text` is never stored or logged (PRV-12).
   */
  'meetings.search': call(
    z.strictObject({
      text: z.string().max(80),
      date: localDate,
      days: z.int().min(1).max(8),
      order: z.enum(['soonest', 'nearest']),
      limit: z.int().min(1).max(100),
      filter: meetingFilter.optional(),
    }),
    ['date_out_of_range'],
  )<SearchAnswer>(),
  'meetings.get': call(z.strictObject({ meetingId: id, localDate, startsAtMs: z.int() }), [
    'not_found',
  ])<MeetingDetail>(),
  /** `requestId` makes a repeated tap one sign-in. The reply comes after the row is on disk. */
  'signIns.add': call(
    z.strictObject({ requestId: z.uuid(), meetingId: id, localDate, startsAtMs: z.int(), given }),
    ['not_found', 'not_open', 'name_refused', 'names_not_allowed', 'storage_full', 'storage_failed'],
  )<{ readonly undoToken: string; readonly undoUntilMs: EpochMs }>(),
  'signIns.undo': call(z.strictObject({ undoToken: z.string().min(1).max(64) }), [
    'too_late',
    'storage_full',
    'storage_failed',
  ])<{ readonly undone: true }>(),
  /** How long the hand-out would be, before anything is printed. */
  'handouts.preview': call(handoutChoice, ['nothing_to_print', 'render_failed'])<{
    readonly pages: number
    readonly meetings: number
    readonly clubs: number
    readonly leftOut: number
  }>(),
  'handouts.print': call(handoutChoice, [
    'nothing_to_print',
    'render_failed',
    'no_printer',
    'printer_failed',
  ])<{ readonly pages: number; readonly meetings: number; readonly clubs: number }>(),
  /** End of a visit: main clears the clipboard and reloads the window where needed (PRV-06). */
  'visits.end': call(z.strictObject({}))<{ readonly ended: true }>(),
}

export type KioskCalls = typeof kioskCalls
export type KioskBridge = Bridge<KioskCalls, KioskEvents>
export type MeetingFilter = z.infer<typeof meetingFilter>
export type HandoutChoice = z.infer<typeof handoutChoice>
export type SignInGiven = z.infer<typeof given>
