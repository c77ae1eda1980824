import type {
  Bridge,
  BoundaryCode,
  CallTable,
  CodeOf,
  InputOf,
  OutputOf,
} from '../../electron/contract/calls.ts'
import type { Result } from '../../electron/contract/result.ts'

export type Reply<Table extends CallTable, Name extends keyof Table> = Result<
  OutputOf<Table[Name]>,
  CodeOf<Table[Name]> | BoundaryCode
>

export type Client<Table extends CallTable, Events> = {
  /** Never rejects: a broken bridge is `internal`, so that each caller has one place to look. */
  readonly call: <Name extends keyof Table & string>(
    name: Name,
    input: InputOf<Table[Name]>,
  ) => Promise<Reply<Table, Name>>
  readonly on: Bridge<Table, Events>['subscribe']
}

const mostTries = 4
const againAfterMs = 300

/** The typed client of a page, over what its preload put on `window.openChair`. */
export function createClient<Table extends CallTable, Events>(
  bridge: Bridge<Table, Events> | undefined,
): Client<Table, Events> {
  return {
    call: async (name, input) => {
      if (bridge === undefined) return { ok: false, code: 'internal' }
      try {
        for (let tries = 1; ; tries += 1) {
          const reply = await bridge.invoke(name, input)
          // Main takes so many calls a second. One that it put off had no effect, so it may be made again.
          if (reply.ok || reply.code !== 'busy' || tries === mostTries) return reply
          await new Promise((done) => setTimeout(done, tries * againAfterMs))
        }
      } catch {
        // The text of an exception never reaches the screen; main has logged its own.
        return { ok: false, code: 'internal' }
      }
    },
    on: (name, listener) => (bridge === undefined ? () => undefined : bridge.subscribe(name, listener)),
  }
}
