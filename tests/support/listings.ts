import { datesIn, ListingWriter } from '../../electron/db/listing-writer.ts'
import type { Db } from '../../electron/db/connection.ts'
import type { MeetingContent, MeetingPlace } from '../../electron/db/meeting-rows.ts'
import type { MeetingWrite } from '../../electron/db/meeting-writer.ts'
import type { Rule } from '../../electron/domain/schedule.ts'
import type { Stands } from '../../electron/domain/whereabouts.ts'

export const listingZone = 'America/New_York'
/** A Tuesday. */
export const listingToday = '2026-11-24'
export const listingWindow = { zone: listingZone, from: '2026-11-23', days: 37 }

export type Listing = Partial<Omit<MeetingContent, 'place' | 'rules'>> & {
  readonly place?: Partial<MeetingPlace>
  /** 0 = Sunday. */
  readonly weekdays?: readonly number[]
  readonly startMinute?: number
  readonly durationMinutes?: number
  readonly feedId?: string
  readonly whereabouts?: Stands['whereabouts']
  readonly distanceMeters?: number | null
}

const plainPlace: MeetingPlace = {
  name: null,
  street: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  address: null,
  note: null,
  latitude: null,
  longitude: null,
  approximate: false,
}

/** A weekly meeting as an import would write it; what is not given is plain. */
export function listing(id: string, given: Listing = {}): MeetingWrite {
  const {
    place,
    weekdays = [2],
    startMinute = 19 * 60,
    durationMinutes = 60,
    feedId = null,
    whereabouts = 1,
    distanceMeters = 1000,
    ...content
  } = given
  const rules: Rule[] = weekdays.map((weekday) => ({
    form: 'weekly',
    weekday,
    startMinute,
    durationMinutes,
    zone: listingZone,
  }))
  return {
    id,
    feedId,
    content: {
      key: `key-${id}`,
      part: '',
      name: `Meeting ${id}`,
      kind: 'peer',
      fellowship: 'unknown',
      audience: 'self',
      decidedBy: 'test',
      group: null,
      notes: null,
      types: [],
      languages: [],
      openness: 'unknown',
      wheelchair: null,
      attendance: 'in_person',
      place: place === undefined ? null : { ...plainPlace, ...place },
      onlineUrl: null,
      onlineNote: null,
      phone: null,
      phoneNote: null,
      provider: null,
      rules,
      sourceUpdated: null,
      sourceName: null,
      ...content,
    },
    contentHash: 'x',
    fingerprint: 'x',
    stands: { here: whereabouts === 0, hereWhy: 'no', distanceMeters, whereabouts },
  }
}

export function datesOf(meeting: MeetingWrite, window = listingWindow) {
  return datesIn(window, meeting.content.rules, null)
}

export function addListings(db: Db, meetings: readonly MeetingWrite[]): ListingWriter {
  const writer = new ListingWriter(db, 'machine')
  db.transaction((tx) => {
    for (const meeting of meetings) writer.write(tx, meeting, datesOf(meeting), 0)
  })
  return writer
}
