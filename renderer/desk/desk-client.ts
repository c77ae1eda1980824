import type { DeskCalls } from '../../electron/contract/desk-calls.ts'
import type { DeskEvents } from '../../electron/contract/events.ts'
import type { BoundaryCode, CodeOf } from '../../electron/contract/calls.ts'
import type { Client } from '../ui/client.ts'

export type DeskClient = Client<DeskCalls, DeskEvents>

/** Every code that a call of the desk can fail with; each has its sentence under `desk.error`. */
export type DeskCode = CodeOf<DeskCalls[keyof DeskCalls]> | BoundaryCode
/** A file chooser that was closed is no fault; an unprotected address is a question. Neither is a sentence. */
export type SaidCode = Exclude<DeskCode, 'cancelled' | 'plain_http'>
