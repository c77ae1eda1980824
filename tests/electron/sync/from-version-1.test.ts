import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Db } from '../../../electron/db/connection.ts'
import { canonicalFileAddress } from '../../../electron/db/feed-address.ts'
import { FeedStore } from '../../../electron/db/feed-store.ts'
import { migrations } from '../../../electron/db/migrations/migrations.ts'
import { OccurrenceStore } from '../../../electron/db/occurrence-store.ts'
import { openDatabase } from '../../../electron/db/open.ts'
import { SearchStore } from '../../../electron/db/search-store.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { meetingId } from '../../../electron/sync/identity.ts'
import { centerHash } from '../../../electron/sync/standing.ts'
import { openTestJob } from '../../support/test-job.ts'
import { FakeClock, FakeIds, MemoryLogger } from '../../support/fakes.ts'
import { temporaryFolder } from '../../support/temporary-database.ts'
import { guideList, guideRow, key, must, sanJose } from './shop.ts'

/*
 * A machine of the first version with two feeds, meetings, marks of staff and sign-ins is started with this one:
 * nothing that anyone entered is lost, and what the new version derives is there when its first work is done.
 */

const today = '2026-11-24'
const startsAtMs = Date.parse('2026-11-25T03:00:00Z')
const clock = new FakeClock('2026-11-24T20:00:00Z')
const log = new MemoryLogger()

/** What both lists say; `district` is listed by the county too, under a name of its own. */
const county = [
  guideRow('shared', { name: 'Tuesday Serenity Group' }),
  guideRow('hidden', { name: 'Hidden by staff' }),
  guideRow('here', { name: 'Marked as here', formatted_address: '9 Elm Street, San Jose, CA 95112, USA' }),
  guideRow('renumbered', { name: 'Old Number', formatted_address: '5 Elm Street, San Jose, CA 95112, USA' }),
]
const district = [guideRow('d-1', { name: 'Tuesday Serenity' })]

