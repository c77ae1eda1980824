import { engine } from './engine.ts'
import type { WebContents } from './web-contents.ts'

const delayMs = Number(process.env['OPEN_CHAIR_HOST_HANG_MS'] ?? 30_000)

/** Asks the page's thread for a sign of life; silence for Electron's 30 s is `unresponsive`. */
export class HangWatch {
  readonly #contents: WebContents
  #hung = false

  constructor(contents: WebContents) {
    this.#contents = contents
  }

  start(): void {
    const timer = setInterval(() => this.#ask(), Math.max(200, delayMs / 3))
    timer.unref()
    this.#contents.once('destroyed', () => clearInterval(timer))
  }

  #asking = false

  #ask(): void {
    const { session } = this.#contents._page
    if (this.#asking || session === null || this.#contents._crashed || engine.browser === null) return
    this.#asking = true
    const late = setTimeout(() => {
      if (this.#contents._destroyed || this.#contents._crashed) return
      this.#hung = true
      this.#contents.emit('unresponsive')
    }, delayMs)
    late.unref()
    session
      .send('Runtime.evaluate', { expression: '0' })
      .catch(() => {})
      .finally(() => {
        this.#asking = false
        clearTimeout(late)
        if (!this.#hung) return
        this.#hung = false
        if (!this.#contents._crashed && !this.#contents._destroyed) this.#contents.emit('responsive')
      })
  }
}
