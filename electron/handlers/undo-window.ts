import type { EpochMs } from '../contract/models.ts'
import type { Clock, Ids } from '../ports.ts'

/** How long a sign-in can be taken back on the kiosk (A11Y-40). */
export const undoWithinMs = 10_000

/**
 * Tokens for taking a sign-in back. They live in memory only and say nothing of the sign-in, so nobody
 * who comes later can undo it, also not after a restart.
 */
export function createUndoWindow<Target>(clock: Clock, ids: Ids) {
  const open = new Map<string, { readonly target: Target; readonly untilMs: EpochMs }>()
  return {
    open(target: Target): { readonly undoToken: string; readonly undoUntilMs: EpochMs } {
      const now = clock.now()
      for (const [token, entry] of open) if (entry.untilMs < now) open.delete(token)
      const undoToken = ids.token()
      const undoUntilMs = now + undoWithinMs
      open.set(undoToken, { target, untilMs: undoUntilMs })
      return { undoToken, undoUntilMs }
    },
    /** The target; null when the time is over or the token is unknown. */
    find(token: string): Target | null {
      const entry = open.get(token)
      return entry === undefined || entry.untilMs < clock.now() ? null : entry.target
    },
    close(token: string) {
      open.delete(token)
    },
    /** Ends all of them: the visit is over. */
    clear() {
      open.clear()
    },
  }
}
