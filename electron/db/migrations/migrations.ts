import { foundation } from './0001-foundation.sql.ts'
import { directory } from './0002-directory.sql.ts'
import { search } from './0003-search.sql.ts'
import { sameMeetings } from './0004-same-meetings.sql.ts'

export type Migration = {
  /** `user_version` of a database that has it; counts up from 1 without gaps. */
  readonly number: number
  readonly name: string
  readonly sql: string
}

/**
 * Every migration in order; forward only, never edited after a release. The SQL is kept in modules
 * (`NNNN-slug.sql.ts`) so that one import works in plain Node, in tests, in the main and the worker bundle
 * and inside an archive, with no file to copy or find at run time. A test compares this list with the folder.
 */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'foundation', sql: foundation },
  { number: 2, name: 'directory', sql: directory },
  { number: 3, name: 'search', sql: search },
  { number: 4, name: 'same-meetings', sql: sameMeetings },
]
