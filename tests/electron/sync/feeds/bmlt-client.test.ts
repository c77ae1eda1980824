import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedProblem, FeedScope } from '../../../../electron/contract/models.ts'
import type { Result } from '../../../../electron/contract/result.ts'
import type { FetchedFeed } from '../../../../electron/ports.ts'
import { asksBmlt, fetchBmlt } from '../../../../electron/sync/feeds/bmlt-client.ts'
import { createFeedClient } from '../../../../electron/sync/feeds/feed-client.ts'
import { type BmltAnswers, type BmltServer, openBmltServer } from '../../../support/bmlt-server.ts'
import { readAll, type WholeReading } from '../../../support/read-all.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const servers: BmltServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function serve(answers: BmltAnswers): Promise<BmltServer> {
  const server = await openBmltServer(answers)
  servers.push(server)
  return server
}

const center = { latitude: 52.5, longitude: 13.4, radiusMeters: 20_000 }

const webSource = (address: string) =>
  ({ from: 'web', address, etag: '"old"', lastModified: null, plainHttpAllowed: false }) as const

function fetchFrom(
  address: string,
  scope: FeedScope | null = null,
  languages: readonly string[] = ['en', 'es'],
  limits: Parameters<typeof createFeedClient>[0] = {},
): Promise<Result<FetchedFeed, FeedProblem>> {
  return fetchBmlt(createFeedClient(limits), webSource(address), { scope, center, languages })
}

