import type { Center } from '../domain/whereabouts.ts'
import type { Workshop } from './workshop.ts'

/** Which meetings a piece of work wrote or withdrew. */
export type Touched =
  | { readonly ids: readonly string[] }
  /** All of a feed: the first part of its list was applied by a run that was cut off. */
  | { readonly feedId: string }
  | 'all'

/**
 * What follows from meetings that were written: called at the end of an applied run, before it counts as ended,
 * of a removal and of a rebuild. What it does must be repeatable. `stopped`: the rest is done at the next run.
 */
export async function afterApplied(
  _shop: Workshop,
  _center: Center,
  _touched: Touched,
): Promise<'done' | 'stopped'> {
  return Promise.resolve('done')
}
