import { decodeHTMLStrict } from 'entities'

/*
 * Imported text is hostile (SEC-10) and is only ever shown as text. Everything here runs in time linear to
 * the text: no pattern may look past the next `<`, or a note of a million `<a` would stop the import.
 */

/** Printable ASCII without `&` and `<`: nothing to decode, strip or normalise. Most fields are so. */
const plain = /^[\x20-\x25\x27-\x3b\x3d-\x7e]*$/
/** Controls (but tab and line end), direction overrides and marks, zero-width blanks, byte-order marks. */
const unwanted = /[[\p{Cc}--[\t\n]]\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gv

/** Plain text with its line breaks, by feeds.md 6.4. Empty when nothing is left. */
export function plainText(value: string): string {
  if (plain.test(value)) return collapse(value)
  const text = withoutTagsInTags(decoded(value)).toWellFormed().normalize('NFC')
  return collapse(
    text
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(unwanted, '')
      .replace(/[\t\p{Zs}]/gu, ' '),
  )
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same on one line, for names and places. */
export function plainLine(value: string): string {
  const text = plainText(value)
  return text.includes('\n') ? text.replace(/\n+/g, ' ') : text
}

/** Decodes HTML entities until nothing changes, at most three times: feeds encode twice. */
export function decoded(value: string): string {
  let text = value
  for (let round = 0; round < 3 && text.includes('&'); round += 1) {
    // Strict: `?a=1&copy=2` is a link, not a copyright sign.
    const next = decodeHTMLStrict(text)
    if (next === text) break
    text = next
  }
  return text
}

/** A value of the feed as a short quotation in a message for staff. */
export function quoted(value: unknown): string {
  const text = plainLine(typeof value === 'string' ? value.slice(0, 200) : (JSON.stringify(value) ?? ''))
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}

function collapse(text: string): string {
  return (text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text).trim()
}

const tagPattern = /<(\/?)([a-z][a-z0-9-]*)([^<>]*)>/iy
const declarationPattern = /<[!?][^<>]*>/y
const hrefPattern = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i
const breakAfter = new Set(['p', 'li', 'div', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const withoutContent = new Set(['script', 'style'])

/** Taking a tag out can make another of what stood around it: `<<b>script>`. */
function withoutTagsInTags(html: string): string {
  let text = html
  for (let round = 0; round < 4; round += 1) {
    const next = withoutTags(text)
    if (next === text) return text
    text = next
  }
  // Somebody nests them on purpose: what is left of it means nothing.
  return text.replaceAll('<', ' ')
}

function withoutTags(html: string): string {
  if (!html.includes('<')) return html
  let out = ''
  let at = 0
  let link: { readonly href: string; readonly from: number } | null = null
  for (;;) {
    const open = html.indexOf('<', at)
    if (open < 0) return out + html.slice(at)
    out += html.slice(at, open)
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4)
      if (end < 0) return out
      at = end + 3
      continue
    }
    declarationPattern.lastIndex = open
    if (declarationPattern.test(html)) {
      at = declarationPattern.lastIndex
      continue
    }
    tagPattern.lastIndex = open
    const tag = tagPattern.exec(html)
    if (tag === null) {
      // A lone `<` as in "age < 30" is text.
      out += '<'
      at = open + 1
      continue
    }
    at = tagPattern.lastIndex
    const name = (tag[2] ?? '').toLowerCase()
    const closing = tag[1] === '/'
    if (name === 'br' || (closing && breakAfter.has(name))) out += '\n'
    else if (!closing && withoutContent.has(name)) {
      const end = html.slice(at).search(name === 'script' ? /<\/script/i : /<\/style/i)
      if (end < 0) return out
      at += end
    } else if (name === 'a' && !closing) {
      const match = hrefPattern.exec(tag[3] ?? '')
      const href = (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim()
      link = { href, from: out.length }
    } else if (name === 'a' && link !== null) {
      if (/^https?:/i.test(link.href) && bare(out.slice(link.from)) !== bare(link.href)) {
        out += ` (${link.href})`
      }
      link = null
    }
  }
}

function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/$/, '')
}
