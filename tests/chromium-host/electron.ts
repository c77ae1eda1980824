/** What `import ... from 'electron'` gives in the main process of this host. */
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipc.ts'
import { nativeImage } from './native-image.ts'
import { registerSchemesAsPrivileged } from './protocol.ts'
import { safeStorage } from './safe-storage.ts'
import { screen } from './screen.ts'
import { defaultSession, fromPartition } from './session.ts'
import * as small from './small-modules.ts'
import { absent, strict } from './strict.ts'
import { webContents } from './web-contents.ts'

app._allWindows = () => BrowserWindow.getAllWindows()

export const session = strict('session', {
  fromPartition,
  fromPath: absent('session.fromPath'),
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession()
  },
})

/** The default session's protocol, and the schemes of all. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged,
  handle: defaultSession()._schemes.handle,
  unhandle: defaultSession()._schemes.unhandle,
  isProtocolHandled: defaultSession()._schemes.isProtocolHandled,
})

export const BaseWindow = absent('BaseWindow')
export const BrowserView = absent('BrowserView')
export const WebContentsView = absent('WebContentsView')
export const View = absent('View')
export const Tray = absent('Tray')
export const TouchBar = absent('TouchBar')
export const Notification = absent('Notification')
export const MessageChannelMain = absent('MessageChannelMain')
export const ShareMenu = absent('ShareMenu')

export { app, BrowserWindow, dialog, ipcMain, nativeImage, safeStorage, screen, webContents }
export const {
  autoUpdater,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  globalShortcut,
  inAppPurchase,
  Menu,
  MenuItem,
  nativeTheme,
  net,
  netLog,
  powerMonitor,
  powerSaveBlocker,
  pushNotifications,
  shell,
  systemPreferences,
  utilityProcess,
} = small

export default strict('electron', {
  ...small,
  app,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  nativeImage,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  ShareMenu,
  TouchBar,
  Tray,
  View,
  WebContentsView,
  webContents,
})
