import { useEffect, useState } from 'react'
import type { DeskEvents } from '../../electron/contract/events.ts'
import type { DeskClient } from './desk-client.ts'

export type Progress = DeskEvents['feeds.progress']

/** The newest word of each running refresh, by feed. */
export function useProgress(client: DeskClient): ReadonlyMap<string, Progress> {
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map())
  useEffect(
    () =>
      client.on('feeds.progress', (newest) => {
        setProgress((before) => new Map(before).set(newest.feedId, newest))
      }),
    [client],
  )
  return progress
}
