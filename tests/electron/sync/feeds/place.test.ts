import { expect, test } from 'vitest'
import { type PlaceTexts, readPlace } from '../../../../electron/sync/feeds/place.ts'

const nothing: PlaceTexts = {
  name: null,
  note: null,
  formatted: null,
  address: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  coordinates: undefined,
  latitude: undefined,
  longitude: undefined,
  approximate: undefined,
}

test('builds the whole address from its parts', () => {
  const { place, exact } = readPlace({
    ...nothing,
    address: '7 Quarry Rd',
    city: 'Millbrook',
    region: 'PA',
    postalCode: '1999',
    country: 'US',
  })
  expect(place).toMatchObject({
    address: '7 Quarry Rd, Millbrook, PA 01999, USA',
    street: '7 Quarry Rd',
    postalCode: '01999',
    country: 'USA',
    approximate: false,
  })
  expect(exact).toBe(true)
})

test('skips parts that are missing', () => {
  expect(readPlace({ ...nothing, city: 'Millbrook', country: 'US' }).place?.address).toBe('Millbrook, USA')
})

test('takes an address with two commas for the whole one', () => {
  const { place } = readPlace({ ...nothing, address: '8318 Elm St, Northtown, Alberta, T6E 4E8, Canada' })
  expect(place).toMatchObject({
    street: '8318 Elm St',
    city: 'Northtown',
    region: 'Alberta',
    postalCode: 'T6E 4E8',
    country: 'Canada',
  })
})

test('takes a whole United States address apart', () => {
  expect(
    readPlace({ ...nothing, formatted: '12 Lantern St, Unit 2, Millbrook, PA 19999, USA' }).place,
  ).toMatchObject({
    street: '12 Lantern St, Unit 2',
    city: 'Millbrook',
    region: 'PA',
    postalCode: '19999',
    country: 'USA',
  })
})

test('moves a remark after @ into the note of the place', () => {
  expect(readPlace({ ...nothing, address: '7 Quarry Rd @ back door', note: 'Ring' }).place).toMatchObject({
    street: '7 Quarry Rd',
    note: 'back door\nRing',
  })
})

test.each<[string, Partial<PlaceTexts>, boolean]>([
  ['two coordinates are a point', { coordinates: '40.1,-75.2', approximate: 'yes' }, true],
  ['four coordinates are an area', { coordinates: '40,-75,41,-74', formatted: '1 A St, B, C, D' }, false],
  ['the feed says so', { formatted: 'Millbrook, PA, USA', approximate: 'no' }, true],
  ['the feed says that it is an area', { formatted: '1 A St, B, PA 19999, USA', approximate: true }, false],
  ['four parts are a point', { formatted: 'Town Hall, Millbrook, PA 19999, USA' }, true],
  ['three parts are an area', { formatted: 'Millbrook, PA, USA' }, false],
  ['a street number is a point', { formatted: '100 Main St, Tupelo, MS' }, true],
  ['a street number with a letter is a point', { formatted: '10b Main St' }, true],
  ['a number in a name is none', { formatted: '1st Ave, Tupelo' }, false],
  ['a postal code is no street number', { postalCode: '10115', formatted: '10115 Berlin, Germany' }, false],
  ['a city is an area', { city: 'San Francisco' }, false],
  ['a point without address is doubtful', { latitude: 40, longitude: -75 }, false],
  ['nothing is nowhere, whatever is said of it', { approximate: 'no' }, false],
])('%s', (_what, texts, exact) => {
  expect(readPlace({ ...nothing, ...texts }).exact).toBe(exact)
})

test('ignores 0/0 and numbers off the globe', () => {
  const at = (latitude: unknown, longitude: unknown) =>
    readPlace({ ...nothing, city: 'Millbrook', latitude, longitude }).place?.latitude
  expect(at(0, 0)).toBeNull()
  expect(at('0', '0.0')).toBeNull()
  expect(at(91, 10)).toBeNull()
  expect(at('40.1', '-75.2')).toBe(40.1)
  expect(at('', null)).toBeNull()
  expect(at('40,1', '75')).toBeNull()
})

test('a row without any place has none', () => {
  expect(readPlace(nothing)).toEqual({ place: null, exact: false })
})
