import { codec } from './encoding.ts'
import type { Page } from './page.ts'
import { strict } from './strict.ts'
import { originToShell, toShell } from './url-map.ts'

/** Electron's WebFrameMain: where a message came from, told truthfully. */
export class WebFrameMain {
  readonly _page: Page
  readonly _id: string
  readonly _parentId: string | null
  readonly frameTreeNodeId: number
  readonly routingId: number
  readonly processId = 1
  readonly name: string = ''
  _url = ''
  _origin = 'null'
  detached = false

  constructor(page: Page, id: string, parentId: string | null, serial: number) {
    this._page = page
    this._id = id
    this._parentId = parentId
    this.frameTreeNodeId = serial
    this.routingId = serial
  }

  get url(): string {
    return toShell(this._url)
  }

  get origin(): string {
    return originToShell(this._origin)
  }

  get parent(): WebFrameMain | null {
    return this._parentId === null ? null : this._page.frame(this._parentId)
  }

  get top(): WebFrameMain {
    return this._page.mainFrame
  }

  get frames(): WebFrameMain[] {
    return this._page.allFrames().filter((frame) => frame._parentId === this._id)
  }

  get framesInSubtree(): WebFrameMain[] {
    return [this._page.frame(this._id), ...this.frames.flatMap((frame) => frame.framesInSubtree)]
  }

  isDestroyed(): boolean {
    return this.detached
  }

  send(channel: string, ...args: unknown[]): void {
    const coded = codec.encode(args)
    // Preloads run in main frames only, so no other frame could listen.
    if (this._parentId === null) void this._page.deliver({ type: 'send', channel, args: coded })
  }

  toString(): string {
    return `WebFrameMain ${this.url}`
  }
}

export function createFrame(page: Page, id: string, parentId: string | null, serial: number): WebFrameMain {
  return strict('WebFrameMain', new WebFrameMain(page, id, parentId, serial))
}
