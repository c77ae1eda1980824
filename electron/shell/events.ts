import type { BrowserWindow } from 'electron'
import type { DeskEvents, KioskEvents } from '../contract/events.ts'
import { eventChannel } from './channels.ts'

type EventsOf = { readonly kiosk: KioskEvents; readonly desk: DeskEvents }

/** Tells a window what changed. A closed window is told nothing; it asks afresh when it opens. */
export function sendEvent<Role extends keyof EventsOf, Name extends keyof EventsOf[Role] & string>(
  window: BrowserWindow | null,
  role: Role,
  name: Name,
  payload: EventsOf[Role][Name],
): void {
  if (window === null || window.isDestroyed()) return
  window.webContents.send(eventChannel(role), { name, payload })
}
