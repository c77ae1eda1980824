import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { ok } from '../../../electron/contract/result.ts'
import { createDeskHandlers, centerOf } from '../../../electron/handlers/desk.ts'
import { createKioskHandlers } from '../../../electron/handlers/kiosk.ts'
import type { Machine } from '../../../electron/handlers/machine.ts'
import { openRecords, type Records } from '../../../electron/handlers/records.ts'
import type { HandoutRenderer } from '../../../electron/ports.ts'
import { createFileKeyVault } from '../../../electron/shell/file-key-vault.ts'
import { openTestJob } from '../../support/test-job.ts'
import { addMeeting, addOccurrence } from '../../support/directory-rows.ts'
import { FakeClock, FakeIds, MemoryLogger } from '../../support/fakes.ts'
import { MemoryPrinter } from '../../support/memory-printer.ts'
import { temporaryFolder } from '../../support/temporary-database.ts'

/** Ten in the morning of a Tuesday in New York. */
export const today = '2026-11-24'
export const startsAtMs = Date.parse('2026-11-24T15:30:00Z')

/** The demonstration as it is shipped. */
export const demonstrationFolder = resolve(import.meta.dirname, '../../../resources/demonstration')

/** A center with its real records, a printer in memory and the handlers of the public window. */
export function openLobby(changes: Partial<Machine> = {}, setup: 'needed' | 'center' = 'center') {
  const folder = temporaryFolder()
  const clock = new FakeClock('2026-11-24T15:00:00Z')
  const ids = new FakeIds()
  const log = new MemoryLogger()
  const printer = new MemoryPrinter()
  const file = join(folder, 'open-chair.db')
  const opened = openRecords({
    file,
    vault: createFileKeyVault(join(folder, 'key'), [file]),
    log,
    clock,
    ids,
    defaults: { zone: 'America/New_York', distanceUnit: 'mi' },
    fellowshipName: () => 'Alcoholics Anonymous',
  })
  if (!opened.ok) throw new Error(opened.code)
  const records = opened.value
  let isOpen = true
  const close = () => {
    if (isOpen) records.db.close()
    isOpen = false
  }
  onTestFinished(close)
  const renderer: HandoutRenderer = {
    render: () =>
      Promise.resolve(
        ok({ pdf: new TextEncoder().encode('%PDF-1.7'), pages: 2, meetings: 3, clubs: 1, leftOut: 0 }),
      ),
  }
  const machine: Machine = {
    clock,
    clockRuns: false,
    ids,
    log,
    printer,
    renderer,
    vault: 'os',
    testMachine: false,
    canTakeNames: true,
    idle: { warningMs: null, shutterMs: null },
    crisisLines: [],
    forgetVisit: () => {},
    ...changes,
  }
  if (setup === 'center') {
    records.db.transaction((tx) => {
      records.settings.set(tx, {
        setup: 'center',
        zone: 'America/New_York',
        latitude: 39.95,
        longitude: -75.16,
      })
    })
  }
  return {
    folder,
    file,
    clock,
    log,
    printer,
    records,
    machine,
    close,
    kiosk: createKioskHandlers(records, machine),
  }
}

/** One meeting held here today at half past ten, of the given kind. */
export function addMeetingHere(
  records: Records,
  id: string,
  kind: 'therapy' | 'peer' | 'club',
  occurrence: Partial<Parameters<typeof addOccurrence>[2]> = {},
): void {
  addMeeting(records.db, id, { kind })
  addOccurrence(records.db, id, { localDate: today, startsAt: '2026-11-24T15:30:00Z', kind, ...occurrence })
}

export const count = { kind: 'count' } as const
export const ana = { kind: 'name', firstName: 'Ana', lastInitial: 'K' } as const

/** One tap on a meeting of today. */
export function tap<Given>(meetingId: string, given: Given, requestId: string = randomUUID()) {
  return { requestId, meetingId, localDate: today, startsAtMs, given }
}

export function rows(records: Records, sql: string): unknown[] {
  return records.db.driver.prepare(sql).all()
}

/** Takes all room that the file could still grow into, as a full disk does. */
export function fillDisk(records: Records): () => void {
  const { driver } = records.db
  driver.exec('CREATE TABLE filler (x BLOB)')
  const pages = Number(driver.pragma('page_count', { simple: true }))
  driver.pragma(`max_page_count = ${pages}`)
  const add = driver.prepare('INSERT INTO filler VALUES (zeroblob(50))')
  try {
    for (;;) add.run()
  } catch {
    // Full.
  }
  return () => {
    driver.pragma('max_page_count = 1000000')
  }
}

/** The desk's handlers over a real sync job with its real worker thread. */
export function openDesk(
  lobby: ReturnType<typeof openLobby>,
  chosen: { path: string | null } = { path: null },
) {
  const { records, machine, clock, log, file } = lobby
  const events: string[] = []
  const job = openTestJob({
    ...records,
    clock,
    log,
    file,
    center: () => centerOf(records.settings.getAll()),
  })
  onTestFinished(async () => {
    await job.stop()
  })
  const desk = createDeskHandlers(records, machine, {
    job,
    chooseFile: () => Promise.resolve(chosen.path),
    demonstrationFolder,
    saveFile: () => Promise.resolve(chosen.path),
    templateFolder: resolve(demonstrationFolder, '../templates'),
    offered: { zone: 'UTC', zones: ['UTC'], locale: 'en', distanceUnit: 'mi', paper: 'letter' },
    onKioskChanged: () => events.push('kiosk'),
    onMeetingsChanged: () => events.push('meetings'),
  })
  return { desk, job, events }
}
