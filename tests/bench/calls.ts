import type { Page } from '@playwright/test'
import type { InputOf } from '../../electron/contract/calls.ts'
import type { KioskCalls } from '../../electron/contract/kiosk-calls.ts'

export type TimedCalls = {
  /** Milliseconds from each call to its answer, in order. */
  readonly ms: readonly number[]
  /** Code of the first answer that was an error; nothing was asked after it. */
  readonly failed: string | null
}

/** The public window takes 60 calls a second (`electron/shell/rate-limit.ts`): below it none is refused. */
const pauseMs = 20

/** Asks the public window's bridge, one call after the other, and times each in the page itself. */
export async function timeCalls<Name extends keyof KioskCalls & string>(
  page: Page,
  name: Name,
  inputs: readonly InputOf<KioskCalls[Name]>[],
): Promise<TimedCalls> {
  return page.evaluate(
    async (run: { readonly name: string; readonly inputs: readonly unknown[]; readonly pauseMs: number }) => {
      // The pair was checked by the signature; what crosses to the page is plain data.
      const invoke = window.openChair.invoke as unknown as (
        name: string,
        input: unknown,
      ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly code: string }>
      const ms: number[] = []
      for (const input of run.inputs) {
        await new Promise((resolve) => setTimeout(resolve, run.pauseMs))
        const from = performance.now()
        const reply = await invoke(run.name, input)
        if (!reply.ok) return { ms, failed: reply.code }
        ms.push(performance.now() - from)
      }
      return { ms, failed: null }
    },
    { name, inputs, pauseMs },
  )
}
