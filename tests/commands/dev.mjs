// @ts-check
// npm run dev: hot reload. Electron where its executable is, else the Chromium host in its place.
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserVariable, ensureBrowser } from './browser.mjs'
import { run } from './child.mjs'
import { ensureElectron } from './electron-binary.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'
import { commandOf, hasDisplay, pinnedNode, root, say } from './project.mjs'

/** The development server starts one program with the project's folder as its argument. */
const hostAsElectron = join(root, 'tests/commands/host-as-electron.mjs')

async function dev() {
  sayOtherNode()
  if (!(await ensurePackages())) return 1
  const electron = hasDisplay() ? await ensureElectron() : null
  const env = /** @type {Record<string, string>} */ ({ ELECTRON_EXEC_PATH: electron ?? hostAsElectron })
  if (electron === null) {
    if (process.platform === 'win32' || !existsSync(hostAsElectron)) {
      say('hot reload on Windows needs Electron: npx install-electron')
      return 1
    }
    const browser = await ensureBrowser()
    if (browser === null) return 1
    env[browserVariable] = browser
    chmodSync(hostAsElectron, 0o755)
    say('hot reload on the Chromium host.')
  }
  const { code } = await run(pinnedNode(), [commandOf('electron-vite', 'electron-vite'), 'dev'], { env })
  return code ?? 0
}

process.exitCode = await dev()
