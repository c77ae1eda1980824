import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath, platform } from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.ts'
import { Pipe } from './pipe.ts'

/** Quiet: no first run, no updates, no sync, nothing that reaches for a network. */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-popup-blocking',
  '--disable-hang-monitor',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,HttpsUpgrades',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--mute-audio',
]

export type Browser = {
  readonly pipe: Pipe
  readonly headless: boolean
  /** Where a second client attaches (`connectOverCDP`); null unless a port was asked for. */
  readonly endpoint: string | null
  /** Opens a bare window, without tabs and address bar, in a visible run. */
  openAppWindow(): void
  close(): Promise<void>
}

export function isHeadless(): boolean {
  if (env['OPEN_CHAIR_HEADLESS'] === '1') return true
  return platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** The browser writes the port it took into its profile. */
async function readEndpoint(profile: string): Promise<string> {
  for (let i = 0; i < 200; i++) {
    try {
      const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
      if (path !== undefined && path !== '') return `ws://127.0.0.1:${port}${path}`
    } catch {
      // Not written yet.
    }
    await pause(25)
  }
  throw new Error('The browser did not open its debugging port')
}

/**
 * Starts a browser with a fresh profile. `port` (0 picks a free one) opens a loopback port beside the pipe.
 * `reachable` lists hosts that pages may reach besides the shell's own schemes: none but a development server.
 */
export async function startBrowser(options: {
  readonly port: number | null
  readonly switches: readonly string[]
  readonly reachable: readonly string[]
}): Promise<Browser> {
  const executable = findBrowser()
  const headless = isHeadless()
  const profile = mkdtempSync(join(tmpdir(), 'open-chair-host-'))
  const excluded = options.reachable.map((host) => `, EXCLUDE ${host}`).join('')
  // Chromium cannot build its sandbox as root (containers).
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [
    ...quiet,
    // A test browser shows no bar about its own switches.
    ...(headless ? ['--headless', '--disable-gpu', '--hide-scrollbars'] : ['--test-type']),
    ...sandbox,
    // SECURITY: no page reaches a network. A test host has no firewall of its own.
    `--host-resolver-rules=MAP * ~NOTFOUND${excluded}`,
    '--remote-debugging-pipe',
    ...(options.port === null ? [] : [`--remote-debugging-port=${options.port}`]),
    ...options.switches,
    `--user-data-dir=${profile}`,
  ]
  const child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr!.on('data', (chunk: Buffer) => {
    said.push(chunk.toString('utf8'))
    if (said.length > 40) said.shift()
    if (env['OPEN_CHAIR_HOST_VERBOSE'] === '1') process.stderr.write(chunk)
  })
  const reaper = spawn(
    execPath,
    [fileURLToPath(new URL('./reaper.ts', import.meta.url)), `${child.pid}`, profile],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      // An own group: a signal to the host's group must not end the one that tidies up.
      detached: true,
      windowsHide: true,
    },
  )
  reaper.unref()
  ;(reaper.stdin as unknown as { unref?: () => void }).unref?.()

  const pipe = new Pipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error(`${executable} could not be started`, { cause })))
    child.once('exit', (code) =>
      reject(new Error(`${executable} ended at once (code ${code}): ${said.join('').slice(-800)}`)),
    )
  })
  failed.catch(() => {})
  await Promise.race([pipe.send('Browser.getVersion'), failed])
  const endpoint = options.port === null ? null : await Promise.race([readEndpoint(profile), failed])
  return {
    pipe,
    headless,
    endpoint,
    openAppWindow: () => {
      // The second start hands its wish to the running browser of the same profile, and ends.
      const wish = [`--user-data-dir=${profile}`, '--app=data:text/html,', ...sandbox]
      spawn(executable, wish, { stdio: 'ignore' }).on('error', () => {})
    },
    close: async () => {
      pipe.send('Browser.close').catch(() => {})
      await Promise.race([ended(child), pause(2000)])
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    },
  }
}
