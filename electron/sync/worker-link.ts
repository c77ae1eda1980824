import type { Worker } from 'node:worker_threads'
import type { Clock, Logger } from '../ports.ts'
import type { FromWorker, ImportThreadData, Progress, ToWorker, Work, WorkReport } from './worker-protocol.ts'

export type CreateWorker = (options: { readonly workerData: ImportThreadData }) => Worker

type LinkOptions = {
  readonly createWorker: CreateWorker
  /** Asked at each birth of a thread, because a set clock goes on meanwhile. */
  readonly workerData: () => ImportThreadData
  readonly clock: Clock
  readonly log: Logger
  readonly onProgress: (progress: Progress) => void
}

/** A stop that takes longer than this is ended by force; the run is then repeated like after a power cut. */
const stopMs = 5_000

/**
 * The main side of the import's thread: one piece of work at a time. The thread is born with the first work,
 * and again with the next after it died.
 */
export class WorkerLink {
  readonly #options: LinkOptions
  #worker: Worker | null = null
  #waiting: { readonly id: number; readonly resolve: (report: WorkReport | 'crashed') => void } | null = null
  #lastId = 0

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** Resolves with `crashed` when the thread died over it. Never two at once. */
  perform(work: Work): Promise<WorkReport | 'crashed'> {
    if (this.#waiting !== null) throw new Error('The import does one piece of work at a time.')
    this.#worker ??= this.#bear()
    this.#lastId += 1
    const id = this.#lastId
    const message: ToWorker = { id, nowMs: this.#options.clock.now(), work }
    const worker = this.#worker
    return new Promise((resolve) => {
      this.#waiting = { id, resolve }
      worker.postMessage(message)
    })
  }

  /** Ends the present work at its next chunk and the thread with it. */
  async stop(): Promise<void> {
    const worker = this.#worker
    if (worker === null) return
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.postMessage({ stop: true } satisfies ToWorker)
    const force = setTimeout(() => void worker.terminate(), stopMs)
    await ended
    clearTimeout(force)
  }

  #bear(): Worker {
    const { createWorker, workerData, log } = this.#options
    const worker = createWorker({ workerData: workerData() })
    worker.on('message', (message: FromWorker) => this.#hear(message))
    // The class only: the text of an error may hold what a feed said.
    worker.on('error', (error) => log.error('import_thread_error', { error: (error as Error).name }))
    worker.on('messageerror', () => log.error('import_thread_message_error'))
    worker.on('exit', (code) => {
      if (this.#worker === worker) this.#worker = null
      if (code !== 0) log.error('import_thread_died', { code })
      this.#settle('crashed')
    })
    return worker
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        return
      case 'progress':
        this.#options.onProgress({
          feedId: message.feedId,
          stage: message.stage,
          bytes: message.bytes,
          rows: message.rows,
        })
        return
      case 'log':
        this.#options.log[message.level](message.event, message.fields)
        return
      case 'done':
        if (message.id === this.#waiting?.id) this.#settle(message.report)
    }
  }

  #settle(report: WorkReport | 'crashed'): void {
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve(report)
  }
}
