import type { Clock, Ids } from '../ports.ts'
import type { Db, Statement, Tx } from './connection.ts'

export type PrintOutcome = 'sent' | 'no_printer' | 'printer_failed'

/** What was printed and how it went; never for whom and never what was chosen (PRV-11). */
export class PrintJobStore {
  readonly #from: { readonly ids: Ids; readonly clock: Clock; readonly machineId: string }
  readonly #add: Statement<never>

  constructor(db: Db, from: { readonly ids: Ids; readonly clock: Clock; readonly machineId: string }) {
    this.#from = from
    this.#add = db.prepare(
      'print-job.add',
      `INSERT INTO print_job (id, what, pages, outcome, machine_id, created_at_ms)
       VALUES (:id, 'handout', :pages, :outcome, :machineId, :nowMs)`,
    )
  }

  add(_tx: Tx, job: { readonly pages: number; readonly outcome: PrintOutcome }): void {
    const { ids, clock, machineId } = this.#from
    this.#add.run({ id: ids.uuidv7(), ...job, machineId, nowMs: clock.now() })
  }
}
