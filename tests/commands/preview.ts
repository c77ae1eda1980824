// What `npm start` runs without a display: the application on the Chromium host, unseen, with a fresh picture
// of each window every few seconds.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow } from '../chromium-host/browser-window.ts'
import { root } from './project.mjs'

const everyMs = 5_000
const folder = join(root, 'out/preview')

await import('../chromium-host/run.ts')
mkdirSync(folder, { recursive: true })

const pictures = async (): Promise<void> => {
  for (const window of BrowserWindow.getAllWindows()) {
    const page = new URL(window.webContents.getURL()).hostname
    const image = (await window.webContents.capturePage()) as { toPNG(): Uint8Array }
    writeFileSync(join(folder, `${page}.png`), image.toPNG())
  }
}
// A window that closes while its picture is taken is no fault; the next round takes what there is.
setInterval(() => void pictures().catch(() => undefined), everyMs).unref()
