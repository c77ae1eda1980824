import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** A message of the debugging protocol. Its shapes are the browser's; each reader takes what it needs. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Message = any

export class ProtocolError extends Error {
  readonly method: string
  constructor(method: string, text: string) {
    super(`${method}: ${text}`)
    this.name = 'ProtocolError'
    this.method = method
  }
}

type Waiting = { method: string; resolve: (result: Message) => void; reject: (error: Error) => void }

/** One target's channel: commands go to it, its events come from it. */
export class TargetSession extends EventEmitter {
  readonly id: string
  readonly #pipe: Pipe
  closed = false

  constructor(pipe: Pipe, id: string) {
    super()
    this.setMaxListeners(0)
    this.#pipe = pipe
    this.id = id
  }

  send(method: string, params: object = {}): Promise<Message> {
    if (this.closed) return Promise.reject(new ProtocolError(method, 'the target is gone'))
    return this.#pipe.send(method, params, this.id)
  }

  /** For commands whose failure only means that the target has gone meanwhile. */
  tell(method: string, params: object = {}): void {
    this.send(method, params).catch(() => {})
  }
}

/**
 * The browser's debugging pipe: null-terminated JSON on two inherited file descriptors. No port is open
 * for it, and the browser ends by itself when the pipe closes, also when this process is killed.
 */
export class Pipe extends EventEmitter {
  #next = 0
  readonly #waiting = new Map<number, Waiting & { sessionId: string | undefined }>()
  readonly #sessions = new Map<string, TargetSession>()
  readonly #out: Writable
  closed = false

  constructor(out: Writable, incoming: Readable) {
    super()
    this.setMaxListeners(0)
    this.#out = out
    out.on('error', () => this.#end())
    let pieces: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => {
      let from = 0
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        pieces.push(chunk.subarray(from, end))
        from = end + 1
        this.#receive(JSON.parse(Buffer.concat(pieces).toString('utf8')))
        pieces = []
      }
      if (from < chunk.length) pieces.push(chunk.subarray(from))
    })
    incoming.on('close', () => this.#end())
    incoming.on('error', () => this.#end())
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<Message> {
    if (this.closed) return Promise.reject(new ProtocolError(method, 'the browser is gone'))
    const id = ++this.#next
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject, sessionId })
      this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  session(id: string): TargetSession {
    let session = this.#sessions.get(id)
    if (session === undefined) {
      session = new TargetSession(this, id)
      this.#sessions.set(id, session)
    }
    return session
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (message.error === undefined) waiting?.resolve(message.result)
      else waiting?.reject(new ProtocolError(waiting.method, message.error.message))
      return
    }
    if (message.method === 'Target.detachedFromTarget') this.#drop(message.params.sessionId)
    const to = message.sessionId === undefined ? this : this.#sessions.get(message.sessionId)
    to?.emit(message.method, message.params)
  }

  #drop(sessionId: string): void {
    const session = this.#sessions.get(sessionId)
    if (session === undefined) return
    session.closed = true
    this.#sessions.delete(sessionId)
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sessionId !== sessionId) continue
      this.#waiting.delete(id)
      waiting.reject(new ProtocolError(waiting.method, 'the target is gone'))
    }
    session.emit('gone')
  }

  #end(): void {
    if (this.closed) return
    this.closed = true
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new ProtocolError(waiting.method, 'the browser is gone'))
    }
    this.#waiting.clear()
    this.emit('gone')
  }
}
