import type { CenterSettings } from '../../electron/contract/desk-calls.ts'
import type { FeedView, Kind } from '../../electron/contract/models.ts'
import type { App } from '../support/app.ts'

/** An invented center in the middle of Philadelphia, where one of the real feeds is at home. */
export const center: CenterSettings = {
  name: 'Cedar House',
  street: '',
  postalCode: '',
  latitude: 39.9526,
  longitude: -75.1652,
  zone: 'America/New_York',
  radiusMeters: 25_000,
  distanceUnit: 'mi',
  locales: ['en', 'es'],
  defaultLocale: 'en',
  paper: 'letter',
}

/** Saves the center through the desk's own call. */
export async function saveCenter(app: App, changes: Partial<CenterSettings> = {}): Promise<void> {
  const reply = await app.desk.evaluate((input) => window.openChairDesk.invoke('setup.saveCenter', input), {
    ...center,
    ...changes,
  })
  if (!reply.ok) throw new Error(`setup.saveCenter: ${reply.code}`)
}

export type FeedToAdd = {
  readonly path?: string
  readonly address?: string
  readonly kind?: Kind
  readonly fellowship?: string | null
  readonly heldHere?: boolean
}

/** Lists a feed and reads it, through the desk's own calls; the file chooser answers with `path`. */
export async function addFeed(app: App, feed: FeedToAdd): Promise<FeedView> {
  if (feed.path !== undefined) await app.chooseNext(feed.path)
  const reply = await app.desk.evaluate(
    async ({ address, kind, fellowship, heldHere }) => {
      const desk = window.openChairDesk
      const chosen = address === null ? await desk.invoke('feeds.chooseFile', {}) : null
      if (chosen !== null && !chosen.ok) return chosen
      const source =
        chosen === null
          ? ({ from: 'address', address: address ?? '' } as const)
          : ({ from: 'file', token: chosen.value.token } as const)
      const added = await desk.invoke('feeds.add', {
        source,
        name: '',
        kind,
        fellowship,
        zone: null,
        heldHere,
      })
      return added.ok ? desk.invoke('feeds.refresh', { feedId: added.value.feedId }) : added
    },
    {
      address: feed.address ?? null,
      kind: feed.kind ?? 'peer',
      fellowship: feed.fellowship ?? null,
      heldHere: feed.heldHere ?? false,
    },
  )
  if (!reply.ok) throw new Error(`The feed was not added: ${reply.code}`)
  return reply.value
}

/** The demonstration, as someone tries it at the desk. */
export async function tryDemonstration(app: App): Promise<void> {
  const reply = await app.desk.evaluate(() => window.openChairDesk.invoke('setup.tryDemonstration', {}))
  if (!reply.ok) throw new Error(`setup.tryDemonstration: ${reply.code}`)
}
