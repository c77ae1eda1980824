import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel, type WindowRole } from './channels.ts'

/**
 * Puts `invoke` and `subscribe` of one contract on the page, and nothing else.
 * SECURITY: neither `ipcRenderer` nor an event object ever reaches the page, and the channel is fixed
 * here, so the public page cannot reach a staff call (KSK-42 item 20, PRV-15).
 */
export function exposeBridge(globalName: string, role: WindowRole): void {
  const calls = callChannel(role)
  const events = eventChannel(role)
  contextBridge.exposeInMainWorld(globalName, {
    invoke: (name: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(calls, { name, input }),
    subscribe: (name: unknown, listener: (payload: unknown) => void): (() => void) => {
      const forward = (_event: unknown, message: { readonly name: unknown; readonly payload: unknown }) => {
        if (message.name === name) listener(message.payload)
      }
      ipcRenderer.on(events, forward)
      return () => {
        ipcRenderer.removeListener(events, forward)
      }
    },
  })
}
