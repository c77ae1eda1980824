import { app } from './app.ts'
import { HostEmitter, hostEvent } from './emitter.ts'
import { engine } from './engine.ts'
import { display } from './screen.ts'
import { defaultSession, fromPartition, type Session } from './session.ts'
import { NotImplementedError, strict } from './strict.ts'
import { createContents, type WebContents } from './web-contents.ts'
import { checkWindow, checkWebPreferences, type WindowOptions } from './window-options.ts'

type Bounds = { x: number; y: number; width: number; height: number }

const emitted = [
  'closed',
  'close',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'resize',
  'resized',
  'move',
  'moved',
  'enter-full-screen',
  'leave-full-screen',
  'unresponsive',
  'responsive',
  'page-title-updated',
]
/** Of window systems and gestures this host does not have. */
const quiet = [
  'session-end',
  'query-session-end',
  'minimize',
  'maximize',
  'restore',
  'always-on-top-changed',
  'app-command',
]

let serial = 0
const windows = new Map<number, BrowserWindow>()
let focused: BrowserWindow | null = null

class HostWindow extends HostEmitter {
  readonly id = ++serial
  readonly webContents: WebContents
  _bounds: Bounds
  _title: string
  _visible: boolean
  _kiosk: boolean
  _fullScreen: boolean
  _destroyed = false
  _closing = false

  constructor(options: WindowOptions) {
    super('BrowserWindow', emitted, quiet)
    checkWindow(options)
    const preferences = options.webPreferences ?? {}
    checkWebPreferences(preferences)
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this._kiosk = options.kiosk ?? false
    this._fullScreen = this._kiosk || (options.fullscreen ?? false)
    const whole = display().bounds
    this._bounds = this._fullScreen
      ? { ...whole }
      : {
          x: options.x ?? 0,
          y: options.y ?? 0,
          width: options.width ?? 800,
          height: options.height ?? 600,
        }
    this._title = options.title ?? app.getName()
    this._visible = options.show ?? true
    const session: Session =
      preferences.session ??
      (preferences.partition === undefined ? defaultSession() : fromPartition(preferences.partition))
    this.webContents = createContents({
      session,
      preload: preferences.preload ?? null,
      devTools: preferences.devTools ?? true,
      width: this._bounds.width,
      height: this._bounds.height,
      fullscreen: this._fullScreen,
    })
    if (preferences.zoomFactor !== undefined) this.webContents._zoom = preferences.zoomFactor
  }

  _begin(self: BrowserWindow): void {
    windows.set(this.id, self)
    const { webContents } = this
    webContents._closeWindow = () => self.close()
    webContents.on('unresponsive', () => self.emit('unresponsive'))
    webContents.on('responsive', () => self.emit('responsive'))
    webContents.once('destroyed', () => this._end(self))
    webContents.once('did-finish-load', () => self.emit('ready-to-show'))
    webContents.on('page-title-updated', (event, title, explicit) => {
      const own = hostEvent({})
      self.emit('page-title-updated', own, title, explicit)
      if (!own.defaultPrevented) this._title = title
    })
    app.emit('web-contents-created', hostEvent({}), webContents)
    app.emit('browser-window-created', hostEvent({}), self)
    webContents.on('render-process-gone', (_event, details) => {
      app.emit('render-process-gone', hostEvent({}), webContents, details)
    })
    webContents._page.ready.catch((cause: Error) => {
      if (engine.browser?.pipe.closed === true || this._destroyed) return
      process.stderr.write(`[host] a window could not be opened: ${cause.message}\n`)
      this._end(self)
    })
    if (this._visible) {
      focused = self
      queueMicrotask(() => {
        self.emit('show')
        self.emit('focus')
      })
    }
  }

  _end(self: BrowserWindow): void {
    if (this._destroyed) return
    this._destroyed = true
    windows.delete(this.id)
    if (focused === self) focused = null
    this.webContents._end()
    self.emit('closed')
    app._windowClosed(windows.size)
  }

  loadURL(address: string, options?: object): Promise<void> {
    return this.webContents.loadURL(address, options)
  }

  loadFile(): Promise<void> {
    throw new NotImplementedError('BrowserWindow.loadFile: use the own scheme')
  }

  reload(): void {
    this.webContents.reload()
  }

  show(): void {
    if (this._visible) return
    this._visible = true
    this.emit('show')
    this.focus()
  }

  showInactive(): void {
    if (this._visible) return
    this._visible = true
    this.emit('show')
  }

  hide(): void {
    if (!this._visible) return
    this._visible = false
    this.emit('hide')
  }

  focus(): void {
    if (this._destroyed || focused?.id === this.id) return
    focused?.emit('blur')
    focused = windows.get(this.id) ?? null
    if (engine.browser?.headless === false) this.webContents.focus()
    this.emit('focus')
  }

  blur(): void {
    if (focused?.id !== this.id) return
    focused = null
    this.emit('blur')
  }

  moveTop(): void {
    this.webContents.focus()
  }

  isFocused(): boolean {
    return focused?.id === this.id
  }

  isVisible(): boolean {
    return this._visible && !this._destroyed
  }

  isMinimized(): boolean {
    return false
  }

  isMaximized(): boolean {
    return false
  }

  restore(): void {}

