import type { Attendance } from '../../contract/models.ts'
import { videoHosts } from './directory.ts'
import { decoded, plainLine } from './text.ts'

export type Link = { readonly url: string; readonly provider: string }

/**
 * A link to join by, only with http or https: `javascript:`, `file:` and a mere word are null (SEC-10).
 * The text is parsed, never opened.
 */
export function readLink(value: string): Link | null {
  const text = plainLine(decoded(value))
  if (!/^https?:\/\//i.test(text)) return null
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (url.hostname === '') return null
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  const known = videoHosts.find(({ endsWith }) => host === endsWith || host.endsWith(`.${endsWith}`))
  return { url: url.href, provider: known?.name ?? 'website' }
}

/** A number to dial: digits, comma, plus, star and hash; null with fewer than ten digits (`+11` occurs). */
export function readPhone(value: string): string | null {
  const phone = value.replace(/[^\d+,*#]/g, '')
  return phone.replace(/\D/g, '').length < 10 ? null : phone
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
