import type { SignInGiven } from '../../electron/contract/kiosk-calls.ts'
import type {
  LocalDate,
  LocaleId,
  OccurrenceRow,
  PrintSize,
  Whereabouts,
} from '../../electron/contract/models.ts'
import type { TextSize } from '../ui/use-sizes.ts'
import { toggleChoice, type Choice, type Narrowing } from './narrowing.ts'

/*
 * Everything that a visitor chose or typed lives in one `Visit`. `reset` puts a new one in its place, so
 * nothing can outlast a visit (PRV-06): no screen keeps what was typed anywhere else.
 */

export type MeetingKey = {
  readonly meetingId: string
  readonly localDate: LocalDate
  readonly startsAtMs: number
}

export type SignInStep = 'first_name' | 'last_initial' | 'review'

export type SignInProblem =
  | 'firstNameEmpty'
  | 'firstNameRefused'
  | 'lastInitialEmpty'
  | 'not_found'
  | 'not_open'
  | 'names_not_allowed'
  | 'storage_full'
  | 'storage_failed'
  | 'other'

export type TodayScreen = {
  readonly name: 'today'
  /** Null is today, also when midnight passes. */
  readonly date: LocalDate | null
  /** Null until one is chosen: then the first group that has meetings is shown. */
  readonly group: Whereabouts | null
  readonly offset: number
}

export type SignInScreen = {
  readonly name: 'sign_in'
  readonly row: OccurrenceRow
  /** Made once for this sign-in: a repeated confirm is the same sign-in. */
  readonly requestId: string
  readonly step: SignInStep
  readonly firstName: string
  readonly lastInitial: string
  readonly problem: SignInProblem | null
  readonly sending: boolean
}

export type SignedInScreen = {
  readonly name: 'signed_in'
  readonly row: OccurrenceRow
  readonly undoToken: string
  readonly undoForMs: number
  readonly undo: 'open' | 'done' | 'too_late' | 'failed'
}

export type HandoutScreen = {
  readonly name: 'handout'
  readonly peerGroups: boolean
  readonly clubs: boolean
  readonly online: boolean
  readonly size: PrintSize
}

export type SearchScreen = {
  readonly name: 'search'
  readonly text: string
  readonly order: 'soonest' | 'nearest'
  /** How many results are asked for. */
  readonly limit: number
  /** Whether the keyboard on the glass is shown. */
  readonly keys: boolean
}

export type NarrowScreen = {
  readonly name: 'narrow'
  /** What it was opened from, and so what its last button leads back to. */
  readonly of: 'today' | 'search'
  /** The day whose meetings are counted; null is today. */
  readonly date: LocalDate | null
}

export type Screen =
  | TodayScreen
  | SearchScreen
  | NarrowScreen
  | { readonly name: 'meeting'; readonly key: MeetingKey }
  | SignInScreen
  | SignedInScreen
  | HandoutScreen
  | { readonly name: 'help' }

export type KeyOrder = 'qwerty' | 'alphabetical'

export type Visit = {
  /** Counts the visits, so that what a component kept of the last one goes with it. */
  readonly number: number
  readonly locale: LocaleId
  readonly size: TextSize
  readonly keyOrder: KeyOrder
  /** Holds for every list of the visit, and ends with it. */
  readonly narrowing: Narrowing
  readonly screen: Screen
  /** Where Back leads, the last one first to go. */
  readonly trail: readonly Screen[]
}

export type VisitAction =
  | { readonly do: 'show'; readonly screen: Screen }
  | { readonly do: 'back' }
  | { readonly do: 'home' }
  | { readonly do: 'reset'; readonly locale: LocaleId }
  | { readonly do: 'set_locale'; readonly locale: LocaleId }
  | { readonly do: 'set_size'; readonly size: TextSize }
  | { readonly do: 'set_key_order'; readonly keyOrder: KeyOrder }
  | { readonly do: 'look_at'; readonly change: Partial<Omit<TodayScreen, 'name'>> }
  | { readonly do: 'choose'; readonly choice: Choice }
  | { readonly do: 'show_all' }
  | { readonly do: 'search_for'; readonly change: Partial<Omit<SearchScreen, 'name'>> }
  | { readonly do: 'choose_handout'; readonly change: Partial<Omit<HandoutScreen, 'name'>> }
  | { readonly do: 'begin_sign_in'; readonly row: OccurrenceRow; readonly requestId: string }
  | { readonly do: 'type'; readonly field: 'firstName' | 'lastInitial'; readonly text: string }
  | { readonly do: 'next_step' }
  | { readonly do: 'change_name' }
  | { readonly do: 'send' }
  | { readonly do: 'refused'; readonly requestId: string; readonly problem: SignInProblem }
  | {
      readonly do: 'signed_in'
      readonly requestId: string
      readonly undoToken: string
      readonly undoForMs: number
    }
  | { readonly do: 'undo_ended'; readonly undoToken: string; readonly undo: SignedInScreen['undo'] }

