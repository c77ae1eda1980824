import type { Attendance } from '../../contract/models.ts'
import { videoHosts } from './directory.ts'
import { decoded, plainLine } from './text.ts'

export type Link = { readonly url: string; readonly provider: string }

/**
 * A link to join by, only with http or https: `javascript:`, `file:` and a mere word are null (SEC-10).
 * The text is parsed, never opened.
 */
export function readLink(value: string): Link | null {
  if (value.length > maxLink) return null
  const text = plainLine(decoded(value))
  if (!/^https?:\/\//i.test(text)) return null
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  // `https://zoom.us@elsewhere.example` leads elsewhere; no room of a meeting has such a name in its link.
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  const known = videoHosts.find(({ endsWith }) => host === endsWith || host.endsWith(`.${endsWith}`))
  return { url: url.href, provider: known?.name ?? 'website' }
}

/** Longer than any link or number to join by; a code of pictures could not hold it either. */
const maxLink = 2000
const maxPhone = 80

/**
 * A number to dial: digits, comma, plus, star and hash; null with fewer than ten digits (`+11` occurs). Of several
 * numbers the first; an extension is dialled after a pause.
 */
export function readPhone(value: string): string | null {
  if (value.length > maxPhone * 5) return null
  const numbers = value.split(/\bor\b|[;/|\n]/i).map(dialled)
  return numbers.find((number) => number.replace(/\D/g, '').length >= 10 && number.length <= maxPhone) ?? null
}

function dialled(text: string): string {
  return text.replace(/\b(?:ext|extension|x)\b\.?\s*(?=\d)|\bx(?=\d)/gi, ',').replace(/[^\d+,*#]/g, '')
}

/** Where a meeting takes place, by feeds.md 2.7: computed, whatever the feed says of itself. */
export function attendanceOf(facts: {
  readonly online: boolean
  readonly exactPlace: boolean
  readonly siteClosed: boolean
}): Attendance | 'inactive' {
  const inPerson = facts.exactPlace && !facts.siteClosed
  if (inPerson) return facts.online ? 'hybrid' : 'in_person'
  return facts.online ? 'online' : 'inactive'
}
