import type { FeedProblem, FeedScope, LocaleId } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { FeedClient, FeedSource, FetchedFeed } from '../../ports.ts'
import { bmltAddress, bmltQuestion, bmltRoot, searchFilter } from './bmlt-address.ts'
import { feedText, openText } from './feed-text.ts'
import { openJson } from './json.ts'
import { elementSpans, type JsonSpan, memberSpans, skipBlanks } from './json-spans.ts'

/** What is asked of a BMLT server. */
export type BmltRequest = {
  readonly scope: FeedScope | null
  readonly center: { readonly latitude: number; readonly longitude: number; readonly radiusMeters: number }
  /** Languages in which the names of formats are wanted, such as those of the kiosk. */
  readonly languages: readonly string[]
}

/** Those that the kiosk speaks: names of formats are kept in them. */
export const formatLanguages: readonly LocaleId[] = ['en', 'es']

type WebSource = FeedSource & { readonly from: 'web' }

/** True when `fetchBmlt` must be asked for this feed, and not the client alone. */
export function asksBmlt(source: FeedSource, scope: FeedScope | null): source is WebSource {
  return source.from === 'web' && bmltQuestion(source.address, scope) !== null
}

/**
 * Meetings of a BMLT server together with its formats in several languages, as one answer
 * `{ meetings, formats }` for the reader. A few questions one after the other through the client, so that all
 * its limits hold. The same answers give the same bytes; such servers send no etag. Formats that do not come are
 * done without: the list is worth more than their names, and the reader says what it could not decode.
 */
