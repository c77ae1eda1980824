import { type IncomingMessage } from 'node:http'
import type { FeedProblem } from '../../contract/models.ts'
import { err, type Result } from '../../contract/result.ts'
import { readBody } from './feed-client-body.ts'

/** As much of an error page as is looked at. */
const pageBytes = 65_536

/** Words of pages that want to see a human before they answer. */
const challenge =
  /cf-chl|challenge-platform|just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|ddos-guard|ddos protection|_incapsula_|sucuri|captcha|enable javascript and cookies/i

/** What an answer other than "here it is" means, and what to do about it. */
export async function statusProblem(
  response: IncomingMessage,
  host: string,
  alive: () => void,
): Promise<Result<never, FeedProblem>> {
  const status = response.statusCode ?? 0
  if (await isChallenge(response, host, status, alive)) {
    return err('challenge_page', `${host} asks for a human. Ask its webmaster to allow the feed.`)
  }
  switch (status) {
    case 401:
    case 403:
      return err(
        'needs_key',
        `${host} does not let us in (${status}): it needs a sharing key. Ask its webmaster for one.`,
      )
    case 404:
    case 410:
      return err('not_found', `${host} has nothing at this address (${status}). Check it with its webmaster.`)
    case 429:
      return err('http_error', `${host} says that it was asked too often (429). It is tried again later.`)
    default:
      return err(
        'http_error',
        status >= 500
          ? `${host} has a fault of its own (${status}). It is tried again later.`
          : `${host} gives an unexpected answer (${status}). Check the address with its webmaster.`,
      )
  }
}

async function isChallenge(
  response: IncomingMessage,
  host: string,
  status: number,
  alive: () => void,
): Promise<boolean> {
  if (response.headers['cf-mitigated'] !== undefined) return true
  if (![401, 403, 429, 503].includes(status)) return false
  if (!/html/i.test(response.headers['content-type'] ?? 'html')) return false
  return challenge.test(await beginning(response, host, alive))
}

/** The first part of a page; a page that breaks off or is long is judged by what came. */
async function beginning(response: IncomingMessage, host: string, alive: () => void): Promise<string> {
  try {
    const limits = { maxBytes: pageBytes, onPiece: alive, onProgress: () => undefined, host }
    return new TextDecoder().decode(await readBody(response, limits))
  } catch {
    return ''
  }
}
