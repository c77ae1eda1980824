import type { Center } from '../domain/whereabouts.ts'
import { settleSameMeetings } from './same-meetings.ts'
import type { Workshop } from './workshop.ts'
import { writeInChunks, type Step } from './write-chunks.ts'

/**
 * Withdraws a feed's meetings in chunks and takes the feed off the list. Meetings stay in the table, because
 * sign-ins refer to them. Cut off midway, the feed is still listed and its next run brings all back.
 * False when it is not on the list, or the work was stopped.
 */
export async function removeFeed(shop: Workshop, feedId: string, center: Center | null): Promise<boolean> {
  if (shop.feeds.find(feedId) === undefined) return false
  const ids = shop.kept.listListed(feedId)
  shop.feeds.forgetContent(feedId)
  const done = await writeInChunks(withdrawals(shop, ids), shop)
  if (done.outcome === 'stopped') return false
  // Another feed's meeting may have stood behind one of these: it is shown now.
  const settled = center === null ? null : await settleSameMeetings(shop, center)
  if (settled?.outcome === 'stopped') return false
  return shop.db.transaction((tx) => shop.feeds.remove(tx, feedId))
}

function* withdrawals(shop: Workshop, ids: readonly string[]): Generator<Step> {
  const now = shop.clock.now()
  for (const id of ids) yield (tx) => shop.writer.withdraw(tx, id, now)
}
