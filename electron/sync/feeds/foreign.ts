import type { FeedProblem } from '../../contract/models.ts'
import { err, type Result } from '../../contract/result.ts'
import { delimiters } from './csv.ts'
import type { FeedText } from './reader.ts'
import { decoded, plainLine } from './text.ts'

/** Says what a text is that no reader takes, and what to do about it (feeds.md 6.1, 6.2). */
export function whatItIs(source: FeedText): Result<never, FeedProblem> {
  const { head } = source
  if (source.encoding === 'binary') {
    return err(
      'wrong_encoding',
      'This is a ZIP archive or an Excel workbook that cannot be read here. Unpack or export it as text first.',
    )
  }
  const start = head.trimStart()
  if (/^<\?xml/i.test(start) && !/<html|<!doctype html/i.test(head)) {
    return err(
      'wrong_format',
      'This is XML (perhaps a news feed), not a list of meetings. Ask for the Meeting Guide feed.',
    )
  }
  if (start.startsWith('<')) return err('html', webPage(source.text(0, 500_000)))
  if (/^BEGIN:VCALENDAR/i.test(start)) {
    return err(
      'wrong_format',
      'This begins like a calendar, but its first line goes on after BEGIN:VCALENDAR. Fetch it again.',
    )
  }
  if (/^(?:\/\*\*\/)?\s*[\w$.]+\s*\(\s*[[{]/.test(start)) {
    return err(
      'wrong_format',
      'This is JSONP, made for a web page. Use the same address with "json" instead of "jsonp".',
    )
  }
  const firstLine = start.split(/[\r\n]/, 1)[0] ?? ''
  if (delimiters.some((delimiter) => firstLine.split(delimiter).length >= 4)) {
    return err(
      'wrong_format',
      'This is a table, but its first row is not a header with columns such as Name, Day and Time. Put those names into the first row.',
    )
  }
  return err(
    'wrong_format',
    'This is text of no kind that can be read here. Choose a Meeting Guide feed (JSON), an answer of a BMLT server, a calendar (iCalendar), or a table (CSV, XLSX) whose first row names columns such as Name, Day and Time.',
  )
}

const linkPattern = /<link\b([^<>]{0,2000})>/gi

/** Offices name their feed in the head of their site: `<link rel="alternate" type="application/json" href=...>`. */
function webPage(text: string): string {
  const page =
    'This is a web page, not a calendar and not a list of meetings: the address leads to a page for people or to a sign-in page.'
  for (const [, attributes = ''] of text.matchAll(linkPattern)) {
    if (!/\brel\s*=\s*["']?[^"'>]*\balternate\b/i.test(attributes)) continue
    if (!/\btype\s*=\s*["']?application\/json\b/i.test(attributes)) continue
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes)
    const address = plainLine(decoded(href?.[1] ?? href?.[2] ?? href?.[3] ?? '')).slice(0, 500)
    if (address !== '') return `${page} Its own feed is named in it: ${address} - use that address.`
  }
  return `${page} Ask the office for the address of its feed.`
}
