import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inPageOf, launchLab, type Lab } from './support/lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await launchLab()
  await lab.run(async ({ lab: it }) => {
    it.window = await it.load('open-chair://lab/index.html')
  })
})
afterAll(() => lab.close())

const inPage = (code: string): Promise<string> => inPageOf(lab, code)
/** What code in the page throws, as text. */
const problem = (code: string): Promise<string> =>
  lab.run(
    ({ lab: it }, source) =>
      it.window.webContents.executeJavaScript(
        `(async () => { try { ${source}; return 'nothing' } catch (e) { return e.constructor.name + ': ' + e.message } })()`,
      ),
    code,
  )

describe('between a page and its preload', () => {
  it('calls functions at any depth, at once', async () => {
    expect(await inPage('[bridge.add(1, 2), bridge.nested.deep.twice(4), bridge.makeAdder(3)(4)]')).toBe(
      '[ 3, 8, 7 ]',
    )
  })

  it('exposes values as copies of their kind', async () => {
    expect(await inPage('[bridge.when, bridge.big, bridge.bytes, bridge.nested.list]')).toBe(
      '[ 1970-01-01T00:00:00.005Z, 12n, Uint8Array(3) [ 1, 2, 3 ], [ 1, { two: 2 } ] ]',
    )
  })

  it('freezes what it exposes, all the way down, and the name on the window', async () => {
    const code = `(() => { 'use strict'; const out = []
      for (const work of [() => { bridge.add = 1 }, () => { bridge.nested.deep.x = 1 }, () => { bridge.nested.list.push(1) },
        () => { window.bridge = 1 }, () => { delete window.bridge }]) try { work(); out.push('done') } catch (e) { out.push(e.name) }
      return out })()`
    expect(await inPage(code)).toBe("[ 'TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError' ]")
  })

  it.each([
    ['{ u: undefined, n: [NaN, -0, , 1] }', '{ u: undefined, n: [ NaN, -0, <1 empty item>, 1 ] }'],
    ['new Map([[{ a: 1 }, new Set([2n])]])', 'Map(1) { { a: 1 } => Set(1) { 2n } }'],
    ['new Float32Array([1.5])', 'Float32Array(1) [ 1.5 ]'],
    ['/a+/gi', '/a+/gi'],
    ['new (class Chair { legs = 4 })()', '{ legs: 4 }'],
    ['null', 'null'],
  ])('carries %s there and back', async (code, printed) => {
    expect(await inPage(`bridge.same(${code})`)).toBe(printed)
  })

  it('carries cycles and keeps shared references', async () => {
    const code = `(() => { const a = { list: [] }; a.self = a; a.list.push(a); const b = bridge.same(a); return [b.self === b, b.list[0] === b, b !== a] })()`
    expect(await inPage(code)).toBe('[ true, true, true ]')
  })

  it("gives each side objects of its own world, never the other's", async () => {
    expect(await inPage('bridge.describe({})')).toBe("'[object Object] true'")
    expect(await inPage('[bridge.nested, bridge.add, bridge.later(1)].map((x) => x instanceof Object)')).toBe(
      '[ true, true, true ]',
    )
  })

  it("calls a page's function that it was given, now and later", async () => {
    expect(await inPage('bridge.call((a, b) => a * b, 6, 7)')).toBe('42')
    expect(await inPage('(bridge.keep((x) => x + 1), bridge.callKept(1))')).toBe('[ 2 ]')
  })

  it("gives the page's own function back as itself", async () => {
    expect(await inPage('(() => { const f = () => 1; return bridge.same(f) === f })()')).toBe('true')
  })

  it('carries promises and their failures', async () => {
    expect(await inPage('bridge.later({ a: 1n })')).toBe('{ a: 1n }')
    expect(await problem('await bridge.laterFails()')).toBe('Error: too far')
    expect(await inPage('bridge.call(async () => 5)')).toBe('5')
  })

  it('rethrows with the message, without class or own fields', async () => {
    expect(await problem('bridge.fails()')).toBe('Error: too far')
    expect(await inPage('(() => { try { bridge.fails() } catch (e) { return Object.keys(e) } })()')).toBe(
      '[]',
    )
  })

  it('refuses a symbol', async () => {
    expect(await problem('bridge.same(Symbol())')).toBe('Error: An object could not be cloned.')
  })

  it('refuses a name that is exposed already, or that the window has', async () => {
    const taken = 'Error: Cannot bind an API on top of an existing property on the window object'
    expect(await problem('bridge.exposeAgain()')).toBe(taken)
    expect(await problem("bridge.exposeOver('fetch')")).toBe(taken)
  })
})

describe('a preload', () => {
  it.each(['electron', 'events', 'timers', 'url', 'node:events'])('may require %s', async (name) => {
    expect(await inPage(`bridge.require('${name}')`)).toMatch(/'(object|function)'/)
  })

  it.each(['fs', 'node:fs', 'child_process', 'path', './other.cjs', 'electron/main', '__proto__'])(
    'may not require %s',
    async (name) => {
      expect(await problem(`bridge.require('${name}')`)).toBe(`Error: module not found: ${name}`)
    },
  )

  it('has the limited process of a sandbox', async () => {
    expect(await inPage('bridge.processKeys()')).toBe("[ 'renderer', true, 'undefined', 'string' ]")
  })

  it('shares no variable with the page', async () => {
    expect(await inPage("(window.pageSecret = 'x', bridge.pageSees())")).toBe('undefined')
  })

  it('stops where it requires more than the sandbox allows, and the shell hears of it', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      const window = it.open({ preload: 'greedy' })
      const failed = it.next(window.webContents, 'preload-error')
      await window.loadURL('open-chair://lab/index.html')
      const [, path, error] = await failed
      const seen = await window.webContents.executeJavaScript('[typeof before, typeof after]')
      window.destroy()
      return [path.endsWith('greedy.cjs'), error.message, seen]
    })
    expect(outcome).toEqual([true, 'module not found: fs', ['boolean', 'undefined']])
  })
})

