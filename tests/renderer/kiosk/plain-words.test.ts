import { describe, expect, it } from 'vitest'
import words from '../../../resources/directory/plain-words.json' with { type: 'json' }
import { questionsOf } from '../../../renderer/kiosk/plain-words.ts'

const today = '2026-11-24'
const tomorrow = '2026-11-25'
const asked = (text: string) =>
  questionsOf(text, today, 8).map(({ text: words, date, days }) => `${words} ${date} ${days}`)

describe('a search in whole sentences', () => {
  it.each([
    ['na tonight', `na ${today} 1`],
    ['NA meeting today', `NA ${today} 1`],
    ['right now aa', `aa ${today} 1`],
    ['na hoy', `na ${today} 1`],
    ['aa esta noche', `aa ${today} 1`],
    ['al-anon tomorrow', `al-anon ${tomorrow} 1`],
    ['reunión de na mañana', `de na ${tomorrow} 1`],
  ])('%s: the day first, without the words that say it', (text, first) => {
    expect(asked(text)[0]).toBe(first)
  })

  it('looks for the words as they stand, and on all days, where that day has nothing', () => {
    expect(asked('na tonight')).toEqual([`na ${today} 1`, `na tonight ${today} 8`, `na ${today} 8`])
  })

  it.each(['Just for Today', 'solo por hoy', 'sólo por hoy', 'not today', 'por la mañana'])(
    '%s is no day: it is looked for as it stands, first and on all days',
    (text) => {
      expect(asked(text)[0]).toBe(`${text} ${today} 8`)
    },
  )

  it('leaves out more and more, only after the words before found nothing', () => {
    expect(asked('an na meeting for my son')).toEqual([
      `an na for my son ${today} 8`,
      `na son ${today} 8`,
      `na ${today} 8`,
    ])
    expect(asked('reunión de na para mi hijo')).toEqual([
      `de na para mi hijo ${today} 8`,
      `na hijo ${today} 8`,
      `na ${today} 8`,
    ])
  })

  it.each(['na', 'candlelight', 'Grupo Amanecer', 'a', 'mi hijo'])(
    'begins with the text as it stands where no word is idle: %s',
    (text) => {
      expect(asked(text)[0]).toBe(`${text} ${today} 8`)
    },
  )

  it('asks for all meetings, of the day that is said, where nothing else is', () => {
    expect(asked('tonight')[0]).toBe(` ${today} 1`)
    expect(asked('reuniones hoy')[0]).toBe(` ${today} 1`)
    expect(asked('meetings near me')).toEqual([` ${today} 8`])
  })

  it('has its words folded, as they are compared', () => {
    const { today: now, tomorrow: next, notAfter, always, small, people } = words
    for (const part of [now, next, notAfter, always, small, people]) {
      for (const phrase of [...part.en, ...part.es]) expect(phrase).toMatch(/^[a-z]+( [a-z]+)*$/)
    }
  })
})
