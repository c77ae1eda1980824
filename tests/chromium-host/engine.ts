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
      if (this.browser?.headless === false && !options.fullscreen) return await this.#openAppWindow(options)
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

  #turn: Promise<unknown> = Promise.resolve()

  /** Visible windows come one after the other: nothing ties a new one to the wish for it. */
  #openAppWindow(size: { readonly width: number; readonly height: number }): Promise<OpenTarget> {
    const opened = this.#turn.then(async () => {
      const arrived = new Promise<OpenTarget>((resolve) => {
        this.#nextWindow = resolve
      })
      this.browser?.openAppWindow()
      const target = await arrived
      const { windowId } = await this.send('Browser.getWindowForTarget', { targetId: target.targetId })
      // The title bar's height comes on top, and is the window system's own affair.
      const bounds = { width: size.width, height: size.height }
      await this.send('Browser.setWindowBounds', { windowId, bounds }).catch(() => {})
      return target
    })
    this.#turn = opened.catch(() => {})
    return opened
  }

  #nextWindow: ((target: OpenTarget) => void) | null = null

  #attached({ sessionId, targetInfo }: Message): void {
    const session = this.browser!.pipe.session(sessionId)
    if (targetInfo.type !== 'page') {
      session.tell('Runtime.runIfWaitingForDebugger')
      return
    }
    const wanted = this.#wanted.get(targetInfo.targetId)
    this.#wanted.delete(targetInfo.targetId)
    const next = this.#nextWindow
    if (wanted !== undefined) wanted(session)
    else if (next !== null && targetInfo.openerId === undefined && /^(data:|about:|$)/.test(targetInfo.url)) {
      this.#nextWindow = null
      next({ targetId: targetInfo.targetId, session })
    } else if (targetInfo.openerId !== undefined || this.#opening === 0) {
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
