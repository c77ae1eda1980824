import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, LogFields, Logger } from '../ports.ts'

const largestBytes = 1024 * 1024
const keptFiles = 4

/**
 * A log of JSON lines in `folder/open-chair.log` that rotates at 1 MiB and keeps four older files.
 * Callers pass codes, counts and ids only (PRV-20). Writing the log never stops the kiosk: on a full
 * disk lines are lost, by choice.
 */
export function createLogFile(folder: string, clock: Clock): Logger {
  const file = join(folder, 'open-chair.log')
  const write = (level: string, event: string, fields: LogFields = {}) => {
    const line = JSON.stringify({ at: new Date(clock.now()).toISOString(), level, event, ...fields })
    try {
      mkdirSync(folder, { recursive: true })
      if (existsSync(file) && statSync(file).size > largestBytes) rotate(file)
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch {
      // Best effort, see above.
    }
  }
  return {
    info: (event, fields) => {
      write('info', event, fields)
    },
    warn: (event, fields) => {
      write('warn', event, fields)
    },
    error: (event, fields) => {
      write('error', event, fields)
    },
  }
}

function rotate(file: string): void {
  rmSync(`${file}.${keptFiles}`, { force: true })
  for (let number = keptFiles - 1; number >= 1; number -= 1) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`)
  }
  renameSync(file, `${file}.1`)
}
