/**
 * Where the values of a JSON text stand in its bytes. For texts that were checked to be right throughout
 * (`json-break.ts`): nothing is checked here again, and no value is made.
 */
export type JsonSpan = {
  readonly from: number
  readonly to: number
  /** How deep its brackets nest; 0 for a string, a number and the like. */
  readonly depth: number
}

/** The elements of the array that starts at `from`, one after the other. */
export function* elementSpans(bytes: Uint8Array, from: number): Generator<JsonSpan> {
  let at = skipBlanks(bytes, from + 1)
  while (at < bytes.length && bytes[at] !== 0x5d) {
    const span = spanAt(bytes, at)
    yield span
    at = skipBlanks(bytes, span.to)
    if (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1)
  }
}

/** The members of the object that starts at `from`: key and value. */
export function* memberSpans(
  bytes: Uint8Array,
  from: number,
): Generator<{ readonly key: JsonSpan; readonly value: JsonSpan }> {
  let at = skipBlanks(bytes, from + 1)
  while (at < bytes.length && bytes[at] !== 0x7d) {
    const key = spanAt(bytes, at)
    const colon = skipBlanks(bytes, key.to)
    const value = spanAt(bytes, skipBlanks(bytes, colon + 1))
    yield { key, value }
    at = skipBlanks(bytes, value.to)
    if (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1)
  }
}

export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at += 1
  }
}

function spanAt(bytes: Uint8Array, from: number): JsonSpan {
  let depth = 0
  let deepest = 0
  let at = from
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === 0x22) {
      at = closingQuote(bytes, at)
      if (depth === 0) return { from, to: at + 1, depth: 0 }
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (byte === 0x5d || byte === 0x7d) {
      // The bracket belongs to what is around a number or a word.
      if (depth === 0) return { from, to: at, depth: 0 }
      depth -= 1
      if (depth === 0) return { from, to: at + 1, depth: deepest }
    } else if (
      depth === 0 &&
      (byte === 0x2c || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
    ) {
      return { from, to: at, depth: 0 }
    }
  }
  return { from, to: at, depth: deepest }
}

function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from + 1
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1
  return at
}
