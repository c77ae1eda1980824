import type { BridgeEnd, createBridgeEnd } from './bridge.ts'
import type { Codec } from './encoding.ts'

// What crosses to and from a preload is typed by the application, not here.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any

export type PreloadSettings = {
  /** Names of the binding to the host and of the handshake, random for each window. */
  readonly binding: string
  readonly secret: string
  readonly receiver: string
  readonly process: Record<string, unknown>
}

type Preload = (
  require: (name: string) => unknown,
  process: unknown,
  buffer: unknown,
  global: unknown,
  setImmediate: unknown,
  clearImmediate: unknown,
  exports: unknown,
  module: unknown,
) => void

/**
 * What surrounds a preload in its isolated world: Electron's sandboxed `require`, the bridge to the page
 * and the line to the host. Runs as source text before any script of the page, in the main frame only.
 * This world has its own intrinsics, so plain code is safe here.
 */
export function runPreloadWorld(
  codec: Codec,
  createEnd: typeof createBridgeEnd,
  settings: PreloadSettings,
  preload: Preload | null,
): void {
  const world = globalThis as Loose
  const call = world[settings.binding] as (text: string) => void
  delete world[settings.binding]
  const post = (message: Record<string, unknown>): void => call(JSON.stringify(message))

  const absent = (name: string) => (): never => {
    throw new Error(`${name} is not implemented by the Chromium host`)
  }
  const strict = (name: string, target: Loose): Loose =>
    new Proxy(target, {
      get: (from, key) =>
        typeof key === 'symbol' || key in from || key === 'then' || key === 'default' || key === '__esModule'
          ? from[key]
          : absent(`${name}.${key}`)(),
    })

  class EventEmitter {
    private readonly lists = new Map<string, { listener: Loose; once: boolean }[]>()
    on(event: string, listener: Loose): this {
      return this.add(event, listener, false)
    }
    addListener(event: string, listener: Loose): this {
      return this.add(event, listener, false)
    }
    once(event: string, listener: Loose): this {
      return this.add(event, listener, true)
    }
    private add(event: string, listener: Loose, once: boolean): this {
      if (typeof listener !== 'function') throw new TypeError('The listener must be a function')
      this.lists.set(event, [...(this.lists.get(event) ?? []), { listener, once }])
      return this
    }
    off(event: string, listener: Loose): this {
      return this.removeListener(event, listener)
    }
    removeListener(event: string, listener: Loose): this {
      const list = this.lists.get(event) ?? []
      const at = list.findLastIndex((entry) => entry.listener === listener)
      this.lists.set(
        event,
        list.filter((_, index) => index !== at),
      )
      return this
    }
    removeAllListeners(event?: string): this {
      if (event === undefined) this.lists.clear()
      else this.lists.delete(event)
      return this
    }
    listenerCount(event: string): number {
      return this.lists.get(event)?.length ?? 0
    }
    emit(event: string, ...args: unknown[]): boolean {
      const list = this.lists.get(event) ?? []
      for (const { listener, once } of list) {
        if (once) this.removeListener(event, listener)
        listener.apply(this, args)
      }
      return list.length > 0
    }
  }

  const ipcRenderer = new EventEmitter() as Loose
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let calls = 0
  ipcRenderer.invoke = (channel: string, ...args: unknown[]): Promise<unknown> => {
    // Electron too throws at once, not through the promise, when an argument cannot be cloned.
    const coded = codec.encode(args)
    const id = ++calls
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      post({ type: 'invoke', id, channel: String(channel), args: coded })
    })
  }
  ipcRenderer.send = (channel: string, ...args: unknown[]): void => {
    post({ type: 'send', channel: String(channel), args: codec.encode(args) })
  }
  const sandboxIpc = strict('ipcRenderer', ipcRenderer)

  /** Keys the host has let through: they come a second time and then belong to the page. */
  const passing: string[] = []
  let watchKeys = false

  const receivers: Record<string, (message: Loose) => void> = {
    reply: ({ id, ok, value, error }) => {
      const pending = waiting.get(id)
      waiting.delete(id)
      if (ok) pending?.resolve(codec.decode(value))
      else pending?.reject(new Error(error))
    },
    send: ({ channel, args }) => {
      ipcRenderer.emit(channel, { sender: sandboxIpc, ports: [] }, ...(codec.decode(args) as unknown[]))
    },
    keys: ({ watch }) => {
      watchKeys = watch
    },
    pass: ({ key }) => {
      passing.push(key)
    },
  }
  world[settings.receiver] = (text: string): void => {
    const message = JSON.parse(text)
    receivers[message.type]?.(message)
  }

  const watchKey = (event: KeyboardEvent): void => {
    if (!watchKeys || !event.isTrusted) return
    const at = passing.indexOf(`${event.type}:${event.code}:${event.key}`)
    if (at >= 0) {
      passing.splice(at, 1)
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    const { type, key, code, keyCode, repeat, isComposing, shiftKey, ctrlKey, altKey, metaKey, location } =
      event
    post({
      type: 'key',
      input: { type, key, code, keyCode, repeat, isComposing, shiftKey, ctrlKey, altKey, metaKey, location },
    })
  }
  window.addEventListener('keydown', watchKey, true)
  window.addEventListener('keyup', watchKey, true)

  // The network's interception never sees these navigations; the host decides on them instead.
  world.navigation?.addEventListener('navigate', (event: Loose) => {
    if (event.destination.sameDocument || event.hashChange || event.navigationType === 'traverse') return
    if (/^https?:/.test(event.destination.url)) return
    event.preventDefault()
    post({ type: 'navigate', url: event.destination.url })
  })

  let title: string | null = null
  const tellTitle = (): void => {
    if (document.title === title) return
    title = document.title
    post({ type: 'title', title })
  }
  window.addEventListener('DOMContentLoaded', () => {
    tellTitle()
    if (document.head === null) return
    new MutationObserver(tellTitle).observe(document.head, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })

  // Electron shows no context menu of its own.
  window.addEventListener('contextmenu', (event) => {
    event.preventDefault()
    const link = (event.composedPath()[0] as Element | undefined)?.closest?.(
      'a[href]',
    ) as HTMLAnchorElement | null
    const selectionText = String(window.getSelection() ?? '')
    post({ type: 'menu', x: event.clientX, y: event.clientY, linkURL: link?.href ?? '', selectionText })
  })

  if (preload === null) return

  const node = document.createElement('i')
  document.dispatchEvent(new MouseEvent(settings.secret, { relatedTarget: node }))
  // Only now into the shadow tree: an event's related target is hidden when it is inside one.
  document.createElement('div').attachShadow({ mode: 'closed' }).append(node)
  const end: BridgeEnd = createEnd(node, 'to-page', 'to-preload')

  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (typeof key !== 'string') throw new TypeError('The key must be text')
      end.expose(key, api)
    },
  })
  const nothing = (name: string): Loose => strict(name, {})
  const electron = strict('electron', {
    contextBridge,
    ipcRenderer: sandboxIpc,
    crashReporter: nothing('crashReporter'),
    nativeImage: nothing('nativeImage'),
    webFrame: nothing('webFrame'),
    webUtils: nothing('webUtils'),
  })

  const setImmediate = (work: Loose, ...args: unknown[]): unknown => setTimeout(work, 0, ...args)
  const clearImmediate = (handle: number): void => clearTimeout(handle)
  const events = Object.assign(EventEmitter, { EventEmitter, default: EventEmitter })
  const { setTimeout: later, clearTimeout, setInterval, clearInterval } = window
  const allowed: Record<string, unknown> = {
    electron,
    events,
    timers: { setTimeout: later, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate },
    url: strict('url', { URL, URLSearchParams }),
  }
  const require = (name: string): unknown => {
    const bare = String(name)
      .replace(/^node:/, '')
      .replace(/^electron\/(renderer|common)$/, 'electron')
    if (Object.hasOwn(allowed, bare)) return allowed[bare]
    throw new Error(`module not found: ${name}`)
  }
  const processLike = Object.assign(new EventEmitter(), settings.process, {
    nextTick: (work: Loose, ...args: unknown[]) => queueMicrotask(() => work(...args)),
    getHeapStatistics: absent('process.getHeapStatistics'),
    hang: absent('process.hang'),
    crash: absent('process.crash'),
  })
  const buffer = strict('Buffer', {
    from: (text: string, kind = 'utf8') => {
      if (typeof text !== 'string' || kind !== 'utf8') absent('Buffer.from other than text')()
      return new TextEncoder().encode(text)
    },
    isBuffer: (value: unknown) => value instanceof Uint8Array,
  })

  const module = { exports: {} }
  try {
    preload(
      require,
      strict('process', processLike),
      buffer,
      world,
      setImmediate,
      clearImmediate,
      module.exports,
      module,
    )
  } catch (cause) {
    const error = cause as Error
    console.error('Unable to load preload script', error)
    post({ type: 'preload-error', message: error?.message ?? String(cause), stack: error?.stack ?? '' })
  }
}
