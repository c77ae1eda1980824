import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBrowser, waysToInstall } from './browser.mjs'
import { hashOfSources, isBuildNeeded } from './build-state.mjs'
import { findElectron, mayTryDownload, rememberFailedDownload } from './electron-binary.mjs'
import { missing } from './install.mjs'
import { hasProgram, mayUseApt } from './programs.mjs'
import { pinnedNode } from './project.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-chair-commands-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string, text: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

describe('what is missing before anything can run', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: {
        '': { version: '0.1.0' },
        'node_modules/zod': { version },
        'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
      },
    })
  function installed(version: string): void {
    put('package-lock.json', lock('2.0.0'))
    put('node_modules/.package-lock.json', lock(version))
    put('node_modules/zod/package.json', '{}')
    put(pinnedNode('.'), '')
  }

  it('is all packages on a fresh clone', () => {
    put('package-lock.json', lock('2.0.0'))
    expect(missing(folder)).toBe('packages')
  })

  it('is nothing when all packages of the lock are there; optional ones may lack', () => {
    installed('2.0.0')
    expect(missing(folder)).toBe('nothing')
  })

  it('is all packages when one has another version than the lock', () => {
    installed('1.9.0')
    expect(missing(folder)).toBe('packages')
  })

  it('is all packages when a folder was removed by hand', () => {
    installed('2.0.0')
    rmSync(join(folder, 'node_modules/zod'), { recursive: true })
    expect(missing(folder)).toBe('packages')
  })

  it('is Node alone when its install script was blocked', () => {
    installed('2.0.0')
    rmSync(pinnedNode(folder))
    expect(missing(folder)).toBe('node')
  })
})

describe('the Electron executable', () => {
  function electron(version: string, path: string): void {
    put('node_modules/electron/package.json', '{"version":"45.4.1"}')
    put('node_modules/electron/path.txt', path)
    put('node_modules/electron/dist/version', version)
    put('node_modules/electron/dist/electron', '')
  }

  it('is found where the package says, without loading the package', () => {
    electron('45.4.1', 'electron')
    put('node_modules/electron/index.js', 'throw new Error("was loaded")')
    expect(findElectron(folder, {})).toBe(join(folder, 'node_modules/electron/dist/electron'))
  })

  it('is absent when another version was left over', () => {
    electron('44.0.0', 'electron')
    expect(findElectron(folder, {})).toBeNull()
  })

  it('is absent when the archive was unpacked by half', () => {
    electron('45.4.1', 'not-there')
    expect(findElectron(folder, {})).toBeNull()
    rmSync(join(folder, 'node_modules/electron/path.txt'))
    expect(findElectron(folder, {})).toBeNull()
  })

  it('is absent when the package itself is', () => {
    expect(findElectron(folder, {})).toBeNull()
  })

  it('is downloaded again a day after a failed try, or for another version', () => {
    const nowMs = Date.UTC(2026, 2, 1)
    expect(mayTryDownload(folder, nowMs, '45.4.1')).toBe(true)
    rememberFailedDownload(folder, nowMs, '45.4.1')
    expect(mayTryDownload(folder, nowMs + 60_000, '45.4.1')).toBe(false)
    expect(mayTryDownload(folder, nowMs + 60_000, '45.4.2')).toBe(true)
    expect(mayTryDownload(folder, nowMs + 86_400_000, '45.4.1')).toBe(true)
    // A clock that was set back must not forbid it for ever.
    expect(mayTryDownload(folder, nowMs - 60_000, '45.4.1')).toBe(true)
  })
})

describe('a browser for the Chromium host', () => {
  it('is the one that the variable names, and no other when that is not there', () => {
    const mine = put('mine', '')
    put('bin/chromium', '')
    const PATH = join(folder, 'bin')
    expect(findBrowser({ PATH, OPEN_CHAIR_CHROMIUM: mine }, 'linux', folder)).toBe(mine)
    expect(findBrowser({ PATH, OPEN_CHAIR_CHROMIUM: '/not/there' }, 'linux', folder)).toBeNull()
  })

  it("is the system's, else Playwright's newest", () => {
    const older = put('.cache/ms-playwright/chromium-999/chrome-linux/chrome', '')
    const newer = put('.cache/ms-playwright/chromium-1200/chrome-linux64/chrome', '')
    expect(findBrowser({ PATH: '' }, 'linux', folder)).toBe(newer)
    rmSync(newer)
    expect(findBrowser({ PATH: '' }, 'linux', folder)).toBe(older)
    const system = put('bin/google-chrome', '')
    expect(findBrowser({ PATH: join(folder, 'bin') }, 'linux', folder)).toBe(system)
  })

  it('is installed by apt-get only as root on Debian, else through Playwright', () => {
    expect(mayUseApt('linux', true, true)).toBe(true)
    expect(mayUseApt('linux', false, true)).toBe(false)
    expect(mayUseApt('linux', true, false)).toBe(false)
    expect(mayUseApt('darwin', true, true)).toBe(false)
    expect(waysToInstall(true, false)).toEqual(['apt', 'playwright'])
    expect(waysToInstall(true, true)).toEqual(['playwright', 'apt'])
    expect(waysToInstall(false, false)).toEqual(['playwright'])
  })
})

describe('a program that the tests call', () => {
  it('is there when a folder of the path has it, whatever the case of the name PATH', () => {
    put('tools/pdftotext', '')
    put('tools/openssl.exe', '')
    const folders = [join(folder, 'empty'), join(folder, 'tools')].join(delimiter)
    expect(hasProgram('pdftotext', { PATH: folders }, 'linux')).toBe(true)
    expect(hasProgram('openssl', { Path: folders }, 'win32')).toBe(true)
    expect(hasProgram('openssl', { PATH: folders }, 'linux')).toBe(false)
    expect(hasProgram('pdftotext', {}, 'linux')).toBe(false)
  })
})

describe('whether to build', () => {
  function built(): void {
    put('electron/main.ts', 'a')
    for (const name of ['main/main.js', 'preload/kiosk.cjs', 'preload/desk.cjs']) put(`out/${name}`, '')
    put('out/sources.sha256', hashOfSources(folder))
  }

  it('builds on a fresh clone', () => {
    expect(isBuildNeeded(folder)).toBe(true)
  })

  it('does not build twice from the same sources', () => {
    built()
    expect(isBuildNeeded(folder)).toBe(false)
  })

  it.each(['electron/main.ts', 'renderer/kiosk/new.tsx', 'resources/locales/en.json'])(
    'builds when %s has other contents',
    (path) => {
      built()
      put(path, 'b')
      expect(isBuildNeeded(folder)).toBe(true)
    },
  )

  it('builds when a source is gone or a bundle is', () => {
    built()
    rmSync(join(folder, 'out/preload/desk.cjs'))
    expect(isBuildNeeded(folder)).toBe(true)
    built()
    rmSync(join(folder, 'electron/main.ts'))
    expect(isBuildNeeded(folder)).toBe(true)
  })
})
