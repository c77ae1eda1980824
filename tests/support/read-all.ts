import type { FeedProblem } from '../../electron/contract/models.ts'
import { ok, type Result } from '../../electron/contract/result.ts'
import { openText } from '../../electron/sync/feeds/feed-text.ts'
import type { FeedReading, FeedText, ReaderSettings, ReadMeeting } from '../../electron/sync/feeds/reader.ts'
import { readFeed } from '../../electron/sync/feeds/readers.ts'

/** A reading whose meetings have been walked once. */
export type WholeReading = FeedReading & { readonly meetings: readonly ReadMeeting[] }

export function wholeOf(reading: FeedReading): WholeReading {
  return { ...reading, meetings: [...reading.meetings] }
}

/** Reads bytes, or a text as UTF-8, through all readers. */
export function readAll(
  content: Uint8Array | string,
  settings: ReaderSettings,
): Result<WholeReading, FeedProblem> {
  const reading = readFeed(typeof content === 'string' ? Buffer.from(content) : content, settings)
  return reading.ok ? ok(wholeOf(reading.value)) : reading
}

/** What a reader gets, for tests of one reader alone. */
export function sourceOf(content: Uint8Array | string): FeedText {
  const opened = openText(typeof content === 'string' ? Buffer.from(content) : content)
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail ?? ''}`)
  return opened.value.source
}
