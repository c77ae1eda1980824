import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls } from '../contract/desk-calls.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { AuditDetail } from '../db/audit-store.ts'
import type { NewFeed } from '../db/feed-store.ts'
import { attempt } from '../db/storage-error.ts'
import { isZone } from '../domain/zones.ts'
import type { Logger } from '../ports.ts'
import { isLoopbackName } from '../sync/feeds/feed-client-address.ts'
import type { DeskOptions } from './desk.ts'
import type { Records } from './records.ts'

type FeedHandlers = Pick<
  Handlers<DeskCalls>,
  | 'feeds.list'
  | 'feeds.chooseFile'
  | 'feeds.add'
  | 'feeds.change'
  | 'feeds.listRuns'
  | 'feeds.refresh'
  | 'feeds.accept'
  | 'feeds.remove'
>

/** Opens the system's file chooser; null when it was cancelled. */
export type ChooseFile = () => Promise<string | null>

/** Feeds at the desk. A path never crosses to the page: a chosen file is named by a token. */
export function createFeedHandlers(
  records: Records,
  options: Pick<DeskOptions, 'job' | 'chooseFile'> & {
    readonly token: () => string
    readonly log: Logger
  },
): FeedHandlers {
  const { feeds } = records
  /** SEC-08: ids and codes only, never an address or a name. */
  const note = (event: string, detail: AuditDetail) =>
    records.db.transaction((tx) => records.audit.append(tx, { event, detail }))
  /** What has happened already must not be undone because its line finds no room. */
  const noteAfter = (event: string, detail: AuditDetail) => {
    const written = attempt(() => note(event, detail))
    if (!written.ok) options.log.error('audit.not_written', { code: written.code })
  }
  const chosen = new Map<string, string>()
  return {
    'feeds.list': () => ok(feeds.list()),
    'feeds.chooseFile': async () => {
      const path = await options.chooseFile()
      if (path === null) return err('cancelled')
      const token = options.token()
      chosen.set(token, path)
      return ok({ token, fileName: basename(path) })
    },
    'feeds.add': ({ source, ...feed }) => {
      if (feed.zone !== null && !isZone(feed.zone)) return err('unknown_zone')
      const from = source.from === 'address' ? webSource(source) : fileSource(chosen.get(source.token))
      if (!from.ok) return from
      const added = attempt(() =>
        records.db.transaction(() => {
          const result = feeds.add({ ...feed, source: from.value })
          if (result.ok) note('feed.added', { feed: result.value.feedId, from: from.value.from })
          return result
        }),
      )
      if (!added.ok) return err('storage_failed')
      return added.value
    },
    'feeds.change': ({ feedId, ...feed }) => {
      if (feed.zone !== null && !isZone(feed.zone)) return err('unknown_zone')
      const before = feeds.find(feedId)
      if (before === undefined) return err('not_found')
      const changed = attempt(() =>
        records.db.transaction(() => {
          feeds.change(feedId, feed)
          note('feed.changed', { feed: feedId, kind: feed.kind, fellowship: feed.fellowship })
        }),
      )
      if (!changed.ok) return err('storage_failed')
      // Neither is waited for: the answer says that it runs, and events tell when it is done.
      if (before.heldHere !== feed.heldHere) void options.job.rebuild()
      void options.job.refresh(feedId, { changed: true })
      const view = feeds.findView(feedId)
      return view === undefined ? err('not_found') : ok(view)
    },
    'feeds.listRuns': ({ feedId }) =>
      feeds.find(feedId) === undefined ? err('not_found') : ok(feeds.listRuns(feedId)),
    'feeds.refresh': async ({ feedId }) => {
      const run = await options.job.refresh(feedId)
      const view = feeds.findView(feedId)
      return run.ok && view !== undefined ? ok(view) : err('not_found')
    },
    'feeds.accept': async ({ feedId }) => {
      const run = await options.job.accept(feedId)
      if (!run.ok) return run
      noteAfter('feed.accepted', {
        feed: feedId,
        outcome: run.value.outcome,
        removed: run.value.tally.removed,
      })
      const view = feeds.findView(feedId)
      return view === undefined ? err('not_found') : ok(view)
    },
    'feeds.remove': async ({ feedId }) => {
      const removed = await options.job.remove(feedId)
      if (removed.ok) noteAfter('feed.removed', { feed: feedId })
      return removed
    },
  }
}

function fileSource(path: string | undefined): Result<NewFeed['source'], 'file_not_found'> {
  return path !== undefined && existsSync(path) ? ok({ from: 'file', path }) : err('file_not_found')
}

/** https, or http to this machine; other http only after staff have confirmed it (design ruling). */
function webSource(given: {
  readonly address: string
  readonly plainHttpConfirmed?: boolean | undefined
}): Result<NewFeed['source'], 'address_not_allowed' | 'plain_http'> {
  const address = given.address.replace(/^webcals?:/i, 'https:')
  if (!URL.canParse(address)) return err('address_not_allowed')
  const { protocol, hostname, username, password } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return err('address_not_allowed')
  // SECURITY: it could not be fetched, and must not be kept or shown: a password is somebody's own.
  if (username !== '' || password !== '') return err('address_not_allowed')
  const isPlain = protocol === 'http:' && !isLoopbackName(hostname)
  if (isPlain && given.plainHttpConfirmed !== true) return err('plain_http')
  return ok({ from: 'web', address, plainHttpAllowed: isPlain })
}
