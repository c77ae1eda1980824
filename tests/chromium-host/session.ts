import { HostEmitter, hostEvent } from './emitter.ts'
import { engine } from './engine.ts'
import type { Message } from './pipe.ts'
import { SchemeTable } from './protocol.ts'
import { NotImplementedError, strict } from './strict.ts'
import { toShell } from './url-map.ts'
import { WebRequest } from './web-request.ts'

type PermissionRequest = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean

/** What a page can ask for, in the browser's words and in Electron's. */
const permissions: readonly [browser: string, shell: string][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['midiSysex', 'midiSysex'],
  ['audioCapture', 'media'],
  ['videoCapture', 'media'],
  ['clipboardReadWrite', 'clipboard-read'],
  ['clipboardSanitizedWrite', 'clipboard-sanitized-write'],
  ['idleDetection', 'idle-detection'],
  ['displayCapture', 'display-capture'],
  ['wakeLockScreen', 'screen-wake-lock'],
  ['windowManagement', 'window-management'],
  ['storageAccess', 'storage-access'],
  ['topLevelStorageAccess', 'top-level-storage-access'],
  ['protectedMediaIdentifier', 'mediaKeySystem'],
  ['localFonts', 'unknown'],
  ['sensors', 'unknown'],
  ['backgroundSync', 'unknown'],
]

export class Session extends HostEmitter {
  readonly _partition: string
  readonly _schemes = new SchemeTable()
  readonly webRequest: WebRequest
  readonly protocol: object
  _request: PermissionRequest | null = null
  _checker: PermissionCheck | null = null
  _context: Promise<string | undefined> | null = null

  constructor(partition: string) {
    super(
      `session '${partition}'`,
      ['will-download'],
      [
        'spellcheck-dictionary-download-begin',
        'spellcheck-dictionary-download-success',
        'select-serial-port',
        'select-hid-device',
        'select-usb-device',
        'preconnect',
      ],
    )
    this._partition = partition
    this.webRequest = strict('session.webRequest', new WebRequest())
    const { handle, unhandle, isProtocolHandled } = this._schemes
    this.protocol = strict('session.protocol', { handle, unhandle, isProtocolHandled })
  }

  /** The browser context behind the partition; undefined is the browser's default one. */
  _browserContext(): Promise<string | undefined> {
    this._context ??= this._openContext()
    return this._context
  }

  async _openContext(): Promise<string | undefined> {
    // Bare windows of a visible run are of the default context only; origins still keep pages apart.
    const shared = this._partition === '' || engine.browser?.headless === false
    const made = shared ? {} : await engine.send('Target.createBrowserContext')
    const browserContextId: string | undefined = made.browserContextId
    await engine.send('Browser.setDownloadBehavior', {
      behavior: 'deny',
      eventsEnabled: true,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    })
    return browserContextId
  }

  /**
   * The browser cannot hold a page's question, so the handlers are asked before the page runs and their
   * answers set in advance. Without handlers all is denied (Electron would grant all).
   */
  async _applyPermissions(contents: unknown, address: string): Promise<void> {
    const browserContextId = await this._browserContext()
    const origin = /^https?:\/\/[^/]+/.exec(address)?.[0]
    if (origin === undefined) return
    const url = toShell(`${origin}/`)
    const granted: string[] = []
    for (const [inBrowser, inShell] of permissions) {
      const checked =
        this._checker?.(contents, inShell, url, { requestingUrl: url, isMainFrame: true }) ?? true
      if (!checked || this._request === null) continue
      const allowed = await new Promise<boolean>((resolve) =>
        this._request!(contents, inShell, resolve, { requestingUrl: url, isMainFrame: true }),
      )
      if (allowed) granted.push(inBrowser)
    }
    await engine.send('Browser.grantPermissions', {
      permissions: granted,
      origin,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    })
  }

  _download(contents: unknown, params: Message): void {
    const event = hostEvent({})
    const item = strict('DownloadItem', {
      getURL: () => toShell(params.url),
      getFilename: () => params.suggestedFilename,
      cancel: () => {},
    })
    this.emit('will-download', event, item, contents)
    if (!event.defaultPrevented) {
      process.stderr.write(`[host] a download was not prevented and is dropped: ${toShell(params.url)}\n`)
    }
  }

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this._request = handler
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this._checker = handler
  }

  /** Devices (HID, serial, USB) are not offered here, so these are never asked; registering is fine. */
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setBluetoothPairingHandler(_handler: unknown): void {}
  setUSBProtectedClassesHandler(_handler: unknown): void {}

  async clearStorageData(options: { origin?: string; storages?: readonly string[] } = {}): Promise<void> {
    if (options.origin === undefined || options.storages !== undefined) {
      for (const origin of this._origins) await this._clearOrigin(origin, options.storages)
      return
    }
    await this._clearOrigin(options.origin, undefined)
  }

  readonly _origins = new Set<string>()
  _anySession: (() => { send(method: string, params: object): Promise<unknown> } | null) | null = null

  async _clearOrigin(origin: string, storages: readonly string[] | undefined): Promise<void> {
    const to = this._anySession?.()
    if (to === null || to === undefined) return
    const storageTypes = (storages ?? ['all']).map((name) =>
      name === 'localstorage' ? 'local_storage' : name === 'cachestorage' ? 'cache_storage' : name,
    )
    await to.send('Storage.clearDataForOrigin', { origin, storageTypes: storageTypes.join(',') })
  }

  async clearCache(): Promise<void> {
    await this._anySession?.()?.send('Network.clearBrowserCache', {})
  }

  /** Nothing is resolved or connected on this host, so there is nothing to clear or close. */
  async clearHostResolverCache(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}
  async clearAuthCache(): Promise<void> {}
  async setProxy(config: { mode?: string }): Promise<void> {
    if (config.mode !== undefined && config.mode !== 'direct' && config.mode !== 'system') {
      throw new NotImplementedError(`session.setProxy with mode ${config.mode}`)
    }
  }

  _userAgent: string | null = null
  setUserAgent(userAgent: string): void {
    this._userAgent = userAgent
  }
  getUserAgent(): string {
    return this._userAgent ?? 'Chromium'
  }

  /** The host's browser never checks spelling. */
  _spellChecks = false
  setSpellCheckerEnabled(enable: boolean): void {
    if (enable) throw new NotImplementedError('session.setSpellCheckerEnabled(true)')
  }
  isSpellCheckerEnabled(): boolean {
    return false
  }
  setSpellCheckerLanguages(languages: readonly string[]): void {
    if (languages.length > 0) throw new NotImplementedError('session.setSpellCheckerLanguages with languages')
  }
  setSpellCheckerDictionaryDownloadURL(_address: string): void {}

  isPersistent(): boolean {
    return this._partition === ''
  }
  getStoragePath(): string | null {
    return null
  }
}

const sessions = new Map<string, Session>()

export function fromPartition(partition: string, _options: object = {}): Session {
  if (partition.startsWith('persist:')) throw new NotImplementedError('a persistent partition')
  let session = sessions.get(partition)
  if (session === undefined) {
    session = strict('session', new Session(partition))
    sessions.set(partition, session)
  }
  return session
}

export function defaultSession(): Session {
  return fromPartition('')
}