describe('a hostile page', () => {
  const open = (script: string): Promise<string> =>
    lab.run(async ({ lab: it }, source) => {
      it.page('hostile/index.html', `<!doctype html><script>${source}</script>`)
      const window = await it.load('open-chair://hostile/index.html')
      const seen = await window.webContents.executeJavaScript('window.outcome')
      window.destroy()
      return it.inspect(seen, { depth: 9, breakLength: Infinity, maxArrayLength: null })
    }, script)

  it('finds on its window what the preload exposes and nothing else of the host', async () => {
    const plain = await lab.run(async ({ lab: it }) => {
      const window = await it.load('open-chair://lab/index.html', { preload: null })
      const names = await window.webContents.executeJavaScript(
        'Object.getOwnPropertyNames(window).concat(Reflect.ownKeys(window).map(String))',
      )
      window.destroy()
      return names
    })
    const seen = await open(
      'window.outcome = Object.getOwnPropertyNames(window).concat(Reflect.ownKeys(window).map(String))',
    )
    const extra = [...seen.matchAll(/'([^']+)'/g)]
      .map((match) => match[1])
      .filter((name) => !plain.includes(name))
    expect([...new Set(extra)].filter((name) => name !== 'outcome')).toEqual(['bridge'])
  })

  it('gains nothing by altering every builtin it can reach', async () => {
    const outcome = await open(`
      let stolen = 0
      const names = []
      const define = Object.defineProperty
      const record = (...what) => { stolen++; define(names, names.length, { __proto__: null, value: String(what[0]), writable: true, enumerable: true, configurable: true }) }
      const run = Reflect.apply
      const spy = (of, name) => { const was = of[name]; try { of[name] = function (...args) { record(name); return run(was, this, args) } } catch {} }
      for (const name of ['push', 'map', 'forEach', 'slice', 'concat', 'indexOf', 'find']) spy(Array.prototype, name)
      for (const name of ['get', 'set', 'has']) { spy(Map.prototype, name); spy(WeakMap.prototype, name) }
      spy(JSON, 'stringify'); spy(JSON, 'parse'); spy(Promise.prototype, 'then'); spy(Function.prototype, 'call')
      spy(Function.prototype, 'apply'); spy(Reflect, 'apply'); spy(Object, 'defineProperty'); spy(Object, 'keys')
      spy(EventTarget.prototype, 'dispatchEvent'); spy(EventTarget.prototype, 'addEventListener'); spy(window, 'structuredClone')
      const iterate = Array.prototype[Symbol.iterator]
      Array.prototype[Symbol.iterator] = function () { record('iterator'); return run(iterate, this, []) }
      for (const key of ['0', '1', '2', '5', 'value', 'get', 'detail', 'bubbles', 'writable', 'relatedTarget', 'capture'])
        Object.defineProperty(Object.prototype, key, { __proto__: null, configurable: true,
          set(v) { define(this, key, { __proto__: null, value: v, writable: true, configurable: true, enumerable: true }); record('set ' + key) },
          get() { record('get ' + key); return undefined } })
      window.CustomEvent = class { constructor() { record('CustomEvent') } }
      window.Error = window.Promise = window.Map = function () { record('constructor') }
      stolen = 0
      names.length = 0
      const sum = bridge.add(1, 2)
      const deep = bridge.nested.deep.twice(21)
      const called = bridge.call(() => 'called')
      window.outcome = sum + ' ' + deep + ' ' + called + ' ' + stolen + ' ' + names.join()
    `)
    expect(outcome).toBe("'3 42 called 0 '")
  })

  it('cannot see the event or the node that carries its calls', async () => {
    const outcome = await open(`
      const heard = []
      for (const type of ['to-preload', 'to-page']) {
        window.addEventListener(type, () => heard.push(type), true)
        document.addEventListener(type, () => heard.push(type), true)
      }
      const during = bridge.call(() => typeof window.event)
      window.outcome = [during, heard.length]
    `)
    expect(outcome).toBe("[ 'undefined', 0 ]")
  })

  it('learns nothing from the stack of a call', async () => {
    const outcome = await open(`
      let found = []
      Error.prepareStackTrace = (_error, frames) => frames.map((frame) => [typeof frame.getThis(), typeof frame.getFunction()].join())
      bridge.call(() => { found = new Error().stack })
      const inner = found.slice(1)
      window.outcome = [inner.length > 2, inner.slice(0, -1).some((one) => one !== 'undefined,undefined')]
    `)
    expect(outcome).toBe('[ true, false ]')
  })

  it('finds no way in through a frame: it has no bridge, no binding', async () => {
    const outcome = await open(`
      const frame = document.createElement('iframe')
      document.documentElement.append(frame)
      const inner = frame.contentWindow
      const own = Object.getOwnPropertyNames(inner)
      window.outcome = [typeof inner.bridge, own.filter((name) => name.startsWith('_')), own.includes('bridge')]
    `)
    expect(outcome).toBe("[ 'undefined', [], false ]")
  })

  it('cannot pass a prototype through a key', async () => {
    const outcome = await open(`
      const sent = JSON.parse('{"__proto__": {"isStaff": true}}')
      const back = bridge.same(sent)
      window.outcome = [back.isStaff, Object.keys(back), ({}).isStaff]
    `)
    expect(outcome).toBe("[ undefined, [ '__proto__' ], undefined ]")
  })
})
