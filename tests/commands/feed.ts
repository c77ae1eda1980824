// npm run feed: reads a feed and says what is in it, for people who want to try their own before they install.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FeedProblem } from '../../electron/contract/models.ts'
import { err, type Result } from '../../electron/contract/result.ts'
import type { FeedSource } from '../../electron/ports.ts'
import { asksBmlt, fetchBmlt, formatLanguages } from '../../electron/sync/feeds/bmlt-client.ts'
import { createFeedClient } from '../../electron/sync/feeds/feed-client.ts'
import type { FeedReading } from '../../electron/sync/feeds/reader.ts'
import { readFeed } from '../../electron/sync/feeds/readers.ts'
import { type FeedArguments, parseFeedArguments, usage } from './feed/arguments.ts'
import { isUsable, reportOf } from './feed/report.ts'
import { inWords } from './feed/words.ts'

const exitCodes = { usable: 0, nothingUsable: 1, wrongArguments: 2 } as const

async function main(words: readonly string[]): Promise<number> {
  const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const settings = parseFeedArguments(words, systemZone)
  if (!settings.ok) {
    say(`${settings.detail ?? ''}\n\n${usage}`)
    return exitCodes.wrongArguments
  }
  if (settings.value === 'help') {
    await print(`${usage}\n`)
    return exitCodes.usable
  }
  const { json, zone, zoneGiven, dates } = settings.value
  if (!zoneGiven)
    say(`No --zone was given: rows that name none are read in ${zone}, the zone of this machine.`)
  const reading = await read(settings.value)
  const report = reportOf(reading, dates === null ? null : { zone, ...dates })
  await print(json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report, settings.value))
  return isUsable(report) ? exitCodes.usable : exitCodes.nothingUsable
}

async function read(settings: FeedArguments): Promise<Result<FeedReading, FeedProblem>> {
  const source = sourceOf(settings.source)
  say(source.from === 'web' ? 'Fetching the feed ...' : 'Reading the file ...')
  const client = createFeedClient()
  const center = { latitude: 0, longitude: 0, radiusMeters: 0 }
  const fetched = asksBmlt(source, null)
    ? await fetchBmlt(client, source, { scope: null, center, languages: formatLanguages })
    : await client.fetch(source, () => undefined)
  if (!fetched.ok) return fetched
  if (!fetched.value.changed)
    return err('internal', 'The site says that nothing changed, but nothing was known.')
  const { bytes } = fetched.value
  say(`Read ${bytes.length} bytes.`)
  return readFeed(bytes, { kind: 'peer', fellowship: settings.fellowship, zone: settings.zone })
}

function sourceOf(text: string): FeedSource {
  if (/^file:\/\//i.test(text)) return { from: 'file', path: filePath(text) }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return { from: 'web', address: text, etag: null, lastModified: null, plainHttpAllowed: false }
  }
  return { from: 'file', path: filePath(text) }
}

/** npm runs commands in the project's folder; a relative path is meant from where the user stands. */
function filePath(text: string): string {
  if (/^file:\/\//i.test(text)) {
    try {
      return fileURLToPath(text)
    } catch {
      // Names another machine or is no proper address: then there is no such file, and that is said.
      return text
    }
  }
  const fromUser = resolve(process.env['INIT_CWD'] ?? '', text)
  return existsSync(fromUser) ? fromUser : resolve(text)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Waits until everything is written: a pipe may take a large report in many pieces. */
function print(text: string): Promise<void> {
  return new Promise((done) => process.stdout.write(text, () => done()))
}

// Whoever reads the pipe may close it early (`| head`): that is no failure of the feed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await main(process.argv.slice(2))
