import type { Clock, Ids } from '../ports.ts'
import type { Db, Statement } from './connection.ts'

/** The one row that says which machine this is. Rows that are born here carry its id. */
export class MachineStore {
  readonly #db: Db
  readonly #find: Statement<{ machineId: string }>
  readonly #insert: Statement<never>

  constructor(db: Db) {
    this.#db = db
    this.#find = db.prepare('machine.find', 'SELECT machine_id AS machineId FROM machine WHERE id = 1')
    this.#insert = db.prepare(
      'machine.insert',
      `INSERT INTO machine (id, machine_id, born_at_ms) VALUES (1, :machineId, :bornAtMs)
       ON CONFLICT (id) DO NOTHING`,
    )
  }

  /** The id of this machine; born on the first call and never changed. */
  getOrCreate(from: { readonly ids: Ids; readonly clock: Clock }): string {
    const known = this.#find.get()
    if (known !== undefined) return known.machineId
    return this.#db.transaction(() => {
      this.#insert.run({ machineId: from.ids.uuidv7(), bornAtMs: from.clock.now() })
      const born = this.#find.get()
      if (born === undefined) throw new Error('The machine has no id after it was given one.')
      return born.machineId
    })
  }
}
