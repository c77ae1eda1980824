import { isIP, type LookupFunction } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  isInsideAddress,
  isLoopbackName,
  parseAddress,
} from '../../../../electron/sync/feeds/feed-client-address.ts'
import { guardedLookup } from '../../../../electron/sync/feeds/feed-client-web.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:c0a8:101',
  '64:ff9b::7f00:1',
  '::127.0.0.1',
  '::c0a8:101',
  '2002:7f00:1::1',
  '2002:c0a8:101::',
  '2001:0:1:2::3',
  '192.0.0.8',
  '198.18.0.1',
  '240.0.0.1',
  '255.255.255.255',
])('%s is inside', (address) => {
  expect(isInsideAddress(address)).toBe(true)
})

test.each([
  '1.1.1.1',
  '172.32.0.1',
  '192.169.0.1',
  '8.8.8.8',
  '2606:4700::1111',
  '::ffff:1.1.1.1',
  'example.org',
])('%s is outside', (address) => {
  expect(isInsideAddress(address)).toBe(false)
})

test('only names and numbers of this machine count as loopback', () => {
  expect(['localhost', 'a.localhost', '127.8.9.1', '[::1]', 'LOCALHOST.'].every(isLoopbackName)).toBe(true)
  expect(['localhost.example.org', '127.0.0.1.nip.io', '128.0.0.1', 'mylocalhost'].some(isLoopbackName)).toBe(
    false,
  )
})

describe('the number connected to is the one that is checked', () => {
  const named =
    (...numbers: string[]): LookupFunction =>
    (_host, options, callback) =>
      options.all === true
        ? callback(
            null,
            numbers.map((address) => ({ address, family: isIP(address) })),
          )
        : callback(null, numbers[0] ?? '', 4)
  const ask = (lookup: LookupFunction, mayBeInside: boolean, all = true): unknown => {
    let given: unknown
    guardedLookup(lookup, mayBeInside)('router.example', { all }, (error, found) => {
      given = error ?? (Array.isArray(found) ? found.map(({ address }) => address) : found)
    })
    return given
  }

  test('a host that nobody typed may not lead inside, not with one of its numbers', () => {
    const refusal = { result: { ok: false, code: 'address_not_allowed' } }
    expect(ask(named('192.168.1.1'), false)).toMatchObject(refusal)
    expect(ask(named('1.1.1.1', '192.168.1.1'), false)).toMatchObject(refusal)
    expect(ask(named('1.1.1.1', 'fd00::1'), false)).toMatchObject(refusal)
    expect(ask(named('192.168.1.1'), false, false)).toMatchObject(refusal)
    expect(ask(named('1.1.1.1', '2606:4700::1111'), false)).toEqual(['1.1.1.1', '2606:4700::1111'])
  })

  test('a host that staff typed may be inside; one that is in both worlds is asked outside only', () => {
    expect(ask(named('192.168.1.1'), true)).toEqual(['192.168.1.1'])
    expect(ask(named('192.168.1.1', 'fd00::1'), true)).toEqual(['192.168.1.1', 'fd00::1'])
    expect(ask(named('192.168.1.1', '1.1.1.1'), true)).toEqual(['1.1.1.1'])
  })
})

test('numbers written in other ways are read as the numbers they are', () => {
  const rules = { plainHttpHost: null }
  // 2130706433 and 0x7f.1 are 127.0.0.1, and so allowed over http as this machine itself.
  for (const address of ['http://2130706433/', 'http://0x7f.1/']) {
    expect(parseAddress(address, null, rules)).toMatchObject({ ok: true, value: { hostname: '127.0.0.1' } })
  }
  expect(parseAddress('http://167772161/', null, rules)).toMatchObject({
    ok: false,
    code: 'address_not_allowed',
  })
})

test('accepts the iCal address of a Google calendar', () => {
  const address = 'https://calendar.google.com/calendar/ical/club%40example.org/public/basic.ics'
  expect(parseAddress(address, null, { plainHttpHost: null })).toMatchObject({ ok: true })
})

test('confirmed http holds for its host alone', () => {
  const rules = { plainHttpHost: 'meetings.example' }
  expect(parseAddress('http://meetings.example/a', null, rules)).toMatchObject({ ok: true })
  const base = new URL('http://meetings.example/a')
  expect(parseAddress('/b', base, rules)).toMatchObject({ ok: true })
  expect(parseAddress('http://other.example/b', base, rules)).toMatchObject({ ok: false })
})
