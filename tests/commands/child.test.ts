import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const childFile = pathToFileURL(resolve(import.meta.dirname, 'child.mjs')).href
/** A command that starts a program which never ends by itself and tells its id. */
const command = `
  import { run } from '${childFile}'
  await run(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'])
`

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(process.platform === 'win32')('a program that a command has started', () => {
  it.each([
    [
      'the command is ended by its own id',
      [process.execPath, '--input-type=module', '-e', command],
      'SIGTERM',
    ],
    // As npm does: the shell in between is ended and says nothing to the command.
    [
      'npm is ended',
      ['sh', '-c', '"$1" --input-type=module -e "$2"; true', 'sh', process.execPath, command],
      'SIGKILL',
    ],
  ] as const)('ends when %s', async (_when, [file, ...args], signal) => {
    const started = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'start' },
    })
    const [line] = (await once(started.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(isRunning(pid)).toBe(true)
    started.kill(signal)
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
  })
})
