import { describe, expect, it } from 'vitest'
import { deskCalls } from '../../../electron/contract/desk-calls.ts'
import { draftOf, readDraft, withLocale, withUnit } from '../../../renderer/desk/center-draft.ts'
import { readCoordinate, splitPair } from '../../../renderer/desk/coordinates.ts'
import { createDeskWords, zoneLabel, zonesByRegion } from '../../../renderer/desk/words.ts'
import { exampleState } from '../../support/fake-desk-bridge.ts'

describe('a coordinate as people copy it', () => {
  it.each([
    ['39.7817', 90, 39.7817],
    [' 39,7817 ', 90, 39.7817],
    ['-89.6501', 180, -89.6501],
    ['−89.6501', 180, -89.6501],
    ['39.7817° N', 90, 39.7817],
    ['33.45 S', 90, -33.45],
    ['89.6501W', 180, -89.6501],
    ['89.6501 O', 180, -89.6501],
    ['0', 90, 0],
  ] as const)('reads %s', (text, limit, value) => {
    expect(readCoordinate(text, limit)).toBeCloseTo(value, 9)
  })

  it.each([
    ['', 90],
    ['north', 90],
    ['91', 90],
    ['181', 180],
    ['39.7817 W', 90],
    ['89.6501 N', 180],
    ['39.78.17', 90],
    ['1e2', 180],
  ] as const)('refuses %j', (text, limit) => {
    expect(readCoordinate(text, limit)).toBeNull()
  })

  it('takes a pasted pair apart, with points or with commas', () => {
    expect(splitPair('39.7817, -89.6501')).toEqual({ latitude: '39.7817', longitude: '-89.6501' })
    expect(splitPair('39.7817,-89.6501')).toEqual({ latitude: '39.7817', longitude: '-89.6501' })
    expect(splitPair('39.7817 -89.6501')).toEqual({ latitude: '39.7817', longitude: '-89.6501' })
    expect(splitPair('39,7817; -89,6501')).toEqual({ latitude: '39,7817', longitude: '-89,6501' })
    expect(splitPair('39,7817')).toBeNull()
    expect(splitPair('39.7817')).toBeNull()
    expect(splitPair('39.7817, 400')).toBeNull()
  })
})

describe('the form of the center', () => {
  const state = exampleState('center')
  const zones = state.offered.zones

  it('gives back what is stored, and what it sends is what main accepts', () => {
    const reading = readDraft(draftOf(state), zones)
    expect(reading).toEqual({ ok: true, center: { ...state.center, radiusMeters: 24_140 } })
    if (reading.ok) expect(deskCalls['setup.saveCenter'].input.parse(reading.center)).toEqual(reading.center)
  })

  it('begins with what the machine offers, and asks for the rest', () => {
    const draft = draftOf(exampleState('needed'))
    expect(draft).toMatchObject({
      zone: 'America/New_York',
      radius: '15',
      distanceUnit: 'mi',
      paper: 'letter',
    })
    expect(readDraft(draft, zones)).toEqual({ ok: false, faults: ['name', 'latitude', 'longitude'] })
  })

  it('begins empty after the demonstration, so that nothing invented stays', () => {
    expect(draftOf(exampleState('demonstration'))).toMatchObject({ name: '', street: '', latitude: '' })
  })

  it.each(['', 'far', '0.2', '125', '-3', '1e3'])('refuses the distance %j', (radius) => {
    const reading = readDraft({ ...draftOf(state), radius }, zones)
    expect(reading).toEqual({ ok: false, faults: ['radius'] })
  })

  it('refuses a zone that the machine does not know', () => {
    const reading = readDraft({ ...draftOf(state), zone: 'Mars/Olympus' }, zones)
    expect(reading).toEqual({ ok: false, faults: ['zone'] })
  })

  it('changes the offered distance with the unit, and never a typed one', () => {
    const draft = draftOf(exampleState('needed'))
    expect(withUnit(draft, 'km').radius).toBe('25')
    expect(withUnit({ ...draft, radius: '7' }, 'km').radius).toBe('7')
  })

  it('keeps the first language among the chosen ones', () => {
    const draft = { ...draftOf(state), defaultLocale: 'en' as const }
    expect(withLocale(draft, 'en', false)).toMatchObject({ locales: ['es'], defaultLocale: 'es' })
    const none = withLocale(withLocale(draft, 'en', false), 'es', false)
    expect(readDraft(none, zones)).toEqual({ ok: false, faults: ['locales'] })
  })
})

describe('words of the desk', () => {
  const words = createDeskWords('en', 'America/New_York')
  const now = Date.UTC(2026, 2, 4, 15, 30)

  it('says an age in the largest whole unit', () => {
    expect(words.age(now - 30_000, now)).toBe('this minute')
    expect(words.age(now - 5 * 60_000, now)).toBe('5 minutes ago')
    expect(words.age(now - 2 * 3_600_000, now)).toBe('2 hours ago')
    expect(words.age(now - 50 * 3_600_000, now)).toBe('2 days ago')
    expect(createDeskWords('es', 'America/New_York').age(now - 86_400_000, now)).toBe('ayer')
  })

  it('says no future when the clock was set back', () => {
    expect(words.age(now + 3_600_000, now)).toBe('this minute')
  })

  it('says the instant in the center’s zone', () => {
    expect(words.at(now)).toMatch(/^Wed, Mar 4, 10:30\sAM$/)
  })

  it('says amounts in readable units', () => {
    expect(words.bytes(1_500)).toBe('2 kB')
    expect(words.bytes(2_340_000)).toBe('2.3 MB')
    expect(words.radius(24_140, 'mi')).toBe('15 miles')
  })

  it('lists zones by region and reads their names', () => {
    const zones = ['UTC', 'Europe/Madrid', 'America/New_York', 'America/Chicago']
    expect(zonesByRegion(zones)).toEqual([
      ['', ['UTC']],
      ['America', ['America/Chicago', 'America/New_York']],
      ['Europe', ['Europe/Madrid']],
    ])
    expect(zoneLabel('America/Argentina/Buenos_Aires')).toBe('Argentina, Buenos Aires')
  })
})
