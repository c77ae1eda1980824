import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { cannotClone, codec } from './encoding.ts'

const crossed = (value: unknown): unknown => codec.decode(codec.encode(value))

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom(null, undefined, -0, NaN, Infinity),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.constantFrom(/a+\/b/giu, /^$/m),
)
const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0'))
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.sparseArray(tie('value'), { maxNumElements: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(tie('value'), { maxLength: 3 }).map((members) => new Set(members)),
  ),
}))

describe('the encoding between the processes', () => {
  it('gives what structured clone gives, for any value', () => {
    fc.assert(
      fc.property(anything, (value) => isDeepStrictEqual(crossed(value), structuredClone(value))),
      { numRuns: 400 },
    )
  })

  it('keeps cycles and shared references', () => {
    const shared = { name: 'chair' }
    const value: Record<string, unknown> = { first: shared, second: shared, map: new Map() }
    value['self'] = value
    ;(value['map'] as Map<unknown, unknown>).set(value, shared)
    const copy = crossed(value) as typeof value
    expect(copy['self']).toBe(copy)
    expect(copy['first']).toBe(copy['second'])
    expect((copy['map'] as Map<unknown, unknown>).get(copy)).toBe(copy['first'])
    expect(copy['first']).not.toBe(shared)
  })

  it('keeps two views on one buffer on one buffer', () => {
    const buffer = new ArrayBuffer(8)
    const copy = crossed([new Uint8Array(buffer, 2, 3), new DataView(buffer)]) as [Uint8Array, DataView]
    expect(copy[0].buffer).toBe(copy[1].buffer)
    expect([copy[0].byteOffset, copy[0].length, copy[1].byteLength]).toEqual([2, 3, 8])
  })

  it('sends of a Node Buffer its own bytes only', () => {
    const copy = crossed(Buffer.from('hi')) as Uint8Array
    expect(Buffer.isBuffer(copy)).toBe(false)
    expect([copy.byteLength, copy.buffer.byteLength]).toEqual([2, 2])
  })

  it('keeps name and message of an error, and neither class nor own fields', () => {
    class Late extends RangeError {
      override name = 'Late'
      code = 'SECRET'
    }
    const plain = crossed(Object.assign(new TypeError('no'), { code: 'SECRET' })) as Error
    expect(plain).toBeInstanceOf(TypeError)
    expect([plain.message, Object.keys(plain)]).toEqual(['no', []])
    const late = crossed(new Late('too late')) as Error
    expect([late.name, late.message, 'code' in late]).toEqual(['Error', 'too late', false])
  })

  it('takes the prototype of a class instance away', () => {
    class Chair {
      legs = 4
      sit(): void {}
    }
    const copy = crossed(new Chair()) as object
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(copy).toEqual({ legs: 4 })
  })

  it('is not deceived by what an object says of itself', () => {
    const pretender = { [Symbol.toStringTag]: 'Date', getTime: () => 5, a: 1 }
    Reflect.deleteProperty(pretender, 'getTime')
    expect(crossed(pretender)).toEqual({ a: 1 })
  })

  it.each([
    ['a function', () => 1],
    ['a function inside', { list: [() => 1] }],
    ['a function in a map', new Map([[1, () => 1]])],
    ['a symbol', Symbol('no')],
    ['a promise', Promise.resolve(1)],
    ['a weak map', new WeakMap()],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a view on shared memory', new Uint8Array(new SharedArrayBuffer(8))],
  ])('refuses %s', (_what, value) => {
    expect(() => codec.encode(value)).toThrow(cannotClone)
  })
})
