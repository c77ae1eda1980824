/**
 * One end of the bridge between a page and its preload. Both worlds run this same function (as source
 * text) on one shared, unreachable DOM node and talk by synchronous events on it; the browser itself
 * clones `event.detail` from world to world.
 *
 * Why it withstands a hostile page:
 * - it runs before any script of the page and keeps the intrinsics it uses; nothing is looked up later
 *   through an object the page can alter, and lists grow by defining, never by assigning;
 * - the node sits in a closed, detached shadow tree: the page has no path to it, and `window.event` stays
 *   undefined while its events are delivered (the DOM standard hides events of shadow trees);
 * - strict code: no caller, callee or `this` can be read from stack traces;
 * - even a forged message could only name functions that were already given to the page.
 */
// It handles whatever a page or a preload puts through it; no type describes that.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any

export type BridgeEnd = {
  /** Preload's side: puts `api` on the page as `key`, deeply frozen. */
  expose(key: string, api: unknown): void
}

export function createBridgeEnd(node: EventTarget, outgoing: string, incoming: string): BridgeEnd {
  'use strict'
  const { apply, defineProperty, getOwnPropertyDescriptor, has } = Reflect
  const { freeze, keys, create, isFrozen } = Object
  const { isArray } = Array
  const { isView } = ArrayBuffer
  const text = String
  const fail = Error
  const isError: (value: unknown) => boolean =
    (Error as Loose).isError ?? ((value: unknown) => value instanceof fail)
  const clone = structuredClone
  const Custom = CustomEvent
  const MapOf = Map
  const WeakMapOf = WeakMap
  const PromiseOf = Promise
  const world = globalThis as Loose
  const read = (of: object, key: PropertyKey): Loose => getOwnPropertyDescriptor(of, key)?.get
  const { dispatchEvent, addEventListener } = EventTarget.prototype
  const detailOf = read(CustomEvent.prototype, 'detail')
  const { get: mapGet, set: mapSet } = Map.prototype
  const { get: weakGet, set: weakSet } = WeakMap.prototype
  const { then } = Promise.prototype
  const nodeTypeOf = read(Node.prototype, 'nodeType')
  // Each answers on objects of its kind only and throws on all others, whatever they pretend to be.
  const brands: Loose[] = [
    Date.prototype.getTime,
    read(Map.prototype, 'size'),
    read(Set.prototype, 'size'),
    read(ArrayBuffer.prototype, 'byteLength'),
    read(Blob.prototype, 'size'),
    read(RegExp.prototype, 'global'),
    Boolean.prototype.valueOf,
    Number.prototype.valueOf,
    String.prototype.valueOf,
  ]
  const brandCount = brands.length

  const bare = (value: unknown): PropertyDescriptor => {
    const descriptor = create(null)
    descriptor.value = value
    descriptor.writable = true
    descriptor.enumerable = true
    descriptor.configurable = true
    return descriptor
  }
  const push = (list: unknown[], value: unknown): void => {
    defineProperty(list, list.length, bare(value))
  }
  const refuse = (): never => {
    throw new fail('An object could not be cloned.')
  }

  /** What this world lends to the other, by id; released when the other's proxy is collected. */
  const lent: Record<number, Loose> = create(null)
  const settlers: Record<number, Loose> = create(null)
  const replies: Record<number, Loose> = create(null)
  let ids = 0
  let calls = 0
  /** From a proxy back to the id of what the other world lent. */
  const borrowed = new WeakMapOf<object, number>()

  const send = (message: unknown[]): void => {
    const options = create(null)
    options.detail = message
    apply(dispatchEvent, node, [new Custom(outgoing, options)])
  }

  const gone = new FinalizationRegistry<number>((id) => send(['free', id]))
  const { register } = FinalizationRegistry.prototype

  const isLeaf = (value: object): boolean => {
    if (isView(value)) return true
    for (let i = 0; i < brandCount; i++) {
      try {
        apply(brands[i], value, [])
        return true
      } catch {
        // Not of this kind.
      }
    }
    return false
  }
  const isNode = (value: object): boolean => {
    try {
      apply(nodeTypeOf, value, [])
      return true
    } catch {
      return false
    }
  }
  const messageOf = (thrown: Loose): string => {
    try {
      if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return text(thrown.message)
      if (typeof thrown === 'string') return thrown
    } catch {
      // The thrown thing throws itself.
    }
    return 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'
  }

  const encode = (root: unknown): unknown[] => {
    const table: unknown[] = []
    const seen = new MapOf<object, number>()
    const entries = (value: Loose): unknown[] => {
      const names = keys(value)
      const out: unknown[] = []
      for (let i = 0; i < names.length; i++) {
        push(out, names[i])
        push(out, visit(value[names[i]!]))
      }
      return out
    }
    const promised = (value: object): unknown[] | null => {
      const id = ++ids
      const settle = (ok: boolean) => (result: unknown) => {
        let coded: unknown[]
        try {
          coded = encode(result)
        } catch (cause) {
          send(['settle', id, false, encode(new fail(messageOf(cause)))])
          return
        }
        send(['settle', id, ok, coded])
      }
      try {
        apply(then, value, [settle(true), settle(false)])
        return ['q', id]
      } catch {
        return null
      }
    }
    const describe = (value: Loose): unknown[] => {
      if (typeof value === 'function') {
        const id = apply(weakGet, borrowed, [value]) as number | undefined
        if (id !== undefined) return ['g', id]
        lent[++ids] = value
        return ['f', ids]
      }
      if (isArray(value)) return ['a', value.length, entries(value)]
      if (isError(value)) return ['e', messageOf(value)]
      if (isLeaf(value)) {
        try {
          return ['l', clone(value)]
        } catch {
          return refuse()
        }
      }
      if (isNode(value)) return refuse()
      return promised(value) ?? ['o', entries(value)]
    }
    const visit = (value: Loose): unknown[] => {
      if (typeof value === 'symbol') return refuse()
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return ['p', value]
      const known = apply(mapGet, seen, [value]) as number | undefined
      if (known !== undefined) return ['r', known]
      const index = table.length
      apply(mapSet, seen, [value, index])
      push(table, null)
      defineProperty(table, index, bare(describe(value)))
      return ['r', index]
    }
    const first = visit(root)
    return [first, table]
  }

  const decode = (coded: Loose): Loose => {
    const table = coded[1]
    const built: Record<number, unknown> = create(null)
    const define = (target: object, entries: Loose): void => {
      for (let i = 0; i < entries.length; i += 2) {
        defineProperty(target, entries[i], bare(value(entries[i + 1])))
      }
    }
    const build = (index: number): unknown => {
      if (has(built, index)) return built[index]
      const item = table[index]
      switch (item[0]) {
        case 'f': {
          const id: number = item[1]
          const proxy = (...args: unknown[]): unknown => callOther(id, args)
          apply(weakSet, borrowed, [proxy, id])
          apply(register, gone, [proxy, id])
          return (built[index] = proxy)
        }
        case 'g':
          return (built[index] = lent[item[1]])
        case 'q': {
          const id: number = item[1]
          return (built[index] = new PromiseOf((resolve, reject) => {
            settlers[id] = [resolve, reject]
          }))
        }
        case 'e':
          return (built[index] = new fail(item[1]))
        case 'l':
          return (built[index] = item[1])
        case 'a': {
          const list: unknown[] = []
          list.length = item[1]
          built[index] = list
          define(list, item[2])
          return list
        }
        default: {
          const target = {}
          built[index] = target
          define(target, item[1])
          return target
        }
      }
    }
    const value = (part: Loose): unknown => (part[0] === 'p' ? part[1] : build(part[1]))
    return value(coded[0])
  }

  const callOther = (id: number, args: unknown[]): unknown => {
    const call = ++calls
    send(['call', call, id, encode(args)])
    return takeReply(call)
  }
  const takeReply = (call: number): unknown => {
    const reply = replies[call]
    delete replies[call]
    if (reply === undefined) throw new fail('The other side of the bridge did not answer')
    if (!reply[0]) throw new fail(reply[1])
    return decode(reply[1])
  }

  const deepFreeze = (value: Loose): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    if (isView(value) || isFrozen(value)) return
    freeze(value)
    const names = keys(value)
    for (let i = 0; i < names.length; i++) deepFreeze(value[names[i]!])
  }
  const put = (key: string, coded: unknown): void => {
    if (key in world) throw new fail('Cannot bind an API on top of an existing property on the window object')
    const api = decode(coded)
    deepFreeze(api)
    const descriptor = bare(api)
    descriptor.writable = false
    descriptor.configurable = false
    defineProperty(world, key, descriptor)
  }

  const answer = (call: number, work: () => unknown): void => {
    let reply: unknown[]
    try {
      reply = ['ret', call, true, encode(work())]
    } catch (cause) {
      reply = ['ret', call, false, messageOf(cause)]
    }
    send(reply)
  }

  const receive = (event: Event): void => {
    const message = apply(detailOf, event, []) as Loose
    switch (message[0]) {
      case 'call':
        answer(message[1], () => {
          const work = lent[message[2]]
          if (work === undefined) throw new fail('No such function')
          return apply(work, undefined, decode(message[3]))
        })
        break
      case 'expose':
        answer(message[1], () => put(message[2], message[3]))
        break
      case 'ret':
        replies[message[1]] = [message[2], message[3]]
        break
      case 'settle': {
        const pair = settlers[message[1]]
        delete settlers[message[1]]
        if (pair !== undefined) apply(pair[message[2] ? 0 : 1], undefined, [decode(message[3])])
        break
      }
      case 'free':
        delete lent[message[1]]
        break
    }
  }
  apply(addEventListener, node, [incoming, receive])

  return {
    expose(key, api) {
      const call = ++calls
      send(['expose', call, key, encode(api)])
      takeReply(call)
    },
  }
}

/** The page's side: waits, before any script of the page, for its preload to hand over the node. */
export function awaitBridge(create: typeof createBridgeEnd, secret: string): void {
  'use strict'
  if (window !== window.top) return
  const related = Object.getOwnPropertyDescriptor(MouseEvent.prototype, 'relatedTarget')!.get!
  const { apply } = Reflect
  document.addEventListener(
    secret,
    (event) => {
      event.stopImmediatePropagation()
      create(apply(related, event, []), 'to-preload', 'to-page')
    },
    { once: true, capture: true },
  )
}
