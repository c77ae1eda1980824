import { engine } from './engine.ts'
import type { Message } from './pipe.ts'
import { toShell } from './url-map.ts'
import type { WebContents } from './web-contents.ts'

/** A pop-up, held before its first request: the shell is asked, and the host can only deny. */
function refusePopUp(contents: WebContents, foreign: Message): void {
  const url = foreign.url === '' ? contents._opening : toShell(foreign.url)
  contents._opening = ''
  const answer = contents._opener?.({
    url,
    frameName: '',
    features: '',
    disposition: 'foreground-tab',
    referrer: { url: contents.getURL(), policy: 'strict-origin-when-cross-origin' },
  })
  if (answer?.action !== 'deny') {
    process.stderr.write(`[host] windows opened by a page are not implemented by the Chromium host: ${url}\n`)
  }
}

/** Gives each held pop-up to the window it came from, and each download to its session. */
export function watchPopUps(all: () => readonly WebContents[]): void {
  engine.on('foreign', (foreign: Message) => {
    const { session, targetId } = foreign
    // Its requests are held and never answered. It must run on before it can be closed: while it waits,
    // the page that opened it waits too.
    session.tell('Fetch.enable')
    session.tell('Runtime.runIfWaitingForDebugger')
    engine.send('Target.closeTarget', { targetId }).catch(() => {})
    const from = all().find((one) => one._page.targetId === foreign.openerId)
    if (from !== undefined) refusePopUp(from, foreign)
  })
  engine.on('download', (params: Message) => {
    const from = all().find((one) => one._page.allFrames().some((frame) => frame._id === params.frameId))
    from?.session._download(from, params)
  })
}
