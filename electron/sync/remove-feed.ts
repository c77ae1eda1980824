import type { Workshop } from './workshop.ts'
import { writeInChunks, type Step } from './write-chunks.ts'

/**
 * Withdraws a feed's meetings in chunks and takes the feed off the list. Meetings stay in the table, because
 * sign-ins refer to them. Cut off midway, the feed is still listed and its next run brings all back.
 * False when it is not on the list, or the work was stopped.
 */
export async function removeFeed(shop: Workshop, feedId: string): Promise<boolean> {
  if (shop.feeds.find(feedId) === undefined) return false
  shop.feeds.forgetContent(feedId)
  const done = await writeInChunks(withdrawals(shop, feedId), shop)
  if (done.outcome === 'stopped') return false
  return shop.db.transaction((tx) => shop.feeds.remove(tx, feedId))
}

function* withdrawals(shop: Workshop, feedId: string): Generator<Step> {
  const now = shop.clock.now()
  for (const id of shop.meetings.listShownIds(feedId)) yield (tx) => shop.writer.withdraw(tx, id, now)
}
