import { benchCenter, inventPlace } from './place.ts'
import { createRandom } from './random.ts'
import { clock } from './rows.ts'
import { clubNames, noteParts } from './words.ts'

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

/** An iCalendar (RFC 5545) of clubs: weekly, every second week or once a month, a few without one date. */
export function makeCalendar(seed: number, events: number): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Open Chair//Generated clubs//EN',
    'X-WR-CALNAME:Clubs and interests',
    ...Array.from({ length: events }, (_, index) => makeEvent(seed, index)).flat(),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

function makeEvent(seed: number, index: number): readonly string[] {
  const random = createRandom(`${seed}/clubs/${index}`)
  const weekday = random.between(0, 6)
  const start = random.weighted([
    [18 * 60, 5],
    [19 * 60, 4],
    [10 * 60, 3],
    [15 * 60, 2],
    [8 * 60 + 30, 1],
  ])
  // 4 January 2026 is a Sunday.
  const onDay = (minute: number, week = 0) =>
    `202601${String(4 + weekday + 7 * week).padStart(2, '0')}T${clock(minute).replace(':', '')}00`
  const rule = random.weighted([
    ['FREQ=WEEKLY', 80],
    ['FREQ=WEEKLY;INTERVAL=2', 12],
    [`FREQ=MONTHLY;BYDAY=1${weekdays[weekday] ?? 'SU'}`, 8],
  ])
  const zone = benchCenter.zone
  const place = inventPlace(random)
  const where = random.chance(0.1)
    ? ['LOCATION:Online', `URL:https://zoom.us/j/${random.between(100_000_000, 999_999_999)}`]
    : [
        `LOCATION:${escaped(`${place.building}, ${place.address}`)}`,
        `GEO:${place.latitude};${place.longitude}`,
      ]
  return [
    'BEGIN:VEVENT',
    `UID:club-${index}@generated.invalid`,
    'DTSTAMP:20260102T000000Z',
    `DTSTART;TZID=${zone}:${onDay(start)}`,
    `DTEND;TZID=${zone}:${onDay(start + random.pick([60, 90, 120]))}`,
    `RRULE:${rule}`,
    ...(random.chance(0.1) ? [`EXDATE;TZID=${zone}:${onDay(start, 1)}`] : []),
    `SUMMARY:${random.pick(clubNames)}`,
    ...(random.chance(0.6) ? [`DESCRIPTION:${escaped(random.pick(noteParts))}`] : []),
    ...where,
    'END:VEVENT',
  ].flatMap(folded)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`)
}

/** Lines of at most 75 octets; the texts here have at most two octets a character. */
function folded(line: string): readonly string[] {
  const pieces = line.match(/.{1,36}/gu) ?? []
  return pieces.map((piece, at) => (at === 0 ? piece : ` ${piece}`))
}
