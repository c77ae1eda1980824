import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { bmltReader } from './bmlt.ts'
import { feedText, openText } from './feed-text.ts'
import { whatItIs } from './foreign.ts'
import { mendSplitCharacters } from './ical-bytes.ts'
import { startsAsCalendar } from './ical-lines.ts'
import { icalReader } from './ical.ts'
import { meetingGuideReader } from './meeting-guide.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings } from './reader.ts'
import { withMidnight } from './midnight.ts'
import { nawsReader } from './naws.ts'
import { tableReader } from './table.ts'
import { workbookReader } from './xlsx.ts'

/**
 * Every format that can be read, asked in this order: those with an unmistakable mark first (a workbook, a
 * calendar, a BMLT answer, a NAWS export), then JSON of any kind, at last any other table (feeds.md 6.2).
 * A new format is one more entry.
 */
const readers: readonly Reader[] = [
  workbookReader,
  icalReader,
  bmltReader,
  nawsReader,
  meetingGuideReader,
  tableReader,
]

/** Most bytes of a feed, from a file; an address allows less (feeds.md 6.1). */
const maxFeedBytes = 256 * 1024 * 1024

/**
 * Reads a feed from its bytes, by its content and never by its name. The error's `detail` is a sentence for
 * staff that says what is wrong and what to do next. A reading with `problem` was refused as a whole.
 * Never throws for what a feed holds.
 */
export function readFeed(bytes: Uint8Array, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  if (bytes.length > maxFeedBytes) {
    return err(
      'too_large',
      `The file is larger than ${maxFeedBytes / 1024 / 1024} MiB. Ask for the list of one area only.`,
    )
  }
  const opened = openText(looksLikeCalendar(bytes) ? mendSplitCharacters(bytes) : bytes)
  if (!opened.ok) return opened
  const { source, warning } = opened.value
  if (source.head.trim() === '' && source.text().trim() === '') {
    return err('empty', 'The file is empty. Check the address with the office that publishes it.')
  }
  const reading = readWith(source, settings)
  if (!reading.ok) return reading
  const read = withMidnight(reading.value, settings)
  if (warning === null) return ok(read)
  return ok({ ...read, warnings: [{ where: 'feed', reason: warning }, ...read.warnings] })
}

function readWith(source: FeedText, settings: ReaderSettings): Result<FeedReading, FeedProblem> {
  const reader = readers.find((candidate) => candidate.recognizes(source.head))
  if (reader !== undefined) return reader.read(source, settings)
  const inside = withoutCall(source)
  const bmlt =
    inside && readers.find(({ format, recognizes }) => format === 'bmlt' && recognizes(inside.head))
  return inside && bmlt ? bmlt.read(inside, settings) : whatItIs(source)
}

const callStart = /^\s*(?:\/\*\*\/)?\s*[\w$.]+\s*\(\s*(?=[[{])/
const callEnd = /\)\s*;?\s*$/

/** What stands inside of `/**\/name( ... );`: BMLT servers also answer so, for web pages (feeds.md 6.2). */
function withoutCall(source: FeedText): FeedText | null {
  const start = callStart.exec(source.head)
  if (start === null) return null
  const { bytes, encoding } = source
  const tail = Math.max(0, bytes.length - 200)
  // Both ends are ASCII, so characters are bytes.
  const end = callEnd.exec(new TextDecoder('latin1').decode(bytes.subarray(tail)))
  if (end === null) return null
  return feedText(bytes.subarray(start[0].length, tail + end.index), encoding)
}

/** A calendar is mended before it is decoded: its folds may cut a character in two. */
function looksLikeCalendar(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  return startsAsCalendar(head.replace(/^\u00ef\u00bb\u00bf/, ''))
}
