import type { Session } from './session.ts'
import { checkOptions } from './strict.ts'

export type WebPreferences = {
  preload?: string
  sandbox?: boolean
  contextIsolation?: boolean
  nodeIntegration?: boolean
  partition?: string
  session?: Session
  devTools?: boolean
  zoomFactor?: number
  [name: string]: unknown
}

export type WindowOptions = {
  show?: boolean
  width?: number
  height?: number
  x?: number
  y?: number
  fullscreen?: boolean
  kiosk?: boolean
  title?: string
  webPreferences?: WebPreferences
  [name: string]: unknown
}

/** Taken over, or without a meaning where no window system is looked at. */
const windowOptions = [
  'show',
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'maxWidth',
  'maxHeight',
  'useContentSize',
  'center',
  'fullscreen',
  'fullscreenable',
  'kiosk',
  'frame',
  'title',
  'icon',
  'backgroundColor',
  'autoHideMenuBar',
  'resizable',
  'movable',
  'minimizable',
  'maximizable',
  'closable',
  'focusable',
  'alwaysOnTop',
  'skipTaskbar',
  'hasShadow',
  'paintWhenInitiallyHidden',
  'webPreferences',
]

const preferences = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'partition',
  'session',
  'devTools',
  'spellcheck',
  'navigateOnDragDrop',
  'disableDialogs',
  'safeDialogs',
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'enableBlinkFeatures',
  'disableBlinkFeatures',
  'offscreen',
  'backgroundThrottling',
  'javascript',
  'images',
  'plugins',
  'webviewTag',
  'webgl',
  'zoomFactor',
  'autoplayPolicy',
  'enableWebSQL',
  'safeDialogsMessage',
  'textAreasAreResizable',
  'imageAnimationPolicy',
  'v8CacheOptions',
  'enablePreferredSizeMode',
  'transparent',
]

/** What each must be when it is given: another value would be insecure or cannot be played here. */
const required: Record<string, unknown> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  spellcheck: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  javascript: true,
  images: true,
  plugins: false,
  webviewTag: false,
  offscreen: false,
}

export function checkWindow(options: WindowOptions): void {
  checkOptions('BrowserWindow', options, windowOptions)
}

export function checkWebPreferences(given: WebPreferences): void {
  checkOptions('webPreferences', given, preferences)
  for (const [name, value] of Object.entries(required)) {
    if (given[name] !== undefined && given[name] !== value) {
      throw new Error(`The Chromium host refuses webPreferences.${name}: ${String(given[name])}`)
    }
  }
}
