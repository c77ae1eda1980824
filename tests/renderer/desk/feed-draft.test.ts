import { describe, expect, it } from 'vitest'
import {
  draftOfFeed,
  emptyAddDraft,
  emptySettings,
  fellowshipOf,
  guessOf,
  guessOfFeed,
  readSettings,
  sourceOf,
} from '../../../renderer/desk/feed-draft.ts'
import { exampleFeed } from '../../support/fake-desk-bridge.ts'

describe('what a list is, by its address', () => {
  it.each([
    ['https://na.example.org/main_server/', 'bmlt'],
    ['https://na.example.org/main_server/client_interface/json/?switcher=GetSearchResults', 'bmlt'],
    ['webcal://club.example.org/all', 'calendar'],
    ['https://club.example.org/events.ics?key=1', 'calendar'],
    ['https://calendar.example.org/feed', 'calendar'],
    ['https://office.example.org/meetings.csv', 'table'],
    ['https://office.example.org/feed.json', 'unknown'],
    ['', 'unknown'],
  ])('%s: %s', (address, guess) => {
    expect(guessOf({ ...emptyAddDraft, address })).toBe(guess)
  })

  it('believes staff, and a file is never a server', () => {
    expect(guessOf({ ...emptyAddDraft, address: 'https://na.example.org/', saysBmlt: true })).toBe('bmlt')
    const file = { token: 't', fileName: 'main_server.xlsx' }
    expect(guessOf({ ...emptyAddDraft, file, saysBmlt: true })).toBe('table')
  })

  it('knows a listed server by its format and by its scope', () => {
    expect(guessOfFeed(exampleFeed({ format: 'bmlt' }))).toBe('bmlt')
    expect(guessOfFeed(exampleFeed({ format: null, scope: { by: 'circle', kilometers: null } }))).toBe('bmlt')
    expect(guessOfFeed(exampleFeed({ format: 'ical' }))).toBe('calendar')
  })
})

describe('the fellowship of a list', () => {
  it('is Narcotics Anonymous for its servers until staff say otherwise', () => {
    expect(fellowshipOf(emptySettings, 'bmlt')).toBe('na')
    expect(fellowshipOf({ ...emptySettings, fellowship: '' }, 'bmlt')).toBeNull()
    expect(fellowshipOf(emptySettings, 'unknown')).toBeNull()
  })

  it('is none for clubs and therapists', () => {
    expect(fellowshipOf({ ...emptySettings, kind: 'club', fellowship: 'na' }, 'unknown')).toBeNull()
  })
})

describe('settings', () => {
  const inMiles = (radius: string) =>
    readSettings({ ...emptySettings, scope: { by: 'circle', radius, ids: [] } }, 'bmlt', 'mi')

  it('give a distance in kilometers, and none for that of the center', () => {
    expect(inMiles('10')).toMatchObject({ settings: { scope: { by: 'circle', kilometers: 16.093_44 } } })
    expect(inMiles(' 1,5 ')).toMatchObject({ settings: { scope: { kilometers: 2.414_016 } } })
    expect(inMiles('')).toMatchObject({ settings: { scope: { by: 'circle', kilometers: null } } })
  })

  it.each(['0', '0.5', '400', 'ten', '-3', '1e2'])('refuse a distance of "%s" miles', (radius) => {
    expect(inMiles(radius)).toEqual({ ok: false, faults: ['radius'] })
  })

  it('need one service body, and have no scope where there is no server', () => {
    const settings = { ...emptySettings, scope: { by: 'services', radius: '', ids: [] } } as const
    expect(readSettings(settings, 'bmlt', 'km')).toEqual({ ok: false, faults: ['services'] })
    expect(readSettings(settings, 'calendar', 'km')).toMatchObject({ settings: { scope: null } })
  })

  it('leave out the answer to a question that is not asked of this kind of list', () => {
    const both = { ...emptySettings, utcIsLocal: true, midnightBefore: true }
    const read = (guess: 'bmlt' | 'calendar' | 'table') => readSettings(both, guess, 'km')
    expect(read('calendar')).toMatchObject({ settings: { utcIsLocal: true, midnightBefore: false } })
    expect(read('table')).toMatchObject({ settings: { utcIsLocal: false, midnightBefore: true } })
    expect(read('bmlt')).toMatchObject({ settings: { utcIsLocal: false, midnightBefore: false } })
  })

  it('of a list come back as they were', () => {
    const feed = exampleFeed({
      name: 'NA',
      format: 'bmlt',
      fellowship: null,
      zone: 'America/Chicago',
      heldHere: true,
      everyMinutes: 45,
      scope: { by: 'services', ids: [3, 5] },
    })
    expect(readSettings(draftOfFeed(feed, 'mi'), guessOfFeed(feed), 'mi')).toEqual({
      ok: true,
      settings: {
        name: 'NA',
        kind: 'peer',
        fellowship: null,
        zone: 'America/Chicago',
        heldHere: true,
        everyMinutes: 45,
        scope: { by: 'services', ids: [3, 5] },
        utcIsLocal: false,
        midnightBefore: false,
      },
    })
  })
})

it('asks for a file when one is chosen, else for an address, else for nothing', () => {
  expect(sourceOf(emptyAddDraft, false)).toBeNull()
  expect(sourceOf({ ...emptyAddDraft, address: '  ' }, false)).toBeNull()
  expect(sourceOf({ ...emptyAddDraft, address: ' http://a.example ' }, true)).toEqual({
    from: 'address',
    address: 'http://a.example',
    plainHttpConfirmed: true,
  })
  expect(sourceOf({ ...emptyAddDraft, file: { token: 't', fileName: 'a.csv' } }, false)).toEqual({
    from: 'file',
    token: 't',
  })
})
