// @ts-check
import { spawn } from 'node:child_process'
import { childEnv, root } from './project.mjs'

/**
 * @typedef {object} Run
 * @property {boolean} [quiet] Its standard output goes to our standard error.
 * @property {number} [timeoutMs] After it the whole process group is ended.
 * @property {Record<string, string>} [env]
 * @property {string} [cwd]
 */

/**
 * Runs a program to its end. `code` is null when it was ended by a signal or by the time limit, or could not
 * be started.
 * @param {string} file @param {readonly string[]} args @param {Run} [options]
 * @returns {Promise<{ code: number | null, timedOut: boolean, error: string | null }>}
 */
export function run(file, args, { quiet = false, timeoutMs, env = {}, cwd = root } = {}) {
  return new Promise((resolveRun) => {
    // Its own group only where a limit may have to end its children too: else Ctrl+C must reach it.
    const ownGroup = timeoutMs !== undefined && process.platform !== 'win32'
    const child = spawn(file, [...args], {
      cwd,
      env: { ...childEnv(), ...env },
      stdio: ['inherit', quiet ? process.stderr : 'inherit', 'inherit'],
      detached: ownGroup,
      // npm and npx are command files on Windows, which only a shell can start.
      shell: process.platform === 'win32' && file.endsWith('.cmd'),
    })
    let timedOut = false
    const end = () => endGroup(child.pid, ownGroup)
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            end()
          }, timeoutMs)
    // Ctrl+C reaches a child of our group by itself; a signal to us alone does not.
    const onInterrupt = () => {
      if (ownGroup) end()
    }
    const onTerminate = () => {
      if (ownGroup) end()
      else child.kill('SIGTERM')
    }
    process.once('SIGINT', onInterrupt)
    process.once('SIGTERM', onTerminate)
    const stopWatching = whenNpmIsGone(onTerminate)
    /** @param {number | null} code @param {string | null} error */
    const finish = (code, error) => {
      clearTimeout(timer)
      stopWatching()
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      resolveRun({ code: timedOut ? null : code, timedOut, error })
    }
    child.once('error', (error) => finish(null, error.message))
    child.once('exit', (code) => finish(code, null))
  })
}

/**
 * npm that is ended by a signal ends the shell between it and us and says nothing to us: what we started would
 * run on unseen. Returns how to stop watching.
 * @param {() => void} end
 */
function whenNpmIsGone(end) {
  if (process.env['npm_lifecycle_event'] === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, 500)
  return () => clearInterval(timer)
}

/** @param {number | undefined} pid @param {boolean} ownGroup */
function endGroup(pid, ownGroup) {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(ownGroup ? -pid : pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
