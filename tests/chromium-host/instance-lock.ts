import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { codec } from './encoding.ts'

export type OtherInstance = { argv: string[]; folder: string; additional: unknown }

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Electron's single instance lock, all at once as it must be: a file in the profile holds the first one's
 * process; a second one leaves a note beside it, which the first one watches for.
 */
export class InstanceLock {
  held = false
  #folder = ''
  #watcher: FSWatcher | null = null

  request(profile: string, additional: unknown, onSecond: (other: OtherInstance) => void): boolean {
    if (this.held) return true
    this.#folder = join(profile, 'HostLock')
    mkdirSync(this.#folder, { recursive: true })
    const file = join(this.#folder, 'owner')
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        writeFileSync(file, String(process.pid), { flag: 'wx' })
        this.held = true
        this.#listen(onSecond)
        return true
      } catch {
        const owner = Number(readFileSync(file, 'utf8'))
        if (owner > 0 && alive(owner)) break
        // Left behind by one that was killed.
        rmSync(file, { force: true })
      }
    }
    const note = codec.encode({ argv: process.argv, folder: process.cwd(), additional })
    writeFileSync(join(this.#folder, `second-${process.pid}.json`), note)
    return false
  }

  #listen(onSecond: (other: OtherInstance) => void): void {
    const look = (): void => {
      for (const name of readdirSync(this.#folder)) {
        if (!name.startsWith('second-')) continue
        const path = join(this.#folder, name)
        const text = readFileSync(path, 'utf8')
        // Seen before it was written; the next look finds it whole.
        if (text === '') continue
        rmSync(path, { force: true })
        onSecond(codec.decode(text) as OtherInstance)
      }
    }
    this.#watcher = watch(this.#folder, () => {
      try {
        look()
      } catch {
        // Half-written or already taken: the next change brings another look.
      }
    })
    this.#watcher.unref()
  }

  release(): void {
    if (!this.held) return
    this.held = false
    this.#watcher?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
