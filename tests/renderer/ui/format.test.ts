import { describe, expect, it } from 'vitest'
import { addDays, createFormats, localDateAt } from '../../../renderer/ui/format.ts'

const zone = 'America/New_York'
const en = createFormats('en', zone, 'mi')
const es = createFormats('es', zone, 'km')
const one = Date.parse('2026-11-25T18:00:00Z')

describe('formats', () => {
  it("writes times of the center's zone by the 12-hour clock in both languages", () => {
    expect(en.time(one)).toBe('1:00 PM')
    expect(es.time(one)).toMatch(/^1:00\sp\.\s?m\.$/u)
    expect(en.clock(one)).toEqual({ clock: '1:00', period: 'PM' })
    expect(es.clock(one).clock).toBe('1:00')
  })

  it('names the zone for a meeting that one joins from elsewhere (LNG-11)', () => {
    expect(en.timeWithZone(one)).toBe('1:00 PM EST')
    expect(en.timeWithZone(Date.parse('2026-07-01T17:00:00Z'))).toBe('1:00 PM EDT')
  })

  it('writes dates, distances and lists in the words of the language', () => {
    expect(en.longDate('2026-11-25')).toBe('Wednesday, November 25')
    expect(es.longDate('2026-11-25')).toBe('miércoles, 25 de noviembre')
    expect(en.distance(1609.344 * 2.26)).toBe('2.3 mi')
    expect(es.distance(2260)).toBe('2.3 km')
    expect(en.distance(1609.344 * 153.7)).toBe('154 mi')
    expect(es.list(['1 página', '2 clubes'])).toBe('1 página y 2 clubes')
  })

  it('names languages, and shows what is no language tag as it is', () => {
    expect(en.languages(['es', 'not a tag!'])).toBe('Spanish and not a tag!')
  })
})

describe('calendar dates', () => {
  it('are those of the zone, also when the clocks change', () => {
    expect(localDateAt(Date.parse('2026-11-25T04:59:59Z'), zone)).toBe('2026-11-24')
    expect(localDateAt(Date.parse('2026-11-25T05:00:00Z'), zone)).toBe('2026-11-25')
    expect(localDateAt(Date.parse('2026-03-09T03:59:00Z'), zone)).toBe('2026-03-08')
  })

  it('go on over months, years and daylight saving', () => {
    expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-11-01', 1)).toBe('2026-11-02')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  })
})
