// @ts-check
// Importing 'electron' would start a blocking download when its executable is absent, so its folder is read.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { commandOf, pinnedNode, root, say } from './project.mjs'

const dayMs = 24 * 60 * 60 * 1000
const limitMs = 60_000

/**
 * Path of the Electron executable that belongs to the installed package, or null. A left-over of another
 * version or half an archive counts as absent.
 * @param {string} [folder] @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findElectron(folder = root, env = process.env) {
  const home = join(folder, 'node_modules/electron')
  const dist = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(home, 'dist')
  try {
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const own = env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined
    if (own && readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '') !== version) return null
    const path = own ? readFileSync(join(home, 'path.txt'), 'utf8').trim() : defaultPath()
    return path !== '' && existsSync(join(dist, path)) ? join(dist, path) : null
  } catch {
    return null
  }
}

function defaultPath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} folder */
const stampFile = (folder) => join(folder, 'node_modules/.cache/open-chair/electron-attempt.json')

/**
 * Whether to try the download: once, then not again for a day or until another version is pinned.
 * @param {string} folder @param {number} nowMs @param {string} version
 */
export function mayTryDownload(folder, nowMs, version) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(folder), 'utf8'))
    const ageMs = nowMs - stamp.atMs
    return stamp.version !== version || !(ageMs >= 0 && ageMs < dayMs)
  } catch {
    return true
  }
}

/** @param {string} folder @param {number} nowMs @param {string} version */
export function rememberFailedDownload(folder, nowMs, version) {
  mkdirSync(join(folder, 'node_modules/.cache/open-chair'), { recursive: true })
  writeFileSync(stampFile(folder), JSON.stringify({ atMs: nowMs, version }))
}

/** Finds Electron's executable, downloading it when that has not just failed. @returns {Promise<string | null>} */
export async function ensureElectron() {
  const found = findElectron()
  if (found !== null) return found
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  if (!mayTryDownload(root, Date.now(), version)) {
    say('Electron could not be downloaded earlier; trying again tomorrow. By hand: npx install-electron')
    return null
  }
  say(`downloading Electron ${version} (at most ${limitMs / 1000} s) ...`)
  const script = commandOf('electron', 'install-electron')
  const { timedOut } = await run(pinnedNode(), [script], { quiet: true, timeoutMs: limitMs })
  const now = findElectron()
  if (now !== null) return now
  rememberFailedDownload(root, Date.now(), version)
  say(timedOut ? 'the download of Electron took too long.' : 'the download of Electron failed.')
  return null
}
