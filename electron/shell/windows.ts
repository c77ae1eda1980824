import { app, BrowserWindow, screen, session as sessions, type WebPreferences } from 'electron'
import { join } from 'node:path'
import type { Logger } from '../ports.ts'
import type { WindowRole } from './channels.ts'
import { lockDownSession, refuseBrowserKeys } from './lock-down.ts'
import type { PageName, Pages } from './pages.ts'

/** A page that crashed is back within this time (KSK-31). */
const returnsAfterMs = 250
/** This many crashes in a minute end in the resting page instead of a loop (KSK-32). */
const crashesPerMinute = 10
/** So long the resting page stands before the page is tried again. */
const restsForMs = 120_000

export type WindowOptions = {
  readonly pages: Pages
  readonly preloadFolder: string
  readonly log: Logger
}

function webPreferences(page: PageName, preload: string | null): WebPreferences {
  return {
    ...(preload === null ? {} : { preload }),
    // SECURITY: KSK-42 items 2 to 4, 6, 8 to 10 and KSK-45; each is said although most are defaults.
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    devTools: !app.isPackaged,
    spellcheck: false,
    disableDialogs: true,
    navigateOnDragDrop: false,
    // No `persist:` prefix: the session lives in memory and leaves no cache on disk.
    session: sessions.fromPartition(page),
  }
}

function prepareSession(page: PageName, options: WindowOptions): void {
  const session = sessions.fromPartition(page)
  lockDownSession(session, options.log)
  options.pages.serve(session, page)
}

/** Opens the sessions once; the windows over them may come and go. */
export function prepareSessions(options: WindowOptions): void {
  for (const page of ['kiosk', 'desk', 'handout'] as const) prepareSession(page, options)
}

export function openKioskWindow(
  options: WindowOptions,
  size: { readonly width: number; readonly height: number } | null,
): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Open Chair',
    width: size?.width ?? 1080,
    height: size?.height ?? 1920,
    useContentSize: true,
    // A set size is for tests and previews; in the lobby the screen is filled. Locking the system
    // down is the operating system's work: `kiosk` alone is only full screen.
    kiosk: app.isPackaged,
    fullscreen: size === null && app.isPackaged,
    autoHideMenuBar: true,
    backgroundColor: '#FAF6EE',
    show: false,
    webPreferences: webPreferences('kiosk', join(options.preloadFolder, 'kiosk.cjs')),
  })
  refuseBrowserKeys(window.webContents)
  prepareWindow(window, 'kiosk', options)
  return window
}

/** Opens on the second display where there is one; the first is the lobby's. */
export function openDeskWindow(options: WindowOptions): BrowserWindow {
  const lobby = screen.getPrimaryDisplay().id
  const place = screen.getAllDisplays().find((display) => display.id !== lobby)?.workArea
  const window = new BrowserWindow({
    title: 'Open Chair',
    ...(place === undefined ? {} : { x: place.x, y: place.y }),
    width: 1280,
    height: 860,
    useContentSize: true,
    autoHideMenuBar: true,
    backgroundColor: '#FAF6EE',
    show: false,
    webPreferences: webPreferences('desk', join(options.preloadFolder, 'desk.cjs')),
  })
  prepareWindow(window, 'desk', options)
  return window
}

/** The window that hand-outs are rendered in. It has no bridge at all. */
export function openHandoutWindow(): BrowserWindow {
  return new BrowserWindow({
    title: 'Open Chair',
    width: 816,
    height: 1056,
    useContentSize: true,
    show: false,
    webPreferences: webPreferences('handout', null),
  })
}

function prepareWindow(window: BrowserWindow, role: WindowRole, options: WindowOptions): void {
  const { pages, log } = options
  // SECURITY: a page can never set the title that the system's window list shows (PRV-09).
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  const crashes: number[] = []
  let rests = false
  const load = (url: string) => {
    if (!window.isDestroyed()) void window.webContents.loadURL(url).catch(() => {})
  }
  const loadPage = () => {
    rests = false
    load(pages.urlOf(role))
  }
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('window.crashed', { role, reason: details.reason })
    // Also the resting page is gone: the window stays as it is until the rest is over.
    if (rests) return
    const now = performance.now()
    crashes.push(now)
    const recent = crashes.filter((at) => now - at < 60_000)
    crashes.splice(0, crashes.length, ...recent)
    if (recent.length < crashesPerMinute) {
      setTimeout(loadPage, returnsAfterMs)
      return
    }
    log.error('window.rests', { role })
    rests = true
    const resting = pages.restingUrlOf(role)
    if (resting !== null) setTimeout(() => load(resting), returnsAfterMs)
    setTimeout(loadPage, restsForMs)
  })
  window.on('unresponsive', () => {
    log.error('window.unresponsive', { role })
    window.webContents.forcefullyCrashRenderer()
  })
  loadPage()
}
