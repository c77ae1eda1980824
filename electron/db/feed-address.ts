import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The one spelling of a web address, from which the ids of its meetings are made: two machines that were
 * given `HTTPS://Example.org:443/meetings/#list` and `https://example.org/meetings` must agree. Kept as
 * they are: path, order of the query, a trailing slash that is the whole path. Credentials are not part
 * of it. Null when it is no web address.
 */
export function canonicalWebAddress(address: string): string | null {
  const text = address.trim().replace(/^webcals?:/iu, 'https:')
  if (!URL.canParse(text)) return null
  // The parser lowers scheme and host, drops the default port and resolves dot segments.
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  url.hash = ''
  url.username = ''
  url.password = ''
  url.hostname = url.hostname.replace(/\.$/u, '')
  // An empty path stays `/`; any other trailing slash, and an empty query, name the same list.
  if (url.pathname.length > 1) url.pathname = url.pathname.replace(/\/+$/u, '')
  return url.href.replace(/\?$/u, '')
}

/** The real path as a `file:` address, links followed; the resolved path when the file is not there (yet). */
export function canonicalFileAddress(path: string): string {
  const absolute = resolve(path)
  try {
    return pathToFileURL(realpathSync.native(absolute)).href
  } catch {
    // Not there now, such as a stick that was pulled: the name alone must do.
    return pathToFileURL(absolute).href
  }
}