function readingOf(fetched: Result<FetchedFeed, FeedProblem>): WholeReading {
  if (!fetched.ok) throw new Error(`${fetched.code}: ${fetched.detail}`)
  if (!fetched.value.changed) throw new Error('unchanged')
  const reading = readAll(fetched.value.bytes, { kind: 'peer', fellowship: null, zone: 'Europe/Berlin' })
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.detail}`)
  return reading.value
}

const questionsOf = (server: BmltServer): readonly string[] =>
  server.asked.map((path) => decodeURIComponent(path.replace('/main_server/client_interface/json/?', '')))

const meeting = {
  id_bigint: '1',
  weekday_tinyint: '2',
  start_time: '19:00:00',
  formats: 'O',
  format_shared_id_list: '17',
  venue_type: '1',
  meeting_name: 'Ünter Linden',
  location_street: '1 Main St',
}
const openFormat = (lang: string, name: string) => ({
  id: '17',
  key_string: 'O',
  name_string: name,
  world_id: 'OPEN',
  format_type_enum: 'O',
  lang,
})
const json = JSON.stringify

describe.skipIf(!hasSharedFeeds)('fetching from a BMLT server that plays real answers', () => {
  const real = (name: string): string => readFileSync(sharedFeed(`bmlt/${name}`), 'utf8')
  const berlin = (): BmltAnswers => ({
    search: real('berlin-search-results.json'),
    formats: {
      en: real('german-formats-en.json'),
      de: real('german-formats-de.json'),
      '': real('german-formats-de.json'),
    },
  })

  it('packs meetings and formats into one answer; open in week 1 is then known', async () => {
    const server = await serve(berlin())
    const { counts, meetings, warnings } = readingOf(
      await fetchFrom(server.root, { by: 'circle', kilometers: null }),
    )
    expect(counts).toMatchObject({ read: 108, shown: 108, refused: 0 })
    expect(meetings.filter(({ openness }) => openness === 'open_this_week')).toHaveLength(24)
    expect(warnings.filter(({ reason }) => reason.startsWith('no-formats'))).toEqual([])
    expect(questionsOf(server)).toEqual([
      'switcher=GetSearchResults&get_used_formats=1&lat_val=52.5&long_val=13.4&geo_width_km=20',
      'switcher=GetFormats&lang_enum=en',
      'switcher=GetFormats&lang_enum=es',
    ])
    expect(server.atOnce()).toBe(1)
  })

  it('takes the server’s own language where it has none of ours', async () => {
    const server = await serve(berlin())
    const { meetings } = readingOf(await fetchFrom(server.root, null, ['es', 'pl']))
    expect(meetings.filter(({ openness }) => openness === 'open_this_week')).toHaveLength(24)
    expect(questionsOf(server).slice(1)).toEqual([
      'switcher=GetFormats&lang_enum=es',
      'switcher=GetFormats&lang_enum=pl',
      'switcher=GetFormats',
    ])
  })

  it('asks for service bodies with those below them', async () => {
    const server = await serve({
      search: real('ny-meeting-search-42.867970-day2.json'),
      formats: { en: real('ny-formats.json') },
    })
    const reading = readingOf(await fetchFrom(server.root, { by: 'services', ids: [1060, 1047] }))
    expect(reading.counts).toMatchObject({ read: 53, shown: 53 })
    expect(reading.meetings.filter(({ openness }) => openness === 'open')).toHaveLength(24)
    expect(questionsOf(server)[0]).toBe(
      'switcher=GetSearchResults&get_used_formats=1&services[]=1060&services[]=1047&recursive=1',
    )
  })

  it('asks a saved query as it stands, and only adds what its formats mean', async () => {
    const server = await serve(berlin())
    const query = `${server.root}client_interface/json/?switcher=GetSearchResults&weekdays=2,3&sort_keys=start_time`
    const { meetings } = readingOf(await fetchFrom(query))
    expect(meetings.filter(({ openness }) => openness === 'open_this_week')).toHaveLength(24)
    expect(server.asked[0]).toBe(
      '/main_server/client_interface/json/?switcher=GetSearchResults&weekdays=2,3&sort_keys=start_time',
    )
  })

  it('leaves a saved query alone that brings its formats', async () => {
    const search = real('ny-meeting-search-42.867970-day3.json')
    const server = await serve({ search })
    const fetched = await fetchFrom(
      `${server.root}client_interface/json/?switcher=GetSearchResults&get_used_formats=1`,
    )
    expect(fetched.ok && fetched.value.changed && Buffer.from(fetched.value.bytes).toString()).toBe(search)
    expect(server.asked).toHaveLength(1)
  })

  it('gives the same bytes for the same answers, so that nothing is applied again', async () => {
    const server = await serve(berlin())
    const [first, second] = [await fetchFrom(server.root), await fetchFrom(server.root)]
    expect(first).toEqual(second)
    expect(first).toMatchObject({ ok: true, value: { changed: true, etag: null, lastModified: null } })
  })
})

describe('fetching from a BMLT server that answers badly', () => {
  it('says what to check when the server finds no meetings', async () => {
    const server = await serve({ search: '[]' })
    const fetched = await fetchFrom(server.root, { by: 'circle', kilometers: 5 })
    if (!fetched.ok || !fetched.value.changed) throw new Error('not fetched')
    const reading = readAll(fetched.value.bytes, { kind: 'peer', fellowship: null, zone: 'UTC' })
    expect(reading).toMatchObject({ ok: false, code: 'empty' })
    expect(reading.ok ? '' : reading.detail).toMatch(/circle or the service bodies/)
  })

  it.each([
    [422, 'http_error'],
    [404, 'not_found'],
    [500, 'http_error'],
    [403, 'needs_key'],
  ] as const)('passes on what the client says of status %i', async (status, code) => {
    const server = await serve({ search: '[]', broken: { GetSearchResults: status } })
    expect(await fetchFrom(server.root)).toMatchObject({ ok: false, code })
    expect(server.asked).toHaveLength(1)
  })

  it('knows a page that is no server, and how such an address ends', async () => {
    const server = await serve({ search: '<!doctype html><p>Welcome' })
    const fetched = await fetchFrom(server.root)
    expect(fetched).toMatchObject({ ok: false, code: 'html' })
    expect(fetched.ok ? '' : fetched.detail).toMatch(/main_server/)
    const other = await serve({ search: '{"name": 1}' })
    expect(await fetchFrom(other.root)).toMatchObject({ ok: false, code: 'wrong_format' })
    const cut = await serve({ search: '[{"id_bigint": "1"' })
    expect(await fetchFrom(cut.root)).toMatchObject({ ok: false, code: 'wrong_format' })
  })

  it('does without formats that do not come: meetings are worth more than their names', async () => {
    const server = await serve({
      search: json({ meetings: [meeting], formats: [openFormat('de', 'Offen')] }),
      broken: { GetFormats: 500 },
    })
    expect(readingOf(await fetchFrom(server.root)).meetings[0]).toMatchObject({ openness: 'open' })
    const plain = await serve({ search: json([meeting]), broken: { GetFormats: 200 } })
    const reading = readingOf(await fetchFrom(plain.root))
    expect(reading.meetings[0]).toMatchObject({ openness: 'unknown', name: 'Ünter Linden' })
    expect(reading.warnings.map(({ reason }) => reason.split(':')[0])).toEqual(['no-formats'])
  })

  it('writes each format once, also when the search and a language bring the same', async () => {
    const server = await serve({
      search: json({ meetings: [meeting], formats: [openFormat('en', 'Open')] }),
      formats: { en: json([openFormat('en', 'Open')]), es: json({ formats: [openFormat('es', 'Abierta')] }) },
    })
    const fetched = await fetchFrom(server.root)
    if (!fetched.ok || !fetched.value.changed) throw new Error('not fetched')
    const answer = JSON.parse(Buffer.from(fetched.value.bytes).toString()) as { formats: unknown[] }
    expect(answer.formats).toEqual([openFormat('en', 'Open'), openFormat('es', 'Abierta')])
  })

  it('keeps the limits of the client', async () => {
    const server = await serve({ search: json([{ ...meeting, comments: 'x'.repeat(5000) }]) })
    expect(await fetchFrom(server.root, null, ['en'], { limits: { webBytes: 2000 } })).toMatchObject({
      ok: false,
      code: 'too_large',
    })
  })

  it('never asks for what holds the key of a map', async () => {
    const server = await serve({ search: json([meeting]) })
    await fetchFrom(server.root, { by: 'circle', kilometers: 3 })
    expect(questionsOf(server).join('\n')).not.toMatch(/GetServerInfo/i)
  })

  it('is only for addresses of such a server', () => {
    expect(asksBmlt(webSource('https://bmlt.example.org/main_server/'), null)).toBe(true)
    expect(asksBmlt(webSource('https://example.org/list.json'), null)).toBe(false)
    expect(asksBmlt(webSource('https://example.org/'), { by: 'circle', kilometers: null })).toBe(true)
    expect(asksBmlt({ from: 'file', path: '/tmp/main_server' }, { by: 'circle', kilometers: null })).toBe(
      false,
    )
  })
})
