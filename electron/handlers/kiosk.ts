import type { Handlers } from '../contract/calls.ts'
import type { KioskCalls } from '../contract/kiosk-calls.ts'
import type { KioskState } from '../contract/models.ts'
import { ok } from '../contract/result.ts'
import { createHandoutHandlers } from './handouts.ts'
import type { Machine } from './machine.ts'
import { createMeetingHandlers } from './meetings.ts'
import type { Records } from './records.ts'
import { createSearchHandlers } from './search.ts'
import { createSignInHandlers } from './sign-ins.ts'
import { createToday } from './today.ts'

/** The handlers of the public window's contract. */
export function createKioskHandlers(records: Records, machine: Machine): Handlers<KioskCalls> {
  const { clock, ids, log } = machine
  const zone = () => records.settings.get('zone')
  const ownLanguage = () => records.settings.get('defaultLocale')
  const today = createToday(clock, zone)
  const { forgetUndo, ...signIns } = createSignInHandlers({
    signIns: records.signIns,
    occurrences: records.occurrences,
    today,
    clock,
    ids,
    log,
    canTakeNames: machine.canTakeNames,
  })
  const { forgetPending, ...handouts } = createHandoutHandlers({
    records,
    today,
    crisisLines: machine.crisisLines,
    renderer: machine.renderer,
    printer: machine.printer,
    log,
  })
  return {
    'kiosk.get': async () => ok(await kioskState(records, machine)),
    ...createMeetingHandlers({ occurrences: records.occurrences, today, zone, ownLanguage }),
    ...createSearchHandlers({ ...records, today, zone, ownLanguage }),
    ...signIns,
    ...handouts,
    'visits.end': () => {
      forgetUndo()
      forgetPending()
      machine.forgetVisit()
      return ok({ ended: true })
    },
  }
}

async function kioskState(records: Records, machine: Machine): Promise<KioskState> {
  const settings = records.settings.getAll()
  return {
    centerName: settings.centerName,
    zone: settings.zone,
    locales: settings.locales,
    defaultLocale: settings.defaultLocale,
    distanceUnit: settings.distanceUnit,
    pixelsPerInch: settings.pixelsPerInch,
    paper: settings.paper,
    setup: settings.setup,
    idleWarningMs: machine.idle.warningMs ?? settings.idleWarningMs,
    idleShutterMs: machine.idle.shutterMs ?? settings.idleShutterMs,
    nowMs: machine.clock.now(),
    clockRuns: machine.clockRuns,
    testMachine: machine.testMachine,
    canTakeNames: machine.canTakeNames,
    hasPrinter: (await machine.printer.status()) !== 'none',
  }
}
