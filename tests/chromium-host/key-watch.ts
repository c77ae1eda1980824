import { hostEvent } from './emitter.ts'
import type { Message } from './pipe.ts'
import type { WebContents } from './web-contents.ts'

/**
 * `before-input-event`: while the shell listens, the preload's world holds every key back, and what the
 * shell lets through is pressed again. It comes a moment later than in Electron.
 */
export class KeyWatch {
  readonly #contents: WebContents
  #watching = false
  #last: Promise<void> = Promise.resolve()

  constructor(contents: WebContents) {
    this.#contents = contents
  }

  watch(): void {
    if (this.#watching) return
    this.#watching = true
    const page = this.#contents._page
    page.on('preload-context', () => void page.deliver({ type: 'keys', watch: true }))
    void page.deliver({ type: 'keys', watch: true })
  }

  pressed(input: Message): void {
    const event = hostEvent({})
    this.#contents.emit('before-input-event', event, {
      type: input.type === 'keyup' ? 'keyUp' : 'keyDown',
      key: input.key,
      code: input.code,
      isAutoRepeat: input.repeat,
      isComposing: input.isComposing,
      shift: input.shiftKey,
      control: input.ctrlKey,
      alt: input.altKey,
      meta: input.metaKey,
      location: input.location,
      modifiers: [],
    })
    if (event.defaultPrevented) return
    const page = this.#contents._page
    const text =
      input.key === 'Enter'
        ? '\r'
        : input.key.length === 1 && !input.ctrlKey && !input.metaKey
          ? input.key
          : ''
    const again = {
      type: input.type === 'keyup' ? 'keyUp' : text === '' ? 'rawKeyDown' : 'keyDown',
      key: input.key,
      code: input.code,
      windowsVirtualKeyCode: input.keyCode,
      autoRepeat: input.repeat,
      location: input.location === 3 ? 0 : input.location,
      isKeypad: input.location === 3,
      modifiers:
        (input.altKey ? 1 : 0) + (input.ctrlKey ? 2 : 0) + (input.metaKey ? 4 : 0) + (input.shiftKey ? 8 : 0),
      ...(text === '' || input.type === 'keyup' ? {} : { text }),
    }
    // One after the other, and each only when the page's world expects it: it would be held again otherwise.
    this.#last = this.#last.then(async () => {
      await page.deliver({ type: 'pass', key: `${input.type}:${input.code}:${input.key}` })
      await page.session?.send('Input.dispatchKeyEvent', again).catch(() => {})
    })
  }
}
