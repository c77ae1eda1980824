/**
 * Values between the processes: structured-clone semantics over a text channel, not JSON. A value is a
 * JSON primitive or a tagged array; objects stand once in a table and are referred to by number, so cycles
 * and shared references survive.
 *
 * `createCodec` is self-contained: its own source text is put into the preload's world, so both sides run
 * the very same code. (That world has intrinsics of its own, which no page can alter.)
 */

/** What the encoder says of a value that structured clone refuses; Electron's words. */
export const cannotClone = 'An object could not be cloned.'

export type Codec = {
  /** Throws `An object could not be cloned.` on functions, symbols, promises and the like. */
  encode(value: unknown): string
  decode(text: string): unknown
}

// Any value that structured clone takes; what it is, is asked of the value itself.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any

export function createCodec(): Codec {
  const refuse = (): never => {
    throw new Error('An object could not be cloned.')
  }
  const tagOf = (value: object): string => {
    // An own or inherited Symbol.toStringTag must not let an object pass for what it is not.
    for (const [tag, probe] of probes) {
      try {
        probe(value)
        return tag
      } catch {
        // Not of this kind.
      }
    }
    return Array.isArray(value) ? 'Array' : 'Object'
  }
  const getter = (of: object, key: PropertyKey): ((this: unknown) => unknown) =>
    Object.getOwnPropertyDescriptor(of, key)!.get!
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype)
  const tagOfView = getter(typedArray, Symbol.toStringTag)
  const brand = (method: Loose, ...args: unknown[]) => {
    return (value: object): unknown => Reflect.apply(method, value, args)
  }
  const unclonable = (...classes: Loose[]) => {
    return (value: object): void => {
      if (!classes.some((one) => one !== undefined && value instanceof one)) throw new Error('no')
    }
  }
  const world = globalThis as Loose
  const probes: [string, (value: object) => unknown][] = [
    ['Date', brand(Date.prototype.getTime)],
    ['Map', brand(getter(Map.prototype, 'size'))],
    ['Set', brand(getter(Set.prototype, 'size'))],
    ['ArrayBuffer', brand(getter(ArrayBuffer.prototype, 'byteLength'))],
    ['View', (value) => ArrayBuffer.isView(value) || brand(refuse)(value)],
    ['Boolean', brand(Boolean.prototype.valueOf)],
    ['Number', brand(Number.prototype.valueOf)],
    ['String', brand(String.prototype.valueOf)],
    ['BigInt', brand(BigInt.prototype.valueOf)],
    // `source` answers on RegExp.prototype too, `lastIndex` writing would alter it: compare the brand only.
    [
      'RegExp',
      (value) => (value === RegExp.prototype ? refuse() : brand(getter(RegExp.prototype, 'source'))(value)),
    ],
    ['Error', (value) => (value instanceof Error ? true : refuse())],
    ['Unclonable', unclonable(Promise, WeakMap, WeakSet, WeakRef, world.SharedArrayBuffer, world.Node)],
    ['Unclonable', unclonable(world.EventTarget, world.Response, world.Request, world.ReadableStream)],
    ['Unclonable', brand(Symbol.prototype.valueOf)],
  ]
  const errorNames = new Set([
    'Error',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
  ])

  const toBase64 = (bytes: Uint8Array): string => {
    if (world.Buffer !== undefined && typeof world.Buffer.poolSize === 'number') {
      return world.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
    }
    let binary = ''
    for (let i = 0; i < bytes.length; i += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
    }
    return world.btoa(binary)
  }
  const fromBase64 = (text: string): ArrayBuffer => {
    const binary = world.atob(text) as string
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes.buffer
  }

  const primitive = (value: unknown): unknown => {
    switch (typeof value) {
      case 'undefined':
        return ['u']
      case 'bigint':
        return ['b', value.toString()]
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return ['n', Object.is(value, -0) ? '-0' : String(value)]
      case 'string':
      case 'boolean':
        return value
      default:
        return refuse()
    }
  }

  const encode = (root: unknown): string => {
    const table: unknown[] = []
    const seen = new Map<object, number>()
    const pairs = (value: object): unknown[] => {
      const out: unknown[] = []
      for (const key of Object.keys(value)) out.push(key, visit((value as Loose)[key]))
      return out
    }
    const describe = (value: Loose): unknown[] => {
      switch (tagOf(value)) {
        case 'Date':
          return ['d', visit(Date.prototype.getTime.call(value))]
        case 'RegExp':
          return ['re', value.source, value.flags]
        case 'Map':
          return ['m', [...Map.prototype.entries.call(value)].flatMap(([k, v]) => [visit(k), visit(v)])]
        case 'Set':
          return ['s', [...Set.prototype.values.call(value)].map((member) => visit(member))]
        case 'ArrayBuffer':
          return ['ab', toBase64(new Uint8Array(value))]
        case 'View': {
          const name: unknown = Reflect.apply(tagOfView, value, []) ?? 'DataView'
          if (world.SharedArrayBuffer !== undefined && value.buffer instanceof world.SharedArrayBuffer)
            refuse()
          // Node's small Buffers are slices of a pool: other data must not travel along.
          if (world.Buffer !== undefined && value instanceof world.Buffer) {
            const own = new Uint8Array(value).buffer
            return ['v', 'Uint8Array', visit(own), 0, value.byteLength]
          }
          const length: number = name === 'DataView' ? value.byteLength : value.length
          return ['v', name, visit(value.buffer), value.byteOffset, length]
        }
        case 'Boolean':
        case 'Number':
        case 'String':
        case 'BigInt':
          return ['box', visit(value.valueOf())]
        case 'Error': {
          const name = errorNames.has(value.name) ? value.name : 'Error'
          return ['e', name, String(value.message)]
        }
        case 'Unclonable':
          return refuse()
        case 'Array':
          return ['a', value.length, pairs(value)]
        default:
          return ['o', pairs(value)]
      }
    }
    const visit = (value: unknown): unknown => {
      if (value === null) return null
      if (typeof value !== 'object') return primitive(value)
      const known = seen.get(value)
      if (known !== undefined) return ['r', known]
      const index = table.length
      seen.set(value, index)
      table.push(null)
      table[index] = describe(value)
      return ['r', index]
    }
    const first = visit(root)
    return JSON.stringify([first, table])
  }

  const decode = (text: string): unknown => {
    const [root, table] = JSON.parse(text) as [unknown, Loose[]]
    const built: unknown[] = []
    const define = (target: object, entries: Loose[]): void => {
      for (let i = 0; i < entries.length; i += 2) {
        // Defined, not assigned: a key such as `__proto__` is data like any other.
        Object.defineProperty(target, entries[i], {
          value: value(entries[i + 1]),
          writable: true,
          enumerable: true,
          configurable: true,
        })
      }
    }
    const build = (index: number): unknown => {
      if (index in built) return built[index]
      const node = table[index]
      switch (node[0]) {
        case 'o':
          define((built[index] = {}), node[1])
          return built[index]
        case 'a': {
          const array: unknown[] = []
          array.length = node[1]
          built[index] = array
          define(array, node[2])
          return array
        }
        case 'd':
          return (built[index] = new Date(value(node[1]) as number))
        case 're':
          return (built[index] = new RegExp(node[1], node[2]))
        case 'm': {
          const map = new Map()
          built[index] = map
          for (let i = 0; i < node[1].length; i += 2) map.set(value(node[1][i]), value(node[1][i + 1]))
          return map
        }
        case 's': {
          const set = new Set()
          built[index] = set
          for (const member of node[1]) set.add(value(member))
          return set
        }
        case 'ab':
          return (built[index] = fromBase64(node[1]))
        case 'v': {
          const buffer = value(node[2])
          return (built[index] = new world[node[1]](buffer, node[3], node[4]))
        }
        case 'box':
          return (built[index] = Object(value(node[1])))
        case 'e': {
          const error = new world[node[1]](node[2])
          return (built[index] = error)
        }
        default:
          throw new Error(`Unknown tag ${node[0]}`)
      }
    }
    const value = (coded: unknown): unknown => {
      if (!Array.isArray(coded)) return coded
      switch (coded[0]) {
        case 'u':
          return undefined
        case 'b':
          return BigInt(coded[1])
        case 'n':
          return coded[1] === '-0' ? -0 : Number(coded[1])
        default:
          return build(coded[1])
      }
    }
    return value(root)
  }
  return { encode, decode }
}

/** The codec of this process. */
export const codec = createCodec()
/** The codec as an expression, for another world. */
export const codecSource = `(${createCodec.toString()})()`
