import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../electron/db/connection.ts'
import { openDatabase } from '../../electron/db/open.ts'
import { createClock } from '../../electron/system.ts'
import { MemoryLogger } from './fakes.ts'

/** Opens the encrypted records of a profile whose application has ended, with the key from its file vault. */
export function openRecordsOf(profile: string): Db {
  const opened = openDatabase({
    file: join(profile, 'open-chair.db'),
    key: new Uint8Array(readFileSync(join(profile, 'key'))),
    log: new MemoryLogger(),
    clock: createClock(null),
    readonly: true,
  })
  if (!opened.ok) throw new Error(`The records do not open: ${opened.code} ${opened.detail ?? ''}`)
  return opened.value
}
