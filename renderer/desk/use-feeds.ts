import { useCallback, useEffect, useRef, useState } from 'react'
import type { BoundaryCode } from '../../electron/contract/calls.ts'
import type { FeedView } from '../../electron/contract/models.ts'
import { useCall, type Asked } from '../ui/use-call.ts'
import type { DeskClient, SaidCode } from './desk-client.ts'
import { useProgress, type Progress } from './use-progress.ts'

export type Feeds = {
  readonly list: Asked<readonly FeedView[], BoundaryCode>
  readonly progress: ReadonlyMap<string, Progress>
  /** True from the press until its outcome is in the list, and while main says so. */
  readonly isRunning: (feed: FeedView) => boolean
  readonly codeOf: (feedId: string) => SaidCode | null
  readonly refresh: (feedId: string) => void
  readonly accept: (feedId: string) => void
  /** Null when it is removed; else why it is not. */
  readonly remove: (feedId: string) => Promise<SaidCode | null>
}

/** The lists of meetings as main has them, and what was asked for here and is not done yet. */
export function useFeeds(client: DeskClient): Feeds {
  const list = useCall('feeds', () => client.call('feeds.list', {}))
  const { ask } = list
  const progress = useProgress(client)
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set())
  const [codes, setCodes] = useState<ReadonlyMap<string, SaidCode>>(new Map())
  const started = useRef(new Set<string>())

  useEffect(() => {
    const ends = [client.on('feeds.changed', ask), client.on('meetings.changed', ask)]
    return () => {
      for (const end of ends) end()
    }
  }, [client, ask])

  const run = useCallback(
    async (name: 'feeds.refresh' | 'feeds.accept', feedId: string) => {
      if (started.current.has(feedId)) return
      started.current.add(feedId)
      setRunning(new Set(started.current))
      setCodes((before) => new Map([...before].filter(([id]) => id !== feedId)))
      const reply = await client.call(name, { feedId })
      started.current.delete(feedId)
      setRunning(new Set(started.current))
      if (!reply.ok) setCodes((before) => new Map(before).set(feedId, reply.code))
      ask()
    },
    [client, ask],
  )

  return {
    list,
    progress,
    isRunning: (feed) => feed.running || running.has(feed.id),
    codeOf: (feedId) => codes.get(feedId) ?? null,
    refresh: (feedId) => void run('feeds.refresh', feedId),
    accept: (feedId) => void run('feeds.accept', feedId),
    remove: async (feedId) => {
      const reply = await client.call('feeds.remove', { feedId })
      ask()
      return reply.ok ? null : reply.code
    },
  }
}

/** A new list waits for staff to take it. A web page that came in place of one is held back as well; nobody can take it. */
export const waitsForStaff = (feed: FeedView): boolean => feed.heldBack && feed.problem !== 'html'

/** A list that staff should look at: it waits for them, or the newest one could not be taken. */
export const needsLook = (feed: FeedView): boolean => feed.heldBack || feed.problem !== null
