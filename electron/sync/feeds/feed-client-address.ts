import { BlockList, isIP } from 'node:net'
import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'

/**
 * Which addresses a feed may be fetched from. SECURITY: https everywhere; http only to this machine or where
 * staff confirmed that very host; nothing else, whoever asks for it, so that neither a typed address nor a
 * redirect reads a file or a device of the center's network.
 */
export type AddressRules = {
  /** Host for which staff confirmed plain http, or null. */
  readonly plainHttpHost: string | null
}

export function parseAddress(
  address: string,
  base: URL | null,
  rules: AddressRules,
): Result<URL, FeedProblem> {
  let url: URL
  try {
    url = new URL(address.trim().replace(/^webcals?:\/\//i, 'https://'), base ?? undefined)
  } catch {
    return refused('This is not a complete web address. It must start with https://.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused(
      base === null
        ? 'Only addresses that start with https:// can be fetched.'
        : 'The site redirects to something that is not a web address. Ask its webmaster for the right one.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    return refused('The address contains a user name or password. Use the public address of the feed.')
  }
  if (url.hostname === '') return refused('The address names no site.')
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname) && url.host !== rules.plainHttpHost) {
    return refused(
      base === null
        ? 'The address is not secure (http). Use https://, or have an administrator confirm it.'
        : 'The site redirects to an address that is not secure (http). Ask its webmaster for the https address.',
    )
  }
  if (isGooglePage(url)) {
    return refused(
      'This is the page of a Google calendar, not the calendar itself. In its settings copy the address in iCal format, which ends in /basic.ics.',
    )
  }
  url.hash = ''
  return ok(url)
}

function refused(detail: string): Result<never, FeedProblem> {
  return err('address_not_allowed', detail)
}

function isGooglePage(url: URL): boolean {
  const calendar =
    url.hostname === 'calendar.google.com' ||
    (/^(?:www\.)?google\.com$/.test(url.hostname) && url.pathname.startsWith('/calendar'))
  return calendar && !/\/ical\/.+\.ics$/i.test(url.pathname)
}

/** Names and numbers that can only mean this machine. */
export function isLoopbackName(hostname: string): boolean {
  const host = bareHost(hostname)
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(?:\.\d{1,3}){3}$/.test(host) ||
    host === '::1'
  )
}

/** A host name of a URL without the brackets of an IPv6 number and the dot of a full name. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

const inside = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  // Also ::a.b.c.d, the oldest way to write an IPv4 number.
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // Teredo: reaches an IPv4 number behind a relay.
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, prefix, 'ipv6')
}

/** True for numbers of this machine and of private, link-local and special networks (RFC 6890). */
export function isInsideAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  if (family === 4) return inside.check(address, 'ipv4')
  const embedded = embeddedIpv4(address)
  return embedded === null ? inside.check(address, 'ipv6') : inside.check(embedded, 'ipv4')
}

/** `::ffff:127.0.0.1`, `::ffff:7f00:1` and the same behind 64:ff9b:: or in 2002:: reach an IPv4 number. */
function embeddedIpv4(address: string): string | null {
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1)
  const match =
    /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ??
    /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/.exec(canonical)
  if (match === null) return null
  const [high, low] = [Number.parseInt(match[1] ?? '0', 16), Number.parseInt(match[2] ?? '0', 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}
