import { createContext, useContext, type Dispatch } from 'react'
import type { KioskEvents } from '../../electron/contract/events.ts'
import type { KioskCalls } from '../../electron/contract/kiosk-calls.ts'
import type { EpochMs, KioskState, LocalDate, OccurrenceRow } from '../../electron/contract/models.ts'
import type { Client } from '../ui/client.ts'
import type { Formats } from '../ui/format.ts'
import type { ClockReading } from '../ui/use-clock.ts'
import type { Layout } from '../ui/use-sizes.ts'
import type { Visit, VisitAction } from './visit.ts'

export type KioskClient = Client<KioskCalls, KioskEvents>

/** What every screen gets. */
export type Kiosk = {
  readonly client: KioskClient
  readonly state: KioskState
  readonly clock: ClockReading
  readonly nowMs: EpochMs
  readonly today: LocalDate
  readonly formats: Formats
  readonly layout: Layout
  readonly visit: Visit
  readonly dispatch: Dispatch<VisitAction>
  /** How far down each scroller of the visit was left, in pixels, by its `top`. Forgotten on the way by a door. */
  readonly places: Map<string, number>
  readonly beginSignIn: (row: OccurrenceRow) => void
  /** Clear and leave: wipes the visit and tells main (PRV-06, PRV-08). */
  readonly leave: () => void
}

export const KioskContext = createContext<Kiosk | null>(null)

export function useKiosk(): Kiosk {
  const kiosk = useContext(KioskContext)
  if (kiosk === null) throw new Error('A screen stands outside of the kiosk')
  return kiosk
}
