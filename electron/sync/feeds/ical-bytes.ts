/**
 * Calendars are folded after 75 bytes, and some programs cut through the middle of a character. Once such
 * bytes are decoded both halves are lost, so the fold is taken out before: a line end, one blank, then a
 * byte that can only continue a UTF-8 character.
 */
export function mendSplitCharacters(bytes: Uint8Array): Uint8Array {
  const mended = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const skip = foldLength(bytes, at)
    if (skip > 0 && isContinuation(bytes[at + skip])) {
      at += skip
      continue
    }
    mended[length] = bytes[at] ?? 0
    length += 1
    at += 1
  }
  return length === bytes.length ? bytes : mended.subarray(0, length)
}

function foldLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first !== 13 && first !== 10) return 0
  const end = first === 13 && bytes[at + 1] === 10 ? at + 2 : at + 1
  return bytes[end] === 32 || bytes[end] === 9 ? end + 1 - at : 0
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0
}
