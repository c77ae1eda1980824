import type { FeedView, Kind } from '../../electron/contract/models.ts'
import type { Result } from '../../electron/contract/result.ts'
import type { App } from './app.ts'

export type FeedToAdd = {
  /** One of the two: the file chooser answers with `path`, or the address is typed. */
  readonly path?: string
  readonly address?: string
  readonly kind?: Kind
  readonly fellowship?: string | null
  readonly heldHere?: boolean
}

/** Lists a feed and reads it once, through the desk's own calls. The code is the call's that refused it. */
export async function tryToAddFeed(app: App, feed: FeedToAdd): Promise<Result<FeedView, string>> {
  if (feed.path !== undefined) await app.chooseNext(feed.path)
  return app.desk.evaluate(
    async ({ address, ...settings }) => {
      const desk = window.openChairDesk
      const chosen = address === null ? await desk.invoke('feeds.chooseFile', {}) : null
      if (chosen !== null && !chosen.ok) return chosen
      const source =
        chosen === null
          ? ({ from: 'address', address: address ?? '' } as const)
          : ({ from: 'file', token: chosen.value.token } as const)
      const added = await desk.invoke('feeds.add', { source, name: '', zone: null, ...settings })
      return added.ok ? desk.invoke('feeds.refresh', { feedId: added.value.feedId }) : added
    },
    {
      address: feed.address ?? null,
      kind: feed.kind ?? 'peer',
      fellowship: feed.fellowship ?? null,
      heldHere: feed.heldHere ?? false,
    },
  )
}
