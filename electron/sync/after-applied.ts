import type { Center } from '../domain/whereabouts.ts'
import { settleSameMeetings } from './same-meetings.ts'
import type { Workshop } from './workshop.ts'

/** Which meetings a piece of work wrote or withdrew. */
export type Touched =
  | { readonly ids: readonly string[] }
  /** All of a feed: the first part of its list was applied by a run that was cut off. */
  | { readonly feedId: string }
  | 'new day'
  | 'all'

/**
 * What follows from meetings that were written: called at the end of an applied run, before it counts as ended,
 * of a removal, of a new day and of a rebuild. What it does is repeatable. `stopped`: the rest is done at the next
 * run.
 */
export async function afterApplied(
  shop: Workshop,
  center: Center,
  touched: Touched,
): Promise<'done' | 'stopped'> {
  // Which meetings were written is noted by the database itself, so that nothing is forgotten.
  const { outcome } = await settleSameMeetings(shop, center, typeof touched === 'string' ? touched : null)
  return outcome
}
