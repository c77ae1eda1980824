/**
 * The lines of an iCalendar text (RFC 5545 3.1), forgiving what real exporters get wrong: any line end, a
 * byte-order mark, indented files, quotes that are never closed, breaks inside a text.
 */

export type Property = {
  /** Upper case. */
  readonly name: string
  /** Names in upper case, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>
  readonly value: string
}

export type ContentLine = Property & {
  /** Number of the line in the file, from 1. */
  readonly line: number
}

/** True when the text, after a byte-order mark and blanks, starts as a calendar does. */
export function startsAsCalendar(text: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCALENDAR[ \t]*(\r|\n|$)/i.test(text)
}

/** Unfolds and splits; what is no property and continues nothing is left out. */
export function contentLines(text: string): readonly ContentLine[] {
  const lines = dedented(text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/))
  const found: ContentLine[] = []
  let open: { line: number; pieces: string[] } | null = null
  const close = (): void => {
    if (open === null) return
    const property = parseLine(open.pieces.join(''))
    if (property !== null) found.push({ ...property, line: open.line })
    open = null
  }
  lines.forEach((line, index) => {
    if ((line.startsWith(' ') || line.startsWith('\t')) && open !== null) {
      open.pieces.push(line.slice(1))
      return
    }
    if (line.trim() === '') return
    if (!/^\s*[A-Za-z0-9-]+[;:]/.test(line)) {
      // A line break that was never escaped: the text goes on here.
      open?.pieces.push(`\\n${line}`)
      return
    }
    close()
    open = { line: index + 1, pieces: [open === null ? line.trimStart() : line] }
  })
  close()
  return found
}

/** A file indented as a whole would otherwise be one single folded line. */
function dedented(lines: readonly string[]): readonly string[] {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const indent = first.length - first.trimStart().length
  if (indent === 0) return lines
  const margin = first.slice(0, indent)
  const every = lines.every((line) => line.trim() === '' || line.startsWith(margin))
  return every ? lines.map((line) => line.slice(indent)) : lines
}

/** Values of these are dates and times only, while their zones may be named `(GMT+10:00) Sydney`. */
const timed = new Set(['DTSTART', 'DTEND', 'DUE', 'EXDATE', 'RDATE', 'RECURRENCE-ID'])

function parseLine(text: string): Property | null {
  const nameEnd = text.search(/[;:]/)
  if (nameEnd < 1) return null
  const name = text.slice(0, nameEnd).trim().toUpperCase()
  const valueAt = timed.has(name) ? colonBeforeDates(text) : colonOutsideQuotes(text, nameEnd)
  if (valueAt < nameEnd) return null
  const value = text.slice(valueAt + 1)
  return {
    name,
    parameters: parseParameters(text.slice(nameEnd + 1, valueAt)),
    // `TZID="W. Europe Standard Time:20200609T090000"`: the quote was closed too late.
    value: timed.has(name) ? value.replace(/"$/, '') : value,
  }
}

function colonBeforeDates(text: string): number {
  // Every colon is looked past: not in a line that somebody made long on purpose.
  if (text.length > 100_000) return text.indexOf(':')
  const at = text.search(/:(?=\s*\d{4}-?\d\d-?\d\d[\dTZPWDHMS,:.+\-/\s"]*$)/i)
  return at < 0 ? text.lastIndexOf(':') : at
}

function colonOutsideQuotes(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === ':' && !quoted) return at
  }
  // Quotes that do not match mean nothing.
  return text.indexOf(':', from)
}

function parseParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const piece of text.match(/(?:"[^"]*"|[^;"]|")+/g) ?? []) {
    const at = piece.indexOf('=')
    if (at > 0) {
      parameters.set(
        piece.slice(0, at).trim().toUpperCase(),
        piece
          .slice(at + 1)
          .trim()
          .replaceAll('"', ''),
      )
    }
  }
  return parameters
}

/** TEXT values: `\n`, `\,`, `\;`, `\\`. */
export function unescaped(value: string): string {
  return value.replaceAll(/\\([\s\S])/g, (_, next: string) => (next === 'n' || next === 'N' ? '\n' : next))
}

/** A TEXT list such as CATEGORIES, split at commas that are not escaped. */
export function unescapedList(value: string): readonly string[] {
  return (value.match(/(?:\\[\s\S]|[^\\,])+/g) ?? []).map(unescaped)
}
