import { setTimeout as pause } from 'node:timers/promises'
import { hostEvent } from './emitter.ts'
import { createLoadError, netErrorNumber } from './net-errors.ts'
import type { Message, TargetSession } from './pipe.ts'
import { toBrowser, toShell } from './url-map.ts'
import type { WebContents } from './web-contents.ts'

type Load = { loaderId: string; address: string; resolve: () => void; reject: (error: Error) => void }

/** Loading and leaving documents: who asked for it, whether the shell allows it, how it ended. */
export class Navigation {
  readonly #contents: WebContents
  /** Addresses the shell itself asked for; all other documents are the page's wish. */
  readonly #ordered: string[] = []
  readonly #load: { current: Load | null } = { current: null }
  #requestedByPage = 0
  #status = 200
  #loaderId = ''
  loading = false
  committed = false

  constructor(contents: WebContents) {
    this.#contents = contents
    const page = contents._page
    page.on('preparing', (session: TargetSession) => this.#listen(session))
    page.on('frame-navigated', (frame, raw: Message) => {
      if (frame !== page.mainFrame) {
        contents.emit('did-frame-navigate', hostEvent({}), frame.url, 200, 'OK', false, 1, frame.routingId)
        return
      }
      this.#loaderId = raw.loaderId
      this.committed = true
      if (raw.unreachableUrl !== undefined) {
        this.#failed('net::ERR_FAILED', toShell(raw.unreachableUrl))
        return
      }
      contents.emit('did-navigate', hostEvent({}), frame.url, this.#status, this.#status === 200 ? 'OK' : '')
      contents.emit(
        'did-frame-navigate',
        hostEvent({}),
        frame.url,
        this.#status,
        '',
        true,
        1,
        frame.routingId,
      )
    })
    page.on('navigated-within', (frame, url: string) => {
      const main = frame === page.mainFrame
      contents.emit('did-navigate-in-page', hostEvent({}), toShell(url), main, 1, frame.routingId)
    })
    page.on('crashed', () => this.#abandon())
    page.on('gone', () => this.#abandon())
  }

  #abandon(): void {
    this.loading = false
    const load = this.#load.current
    this.#load.current = null
    load?.reject(createLoadError('net::ERR_FAILED', load.address))
  }

  #listen(session: TargetSession): void {
    const contents = this.#contents
    const main = (frameId: string): boolean => frameId === contents._page.targetId
    session.on('Page.frameRequestedNavigation', ({ frameId }: Message) => {
      if (main(frameId)) this.#requestedByPage++
    })
    session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType, loaderId }: Message) => {
      const frame = contents._page.frame(frameId)
      const sameDocument = /same/i.test(navigationType)
      if (main(frameId) && !sameDocument) {
        const load = this.#load.current
        // A newer navigation puts an end to one that has not arrived.
        if (load !== null && load.loaderId !== '' && load.loaderId !== loaderId) {
          this.#load.current = null
          load.reject(createLoadError('net::ERR_ABORTED', load.address))
        }
      }
      const address = toShell(url)
      const details = { url: address, isSameDocument: sameDocument, isMainFrame: main(frameId), frame }
      contents.emit(
        'did-start-navigation',
        hostEvent(details),
        address,
        sameDocument,
        main(frameId),
        1,
        frame.routingId,
      )
    })
    session.on('Page.frameStartedLoading', ({ frameId }: Message) => {
      if (!main(frameId)) return
      this.loading = true
      contents.emit('did-start-loading')
    })
    session.on('Page.frameStoppedLoading', ({ frameId }: Message) => {
      // The blank page that every target begins with loads nothing the shell knows of.
      if (!main(frameId) || !this.loading) return
      this.loading = false
      contents.emit('did-stop-loading')
    })
    session.on('Page.domContentEventFired', () => contents.emit('dom-ready', hostEvent({})))
    session.on('Page.loadEventFired', () => {
      contents.emit('did-frame-finish-load', hostEvent({}), true, 1, contents.mainFrame.routingId)
      contents.emit('did-finish-load')
      const load = this.#load.current
      if (load === null || (load.loaderId !== '' && load.loaderId !== this.#loaderId)) return
      this.#load.current = null
      load.resolve()
    })
  }

  #failed(errorText: string, address: string): void {
    const code = errorText.replace(/^net::/, '')
    this.#contents.emit('did-fail-load', hostEvent({}), netErrorNumber(code), code, address, true, 1, 1)
  }