  close(): void {
    if (this._destroyed || this._closing) return
    const event = hostEvent({})
    this.emit('close', event)
    if (event.defaultPrevented) {
      app._quitStopped()
      return
    }
    const { session } = this.webContents._page
    if (session === null || this.webContents.isCrashed()) {
      this.destroy()
      return
    }
    this._closing = true
    // `Page.close` lets the page's `beforeunload` speak; a page that hangs is not asked for ever.
    session.send('Page.close').catch(() => this.destroy())
    const impatient = setTimeout(() => {
      this._closing = false
      this.destroy()
    }, 3000)
    impatient.unref()
    this.webContents.once('destroyed', () => clearTimeout(impatient))
    this.webContents.once('will-prevent-unload', (unload) => {
      if (unload.defaultPrevented) return
      this._closing = false
      clearTimeout(impatient)
      app._quitStopped()
    })
  }

  destroy(): void {
    if (this._destroyed) return
    const { _page: page } = this.webContents
    page.ready.then(() => engine.send('Target.closeTarget', { targetId: page.targetId })).catch(() => {})
    this._end(windows.get(this.id) ?? (this as unknown as BrowserWindow))
  }

  isDestroyed(): boolean {
    return this._destroyed
  }

  _alive(): void {
    if (this._destroyed) throw new TypeError('Object has been destroyed')
  }

  setKiosk(kiosk: boolean): void {
    this._alive()
    this._kiosk = kiosk
    this.setFullScreen(kiosk)
  }

  isKiosk(): boolean {
    return this._kiosk
  }

  setFullScreen(fullScreen: boolean): void {
    this._alive()
    if (fullScreen === this._fullScreen) return
    this._fullScreen = fullScreen
    this._place({ windowState: fullScreen ? 'fullscreen' : 'normal' })
    if (fullScreen) this._resize(display().bounds)
    this.emit(fullScreen ? 'enter-full-screen' : 'leave-full-screen')
  }

  isFullScreen(): boolean {
    return this._fullScreen
  }

  _place(bounds: object): void {
    if (engine.browser?.headless !== false) return
    const { _page: page } = this.webContents
    page.ready
      .then(() => engine.send('Browser.getWindowForTarget', { targetId: page.targetId }))
      .then(({ windowId }) => engine.send('Browser.setWindowBounds', { windowId, bounds }))
      .catch(() => {})
  }

  _resize({ width, height }: { width: number; height: number }): void {
    const { webContents } = this
    webContents._size = { width, height }
    webContents._page.ready.then((session) => webContents._applySize(session)).catch(() => {})
  }

  setBounds(bounds: Partial<Bounds>): void {
    this._alive()
    const before = this._bounds
    this._bounds = { ...before, ...bounds }
    this._place(this._bounds)
    if (before.width !== this._bounds.width || before.height !== this._bounds.height) {
      this._resize(this._bounds)
      this.emit('resize')
    }
    if (before.x !== this._bounds.x || before.y !== this._bounds.y) this.emit('move')
  }

  getBounds(): Bounds {
    return { ...this._bounds }
  }

  getNormalBounds(): Bounds {
    return { ...this._bounds }
  }

  getContentBounds(): Bounds {
    return { ...this._bounds }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getSize(): [number, number] {
    return [this._bounds.width, this._bounds.height]
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getContentSize(): [number, number] {
    return this.getSize()
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  getPosition(): [number, number] {
    return [this._bounds.x, this._bounds.y]
  }

  /** The windows of this host never have a menu, so only taking it away is possible. */
  setMenu(menu: null): void {
    if (menu !== null) throw new NotImplementedError('BrowserWindow.setMenu with a menu')
  }

  removeMenu(): void {}

  setMenuBarVisibility(visible: boolean): void {
    if (visible) throw new NotImplementedError('BrowserWindow.setMenuBarVisibility(true)')
  }

  setAutoHideMenuBar(_hide: boolean): void {}

  setTitle(title: string): void {
    this._title = title
  }

  getTitle(): string {
    return this._title
  }

  /** Nobody sees over a window of a test host; the shell may still ask for it. */
  setAlwaysOnTop(_flag: boolean, _level?: string): void {}
  setVisibleOnAllWorkspaces(_visible: boolean): void {}
  setContentProtection(_enable: boolean): void {}
  setBackgroundColor(_color: string): void {}
  setSkipTaskbar(_skip: boolean): void {}

  capturePage(area?: Bounds): Promise<object> {
    return this.webContents.capturePage(area)
  }
}

export type BrowserWindow = HostWindow

const statics = {
  getAllWindows: (): BrowserWindow[] => [...windows.values()],
  fromWebContents: (contents: WebContents): BrowserWindow | null =>
    [...windows.values()].find((one) => one.webContents === contents) ?? null,
  fromId: (id: number): BrowserWindow | null => windows.get(id) ?? null,
  getFocusedWindow: (): BrowserWindow | null => focused,
}

/** What `new BrowserWindow()` is: a constructor whose objects, and itself, throw on what they lack. */
export const BrowserWindow = new Proxy(HostWindow as typeof HostWindow & typeof statics, {
  construct(Base, [options = {}]: [WindowOptions?]) {
    const made = strict('BrowserWindow', new Base(options))
    made._begin(made)
    return made
  },
  get(from, key) {
    if (Object.hasOwn(statics, key)) return statics[key as keyof typeof statics]
    if (typeof key === 'symbol' || key in from) return Reflect.get(from, key)
    throw new NotImplementedError(`BrowserWindow.${key}`)
  },
})