function insert(db: Db, table: string, row: Readonly<Record<string, string | number | null>>): void {
  const columns = Object.keys(row)
  db.driver
    .prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`,
    )
    .run(row)
}

/** The rows that the first version wrote, by its schema. */
function makeVersion1(file: string, lists: Readonly<Record<string, string>>) {
  const db = must(openDatabase({ file, key, log, clock, migrations: migrations.slice(0, 1) }))
  const at = { machine_id: 'm', created_at_ms: 1, updated_at_ms: 1 }
  insert(db, 'machine', { id: 1, machine_id: 'm', born_at_ms: 1 })
  insert(db, 'setting', { name: 'centerName', value: '"Harbor House"', machine_id: 'm', updated_at_ms: 1 })
  const ids = new Map<string, string>()
  for (const [name, path] of Object.entries(lists)) {
    const address = canonicalFileAddress(path)
    insert(db, 'feed', {
      ...at,
      id: name,
      name: `The ${name}`,
      format: 'meeting-guide',
      source_from: 'file',
      address: path,
      canonical_address: address,
      kind: 'peer',
      fellowship: 'aa',
      next_run_at_ms: clock.now() + 3_600_000,
      content_hash: 'of the first version',
      last_good_run_at_ms: clock.now() - 1000,
      created_at_ms: name === 'county' ? 1 : 2,
    })
    insert(db, 'feed_run', {
      id: `run of ${name}`,
      feed_id: name,
      started_at_ms: 1,
      ended_at_ms: 2,
      outcome: 'applied',
      added: 3,
    })
    for (const row of name === 'county' ? county : district) {
      const id = meetingId(address, row.slug, '')
      ids.set(row.slug, id)
      const [street = ''] = String(row['formatted_address']).split(',')
      insert(db, 'meeting', {
        ...at,
        id,
        feed_id: name,
        feed_key: row.slug,
        kind: 'peer',
        fellowship: 'aa',
        audience: 'self',
        decided_by: 'fellowship: feed setting; kind: feed setting; audience: the fellowship',
        name: row.name,
        attendance: 'in_person',
        place_name: 'Hall',
        street,
        city: 'San Jose',
        postal_code: '95112',
        latitude: 37.34,
        longitude: -121.89,
        state: row.slug === 'hidden' ? 'hidden' : 'active',
        here_by_staff: row.slug === 'here' ? 1 : null,
        content_hash: `old ${row.slug}`,
        fingerprint: `aa|2 1140|${row.name.toLowerCase()}|${street.toLowerCase()}`,
      })
      const rule = { form: 'weekly', weekday: 2, startMinute: 1140, durationMinutes: 60, zone: sanJose.zone }
      insert(db, 'meeting_rule', { meeting_id: id, position: 0, rule: JSON.stringify(rule) })
      insert(db, 'occurrence', {
        meeting_id: id,
        slot: `${today}T19:00:00`,
        local_date: today,
        starts_at_ms: startsAtMs,
        ends_at_ms: startsAtMs + 3_600_000,
        status: 'scheduled',
        whereabouts: 1,
        distance_order: 5000,
        name_order: row.name.toLowerCase(),
        kind: 'peer',
      })
    }
  }
  insert(db, 'meeting_alias', { old_id: 'its first id', meeting_id: ids.get('renumbered')! })
  insert(db, 'occurrence_window', { id: 1, today, center_hash: centerHash(sanJose) })
  insert(db, 'sign_in', {
    id: 's1',
    request_id: 'r1',
    meeting_id: 'its first id',
    local_date: today,
    starts_at_ms: startsAtMs,
    kind: 'name',
    first_name: 'Ana',
    last_initial: 'K',
    source: 'kiosk',
    machine_id: 'm',
    created_at_ms: 1,
  })
  insert(db, 'head_count', {
    request_id: 'r2',
    meeting_id: ids.get('d-1')!,
    local_date: today,
    change: 1,
    machine_id: 'm',
  })
  const entered = enteredIn(db)
  db.close()
  return { ids, entered }
}

/** Everything that is not derived, in the columns of the first version. */
function enteredIn(db: Db) {
  const columns = {
    setting: '*',
    feed: 'id, name, address, canonical_address, kind, fellowship, zone, held_here, every_minutes',
    feed_run: '*',
    meeting:
      'id, feed_id, feed_key, kind, fellowship, name, street, postal_code, state, here_by_staff, created_at_ms',
    meeting_alias: '*',
    meeting_rule: '*',
    sign_in: '*',
    head_count: '*',
  }
  return Object.entries(columns).map(([table, wanted]) => [
    table,
    db.driver.prepare(`SELECT ${wanted} FROM ${table} ORDER BY 1, 2`).all(),
  ])
}

it('is started with all it had, and lists, search and same meetings are there when its first work is done', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'open-chair.db')
  const lists = { county: join(folder, 'county.json'), district: join(folder, 'district.json') }
  writeFileSync(lists.county, guideList(county))
  writeFileSync(lists.district, guideList(district))
  const { ids, entered } = makeVersion1(file, lists)

  const db = must(openDatabase({ file, key, log, clock }))
  onTestFinished(() => db.close())
  const rows = (sql: string): unknown[] => db.driver.prepare(sql).all()
  expect(enteredIn(db)).toEqual(entered)
  expect(readdirSync(folder).filter((name) => name.endsWith('-v1'))).toHaveLength(1)
  expect(rows('SELECT count(DISTINCT number) AS numbers, count(*) AS all_of_them FROM meeting')).toEqual([
    { numbers: 5, all_of_them: 5 },
  ])
  expect(rows('PRAGMA foreign_key_check')).toEqual([])
  expect(db.integrityErrors()).toEqual([])

  const feeds = new FeedStore(db, { clock, ids: new FakeIds(), machineId: 'm' })
  const job = openTestJob({ db, feeds, clock, log, file, key, machineId: 'm', center: () => sanJose })
  onTestFinished(() => job.stop())
  job.start()
  await job.whenIdle()

  const fellowshipName = () => null
  const now = { today, nowMs: clock.now() }
  const store = new OccurrenceStore(db, { fellowshipName })
  const listed = () =>
    (['here', 'nearby'] as const).flatMap((whereabouts) =>
      store
        .listDay({ ...now, date: today, whereabouts, offset: 0, limit: 50 })
        .rows.map((row) => [row.whereabouts, row.key, ...(row.alsoIn ?? []).map((also) => also.key)]),
    )
  const asListed = [
    ['here', 'here'],
    ['nearby', 'renumbered'],
    ['nearby', 'shared', 'd-1'],
  ]
  expect(listed()).toEqual(asListed)
  expect(rows('SELECT * FROM meeting_unsettled')).toEqual([])
  expect(enteredIn(db)).toEqual(entered)

  const search = new SearchStore(db, { dictionary: searchDictionary(), fellowshipName })
  const found = (text: string) =>
    search
      .search({ ...now, text, date: today, days: 8, order: 'soonest', limit: 10, ownLanguage: 'en' })
      .rows.map((row) => row.key)
  expect(found('seren')).toEqual(['shared'])
  expect(found('old number')).toEqual(['renumbered'])
  expect(found('hidden')).toEqual([])

  // What was signed in to is still found, by an id that its feed gave up and by one that is shown as another.
  const occurrence = (id: string) =>
    store.findOccurrence({ meetingId: id, localDate: today, startsAtMs }, now)?.key
  expect(occurrence('its first id')).toBe('renumbered')
  expect(occurrence(ids.get('d-1')!)).toBe('shared')

  // The next reading of both lists finds the same meetings: none is new, none is lost.
  for (const feedId of Object.keys(lists)) {
    expect(await job.refresh(feedId)).toMatchObject({
      ok: true,
      value: { outcome: 'applied', tally: { added: 0, removed: 0 } },
    })
  }
  expect(listed()).toEqual(asListed)
})
