import { readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { HostEmitter, hostEvent } from './emitter.ts'
import { engine } from './engine.ts'
import { InstanceLock } from './instance-lock.ts'
import { schemesAreFixed } from './protocol.ts'
import { NotImplementedError, strict } from './strict.ts'

const emitted = [
  'will-finish-launching',
  'ready',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'activate',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
  'child-process-gone',
]
/** Of things that do not happen on this host. */
const quiet = [
  'certificate-error',
  'select-client-certificate',
  'login',
  'gpu-info-update',
  'open-file',
  'open-url',
]

type Package = { name?: string; productName?: string; version?: string }

class App extends HostEmitter {
  _folder = process.cwd()
  _package: Package = {}
  _name: string | null = null
  _ready = false
  _quitting = false
  _exiting = false
  _endpoint: string | null = null
  readonly _paths = new Map<string, string>()
  readonly _switches = new Map<string, string>()
  readonly _lock = new InstanceLock()
  readonly isPackaged = process.env['OPEN_CHAIR_HOST_PACKAGED'] === '1'
  readonly commandLine: object
  readonly name = 'app'

  constructor() {
    super('app', emitted, quiet)
    this.commandLine = strict('app.commandLine', {
      appendSwitch: (name: string, value = '') => {
        if (this._ready) throw new Error('Switches must be appended before app is ready')
        this._switches.set(name, value)
      },
      hasSwitch: (name: string) =>
        this._switches.has(name) || process.argv.some((arg) => arg.startsWith(`--${name}`)),
      getSwitchValue: (name: string) => this._switches.get(name) ?? '',
      removeSwitch: (name: string) => void this._switches.delete(name),
      appendArgument: (argument: string) => void this._switches.set(argument, ''),
    })
  }

  _open(folder: string): void {
    this._folder = folder
    this._package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package
  }

  /** Starts the browser once the shell's main module has run to its end, then tells the shell. */
  async _start(port: number | null): Promise<void> {
    this.emit('will-finish-launching')
    // The development server of `npm run dev` is the only address a page may reach, and only unpackaged.
    const server = process.env['ELECTRON_RENDERER_URL']
    const reachable = server !== undefined && !this.isPackaged ? [new URL(server).hostname] : []
    const switches = [...this._switches].map(([name, value]) => `--${name}${value === '' ? '' : `=${value}`}`)
    await engine.start({ port, switches, reachable })
    if (this._exiting) {
      await engine.browser?.close()
      return
    }
    this._endpoint = engine.browser?.endpoint ?? null
    engine.on('gone', () => {
      if (this._exiting) return
      process.stderr.write('[host] the browser has gone\n')
      this.exit(70)
    })
    schemesAreFixed()
    this._ready = true
    this.emit('ready', hostEvent({}), {})
  }

  whenReady(): Promise<void> {
    if (this._ready) return Promise.resolve()
    return new Promise((resolve) => this.once('ready', () => resolve()))
  }

  isReady(): boolean {
    return this._ready
  }

  getAppPath(): string {
    return this._folder
  }

  getName(): string {
    return this._name ?? this._package.productName ?? this._package.name ?? 'Electron'
  }

  setName(name: string): void {
    this._name = name
  }

  getVersion(): string {
    return this._package.version ?? '0.0.0'
  }

  getLocale(): string {
    return this._ready ? (process.env['OPEN_CHAIR_HOST_LOCALE'] ?? 'en-US') : ''
  }

  getLocaleCountryCode(): string {
    return this.getLocale().split('-')[1] ?? ''
  }

  getSystemLocale(): string {
    return this.getLocale()
  }

  getPreferredSystemLanguages(): string[] {
    return [process.env['OPEN_CHAIR_HOST_LOCALE'] ?? 'en-US']
  }

  getPath(name: string): string {
    const set = this._paths.get(name)
    if (set !== undefined) return set
    const home = homedir()
    const appData = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config')
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return appData
      case 'userData':
        return join(this.getPath('appData'), this.getName())
      case 'sessionData':
        return this.getPath('userData')
      case 'logs':
        return join(this.getPath('userData'), 'logs')
      case 'crashDumps':
        return join(this.getPath('userData'), 'Crashpad')
      case 'temp':
        return tmpdir()
      case 'exe':
        return process.execPath
      case 'desktop':
        return join(home, 'Desktop')
      case 'documents':
        return join(home, 'Documents')
      case 'downloads':
        return join(home, 'Downloads')
      default:
        throw new NotImplementedError(`app.getPath('${name}')`)
    }
  }

  setPath(name: string, path: string): void {
    this.getPath(name)
    this._paths.set(name, path)
  }

  setAppLogsPath(path: string): void {
    this.setPath('logs', path)
  }

  requestSingleInstanceLock(additional?: unknown): boolean {
    return this._lock.request(this.getPath('userData'), additional, (other) => {
      this.emit('second-instance', hostEvent({}), other.argv, other.folder, other.additional)
    })
  }

  hasSingleInstanceLock(): boolean {
    return this._lock.held
  }

  releaseSingleInstanceLock(): void {
    this._lock.release()
  }

  /** The pages of this host are always sandboxed from Node, and never drawn by hardware. */
  enableSandbox(): void {
    if (this._ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  disableHardwareAcceleration(): void {
    if (this._ready)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready')
  }

  /** Windows' task bar only. */
  setAppUserModelId(_id: string): void {}

  focus(): void {}

  quit(): void {
    if (this._quitting || this._exiting) return
    const event = hostEvent({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this._quitting = true
    const open = this._allWindows()
    if (open.length === 0) this._finish()
    else for (const window of open) window.close()
  }

  /** Set by the entry: this module cannot import the windows, which import it. */
  _allWindows: () => { close(): void; destroy(): void }[] = () => []

  _windowClosed(left: number): void {
    if (left > 0 || this._exiting) return
    if (this._quitting) this._finish()
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  /** A window or a page would not close: the quitting ends. */
  _quitStopped(): void {
    this._quitting = false
  }

  _finish(): void {
    const event = hostEvent({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) {
      this._quitting = false
      return
    }
    this.exit(0)
  }

  exit(code = 0): void {
    if (this._exiting) return
    this._exiting = true
    for (const window of this._allWindows()) window.destroy()
    this.emit('quit', hostEvent({}), code)
    this._lock.release()
    void (engine.browser?.close() ?? Promise.resolve()).finally(() => process.exit(code))
  }

  relaunch(): void {
    throw new NotImplementedError(`app.relaunch of ${basename(this._folder)}`)
  }
}

export const app = strict('app', new App())
