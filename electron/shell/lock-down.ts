import { app, Menu, type Session, type WebContents } from 'electron'
import type { Logger } from '../ports.ts'

/**
 * Refuses everything a page could use to leave its own screen (KSK-22 to 27, KSK-42 items 5, 11 to 14).
 * Applied to every web contents there will ever be, whoever creates it.
 */
export function lockDownContents(log: Logger, developmentServer: string | null): void {
  // SECURITY: no menu, so no accelerator of its reaches the page (KSK-45).
  Menu.setApplicationMenu(null)
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault()
      log.warn('contents.refused', { what })
    }
    // Each page is loaded by us and never leaves; only a development server reloads its own.
    contents.on('will-navigate', (event) => {
      if (developmentServer !== null && event.url.startsWith(`${developmentServer}/`)) return
      refuse('navigate')(event)
    })
    contents.on('will-redirect', refuse('redirect'))
    contents.on('will-attach-webview', refuse('webview'))
    contents.setWindowOpenHandler(() => {
      log.warn('contents.refused', { what: 'window' })
      return { action: 'deny' }
    })
  })
}

/**
 * Browser keys that would reload, zoom, print, save or go back (KSK-13, KSK-14). Plain keys pass.
 * For the public window only: at the desk people copy and paste.
 */
export function refuseBrowserKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    const isFunctionKey = /^F\d{1,2}$/.test(input.key)
    const isBrowserKey = input.control || input.meta || (input.alt && /^Arrow(Left|Right)$/.test(input.key))
    if (isFunctionKey || isBrowserKey || input.key === 'ContextMenu') event.preventDefault()
  })
}

/** Denies every permission and download of a session, and keeps the spell checker off (PRV-21, PRV-22). */
export function lockDownSession(session: Session, log: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    log.warn('permission.refused', { permission })
    callback(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
    log.warn('download.refused')
  })
  session.setSpellCheckerEnabled(false)
}
