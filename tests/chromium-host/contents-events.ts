import { hostEvent } from './emitter.ts'
import { exceptionText } from './page.ts'
import type { Message, TargetSession } from './pipe.ts'
import { toShell } from './url-map.ts'
import type { WebContents } from './web-contents.ts'

export const emittedByContents = [
  'did-start-loading',
  'did-stop-loading',
  'did-finish-load',
  'did-frame-finish-load',
  'did-fail-load',
  'did-start-navigation',
  'did-navigate',
  'did-frame-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-prevent-unload',
  'did-create-window',
  'page-title-updated',
  'preload-error',
  'render-process-gone',
  'unresponsive',
  'responsive',
  'console-message',
  'before-input-event',
  'context-menu',
  'ipc-message',
  'destroyed',
]
/** Of things that do not happen on this host. */
export const quietOfContents = [
  'will-attach-webview',
  'did-attach-webview',
  'zoom-changed',
  'certificate-error',
  'login',
  'found-in-page',
]

const levels: Record<string, string> = { warning: 'warning', error: 'error', assert: 'error', debug: 'debug' }

/** What a page says, and asks of a person: console, uncaught errors, refused policies, dialogs. */
export function hearPage(session: TargetSession, contents: WebContents): void {
  const say = (level: string, text: string, line: number, source: string): void => {
    const sourceId = toShell(source)
    const event = hostEvent({ level, message: text, lineNumber: line, sourceId, frame: contents.mainFrame })
    const number = { debug: 0, info: 1, warning: 2, error: 3 }[level] ?? 1
    contents.emit('console-message', event, number, text, line, sourceId)
  }
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }: Message) => {
    const text = args
      .map((arg: Message) => arg.value ?? arg.unserializableValue ?? arg.description ?? '')
      .join(' ')
    const at = stackTrace?.callFrames[0]
    say(levels[type] ?? 'info', text, (at?.lineNumber ?? 0) + 1, at?.url ?? '')
  })
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: details }: Message) => {
    say('error', `Uncaught ${exceptionText(details)}`, details.lineNumber + 1, details.url ?? '')
  })
  session.on('Log.entryAdded', ({ entry }: Message) => {
    say(levels[entry.level] ?? 'info', entry.text, (entry.lineNumber ?? 0) + 1, entry.url ?? '')
  })
  session.on('Network.responseReceived', ({ type, frameId, response }: Message) => {
    if (type === 'Document' && frameId === contents._page.targetId) contents._navigation.note(response.status)
  })
  session.on('Page.javascriptDialogOpening', ({ type, message }: Message) => {
    if (type === 'beforeunload') {
      const event = hostEvent({})
      contents.emit('will-prevent-unload', event)
      session.tell('Page.handleJavaScriptDialog', { accept: event.defaultPrevented })
      return
    }
    process.stderr.write(`[host] a page opened a ${type} dialog, which is dismissed: ${message}\n`)
    session.tell('Page.handleJavaScriptDialog', { accept: false })
  })
  session.on('Page.windowOpen', ({ url }: Message) => {
    contents._opening = toShell(url)
  })
}
