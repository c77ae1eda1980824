import { attempt } from '../db/storage-error.ts'
import type { Logger } from '../ports.ts'
import type { Records } from './records.ts'

/** So many refusals of a window in a minute get a line each; what comes on top is one line with its count. */
const linesPerMinute = 20

/**
 * Writes refused calls to the audit (PRV-15). A page that floods us must not fill the disk, so the rest of a
 * minute is counted and told at the next refusal.
 */
export function createRefusalAudit(records: Records, log: Logger, elapsedMs = () => performance.now()) {
  let since = elapsedMs()
  let lines = 0
  let uncounted = 0
  return (role: string, reason: string, call: string | null): void => {
    const now = elapsedMs()
    if (now - since >= 60_000) {
      since = now
      lines = 0
    }
    if (lines >= linesPerMinute) {
      uncounted += 1
      return
    }
    lines += 1
    const more = uncounted
    const written = attempt(() =>
      records.db.transaction((tx) => {
        records.audit.append(tx, { event: 'ipc.refused', detail: { role, reason, call, more } })
      }),
    )
    if (written.ok) uncounted = 0
    else log.error('audit.not_written', { code: written.code })
  }
}
