import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'

export type DecodedText = {
  /** Without byte-order mark. */
  readonly text: string
  /** What had to be assumed, for staff; null when the file is plain UTF-8. */
  readonly warning: string | null
}

/** Bytes of a feed as text: UTF-8, UTF-16 with a mark, or Windows-1252 with a warning (feeds.md 2.11). */
export function decodeText(bytes: Uint8Array): Result<DecodedText, FeedProblem> {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return decodeUtf16(bytes, 'utf-16le')
  if (a === 0xfe && b === 0xff) return decodeUtf16(bytes, 'utf-16be')
  const packed = packedAs(bytes)
  if (packed !== null) {
    return err(
      'wrong_encoding',
      `This is ${packed}, not a list of meetings. Unpack or export it as text first.`,
    )
  }
  // The first character of JSON, CSV and iCalendar is ASCII: a zero beside it is UTF-16 without its mark.
  if (a !== 0 && b === 0 && c !== 0) return decodeUtf16(bytes, 'utf-16le')
  if (a === 0 && b !== 0) return decodeUtf16(bytes, 'utf-16be')
  if (hasControls(bytes)) {
    return err(
      'wrong_encoding',
      'This is not a text file. Choose the JSON or calendar file that the office publishes.',
    )
  }
  try {
    return ok({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), warning: null })
  } catch {
    return ok({
      text: new TextDecoder('windows-1252').decode(bytes),
      warning:
        'encoding: The file is not valid UTF-8; it was read as Windows-1252. Check names with accents.',
    })
  }
}

function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): Result<DecodedText, FeedProblem> {
  try {
    return ok({
      text: new TextDecoder(label, { fatal: true }).decode(bytes),
      warning: 'encoding: The file is UTF-16 instead of UTF-8; it was read all the same.',
    })
  } catch {
    return err('wrong_encoding', 'The file says that it is UTF-16 text, but it is damaged. Fetch it again.')
  }
}

function packedAs(bytes: Uint8Array): string | null {
  const starts = (...mark: readonly number[]): boolean => mark.every((byte, index) => bytes[index] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'a ZIP archive or an Excel workbook'
  if (starts(0x1f, 0x8b)) return 'a compressed (gzip) file'
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'a PDF document'
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff)) return 'a picture'
  return starts(0xd0, 0xcf, 0x11, 0xe0) ? 'an old Excel or Word document' : null
}

/** Zero and most other control bytes do not occur in text of any encoding that feeds use. */
function hasControls(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096)
  return head.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b))
}
