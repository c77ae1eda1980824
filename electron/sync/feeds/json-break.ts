export type JsonBreak = {
  /** The text ends too early; goes on after the end; or holds something that cannot stand there. */
  readonly kind: 'cut-off' | 'extra' | 'wrong'
  /** Number of the byte, from 0. */
  readonly at: number
}

const [value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing] = [0, 1, 2, 3, 4, 5, 6]

/**
 * Finds where a text that `JSON.parse` would refuse breaks, null when it is right throughout. One pass over the
 * bytes, without recursion and without a text of all of it: a hostile feed opens a million brackets. What JSON
 * is made of is ASCII in UTF-8 and in Windows-1252 alike.
 */
export function findJsonBreak(bytes: Uint8Array): JsonBreak | null {
  const end = contentEnd(bytes)
  let open = new Uint8Array(64)
  let depth = 0
  let next = value
  let at = 0
  for (;;) {
    let sign = bytes[at]
    while (sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09) sign = bytes[(at += 1)]
    if (sign === undefined) return next === nothing ? null : { kind: 'cut-off', at: end }
    if (next === nothing) return { kind: 'extra', at }
    if (next === colon) {
      if (sign !== 0x3a) return { kind: 'wrong', at }
      next = value
      at += 1
    } else if (next === commaOrEnd && sign === 0x2c) {
      next = open[depth - 1] === 0x7b ? key : value
      at += 1
    } else if (sign === 0x5d || sign === 0x7d) {
      const ends = next === commaOrEnd || next === (sign === 0x5d ? valueOrEnd : keyOrEnd)
      // Each bracket closes the one two places before it in ASCII.
      if (!ends || depth === 0 || open[depth - 1] !== sign - 2) return { kind: 'wrong', at }
      depth -= 1
      next = depth === 0 ? nothing : commaOrEnd
      at += 1
    } else if (next === commaOrEnd) {
      return { kind: 'wrong', at }
    } else if (sign !== 0x22 && (next === key || next === keyOrEnd)) {
      return { kind: 'wrong', at }
    } else if (sign === 0x5b || sign === 0x7b) {
      if (depth === open.length) open = grown(open)
      open[depth] = sign
      depth += 1
      next = sign === 0x5b ? valueOrEnd : keyOrEnd
      at += 1
    } else {
      const after = sign === 0x22 ? stringEnd(bytes, at, end) : scalarEnd(bytes, at, end)
      if (after < 0)
        return after === cutOff ? { kind: 'cut-off', at: end } : { kind: 'wrong', at: wrongAt(after) }
      next = next === key || next === keyOrEnd ? colon : depth === 0 ? nothing : commaOrEnd
      at = after
    }
  }
}

function contentEnd(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && isBlank(bytes[end - 1])) end -= 1
  return end
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function grown(full: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(full.length * 2)
  larger.set(full)
  return larger
}

/* Where a string or scalar ends is a number of a byte; a break in it is a negative one, so that nothing is
   allocated for each value of a large feed. */

const cutOff = -1
const wrong = (at: number): number => -2 - at
const wrongAt = (answer: number): number => -2 - answer

function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === 0x22) return at + 1
    if (byte < 0x20) return wrong(at)
    if (byte !== 0x5c) continue
    if (at + 1 >= end) break
    const escape = String.fromCharCode(bytes[at + 1] ?? 0)
    if (!'"\\/bfnrtu'.includes(escape)) return wrong(at)
    at += 1
    if (escape !== 'u') continue
    for (let digit = 1; digit <= 4; digit += 1) {
      if (at + digit >= end) return cutOff
      if (!isHexDigit(bytes[at + digit])) return wrong(at - 1)
    }
    at += 4
  }
  return cutOff
}

function isHexDigit(byte = 0): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39
}

const words = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word))

function scalarEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  if (first === 0x2d || isDigit(first)) return numberEnd(bytes, start, end)
  for (const word of words) {
    let same = 0
    while (same < word.length && start + same < end && bytes[start + same] === word[same]) same += 1
    if (same === word.length) return start + same
    if (same > 0 && start + same === end) return cutOff
  }
  return wrong(start)
}

function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start
  if (at >= end) return cutOff
  if (!isDigit(bytes[at])) return wrong(start)
  at = bytes[at] === 0x30 ? at + 1 : digitsEnd(bytes, at, end)
  if (bytes[at] === 0x2e && at < end) {
    if (at + 1 >= end) return cutOff
    if (!isDigit(bytes[at + 1])) return at
    at = digitsEnd(bytes, at + 1, end)
  }
  if ((bytes[at] === 0x65 || bytes[at] === 0x45) && at < end) {
    const sign = bytes[at + 1]
    const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1
    if (digits >= end) return cutOff
    if (isDigit(bytes[digits])) at = digitsEnd(bytes, digits, end)
  }
  return at
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isDigit(bytes[at])) at += 1
  return at
}