export const home: TodayScreen = { name: 'today', date: null, group: null, offset: 0 }

export const searchStep = 20
/** Main takes a text of this length and a limit of this size at most. */
export const searchLength = 80
export const searchMost = 100

export const newSearch: SearchScreen = {
  name: 'search',
  text: '',
  order: 'soonest',
  limit: searchStep,
  keys: true,
}

export const firstHandout: HandoutScreen = {
  name: 'handout',
  peerGroups: true,
  clubs: true,
  // Groups and clubs fill the pages; online meetings would push some clubs off them.
  online: false,
  size: 'standard',
}

/** A typed name is at most this long on screen; main checks it again (LNG-10). */
export const nameLimit = 60

export function keyOf(row: OccurrenceRow): MeetingKey {
  return { meetingId: row.meetingId, localDate: row.localDate, startsAtMs: row.startsAtMs }
}

export function newVisit(locale: LocaleId, number = 1): Visit {
  return { number, locale, size: 'standard', keyOrder: 'qwerty', narrowing: [], screen: home, trail: [] }
}

/** True when there is nothing to clear: then an idle screen needs no warning. */
export function isUntouched(visit: Visit, defaultLocale: LocaleId): boolean {
  const { screen } = visit
  return (
    visit.locale === defaultLocale &&
    visit.size === 'standard' &&
    visit.trail.length === 0 &&
    visit.narrowing.length === 0 &&
    screen.name === 'today' &&
    screen.date === null &&
    screen.group === home.group &&
    screen.offset === 0
  )
}

/** Therapist-led groups take a name; all others are counted only (PRV-04). */
export function takesName(row: OccurrenceRow): boolean {
  return row.kind === 'therapy'
}

export function givenOf(screen: SignInScreen): SignInGiven {
  return takesName(screen.row)
    ? { kind: 'name', firstName: screen.firstName, lastInitial: screen.lastInitial }
    : { kind: 'count' }
}

export function reduceVisit(visit: Visit, action: VisitAction): Visit {
  const { screen } = visit
  switch (action.do) {
    case 'show':
      return isSameScreen(screen, action.screen) ? visit : moveTo(visit, action.screen)
    case 'back':
      return stepBack(visit)
    case 'home':
      return { ...visit, screen: home, trail: [] }
    case 'reset':
      return newVisit(action.locale, visit.number + 1)
    case 'set_locale':
      return { ...visit, locale: action.locale }
    case 'set_size':
      return { ...visit, size: action.size }
    case 'set_key_order':
      return { ...visit, keyOrder: action.keyOrder }
    case 'look_at':
      return screen.name === 'today'
        ? { ...visit, screen: { ...screen, offset: 0, ...action.change } }
        : visit
    case 'choose':
      return narrowTo(visit, toggleChoice(visit.narrowing, action.choice))
    case 'show_all':
      return visit.narrowing.length === 0 ? visit : narrowTo(visit, [])
    case 'search_for':
      return screen.name === 'search' ? { ...visit, screen: searched(screen, action.change) } : visit
    case 'choose_handout':
      return screen.name === 'handout' ? { ...visit, screen: { ...screen, ...action.change } } : visit
    case 'begin_sign_in':
      return moveTo(visit, {
        name: 'sign_in',
        row: action.row,
        requestId: action.requestId,
        step: takesName(action.row) ? 'first_name' : 'review',
        firstName: '',
        lastInitial: '',
        problem: null,
        sending: false,
      })
    case 'undo_ended':
      return screen.name === 'signed_in' && screen.undoToken === action.undoToken
        ? { ...visit, screen: { ...screen, undo: action.undo } }
        : visit
    default:
      return screen.name === 'sign_in' ? reduceSignIn(visit, screen, action) : visit
  }
}

