import { expect, test } from 'vitest'
import { createTypesReader, withoutOnSite } from '../../../../electron/sync/feeds/types.ts'

const read = createTypesReader()
const codes = (value: unknown, fellowship: string) => read(value, fellowship).types.map((type) => type.code)
const label = (code: string, fellowship: string) => read([code], fellowship).types[0]?.label

test.each([
  ['POA', 'aa', 'Proof of Attendance'],
  ['POA', 'al-anon', 'Parents of Alcoholics'],
  ['POA', 'slaa', 'Attendance Voucher'],
  ['Y', 'aa', 'Young People'],
  ['Y', 'al-anon', 'Alateen'],
  ['Y', 'alateen', 'Alateen'],
  ['S', 'aa', 'Spanish'],
  ['S', 'aca', 'Speaker'],
  ['SP', 'aca', 'Spanish'],
  ['TR', 'coda', 'Tradition'],
  ['TR', 'al-anon', 'Turkish'],
  ['IS', 'recovery-dharma', 'Inquiry Study'],
  ['BT', 'na', 'Basic Text'],
  ['TC', 'unknown', 'Location Temporarily Closed'],
  ['POA', 'unknown', null],
  ['O', 'pal', null],
])('the code %s of %s reads %j', (code, fellowship, expected) => {
  expect(label(code, fellowship)).toBe(expected)
})

test.each([
  [['O', 'o', 'O'], ['O']],
  [
    ['12X12', 'onl'],
    ['12x12', 'ONL'],
  ],
  [
    ['Big Book', 'wheelchair access'],
    ['B', 'X'],
  ],
  ['C,W', ['C', 'W']],
  ['[open]', ['O']],
  ['["O", "D"]', ['O', 'D']],
  [[11, ''], ['11']],
  ['12 Steps & 12 Traditions, Speaker', ['12x12', 'SP']],
  [['ZZ'], ['ZZ']],
  [null, []],
  [undefined, []],
])('reads %j as %j', (value, expected) => {
  expect(codes(value, 'aa')).toEqual(expected)
})

test('keeps an unknown code without a name and says so, but only where codes can be known', () => {
  expect(read(['ZZ', 'O'], 'aa')).toMatchObject({
    unknown: ['ZZ'],
    types: [{ code: 'ZZ', label: null }, { code: 'O' }],
  })
  expect(read(['ZZ', 'O'], 'unknown')).toMatchObject({ unknown: [], openness: 'unknown' })
})

test('open and closed at once is closed, and only one of them is kept', () => {
  expect(read(['O', 'C'], 'aa')).toMatchObject({
    openness: 'closed',
    openAndClosed: true,
    types: [{ code: 'C' }],
  })
  expect(read(['O'], 'al-anon')).toMatchObject({ openness: 'open', openAndClosed: false })
})

test('names languages by their tags', () => {
  expect(read(['S', 'POL', 'KOR', 'D'], 'aa').languages).toEqual(['es', 'pl', 'ko'])
  expect(read(['ES'], 'na').languages).toEqual(['es'])
  expect(read(['S'], 'unknown').languages).toEqual([])
})

test('a wheelchair has its own code in each fellowship', () => {
  expect(read(['X'], 'aa').wheelchair).toBe(true)
  expect(read(['WA'], 'recovery-dharma').wheelchair).toBe(true)
  expect(read(['X'], 'recovery-dharma').wheelchair).toBe(false)
  expect(read(['XB'], 'aa').wheelchair).toBe(false)
})

test('a list that PHP wrote as an object is read as the list', () => {
  expect(read({ '0': 'O', '2': 'TC' }, 'aa')).toMatchObject({
    bad: false,
    openness: 'open',
    siteClosed: true,
  })
  expect(read({}, 'aa')).toMatchObject({ bad: false, types: [] })
  expect(read({ O: 'TC' }, 'aa')).toMatchObject({ bad: true, types: [] })
})

test('what is no text is left out and said', () => {
  expect(read(['O', { a: 1 }, true], 'aa')).toMatchObject({ bad: true, types: [{ code: 'O' }] })
})

test('names of built-in objects are only unknown codes', () => {
  expect(codes(['constructor', '__proto__'], 'aa')).toEqual(['constructor', '__proto__'])
})

test('hides what is about a building', () => {
  expect(withoutOnSite(read(['X', 'FF', 'D', 'ZZ'], 'aa').types).map(({ code }) => code)).toEqual(['D', 'ZZ'])
})
