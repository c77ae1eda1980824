import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { type JsonBreak, findJsonBreak } from './json-break.ts'

/** Parses JSON; `detail` says where it breaks, never what stands there. Nothing is repaired (feeds.md 2.11). */
export function parseJson(text: string): Result<unknown, FeedProblem> {
  try {
    return ok(JSON.parse(text) as unknown)
  } catch {
    // The engine's own message quotes the text, and often does not say where.
    return err('not_json', sentenceOf(findJsonBreak(text), text))
  }
}

function sentenceOf({ kind, at }: JsonBreak, text: string): string {
  const where = placeIn(text, at)
  if (kind === 'cut-off') {
    return `The file stops in the middle: its JSON breaks off at ${where}. Fetch it again; if it stays so, tell the office that publishes it.`
  }
  if (kind === 'extra') {
    return `There is more text after the end of the JSON, starting at ${where}. Tell the office that publishes it.`
  }
  return `The file is not valid JSON: it breaks at ${where}. Tell the office that publishes it.`
}

/** 1-based line and column; a line ends with CR LF, LF or CR. */
function placeIn(text: string, position: number): string {
  const before = text.slice(0, position)
  const lines = before.split(/\r\n|\r|\n/)
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
