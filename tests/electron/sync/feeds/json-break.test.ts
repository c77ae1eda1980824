import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonBreak } from '../../../../electron/sync/feeds/json-break.ts'

test.each([
  ['[1,2,]', 'wrong', 5],
  ['[1 2]', 'wrong', 3],
  ['[1,,2]', 'wrong', 3],
  ['{"a" 1}', 'wrong', 5],
  ['{a:1}', 'wrong', 1],
  ['{"a":1,}', 'wrong', 7],
  ['[1}', 'wrong', 2],
  ["['a']", 'wrong', 1],
  ['["a\nb"]', 'wrong', 3],
  ['["\\x"]', 'wrong', 2],
  ['["\\u12G4"]', 'wrong', 2],
  ['[01]', 'wrong', 2],
  ['[nul]', 'wrong', 1],
  ['[undefined]', 'wrong', 1],
  ['[1] [2]', 'extra', 4],
  ['"a" b', 'extra', 4],
  ['[1,2', 'cut-off', 4],
  ['[1,2, \n', 'cut-off', 5],
  ['[{"a":"b', 'cut-off', 8],
  ['{"a', 'cut-off', 3],
  ['["\\', 'cut-off', 3],
  ['["\\u12', 'cut-off', 6],
  ['[tru', 'cut-off', 4],
  ['[-', 'cut-off', 2],
  ['[1.', 'cut-off', 3],
  ['[1.5e-', 'cut-off', 6],
  ['[1.]', 'wrong', 2],
  ['', 'cut-off', 0],
])('%j breaks: %s at %i', (text, kind, at) => {
  expect(findJsonBreak(Buffer.from(text))).toEqual({ kind, at })
})

test('whatever is cut off good JSON is found to be cut off', () => {
  const list = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(list, fc.nat(), (json, seed) => {
      const text = JSON.stringify(json)
      const cut = text.slice(0, 1 + (seed % (text.length - 1)))
      expect(findJsonBreak(Buffer.from(cut))).toEqual({ kind: 'cut-off', at: cut.trimEnd().length })
    }),
    { numRuns: 60 },
  )
})
