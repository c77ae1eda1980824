import { execFile } from 'node:child_process'

export type CommandOutcome =
  | { readonly ended: 'exit'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly ended: 'missing' }
  | { readonly ended: 'killed' }

/**
 * Runs a program of the printing system to its end, in the C locale, since its words are read.
 * SECURITY: no shell; arguments are an array. Killed when `signal` fires. Never rejects.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly signal: AbortSignal; readonly searchPath: string | undefined },
): Promise<CommandOutcome> {
  const env = {
    ...process.env,
    LC_ALL: 'C',
    LANG: 'C',
    ...(options.searchPath === undefined ? {} : { PATH: options.searchPath }),
  }
  return new Promise((done) => {
    if (options.signal.aborted) return done({ ended: 'killed' })
    execFile(
      program,
      [...args],
      { env, signal: options.signal, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error === null) return done({ ended: 'exit', code: 0, stdout, stderr })
        if (error.code === 'ENOENT' || error.code === 'EACCES') return done({ ended: 'missing' })
        if (typeof error.code === 'number') return done({ ended: 'exit', code: error.code, stdout, stderr })
        return done({ ended: 'killed' })
      },
    )
  })
}
