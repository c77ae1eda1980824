import { EventEmitter } from 'node:events'
import { codec, codecSource } from './encoding.ts'
import { engine } from './engine.ts'
import { createFrame, type WebFrameMain } from './frames.ts'
import type { Message, TargetSession } from './pipe.ts'
import type { WorldSource } from './world-source.ts'

let frameSerial = 0

/** The browser's text for an exception in a page. */
function exceptionText(details: Message): string {
  const text = details.exception?.description ?? details.exception?.value ?? details.text
  return String(text).split('\n    at ')[0]!
}

/**
 * One target of the browser: its frames and worlds, the line to its preload, and code run in it. It says
 * what happens by events; what Electron makes of them is the business of `web-contents.ts`.
 */
export class Page extends EventEmitter {
  readonly worlds: WorldSource
  readonly #frames = new Map<string, WebFrameMain>()
  readonly #frameOfContext = new Map<number, { frameId: string; world: string }>()
  #preloadContext: number | null = null
  mainFrame: WebFrameMain
  session: TargetSession | null = null
  targetId = ''
  /** Resolves once the target is there and prepared; commands wait for it. */
  readonly ready: Promise<TargetSession>

  constructor(
    worlds: WorldSource,
    open: (page: Page) => Promise<{ targetId: string; session: TargetSession }>,
  ) {
    super()
    this.setMaxListeners(0)
    this.worlds = worlds
    this.mainFrame = createFrame(this, '', null, ++frameSerial)
    this.ready = open(this).then(({ targetId, session }) => this.#prepare(targetId, session))
    this.ready.catch(() => {})
  }

  async #prepare(targetId: string, session: TargetSession): Promise<TargetSession> {
    this.session = session
    this.targetId = targetId
    // For a page target the browser uses one id for the target and its main frame.
    Object.assign(this.mainFrame, { _id: targetId, _url: 'about:blank' })
    this.#frames.set(targetId, this.mainFrame)
    this.#listen(session)
    const { worlds } = this
    const sent = [
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Log.enable'),
      session.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      // SECURITY: the line to the host exists in the preload's world only.
      session.send('Runtime.addBinding', { name: worlds.binding, executionContextName: worlds.worldName }),
      // The page's half first: it must be listening when the preload's world calls.
      ...(worlds.pageScript === null
        ? []
        : [session.send('Page.addScriptToEvaluateOnNewDocument', { source: worlds.pageScript })]),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: worlds.preloadScript,
        worldName: worlds.worldName,
      }),
    ]
    this.emit('preparing', session, sent)
    sent.push(session.send('Runtime.runIfWaitingForDebugger'))
    await Promise.all(sent)
    return session
  }

  #listen(session: TargetSession): void {
    session.on('gone', () => this.emit('gone'))
    session.on('Inspector.targetCrashed', () => this.emit('crashed'))
    session.on('Runtime.executionContextCreated', ({ context }: Message) => {
      this.#frameOfContext.set(context.id, { frameId: context.auxData.frameId, world: context.name })
      if (context.name === this.worlds.worldName && context.auxData.frameId === this.targetId) {
        this.#preloadContext = context.id
        this.emit('preload-context')
      }
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }: Message) => {
      this.#frameOfContext.delete(executionContextId)
      if (this.#preloadContext === executionContextId) this.#preloadContext = null
    })
    session.on('Runtime.executionContextsCleared', () => {
      this.#frameOfContext.clear()
      this.#preloadContext = null
    })
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }: Message) => {
      const from = this.#frameOfContext.get(executionContextId)
      // SECURITY: a second client's bindings, and any call from another world, are not ours.
      if (name !== this.worlds.binding || from?.world !== this.worlds.worldName) return
      this.emit('call', JSON.parse(payload), this.frame(from.frameId))
    })
    session.on('Page.frameAttached', ({ frameId, parentFrameId }: Message) => {
      this.#frames.set(frameId, createFrame(this, frameId, parentFrameId, ++frameSerial))
    })
    session.on('Page.frameDetached', ({ frameId, reason }: Message) => {
      if (reason === 'swap') return
      const frame = this.#frames.get(frameId)
      if (frame !== undefined) frame.detached = true
      this.#frames.delete(frameId)
    })
    session.on('Page.frameNavigated', ({ frame }: Message) => {
      const known = this.frame(frame.id, frame.parentId ?? null)
      known._url = frame.url + (frame.urlFragment ?? '')
      known._origin = frame.securityOrigin === '://' ? 'null' : frame.securityOrigin
      this.emit('frame-navigated', known, frame)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }: Message) => {
      this.frame(frameId)._url = url
      this.emit('navigated-within', this.frame(frameId), url)
    })
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Message) => {
      const child = engine.browser!.pipe.session(sessionId)
      this.emit('child', child, targetInfo)
      child.tell('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
      child.on('Target.attachedToTarget', (inner: Message) => {
        const grandchild = engine.browser!.pipe.session(inner.sessionId)
        this.emit('child', grandchild, inner.targetInfo)
        grandchild.tell('Runtime.runIfWaitingForDebugger')
      })
      child.tell('Runtime.runIfWaitingForDebugger')
    })
  }

  frame(id: string, parentId: string | null = null): WebFrameMain {
    let frame = this.#frames.get(id)
    if (frame === undefined) {
      frame = createFrame(this, id, id === this.targetId ? null : (parentId ?? this.targetId), ++frameSerial)
      this.#frames.set(id, frame)
    }
    return frame
  }

  allFrames(): WebFrameMain[] {
    return [...this.#frames.values()]
  }

  /** Hands a message to the preload's world; without one (no document yet) it is lost, as in Electron. */
  async deliver(message: Record<string, unknown>): Promise<void> {
    if (this.#preloadContext === null || this.session === null) return
    const delivered = this.session.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { globalThis[${JSON.stringify(this.worlds.receiver)}](text) }`,
      arguments: [{ value: JSON.stringify(message) }],
      executionContextId: this.#preloadContext,
      silent: true,
    })
    // A page that goes away meanwhile takes its messages with it.
    await delivered.catch(() => {})
  }

  /** Runs code in the page's own world; promises are awaited and the value comes back by structured clone. */
  async evaluate(code: string, userGesture: boolean): Promise<unknown> {
    const session = await this.ready
    const done = await session.send('Runtime.evaluate', { expression: code, awaitPromise: true, userGesture })
    if (done.exceptionDetails !== undefined) throw this.#thrown(done.exceptionDetails)
    const { result } = done
    if (result.type === 'undefined') return undefined
    if (result.unserializableValue !== undefined) {
      if (result.type === 'bigint') return BigInt(result.unserializableValue.slice(0, -1))
      return result.unserializableValue === '-0' ? -0 : Number(result.unserializableValue)
    }
    if (result.objectId === undefined) return result.value
    const coded = await session.send('Runtime.callFunctionOn', {
      functionDeclaration: `function () { return ${codecSource}.encode(this) }`,
      objectId: result.objectId,
      returnByValue: true,
    })
    session.tell('Runtime.releaseObject', { objectId: result.objectId })
    if (coded.exceptionDetails !== undefined) throw this.#thrown(coded.exceptionDetails)
    return codec.decode(coded.result.value)
  }

  #thrown(details: Message): Error {
    return new Error(exceptionText(details).replace(/^(?:Uncaught )?Error: /, ''))
  }
}

export { exceptionText }
