import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../../electron/db/open.ts'
import { SignInReport } from '../../../electron/db/sign-in-report.ts'
import { createClock } from '../../../electron/system.ts'

const silent = { info() {}, warn() {}, error() {} }

/** Counts the rows that a sign-in left in the encrypted file of a closed profile. */
export function storedRows(profile: string, meetingId: string, localDate: string): number {
  const key = new Uint8Array(readFileSync(join(profile, 'key')))
  const opened = openDatabase({
    file: join(profile, 'open-chair.db'),
    key,
    log: silent,
    clock: createClock(null),
    readonly: true,
  })
  if (!opened.ok) throw new Error(`The database of the walkthrough does not open: ${opened.code}`)
  try {
    return new SignInReport(opened.value).storedRowsFor(meetingId, localDate)
  } finally {
    opened.value.close()
  }
}
