import type { Message } from './pipe.ts'
import { NotImplementedError } from './strict.ts'
import { toShell } from './url-map.ts'

export type Verdict = { cancel?: boolean; redirectURL?: string }
type Filter = { urls?: readonly string[] }
type Before = (details: Message, callback: (verdict: Verdict) => void) => void
type Headers_ = Record<string, string[]>
type OnHeaders = (details: Message, callback: (verdict: { responseHeaders?: Headers_ }) => void) => void

function matcher(filter: Filter): (address: string) => boolean {
  const patterns = (filter.urls ?? ['<all_urls>']).map((pattern) => {
    if (pattern === '<all_urls>') return /^/
    return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`)
  })
  return (address) => patterns.some((pattern) => pattern.test(address))
}

const types: Record<string, string> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  Ping: 'ping',
  WebSocket: 'webSocket',
}

/** Electron's `session.webRequest`, as far as requests can be held here. */
export class WebRequest {
  _before: { matches: (address: string) => boolean; listener: Before } | null = null
  _headers: { matches: (address: string) => boolean; listener: OnHeaders } | null = null

  onBeforeRequest = (filter: Filter | Before | null, listener?: Before | null): void => {
    const work = typeof filter === 'function' ? filter : listener
    this._before = work
      ? { matches: matcher(typeof filter === 'function' ? {} : (filter ?? {})), listener: work }
      : null
  }

  /** Only for what a scheme handler answers: nothing else is ever received. */
  onHeadersReceived = (filter: Filter | OnHeaders | null, listener?: OnHeaders | null): void => {
    const work = typeof filter === 'function' ? filter : listener
    this._headers = work
      ? { matches: matcher(typeof filter === 'function' ? {} : (filter ?? {})), listener: work }
      : null
  }

  _details(paused: Message): Message {
    const { request, resourceType, networkId, requestId } = paused
    return {
      id: Number(/\d+/.exec(requestId)?.[0] ?? 0),
      url: toShell(request.url),
      method: request.method,
      resourceType: types[resourceType] ?? 'other',
      referrer: toShell(request.headers['Referer'] ?? ''),
      networkId,
    }
  }

  ask(paused: Message): Promise<Verdict> {
    const details = this._details(paused)
    if (this._before === null || !this._before.matches(details.url)) return Promise.resolve({})
    return new Promise((resolve) => this._before!.listener(details, resolve))
  }

  async amend(paused: Message, response: Response): Promise<Response> {
    const details = this._details(paused)
    if (this._headers === null || !this._headers.matches(details.url)) return response
    const responseHeaders: Headers_ = {}
    response.headers.forEach((value, name) => (responseHeaders[name] = [value]))
    const verdict = await new Promise<{ responseHeaders?: Headers_ }>((resolve) => {
      this._headers!.listener({ ...details, responseHeaders, statusCode: response.status }, resolve)
    })
    const headers = new Headers()
    for (const [name, values] of Object.entries(verdict.responseHeaders ?? responseHeaders)) {
      for (const value of Array.isArray(values) ? values : [values]) headers.append(name, value)
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
  }

  onBeforeSendHeaders = (): never => {
    throw new NotImplementedError('webRequest.onBeforeSendHeaders')
  }
}
