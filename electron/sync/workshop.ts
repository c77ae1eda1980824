import type { Result } from '../contract/result.ts'
import type { FeedProblem } from '../contract/models.ts'
import type { Db } from '../db/connection.ts'
import { FeedStore } from '../db/feed-store.ts'
import { KeptStore } from '../db/kept-store.ts'
import { ListingWriter } from '../db/listing-writer.ts'
import { MeetingStore } from '../db/meeting-store.ts'
import { SameMeetingStore } from '../db/same-meeting-store.ts'
import type { Clock, FeedClient, Ids, Logger } from '../ports.ts'
import type { FeedReading, ReaderSettings } from './feeds/reader.ts'
import type { Stage } from './worker-protocol.ts'

export type WorkshopPorts = {
  readonly db: Db
  readonly client: FeedClient
  readonly read: (bytes: Uint8Array, settings: ReaderSettings) => Result<FeedReading, FeedProblem>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly machineId: string
  /** 0..1, for the spread of the next run. */
  readonly random: () => number
  readonly pause: (ms: number) => Promise<void>
  /** True once the work should end; what is cut off is repeated at the next start. */
  readonly stopping: () => boolean
  /** Resolves when `stopping` turns true, so that a server that hangs does not hold up the end. */
  readonly stopped: Promise<void>
  readonly onProgress: (feedId: string, stage: Stage, bytes: number, rows: number) => void
  /** How long each chunk held the write lock, in milliseconds. */
  readonly onHold?: (ms: number) => void
  /** True while another thread waits to write. */
  readonly isWaitedFor?: () => boolean
}

/** What the import works with: the ports and the stores on its own connection. */
export type Workshop = WorkshopPorts & {
  readonly feeds: FeedStore
  readonly meetings: MeetingStore
  readonly kept: KeptStore
  readonly writer: ListingWriter
  readonly same: SameMeetingStore
}

export function openWorkshop(ports: WorkshopPorts): Workshop {
  return {
    ...ports,
    feeds: new FeedStore(ports.db, ports),
    meetings: new MeetingStore(ports.db, ports),
    kept: new KeptStore(ports.db),
    writer: new ListingWriter(ports.db, ports.machineId),
    same: new SameMeetingStore(ports.db, ports),
  }
}