type SignInAction = Extract<
  VisitAction,
  { readonly do: 'type' | 'next_step' | 'change_name' | 'send' | 'refused' | 'signed_in' }
>

function reduceSignIn(visit: Visit, screen: SignInScreen, action: SignInAction): Visit {
  const put = (change: Partial<SignInScreen>): Visit => ({ ...visit, screen: { ...screen, ...change } })
  // What main answers about an earlier sign-in, or to an earlier visitor, is not for this screen.
  if ('requestId' in action && action.requestId !== screen.requestId) return visit
  switch (action.do) {
    case 'type':
      return screen.sending ? visit : put({ [action.field]: clip(action.field, action.text), problem: null })
    case 'next_step':
      if (screen.step === 'first_name') {
        return screen.firstName.trim() === ''
          ? put({ problem: 'firstNameEmpty' })
          : put({ step: screen.lastInitial === '' ? 'last_initial' : 'review', problem: null })
      }
      if (screen.step === 'last_initial') {
        return screen.lastInitial.trim() === ''
          ? put({ problem: 'lastInitialEmpty' })
          : put({ step: 'review', problem: null })
      }
      return visit
    case 'change_name':
      return screen.sending ? visit : put({ step: 'first_name', lastInitial: '', problem: null })
    case 'send':
      return put({ sending: true, problem: null })
    case 'refused':
      return put({
        sending: false,
        problem: action.problem,
        // The mistake is shown next to the field that it is about; nothing typed is lost (A11Y-44).
        step: action.problem === 'firstNameRefused' ? 'first_name' : screen.step,
      })
    case 'signed_in':
      return {
        ...visit,
        // Back leads to the list, never again to the form.
        trail: [home],
        screen: {
          name: 'signed_in',
          row: screen.row,
          undoToken: action.undoToken,
          undoForMs: action.undoForMs,
          undo: 'open',
        },
      }
  }
}

/** Other meetings fit now: each list begins at its first page again. */
function narrowTo(visit: Visit, narrowing: Narrowing): Visit {
  return { ...visit, narrowing, screen: atStart(visit.screen), trail: visit.trail.map(atStart) }
}

function atStart(screen: Screen): Screen {
  if (screen.name === 'today') return screen.offset === 0 ? screen : { ...screen, offset: 0 }
  if (screen.name === 'search') return screen.limit === searchStep ? screen : { ...screen, limit: searchStep }
  return screen
}

function searched(screen: SearchScreen, change: Partial<Omit<SearchScreen, 'name'>>): SearchScreen {
  const next = { ...screen, ...change }
  const isOther = next.text !== screen.text || next.order !== screen.order
  return {
    ...next,
    text: clipped(next.text, searchLength),
    limit: isOther ? searchStep : Math.min(searchMost, next.limit),
  }
}

function moveTo(visit: Visit, screen: Screen): Visit {
  if (screen.name === 'today') return { ...visit, screen, trail: [] }
  return { ...visit, screen, trail: [...visit.trail, visit.screen].slice(-12) }
}

function stepBack(visit: Visit): Visit {
  const { screen, trail } = visit
  if (screen.name === 'sign_in' && !screen.sending && takesName(screen.row)) {
    if (screen.step === 'review')
      return { ...visit, screen: { ...screen, step: 'last_initial', problem: null } }
    if (screen.step === 'last_initial')
      return { ...visit, screen: { ...screen, step: 'first_name', problem: null } }
  }
  const last = trail.at(-1)
  return last === undefined
    ? { ...visit, screen: home, trail: [] }
    : { ...visit, screen: last, trail: trail.slice(0, -1) }
}

function isSameScreen(a: Screen, b: Screen): boolean {
  if (a.name !== 'today' && a.name !== 'meeting') return a.name === b.name
  return a.name === 'today' && b.name === 'today' && a.date === b.date && a.group === b.group
}

function clip(field: 'firstName' | 'lastInitial', text: string): string {
  if (field === 'firstName') return lettersOf(text).slice(0, nameLimit).join('')
  // The initial is the newest letter, so that a wrong one is mended by one touch.
  return lettersOf(text).findLast((letter) => letter.trim() !== '') ?? ''
}

function lettersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), (part) => part.segment)
}

/** At most so many units of text, as main counts them, without cutting a letter in two. */
function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const letter of lettersOf(text)) {
    if (kept.length + letter.length > most) break
    kept += letter
  }
  return kept
}
