import { useKiosk } from './kiosk.ts'
import { readNow } from '../ui/use-clock.ts'
import { givenOf, type SignInProblem, type SignInScreen } from './visit.ts'

const longestUndoMs = 10_000

/** Sends a sign-in once per touch; main makes several with one `requestId` the same sign-in. */
export function useSignIn(screen: SignInScreen): () => void {
  const { client, clock, dispatch } = useKiosk()
  return () => {
    const { requestId, row } = screen
    const { meetingId, localDate, startsAtMs } = row
    dispatch({ do: 'send' })
    void client
      .call('signIns.add', { requestId, meetingId, localDate, startsAtMs, given: givenOf(screen) })
      .then((reply) => {
        if (!reply.ok) {
          dispatch({ do: 'refused', requestId, problem: problemOf(reply.code) })
          return
        }
        const { undoToken, undoUntilMs } = reply.value
        const left = undoUntilMs - readNow(clock)
        const undoForMs = Math.min(longestUndoMs, Math.max(0, left))
        dispatch({ do: 'signed_in', requestId, undoToken, undoForMs })
      })
  }
}

function problemOf(code: string): SignInProblem {
  switch (code) {
    case 'not_found':
    case 'not_open':
    case 'names_not_allowed':
    case 'storage_full':
    case 'storage_failed':
      return code
    case 'name_refused':
      return 'firstNameRefused'
    default:
      return 'other'
  }
}
