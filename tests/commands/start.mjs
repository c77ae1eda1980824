// @ts-check
// npm start: installs what is missing, builds when needed, opens the kiosk and the desk.
import { join } from 'node:path'
import { browserVariable, ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build-state.mjs'
import { run } from './child.mjs'
import { ensureElectron, findElectron } from './electron-binary.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'
import { hasDisplay, pinnedNode, root, say } from './project.mjs'

const args = process.argv.slice(2)

async function start() {
  sayOtherNode()
  if (!(await ensurePackages())) return 1
  if (!(await ensureBuild())) return 1
  const electron = hasDisplay() ? await ensureElectron() : null
  if (electron !== null) return openOnElectron(electron)
  const why = findElectron() === null ? 'Electron is absent' : 'Electron needs a display and there is none'
  const where = hasDisplay() ? '' : `, without a window; its pictures are in ${join(root, 'out/preview')}`
  say(
    `${why}: the same build opens on the Chromium host${where}. A preview, not for a lobby; Ctrl+C ends it.`,
  )
  const browser = await ensureBrowser()
  if (browser === null) return 1
  const host = join(root, hasDisplay() ? 'tests/chromium-host/run.ts' : 'tests/commands/preview.ts')
  const { code } = await run(pinnedNode(), [host, root, ...args], { env: { [browserVariable]: browser } })
  return code ?? 0
}

/** @param {string} electron */
async function openOnElectron(electron) {
  const flags = []
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    // Chromium refuses to start its sandbox as root.
    say('started as root: Electron runs without its sandbox. Use an ordinary account for anything real.')
    flags.push('--no-sandbox')
  }
  const { code } = await run(electron, [...flags, root, ...args])
  return code ?? 0
}

process.exitCode = await start()
