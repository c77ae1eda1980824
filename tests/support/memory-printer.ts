import { err, ok } from '../../electron/contract/result.ts'
import type { Printer, PrinterStatus, PrintRequest } from '../../electron/ports.ts'

/** A printer that keeps what it printed and fails as real ones do: no queue, off, no paper, silent. */
export class MemoryPrinter implements Printer {
  readonly printed: PrintRequest[] = []
  #state: 'ready' | 'unplugged' | 'paper-out' | 'hanging' | 'missing' = 'ready'
  #hanging: (() => void)[] = []

  unplug(): void {
    this.#state = 'unplugged'
  }
  runOutOfPaper(): void {
    this.#state = 'paper-out'
  }
  /** From now on a job neither ends nor fails, until `release`. */
  hang(): void {
    this.#state = 'hanging'
  }
  remove(): void {
    this.#state = 'missing'
  }
  /** Ready again; jobs that hung have failed by then and are not printed, as the port promises. */
  release(): void {
    this.#state = 'ready'
    for (const fail of this.#hanging.splice(0)) fail()
  }

  async status(): Promise<PrinterStatus> {
    if (this.#state === 'missing') return 'none'
    return this.#state === 'unplugged' || this.#state === 'paper-out' ? 'offline' : 'ready'
  }

  async list(): Promise<readonly string[]> {
    return this.#state === 'missing' ? [] : ['Memory']
  }

  async print(request: PrintRequest): ReturnType<Printer['print']> {
    if (this.#state === 'missing') return err('no_printer')
    if (this.#state === 'hanging') await new Promise<void>((fail) => this.#hanging.push(fail))
    else if (this.#state === 'ready') {
      this.printed.push({ ...request, pdf: request.pdf.slice() })
      return ok({ jobId: `Memory-${this.printed.length}` })
    }
    return err('printer_failed')
  }
}
