import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helpLines } from '../../../renderer/kiosk/help-lines.ts'
import { dialParts, readableAddress } from '../../../renderer/kiosk/join-words.ts'
import { beginsWord, columnsOf, keyRows, withoutLast } from '../../../renderer/kiosk/keyboard-layout.ts'

describe('joining from elsewhere', () => {
  it('parts a number from the codes that follow it', () => {
    expect(dialParts('+13017158592,,418857033#,,#,,8968658279#')).toEqual({
      number: '301-715-8592',
      codes: ['418857033#', '8968658279#'],
    })
    expect(dialParts('+44 20 7946 0000')).toEqual({ number: '+44 20 7946 0000', codes: [] })
  })

  it('shows the part of an address that one can type', () => {
    expect(readableAddress('https://us02web.zoom.us/j/418857033?pwd=KDj5TF3XZR3rF5AaJ034')).toBe(
      'us02web.zoom.us/j/418857033',
    )
    expect(readableAddress('https://example.org/')).toBe('example.org')
  })
})

describe('the keyboard (A11Y-12)', () => {
  it('has all letters of the language in both orders, ñ in Spanish', () => {
    for (const [locale, alphabet] of [
      ['en', 'abcdefghijklmnopqrstuvwxyz'],
      ['es', 'abcdefghijklmnñopqrstuvwxyz'],
    ] as const) {
      for (const order of ['qwerty', 'alphabetical'] as const) {
        const keys = keyRows(locale, order, 'letters', false).flat()
        for (const letter of alphabet) expect(keys).toContain(letter)
        expect(new Set(keys).size).toBe(keys.length)
      }
    }
  })

  it('never needs more than 8 columns in alphabetical order (A11Y-08)', () => {
    for (const locale of ['en', 'es'] as const) {
      for (const layer of ['letters', 'digits'] as const) {
        for (const row of keyRows(locale, 'alphabetical', layer, false)) {
          expect(row.length).toBeLessThanOrEqual(columnsOf('alphabetical'))
        }
      }
    }
  })

  it('shows digits in as many rows as letters, so that no key moves', () => {
    for (const order of ['qwerty', 'alphabetical'] as const) {
      const digits = keyRows('en', order, 'digits', false)
      expect(digits.length).toBe(keyRows('en', order, 'letters', false).length)
      expect(digits.flat().toSorted().join('')).toBe('0123456789')
    }
  })

  it('begins each part of a name with a capital', () => {
    expect(['', 'Ana ', 'Jean-', "O'"].map(beginsWord)).toEqual([true, true, true, true])
    expect(beginsWord('Ana')).toBe(false)
  })

  it('deletes a letter together with its marks', () => {
    expect(withoutLast('Jose\u0301')).toBe('Jos')
    expect(withoutLast('')).toBe('')
  })
})

describe('help', () => {
  it('has the numbers of the directory', () => {
    const file = resolve(import.meta.dirname, '../../../resources/directory/fellowships.json')
    const { crisisAndReferral } = JSON.parse(readFileSync(file, 'utf8')) as {
      crisisAndReferral: { id: string; number?: string; call?: string; text?: string }[]
    }
    for (const line of helpLines) {
      const known = crisisAndReferral.find(({ id }) => id === line.id)
      expect(known?.call ?? known?.number).toBe(line.number)
      if (line.text !== null) expect(known?.text).toBe(line.text)
    }
  })
})
