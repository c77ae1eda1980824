import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkName } from '../../../electron/domain/names.ts'

const first = (firstName: string) => checkName({ firstName, lastInitial: 'K' })
const initial = (lastInitial: string) => checkName({ firstName: 'Ana', lastInitial })

describe('names (LNG-10)', () => {
  it.each([
    'Nguyễn',
    `O'Neil`,
    'O’Neil',
    'محمد',
    '李',
    'Ñ',
    'Jean-Luc',
    'J.',
    'Mary Jane',
    `'t Hooft`,
    'ʻOkina',
    'علی‌رضا',
    'क्षेमेन्द्र',
    'Núria Gal·la',
    '山田　太郎',
    'שרה־לאה',
    'dElLa',
  ])('takes %s exactly as typed', (name) => {
    expect(first(name)).toEqual({ ok: true, value: { firstName: name, lastInitial: 'K' } })
  })

  it('stores the composed form of letters typed with combining marks', () => {
    expect(first('Nguye\u0302\u0303n')).toMatchObject({ ok: true, value: { firstName: 'Nguyễn' } })
    expect(initial('N\u0303')).toMatchObject({ ok: true, value: { lastInitial: 'Ñ' } })
  })

  it('takes away direction overrides, control and other invisible characters', () => {
    const typed = '\u202eA\u2066n\u0000a\u200b\u061c\ufeff\u00ad\t\u{e0041}'
    expect(first(typed)).toMatchObject({ ok: true, value: { firstName: 'Ana' } })
  })

  it('composes across a control character that stood between letter and mark', () => {
    expect(first('N\u202e\u0303')).toMatchObject({ ok: true, value: { firstName: 'Ñ' } })
  })

  it('takes away a joiner that joins nothing', () => {
    expect(first('\u200dAna\u200c')).toMatchObject({ ok: true, value: { firstName: 'Ana' } })
  })

  it('takes away outer spaces and keeps inner ones', () => {
    expect(first('  Mary  Jane ')).toMatchObject({ ok: true, value: { firstName: 'Mary  Jane' } })
  })

  it.each(['', ' ', '\u202e\u202c', '\u0000\u200d'])('refuses a name with nothing to see (%j)', (name) => {
    expect(first(name)).toEqual({ ok: false, code: 'name_empty' })
  })

  it.each([
    'Ana1',
    '٣علي',
    '😀',
    '👨‍👩‍👧',
    'Ana ❤',
    `Robert'); DROP TABLE sign_in;--`,
    `' OR 1=1 --`,
    '%',
    '_',
    '*',
    '------',
    '...',
    '\u0301Ana',
    '<b>Ana</b>',
    'ana@example.org',
    `A${'\u0301'.repeat(10)}`,
    '\ud800Ana?',
  ])('refuses %j, which has other characters than letters', (name) => {
    expect(first(name)).toEqual({ ok: false, code: 'name_has_other_characters' })
  })

  it('counts characters as a reader does, up to 60', () => {
    expect(first('a'.repeat(60)).ok).toBe(true)
    expect(first('a'.repeat(61))).toEqual({ ok: false, code: 'name_too_long' })
    // Two code points each, with no composed form.
    expect(first('x\u0323'.repeat(60)).ok).toBe(true)
    expect(first('x\u0323'.repeat(61))).toEqual({ ok: false, code: 'name_too_long' })
  })

  it('refuses 10,000 characters at once', () => {
    const startedAt = performance.now()
    expect(first('é'.repeat(10_000))).toEqual({ ok: false, code: 'name_too_long' })
    expect(initial('\u0301'.repeat(10_000))).toEqual({ ok: false, code: 'initial_not_one_letter' })
    expect(performance.now() - startedAt).toBeLessThan(50)
  })

  it.each(['N', 'ñ', 'Ø', 'م', '李', '김', 'क्ष', 'ʻ'])('takes %s as an initial', (letter) => {
    expect(initial(letter)).toMatchObject({ ok: true, value: { lastInitial: letter } })
  })

  it.each(['NN', 'N.', '1', '-', '😀', `O'`, '\u0301'])('refuses %j as an initial', (text) => {
    expect(initial(text)).toEqual({ ok: false, code: 'initial_not_one_letter' })
  })

  it('refuses a missing initial', () => {
    expect(initial(' \u200f')).toEqual({ ok: false, code: 'initial_empty' })
  })

  it('changes nothing more when its own result is checked again', () => {
    const unit = fc.constantFrom(
      ...'aéÑم李ग',
      '\u0301',
      '\u0323',
      '\u200d',
      '\u202e',
      '\u0000',
      ' ',
      `'`,
      '-',
    )
    let taken = 0
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 12 }), (text) => {
        const once = first(text)
        if (!once.ok) return
        taken += 1
        expect(first(once.value.firstName)).toEqual(once)
        expect(once.value.firstName).toBe(once.value.firstName.normalize('NFC'))
        expect(once.value.firstName).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u)
      }),
      { numRuns: 1000 },
    )
    expect(taken).toBeGreaterThan(50)
  })
})
