import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calendar, datesOf, event, readCalendar } from './calendars.ts'

/* Prints the dates of every calendar of a folder that has a list in `expected/`: run under several zones of
   the machine, whose answers must be the same. */

type Expected = { readonly windowFromUtc: string; readonly windowToUtcExclusive: string }

const folder = process.argv[2] ?? ''
const found: Record<string, readonly string[]> = {}
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const list = join(folder, 'expected', name.replace(/\.ics$/, '.json'))
  if (!name.endsWith('.ics') || !existsSync(list)) continue
  const expected = JSON.parse(readFileSync(list, 'utf8')) as Expected // The lists' own form.
  const from = expected.windowFromUtc.slice(0, 10)
  const days = (Date.parse(expected.windowToUtcExclusive) - Date.parse(expected.windowFromUtc)) / 86_400_000
  const reading = readCalendar(readFileSync(join(folder, name), 'utf8'), { zone: 'UTC' })
  found[name] = datesOf(reading, { zone: 'UTC', from, days })
}
const invented = calendar(
  ...event('UID:a', 'DTSTART:20260302T023000', 'RRULE:FREQ=DAILY;COUNT=9'),
  ...event('UID:b', 'DTSTART;VALUE=DATE:20260307', 'RRULE:FREQ=WEEKLY;COUNT=2', 'SUMMARY:All day'),
  ...event('UID:c', 'DTSTART;TZID=Australia/Lord_Howe:20260404T013000', 'RRULE:FREQ=DAILY;UNTIL=20260406'),
)
found['invented'] = datesOf(readCalendar(invented), {
  zone: 'America/New_York',
  from: '2026-03-01',
  days: 60,
})
process.stdout.write(JSON.stringify(found))
