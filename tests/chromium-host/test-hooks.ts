import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { answerDialog } from './dialog.ts'
import { engine } from './engine.ts'
import type { Message } from './pipe.ts'
import { powerMonitor } from './small-modules.ts'

/** All that a test can do to a running host, by messages to the child process; nothing else is hooked. */
const hooks: Record<string, (message: Message) => unknown> = {
  power: ({ event }) => powerMonitor.emit(event),
  idle: ({ seconds }) => {
    powerMonitor._idleSeconds = seconds
  },
  dialog: ({ answer }) => answerDialog(answer),
  crash: ({ id }) => BrowserWindow.fromId(id)?.webContents.forcefullyCrashRenderer(),
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      url: window.webContents.getURL(),
      title: window.getTitle(),
      visible: window.isVisible(),
      loading: window.webContents.isLoading(),
      targetId: window.webContents._page.targetId,
    })),
  quit: () => app.quit(),
}

export function installTestHooks(): void {
  app.once('ready', () => {
    process.stdout.write(
      `OPEN_CHAIR_HOST ${JSON.stringify({ endpoint: app._endpoint, headless: engine.browser?.headless })}\n`,
    )
  })
  if (process.send === undefined) return
  process.on('message', (message: Message) => {
    const hook = hooks[message?.hook]
    if (hook === undefined) return
    process.send!({ re: message.re, value: hook(message) ?? null })
  })
  // The line to the test alone must not keep a host alive that has nothing else to do.
  process.channel?.unref()
}
