import { Worker } from 'node:worker_threads'
import type { WorkerOptions } from 'node:worker_threads'
import { createSyncJob, type SyncJob, type SyncJobDependencies } from '../../electron/sync/sync-job.ts'

/** The import's real thread, run from its source. */
export function importThread(options: WorkerOptions): Worker {
  return new Worker(new URL('../../electron/sync/import-worker.ts', import.meta.url), options)
}

type Place = Pick<SyncJobDependencies, 'db' | 'feeds' | 'clock' | 'log' | 'center'> & {
  readonly file: string
  readonly key: Uint8Array
  readonly machineId?: string
}

/** A sync job on a real file with a real thread. Only time is the test's: nothing ticks unless `timers` say so. */
export function openTestJob(place: Place, more: Partial<SyncJobDependencies> = {}): SyncJob {
  const { file, key, machineId = 'machine-1', ...from } = place
  return createSyncJob({
    ...from,
    createWorker: importThread,
    workerData: () => ({
      file,
      key: Uint8Array.from(key),
      machineId,
      clock: { nowMs: from.clock.now(), runs: false },
    }),
    timers: { every: () => () => undefined },
    onProgress: () => undefined,
    onMeetingsChanged: () => undefined,
    onFeedsChanged: () => undefined,
    ...more,
  })
}
