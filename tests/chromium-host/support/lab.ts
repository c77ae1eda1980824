import { join } from 'node:path'
import { launchHost, type Host, type LaunchOptions } from '../launch.ts'

/** The main process's side of a function a test sends: Electron's module and the fixture's `lab`. */
// The functions run in another process, where no type reaches them.
// oxlint-disable-next-line typescript/no-explicit-any
export type Main = any

export type Lab = Host & {
  /** Runs `work` in the main process. It must use nothing but its arguments; the result crosses as JSON. */
  run<Arg, Result>(work: (main: Main, arg: Arg) => Result | Promise<Result>, arg?: Arg): Promise<Result>
}

export async function launchLab(options: Omit<LaunchOptions, 'appFolder'> = {}): Promise<Lab> {
  const host = await launchHost({ ...options, appFolder: join(import.meta.dirname, '..', 'fixtures', 'lab') })
  let asked = 0
  return {
    ...host,
    run: (work, arg) =>
      new Promise((resolve, reject) => {
        const lab = ++asked
        const listen = (message: { lab?: number; value?: unknown; error?: string }): void => {
          if (message.lab !== lab) return
          host.process.off('message', listen)
          if (message.error === undefined) resolve(message.value as Awaited<ReturnType<typeof work>>)
          else reject(new Error(message.error))
        }
        host.process.on('message', listen)
        host.process.send({ lab, code: work.toString(), arg })
        void host.exited.then((code) =>
          reject(new Error(`The host ended (${code}): ${host.stderr.join('\n')}`)),
        )
      }),
  }
}

/** Runs code in the page of `lab.window`; what it gives comes back as Node's inspection prints it. */
export function inPageOf(lab: Lab, code: string): Promise<string> {
  return lab.run(
    async ({ lab: it }, source) =>
      it.inspect(await it.window.webContents.executeJavaScript(source), { depth: 9, breakLength: Infinity }),
    code,
  )
}
