import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')
const peer = resolve(root, 'resources/demonstration/na.json')
const clubs = resolve(root, 'resources/demonstration/clubs.ics')
const rest = ['--now', '2026-11-24T15:00:00Z', '--zone', 'America/New_York', '--at', '42.9,-77.3']

let out: string
test.beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'open-chair-walk-'))
})
test.afterEach(() => {
  rmSync(out, { recursive: true, force: true })
})

function walk(...args: readonly string[]): number | null {
  const file = resolve(root, 'tests/commands/walkthrough.ts')
  return spawnSync(process.execPath, [file, ...args, '--out', out], { stdio: 'ignore', timeout: 110_000 })
    .status
}

const count = z.int().min(0)
/** The stable interface of issue and README, nothing more and nothing less. */
const reportSchema = z.strictObject({
  feeds: z.array(
    z.strictObject({
      source: z.string(),
      format: z.enum(['meeting-guide', 'bmlt', 'ical', 'naws', 'table']).nullable(),
      counts: z.strictObject({
        read: count,
        shown: count,
        byAppointment: count,
        inactive: count,
        refused: count,
      }),
      problem: z.string().optional(),
    }),
  ),
  today: z
    .strictObject({
      date: z.iso.date(),
      zone: z.string(),
      meetings: z.array(
        z.strictObject({
          key: z.string(),
          alsoIn: z.array(z.strictObject({ source: z.string(), key: z.string() })).optional(),
          name: z.string().min(1),
          kind: z.enum(['therapy', 'peer', 'club']),
          startsAt: z.union([z.iso.datetime(), z.iso.date()]),
          endsAt: z.union([z.iso.datetime(), z.iso.date()]),
          place: z.string().nullable(),
          attendance: z.enum(['in_person', 'hybrid', 'online']),
          status: z.enum(['scheduled', 'cancelled', 'moved', 'tentative']),
        }),
      ),
    })
    .nullable(),
  signIn: z
    .strictObject({
      kind: z.enum(['count', 'name', 'code']),
      storedRows: count,
      confirmMs: z.number().min(0),
    })
    .nullable(),
  signInReason: z.string().optional(),
  handout: z.strictObject({ file: z.string(), pages: count, meetings: count, clubs: count }).nullable(),
  handoutReason: z.string().optional(),
  timings: z.strictObject({
    startToTodayMs: z.number().nullable(),
    importMs: z.number().nullable(),
    handoutMs: z.number().nullable(),
  }),
})

function report(): z.infer<typeof reportSchema> {
  return reportSchema.parse(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')))
}

test.beforeEach(({}, testInfo) => {
  test.skip(testInfo.project.name !== 'chromium-host', 'the walkthrough chooses its own host')
})

test('a walk leaves a report of the promised shape, pictures and the hand-out', () => {
  const rows: { slug: string; name: string }[] = JSON.parse(readFileSync(peer, 'utf8'))
  const key = rows[0]?.slug ?? ''
  expect(walk('--feed', peer, '--fellowship', 'na', '--clubs', clubs, '--here', key, ...rest)).toBe(0)
  const { feeds, today, signIn, signInReason, handout, timings } = report()
  expect(feeds.map((feed) => feed.format)).toEqual(['meeting-guide', 'ical'])
  expect(today?.zone).toBe('America/New_York')
  expect(today?.meetings.length).toBeGreaterThan(0)
  // The marked meeting may not be on that day: then the reason says so.
  expect(signIn?.storedRows === 1 || signInReason !== undefined).toBe(true)
  expect(handout?.pages).toBeGreaterThan(0)
  expect(timings.startToTodayMs).toBeGreaterThan(0)
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['1-today.png', 'handout.pdf', 'report.json']))
})

test('without one usable feed it ends with 1, and the report says why', () => {
  const page = join(out, 'list.json')
  writeFileSync(page, '<!doctype html><title>Sign in</title>')
  expect(walk('--feed', page, '--feed', join(out, 'missing.json'), ...rest)).toBe(1)
  const { feeds, today } = report()
  expect(feeds.map((feed) => feed.problem?.split(':')[0])).toEqual(['html', 'file_not_found'])
  expect(today).toBeNull()
})

test('wrong arguments end with 2', () => {
  expect(walk('--feed', peer, '--zone', 'Nowhere/Else', '--now', '2026-11-24T15:00:00Z', '--at', '1,2')).toBe(
    2,
  )
})
