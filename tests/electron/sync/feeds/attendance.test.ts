import { expect, test } from 'vitest'
import { attendanceOf, readLink, readPhone } from '../../../../electron/sync/feeds/attendance.ts'

test.each([
  [true, true, false, 'hybrid'],
  [false, true, false, 'in_person'],
  [true, false, false, 'online'],
  [false, false, false, 'inactive'],
  [true, true, true, 'online'],
  [false, true, true, 'inactive'],
] as const)('online %s, exact place %s, site closed %s: %s', (online, exactPlace, siteClosed, expected) => {
  expect(attendanceOf({ online, exactPlace, siteClosed })).toBe(expected)
})

test.each([
  ['https://us02web.zoom.us/j/1?pwd=x&amp;y=1', 'https://us02web.zoom.us/j/1?pwd=x&y=1', 'Zoom'],
  ['HTTPS://MEET.GOOGLE.COM/abc', 'https://meet.google.com/abc', 'Google Meet'],
  ['https://notzoom.us/j/1', 'https://notzoom.us/j/1', 'website'],
  ['http://example.org', 'http://example.org/', 'website'],
])('reads the link %s', (text, url, provider) => {
  expect(readLink(text)).toEqual({ url, provider })
})

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'zoom.us/j/1',
  'tbd',
  'https://',
  'data:text/html,x',
  '//zoom.us/j/1',
  'https://a b',
  // What stands before the @ is a user's name; the link leads elsewhere.
  'https://zoom.us@elsewhere.example/j/1',
  `https://zoom.us/j/${'1'.repeat(2000)}`,
])('takes %j for no link (SEC-10)', (text) => {
  expect(readLink(text)).toBeNull()
})

test('a number to dial has ten digits', () => {
  expect(readPhone('+1 (312) 555-0100,,000#,,*9')).toBe('+13125550100,,000#,,*9')
  expect(readPhone('1234567890')).toBe('1234567890')
  expect(readPhone('+11')).toBeNull()
  expect(readPhone('call 555-0100')).toBeNull()
})

test.each([
  ['646-558-8656 or 312-626-6799', '6465588656'],
  ['+1 646 558 8656; code 123456', '+16465588656'],
  ['1-508-205-0101 ext. 22', '15082050101,22'],
  ['508-205-0101 x22', '5082050101,22'],
  ['555-0100 / 508-205-0101', '5082050101'],
  ['9'.repeat(1000), null],
])('of %j only what one can dial is left', (text, phone) => {
  expect(readPhone(text)).toBe(phone)
})
