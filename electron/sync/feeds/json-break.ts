export type JsonBreak = {
  /** The text ends too early; goes on after the end; or holds something that cannot stand there. */
  readonly kind: 'cut-off' | 'extra' | 'wrong'
  readonly at: number
}

/**
 * Finds where a text that `JSON.parse` refuses breaks. The engine itself only sometimes says it. One pass
 * without recursion: a hostile feed opens a hundred thousand brackets.
 */
export function findJsonBreak(text: string): JsonBreak {
  const end = text.trimEnd().length
  const cutOff: JsonBreak = { kind: 'cut-off', at: end }
  const open: ('[' | '{')[] = []
  let next: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing' = 'value'
  let at = 0
  for (;;) {
    while (at < end && blanks.has(text[at] ?? '')) at += 1
    if (at >= end) return cutOff
    const sign = text[at] ?? ''
    const wrong: JsonBreak = { kind: 'wrong', at }
    const inside = open.at(-1)
    if (next === 'nothing') return { kind: 'extra', at }
    if (next === 'colon') {
      if (sign !== ':') return wrong
      next = 'value'
      at += 1
    } else if (next === 'comma-or-end' && sign === ',') {
      next = inside === '{' ? 'key' : 'value'
      at += 1
    } else if (sign === ']' || sign === '}') {
      const ends = next === 'comma-or-end' || next === (sign === ']' ? 'value-or-end' : 'key-or-end')
      if (!ends || inside !== (sign === ']' ? '[' : '{')) return wrong
      open.pop()
      next = open.length === 0 ? 'nothing' : 'comma-or-end'
      at += 1
    } else if (next === 'key' || next === 'key-or-end') {
      if (sign !== '"') return wrong
      const after = stringEnd(text, at, end)
      if (typeof after !== 'number') return after
      next = 'colon'
      at = after
    } else if (next === 'comma-or-end') {
      return wrong
    } else if (sign === '[' || sign === '{') {
      open.push(sign)
      next = sign === '[' ? 'value-or-end' : 'key-or-end'
      at += 1
    } else {
      const after = sign === '"' ? stringEnd(text, at, end) : scalarEnd(text, at, end)
      if (typeof after !== 'number') return after
      next = open.length === 0 ? 'nothing' : 'comma-or-end'
      at = after
    }
  }
}

const blanks = new Set([' ', '\t', '\n', '\r'])
const escapes = new Set('"\\/bfnrtu')
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y

function stringEnd(text: string, start: number, end: number): number | JsonBreak {
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code < 0x20) return { kind: 'wrong', at }
    if (code !== 0x5c) continue
    const escape = text[at + 1]
    if (escape === undefined) break
    if (!escapes.has(escape)) return { kind: 'wrong', at }
    if (escape === 'u' && !/^[0-9a-f]{4}$/i.test(text.slice(at + 2, at + 6))) {
      return at + 6 > end ? { kind: 'cut-off', at: end } : { kind: 'wrong', at }
    }
    at += 1
  }
  return { kind: 'cut-off', at: end }
}

function scalarEnd(text: string, start: number, end: number): number | JsonBreak {
  scalar.lastIndex = start
  if (scalar.test(text)) {
    const after = scalar.lastIndex
    const isCut = end - after <= 2 && /^(?:\.|[eE][-+]?)$/.test(text.slice(after, end))
    return isCut ? { kind: 'cut-off', at: end } : after
  }
  const rest = text.slice(start, Math.min(end, start + 5))
  const isCut = start + rest.length === end && ['true', 'false', 'null'].some((word) => word.startsWith(rest))
  return isCut || (rest === '-' && start + 1 === end)
    ? { kind: 'cut-off', at: end }
    : { kind: 'wrong', at: start }
}
