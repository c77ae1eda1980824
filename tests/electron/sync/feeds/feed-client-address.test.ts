import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
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

test('a public site may not lead inside by a name: the number connected to is the one that is checked', () => {
  const router: LookupFunction = (_host, _options, callback) =>
    callback(null, [
      { address: '1.1.1.1', family: 4 },
      { address: '192.168.1.1', family: 4 },
    ])
  const answer = (outside: boolean): unknown => {
    let given: unknown
    guardedLookup(router, outside)('router.example', { all: true }, (error, found) => {
      given = error ?? found
    })
    return given
  }
  expect(answer(false)).toHaveLength(2)
  expect(answer(true)).toMatchObject({ result: { ok: false, code: 'address_not_allowed' } })
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
