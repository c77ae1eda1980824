import type { ServerResponse } from 'node:http'
import { openSite, type Site } from './local-sites.ts'

export type BmltAnswers = {
  /** Body of `GetSearchResults`. */
  readonly search: string
  /** Bodies of `GetFormats` by `lang_enum`; the empty key is the server's own language. A missing one is `[]`. */
  readonly formats?: Readonly<Record<string, string>>
  readonly serviceBodies?: string
  /** Switchers that are answered with this status and a page instead. */
  readonly broken?: Readonly<Record<string, number>>
}

export type BmltServer = Site & {
  /** With its final slash. */
  readonly root: string
  /** Paths with their queries, in the order in which they were asked. */
  readonly asked: readonly string[]
  /** The most requests that were open at one time. */
  readonly atOnce: () => number
}

/** A BMLT server on this machine that plays real answers, and says what it was asked. */
export async function openBmltServer(answers: BmltAnswers): Promise<BmltServer> {
  const asked: string[] = []
  let open = 0
  let most = 0
  const site = await openSite((request, response) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => {
      open -= 1
    })
    asked.push(request.url ?? '')
    // A while, so that two at one time would be seen.
    setTimeout(() => answer(new URL(request.url ?? '', 'http://127.0.0.1'), answers, response), 5)
  })
  return { ...site, root: `${site.address}/main_server/`, asked, atOnce: () => most }
}

function answer(url: URL, answers: BmltAnswers, response: ServerResponse): void {
  const switcher = url.searchParams.get('switcher') ?? ''
  const status = answers.broken?.[switcher]
  if (url.pathname !== '/main_server/client_interface/json/' || status !== undefined) {
    response.writeHead(status ?? 404, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Sign in</title>')
    return
  }
  const body = bodyOf(switcher, url, answers)
  response.writeHead(body === null ? 422 : 200, { 'content-type': 'application/json' })
  response.end(body ?? '{"message":"The selected switcher is invalid."}')
}

function bodyOf(switcher: string, url: URL, answers: BmltAnswers): string | null {
  if (switcher === 'GetSearchResults') return answers.search
  if (switcher === 'GetFormats') return answers.formats?.[url.searchParams.get('lang_enum') ?? ''] ?? '[]'
  if (switcher === 'GetServiceBodies') return answers.serviceBodies ?? '[]'
  return null
}
