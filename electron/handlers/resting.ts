import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls, DeskState } from '../contract/desk-calls.ts'
import type { KioskCalls } from '../contract/kiosk-calls.ts'
import type { KioskState, StorageState } from '../contract/models.ts'
import { ok } from '../contract/result.ts'
import { settingDefaults } from '../db/settings.ts'
import type { Machine } from './machine.ts'

/**
 * What the screens get when the records cannot be opened: the kiosk a calm page with help lines, the desk
 * the reason. Every other call is refused, so nothing can seem to be stored.
 */
export function restingKiosk(
  machine: Pick<Machine, 'clock' | 'clockRuns' | 'forgetVisit'>,
  zone: string,
): Pick<Handlers<KioskCalls>, 'kiosk.get' | 'visits.end'> {
  return {
    'kiosk.get': () => {
      const state: KioskState = {
        centerName: '',
        zone,
        locales: ['en', 'es'],
        defaultLocale: 'en',
        distanceUnit: 'mi',
        pixelsPerInch: settingDefaults.pixelsPerInch,
        paper: 'letter',
        setup: 'resting',
        idleWarningMs: settingDefaults.idleWarningMs,
        idleShutterMs: settingDefaults.idleShutterMs,
        nowMs: machine.clock.now(),
        clockRuns: machine.clockRuns,
        testMachine: false,
        canTakeNames: false,
        hasPrinter: false,
      }
      return ok(state)
    },
    'visits.end': () => {
      machine.forgetVisit()
      return ok({ ended: true })
    },
  }
}

export function restingDesk(
  storage: Exclude<StorageState, 'ok'>,
  machine: Pick<Machine, 'clock' | 'vault' | 'testMachine'>,
  offered: DeskState['offered'],
): Pick<Handlers<DeskCalls>, 'desk.get'> {
  return {
    'desk.get': () =>
      ok({
        storage,
        offered,
        setup: 'needed',
        center: null,
        nowMs: machine.clock.now(),
        vault: machine.vault,
        testMachine: machine.testMachine,
        printers: [],
        fellowships: [],
      }),
  }
}
