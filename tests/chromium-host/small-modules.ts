import { HostEmitter } from './emitter.ts'
import { absent, absentModule, NotImplementedError, strict } from './strict.ts'

class PowerMonitor extends HostEmitter {
  _idleSeconds = 0

  constructor() {
    super('powerMonitor', [
      'suspend',
      'resume',
      'on-ac',
      'on-battery',
      'shutdown',
      'lock-screen',
      'unlock-screen',
      'thermal-state-change',
      'speed-limit-change',
      'user-did-become-active',
      'user-did-resign-active',
    ])
  }

  getSystemIdleTime(): number {
    return this._idleSeconds
  }

  getSystemIdleState(threshold: number): string {
    return this._idleSeconds >= threshold ? 'idle' : 'active'
  }

  isOnBatteryPower(): boolean {
    return false
  }
}

/** Its events come from the tests (`emitPower` of the launcher). */
export const powerMonitor = strict('powerMonitor', new PowerMonitor())

const blockers = new Set<number>()
let blockerSerial = 0
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start: (type: string): number => {
    if (type !== 'prevent-display-sleep' && type !== 'prevent-app-suspension')
      throw new TypeError(`No such type: ${type}`)
    blockers.add(++blockerSerial)
    return blockerSerial
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
})

let menu: object | null = null
export const Menu = strict('Menu', {
  setApplicationMenu: (given: object | null): void => {
    menu = given
  },
  getApplicationMenu: (): object | null => menu,
  /** Kept, never shown: the windows of this host have no menu bar. */
  buildFromTemplate: (template: readonly object[]): object =>
    strict('Menu', { items: template.map((item) => ({ ...item })), popup: absent('Menu.popup') }),
})
export const MenuItem = absent('MenuItem')

let copied = ''
export const clipboard = strict('clipboard', {
  readText: (): string => copied,
  writeText: (text: string): void => {
    copied = String(text)
  },
  clear: (): void => {
    copied = ''
  },
  availableFormats: (): string[] => (copied === '' ? [] : ['text/plain']),
})

export const shell = strict('shell', {
  openExternal: absent('shell.openExternal'),
  openPath: absent('shell.openPath'),
  showItemInFolder: absent('shell.showItemInFolder'),
  beep: absent('shell.beep'),
})

class NativeTheme extends HostEmitter {
  themeSource = 'system'

  constructor() {
    super('nativeTheme', ['updated'])
  }

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark'
  }

  get shouldUseHighContrastColors(): boolean {
    return false
  }

  get prefersReducedMotion(): boolean {
    return false
  }
}
export const nativeTheme = strict('nativeTheme', new NativeTheme())

export const crashReporter = strict('crashReporter', {
  start: (options: { uploadToServer?: boolean; submitURL?: string }): void => {
    // SECURITY: a crash report can hold what a visitor typed; it must never leave the machine.
    if (options.uploadToServer !== false) {
      throw new NotImplementedError('crashReporter.start with uploadToServer')
    }
  },
  getUploadToServer: (): boolean => false,
  setUploadToServer: (upload: boolean): void => {
    if (upload) throw new NotImplementedError('crashReporter.setUploadToServer(true)')
  },
})

class AutoUpdater extends HostEmitter {
  constructor() {
    super(
      'autoUpdater',
      [],
      ['update-available', 'update-downloaded', 'update-not-available', 'before-quit-for-update'],
    )
  }
}
export const autoUpdater = strict('autoUpdater', new AutoUpdater())

export const net = absentModule('net')
export const utilityProcess = absentModule('utilityProcess')
export const contentTracing = absentModule('contentTracing')
export const globalShortcut = absentModule('globalShortcut')
export const systemPreferences = absentModule('systemPreferences')
export const desktopCapturer = absentModule('desktopCapturer')
export const inAppPurchase = absentModule('inAppPurchase')
export const netLog = absentModule('netLog')
export const pushNotifications = absentModule('pushNotifications')
