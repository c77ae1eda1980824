import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { type JsonBreak, findJsonBreak } from './json-break.ts'
import { elementSpans, type JsonSpan, memberSpans, skipBlanks } from './json-spans.ts'
import type { FeedText } from './reader.ts'

/** A JSON text that is right throughout. Its values are made when they are asked for, one at a time. */
export type JsonDocument =
  | { readonly form: 'list'; readonly list: JsonList }
  /** Of a key that occurs twice the last one counts, as for `JSON.parse`. */
  | { readonly form: 'object'; readonly members: ReadonlyMap<string, JsonMember> }
  | { readonly form: 'single' }

/** Each walk reads the elements from the bytes again; none of them is kept. */
export type JsonList = Iterable<JsonElement> & { count(): number }

export type JsonMember = {
  /** Null unless the value is an array. */
  readonly list: JsonList | null
  read(): JsonElement
}

/** A value, or why it was not made: no meeting is so large, and no list needs it. */
export type JsonElement =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string; readonly isObject: boolean }

/** A value takes up to some sixty times its text in memory: this bounds it. */
const maxElementBytes = 1024 * 1024
/** A row of any format nests four deep. What is done with a value may go down its levels by recursion. */
const maxDepth = 64
/** Keys beside the list: wrappers have three. */
const maxMembers = 1000
const maxKeyBytes = 1000

/**
 * Opens a JSON text without parsing it as a whole, so that a feed of hundreds of megabytes needs little more
 * memory than its bytes. `detail` says where the text breaks, never what stands there. Nothing is repaired
 * (feeds.md 2.11).
 */
export function openJson(source: FeedText): Result<JsonDocument, FeedProblem> {
  const broken = findJsonBreak(source.bytes)
  if (broken !== null) return err('not_json', sentenceOf(broken, source))
  const from = skipBlanks(source.bytes, 0)
  const first = source.bytes[from]
  if (first === 0x5b) return ok({ form: 'list', list: listAt(source, from) })
  if (first !== 0x7b) return ok({ form: 'single' })
  const members = membersAt(source, from)
  if (members !== null) return ok({ form: 'object', members })
  return err(
    'wrong_format',
    `The file is one object with more than ${maxMembers} keys, not a list of meetings.`,
  )
}

function listAt(source: FeedText, from: number): JsonList {
  return {
    *[Symbol.iterator]() {
      for (const span of elementSpans(source.bytes, from)) yield readSpan(source, span)
    },
    count() {
      const spans = elementSpans(source.bytes, from)
      let count = 0
      while (spans.next().done !== true) count += 1
      return count
    },
  }
}

function membersAt(source: FeedText, from: number): ReadonlyMap<string, JsonMember> | null {
  const members = new Map<string, JsonMember>()
  let count = 0
  for (const { key, value } of memberSpans(source.bytes, from)) {
    count += 1
    if (count > maxMembers) return null
    if (key.to - key.from > maxKeyBytes) continue
    const name = String(JSON.parse(source.text(key.from, key.to)))
    const list = source.bytes[value.from] === 0x5b ? listAt(source, value.from) : null
    members.set(name, { list, read: () => readSpan(source, value) })
  }
  return members
}

function readSpan(source: FeedText, { from, to, depth }: JsonSpan): JsonElement {
  const isObject = source.bytes[from] === 0x7b
  if (to - from > maxElementBytes) {
    const size = `${((to - from) / 1024 / 1024).toFixed(1)} MiB`
    return { ok: false, reason: `too-large: the row has ${size} of text; a meeting never has.`, isObject }
  }
  if (depth > maxDepth) {
    return {
      ok: false,
      reason: `too-deep: the row nests ${depth} levels deep; a meeting never does.`,
      isObject,
    }
  }
  return { ok: true, value: JSON.parse(source.text(from, to)) as unknown }
}

function sentenceOf({ kind, at }: JsonBreak, source: FeedText): string {
  const where = placeIn(source, at)
  if (kind === 'cut-off') {
    return `The file stops in the middle: its JSON breaks off at ${where}. Fetch it again; if it stays so, tell the office that publishes it.`
  }
  if (kind === 'extra') {
    return `There is more text after the end of the JSON, starting at ${where}. Tell the office that publishes it.`
  }
  return `The file is not valid JSON: it breaks at ${where}. Tell the office that publishes it.`
}

/** 1-based line and column, counted as an editor does: UTF-16 units; a line ends with CR LF, LF or CR. */
function placeIn({ bytes, encoding }: FeedText, position: number): string {
  let [line, column] = [1, 1]
  for (let at = 0; at < position; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a)) {
      line += 1
      column = 1
    } else if (encoding === 'windows-1252' || byte < 0x80 || byte >= 0xc0) {
      column += encoding === 'utf-8' && byte >= 0xf0 ? 2 : 1
    }
  }
  return `line ${line}, column ${column}`
}
