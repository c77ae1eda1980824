import type { Handlers } from '../contract/calls.ts'
import type { KioskCalls } from '../contract/kiosk-calls.ts'
import type { Kind } from '../contract/models.ts'
import { err, ok } from '../contract/result.ts'
import type { OccurrenceStore } from '../db/occurrence-store.ts'
import type { SignInStore } from '../db/sign-in-store.ts'
import { checkName } from '../domain/names.ts'
import type { Clock, Ids, Logger } from '../ports.ts'
import type { Today } from './today.ts'
import { createUndoWindow } from './undo-window.ts'

type SignInHandlers = Pick<Handlers<KioskCalls>, 'signIns.add' | 'signIns.undo'>

/**
 * Signing in on the public window. Each answer depends on the meeting and on what was typed, never on who
 * is here already (PRV-02). The reply comes when the row is on disk.
 */
export function createSignInHandlers(options: {
  readonly signIns: SignInStore
  readonly occurrences: OccurrenceStore
  readonly today: Today
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly canTakeNames: boolean
}): SignInHandlers & { forgetUndo(): void } {
  const { signIns, occurrences, today, log } = options
  const undo = createUndoWindow<string>(options.clock, options.ids)
  return {
    'signIns.add': ({ requestId, meetingId, localDate, startsAtMs, given }) => {
      const row = occurrences.findOccurrence({ meetingId, localDate, startsAtMs }, today.now())
      if (row === undefined) return err('not_found')
      if (!row.canSignIn) return err('not_open')
      if (!isAskedFor(row.kind, given.kind)) return err('names_not_allowed')
      // The row's own id: the screen may hold one that the feed no longer uses.
      const to = { requestId, meetingId: row.meetingId, localDate, startsAtMs }
      if (given.kind === 'count') {
        const stored = signIns.addCount(to)
        return stored.ok ? ok(undo.open(requestId)) : stored
      }
      // SECURITY: without a real key store names would be kept under a key that anyone has (SEC-07).
      if (!options.canTakeNames) return err('names_not_allowed')
      const name = checkName(given)
      if (!name.ok) return err('name_refused', name.code)
      const stored = signIns.addName(to, name.value)
      return stored.ok ? ok(undo.open(requestId)) : stored
    },
    'signIns.undo': ({ undoToken }) => {
      const requestId = undo.find(undoToken)
      if (requestId === null) return err('too_late')
      const undone = signIns.undo(requestId)
      // A full disk leaves the token open: the visitor may try again within the ten seconds.
      if (!undone.ok && undone.code !== 'not_found') return err(undone.code)
      undo.close(undoToken)
      if (undone.ok) return ok({ undone: true })
      log.error('sign_in.undo_found_nothing')
      return err('too_late')
    },
    forgetUndo() {
      undo.clear()
    },
  }
}

/** PRV-04: a head count for peer-led groups and clubs, a preferred name for therapist-led ones. */
function isAskedFor(kind: Kind, given: 'count' | 'name'): boolean {
  return given === (kind === 'therapy' ? 'name' : 'count')
}
