import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Folder with the real feeds: `$OPEN_CHAIR_SHARED`, else `../shared` beside the project. */
const folder = process.env['OPEN_CHAIR_SHARED'] ?? resolve(import.meta.dirname, '../../../shared')

/** True when the real feeds are here. Where they must be (the variable is set), their absence fails. */
export const hasSharedFeeds = existsSync(resolve(folder, 'data/tsml'))

if (!hasSharedFeeds) {
  const message = `The real feeds are not at ${folder}: tests that read them are skipped. Set OPEN_CHAIR_SHARED.`
  if (process.env['OPEN_CHAIR_SHARED'] !== undefined) throw new Error(message)
  console.warn(message)
}

/** Path of a real feed, such as `tsml/aa-edmonton-2024-11.json`. */
export function sharedFeed(name: string): string {
  return resolve(folder, 'data', name)
}
