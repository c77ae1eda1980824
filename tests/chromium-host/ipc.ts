import { codec } from './encoding.ts'
import { EventEmitter } from 'node:events'
import type { WebFrameMain } from './frames.ts'
import type { Message } from './pipe.ts'
import { strict } from './strict.ts'
import type { WebContents } from './web-contents.ts'

type Handler = (event: object, ...args: unknown[]) => unknown

/** `ipcMain`, and the same for one window (`webContents.ipc`). Any channel name may be listened to. */
export class Caller extends EventEmitter {
  readonly _handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this._handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    this._handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this._handlers.delete(channel)
  }
}

export function createCaller(name: string): Caller {
  return strict(name, new Caller())
}

export const ipcMain = createCaller('ipcMain')

function eventFor(contents: WebContents, frame: WebFrameMain, type: string): object {
  return strict('the event of an ipc message', {
    type,
    sender: contents,
    senderFrame: frame,
    frameId: frame.routingId,
    frameTreeNodeId: frame.frameTreeNodeId,
    processId: frame.processId,
    ports: [],
    reply: (channel: string, ...args: unknown[]) => frame.send(channel, ...args),
    preventDefault: () => {},
    defaultPrevented: false,
  })
}

/** One message of a preload: to the window's own listeners, then to `ipcMain`. */
export function receiveCall(contents: WebContents, frame: WebFrameMain, message: Message): void {
  const { channel } = message
  const args = codec.decode(message.args) as unknown[]
  const event = eventFor(contents, frame, 'frame')
  if (message.type === 'send') {
    contents.emit('ipc-message', event, channel, ...args)
    contents.ipc.emit(channel, event, ...args)
    ipcMain.emit(channel, event, ...args)
    return
  }
  const handler = contents.ipc._handlers.get(channel) ?? ipcMain._handlers.get(channel)
  const answer = async (): Promise<string> => {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return codec.encode(await handler(event, ...args))
  }
  answer().then(
    (value) => void contents._page.deliver({ type: 'reply', id: message.id, ok: true, value }),
    (cause: unknown) => {
      process.stderr.write(
        `Error occurred in handler for '${channel}': ${String((cause as Error)?.stack ?? cause)}\n`,
      )
      // Class and own fields stay behind: only the text crosses, as in Electron.
      const error = `Error invoking remote method '${channel}': ${String(cause)}`
      void contents._page.deliver({ type: 'reply', id: message.id, ok: false, error })
    },
  )
}
