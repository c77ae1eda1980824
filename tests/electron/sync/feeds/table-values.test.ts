import { describe, expect, test } from 'vitest'
import {
  datesOf,
  daysOf,
  kindOf,
  languagesOf,
  lengthMinutes,
  timeOf,
  weeksOf,
  yesNo,
} from '../../../../electron/sync/feeds/table-values.ts'

describe('times', () => {
  test.each([
    ['7:00 PM', 1140],
    ['7 pm', 1140],
    ['7pm', 1140],
    ['7:15p', 1155],
    ['7.30 p.m.', 1170],
    ['19:30', 1170],
    ['19.30', 1170],
    ['19h30', 1170],
    ['19h', 1140],
    ['12:00 AM', 0],
    ['12 pm', 720],
    ['Noon', 720],
    ['Mediodía', 720],
    ['midnight', 0],
    ['18:00:00', 1080],
    ['0.8125', 1170],
    ['1930', 1170],
    ['0900 hrs', 540],
    ['12:00 noon', 720],
    ['12 Midnight', 0],
    ['24:00', 1440],
  ])('%s', (cell, minutes) => {
    expect(timeOf(cell)).toBe(minutes)
  })

  test.each(['7', '730', '2026', '1999', '25:00', '13 pm', '7:75', '7-8 pm', 'evening', '1.5'])(
    '%s is none',
    (cell) => {
      expect(timeOf(cell)).toBeNull()
    },
  )
})

describe('lengths', () => {
  test.each([
    ['1hr 30mins', 90],
    ['1hr ', 60],
    ['2hrs', 120],
    ['45mins', 45],
    ['0hr 45mins', 45],
    ['90', 90],
    ['90 min', 90],
    ['1:30', 90],
    ['01:30:00', 90],
    ['1.5 hours', 90],
    ['1 hora y 15 minutos', 75],
  ])('%s', (cell, minutes) => {
    expect(lengthMinutes(cell)).toBe(minutes)
  })

  test.each(['0hr 5mins', '-11hr ', '11hr', '0', 'long', '1', ''])('%s is a typing error', (cell) => {
    expect(lengthMinutes(cell)).toBeNull()
  })
})

describe('days', () => {
  test.each<[string, readonly number[]]>([
    ['Sunday', [0]],
    ['MONDAY', [1]],
    ['tue', [2]],
    ['Thurs.', [4]],
    ['Fridays', [5]],
    ['miércoles', [3]],
    ['sábado', [6]],
    ['lundi', [1]],
    ['火曜日', [2]],
    ['Söndag', [0]],
    ['štvrtok', [4]],
    ['Mon, Wed & Fri', [1, 3, 5]],
    ['lunes y jueves', [1, 4]],
    ['Monday to Friday', [1, 2, 3, 4, 5]],
    ['Fri-Mon', [5, 6, 0, 1]],
    ['daily', [0, 1, 2, 3, 4, 5, 6]],
    ['Saturday; Saturday', [6]],
    ['3', [3]],
    ['Mon Wed', [1, 3]],
  ])('%s', (cell, days) => {
    expect(daysOf(cell)).toEqual({ days, bad: null })
  })

  test('one that is none is named, and then there are none', () => {
    expect(daysOf('1st Monday')).toEqual({ days: [], bad: '1st monday' })
    expect(daysOf('Monday, Funday')).toEqual({ days: [], bad: 'funday' })
    expect(daysOf('7')).toEqual({ days: [], bad: '7' })
  })
})

describe('dates', () => {
  test.each([
    ['2026-12-05', '2026-12-05'],
    ['2026-12-05 19:30', '2026-12-05'],
    ['12/5/2026', '2026-12-05'],
    ['5.12.2026', '2026-12-05'],
    ['December 5, 2026', '2026-12-05'],
    ['Sat, Dec. 5th 2026', '2026-12-05'],
    ['5 de diciembre de 2026', '2026-12-05'],
    ['2028-02-29', '2028-02-29'],
  ])('%s', (cell, date) => {
    expect(datesOf(cell, false)).toEqual({ dates: [date], bad: null })
  })

  test('a Spanish sheet has the day first', () => {
    expect(datesOf('5/12/2026', true).dates).toEqual(['2026-12-05'])
  })

  test('several, each once', () => {
    expect(datesOf('2026-12-05, 2027-01-09; 2026-12-05', false).dates).toEqual(['2026-12-05', '2027-01-09'])
    expect(datesOf('2026-12-05; Jan 9, 2027', false).dates).toEqual(['2026-12-05', '2027-01-09'])
  })

  test.each(['2026-02-30', '31/12/2026', '12/5', 'soon', '2027-02-29'])('%s is none', (cell) => {
    expect(datesOf(cell, false)).toMatchObject({ dates: [], bad: expect.any(String) })
  })
})

describe('weeks of the month', () => {
  test.each<[string, readonly unknown[] | null]>([
    ['', []],
    ['every week', []],
    ['1, 3', [1, 3]],
    ['first and third', [1, 3]],
    ['2nd & last', [2, 'last']],
    ['1ª y última semana', [1, 'last']],
    ['1.0', [1]],
    ['5', [5]],
    ['6', null],
    ['odd', null],
  ])('%s', (cell, weeks) => {
    expect(weeksOf(cell)).toEqual(weeks)
  })
})

test('kinds, yes and no, languages in English and Spanish', () => {
  expect(['Therapist-led', 'terapia', 'peer', 'Grupo', 'Hobby club', 'Club'].map(kindOf)).toEqual([
    'therapy',
    'therapy',
    'peer',
    'peer',
    'club',
    'club',
  ])
  expect(kindOf('x')).toBeNull()
  expect(['yes', 'Sí', 'TRUE', 'no', '0', 'maybe'].map(yesNo)).toEqual([true, true, true, false, false, null])
  expect(languagesOf('English, español / fr')).toEqual({ tags: ['en', 'es', 'fr'], bad: null })
  expect(languagesOf('English, Klingon')).toEqual({ tags: ['en'], bad: 'Klingon' })
})
