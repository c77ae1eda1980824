import { describe, expect, it } from 'vitest'
import { normalizedPostalCode, normalizedStreet } from '../../../electron/domain/street.ts'
import {
  distanceMeters,
  whereaboutsOf,
  type Center,
  type Standing,
} from '../../../electron/domain/whereabouts.ts'

const center: Center = {
  street: '500 North Main Street',
  postalCode: '94022-1234',
  latitude: 37.3852,
  longitude: -122.1141,
  zone: 'America/Los_Angeles',
  radiusMeters: 25_000,
}

const meeting: Standing = {
  attendance: 'in_person',
  latitude: null,
  longitude: null,
  approximate: false,
  street: null,
  postalCode: null,
  own: false,
  feedHeldHere: false,
  hereByStaff: null,
}

/** A point so many meters north of the center. */
const north = (meters: number) => ({
  latitude: center.latitude + (meters / 6_371_008.8) * (180 / Math.PI),
  longitude: center.longitude,
})

describe('the distance', () => {
  it.each([
    // One degree of a great circle, and two cities whose distance is known from elsewhere.
    ['one degree of latitude', [0, 0], [1, 0], 111_195],
    ['one degree of longitude at the equator', [0, 0], [0, 1], 111_195],
    ['Paris to London', [48.8566, 2.3522], [51.5074, -0.1278], 343_556],
    ['over the date line', [0, 179.5], [0, -179.5], 111_195],
    ['to itself', [37, -122], [37, -122], 0],
    ['to the other side', [0, 0], [0, 180], 20_015_115],
  ])('%s', (_what, [lat1 = 0, lon1 = 0], [lat2 = 0, lon2 = 0], meters) => {
    const found = distanceMeters({ latitude: lat1, longitude: lon1 }, { latitude: lat2, longitude: lon2 })
    expect(Math.abs(found - meters)).toBeLessThan(10)
  })
})

describe('a meeting is here', () => {
  it.each([
    ['when it is the center’s own', { own: true, attendance: 'online' }, 'own'],
    ['when its feed is held here', { feedHeldHere: true }, 'feed'],
    ['when it is 74 m away', north(74), 'distance'],
    [
      'when it has the street and postal code',
      { street: '500 N. Main St., Suite 4', postalCode: '94022' },
      'address',
    ],
    ['when staff say so, wherever it is', { hereByStaff: true, ...north(9000) }, 'staff'],
  ] as const)('%s', (_what, more, hereWhy) => {
    expect(whereaboutsOf({ ...meeting, ...more }, center)).toMatchObject({
      here: true,
      hereWhy,
      whereabouts: 0,
    })
  })

  it.each([
    ['when it is 76 m away', north(76), 1],
    ['when the place is only an area', { ...north(10), approximate: true }, 1],
    ['when it is online, though its coordinates are', { ...north(10), attendance: 'online' }, 2],
    ['when only the street is the same', { street: '500 N Main St', postalCode: '10001' }, 3],
    ['when only the postal code is the same', { street: '501 N Main St', postalCode: '94022' }, 3],
    [
      'when staff say it is not, though it is the center’s own',
      { own: true, hereByStaff: false, ...north(5) },
      1,
    ],
    ['when staff say it is not, though its feed is', { feedHeldHere: true, hereByStaff: false }, 3],
  ] as const)('not %s', (_what, more, whereabouts) => {
    expect(whereaboutsOf({ ...meeting, ...more }, center)).toMatchObject({ here: false, whereabouts })
  })

  it('never by an address that the center does not have', () => {
    const bare = { ...center, street: '', postalCode: '' }
    expect(whereaboutsOf({ ...meeting, street: '', postalCode: '' }, bare).here).toBe(false)
    expect(whereaboutsOf(meeting, bare).here).toBe(false)
  })
})

describe('elsewhere', () => {
  it.each([
    ['in person inside the radius', { ...north(24_900) }, 1, 24_900],
    ['in person outside of it', { ...north(25_100) }, 3, 25_100],
    ['in person without coordinates', {}, 3, null],
    ['hybrid inside the radius', { attendance: 'hybrid', ...north(3000) }, 1, 3000],
    ['hybrid outside of it can still be joined', { attendance: 'hybrid', ...north(30_000) }, 2, 30_000],
    ['hybrid without coordinates', { attendance: 'hybrid' }, 2, null],
    ['online', { attendance: 'online', ...north(3000) }, 2, null],
    ['inactive', { attendance: 'inactive', ...north(3000) }, 3, null],
  ] as const)('%s', (_what, more, whereabouts, distance) => {
    expect(whereaboutsOf({ ...meeting, ...more }, center)).toEqual({
      here: false,
      hereWhy: 'no',
      whereabouts,
      distanceMeters: distance,
    })
  })
})

describe('one street in several spellings', () => {
  it.each([
    ['500 North Main Street', '500 N Main St'],
    ['500 N. Main St., Suite 400', '500 north main street'],
    ['500 N Main St #12', '500 N Main St'],
    ['500 N Main St Apt. B', '500 N Main St'],
    ['500 N Main St, 2nd Floor', '500 N Main St'],
    ['500 N Main St, Rm 5', '500 N MAIN ST'],
    ['1200 Fifth Avenue', '1200 5th Ave.'],
    ['88 Saint Mary’s Road', "88 St. Mary's Rd"],
    ['10 Martin Luther King Jr. Boulevard', '10 Martin Luther King Jr Blvd'],
    ['7 Old Post Rd. NE', '7 Old Post Road Northeast'],
    ['Calle Mayor 15', 'C/ Mayor, 15'],
    ['Calle Mayor, nº 15, 2º B', 'calle mayor 15'],
    ['Av. José Martí 220, Local 3', 'Avenida Jose Marti 220'],
    ['Avenida de la Constitución 8', 'Avda. Constitución, 8'],
    ['Paseo del Prado 4, piso 3', 'Pº del Prado 4'],
    ['Carrera 7 #12-40', 'Cra. 7 # 12-40'],
    ['123 Élysée Court', '123 Elysee Ct'],
  ])('%s = %s', (one, other) => {
    expect(normalizedStreet(one)).toBe(normalizedStreet(other))
    expect(normalizedStreet(one)).not.toBe('')
  })

  it.each([
    ['500 N Main St', '500 S Main St'],
    ['500 Main St', '501 Main St'],
    ['500 Main St', '500 Main Ave'],
    ['12 1st Street', '12 2nd Street'],
    ['Carrera 7 #12-40', 'Carrera 7 #14-40'],
    ['5 Elm Street', '15 Elm Street'],
  ])('%s is not %s', (one, other) => {
    expect(normalizedStreet(one)).not.toBe(normalizedStreet(other))
  })

  it('gives nothing for nothing', () => {
    expect([null, '', '  ', ' , '].map(normalizedStreet)).toEqual(['', '', '', ''])
    expect([null, '', '94022-1234', '940221234', 'sw1a 1aa', '28013'].map(normalizedPostalCode)).toEqual([
      '',
      '',
      '94022',
      '94022',
      'SW1A1AA',
      '28013',
    ])
  })
})
