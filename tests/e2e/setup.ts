import type { CenterSettings } from '../../electron/contract/desk-calls.ts'
import type { FeedView } from '../../electron/contract/models.ts'
import { tryToAddFeed, type FeedToAdd } from '../support/add-feed.ts'
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

/** Lists a feed and reads it; a refusal ends the test. */
export async function addFeed(app: App, feed: FeedToAdd): Promise<FeedView> {
  const reply = await tryToAddFeed(app, feed)
  if (!reply.ok) throw new Error(`The feed was not added: ${reply.code}`)
  return reply.value
}

/** The demonstration, as someone tries it at the desk. */
export async function tryDemonstration(app: App): Promise<void> {
  const reply = await app.desk.evaluate(() => window.openChairDesk.invoke('setup.tryDemonstration', {}))
  if (!reply.ok) throw new Error(`setup.tryDemonstration: ${reply.code}`)
}
