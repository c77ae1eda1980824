import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonDocument, openJson } from '../../../../electron/sync/feeds/json.ts'
import { sourceOf } from '../../../support/read-all.ts'
import { feedText } from '../../../../electron/sync/feeds/feed-text.ts'

const open = (text: string) => openJson(feedText(Buffer.from(text), 'utf-8'))

function opened(text: string): JsonDocument {
  const json = open(text)
  if (!json.ok) throw new Error(`${json.code}: ${json.detail}`)
  return json.value
}

/** All values of a document, as `JSON.parse` of the whole text would give them. */
function valueOf(json: JsonDocument): unknown {
  const valuesOf = (list: Iterable<{ ok: boolean; value?: unknown }>) =>
    Array.from(list, (element) => element.value)
  if (json.form === 'single') return undefined
  if (json.form === 'list') return valuesOf(json.list)
  return Object.fromEntries(
    Array.from(json.members, ([key, member]) => {
      const element = member.read()
      return [key, member.list === null ? (element.ok ? element.value : null) : valuesOf(member.list)]
    }),
  )
}

describe('opening JSON piece by piece', () => {
  const anyJson = fc.oneof(
    fc.array(fc.jsonValue({ maxDepth: 4 })),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 })),
  )
  const blanks = fc.constantFrom(undefined, 1, 2, '\t')

  test('gives the very values that JSON.parse gives, and the same again at a second walk', () => {
    fc.assert(
      fc.property(anyJson, blanks, (json, indent) => {
        const text = ` ${JSON.stringify(json, null, indent)}\r\n`
        const document = opened(text)
        expect(valueOf(document)).toEqual(JSON.parse(text))
        expect(valueOf(document)).toEqual(JSON.parse(text))
      }),
      { numRuns: 300 },
    )
  })

  test('takes a text exactly when JSON.parse takes it, whatever byte is changed, lost or doubled', () => {
    const signs = fc.constantFrom(...'[]{}",:\\ \n0-.e+tnu1')
    const hurt = fc.tuple(anyJson, fc.nat(), fc.constantFrom('set', 'cut', 'lose', 'add'), signs)
    fc.assert(
      fc.property(hurt, ([json, seed, how, sign]) => {
        const text = JSON.stringify(json)
        const at = seed % text.length
        const broken = {
          set: text.slice(0, at) + sign + text.slice(at + 1),
          cut: text.slice(0, at),
          lose: text.slice(0, at) + text.slice(at + 1),
          add: text.slice(0, at) + sign + text.slice(at),
        }[how]
        let parsed = true
        try {
          JSON.parse(broken)
        } catch {
          parsed = false
        }
        expect(open(broken).ok).toBe(parsed)
      }),
      { numRuns: 3000 },
    )
  })

  test('of a key that occurs twice the last one counts', () => {
    expect(valueOf(opened('{"a":[1],"b":2,"a":[3]}'))).toEqual({ a: [3], b: 2 })
  })

  test('counts the elements of a list without making them', () => {
    const json = opened('{"warnings":[1,"a,]",[2,3],{"x":[4]}],"none":[ ]}')
    if (json.form !== 'object') throw new Error(json.form)
    expect(json.members.get('warnings')?.list?.count()).toBe(4)
    expect(json.members.get('none')?.list?.count()).toBe(0)
  })

  test('reads Windows-1252 too', () => {
    const json = openJson(sourceOf(Buffer.from('["caf\u00e9 \u0093x\u0094"]', 'latin1')))
    expect(json.ok && valueOf(json.value)).toEqual(['café “x”'])
  })
})

describe('what would need too much memory is not made', () => {
  const first = (text: string) => {
    const json = opened(text)
    return json.form === 'list' ? [...json.list][0] : null
  }

  test('a row that nests 10,000 deep, or hundreds of thousands, is refused by its depth', () => {
    for (const depth of [65, 10_000, 400_000]) {
      expect(first(`[${'['.repeat(depth)}${']'.repeat(depth)}]`)).toMatchObject({
        ok: false,
        reason: expect.stringContaining('too-deep'),
      })
    }
    expect(first(`[${'['.repeat(64)}${']'.repeat(64)}]`)).toMatchObject({ ok: true })
  })

  test('a string of 10 MB is refused by its size, and the next row is read', () => {
    const json = opened(`["${'\\u0041x'.repeat(1_500_000)}",2]`)
    expect(json.form === 'list' && [...json.list]).toMatchObject([
      { ok: false, reason: expect.stringMatching(/^too-large: the row has 10\.0 MiB/) },
      { ok: true, value: 2 },
    ])
  })

  test('an object with thousands of keys is refused', () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, key) => [key, 1])))
    expect(open(text)).toMatchObject({ ok: false, code: 'wrong_format' })
  })
})

test.each([
  ['[{"a":1},\n {"é🌷": x}]', 'line 2, column 10'],
  ['[1,\r\n2,\r3\n', 'line 3, column 2'],
  ['[1]\n\n[2]', 'line 3, column 1'],
])('where %j breaks is said as an editor counts it', (text, place) => {
  expect(open(text)).toMatchObject({ ok: false, code: 'not_json', detail: expect.stringContaining(place) })
})
