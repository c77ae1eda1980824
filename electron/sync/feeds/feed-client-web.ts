import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { FeedSource, FetchedFeed } from '../../ports.ts'
import {
  type AddressRules,
  bareHost,
  isInsideAddress,
  isLoopbackName,
  parseAddress,
} from './feed-client-address.ts'
import { acceptedEncodings, readBody } from './feed-client-body.ts'
import { FetchStop, problemOf } from './feed-client-errors.ts'
import { statusProblem } from './feed-client-status.ts'
import type { FeedClientOptions, FeedLimits } from './feed-client.ts'

type WebSource = FeedSource & { readonly from: 'web' }

type Visit = {
  readonly source: WebSource
  readonly limits: FeedLimits
  readonly options: FeedClientOptions
  readonly userAgent: string
  /** The host that staff typed: the only one that may be inside this network. */
  readonly typedHost: string
  readonly onProgress: (bytes: number) => void
  readonly onRetryAfter: (ms: number) => void
  /** Ends the fetch: the timer of the whole visit, or that of a silent connection. */
  readonly abort: AbortController
}

/** Fetches over the web, following redirects as far as the rules of addresses allow. */
export async function fetchWeb(
  source: WebSource,
  limits: FeedLimits,
  options: FeedClientOptions & { readonly userAgent: string },
  onProgress: (bytes: number) => void,
  onRetryAfter: (ms: number) => void = () => undefined,
): Promise<Result<FetchedFeed, FeedProblem>> {
  const first = parseAddress(source.address, null, { plainHttpHost: confirmedHost(source) })
  if (!first.ok) return first
  const rules: AddressRules = { plainHttpHost: confirmedHost(source) }
  const abort = new AbortController()
  const visit: Visit = {
    source,
    limits,
    options,
    userAgent: options.userAgent,
    typedHost: bareHost(first.value.hostname),
    onProgress,
    onRetryAfter,
    abort,
  }
  const seconds = Math.max(1, Math.round(limits.overallMs / 1000))
  const overall = setTimeout(() => {
    abort.abort(
      new FetchStop(
        'timeout',
        `${bareHost(url.hostname)} did not send the whole list within ${seconds} s. It is tried again later.`,
      ),
    )
  }, limits.overallMs)
  let url = first.value
  let outside = false
  try {
    for (let redirects = 0; ; redirects += 1) {
      const step = await visitOnce(url, visit, outside)
      if (!('location' in step)) return step.result
      if (redirects === limits.redirects) {
        return err(
          'too_many_redirects',
          `${bareHost(url.hostname)} redirects more than ${limits.redirects} times. Ask its webmaster for the right address.`,
        )
      }
      outside ||= step.outside
      const next = parseAddress(step.location, url, rules)
      if (!next.ok) return next
      url = next.value
    }
  } catch (error) {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error
    return problemOf(reason, bareHost(url.hostname))
  } finally {
    clearTimeout(overall)
  }
}

function confirmedHost(source: WebSource): string | null {
  return source.plainHttpAllowed ? (URL.parse(source.address.trim())?.host ?? null) : null
}

type Step =
  | { readonly location: string; readonly outside: boolean }
  | { readonly result: Result<FetchedFeed, FeedProblem> }

