import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { type BmltRow, isObject, rawOf } from './bmlt-fields.ts'
import type { JsonDocument, JsonElement, JsonList } from './json.ts'
import { quoted } from './text.ts'

export type BmltSource = {
  readonly meetings: JsonList
  /** Empty when the answer has none. */
  readonly formats: Iterable<unknown>
}

/** One element of the list: a row, or the reason why it is none. */
export type SourceRow =
  | { readonly number: number; readonly row: BmltRow }
  | { readonly number: number; readonly row: null; readonly reason: string }

/** Which answer of a server it is (feeds.md 4.1); only meetings can be read, all others say what to ask for. */
export function findMeetings(document: JsonDocument): Result<BmltSource, FeedProblem> {
  if (document.form === 'list') return fromList(document.list)
  if (document.form === 'single') return wrong('This is a single value, not the answer of a BMLT server.')
  const meetings = document.members.get('meetings')?.list ?? null
  const formats = document.members.get('formats')?.list ?? null
  if (meetings === null && formats !== null) return wrong(onlyFormats)
  if (meetings === null)
    return wrong('This answer of a BMLT server has no list of meetings in it. ' + howToAsk)
  if (firstOf(meetings) === null) return err('empty', noMeetings)
  return ok({ meetings, formats: formats === null ? [] : valuesOf(formats) })
}

function fromList(list: JsonList): Result<BmltSource, FeedProblem> {
  const first = firstOf(list)
  if (first === null) return err('empty', noMeetings)
  if (!first.ok || !isObject(first.value)) return ok({ meetings: list, formats: [] })
  const has = (key: string): boolean => Object.hasOwn(first.value as BmltRow, key)
  if (has('id_bigint') || has('weekday_tinyint')) return ok({ meetings: list, formats: [] })
  if (has('key_string') || has('name_string')) return wrong(onlyFormats)
  if (has('parent_id'))
    return wrong(`This is the list of service bodies of a BMLT server, not of meetings. ${howToAsk}`)
  if (has('versionInt') || has('dbVersion')) {
    return wrong(`This is what a BMLT server says of itself, not a list of meetings. ${howToAsk}`)
  }
  if (has('date_int') || has('change_type')) {
    return wrong(`These are the changes at a BMLT server, not its meetings. ${howToAsk}`)
  }
  return ok({ meetings: list, formats: [] })
}

const howToAsk =
  'Give the address of the server itself as the feed (it often ends with /main_server/), or its answer to GetSearchResults with get_used_formats=1.'

const onlyFormats = `These are the formats of a BMLT server without any meetings. ${howToAsk}`

const noMeetings =
  'The server found no meetings for what it was asked. Check the circle or the service bodies of this feed; a server that speaks for many needs one of them.'

const wrong = (detail: string): Result<never, FeedProblem> => err('wrong_format', detail)

function firstOf(list: JsonList): JsonElement | null {
  for (const element of list) return element
  return null
}

function* valuesOf(list: JsonList): Generator<unknown> {
  for (const element of list) if (element.ok) yield element.value
}

/** Reads the rows again at each walk. */
export function* rowsOf(list: JsonList): Generator<SourceRow> {
  let number = 0
  for (const element of list) {
    number += 1
    if (!element.ok) yield { number, row: null, reason: element.reason }
    else if (isObject(element.value)) yield { number, row: element.value }
    else yield { number, row: null, reason: `not-a-row: ${quoted(element.value)} is not a meeting.` }
  }
}

/** Why a row is left out though it could be read (feeds.md 4.3); null when it is not. */
export function withheldBecause(row: BmltRow): string | null {
  const published = rawOf(row, 'published')
  if (published === null || published === '1' || published === 'true') return null
  return 'unpublished: the server marks this row as not published.'
}
