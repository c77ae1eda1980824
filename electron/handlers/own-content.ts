import type { OwnMeeting } from '../contract/desk-calls.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { MeetingContent } from '../db/meeting-rows.ts'
import type { StoredOwnMeeting } from '../db/own-meeting-store.ts'
import { audienceOf, unknownFellowship } from '../domain/fellowships.ts'
import { isCalendarDate, ownDatesOf, rulesOfOwnDates } from '../domain/own-dates.ts'
import { fellowships } from '../sync/feeds/directory.ts'
import { plainLine, plainText } from '../sync/feeds/text.ts'

/**
 * What the form at the desk says, as any other meeting is kept. Texts are cleaned as those of feeds are: they are
 * shown beside each other, and something copied from a web page may hold marks that turn the line around. Without
 * an address of its own it has no place: it is held at the center, wherever that is.
 */
export function contentOfOwn(
  id: string,
  meeting: OwnMeeting,
  zone: string,
): Result<MeetingContent, 'bad_date' | 'bad_link'> {
  const { kind, attendance } = meeting
  for (const date of meeting.dates) {
    if (date.form === 'once' && !isCalendarDate(date.date)) return err('bad_date')
  }
  const link = attendance === 'in_person' ? null : textOrNull(meeting.onlineUrl)
  const phone = textOrNull(meeting.phone)
  if (link !== null && !isWebLink(link)) return err('bad_link')
  if (phone !== null && !isPhone(phone)) return err('bad_link')
  // Nobody could join.
  if (attendance !== 'in_person' && link === null && phone === null) return err('bad_link')
  const given = fellowships.find((one) => one.id === meeting.fellowship)
  const fellowship = kind === 'peer' && given !== undefined ? given.id : unknownFellowship
  const elsewhere = {
    name: lineOrNull(meeting.placeName),
    street: lineOrNull(meeting.street),
    city: lineOrNull(meeting.city),
  }
  const note = lineOrNull(meeting.room)
  const hasPlace = note !== null || Object.values(elsewhere).some((text) => text !== null)
  return ok({
    key: id,
    part: '',
    name: plainLine(meeting.name),
    kind,
    fellowship,
    audience: audienceOf(fellowships, fellowship, kind),
    decidedBy: 'entered at the desk',
    group: null,
    notes: textOrNull(plainText(meeting.notes)),
    types: [],
    languages: [...new Set(meeting.languages)],
    openness: meeting.openness,
    wheelchair: meeting.wheelchair,
    attendance,
    place:
      attendance === 'online' || !hasPlace
        ? null
        : {
            ...elsewhere,
            note,
            region: null,
            postalCode: null,
            country: null,
            address: null,
            latitude: null,
            longitude: null,
            approximate: false,
          },
    onlineUrl: link === null ? null : new URL(link).href,
    onlineNote: null,
    phone,
    phoneNote: null,
    provider: null,
    rules: rulesOfOwnDates(meeting.dates, zone),
    sourceUpdated: null,
    sourceName: null,
  })
}

/** Back into the form. */
export function ownOfStored(stored: StoredOwnMeeting): OwnMeeting {
  const { openness, fellowship } = stored
  return {
    name: stored.name,
    kind: stored.kind,
    fellowship: fellowship === unknownFellowship ? null : fellowship,
    notes: stored.notes ?? '',
    room: stored.room ?? '',
    placeName: stored.placeName ?? '',
    street: stored.street ?? '',
    city: stored.city ?? '',
    attendance: stored.attendance,
    onlineUrl: stored.onlineUrl ?? '',
    phone: stored.phone ?? '',
    languages: [...stored.languages],
    wheelchair: stored.wheelchair,
    openness: openness === 'open' || openness === 'closed' ? openness : 'unknown',
    dates: ownDatesOf(stored.rules),
  }
}

function lineOrNull(text: string): string | null {
  return textOrNull(plainLine(text))
}

function textOrNull(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}

/** What a phone may open: http or https, with a host, and no password that a screen would show. */
function isWebLink(text: string): boolean {
  if (!URL.canParse(text) || /\s/u.test(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return /^https?:$/u.test(protocol) && hostname.includes('.') && username === '' && password === ''
}

/** Seven digits are a local number; what is not a digit is there to be read. */
function isPhone(text: string): boolean {
  return /^[\d\s()+.,;#*/x-]+$/iu.test(text) && text.replace(/\D/gu, '').length >= 7
}
