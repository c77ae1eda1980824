import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { env, platform } from 'node:process'

/** Said when no browser is found: what to do, in one sentence. */
export const noBrowser =
  'No Chromium was found: install Chromium, Chrome or Edge, run "npx playwright install chromium", ' +
  'or set OPEN_CHAIR_CHROMIUM to its executable.'

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath(names: readonly string[]): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => names.map((name) => join(folder, name)))
}

function usualPlaces(): string[] {
  if (platform === 'darwin') {
    return ['', env['HOME'] ?? ''].flatMap((home) => [
      `${home}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${home}/Applications/Chromium.app/Contents/MacOS/Chromium`,
      `${home}/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
    ])
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(root, 'Chromium', 'Application', 'chrome.exe'),
        join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ])
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
  return [...names.map((name) => `/usr/bin/${name}`), ...onPath(names), '/snap/bin/chromium']
}

function playwrightBrowser(): string | null {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core')
    return chromium.executablePath() || null
  } catch {
    return null
  }
}

/** The executable of the browser to drive. Throws with `noBrowser` when there is none. */
export function findBrowser(): string {
  const named = env['OPEN_CHAIR_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (runs(named)) return named
    throw new Error(`OPEN_CHAIR_CHROMIUM names ${named}, which cannot be run. ${noBrowser}`)
  }
  const found = usualPlaces().find(runs)
  if (found !== undefined) return found
  const own = playwrightBrowser()
  if (own !== null && runs(own)) return own
  throw new Error(noBrowser)
}
