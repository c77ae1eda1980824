import type { Handlers } from '../contract/calls.ts'
import type { HandoutDocument } from '../contract/handout-document.ts'
import type { HandoutChoice, KioskCalls } from '../contract/kiosk-calls.ts'
import { err, ok } from '../contract/result.ts'
import { publicFeedName } from '../db/feed-rows.ts'
import type { PrintOutcome } from '../db/print-job-store.ts'
import {
  composeHandout,
  handoutDays,
  helpLinesOf,
  isEmptyHandout,
  type CrisisLine,
} from '../domain/handout.ts'
import type { HandoutRenderer, Logger, Printer } from '../ports.ts'
import { withoutTimeOfDay } from '../print/neutral-pdf.ts'
import type { Records } from './records.ts'
import type { Today } from './today.ts'

type HandoutHandlers = Pick<Handlers<KioskCalls>, 'handouts.preview' | 'handouts.print'>

/** Composing, rendering and printing the hand-out. What was chosen is neither stored nor logged (PRV-11). */
export function createHandoutHandlers(options: {
  readonly records: Records
  readonly today: Today
  readonly crisisLines: readonly CrisisLine[]
  readonly renderer: HandoutRenderer
  readonly printer: Printer
  readonly log: Logger
}): HandoutHandlers & { forgetPending(): void } {
  let visit = 0
  const { records, renderer, printer, log } = options

  const compose = (choice: HandoutChoice): HandoutDocument => {
    const settings = records.settings.getAll()
    const now = options.today.now()
    const week = records.week.listWeek({ ...now, from: now.today, days: handoutDays })
    return composeHandout({
      choice,
      rows: week.rows,
      leftOut: week.leftOut,
      nowMs: now.nowMs,
      zone: settings.zone,
      distanceUnit: settings.distanceUnit,
      helpLines: helpLinesOf(options.crisisLines, choice.locale),
      listsAsOfMs: records.occurrences.oldestGoodRun(),
      sources: records.feeds.list().flatMap((feed) => publicFeedName(feed.name, feed.address) ?? []),
    })
  }

  const noteJob = (pages: number, outcome: PrintOutcome) => {
    try {
      records.db.transaction((tx) => {
        records.printJobs.add(tx, { pages, outcome })
      })
    } catch {
      // Best effort: a full disk must not take the paper out of someone's hand.
      log.warn('print_job.not_noted')
    }
  }

  return {
    'handouts.preview': async (choice) => {
      const document = compose(choice)
      if (isEmptyHandout(document)) return err('nothing_to_print')
      const rendered = await renderer.render(document)
      if (!rendered.ok) return rendered
      const { pages, meetings, clubs, leftOut } = rendered.value
      return ok({ pages, meetings, clubs, leftOut })
    },
    'handouts.print': async (choice) => {
      const askedIn = visit
      const document = compose(choice)
      if (isEmptyHandout(document)) return err('nothing_to_print')
      const rendered = await renderer.render(document)
      if (!rendered.ok) return rendered
      // Whoever asked has left: their paper must not come out for the next person (PRV-06).
      if (askedIn !== visit) return err('printer_failed')
      const { pdf, pages, meetings, clubs } = rendered.value
      // SECURITY: the queue shows the title; it is the same for everyone (PRV-09, PRV-20).
      const printed = await printer.print({
        pdf: withoutTimeOfDay(pdf),
        title: 'Document',
        paper: choice.paper,
      })
      noteJob(pages, printed.ok ? 'sent' : printed.code)
      return printed.ok ? ok({ pages, meetings, clubs }) : printed
    },
    forgetPending() {
      visit += 1
    },
  }
}
