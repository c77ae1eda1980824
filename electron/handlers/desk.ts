import type { Handlers } from '../contract/calls.ts'
import type { CenterSettings, DeskCalls, DeskState } from '../contract/desk-calls.ts'
import { ok } from '../contract/result.ts'
import type { Settings } from '../db/settings.ts'
import { fellowships } from '../sync/feeds/directory.ts'
import { createFeedClient } from '../sync/feeds/feed-client.ts'
import { createFeedHandlers, type ChooseFile } from './feeds.ts'
import type { Machine } from './machine.ts'
import type { Records } from './records.ts'
import { createOwnMeetingHandlers } from './own-meetings.ts'
import { createSameMeetingHandlers } from './same-meetings.ts'
import { createToday } from './today.ts'
import { createServiceBodyHandlers } from './service-bodies.ts'
import { createSetupHandlers } from './setup.ts'
import { createTemplateHandlers, type TemplateOptions } from './templates.ts'
import type { SyncJob } from '../sync/sync-job.ts'

export type DeskOptions = TemplateOptions & {
  readonly job: SyncJob
  readonly chooseFile: ChooseFile
  /** Folder with `demonstration.json` and its feeds. */
  readonly demonstrationFolder: string
  /** What the machine says of itself. */
  readonly offered: DeskState['offered']
  /** Name, zone, languages or the like changed. */
  readonly onKioskChanged: () => void
  readonly onMeetingsChanged: () => void
}

/** The handlers of the staff window's contract. */
export function createDeskHandlers(
  records: Records,
  machine: Machine,
  options: DeskOptions,
): Handlers<DeskCalls> {
  const staff = {
    today: createToday(machine.clock, () => records.settings.get('zone')),
    center: () => centerOf(records.settings.getAll()),
    onMeetingsChanged: options.onMeetingsChanged,
  }
  return {
    'desk.get': async () => {
      const settings = records.settings.getAll()
      const state: DeskState = {
        storage: 'ok',
        setup: settings.setup,
        center: centerOf(settings),
        nowMs: machine.clock.now(),
        offered: options.offered,
        vault: machine.vault,
        testMachine: machine.testMachine,
        fellowships: fellowships.map(({ id, name, abbr }) => ({ id, name, abbr: abbr === '' ? null : abbr })),
        printers: await machine.printer.list(),
      }
      return ok(state)
    },
    ...createSetupHandlers(records, machine, options),
    ...createFeedHandlers(records, { ...options, log: machine.log, token: () => machine.ids.token() }),
    ...createServiceBodyHandlers(createFeedClient()),
    ...createTemplateHandlers(options),
    ...createOwnMeetingHandlers(records, { ...staff, ids: machine.ids }),
    ...createSameMeetingHandlers(records, staff),
    'meetings.find': ({ text }) => ok(records.meetings.find(text, records.settings.get('defaultLocale'))),
  }
}

/** The center as its form has it; null before the set-up. */
export function centerOf(settings: Settings): CenterSettings | null {
  const { latitude, longitude } = settings
  if (settings.setup === 'needed' || latitude === null || longitude === null) return null
  return {
    name: settings.centerName,
    street: settings.street,
    postalCode: settings.postalCode,
    latitude,
    longitude,
    zone: settings.zone,
    radiusMeters: settings.radiusMeters,
    distanceUnit: settings.distanceUnit,
    locales: [...settings.locales],
    defaultLocale: settings.defaultLocale,
    paper: settings.paper,
  }
}
