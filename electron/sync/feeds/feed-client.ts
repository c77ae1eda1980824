import type { LookupFunction } from 'node:net'
import { ok } from '../../contract/result.ts'
import type { FeedClient } from '../../ports.ts'
import { readFeedFile } from './feed-client-file.ts'
import { fetchWeb } from './feed-client-web.ts'

export type FeedLimits = {
  /** Unpacked bytes of an answer. */
  readonly webBytes: number
  readonly fileBytes: number
  readonly redirects: number
  /** From the first connection to the last byte, redirects included. */
  readonly overallMs: number
  /** Without a sign of life while connecting, waiting for the answer, or between two pieces of it. */
  readonly idleMs: number
}

/** Sizes and times of feeds.md 6.1; the silence allowed is ours. */
export const defaultFeedLimits: FeedLimits = {
  webBytes: 64 * 1_048_576,
  fileBytes: 256 * 1_048_576,
  redirects: 5,
  overallMs: 30_000,
  idleMs: 15_000,
}

/** Honest about who asks (feeds.md 6.1). */
export const feedUserAgent = 'OpenChair/0.1 (lobby kiosk for treatment centers; reads meeting lists)'

export type FeedClientOptions = {
  readonly limits?: Partial<FeedLimits>
  readonly userAgent?: string
  /** How names become numbers; tests answer with their own. */
  readonly lookup?: LookupFunction
  /** One more authority to trust, PEM; for tests only. Checks are never off. */
  readonly trustedCa?: string
}

/**
 * Fetches feeds from files and from the web. Never throws for what the outside does: every failure is a
 * `FeedProblem` with a sentence for staff, which names the host at most and never a path or a query.
 */
export function createFeedClient(options: FeedClientOptions = {}): FeedClient {
  const limits: FeedLimits = { ...defaultFeedLimits, ...options.limits }
  const userAgent = options.userAgent ?? feedUserAgent
  return {
    async fetch(source, onProgress, onRetryAfter) {
      if (source.from === 'web') {
        return fetchWeb(source, limits, { ...options, userAgent }, onProgress, onRetryAfter)
      }
      const read = await readFeedFile(source.path, limits.fileBytes, onProgress)
      if (!read.ok) return read
      return ok({
        changed: true,
        bytes: read.value,
        contentType: null,
        etag: null,
        lastModified: null,
        origin: source.path,
      })
    },
  }
}
