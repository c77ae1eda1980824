import { AuditStore } from '../db/audit-store.ts'
import type { Db } from '../db/connection.ts'
import { attempt } from '../db/storage-error.ts'
import { ListingWriter } from '../db/listing-writer.ts'
import { OwnMeetingStore } from '../db/own-meeting-store.ts'
import { SameMeetingStore } from '../db/same-meeting-store.ts'
import { FeedStore } from '../db/feed-store.ts'
import { MachineStore } from '../db/machine-store.ts'
import { MeetingStore } from '../db/meeting-store.ts'
import { isDiskFull } from '../db/migrate.ts'
import { OccurrenceStore } from '../db/occurrence-store.ts'
import { openDatabase } from '../db/open.ts'
import { PrintJobStore } from '../db/print-job-store.ts'
import { SearchStore } from '../db/search-store.ts'
import { SettingStore } from '../db/setting-store.ts'
import type { Settings } from '../db/settings.ts'
import { SignInStore } from '../db/sign-in-store.ts'
import { WeekStore } from '../db/week-store.ts'
import type { StorageState } from '../contract/models.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { searchDictionary } from './search-dictionary.ts'
import type { Clock, Ids, KeyVault, Logger } from '../ports.ts'

/** The open database with its stores. */
export type Records = {
  readonly db: Db
  readonly machineId: string
  readonly settings: SettingStore
  readonly occurrences: OccurrenceStore
  readonly search: SearchStore
  readonly week: WeekStore
  readonly meetings: MeetingStore
  /** Writes what is on the lists. */
  readonly listing: ListingWriter
  readonly own: OwnMeetingStore
  readonly same: SameMeetingStore
  readonly feeds: FeedStore
  readonly signIns: SignInStore
  readonly printJobs: PrintJobStore
  readonly audit: AuditStore
}

/**
 * Opens the records of this machine. Anything but `ok` leaves the file as it is: the screens then say what
 * happened, and the way back is a restore or an update, never an empty file. `detail` is for the log.
 */
export function openRecords(options: {
  readonly file: string
  readonly vault: KeyVault
  readonly log: Logger
  readonly clock: Clock
  readonly ids: Ids
  readonly defaults: Partial<Settings>
  readonly fellowshipName: (id: string) => string | null
}): Result<Records & { readonly key: Uint8Array }, Exclude<StorageState, 'ok'>> {
  const { file, vault, log, clock, ids } = options
  let key: Uint8Array
  try {
    key = vault.openOrCreate()
  } catch (cause) {
    if (isDiskFull(cause)) return err('disk_full', 'no room for the key')
    return err('key_unreadable', cause instanceof Error ? cause.name : 'unknown')
  }
  const opened = openDatabase({ file, key, log, clock })
  if (!opened.ok) return opened
  const db = opened.value
  const born = attempt(() => new MachineStore(db).getOrCreate({ ids, clock }))
  if (!born.ok) {
    db.close()
    return err(born.code === 'storage_full' ? 'disk_full' : 'storage_failed', born.detail)
  }
  const machineId = born.value
  const from = { ids, clock, machineId }
  return ok({
    db,
    key,
    machineId,
    settings: new SettingStore(db, { clock, log, machineId, defaults: options.defaults }),
    occurrences: new OccurrenceStore(db, { fellowshipName: options.fellowshipName }),
    search: new SearchStore(db, { dictionary: searchDictionary(), fellowshipName: options.fellowshipName }),
    week: new WeekStore(db, { fellowshipName: options.fellowshipName }),
    meetings: new MeetingStore(db, from),
    listing: new ListingWriter(db, machineId),
    own: new OwnMeetingStore(db),
    same: new SameMeetingStore(db, from),
    feeds: new FeedStore(db, from),
    signIns: new SignInStore(db, from),
    printJobs: new PrintJobStore(db, from),
    audit: new AuditStore(db, from),
  })
}