  /** Asks the shell about a document of the page's own wish. */
  allows(address: string, name: 'will-navigate' | 'will-redirect'): boolean {
    const contents = this.#contents
    const event = hostEvent({
      url: address,
      isSameDocument: false,
      isMainFrame: true,
      frame: contents.mainFrame,
      initiator: contents.mainFrame,
    })
    contents.emit(name, event, address, false, true, 1, contents.mainFrame.routingId)
    return !event.defaultPrevented
  }

  /** The gate of `guardNetwork` for documents. */
  gate = async (paused: Message): Promise<boolean> => {
    const contents = this.#contents
    if (paused.frameId !== contents._page.targetId) {
      return this.#allowsFrame(paused)
    }
    const address = toShell(paused.request.url)
    let allowed = true
    if (paused.redirectedRequestId !== undefined) allowed = this.allows(address, 'will-redirect')
    else {
      const bare = paused.request.url.replace(/#.*$/, '')
      const at = this.#ordered.findIndex((ordered) => ordered.replace(/#.*$/, '') === bare)
      if (at >= 0) this.#ordered.splice(at, 1)
      else if (!(await this.#isForeignReload(address))) allowed = this.allows(address, 'will-navigate')
    }
    if (allowed) {
      this.#status = 200
      contents.session._origins.add(new URL(paused.request.url).origin)
      await contents.session._applyPermissions(contents, paused.request.url)
    }
    return allowed
  }

  #allowsFrame(paused: Message): boolean {
    const frame = this.#contents._page.frame(paused.frameId)
    const event = hostEvent({ url: toShell(paused.request.url), isMainFrame: false, frame, initiator: frame })
    this.#contents.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  /**
   * A second client (Playwright's `page.reload`) may reload the page as a browser's button would. The page
   * announces its own wishes before they get here, but through another process: ask it once to be sure.
   */
  async #isForeignReload(address: string): Promise<boolean> {
    const contents = this.#contents
    if (address.replace(/#.*$/, '') !== contents.getURL().replace(/#.*$/, '')) return false
    await Promise.race([contents._page.session?.send('Runtime.evaluate', { expression: '0' }), pause(500)])
    const own = this.#requestedByPage > 0
    this.#requestedByPage = 0
    return !own
  }

  /** A navigation the network never sees (`about:`, `blob:`, our own scheme spelt out), held in the page. */
  wished(url: string): void {
    const address = toShell(url)
    if (!this.allows(address, 'will-navigate')) return
    if (/^(?:about|blob|data):/.test(url) || toBrowser(url) !== url) {
      this.load(url).catch(() => {})
      return
    }
    process.stderr.write(`[host] the address of another program is not opened: ${url}\n`)
  }

  note(status: number): void {
    this.#status = status
  }

  async load(address: string): Promise<void> {
    const contents = this.#contents
    if (!URL.canParse(address)) throw createLoadError('ERR_INVALID_URL', address)
    const session = await contents._page.ready
    const url = toBrowser(address)
    if (/^https?:/.test(url)) this.#ordered.push(url)
    this.#load.current?.reject(createLoadError('net::ERR_ABORTED', this.#load.current.address))
    const done = new Promise<void>((resolve, reject) => {
      this.#load.current = { loaderId: '', address, resolve, reject }
    })
    done.catch(() => {})
    const load = this.#load.current
    let result: Message
    try {
      result = await session.send('Page.navigate', { url, transitionType: 'typed' })
    } catch (cause) {
      result = { errorText: 'net::ERR_FAILED', cause }
    }
    if (result.errorText !== undefined) {
      if (this.#load.current === load) this.#load.current = null
      const at = this.#ordered.indexOf(url)
      if (at >= 0) this.#ordered.splice(at, 1)
      this.#failed(result.errorText, address)
      throw createLoadError(result.errorText, address)
    }
    // Without a loader it stayed in the document: an anchor of the same page.
    if (result.loaderId === undefined) load?.resolve()
    else if (load !== null) load.loaderId = result.loaderId
    await done
  }

  reload(): void {
    const contents = this.#contents
    this.#ordered.push(toBrowser(contents.getURL()))
    contents._page.ready.then((session) => session.send('Page.reload', {})).catch(() => {})
  }
}
