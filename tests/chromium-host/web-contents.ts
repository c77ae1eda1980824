import { createCaller, receiveCall } from './ipc.ts'
import { codec } from './encoding.ts'
import { emittedByContents, hearPage, quietOfContents } from './contents-events.ts'
import { HostEmitter, hostEvent, type Listener } from './emitter.ts'
import { engine } from './engine.ts'
import type { WebFrameMain } from './frames.ts'
import { HangWatch } from './hang-watch.ts'
import { KeyWatch } from './key-watch.ts'
import { createImage } from './native-image.ts'
import { Navigation } from './navigation.ts'
import { guardNetwork } from './network-gate.ts'
import { Page } from './page.ts'
import type { Message, TargetSession } from './pipe.ts'
import { watchPopUps } from './pop-ups.ts'
import { printPage, printers, renderPdf, type PdfOptions, type PrintOptions } from './printing.ts'
import type { Session } from './session.ts'
import { NotImplementedError, strict } from './strict.ts'
import { createWorldSource } from './world-source.ts'

export type ContentsOptions = {
  readonly session: Session
  readonly preload: string | null
  readonly devTools: boolean
  readonly width: number
  readonly height: number
  readonly fullscreen: boolean
}

export type WindowOpenHandler = (details: Message) => { action: string }

let serial = 0
const all = new Map<number, WebContents>()

export class WebContents extends HostEmitter {
  readonly id = ++serial
  readonly session: Session
  readonly hostWebContents = null
  readonly ipc = createCaller(`webContents.ipc`)
  readonly navigationHistory: object
  readonly _page: Page
  readonly _navigation: Navigation
  readonly _options: ContentsOptions
  _size: { width: number; height: number }
  _title = ''
  _zoom = 1
  _crashed = false
  _destroyed = false
  _opener: WindowOpenHandler | null = null
  /** The address of the pop-up that the page opened last. */
  _opening = ''
  _throttling = true
  _muted = false
  /** Set by the window: does the real closing. */
  _closeWindow: (() => void) | null = null

  constructor(options: ContentsOptions) {
    super('webContents', emittedByContents, quietOfContents)
    this.session = options.session
    this._options = options
    this._size = { width: options.width, height: options.height }
    const worlds = createWorldSource(options.preload)
    this._page = new Page(worlds, async () =>
      engine.open({
        browserContextId: await options.session._browserContext(),
        width: options.width,
        height: options.height,
        fullscreen: options.fullscreen,
      }),
    )
    this._navigation = new Navigation(this)
    this.navigationHistory = strict('navigationHistory', {
      // Chromium would go back in history only by a gesture the windows do not offer.
      canGoBack: () => false,
      canGoForward: () => false,
      clear: () => {
        this._page.session?.tell('Page.resetNavigationHistory')
      },
      length: () => 1,
      getActiveIndex: () => 0,
    })
    if (worlds.problem !== null) {
      const { problem } = worlds
      this._page.on('preparing', () => {
        process.stderr.write(`[host] Unable to load preload script: ${options.preload}: ${problem.message}\n`)
        this.emit('preload-error', hostEvent({}), options.preload, problem)
      })
    }
  }

