import { EventEmitter } from 'node:events'
import { NotImplementedError } from './strict.ts'

/** What an Electron event offers its listeners. */
export type HostEvent = { preventDefault(): void; readonly defaultPrevented: boolean }

/** Makes an event object with `preventDefault`; `members` are its other fields. */
export function hostEvent<T extends object>(members: T): T & HostEvent {
  let prevented = false
  return Object.defineProperties(members, {
    preventDefault: { value: () => void (prevented = true), enumerable: true },
    defaultPrevented: { get: () => prevented, enumerable: true },
  }) as T & HostEvent
}

// Each event has its own arguments, as in Node's EventEmitter.
// oxlint-disable-next-line typescript/no-explicit-any
export type Listener = (...args: any[]) => void

/**
 * An EventEmitter that knows its events. Listening to one the host never emits would be a silent lack, so
 * it throws, save for `quiet`: events of things that cannot happen on this host (a certificate, a webview).
 */
export class HostEmitter extends EventEmitter {
  readonly _what: string
  readonly _events_known: ReadonlySet<string>

  constructor(name: string, known: readonly string[], quiet: readonly string[] = []) {
    super()
    this._what = name
    this._events_known = new Set([...known, ...quiet, 'newListener', 'removeListener', 'error'])
  }

  _check(event: string | symbol): void {
    if (typeof event === 'string' && !this._events_known.has(event)) {
      throw new NotImplementedError(`event '${event}' of ${this._what}`)
    }
  }

  override on(event: string | symbol, listener: Listener): this {
    this._check(event)
    return super.on(event, listener)
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener)
  }

  override once(event: string | symbol, listener: Listener): this {
    this._check(event)
    return super.once(event, listener)
  }

  override prependListener(event: string | symbol, listener: Listener): this {
    this._check(event)
    return super.prependListener(event, listener)
  }
}
