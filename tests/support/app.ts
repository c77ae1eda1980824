import { _electron, chromium, type Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DeskBridge } from '../../electron/contract/desk-calls.ts'
import type { KioskBridge } from '../../electron/contract/kiosk-calls.ts'
import { launchHost } from '../chromium-host/launch.ts'
import { findElectron } from '../commands/electron-binary.mjs'

declare global {
  // What the two preloads put on their pages.
  interface Window {
    readonly openChair: KioskBridge
    readonly openChairDesk: DeskBridge
  }
}

export type HostName = 'chromium-host' | 'electron'

export type AppOptions = {
  readonly on?: HostName
  /** ISO instant of the machine's clock, which stands still unless `runs`. */
  readonly now?: string
  readonly runs?: boolean
  readonly zone?: string
  /** An existing profile to open again; a fresh one, removed at the end, unless given. */
  readonly profile?: string
  readonly screen?: { readonly width: number; readonly height: number }
  readonly idleWarningMs?: number
  readonly idleShutterMs?: number
  readonly touch?: boolean
  readonly packaged?: boolean
  /** A packaged build that is set up opens no desk on a single display; `App.desk` then fails when used. */
  readonly withoutDesk?: boolean
  readonly env?: Readonly<Record<string, string>>
}

export type App = {
  readonly kiosk: Page
  readonly desk: Page
  readonly profile: string
  /** PDFs that went to the printer so far, oldest first. */
  printed(): readonly string[]
  /** The log's lines so far. */
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[]
  /** The kiosk's page as a new client sees it: a client that saw it crash cannot speak to it again. */
  kioskAfterCrash(): Promise<Page>
  /** The next file chooser answers with this path; null cancels it. */
  chooseNext(path: string | null): Promise<void>
  /** The next dialog to save a file answers with this path; null cancels it. */
  saveNext(path: string | null): Promise<void>
  /** Ends the main process at once, as a pulled plug would. */
  kill(): Promise<void>
  close(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** Opens the built application, unchanged, on one of the two hosts, and waits for both of its pages. */
export async function openApp(options: AppOptions = {}): Promise<App> {
  const own = options.profile === undefined
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'open-chair-profile-'))
  const printer = join(profile, 'printed')
  mkdirSync(printer, { recursive: true })
  const bench = {
    profile,
    printer,
    ...(options.now === undefined ? {} : { now: options.now, runs: options.runs ?? false }),
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    kiosk: options.screen ?? { width: 1080, height: 1920 },
    ...(options.idleWarningMs === undefined ? {} : { idleWarningMs: options.idleWarningMs }),
    ...(options.idleShutterMs === undefined ? {} : { idleShutterMs: options.idleShutterMs }),
  }
  const env = { OPEN_CHAIR_BENCH: JSON.stringify(bench), ...options.env }
  const host = await (options.on === 'electron' ? openElectron(env) : openChromiumHost(env, options))
  const removeProfile = () => {
    if (own) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  return {
    kiosk: host.kiosk,
    kioskAfterCrash: () => host.kioskAfterCrash(),
    chooseNext: (path) => host.chooseNext(path),
    saveNext: (path) => host.saveNext(path),
    kill: () => host.kill(),
    get desk() {
      return host.desk
    },
    profile,
    printed: () =>
      readdirSync(printer)
        .filter((name) => name.endsWith('.pdf'))
        .toSorted()
        .map((name) => join(printer, name)),
    log: () =>
      readFileSync(join(profile, 'logs', 'open-chair.log'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { event: string }),
    async close() {
      await host.close()
      removeProfile()
    },
  }
}

type RunningHost = Pick<
  App,
  'kiosk' | 'desk' | 'kioskAfterCrash' | 'chooseNext' | 'saveNext' | 'kill' | 'close'
>

async function openChromiumHost(env: Record<string, string>, options: AppOptions): Promise<RunningHost> {
  const host = await launchHost({
    appFolder: root,
    remotePort: 0,
    packaged: options.packaged ?? false,
    env: {
      // No key store: an unpackaged run then keeps its key in a file, which tests can read.
      OPEN_CHAIR_HOST_KEYSTORE: 'unavailable',
      ...(options.touch === true ? { OPEN_CHAIR_HOST_TOUCH: '1' } : {}),
      ...env,
    },
  })
  if (host.endpoint === null) throw new Error(`The host did not start:\n${host.stderr.join('\n')}`)
  const { endpoint } = host
  const browser = await chromium.connectOverCDP(endpoint)
  const page = async (name: string, from = browser): Promise<Page> => {
    for (const until = performance.now() + 20_000; performance.now() < until; await pause(30)) {
      const pages = from.contexts().flatMap((context) => context.pages())
      const found = pages.find((candidate) =>
        candidate.url().startsWith(`https://${name}.open-chair.localhost/`),
      )
      if (found !== undefined) return found
    }
    throw new Error(`The page ${name} did not open:\n${[...host.stdout, ...host.stderr].join('\n')}`)
  }
  const kiosk = await page('kiosk')
  const desk = options.withoutDesk === true ? null : await page('desk')
  const clients = [browser]
  const leave = async () => {
    await Promise.all(clients.map((client) => client.close().catch(() => {})))
  }
  return {
    kiosk,
    get desk() {
      if (desk === null) throw new Error('This application was opened without a desk.')
      return desk
    },
    async kioskAfterCrash() {
      // A client that comes while the page is down finds a dead one for good, so another is tried.
      for (const until = performance.now() + 20_000; performance.now() < until; await pause(100)) {
        const client = await chromium.connectOverCDP(endpoint)
        clients.push(client)
        const pages = client.contexts().flatMap((context) => context.pages())
        const found = pages.find((candidate) => candidate.url().includes('//kiosk.'))
        if (found !== undefined) return found
      }
      throw new Error('The kiosk did not come back.')
    },
    async chooseNext(path) {
      await host.answerDialog({
        dialog: 'showOpenDialog',
        canceled: path === null,
        filePaths: path === null ? [] : [path],
      })
    },
    async saveNext(path) {
      await host.answerDialog({ dialog: 'showSaveDialog', canceled: path === null, filePath: path ?? '' })
    },
    async kill() {
      await host.kill('SIGKILL')
      await leave()
    },
    async close() {
      await leave()
      await host.close()
    },
  }
}

async function openElectron(env: Record<string, string>): Promise<RunningHost> {
  const executablePath = findElectron()
  if (executablePath === null) throw new Error('Electron is not installed: npx install-electron')
  const app = await _electron.launch({
    executablePath,
    args: [root, ...(process.platform === 'linux' ? ['--no-sandbox', '--password-store=basic'] : [])],
    env: { ...(process.env as Record<string, string>), ...env },
  })
  const page = async (name: string): Promise<Page> => {
    for (const until = performance.now() + 30_000; performance.now() < until; await pause(30)) {
      const found = app.windows().find((window) => window.url().startsWith(`open-chair://${name}/`))
      if (found !== undefined) return found
    }
    throw new Error(`The page ${name} did not open.`)
  }
  const [kiosk, desk] = await Promise.all([page('kiosk'), page('desk')])
  return {
    kiosk,
    desk,
    kioskAfterCrash: () => page('kiosk'),
    async chooseNext(path) {
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () =>
          Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
      }, path)
    },
    async saveNext(path) {
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })
      }, path)
    },
    async kill() {
      app.process().kill('SIGKILL')
      await new Promise((done) => app.process().once('exit', done))
    },
    async close() {
      await app.close()
    },
  }
}