  /** After the constructor, so that `self` is the object the shell knows. */
  _begin(self: WebContents): void {
    all.set(this.id, self)
    const page = this._page
    page.on('preparing', (session: TargetSession, sent: Promise<unknown>[]) => {
      sent.push(guardNetwork(session, this.session._schemes, this.session.webRequest, this._navigation.gate))
      sent.push(this._applySize(session))
      if (process.env['OPEN_CHAIR_HOST_TOUCH'] === '1') {
        sent.push(session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 }))
      }
      if (this.session._userAgent !== null) {
        sent.push(session.send('Emulation.setUserAgentOverride', { userAgent: this.session._userAgent }))
      }
      this.session._anySession = () => page.session
      hearPage(session, self)
    })
    page.on('child', (session: TargetSession) => {
      guardNetwork(session, this.session._schemes, this.session.webRequest, this._navigation.gate).catch(
        () => {},
      )
    })
    page.on('call', (message: Message, frame: WebFrameMain) => this._called(message, frame, self))
    page.on('gone', () => this._end())
    engine.on('crashed', (params: Message) => {
      if (params.targetId === page.targetId) this._gone(params.status, params.errorCode)
    })
    new HangWatch(self).start()
  }

  _called(message: Message, frame: WebFrameMain, self: WebContents): void {
    switch (message.type) {
      case 'invoke':
      case 'send':
        receiveCall(self, frame, message)
        break
      case 'navigate':
        this._navigation.wished(message.url)
        break
      case 'title':
        this._titled(message.title)
        break
      case 'key':
        this._keys.pressed(message.input)
        break
      case 'menu':
        this.emit('context-menu', hostEvent({}), { ...message, pageURL: this.getURL(), mediaType: 'none' })
        break
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        process.stderr.write(
          `[host] Unable to load preload script: ${this._options.preload}: ${error.stack}\n`,
        )
        this.emit('preload-error', hostEvent({}), this._options.preload, error)
        break
      }
    }
  }

  readonly _keys = new KeyWatch(this)

  override on(event: string | symbol, listener: Listener): this {
    super.on(event, listener)
    if (event === 'before-input-event') this._keys.watch()
    return this
  }

  _titled(title: string): void {
    if (title === this._title || this._destroyed) return
    this._title = title
    this.emit('page-title-updated', hostEvent({}), title, true)
  }

  _gone(status: string, code: number): void {
    if (this._crashed || this._destroyed) return
    this._crashed = true
    const reasons: Record<string, string> = {
      crashed: 'crashed',
      killed: 'killed',
      oom: 'oom',
      'oom killed': 'oom',
    }
    const details = {
      reason: reasons[status] ?? (/kill/.test(status) ? 'killed' : 'crashed'),
      exitCode: code,
    }
    this.emit('render-process-gone', hostEvent({}), details)
  }

  _end(): void {
    if (this._destroyed) return
    this._destroyed = true
    all.delete(this.id)
    this.emit('destroyed')
  }

  async _applySize(session: TargetSession): Promise<void> {
    const { width, height } = this._size
    // In a visible window the window itself gives the size.
    if (engine.browser?.headless === false && this._zoom === 1) return
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / this._zoom),
      height: Math.round(height / this._zoom),
      deviceScaleFactor: this._zoom,
      mobile: false,
    })
  }

  get mainFrame(): WebFrameMain {
    return this._page.mainFrame
  }

  loadURL(address: string, options: object = {}): Promise<void> {
    if (Object.keys(options).length > 0) throw new NotImplementedError('options of webContents.loadURL')
    this._crashed = false
    const done = this._navigation.load(address)
    done.catch(() => {})
    return done
  }

  loadFile(): Promise<void> {
    throw new NotImplementedError('webContents.loadFile: use the own scheme')
  }

  reload(): void {
    this._crashed = false
    this._navigation.reload()
  }

  stop(): void {
    this._page.session?.tell('Page.stopLoading')
  }

  getURL(): string {
    return this._navigation.committed ? this.mainFrame.url : ''
  }

  getTitle(): string {
    return this._title
  }

  isLoading(): boolean {
    return this._navigation.loading
  }

  isLoadingMainFrame(): boolean {
    return this._navigation.loading
  }

  send(channel: string, ...args: unknown[]): void {
    if (this._destroyed) throw new TypeError('Object has been destroyed')
    void this._page.deliver({ type: 'send', channel, args: codec.encode(args) })
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    if (this.getURL() === '' || this.isLoadingMainFrame()) {
      await new Promise<void>((resolve) => this.once('did-stop-loading', () => resolve()))
    }
    return this._page.evaluate(code, userGesture)
  }

  async insertCSS(css: string): Promise<string> {
    const id = `css-${Math.random().toString(36).slice(2)}`
    // A constructed sheet is not subject to the page's policy on style elements, as Electron's is not.
    await this._page.evaluate(
      `{ const s = new CSSStyleSheet(); s.replaceSync(${JSON.stringify(css)});
       document.adoptedStyleSheets = [...document.adoptedStyleSheets, s] }`,
      false,
    )
    return id
  }

  async printToPDF(options: PdfOptions): Promise<Buffer> {
    return renderPdf(await this._page.ready, options)
  }

  print(options: PrintOptions = {}, callback?: (success: boolean, reason: string) => void): void {
    printPage(this._page.ready, this._title, options).then(
      (problem) => callback?.(problem === null, problem ?? ''),
      (cause: Error) => callback?.(false, cause.message),
    )
  }

  getPrintersAsync(): Promise<object[]> {
    return printers()
  }

  async capturePage(area?: { x: number; y: number; width: number; height: number }): Promise<object> {
    const session = await this._page.ready
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'png',
      ...(area === undefined ? {} : { clip: { ...area, scale: 1 } }),
    })
    return createImage(Buffer.from(data, 'base64'))
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this._opener = handler
  }

  setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    if (minimum !== 1 || maximum !== 1) throw new NotImplementedError('visual zoom other than 1 to 1')
    return Promise.resolve()
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this._zoom = factor
    this._page.ready.then((session) => this._applySize(session)).catch(() => {})
  }

  getZoomFactor(): number {
    return this._zoom
  }

  get zoomFactor(): number {
    return this._zoom
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level)
  }

  getZoomLevel(): number {
    return Math.log(this._zoom) / Math.log(1.2)
  }

  setBackgroundThrottling(allowed: boolean): void {
    this._throttling = allowed
  }

  getBackgroundThrottling(): boolean {
    return this._throttling
  }

  setAudioMuted(muted: boolean): void {
    this._muted = muted
  }

  isAudioMuted(): boolean {
    return this._muted
  }

  setIgnoreMenuShortcuts(_ignore: boolean): void {}

  getType(): string {
    return 'window'
  }

  getOSProcessId(): number {
    throw new NotImplementedError('webContents.getOSProcessId')
  }

  isCrashed(): boolean {
    return this._crashed
  }

  isDestroyed(): boolean {
    return this._destroyed
  }

  isFocused(): boolean {
    return !this._destroyed
  }

  focus(): void {
    this._page.session?.tell('Page.bringToFront')
  }

  forcefullyCrashRenderer(): void {
    this._page.session?.tell('Page.crash')
  }

  isDevToolsOpened(): boolean {
    return false
  }

  openDevTools(): void {
    if (!this._options.devTools) throw new Error('Developer tools are off for this window')
    throw new NotImplementedError('webContents.openDevTools')
  }

  closeDevTools(): void {}

  close(): void {
    this._closeWindow?.()
  }
}

export function createContents(options: ContentsOptions): WebContents {
  const contents = strict('webContents', new WebContents(options))
  contents._begin(contents)
  return contents
}

export const webContents = strict('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
  getFocusedWebContents: () => [...all.values()].at(-1) ?? null,
  fromFrame: (frame: WebFrameMain) => [...all.values()].find((one) => one._page === frame._page),
})

watchPopUps(() => [...all.values()])
