/**
 * Outlives the host by a moment: waits until the host is gone (its end of our standard input closes, also
 * after kill -9), then ends the browser that the host started, if it still runs, and removes its profile.
 */
import { rmSync } from 'node:fs'
import { argv, kill, stdin, exit } from 'node:process'

const browser = Number(argv[2])
const profile = argv[3]!

function alive(): boolean {
  try {
    kill(browser, 0)
    return true
  } catch {
    return false
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function reap(): Promise<void> {
  for (let i = 0; i < 15 && alive(); i++) await pause(100)
  if (alive()) {
    try {
      kill(browser, 'SIGKILL')
    } catch {
      // It went by itself between the two looks.
    }
  }
  for (let i = 0; i < 20; i++) {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
      break
    } catch {
      // The browser's last children may still be writing.
      await pause(150)
    }
  }
  exit(0)
}

stdin.resume()
stdin.on('end', () => void reap())
stdin.on('error', () => void reap())
