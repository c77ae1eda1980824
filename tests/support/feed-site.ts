import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { openSite } from './local-sites.ts'

type Edition = { readonly status: number; readonly type: string; readonly body: string }

export type FeedSite = {
  /** Address of the one feed that it serves. */
  readonly address: string
  /** Statuses that it answered with so far, oldest first. */
  readonly answers: readonly number[]
  /** From now on it serves this list, packed, under an ETag of its content. */
  serve(list: string): void
  /** From now on it answers with this page and status. */
  fail(status: number, page: string): void
  /** Answers wait half sent until the returned function is called. */
  hold(): () => void
  close(): Promise<void>
}

/** A web server of an office on this machine, as a feed is served in the field. */
export async function openFeedSite(): Promise<FeedSite> {
  let edition: Edition = { status: 404, type: 'text/plain', body: '' }
  const answers: number[] = []
  let held: Promise<void> = Promise.resolve()
  const answer = (response: ServerResponse, known: string | undefined): void => {
    const etag = `"${createHash('sha256').update(edition.body).digest('hex').slice(0, 16)}"`
    if (edition.status === 200 && known === etag) {
      answers.push(304)
      response.writeHead(304, { etag }).end()
      return
    }
    answers.push(edition.status)
    const packed = gzipSync(edition.body)
    response.writeHead(edition.status, {
      'content-type': edition.type,
      'content-encoding': 'gzip',
      'content-length': packed.length,
      ...(edition.status === 200 && edition.type === 'application/json' ? { etag } : {}),
    })
    const half = packed.length >> 1
    response.write(packed.subarray(0, half))
    void held.then(() => response.end(packed.subarray(half)))
  }
  const site = await openSite((request, response) => answer(response, request.headers['if-none-match']))
  return {
    address: `${site.address}/meetings.json`,
    answers,
    serve(list) {
      edition = { status: 200, type: 'application/json', body: list }
    },
    fail(status, page) {
      edition = { status, type: 'text/html', body: page }
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    close: () => site.close(),
  }
}
