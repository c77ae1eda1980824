import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { decodeText } from './decode.ts'
import { whatItIs } from './foreign.ts'
import { mendSplitCharacters } from './ical-bytes.ts'
import { startsAsCalendar } from './ical-lines.ts'
import { icalReader } from './ical.ts'
import { meetingGuideReader } from './meeting-guide.ts'
import type { FeedReading, FeedText, Reader, ReaderSettings } from './reader.ts'

/** Every format that can be read, asked in this order. A new format is one more entry. */
const readers: readonly Reader[] = [icalReader, meetingGuideReader]

/** Most bytes of a feed, from a file; an address allows less (feeds.md 6.1). */
const maxFeedBytes = 256 * 1024 * 1024

const headLength = 4096

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
  const decoded = decodeText(looksLikeCalendar(bytes) ? mendSplitCharacters(bytes) : bytes)
  if (!decoded.ok) return decoded
  const { text, warning } = decoded.value
  const head = text.slice(0, headLength)
  if (head.trim() === '' && text.trim() === '') {
    return err('empty', 'The file is empty. Check the address with the office that publishes it.')
  }
  const reader = readers.find((candidate) => candidate.recognizes(head))
  if (reader === undefined) return whatItIs(text, head)
  const reading = reader.read(whole(text, head), settings)
  if (!reading.ok || warning === null) return reading
  return ok({ ...reading.value, warnings: [{ where: 'feed', reason: warning }, ...reading.value.warnings] })
}

function whole(text: string, head: string): FeedText {
  const bytes = new TextEncoder().encode(text)
  return {
    head,
    bytes,
    encoding: 'utf-8',
    text: (from, to) =>
      from === undefined ? text : new TextDecoder().decode(bytes.subarray(from, to ?? bytes.length)),
  }
}

/** A calendar is mended before it is decoded: its folds may cut a character in two. */
function looksLikeCalendar(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, headLength))
  return startsAsCalendar(head.replace(/^\u00ef\u00bb\u00bf/, ''))
}
