import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Handlers } from '../contract/calls.ts'
import { deskCalls, type CenterSettings, type DeskCalls } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'
import type { Tx } from '../db/connection.ts'
import { forgetSignIns } from '../db/forget-sign-ins.ts'
import type { Settings } from '../db/settings.ts'
import { attempt } from '../db/storage-error.ts'
import { isZone } from '../domain/zones.ts'
import type { DeskOptions } from './desk.ts'
import type { Machine } from './machine.ts'
import type { Records } from './records.ts'

type SetupHandlers = Pick<Handlers<DeskCalls>, 'setup.tryDemonstration' | 'setup.saveCenter'>

/** `resources/demonstration/demonstration.json`: an invented center and the feeds beside it. */
export const demonstrationSchema = z.strictObject({
  center: deskCalls['setup.saveCenter'].input,
  feeds: z.array(
    z.strictObject({
      file: z.string().regex(/^[a-z0-9-]+\.(json|ics|csv)$/),
      name: z.string().min(1),
      kind: z.enum(['therapy', 'peer', 'club']),
      fellowship: z.string().nullable(),
      heldHere: z.boolean(),
    }),
  ),
})

/** First start: the center's own settings, or the demonstration. */
export function createSetupHandlers(
  records: Records,
  machine: Machine,
  options: Pick<DeskOptions, 'job' | 'demonstrationFolder' | 'onKioskChanged' | 'onMeetingsChanged'>,
): SetupHandlers {
  const { job } = options

  const save = (center: CenterSettings, setup: Settings['setup'], also: (tx: Tx) => void) => {
    const { name, ...rest } = center
    const locales = [...new Set([center.defaultLocale, ...center.locales])]
    const saved = attempt(() =>
      records.db.transaction((tx) => {
        records.settings.set(tx, { ...rest, locales, centerName: name, setup })
        records.own.followZone(tx, center.zone)
        records.audit.append(tx, { event: 'settings.center_saved', detail: { setup } })
        also(tx)
      }),
    )
    options.onKioskChanged()
    return saved.ok
  }

  return {
    'setup.saveCenter': async (center) => {
      if (!isZone(center.zone)) return err('unknown_zone')
      const wasDemonstration = records.settings.get('setup') === 'demonstration'
      const forget = (tx: Tx) => {
        if (!wasDemonstration) return
        forgetSignIns(records.db, tx)
        // Groups that were entered to try it out are those of an invented center.
        for (const { id } of records.own.list()) records.listing.withdraw(tx, id, machine.clock.now())
      }
      if (!save(center, 'center', forget)) return err('storage_failed')
      if (wasDemonstration) {
        await removeDemonstration(records, machine, job)
        // What was signed in to the demonstration is nowhere on disk then (PRV-19).
        if (!attempt(() => records.db.truncateLog()).ok) machine.log.warn('log.not_truncated')
      }
      // The list follows when it is computed; the form need not wait for it.
      void job
        .rebuild()
        .then(options.onMeetingsChanged)
        .catch((cause: unknown) => {
          machine.log.error('center.not_rebuilt', { error: cause instanceof Error ? cause.name : 'unknown' })
        })
      return ok({ done: true })
    },
    'setup.tryDemonstration': async () => {
      if (records.settings.get('setup') !== 'needed') return err('already_set_up')
      const demonstration = readDemonstration(options.demonstrationFolder)
      const feedIds: string[] = []
      // Center and feeds together: half a demonstration could neither be finished nor begun again.
      const addFeeds = (tx: Tx) => {
        for (const { file, ...feed } of demonstration.feeds) {
          const path = join(options.demonstrationFolder, file)
          const added = records.feeds.add({ source: { from: 'file', path }, zone: null, ...feed })
          if (added.ok) feedIds.push(added.value.feedId)
          else machine.log.error('demonstration.feed_not_added', { file, code: added.code })
        }
        records.settings.set(tx, { demonstrationFeeds: feedIds })
      }
      if (!save(demonstration.center, 'demonstration', addFeeds)) return err('storage_failed')
      // Notes for which days and place all is computed; else the next start would compute it again.
      await job.rebuild()
      for (const feedId of feedIds) await job.refresh(feedId)
      return ok({ done: true })
    },
  }
}

function readDemonstration(folder: string): z.infer<typeof demonstrationSchema> {
  return demonstrationSchema.parse(JSON.parse(readFileSync(join(folder, 'demonstration.json'), 'utf8')))
}

/**
 * Takes the feeds that the demonstration added off the list, and no other: a center may have listed the same file
 * itself. Also at a start, for what a full disk or a power cut left of them.
 */
export async function removeDemonstration(
  records: Pick<Records, 'db' | 'settings'>,
  machine: Pick<Machine, 'log'>,
  job: DeskOptions['job'],
): Promise<void> {
  const { setup, demonstrationFeeds } = records.settings.getAll()
  if (setup !== 'center' || demonstrationFeeds.length === 0) return
  const left: string[] = []
  for (const feedId of demonstrationFeeds) {
    const removed = await job.remove(feedId)
    if (removed.ok || removed.code === 'not_found') continue
    left.push(feedId)
    machine.log.error('demonstration.feed_not_removed', { feed: feedId, code: removed.code })
  }
  const noted = attempt(() =>
    records.db.transaction((tx) => {
      records.settings.set(tx, { demonstrationFeeds: left })
    }),
  )
  if (!noted.ok) machine.log.error('demonstration.not_noted', { code: noted.code })
}
