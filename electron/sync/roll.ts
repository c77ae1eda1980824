import type { LocalDate } from '../contract/models.ts'
import { datesIn } from '../db/listing-writer.ts'
import { parseRules, parseWeeks, toStanding, type StandingRow } from '../db/meeting-rows.ts'
import { readOccurrenceWindow, writeOccurrenceWindow } from '../db/occurrence-window.ts'
import { storageCode } from '../db/storage-error.ts'
import { daysAhead, daysBehind, type Window } from '../domain/schedule.ts'
import { whereaboutsOf, type Center } from '../domain/whereabouts.ts'
import { settleSameMeetings } from './same-meetings.ts'
import { addDays, centerHash, daysBetween, todayAt, windowAround } from './standing.ts'
import type { RollReport } from './worker-protocol.ts'
import type { Workshop } from './workshop.ts'
import { writeInChunks, type Step } from './write-chunks.ts'

const pageRows = 200
const removedAtOnce = 100

/**
 * Brings the occurrences up to the present day and center. A new day adds its dates and drops old ones; a
 * clock that jumped far or back, another center, or `whole` computes all again, and also where each meeting
 * stands. The window is marked as done at the end: one cut off midway is repeated.
 */
export async function rollOccurrences(
  shop: Workshop,
  center: Center,
  options: { readonly whole: boolean },
): Promise<RollReport> {
  const today = todayAt(center, shop.clock.now())
  const mark = { today, centerHash: centerHash(center) }
  const last = readOccurrenceWindow(shop.db)
  const days = last === undefined ? 0 : daysBetween(last.today, today)
  const whole =
    options.whole || last?.centerHash !== mark.centerHash || days < 0 || days > daysAhead + daysBehind
  const tally = { meetings: 0, occurrencesWritten: 0 }
  if (!whole && days === 0) return { outcome: 'done', ...tally, longestHoldMs: 0 }
  const steps = whole
    ? everyMeeting(shop, (row) => rebuild(shop, row, center, windowAround(today, center.zone), tally))
    : everyMeeting(shop, (row) =>
        addNewDays(shop, row, center, newDays(last.today, days, center.zone), tally),
      )
  try {
    const done = await writeInChunks(withRemovals(shop, steps, today), shop)
    const settled =
      done.outcome === 'done' ? await settleSameMeetings(shop, center, whole ? 'all' : 'new day') : done
    const { outcome } = settled
    if (outcome === 'done') shop.db.transaction((tx) => writeOccurrenceWindow(shop.db, tx, mark))
    return { outcome, ...tally, longestHoldMs: Math.max(done.longestHoldMs, settled.longestHoldMs) }
  } catch (error) {
    const code = storageCode(error)
    if (code === null) throw error
    return { outcome: code === 'storage_full' ? 'disk_full' : 'failed', ...tally, longestHoldMs: 0 }
  }
}

/** The days that came into the window since `lastToday`. */
function newDays(lastToday: LocalDate, days: number, zone: string): Window {
  return { zone, from: addDays(lastToday, daysAhead + 1), days }
}

function* everyMeeting(shop: Workshop, stepOf: (row: StandingRow) => Step | null): Generator<Step> {
  for (let after = ''; ;) {
    const rows = shop.meetings.listStandings(after, pageRows)
    for (const row of rows) {
      const step = stepOf(row)
      if (step !== null) yield step
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = last.id
  }
}

function* withRemovals(shop: Workshop, steps: Iterable<Step>, today: LocalDate): Generator<Step> {
  yield* steps
  const from = addDays(today, -daysBehind)
  const to = addDays(today, daysAhead)
  for (let left = shop.writer.countOutside(from, to); left > 0; left -= removedAtOnce) {
    yield (tx) => void shop.writer.removeOutside(tx, from, to, removedAtOnce)
  }
}

type Tally = { meetings: number; occurrencesWritten: number }

function isShown(row: StandingRow): boolean {
  return row.state === 'active' && row.attendance !== 'inactive'
}

function datesOf(row: StandingRow, window: Window) {
  return datesIn(window, parseRules(row.rules), parseWeeks(row.weeksByStaff))
}

/** Dates are computed before the lock; where it stands, after it, since staff may have marked it meanwhile. */
function rebuild(shop: Workshop, row: StandingRow, center: Center, window: Window, tally: Tally): Step {
  const dated = isShown(row) ? datesOf(row, window) : []
  tally.meetings += 1
  return (tx) => {
    const current = shop.meetings.findStanding(row.id)
    if (current === undefined) return
    const stands = whereaboutsOf(toStanding(current), center)
    tally.occurrencesWritten += shop.writer.redate(tx, row.id, stands, dated)
  }
}

function addNewDays(
  shop: Workshop,
  row: StandingRow,
  center: Center,
  window: Window,
  tally: Tally,
): Step | null {
  tally.meetings += 1
  if (!isShown(row)) return null
  const dated = datesOf(row, window)
  if (dated.length === 0) return null
  return (tx) => {
    const current = shop.meetings.findStanding(row.id)
    if (current === undefined) return
    const stands = whereaboutsOf(toStanding(current), center)
    tally.occurrencesWritten += shop.writer.addDates(tx, row.id, stands, dated)
  }
}
