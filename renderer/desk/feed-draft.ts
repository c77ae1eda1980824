import type { DeskCalls } from '../../electron/contract/desk-calls.ts'
import type { InputOf } from '../../electron/contract/calls.ts'
import type { DistanceUnit, FeedScope, FeedView, Kind } from '../../electron/contract/models.ts'
import { metersPerUnit } from './words.ts'

/** What a feed is by its address or file name, as far as that tells: it decides which questions are asked. */
export type FeedGuess = 'bmlt' | 'calendar' | 'table' | 'unknown'

export type ScopeDraft = {
  readonly by: FeedScope['by']
  /** In the center's unit, as typed; empty: the center's own radius. */
  readonly radius: string
  readonly ids: readonly number[]
}

/** What staff say of a feed, as the form has it. */
export type SettingsDraft = {
  readonly name: string
  readonly kind: Kind
  /** Null: not chosen yet, so that a Narcotics Anonymous server may choose. Empty: not known or mixed. */
  readonly fellowship: string | null
  readonly zone: string
  readonly heldHere: boolean
  readonly everyMinutes: number
  readonly scope: ScopeDraft
  readonly utcIsLocal: boolean
  readonly midnightBefore: boolean
}

export type AddDraft = {
  readonly address: string
  readonly file: { readonly token: string; readonly fileName: string } | null
  /** Staff say that the address is a Narcotics Anonymous server, though it does not look like one. */
  readonly saysBmlt: boolean
  readonly settings: SettingsDraft
}

export type FeedFault = 'source' | 'radius' | 'services'

type FeedSettings = Omit<InputOf<DeskCalls['feeds.change']>, 'feedId'>

export const offeredMinutes = [15, 30, 60, 180, 360, 720, 1_440, 10_080] as const

export const emptySettings: SettingsDraft = {
  name: '',
  kind: 'peer',
  fellowship: null,
  zone: '',
  heldHere: false,
  everyMinutes: 360,
  scope: { by: 'circle', radius: '', ids: [] },
  utcIsLocal: false,
  midnightBefore: false,
}

export const emptyAddDraft: AddDraft = { address: '', file: null, saysBmlt: false, settings: emptySettings }

export function guessOf({ address, file, saysBmlt }: AddDraft): FeedGuess {
  const source = (file?.fileName ?? address).trim().toLowerCase()
  if (file === null && (saysBmlt || /main_server|client_interface/.test(source))) return 'bmlt'
  if (/^webcals?:|\.ics\b|\bical\b|calendar/.test(source)) return 'calendar'
  if (/\.(?:csv|xlsx|tsv)\b/.test(source)) return 'table'
  return 'unknown'
}

/** What is known of a feed that is listed already. */
export function guessOfFeed(feed: FeedView): FeedGuess {
  if (feed.scope !== null || feed.format === 'bmlt') return 'bmlt'
  if (feed.format === 'ical') return 'calendar'
  return feed.format === null ? 'unknown' : 'table'
}

/** A Narcotics Anonymous server lists that fellowship unless staff chose another. */
export function fellowshipOf({ fellowship, kind }: SettingsDraft, guess: FeedGuess): string | null {
  if (kind !== 'peer') return null
  if (fellowship === null) return guess === 'bmlt' ? 'na' : null
  return fellowship === '' ? null : fellowship
}

export function draftOfFeed(feed: FeedView, unit: DistanceUnit): SettingsDraft {
  return {
    name: feed.name,
    kind: feed.kind,
    fellowship: feed.fellowship ?? '',
    zone: feed.zone ?? '',
    heldHere: feed.heldHere,
    everyMinutes: feed.everyMinutes,
    scope: scopeDraftOf(feed.scope, unit),
    utcIsLocal: feed.utcIsLocal,
    midnightBefore: feed.midnightBefore,
  }
}

function scopeDraftOf(scope: FeedScope | null, unit: DistanceUnit): ScopeDraft {
  if (scope === null) return emptySettings.scope
  if (scope.by === 'services') return { by: 'services', radius: '', ids: scope.ids }
  const { kilometers } = scope
  const radius =
    kilometers === null ? '' : String(Number(((kilometers * 1_000) / metersPerUnit[unit]).toFixed(1)))
  return { by: 'circle', radius, ids: [] }
}

/** What main is asked to store, or what is wrong, field by field. */
export function readSettings(
  draft: SettingsDraft,
  guess: FeedGuess,
  unit: DistanceUnit,
):
  | { readonly ok: true; readonly settings: FeedSettings }
  | { readonly ok: false; readonly faults: readonly FeedFault[] } {
  const scope = guess === 'bmlt' ? readScope(draft.scope, unit) : null
  if (typeof scope === 'string') return { ok: false, faults: [scope] }
  return {
    ok: true,
    settings: {
      name: draft.name.trim(),
      kind: draft.kind,
      fellowship: fellowshipOf(draft, guess),
      zone: draft.zone === '' ? null : draft.zone,
      heldHere: draft.heldHere,
      everyMinutes: draft.everyMinutes,
      scope,
      // A question that is not asked of this kind of list has no answer left over from another.
      utcIsLocal: draft.utcIsLocal && asksUtc(guess),
      midnightBefore: draft.midnightBefore && asksMidnight(guess),
    },
  }
}

export const asksUtc = (guess: FeedGuess): boolean => guess === 'calendar' || guess === 'unknown'
export const asksMidnight = (guess: FeedGuess): boolean => guess === 'table' || guess === 'unknown'

/** The limits of the contract: 1 to 500 km, at most 200 service bodies. */
function readScope(draft: ScopeDraft, unit: DistanceUnit): (FeedScope & InputScope) | 'radius' | 'services' {
  if (draft.by === 'services') {
    return draft.ids.length === 0 || draft.ids.length > 200
      ? 'services'
      : { by: 'services', ids: [...draft.ids] }
  }
  const text = draft.radius.trim()
  if (text === '') return { by: 'circle', kilometers: null }
  if (!/^\d+(?:[.,]\d+)?$/.test(text)) return 'radius'
  const kilometers = (Number(text.replace(',', '.')) * metersPerUnit[unit]) / 1_000
  return kilometers < 1 || kilometers > 500 ? 'radius' : { by: 'circle', kilometers }
}

type InputScope = NonNullable<FeedSettings['scope']>

/** What `feeds.add` is asked for; null while neither an address nor a file is given. */
export function sourceOf(draft: AddDraft, plainHttpConfirmed: boolean) {
  if (draft.file !== null) return { from: 'file' as const, token: draft.file.token }
  const address = draft.address.trim()
  if (address === '') return null
  return { from: 'address' as const, address, ...(plainHttpConfirmed ? { plainHttpConfirmed } : {}) }
}
