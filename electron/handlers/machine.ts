import type { VaultStrength } from '../contract/models.ts'
import type { CrisisLine } from '../domain/handout.ts'
import type { Clock, HandoutRenderer, Ids, Logger, Printer } from '../ports.ts'

/** What the handlers know of the machine that they run on; made once by the composition root. */
export type Machine = {
  readonly clock: Clock
  /** False on a clock that tests set: screens then stand still with it. */
  readonly clockRuns: boolean
  readonly ids: Ids
  readonly log: Logger
  readonly printer: Printer
  readonly renderer: HandoutRenderer
  readonly vault: VaultStrength
  readonly testMachine: boolean
  readonly canTakeNames: boolean
  /** Lengths that tests set; null as in the settings. */
  readonly idle: { readonly warningMs: number | null; readonly shutterMs: number | null }
  readonly crisisLines: readonly CrisisLine[]
  /** Clears what the system holds of a visit: the clipboard, the window's history (PRV-06). */
  readonly forgetVisit: () => void
}
