import { createHash } from 'node:crypto'
import type { SearchEntry } from '../domain/search-words.ts'
import type { Db, Tx } from './connection.ts'

/**
 * Writes the index of words. An entry that is as it was is not written again. The index keeps no texts, so an
 * entry is replaced by taking it out whole; all of it goes by the number of the meeting, which a renumbered feed
 * does not change.
 */
export class SearchWriter {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Db) {
    this.#sql = prepare(db)
  }

  /** `weekdays` as bits: 1 Sunday ... 64 Saturday. Returns whether anything was written. */
  write(_tx: Tx, number: number, entry: SearchEntry, weekdays: number): boolean {
    const hash = hashOf(entry)
    const known = this.#sql.find.get({ number })
    if (known?.hash === hash) return false
    if (known !== undefined) this.#sql.remove.run({ number })
    this.#sql.add.run({ number, ...entry })
    this.#sql.note.run({ number, hash, weekdays })
    return true
  }

  remove(_tx: Tx, number: number): void {
    if (this.#sql.forget.run({ number }) === 1) this.#sql.remove.run({ number })
  }

  /** The weekdays of the entry as bits; undefined when there is none. */
  weekdaysOf(number: number): number | undefined {
    return this.#sql.find.get({ number })?.weekdays
  }
}

function hashOf(entry: SearchEntry): string {
  const { name, place, about, facts } = entry
  return createHash('sha1')
    .update(JSON.stringify([name, place, about, facts]))
    .digest('base64')
    .slice(0, 16)
}

function prepare(db: Db) {
  return {
    find: db.prepare<{ hash: string; weekdays: number }>(
      'search-entry.find',
      'SELECT hash, weekdays FROM meeting_search_entry WHERE number = :number',
    ),
    note: db.prepare(
      'search-entry.write',
      `INSERT INTO meeting_search_entry (number, hash, weekdays) VALUES (:number, :hash, :weekdays)
       ON CONFLICT (number) DO UPDATE SET hash = excluded.hash, weekdays = excluded.weekdays`,
    ),
    forget: db.prepare('search-entry.remove', 'DELETE FROM meeting_search_entry WHERE number = :number'),
    add: db.prepare(
      'search.add',
      `INSERT INTO meeting_search (rowid, name, place, about, facts)
       VALUES (:number, :name, :place, :about, :facts)`,
    ),
    remove: db.prepare('search.remove', 'DELETE FROM meeting_search WHERE rowid = :number'),
  }
}
