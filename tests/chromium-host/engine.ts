import { EventEmitter } from 'node:events'
import { startBrowser, type Browser } from './browser.ts'
import type { Message, TargetSession } from './pipe.ts'

export type OpenTarget = { readonly targetId: string; readonly session: TargetSession }

/**
 * The one browser of this process and its targets. Windows ask it for a target; targets nobody asked for
 * are pop-ups, which are held before their first request and reported.
 */
export class Engine extends EventEmitter {
  browser: Browser | null = null
  readonly #arrived = new Map<string, TargetSession>()
  readonly #wanted = new Map<string, (session: TargetSession) => void>()
  #opening = 0

  async start(options: Parameters<typeof startBrowser>[0]): Promise<void> {
    this.browser = await startBrowser(options)
    const { pipe } = this.browser
    pipe.on('gone', () => this.emit('gone'))
    pipe.on('Target.attachedToTarget', (params: Message) => this.#attached(params))
    pipe.on('Target.targetCrashed', (params: Message) => this.emit('crashed', params))
    pipe.on('Target.targetDestroyed', (params: Message) => this.emit('destroyed', params.targetId))
    pipe.on('Browser.downloadWillBegin', (params: Message) => this.emit('download', params))
    await Promise.all([
      pipe.send('Target.setDiscoverTargets', { discover: true }),
      pipe.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ])
  }

  send(method: string, params: object = {}): Promise<Message> {
    if (this.browser === null) return Promise.reject(new Error('The app is not ready yet'))
    return this.browser.pipe.send(method, params)
  }

  /** Opens a blank page in its own window, stopped before it runs anything. */
  async open(options: {
    readonly browserContextId: string | undefined
    readonly width: number
    readonly height: number
    readonly fullscreen: boolean
  }): Promise<OpenTarget> {
    this.#opening++
    try {
      const { targetId } = await this.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        width: options.width,
        height: options.height,
        ...(options.browserContextId === undefined ? {} : { browserContextId: options.browserContextId }),
        ...(options.fullscreen && this.browser?.headless === false ? { windowState: 'fullscreen' } : {}),
      })
      const arrived = this.#arrived.get(targetId)
      this.#arrived.delete(targetId)
      if (arrived !== undefined) return { targetId, session: arrived }
      const session = await new Promise<TargetSession>((resolve) => this.#wanted.set(targetId, resolve))
      return { targetId, session }
    } finally {
      this.#opening--
      if (this.#opening === 0) for (const [id, session] of this.#arrived) this.#foreign(id, session, {})
    }
  }

  #attached({ sessionId, targetInfo }: Message): void {
    const session = this.browser!.pipe.session(sessionId)
    if (targetInfo.type !== 'page') {
      session.tell('Runtime.runIfWaitingForDebugger')
      return
    }
    const wanted = this.#wanted.get(targetInfo.targetId)
    this.#wanted.delete(targetInfo.targetId)
    if (wanted !== undefined) wanted(session)
    else if (targetInfo.openerId !== undefined || this.#opening === 0) {
      this.#foreign(targetInfo.targetId, session, targetInfo)
    } else this.#arrived.set(targetInfo.targetId, session)
  }

  #foreign(targetId: string, session: TargetSession, targetInfo: Message): void {
    this.#arrived.delete(targetId)
    this.emit('foreign', {
      targetId,
      session,
      openerId: targetInfo.openerId ?? null,
      url: targetInfo.url ?? '',
    })
  }
}

/** Shared by all modules of this process, as Electron's browser is. */
export const engine = new Engine()
engine.setMaxListeners(0)
