import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Handlers } from '../contract/calls.ts'
import { deskCalls, type CenterSettings, type DeskCalls } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'
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

  const save = (center: CenterSettings, setup: Settings['setup']) => {
    const { name, ...rest } = center
    const locales = [...new Set([center.defaultLocale, ...center.locales])]
    const saved = attempt(() =>
      records.db.transaction((tx) => {
        records.settings.set(tx, { ...rest, locales, centerName: name, setup })
        records.audit.append(tx, { event: 'settings.center_saved', detail: { setup } })
      }),
    )
    options.onKioskChanged()
    return saved.ok
  }

  return {
    'setup.saveCenter': (center) => {
      if (!isZone(center.zone)) return err('unknown_zone')
      if (records.settings.get('setup') === 'demonstration') removeDemonstration(records, options)
      if (!save(center, 'center')) return err('storage_failed')
      // The list follows when it is computed; the form need not wait for it.
      void job.rebuild().then(options.onMeetingsChanged)
      return ok({ done: true })
    },
    'setup.tryDemonstration': async () => {
      if (records.settings.get('setup') !== 'needed') return err('already_set_up')
      const text = readFileSync(join(options.demonstrationFolder, 'demonstration.json'), 'utf8')
      const demonstration = demonstrationSchema.parse(JSON.parse(text))
      if (!save(demonstration.center, 'demonstration')) return err('storage_failed')
      for (const { file, ...feed } of demonstration.feeds) {
        const path = join(options.demonstrationFolder, file)
        const added = attempt(() =>
          records.feeds.add({ source: { from: 'file', path }, zone: null, ...feed }),
        )
        if (!added.ok || !added.value.ok) {
          machine.log.error('demonstration.feed_not_added', { file })
          return err('storage_failed')
        }
        await job.refresh(added.value.value.feedId)
      }
      return ok({ done: true })
    },
  }
}

function removeDemonstration(
  records: Records,
  options: Pick<DeskOptions, 'job' | 'demonstrationFolder'>,
): void {
  for (const feed of records.feeds.list()) {
    if (feed.address.startsWith(options.demonstrationFolder)) void options.job.remove(feed.id)
  }
}