/** One request. `outside`: a public site was involved already, so this one must not lead inside. */
async function visitOnce(url: URL, visit: Visit, outside: boolean): Promise<Step> {
  const host = bareHost(url.hostname)
  const idle = setTimeout(() => {
    const stop = new FetchStop('timeout', `${host} does not answer. It is tried again later.`)
    visit.abort.abort(stop)
  }, visit.limits.idleMs)
  const alive = (): void => {
    idle.refresh()
  }
  let response: IncomingMessage | null = null
  try {
    response = await ask(url, visit, outside, alive)
    const wentOutside = !isInsideAddress(response.socket.remoteAddress ?? '')
    alive()
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
      return { location, outside: outside || wentOutside }
    }
    const asked = visit.source.etag !== null || visit.source.lastModified !== null
    if (status === 304 && asked) return { result: ok({ changed: false }) }
    if (status === 429 || status === 503) {
      const ms = retryAfterMs(response)
      if (ms !== null) visit.onRetryAfter(ms)
    }
    if (status !== 200 && status !== 203) {
      return { result: await statusProblem(response, host, alive) }
    }
    if (response.headers['cf-mitigated'] !== undefined) {
      return { result: await statusProblem(response, host, alive) }
    }
    const bytes = await readBody(response, {
      maxBytes: visit.limits.webBytes,
      onPiece: alive,
      onProgress: visit.onProgress,
      host,
    })
    return {
      result: ok({
        changed: true,
        bytes,
        contentType: response.headers['content-type'] ?? null,
        etag: response.headers.etag ?? null,
        lastModified: response.headers['last-modified'] ?? null,
        // Without its query, which may hold a sharing key.
        origin: `${url.origin}${url.pathname}`,
      }),
    }
  } finally {
    clearTimeout(idle)
    response?.destroy()
  }
}

function ask(url: URL, visit: Visit, outside: boolean, alive: () => void): Promise<IncomingMessage> {
  const host = bareHost(url.hostname)
  // Nor may a public site lead back to the typed host with a path of its own choice.
  const mayBeInside = host === visit.typedHost && !outside
  if (!mayBeInside && (isInsideAddress(host) || isLoopbackName(host)))
    return Promise.reject(leadsInside(host))
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const options: RequestOptions = {
    method: 'GET',
    headers: {
      'user-agent': visit.userAgent,
      accept: 'application/json, text/calendar, text/csv, */*;q=0.5',
      'accept-encoding': acceptedEncodings,
      ...conditions(visit.source),
    },
    // One visit in hours: no connection is kept open, and none is shared with another feed.
    agent: false,
    signal: visit.abort.signal,
    lookup: guardedLookup(visit.options.lookup ?? systemLookup, mayBeInside),
    // SECURITY: said here, so that no variable of the environment can switch certificate checks off.
    rejectUnauthorized: true,
    ...(visit.options.trustedCa === undefined ? {} : { ca: visit.options.trustedCa }),
  }
  const sent = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
  sent.on('response', resolve)
  sent.on('error', reject)
  sent.on('socket', (socket) => {
    socket.on('connect', alive)
    socket.on('secureConnect', alive)
  })
  sent.end()
  return promise
}

/** Only what can stand in a header: a stored value comes from a foreign server. */
function conditions(source: WebSource): Record<string, string> {
  const usable = (value: string | null): value is string =>
    value !== null && /^[\x20-\x7e]{1,1000}$/.test(value)
  return {
    ...(usable(source.etag) ? { 'if-none-match': source.etag } : {}),
    ...(usable(source.lastModified) ? { 'if-modified-since': source.lastModified } : {}),
  }
}

function leadsInside(host: string): FetchStop {
  return new FetchStop(
    'address_not_allowed',
    `The site redirects to ${host}, which is inside this network. Ask its webmaster for the right address.`,
  )
}

/**
 * SECURITY: the numbers are checked that will be connected to, not some asked for before: no site but the one
 * that staff typed may lead to the router or a printer of the center by a name of its own. A typed name that is
 * both outside and inside is a name whose owner may mean us, so it is asked outside only.
 */
export function guardedLookup(lookup: LookupFunction, mayBeInside: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      if (error !== null) {
        callback(error, found, family)
        return
      }
      const numbers: readonly LookupAddress[] = Array.isArray(found)
        ? found
        : [{ address: found, family: family ?? 4 }]
      const outside = numbers.filter(({ address }) => !isInsideAddress(address))
      if (outside.length === numbers.length) callback(null, found, family)
      else if (!mayBeInside) callback(leadsInside(hostname), '', 0)
      else if (outside.length === 0 || !Array.isArray(found)) callback(null, found, family)
      else callback(null, outside)
    })
  }
}

/** Seconds, or a date by the server's own clock (RFC 9110 10.2.3); null when it says nothing usable. */
function retryAfterMs({ headers }: IncomingMessage): number | null {
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const ms = Date.parse(text) - Date.parse(headers.date ?? '')
  return ms > 0 ? ms : null
}