export async function fetchBmlt(
  client: FeedClient,
  source: FeedSource,
  request: BmltRequest,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Result<FetchedFeed, FeedProblem>> {
  const question = source.from === 'web' ? bmltQuestion(source.address, request.scope) : null
  const root = source.from === 'web' ? bmltRoot(source.address) : null
  if (source.from !== 'web' || question === null || root === null) {
    return err('address_not_allowed', 'This is not the address of a BMLT server.')
  }
  const address =
    question === 'query'
      ? source.address
      : bmltAddress(root, 'GetSearchResults', [
          ['get_used_formats', '1'],
          ...searchFilter(request.scope, request.center),
        ])
  const asked = ask(client, source, onProgress)
  const search = await asked(address)
  if (!search.ok) return search
  const answer = open(search.value.bytes)
  if (answer === null) {
    // A query that staff saved may be of any form: its reader says what is wrong with it.
    return question === 'query' ? search : err(...noServer(search.value.bytes, root))
  }
  if (question === 'query' && answer.formats !== null) return search
  const formats: Uint8Array[] = []
  if (answer.formats !== null) formats.push(...elementsOf(answer.bytes, answer.formats))
  for (const language of request.languages) {
    const more = await asked(bmltAddress(root, 'GetFormats', [['lang_enum', language]]))
    if (more.ok) formats.push(...formatsIn(more.value.bytes))
  }
  if (formats.length === 0) {
    // None of the languages: those of the server itself.
    const own = await asked(bmltAddress(root, 'GetFormats'))
    if (own.ok) formats.push(...formatsIn(own.value.bytes))
  }
  return ok({
    changed: true,
    bytes: packed(answer.bytes.subarray(answer.meetings.from, answer.meetings.to), formats),
    contentType: 'application/json',
    etag: null,
    lastModified: null,
    origin: search.value.origin,
  })
}

type Changed = FetchedFeed & { readonly changed: true }

/** One question after the other; `onProgress` hears the bytes of all of them together. */
function ask(client: FeedClient, source: WebSource, onProgress: (bytes: number) => void) {
  let before = 0
  return async (address: string): Promise<Result<Changed, FeedProblem>> => {
    const fetched = await client.fetch({ ...source, address, etag: null, lastModified: null }, (bytes) =>
      onProgress(before + bytes),
    )
    if (!fetched.ok) return fetched
    // Nothing was sent that an answer could be unchanged from.
    if (!fetched.value.changed)
      return err('http_error', 'The server says that nothing has changed, but was not asked.')
    before += fetched.value.bytes.length
    return ok(fetched.value)
  }
}

type Answer = { readonly bytes: Uint8Array; readonly meetings: JsonSpan; readonly formats: JsonSpan | null }

/** Where the lists of an answer stand; null when it is none. Nothing of it is made into values. */
function open(content: Uint8Array): Answer | null {
  const bytes = textBytes(content)
  const from = bytes === null ? 0 : skipBlanks(bytes, 0)
  if (bytes === null) return null
  if (bytes[from] === 0x5b) return { bytes, meetings: { from, to: bytes.length, depth: 0 }, formats: null }
  if (bytes[from] !== 0x7b) return null
  const lists = new Map<string, JsonSpan>()
  for (const { key, value } of memberSpans(bytes, from)) {
    if (bytes[value.from] === 0x5b)
      lists.set(new TextDecoder().decode(bytes.subarray(key.from + 1, key.to - 1)), value)
  }
  const meetings = lists.get('meetings')
  return meetings === undefined ? null : { bytes, meetings, formats: lists.get('formats') ?? null }
}

/** The bytes of a JSON text that is right throughout, in UTF-8; null for anything else. */
function textBytes(content: Uint8Array): Uint8Array | null {
  const opened = openText(content)
  if (!opened.ok || opened.value.source.encoding === 'binary') return null
  const { source } = opened.value
  const bytes = source.encoding === 'utf-8' ? source.bytes : new TextEncoder().encode(source.text())
  return openJson(feedText(bytes, 'utf-8')).ok ? bytes : null
}

/** More formats than any server has, and more bytes than any of them needs. */
const maxFormats = 5_000
const maxFormatBytes = 20_000

function elementsOf(bytes: Uint8Array, list: JsonSpan): readonly Uint8Array[] {
  const elements: Uint8Array[] = []
  for (const { from, to } of elementSpans(bytes, list.from)) {
    if (to - from > maxFormatBytes) continue
    elements.push(bytes.subarray(from, to))
    if (elements.length >= maxFormats) break
  }
  return elements
}

/** A list of formats, plain or as `{ formats }`. */
function formatsIn(content: Uint8Array): readonly Uint8Array[] {
  const bytes = textBytes(content)
  if (bytes === null) return []
  const from = skipBlanks(bytes, 0)
  if (bytes[from] === 0x5b) return elementsOf(bytes, { from, to: bytes.length, depth: 0 })
  if (bytes[from] !== 0x7b) return []
  for (const { key, value } of memberSpans(bytes, from)) {
    const isFormats = new TextDecoder().decode(bytes.subarray(key.from, key.to)) === '"formats"'
    if (isFormats && bytes[value.from] === 0x5b) return elementsOf(bytes, value)
  }
  return []
}

/** The search's own formats and those of a language are often the same: each is written once. */
function packed(meetings: Uint8Array, formats: readonly Uint8Array[]): Uint8Array {
  const once = new Map<string, Uint8Array>()
  for (const format of formats) {
    const text = Buffer.from(format.buffer, format.byteOffset, format.length).toString('latin1')
    if (!once.has(text)) once.set(text, format)
  }
  const pieces: Uint8Array[] = [Buffer.from('{"meetings":'), meetings, Buffer.from(',"formats":[')]
  let isFirst = true
  for (const format of once.values()) {
    if (!isFirst) pieces.push(Buffer.from(','))
    isFirst = false
    pieces.push(format)
  }
  pieces.push(Buffer.from(']}'))
  return Buffer.concat(pieces)
}

function noServer(content: Uint8Array, root: string): readonly [FeedProblem, string] {
  const host = new URL(root).hostname
  const start = new TextDecoder('latin1').decode(content.subarray(0, 200)).trimStart()
  const where = 'Give the address of the server itself; it often ends with /main_server/.'
  if (start.startsWith('<'))
    return ['html', `${host} answers with a web page, not as a BMLT server. ${where}`]
  return ['wrong_format', `${host} does not answer as a BMLT server. ${where}`]
}
