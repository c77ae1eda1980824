import { SignInReport } from '../../../electron/db/sign-in-report.ts'
import { openRecordsOf } from '../../support/records-of.ts'

/** Counts the rows that a sign-in left in the encrypted file of a closed profile. */
export function storedRows(profile: string, meetingId: string, localDate: string): number {
  const records = openRecordsOf(profile)
  try {
    return new SignInReport(records).storedRowsFor(meetingId, localDate)
  } finally {
    records.close()
  }
}
