// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { installByApt, mayUseApt } from './programs.mjs'
import { commandOf, pinnedNode, say } from './project.mjs'

/** Names a browser of your own for the Chromium host. */
export const browserVariable = 'OPEN_CHAIR_CHROMIUM'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
]

/**
 * A Chromium that the host can drive, or null.
 * @param {NodeJS.ProcessEnv} [env] @param {NodeJS.Platform} [platform] @param {string} [home]
 * @returns {string | null}
 */
export function findBrowser(env = process.env, platform = process.platform, home = homedir()) {
  const chosen = env[browserVariable]
  // A browser that was named and is not there must not be replaced by another in silence.
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : null
  const candidates = [...fixedPlaces(env, platform), ...fromPlaywright(env, platform, home)]
  return candidates.find((path) => existsSync(path)) ?? null
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
function fixedPlaces(env, platform) {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    )
  }
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    const files = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return folders.flatMap((folder) => (folder === undefined ? [] : files.map((file) => join(folder, file))))
  }
  const path = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => path.map((folder) => join(folder, name)))
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
function fromPlaywright(env, platform, home) {
  const caches = {
    darwin: join(home, 'Library/Caches/ms-playwright'),
    win32: join(env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  }
  const own = env['PLAYWRIGHT_BROWSERS_PATH']
  const folder =
    own ??
    (platform === 'darwin' || platform === 'win32' ? caches[platform] : join(home, '.cache/ms-playwright'))
  /** @type {string[]} */
  let builds = []
  try {
    builds = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name))
  } catch {
    return []
  }
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ]
  // Highest number, newest build.
  const newestFirst = builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
  return newestFirst.flatMap((build) => inside.map((file) => join(folder, build, file)))
}

/**
 * How to get a browser, in this order. Debian's package brings along the libraries that a downloaded browser
 * only hopes for; Ubuntu's is an empty shell around a snap.
 * @param {boolean} hasApt @param {boolean} onUbuntu
 * @returns {readonly ('playwright' | 'apt')[]}
 */
export function waysToInstall(hasApt, onUbuntu) {
  if (!hasApt) return ['playwright']
  return onUbuntu ? ['playwright', 'apt'] : ['apt', 'playwright']
}

function isUbuntu() {
  try {
    return /^ID(_LIKE)?=.*ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Finds a browser, installing one when there is none. @returns {Promise<string | null>} */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== null) return found
  if ((process.env[browserVariable] ?? '') !== '') {
    say(`${browserVariable} names a browser that is not there. Correct it or unset it.`)
    return null
  }
  for (const way of waysToInstall(mayUseApt(), isUbuntu())) {
    await (way === 'playwright' ? installByPlaywright() : installByApt(['chromium', 'fonts-liberation']))
    const now = findBrowser()
    if (now !== null) return now
  }
  say(
    'there is no Chromium and none could be installed. Install Chromium, Chrome or Edge' +
      ` (Debian: sudo apt-get install chromium), or name one in ${browserVariable}, and start again.`,
  )
  return null
}

async function installByPlaywright() {
  say('no Chromium found; installing one through Playwright (at most 3 minutes) ...')
  const args = [commandOf('@playwright/test', 'playwright'), 'install', 'chromium']
  await run(pinnedNode(), args, { quiet: true, timeoutMs: 180_000 })
}
