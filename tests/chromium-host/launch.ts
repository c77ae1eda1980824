import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

export type LaunchOptions = {
  /** Folder with a package.json whose `main` is the bundle to run. */
  readonly appFolder: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** True unless told otherwise: tests must not open windows. */
  readonly headless?: boolean
  /** Opens a loopback port for a second client; 0 picks a free one. */
  readonly remotePort?: number
  readonly packaged?: boolean
}

export type HostWindow = {
  readonly id: number
  readonly url: string
  readonly title: string
  readonly visible: boolean
  readonly loading: boolean
  /** The window's target in the debugging protocol. */
  readonly targetId: string
}

export type Host = {
  readonly process: ChildProcess
  /** All lines so far. */
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** For Playwright's `chromium.connectOverCDP`; null without `remotePort`. */
  readonly endpoint: string | null
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>
  windows(): Promise<readonly HostWindow[]>
  /** The first window whose address contains `urlPart` and which has loaded. */
  waitForWindow(urlPart: string, timeoutMs?: number): Promise<HostWindow>
  /** The first line on either stream that matches, also one printed before the call. */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<string>
  emitPower(event: 'suspend' | 'resume' | 'shutdown' | 'lock-screen' | 'unlock-screen'): Promise<void>
  setIdleSeconds(seconds: number): Promise<void>
  answerDialog(answer: { dialog?: string; [member: string]: unknown }): Promise<void>
  crashWindow(id: number): Promise<void>
  kill(signal: NodeJS.Signals): Promise<void>
  /** Asks the app to quit; kills it when it does not within a few seconds. */
  close(): Promise<void>
}

/** The pinned Node of this repository when the running one is older. */
function node24(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const own = join(
    import.meta.dirname,
    '..',
    '..',
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(own)) return own
  throw new Error(`The Chromium host needs Node 24; this is ${process.version} and none is installed here`)
}

/** Starts the host on an application and resolves when the browser is there (or the app has ended). */
export async function launchHost(options: LaunchOptions): Promise<Host> {
  const env: Record<string, string | undefined> = { ...process.env, NODE_OPTIONS: '' }
  delete env['VITEST']
  if (options.headless ?? true) env['OPEN_CHAIR_HEADLESS'] = '1'
  if (options.remotePort !== undefined) env['OPEN_CHAIR_HOST_PORT'] = String(options.remotePort)
  if (options.packaged === true) env['OPEN_CHAIR_HOST_PACKAGED'] = '1'
  Object.assign(env, options.env)
  const child = spawn(
    node24(),
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'run.ts'),
      options.appFolder,
      ...(options.args ?? []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  const stdout: string[] = []
  const stderr: string[] = []
  const watchers = new Set<(line: string) => void>()
  for (const [stream, lines] of [[child.stdout!, stdout] as const, [child.stderr!, stderr] as const]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const watcher of watchers) watcher(line)
    })
  }
  const exited = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
  })

  let asked = 0
  const ask = (hook: string, more: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const re = ++asked
      const listen = (message: { re?: number; value?: unknown }): void => {
        if (message.re !== re) return
        child.off('message', listen)
        resolve(message.value)
      }
      child.on('message', listen)
      child.send({ hook, re, ...more }, (cause) => {
        if (cause !== null) reject(new Error('The host has ended', { cause }))
      })
      void exited.then(() => reject(new Error(`The host has ended: ${stderr.slice(-12).join('\n')}`)))
    })

  const waitForLine = (pattern: RegExp, timeoutMs = 15_000): Promise<string> => {
    const known = [...stdout, ...stderr].find((line) => pattern.test(line))
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const done = (): void => {
        watchers.delete(watcher)
        clearTimeout(timer)
      }
      const watcher = (line: string): void => {
        if (!pattern.test(line)) return
        done()
        resolve(line)
      }
      const timer = setTimeout(() => {
        done()
        reject(
          new Error(
            `No line matched ${pattern}; the host said:\n${[...stdout, ...stderr].slice(-20).join('\n')}`,
          ),
        )
      }, timeoutMs)
      watchers.add(watcher)
      void exited.then(async () => {
        // Its last lines may still be on the way.
        await pause(50)
        if (!watchers.has(watcher)) return
        done()
        reject(
          new Error(
            `The host ended before ${pattern}; it said:\n${[...stdout, ...stderr].slice(-20).join('\n')}`,
          ),
        )
      })
    })
  }

  const windows = async (): Promise<readonly HostWindow[]> => (await ask('windows')) as HostWindow[]
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exited
  }

  const begun = await Promise.race([waitForLine(/^OPEN_CHAIR_HOST \{/, 30_000), exited.then(() => null)])
  const { endpoint } =
    begun === null
      ? { endpoint: null }
      : (JSON.parse(begun.slice('OPEN_CHAIR_HOST '.length)) as { endpoint: string | null })
  return {
    process: child,
    stdout,
    stderr,
    endpoint,
    exited,
    windows,
    waitForWindow: async (urlPart, timeoutMs = 15_000) => {
      for (const until = performance.now() + timeoutMs; performance.now() < until; await pause(40)) {
        const found = (await windows()).find((one) => one.url.includes(urlPart) && !one.loading)
        if (found !== undefined) return found
      }
      throw new Error(`No window shows ${urlPart}; the host said:\n${stderr.slice(-20).join('\n')}`)
    },
    waitForLine,
    emitPower: async (event) => void (await ask('power', { event })),
    setIdleSeconds: async (seconds) => void (await ask('idle', { seconds })),
    answerDialog: async (answer) => void (await ask('dialog', { answer })),
    crashWindow: async (id) => void (await ask('crash', { id })),
    kill,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      if ((await Promise.race([exited, pause(6000, 'late')])) === 'late') await kill('SIGKILL')
    },
  }
}
