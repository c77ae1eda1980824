import sax from 'sax'
import { limits, tooManyCells, unpacked, WorkbookRefused } from './xlsx-archive.ts'

/** What an XML part is made of, without the prefixes that some programs write before each name. */
export type XmlEvents = {
  open?(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

const maxDepth = 100

/**
 * Reads one part of a workbook and pauses after each piece of it, so that what `events` has collected so far
 * can be taken. SECURITY: a document type is refused before its entities can mean anything (billion laughs,
 * files of this machine); the parser itself only knows those of XML
 * and HTML, one character each, and never fetches.
 * What is no text, such as an attribute, may have 64 KiB from one piece to the next.
 */
export function* readXml(bytes: Uint8Array, part: string, events: XmlEvents): Generator<undefined> {
  const parser = sax.parser(true)
  let [depth, elements] = [0, 0]
  Object.assign(parser, {
    ondoctype: () => {
      throw documentType
    },
    onerror: () => {
      throw broken
    },
    onopentag: ({ name, attributes }: sax.Tag) => {
      depth += 1
      if (depth > maxDepth) throw broken
      elements += 1
      if (elements > limits.elements) throw tooManyCells
      events.open?.(local(name), (wanted) => attributeOf(attributes, wanted))
    },
    ontext: (text: string) => events.text?.(text),
    oncdata: (text: string) => events.text?.(text),
    onclosetag: (name: string) => {
      depth -= 1
      events.close?.(local(name))
    },
  } satisfies Partial<sax.SAXParser>)
  const decoder = new TextDecoder('utf-8')
  for (const piece of unpacked(bytes, (name) => name === part)) {
    parser.write(decoder.decode(piece.bytes, { stream: !piece.isLast }))
    if (piece.isLast) parser.close()
    yield
  }
}

/** Reads a small part to its end. */
export function readWholeXml(bytes: Uint8Array, part: string, events: XmlEvents): void {
  const steps = readXml(bytes, part, events)
  while (steps.next().done !== true);
}

/** `r:id` is also what another prefix calls its `id`. */
function attributeOf(attributes: Readonly<Record<string, string>>, wanted: string): string | undefined {
  if (Object.hasOwn(attributes, wanted)) return attributes[wanted]
  const suffix = wanted.includes(':') ? wanted.slice(wanted.indexOf(':')) : null
  const key = suffix === null ? undefined : Object.keys(attributes).find((name) => name.endsWith(suffix))
  return key === undefined ? undefined : attributes[key]
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const documentType = new WorkbookRefused(
  'wrong_format',
  'This workbook holds a document type declaration (DTD), which no spreadsheet program writes. It was not read.',
)

const broken = new WorkbookRefused(
  'wrong_encoding',
  'This is an Excel workbook, but a part of it is damaged. Open it in a spreadsheet program and save it again, or export it as CSV.',
)
