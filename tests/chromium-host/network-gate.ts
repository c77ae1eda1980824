import type { Message, TargetSession } from './pipe.ts'
import type { SchemeTable } from './protocol.ts'
import { headerToBrowser, originToShell, toBrowser, toShell } from './url-map.ts'
import type { WebRequest } from './web-request.ts'

/** What the window says to a document its page wants to load: go on, or stay. */
export type DocumentGate = (paused: Message) => Promise<boolean>

const noBody = new Set([101, 204, 205, 304])

function requestOf(paused: Message): Request {
  const { request } = paused
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers as Record<string, string>)) {
    const lower = name.toLowerCase()
    headers.set(
      name,
      lower === 'origin' ? originToShell(value) : lower === 'referer' ? toShell(value) : value,
    )
  }
  const pieces: Buffer[] = (request.postDataEntries ?? []).map((entry: Message) =>
    Buffer.from(entry.bytes ?? '', 'base64'),
  )
  const body = pieces.length > 0 ? Buffer.concat(pieces) : null
  const made = new Request('http://placeholder.invalid/', {
    method: request.method,
    headers,
    ...(body === null || request.method === 'GET' || request.method === 'HEAD' ? {} : { body }),
  })
  // Node's Request normalizes addresses of unknown schemes otherwise than Chromium does: keep ours as is.
  Object.defineProperty(made, 'url', { value: toShell(request.url) })
  return made
}

async function fulfil(session: TargetSession, requestId: string, response: Response): Promise<void> {
  if (response.type === 'error') {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    return
  }
  const responseHeaders: { name: string; value: string }[] = []
  response.headers.forEach((value, name) => {
    responseHeaders.push({ name, value: name === 'location' ? toBrowser(value) : headerToBrowser(value) })
  })
  const body = noBody.has(response.status) ? '' : Buffer.from(await response.arrayBuffer()).toString('base64')
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    ...(response.statusText === '' ? {} : { responsePhrase: response.statusText }),
    responseHeaders,
    body,
  })
}

/**
 * Every request of a target passes here before any network: the session's scheme handlers answer theirs,
 * `webRequest` may cancel, and what is left goes on to a resolver that knows no host.
 */
export async function guardNetwork(
  session: TargetSession,
  schemes: SchemeTable,
  webRequest: WebRequest,
  gate: DocumentGate,
): Promise<void> {
  const decide = async (paused: Message): Promise<void> => {
    const { requestId, request, resourceType } = paused
    const fail = (errorReason: string): Promise<unknown> =>
      session.send('Fetch.failRequest', { requestId, errorReason })
    if (resourceType === 'Document' && !(await gate(paused))) {
      await fail('Aborted')
      return
    }
    const address = toShell(request.url)
    const { protocol, pathname } = new URL(address)
    const handler = schemes.find(protocol.slice(0, -1))
    // Chromium asks each site for an icon on its own; Electron does not.
    if (handler !== undefined && pathname === '/favicon.ico' && resourceType === 'Other') {
      await fulfil(session, requestId, new Response(null, { status: 204 }))
      return
    }
    const verdict = await webRequest.ask(paused)
    if (verdict.cancel === true) {
      await fail('BlockedByClient')
      return
    }
    if (verdict.redirectURL !== undefined) {
      await fulfil(session, requestId, Response.redirect(toBrowser(verdict.redirectURL), 307))
      return
    }
    if (handler === undefined) {
      await session.send('Fetch.continueRequest', { requestId })
      return
    }
    let response: Response
    try {
      response = await handler(requestOf(paused))
      await fulfil(session, requestId, await webRequest.amend(paused, response))
    } catch (cause) {
      process.stderr.write(`[host] a protocol handler failed on ${address}: ${(cause as Error).message}\n`)
      await fail('Failed')
    }
  }
  session.on('Fetch.requestPaused', (paused: Message) => {
    // A target that goes away takes its requests with it.
    decide(paused).catch((cause: Error) => {
      if (session.closed) return
      process.stderr.write(`[host] ${toShell(paused.request.url)} could not be served: ${cause.message}\n`)
      session.tell('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' })
    })
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] })
}
