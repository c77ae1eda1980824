import { isUtf8 } from 'node:buffer'
import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { FeedText } from './reader.ts'

export type OpenedText = {
  readonly source: FeedText
  /** What had to be assumed, for staff; null when the file is plain UTF-8 or a workbook. */
  readonly warning: string | null
}

const headLength = 4096

/**
 * The content of a feed, without ever making one text of all of it: UTF-8, UTF-16 (made UTF-8), a ZIP archive
 * such as a workbook (`binary`), or Windows-1252 with a warning (feeds.md 2.11). `detail` is for staff.
 */
export function openText(bytes: Uint8Array): Result<OpenedText, FeedProblem> {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return fromUtf16(bytes.subarray(2), 'utf-16le')
  if (a === 0xfe && b === 0xff) return fromUtf16(bytes.subarray(2), 'utf-16be')
  if (isArchive(bytes)) return ok({ source: feedText(bytes, 'binary'), warning: null })
  const packed = packedAs(bytes)
  if (packed !== null) {
    return err(
      'wrong_encoding',
      `This is ${packed}, not a list of meetings. Unpack or export it as text first.`,
    )
  }
  // The first character of JSON, CSV and iCalendar is ASCII: a zero beside it is UTF-16 without its mark.
  if (a !== 0 && b === 0 && c !== 0) return fromUtf16(bytes, 'utf-16le')
  if (a === 0 && b !== 0) return fromUtf16(bytes, 'utf-16be')
  if (hasControls(bytes)) {
    return err(
      'wrong_encoding',
      'This is not a text file. Choose the JSON or calendar file that the office publishes.',
    )
  }
  if (isUtf8(bytes)) return ok({ source: feedText(withoutMark(bytes), 'utf-8'), warning: null })
  return ok({
    source: feedText(bytes, 'windows-1252'),
    warning: 'encoding: The file is not valid UTF-8; it was read as Windows-1252. Check names with accents.',
  })
}

/** The bytes of a text that is already known to be one, with its head. */
export function feedText(bytes: Uint8Array, encoding: FeedText['encoding']): FeedText {
  const label = encoding === 'utf-8' ? 'utf-8' : 'windows-1252'
  // A mark inside the text is a character of it, whatever piece it starts.
  const text = (from = 0, to = bytes.length): string =>
    new TextDecoder(label, { ignoreBOM: true }).decode(bytes.subarray(from, to))
  // A character has at most four bytes; one that is cut off at the end is left out.
  const head = new TextDecoder(label, { ignoreBOM: true })
    .decode(bytes.subarray(0, headLength * 4), { stream: true })
    .slice(0, headLength)
  return { head, bytes, encoding, text }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

/** Bytes of UTF-16 that are made UTF-8 at once. */
const pieceBytes = 1024 * 1024

function fromUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): Result<OpenedText, FeedProblem> {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  const encoder = new TextEncoder()
  const pieces: Uint8Array[] = []
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes)
      pieces.push(encoder.encode(decoder.decode(piece, { stream: true })))
    }
    decoder.decode()
  } catch {
    return err('wrong_encoding', 'The file says that it is UTF-16 text, but it is damaged. Fetch it again.')
  }
  return ok({
    source: feedText(withoutMark(Buffer.concat(pieces)), 'utf-8'),
    warning: 'encoding: The file is UTF-16 instead of UTF-8; it was read all the same.',
  })
}

function isArchive(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)
}

function packedAs(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0x1f, 0x8b)) return 'a compressed (gzip) file'
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'a PDF document'
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff)) return 'a picture'
  return startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) ? 'an old Excel or Word document' : null
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}

/** Zero and most other control bytes do not occur in text of any encoding that feeds use. */
function hasControls(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096)
  return head.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b))
}
