import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'
import { attempt } from '../db/storage-error.ts'
import { scheduleText } from '../domain/schedule-text.ts'
import { nowhere, type Center } from '../domain/whereabouts.ts'
import { contentHash, fingerprintOf } from '../sync/identity.ts'
import { relist, settleMeetings } from '../sync/same-meetings.ts'
import type { Ids } from '../ports.ts'
import { contentOfOwn, ownOfStored } from './own-content.ts'
import type { Records } from './records.ts'
import { settlingOf } from './same-meetings.ts'
import type { Today } from './today.ts'

type OwnMeetingHandlers = Pick<
  Handlers<DeskCalls>,
  'ownMeetings.list' | 'ownMeetings.save' | 'ownMeetings.remove'
>

/** The center's own groups and clubs: what is saved is on the kiosk at once. */
export function createOwnMeetingHandlers(
  records: Records,
  options: {
    readonly ids: Ids
    readonly today: Today
    /** Null before the set-up. */
    readonly center: () => Center | null
    readonly onMeetingsChanged: () => void
  },
): OwnMeetingHandlers {
  const { own, listing, same, audit } = records
  const settlingAt = settlingOf(records, options.today)
  return {
    'ownMeetings.list': () => {
      const locale = records.settings.get('defaultLocale')
      return ok(
        own.list().map((stored) => ({
          ...ownOfStored(stored),
          meetingId: stored.id,
          schedule: scheduleText(stored.rules, locale),
        })),
      )
    },
    'ownMeetings.save': ({ meetingId, meeting }) => {
      const center = options.center()
      if (center === null || (meetingId !== null && !own.has(meetingId))) return err('not_found')
      const id = meetingId ?? options.ids.uuidv7()
      const content = contentOfOwn(id, meeting, center.zone)
      if (!content.ok) return content
      const hashed = { ...content.value, keyDerived: false }
      const saved = attempt(() =>
        records.db.transaction((tx) => {
          const settling = settlingAt(center)
          listing.write(
            tx,
            {
              id,
              feedId: null,
              content: content.value,
              contentHash: contentHash(hashed),
              fingerprint: fingerprintOf(hashed),
              // `relist` says where it stands.
              stands: nowhere,
            },
            [],
            options.today.now().nowMs,
          )
          const number = same.numberOf(id)
          if (number !== undefined) settleMeetings(tx, settling, [number])
          relist(tx, settling, id)
          // SEC-08: which and what kind, never its name.
          audit.append(tx, { event: 'own_meeting.saved', detail: { meeting: id, kind: meeting.kind } })
        }),
      )
      if (!saved.ok) return err('storage_failed')
      options.onMeetingsChanged()
      return ok({ meetingId: id })
    },
    'ownMeetings.remove': ({ meetingId }) => {
      const center = options.center()
      if (center === null || !own.has(meetingId)) return err('not_found')
      const removed = attempt(() =>
        records.db.transaction((tx) => {
          // Sign-ins refer to it, so its row stays.
          listing.withdraw(tx, meetingId, options.today.now().nowMs)
          const number = same.numberOf(meetingId)
          if (number !== undefined) settleMeetings(tx, settlingAt(center), [number])
          audit.append(tx, { event: 'own_meeting.removed', detail: { meeting: meetingId } })
        }),
      )
      if (!removed.ok) return err('storage_failed')
      options.onMeetingsChanged()
      return ok({ removed: true })
    },
  }
}
