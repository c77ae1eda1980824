import type { FeedScope } from '../../contract/models.ts'

/*
 * Addresses of a BMLT server, from whatever staff paste: its root with or without the final slash, a page of
 * it, or a query (feeds.md 4.1).
 */

/** Paths below the root: the query interface, the pages for people, the tools. */
const below =
  /\/(?:client_interface|local_server|local\.php|index\.php|semantic|api|sample_client|croutonjs)(?:\/.*)?$/i

/**
 * The root of the server, with its final slash and without query; null when the text is no web address.
 * Credentials are left as they are: the client refuses them with a sentence.
 */
export function bmltRoot(address: string): string | null {
  const text = address.trim()
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  url.search = ''
  url.hash = ''
  // "//main_server///" is one folder.
  const path = url.pathname.replaceAll(/\/{2,}/g, '/').replace(below, '/')
  url.pathname = path.endsWith('/') ? path : `${path}/`
  return url.href
}

export type BmltQuestion =
  /** The server is asked for its meetings by us. */
  | 'root'
  /** Staff saved a query for meetings: it is asked as it stands. */
  | 'query'

/**
 * How a feed's address is asked; null when it is none of a BMLT server's query interface. With a scope it is
 * one, whatever it looks like: staff said so.
 */
export function bmltQuestion(address: string, scope: FeedScope | null): BmltQuestion | null {
  const text = address.trim()
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  if (scope !== null) return 'root'
  const path = url.pathname.replaceAll(/\/{2,}/g, '/')
  const switcher = switcherOf(url)
  if (/\/client_interface\/jsonp?\/?$/i.test(path)) {
    if (switcher === 'getsearchresults') return 'query'
    return switcher === null ? 'root' : null
  }
  // Other answers of the interface (CSV, TSML) are formats of their own.
  if (switcher !== null) return null
  if (/\/client_interface\/?$/i.test(path)) return 'root'
  const rest = path.replace(/\/index\.php$/i, '/').replace(/\/$/, '')
  const isFolder = /\/(?:main_server|bmlt[^/]*|meeting_server)$/i.test(rest)
  return isFolder || (/^bmlt\d*\./i.test(url.hostname) && !/\.[a-z0-9]{2,5}$/i.test(rest)) ? 'root' : null
}

/** The questions of the query interface that this program asks; `GetServerInfo` holds a map key and is none. */
export type BmltSwitcher = 'GetSearchResults' | 'GetFormats' | 'GetServiceBodies'

export function bmltAddress(
  root: string,
  switcher: BmltSwitcher,
  parameters: readonly (readonly [string, string])[] = [],
): string {
  const url = new URL(`${root}client_interface/json/`)
  url.searchParams.set('switcher', switcher)
  for (const [key, value] of parameters) url.searchParams.append(key, value)
  return url.href
}

/**
 * The filter of a search (feeds.md 4.2). Null scope: all that the server has. Virtual meetings have the point of
 * their group or of the server's middle, so a circle brings those of its own region.
 */
export function searchFilter(
  scope: FeedScope | null,
  center: { readonly latitude: number; readonly longitude: number; readonly radiusMeters: number },
): readonly (readonly [string, string])[] {
  if (scope === null) return []
  if (scope.by === 'services') {
    return [...scope.ids.map((id) => ['services[]', String(id)] as const), ['recursive', '1']]
  }
  const kilometers = scope.kilometers ?? center.radiusMeters / 1000
  return [
    ['lat_val', String(center.latitude)],
    ['long_val', String(center.longitude)],
    ['geo_width_km', String(Math.round(kilometers * 1000) / 1000)],
  ]
}

function switcherOf(url: URL): string | null {
  for (const [key, value] of url.searchParams)
    if (key.toLowerCase() === 'switcher') return value.toLowerCase()
  return null
}
