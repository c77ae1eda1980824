import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OccurrenceRow, Whereabouts } from '../../electron/contract/models.ts'
import { saveCenter } from '../e2e/setup.ts'
import { openApp, type App } from '../support/app.ts'
import { timeCalls, type TimedCalls } from './calls.ts'
import { importAll, refreshAll, writeEdition, type FeedsInPlace, type ImportPass } from './imports.ts'
import { benchCenter } from './place.ts'

/** A Tuesday, half past noon at the center, two days after the clocks went forward. */
const now = '2026-03-10T17:30:00Z'
const today = '2026-03-10'
const weekAhead = [0, 1, 2, 3, 4, 5, 6].map((days) => `2026-03-${10 + days}`)

export const seed = 20_260_310

const rounds = { smallImports: 3, largeImports: 1, again: 3, starts: 5, calls: 300, handouts: 3 } as const
/** From this size on a first import is made once: it takes minutes. */
const largeFrom = 10_000
const paintedTimeoutMs = 180_000

export type SizeResult = {
  readonly size: number
  readonly feedBytes: number
  readonly databaseBytes: number
  readonly todayRows: Readonly<Record<Whereabouts, number>>
  readonly imports: readonly ImportPass[]
  readonly unchanged: readonly ImportPass[]
  readonly onePercent: readonly ImportPass[]
  readonly startToTodayMs: readonly number[]
  readonly listDay: TimedCalls
  readonly signIn: TimedCalls
  readonly handout: TimedCalls
  /** The whole of it, the generator and all starts included. */
  readonly tookMs: number
}

/** Runs the built application on generated lists of one size, in fresh profiles that are removed again. */
export async function measureSize(size: number, say: (what: string) => void): Promise<SizeResult> {
  const startedAt = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-bench-'))
  try {
    const place: FeedsInPlace = { folder, seed, size }
    const imports: ImportPass[] = []
    const importRounds = size < largeFrom ? rounds.smallImports : rounds.largeImports
    let profile = ''
    let last: Imported | null = null
    for (let round = 1; round <= importRounds; round += 1) {
      say(`first import, ${round} of ${importRounds}`)
      if (profile !== '') rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      profile = join(folder, `profile-${round}`)
      mkdirSync(profile)
      last = await importOnce(profile, place, round === importRounds ? rounds.again : 0, say)
      imports.push(last.first)
    }
    if (last === null) throw new Error('Nothing was imported.')
    const databaseBytes = statSync(join(profile, 'open-chair.db')).size

    const startToTodayMs: number[] = []
    for (let round = 1; round < rounds.starts; round += 1) {
      say(`start, ${round} of ${rounds.starts}`)
      const app = await open(profile)
      try {
        startToTodayMs.push(await startToToday(app))
      } finally {
        await app.close()
      }
    }
    say(`start, ${rounds.starts} of ${rounds.starts}, then lists, sign-ins and hand-outs`)
    const app = await open(profile)
    try {
      startToTodayMs.push(await startToToday(app))
      const visit = await measureVisit(app)
      const { feedBytes, unchanged, onePercent } = last
      const tookMs = performance.now() - startedAt
      return {
        size,
        feedBytes,
        databaseBytes,
        imports,
        unchanged,
        onePercent,
        startToTodayMs,
        ...visit,
        tookMs,
      }
    } finally {
      await app.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** No idle reset while nobody touches the screen. */
function open(profile: string): Promise<App> {
  return openApp({ now, zone: benchCenter.zone, profile, idleWarningMs: 3_600_000, idleShutterMs: 3_600_000 })
}

type Imported = {
  readonly feedBytes: number
  readonly first: ImportPass
  readonly unchanged: readonly ImportPass[]
  readonly onePercent: readonly ImportPass[]
}

async function importOnce(
  profile: string,
  place: FeedsInPlace,
  timesAgain: number,
  say: (what: string) => void,
): Promise<Imported> {
  const feedBytes = writeEdition(place, 0)
  const app = await open(profile)
  try {
    await saveCenter(app, benchCenter)
    const { pass: first, feedIds } = await importAll(app, place)
    const unchanged: ImportPass[] = []
    const onePercent: ImportPass[] = []
    for (let round = 1; round <= timesAgain; round += 1) {
      say(`import again, ${round} of ${timesAgain}`)
      unchanged.push(await refreshAll(app, feedIds))
      writeEdition(place, round)
      const pass = await refreshAll(app, feedIds)
      if (pass.written === 0) throw new Error('The new edition changed nothing.')
      onePercent.push(pass)
    }
    return { feedBytes, first, unchanged, onePercent }
  } finally {
    await app.close()
  }
}

/** From the main bundle's first line to the painted list, less the launch of the browser, as `walkthrough`. */
async function startToToday(app: App): Promise<number> {
  const { kiosk } = app
  const mark = 'open-chair.today-painted'
  await kiosk.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, {
    timeout: paintedTimeoutMs,
  })
  const paintedAtMs = await kiosk.evaluate(
    (name) => performance.timeOrigin + (performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN),
    mark,
  )
  const started = app.log().findLast((line) => line.event === 'app.started')
  const firstLineAtMs = Number(started?.['firstLineAtMs'])
  const launchMs = Number(started?.['readyAtMs']) - firstLineAtMs
  const ms = paintedAtMs - firstLineAtMs - launchMs
  if (!Number.isFinite(ms) || ms <= 0) throw new Error('The start was not timed.')
  return ms
}

async function measureVisit(
  app: App,
): Promise<Pick<SizeResult, 'todayRows' | 'listDay' | 'signIn' | 'handout'>> {
  const { kiosk } = app
  const groups: readonly Whereabouts[] = ['here', 'nearby', 'online']
  const day = await kiosk.evaluate(
    (date) =>
      window.openChair.invoke('meetings.listDay', { date, whereabouts: 'here', offset: 0, limit: 200 }),
    today,
  )
  if (!day.ok) throw new Error(`Today was not listed: ${day.code}`)
  const open = day.value.rows.filter((row) => row.canSignIn && row.kind === 'peer')

  const listDay = await timeCalls(
    kiosk,
    'meetings.listDay',
    // As the screen asks: the first page of one group, of today and of the days ahead.
    times(rounds.calls, (index) => ({
      date: weekAhead[Math.floor(index / groups.length) % weekAhead.length] ?? today,
      whereabouts: groups[index % groups.length] ?? 'here',
      offset: 0,
      limit: 50,
    })),
  )
  const signIn = await timeCalls(
    kiosk,
    'signIns.add',
    times(rounds.calls, (index) => {
      const { meetingId, localDate, startsAtMs } = rowAt(open, index)
      return { requestId: randomUUID(), meetingId, localDate, startsAtMs, given: { kind: 'count' as const } }
    }),
  )
  const choice = { locale: 'en', paper: 'letter', size: 'standard' } as const
  const handout = await timeCalls(
    kiosk,
    'handouts.preview',
    times(rounds.handouts, () => ({ ...choice, peerGroups: true, clubs: true, online: true })),
  )
  return { todayRows: day.value.totals, listDay, signIn, handout }
}

function times<Value>(count: number, make: (index: number) => Value): readonly Value[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function rowAt(rows: readonly OccurrenceRow[], index: number): OccurrenceRow {
  const row = rows[index % rows.length]
  if (row === undefined) throw new Error('No meeting here is open for signing in.')
  return row
}
