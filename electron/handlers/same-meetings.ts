import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls, SameMeeting } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'
import { attempt } from '../db/storage-error.ts'
import type { Center } from '../domain/whereabouts.ts'
import { relist, settleMeetings, type Settling } from '../sync/same-meetings.ts'
import type { Records } from './records.ts'
import type { Today } from './today.ts'

type SameMeetingHandlers = Pick<
  Handlers<DeskCalls>,
  'sameMeetings.list' | 'sameMeetings.set' | 'meetings.setWeeks' | 'meetings.setHere'
>

/** So many groups are listed; a group has two or three members. */
const mostGroups = 200

/** What staff say of meetings that feeds list: which are one, in which weeks, and held here. At once on the kiosk. */
export function createSameMeetingHandlers(
  records: Records,
  options: {
    readonly today: Today
    /** Null before the set-up. */
    readonly center: () => Center | null
    readonly onMeetingsChanged: () => void
  },
): SameMeetingHandlers {
  const { same, meetings, audit } = records
  const settlingAt = settlingOf(records, options.today)
  return {
    'sameMeetings.list': () => ok(listGroups(records, records.settings.get('defaultLocale'))),
    'sameMeetings.set': ({ meetingId, otherId, apart }) => {
      const center = options.center()
      const [a, b] = [meetings.current(meetingId), meetings.current(otherId)]
      const numbers = [same.numberOf(a), same.numberOf(b)].filter((number) => number !== undefined)
      if (center === null || a === b || numbers.length < 2) return err('not_found')
      const set = attempt(() =>
        records.db.transaction((tx) => {
          same.setApart(tx, a, b, apart)
          settleMeetings(tx, settlingAt(center), numbers)
          audit.append(tx, { event: 'same_meeting.set', detail: { meeting: a, other: b, apart } })
        }),
      )
      if (!set.ok) return err('storage_failed')
      options.onMeetingsChanged()
      return ok({ done: true })
    },
    'meetings.setWeeks': ({ meetingId, weeks }) => {
      const center = options.center()
      if (center === null) return err('not_found')
      const set = attempt(() =>
        records.db.transaction((tx) => {
          const id = meetings.setWeeks(tx, meetingId, weeks)
          if (id === null) return false
          relist(tx, settlingAt(center), id)
          audit.append(tx, { event: 'meeting.weeks_set', detail: { meeting: id, weeks: weeks.join(' ') } })
          return true
        }),
      )
      if (!set.ok) return err('storage_failed')
      if (!set.value) return err('not_found')
      options.onMeetingsChanged()
      return ok({ done: true })
    },
    'meetings.setHere': ({ meetingId, here }) => {
      const center = options.center()
      if (center === null) return err('not_found')
      const set = attempt(() =>
        records.db.transaction((tx) => {
          if (!meetings.setHere(meetingId, here, center)) return false
          audit.append(tx, {
            event: 'meeting.here_set',
            detail: { meeting: meetings.resolve(meetingId), here },
          })
          return true
        }),
      )
      if (!set.ok) return err('storage_failed')
      if (!set.value) return err('not_found')
      options.onMeetingsChanged()
      return ok({ done: true })
    },
  }
}

/** What settling at the desk works with: what staff do takes effect in their own transaction. */
export function settlingOf(
  { same, meetings, listing }: Pick<Records, 'same' | 'meetings' | 'listing'>,
  today: Today,
): (center: Center) => Settling {
  return (center) => ({ same, meetings, writer: listing, center, today: today.now().today })
}

/** A pair that staff keep apart stands with the group that either of them is shown for, else with its first. */
function listGroups({ same, meetings }: Records, locale: string): SameMeeting[] {
  const pairs = same.listPairs(mostGroups * 3)
  const others = new Map<string, SameMeeting['others'][number][]>()
  const add = (shownId: string, otherId: string, apart: boolean): void => {
    const meeting = meetings.findHit(otherId, locale)
    if (meeting === undefined) return
    others.set(shownId, [...(others.get(shownId) ?? []), { meeting, apart }])
  }
  for (const { shownId, otherId, apart } of pairs) if (!apart) add(shownId, otherId, false)
  for (const { shownId, otherId, apart } of pairs) {
    if (!apart) continue
    if (others.has(otherId) && !others.has(shownId)) add(otherId, shownId, true)
    else add(shownId, otherId, true)
  }
  return [...others]
    .flatMap(([shownId, group]): SameMeeting[] => {
      const shown = meetings.findHit(shownId, locale)
      return shown === undefined ? [] : [{ shown, others: group }]
    })
    .toSorted((a, b) => a.shown.name.localeCompare(b.shown.name, locale))
    .slice(0, mostGroups)
}
