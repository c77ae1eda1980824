import type { Clock, Logger } from '../ports.ts'
import type { Db, Statement, Tx } from './connection.ts'
import { settingDefaults, settingSchemas, type SettingName, type Settings } from './settings.ts'

/** The settings of this machine, typed and with defaults. */
export class SettingStore {
  readonly #defaults: Settings
  readonly #options: { readonly clock: Clock; readonly log: Logger; readonly machineId: string }
  readonly #list: Statement<{ name: string; value: string }>
  readonly #put: Statement<never>

  constructor(
    db: Db,
    options: {
      readonly clock: Clock
      readonly log: Logger
      readonly machineId: string
      /** What the machine says of itself (zone, unit, paper), in place of the built-in defaults. */
      readonly defaults?: Partial<Settings>
    },
  ) {
    this.#options = options
    this.#defaults = { ...settingDefaults, ...options.defaults }
    this.#list = db.prepare('setting.list', 'SELECT name, value FROM setting ORDER BY name')
    this.#put = db.prepare(
      'setting.put',
      `INSERT INTO setting (name, value, machine_id, updated_at_ms) VALUES (:name, :value, :machineId, :nowMs)
       ON CONFLICT (name) DO UPDATE
         SET value = excluded.value, machine_id = excluded.machine_id, updated_at_ms = excluded.updated_at_ms`,
    )
  }

  /**
   * All settings. A stored value that its schema refuses counts as not set: the default holds, and the log says
   * which setting it was. A name from another version is left alone.
   */
  getAll(): Settings {
    const found: Record<string, unknown> = { ...this.#defaults }
    for (const row of this.#list.all()) {
      if (!isSettingName(row.name)) continue
      const parsed = settingSchemas[row.name].safeParse(JSON.parse(row.value))
      if (parsed.success) found[row.name] = parsed.data
      else this.#options.log.warn('setting_refused', { setting: row.name })
    }
    // Each value is a default or has passed the schema of its name.
    return found as Settings
  }

  get<Name extends SettingName>(name: Name): Settings[Name] {
    return this.getAll()[name]
  }

  /** The one write seam. Throws on a value that its schema refuses, before anything is written. */
  set(_tx: Tx, changes: Partial<Settings>): void {
    const { clock, machineId } = this.#options
    const checked = Object.entries(changes).map(([name, value]) => {
      if (!isSettingName(name)) throw new Error(`There is no setting ${name}.`)
      const parsed = settingSchemas[name].safeParse(value)
      if (!parsed.success) throw new Error(`The setting ${name} is not valid.`)
      return { name, value: JSON.stringify(parsed.data) }
    })
    for (const { name, value } of checked) this.#put.run({ name, value, machineId, nowMs: clock.now() })
  }
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingSchemas, name)
}
