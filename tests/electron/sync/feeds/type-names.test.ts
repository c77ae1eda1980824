import { expect, test } from 'vitest'
import { codeTables } from '../../../../electron/sync/feeds/directory.ts'
import { spanishTypeName } from '../../../../electron/sync/feeds/type-names.ts'

test('a code is named in Spanish by the table of its fellowship', () => {
  expect(spanishTypeName('D', 'aa')).toBe('Discusión')
  expect(spanishTypeName('S', 'aa')).toBe('Español')
  expect(spanishTypeName('TC', 'unknown')).toBe('Ubicación temporalmente cerrada')
  expect(spanishTypeName('no-such-code', 'aa')).toBeNull()
  expect(spanishTypeName('D', 'unknown')).toBeNull()
})

test.each(['aa', 'al-anon', 'ca', 'coda'])('every code of %s has a Spanish name', (fellowship) => {
  const { types } = codeTables.find(({ id }) => id === fellowship) ?? { types: [] }
  expect(types.length).toBeGreaterThan(5)
  const without = types.filter(({ code }) => spanishTypeName(code, fellowship) === null)
  expect(without.map(({ code }) => code)).toEqual([])
})
