import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { err, ok } from '../contract/result.ts'
import type { Printer, PrinterStatus, PrintRequest } from '../ports.ts'
import { defaultQueue, endedBadly, paperQueues, queueState, waitingJobs } from './lp-queue.ts'
import { runCommand, type CommandOutcome } from './run-command.ts'

/*
 * Linux and macOS: the programs of CUPS. Invariant: `print` has either handed the job to the device, or has
 * cancelled it before it answers. A sheet never comes out minutes later in front of somebody else (KSK-40).
 */

const mediaNames = { letter: 'Letter', a4: 'A4' } as const

export type LpPrinterOptions = {
  /** Longest time until `print` answers, cancelling included. Milliseconds. */
  readonly timeoutMs?: number
  readonly pollMs?: number
  /** The queue to use; default: the system's default queue, else the first one that prints on paper. */
  readonly queue?: string
  /** Where `lp`, `lpstat` and `cancel` are looked for; default: the process's PATH. */
  readonly searchPath?: string
  /** Folder for the short-lived file; default: the system's folder for temporary files. */
  readonly temporaryFolder?: string
}

/** The `Printer` port on CUPS. Without its programs or without a paper queue the status is `none`. */
export function createLpPrinter(options: LpPrinterOptions = {}): Printer {
  const timeoutMs = options.timeoutMs ?? 10_000
  const pollMs = options.pollMs ?? 250
  // Part of the time is kept back for cancelling, so that the whole answer is in time.
  const cancelMs = Math.min(2000, timeoutMs / 4)
  const run = (program: string, args: readonly string[], signal: AbortSignal) =>
    runCommand(program, args, { signal, searchPath: options.searchPath })
  const read = async (args: readonly string[], signal: AbortSignal) =>
    textOf(await run('lpstat', args, signal))

  async function listQueues(signal: AbortSignal): Promise<readonly string[]> {
    const [destinations, devices, preferred] = await Promise.all([
      read(['-e'], signal),
      read(['-v'], signal),
      read(['-d'], signal),
    ])
    const queues = paperQueues(destinations ?? '', devices ?? '')
    const first = options.queue ?? defaultQueue(preferred ?? '')
    return first !== null && queues.includes(first) ? [first, ...queues.filter((q) => q !== first)] : queues
  }

  async function statusOf(queue: string, signal: AbortSignal): Promise<PrinterStatus> {
    const [printer, accepting] = await Promise.all([
      read(['-l', '-p', queue], signal),
      read(['-a', queue], signal),
    ])
    const state = queueState(printer ?? '')
    const accepts = accepting !== null && !/not accepting requests/.test(accepting)
    return state.enabled && !state.trouble && accepts ? 'ready' : 'offline'
  }

  async function chooseQueue(signal: AbortSignal): Promise<string | null> {
    const queues = await listQueues(signal)
    if (options.queue !== undefined) return queues.includes(options.queue) ? options.queue : null
    return queues[0] ?? null
  }

  /** The id of the accepted job, or null. The file is gone in every case; the spooler has its own copy. */
  async function submit(queue: string, request: PrintRequest, signal: AbortSignal): Promise<string | null> {
    const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'sheet-'))
    try {
      const file = join(folder, 'sheet.pdf')
      await writeFile(file, request.pdf, { mode: 0o600, flag: 'wx' })
      const media = `media=${mediaNames[request.paper]}`
      const said = textOf(
        await run('lp', ['-d', queue, '-t', request.title, '-o', media, '--', file], signal),
      )
      return /request id is (\S+)/.exec(said ?? '')?.[1] ?? null
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /**
   * True once the job has left the queue for paper. A long job is still being printed when the time is up:
   * that is good too, as long as the device asks for nothing.
   */
  async function watch(queue: string, jobId: string, signal: AbortSignal): Promise<boolean> {
    let printing = false
    while (!signal.aborted) {
      const waiting = await read(['-o', queue], signal)
      if (waiting !== null && !waitingJobs(waiting).some((job) => job.id === jobId)) {
        const history = await read(['-l', '-W', 'completed', '-o', queue], signal)
        return !endedBadly(history ?? '', jobId)
      }
      const said = await read(['-l', '-p', queue], signal)
      if (said !== null) {
        const state = queueState(said)
        if (!state.enabled) return false
        printing = state.printing === jobId && !state.trouble
      }
      await pause(pollMs, undefined, { signal }).catch(() => undefined)
    }
    return printing
  }

  /** Also finds a job whose id never arrived because `lp` was killed after it had queued the file. */
  async function cancelOurs(queue: string, jobId: string | null, before: ReadonlySet<string>): Promise<void> {
    const signal = AbortSignal.timeout(cancelMs)
    const owner = userInfo().username
    const lost = async () =>
      waitingJobs((await read(['-o', queue], signal)) ?? '')
        .filter((job) => job.owner === owner && !before.has(job.id))
        .map((job) => job.id)
    const jobs = jobId === null ? await lost() : [jobId]
    await Promise.all(jobs.map((id) => run('cancel', [id], signal)))
  }

  return {
    list: () => listQueues(AbortSignal.timeout(timeoutMs)),

    status: async () => {
      const signal = AbortSignal.timeout(timeoutMs)
      const queue = await chooseQueue(signal)
      return queue === null ? 'none' : statusOf(queue, signal)
    },

    print: async (request) => {
      const signal = AbortSignal.timeout(timeoutMs - cancelMs)
      const queue = await chooseQueue(signal)
      if (queue === null) return signal.aborted ? err('printer_failed') : err('no_printer')
      // Nothing is queued on a printer that is known to be off: it would print when it is switched on.
      if ((await statusOf(queue, signal)) !== 'ready') return err('printer_failed')
      const before = new Set(waitingJobs((await read(['-o', queue], signal)) ?? '').map((job) => job.id))
      let jobId: string | null = null
      let printed = false
      try {
        jobId = await submit(queue, request, signal)
        printed = jobId !== null && (await watch(queue, jobId, signal))
      } finally {
        if (!printed) await cancelOurs(queue, jobId, before)
      }
      return printed && jobId !== null ? ok({ jobId }) : err('printer_failed')
    },
  }
}

function textOf(outcome: CommandOutcome): string | null {
  return outcome.ended === 'exit' && outcome.code === 0 ? outcome.stdout : null
}
