import { describe, expect, test } from 'vitest'
import {
  createZoneReader,
  lengthOf,
  readDays,
  readTime,
  saysSeven,
} from '../../../../electron/sync/feeds/day-time.ts'

describe('readDays', () => {
  test.each([
    [0, [0]],
    [6, [6]],
    ['2', [2]],
    [' 3 ', [3]],
    ['Sunday', [0]],
    ['SATURDAY', [6]],
    ['wed', [3]],
    [[1], [1]],
    [
      ['2', 4, 'fri'],
      [2, 4, 5],
    ],
    [[1, 1], [1]],
    [null, []],
    ['', []],
    [[], []],
    [undefined, []],
  ])('reads %j as %j', (value, days) => {
    expect(readDays(value, false)).toEqual({ days, bad: [] })
  })

  test.each([8, -1, 2.5, 'Someday', 'Mondays', true, { day: 1 }, '1,2'])('takes %j for no day', (value) => {
    expect(readDays(value, false)).toEqual({ days: [], bad: [value] })
  })

  test('keeps the good days of a list beside a bad one', () => {
    expect(readDays([1, 'x', 3], false)).toEqual({ days: [1, 3], bad: ['x'] })
  })

  test('reads day names of other languages in a spreadsheet only', () => {
    const names = ['Miércoles', 'vendredi', '日曜日', 'Lördag', 'štvrtok']
    expect(readDays(names, true).days).toEqual([3, 5, 0, 6, 4])
    expect(readDays(names, false).days).toEqual([])
  })
})

test.each([
  [7, true],
  ['7', true],
  [[1, 7], true],
  [['07'], true],
  [6, false],
  ['17', false],
  ['Sunday', false],
  [null, false],
])('sees a seven in %j: %s', (value, expected) => {
  expect(saysSeven(value)).toBe(expected)
})

describe('readTime', () => {
  test.each([
    ['19:30', 1170],
    ['9:00', 540],
    ['18:00:00', 1080],
    ['12:15 PM', 735],
    ['12:15 AM', 15],
    ['7:05pm', 1145],
    ['7:05 p.m.', 1145],
    ['6:00 A.M.', 360],
    ['noon', 720],
    ['Midnight', 0],
    ['00:00', 0],
    ['23:59', 1439],
    ['24:00', 1440],
    ['24:00:00', 1440],
  ])('reads %s as minute %i', (text, minute) => {
    expect(readTime(text)).toBe(minute)
  })

  test.each([
    '24:01',
    '25:00',
    '12:60',
    '13:00 PM',
    '7',
    '7 PM',
    '19.30',
    '19:3',
    'soon',
    1930,
    null,
    '19:30:75',
  ])('takes %j for no time', (value) => {
    expect(readTime(value)).toBeNull()
  })
})

test('an end before the start is on the next day, and a doubtful length is none', () => {
  expect(lengthOf(1380, 60)).toEqual({ minutes: 120 })
  expect(lengthOf(1440, 60)).toEqual({ minutes: 60 })
  expect(lengthOf(600, 960)).toEqual({ minutes: 360 })
  expect(lengthOf(600, 961)).toEqual({ minutes: null, why: 'long-length' })
  expect(lengthOf(600, 600)).toEqual({ minutes: null, why: 'zero-length' })
})

test.each([
  ['America/New_York', 'America/New_York'],
  ['america/chicago', 'America/Chicago'],
  ['EST', 'America/New_York'],
  ['mst', 'America/Denver'],
  ['Pacific', 'America/Los_Angeles'],
  ['CDT', 'America/Chicago'],
  ['+05:00', null],
  ['Mars/Olympus', null],
  ['', null],
])('reads the zone %j as %j', (text, zone) => {
  expect(createZoneReader()(text)).toBe(zone)
})
