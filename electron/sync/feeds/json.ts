import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'

/** Parses JSON; `detail` says where it breaks, never what stands there. Nothing is repaired (feeds.md 2.11). */
export function parseJson(text: string): Result<unknown, FeedProblem> {
  try {
    return ok(JSON.parse(text) as unknown)
  } catch (error) {
    return err('not_json', brokenJson(text, error instanceof Error ? error.message : ''))
  }
}

function brokenJson(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1]
  const at = position === undefined ? null : Number(position)
  const end = text.trimEnd().length
  if (/end of JSON input|Unterminated/i.test(message) || (at !== null && at >= end)) {
    return (
      `The file stops in the middle: its JSON breaks off at ${placeIn(text, end)}. ` +
      'Fetch it again; if it stays so, tell the office that publishes it.'
    )
  }
  const extra = /non-whitespace character after JSON/i.test(message)
  const where = at === null ? '' : ` at ${placeIn(text, at)}`
  return (
    (extra
      ? `There is more text after the end of the JSON, starting${where}.`
      : `The file is not valid JSON: it breaks${where}.`) +
    ' Tell the office that publishes it where it breaks.'
  )
}

/** 1-based line and column; a line ends with CR LF, LF or CR. */
function placeIn(text: string, position: number): string {
  const before = text.slice(0, position)
  const lines = before.split(/\r\n|\r|\n/)
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
