import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { BoundaryCode, CallTable, Handlers } from '../contract/calls.ts'
import { err, type Result } from '../contract/result.ts'
import type { Logger } from '../ports.ts'
import { callChannel, type WindowRole } from './channels.ts'
import { createRateLimit } from './rate-limit.ts'

export type IpcRefusal = 'sender' | 'name' | 'input' | 'rate'

export type IpcOptions<Table extends CallTable> = {
  readonly role: WindowRole
  readonly table: Table
  /** Calls without a handler are refused: a machine whose records are closed has few. */
  readonly handlers: Partial<Handlers<Table>>
  readonly windowOf: () => BrowserWindow | null
  readonly origin: string

  readonly log: Logger
  /** Told of every refusal, for the audit. `call` is the name when it is one of the contract. */
  readonly onRefused: (reason: IpcRefusal, call: string | null) => void
}

/**
 * The only registration of calls. For each message it checks the sender, the name, the input, then
 * runs the handler. What a handler throws becomes `internal` with a reference number: the text of an
 * exception never reaches the screen.
 */
export function registerCalls<Table extends CallTable>(options: IpcOptions<Table>): void {
  const { role, table, handlers, log, onRefused } = options
  const rate = createRateLimit({ burst: 200, perSecond: 60 })
  // A page that floods us must neither hold up main with writing nor push older lines out of the log.
  const told = createRateLimit({ burst: 40, perSecond: 0.5 })
  let reference = 0

  const refuse = (reason: IpcRefusal, call: string | null): Result<never, BoundaryCode> => {
    if (told.take()) {
      log.warn('ipc.refused', { role, reason, call })
    }
    onRefused(reason, call)
    return err(reason === 'rate' ? 'busy' : 'refused')
  }

  ipcMain.handle(callChannel(role), async (event, message: unknown): Promise<unknown> => {
    // SECURITY: only our own window's main frame on our own origin may call (KSK-42 item 17).
    if (!isOurFrame(event, options.windowOf(), options.origin)) return refuse('sender', null)
    // SECURITY: before anything of the message is looked at, so that also wrong names cannot flood us.
    const isInTime = rate.take()
    const asked = isMessage(message) ? message : null
    // SECURITY: an own property of the table, so that `__proto__` or `toString` is no call.
    if (asked === null || !Object.hasOwn(table, asked.name)) return refuse(isInTime ? 'name' : 'rate', null)
    const name = asked.name
    if (!isInTime) return refuse('rate', name)
    const parsed = table[name]?.input.safeParse(asked.input)
    if (parsed?.success !== true) return refuse('input', name)
    // The table's own schema has just proven the input; the compiler cannot follow a name at run time.
    const handler = (handlers as Record<string, ((input: unknown) => unknown) | undefined>)[name]
    if (handler === undefined) return refuse('name', name)
    try {
      return await handler(parsed.data)
    } catch (cause) {
      reference += 1
      log.error('ipc.failed', { role, call: name, reference, error: errorClass(cause) })
      return err('internal', `${role}-${reference}`)
    }
  })
}

function isOurFrame(event: IpcMainInvokeEvent, window: BrowserWindow | null, origin: string): boolean {
  const frame = event.senderFrame
  return (
    window !== null &&
    !window.isDestroyed() &&
    event.sender === window.webContents &&
    frame !== null &&
    frame.parent === null &&
    frame.origin === origin
  )
}

function isMessage(message: unknown): message is { readonly name: string; readonly input: unknown } {
  return (
    typeof message === 'object' && message !== null && 'name' in message && typeof message.name === 'string'
  )
}

/** Class and code only: a message can hold typed text or a path (PRV-20). */
function errorClass(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.name} ${cause.code}` : cause.name
}
