import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { canonicalFileAddress, canonicalWebAddress } from '../../../electron/db/feed-address.ts'
import { emptyTally, FeedStore, type NewFeed, type RunEnd } from '../../../electron/db/feed-store.ts'
import { FakeIds } from '../../support/fakes.ts'
import { temporaryDatabase, temporaryFolder } from '../../support/temporary-database.ts'

const web = (address: string, more: Partial<NewFeed> = {}): NewFeed => ({
  source: { from: 'web', address, plainHttpAllowed: false },
  name: '',
  kind: 'peer',
  fellowship: 'aa',
  zone: null,
  heldHere: false,
  ...more,
})

function open() {
  const base = temporaryDatabase()
  const feeds = new FeedStore(base.db, { clock: base.clock, ids: new FakeIds(), machineId: 'machine-1' })
  const added = feeds.add(web('https://example.org/meetings.json'))
  if (!added.ok) throw new Error(added.code)
  return { ...base, feeds, feedId: added.value.feedId }
}

const applied: RunEnd = {
  outcome: 'applied',
  format: 'meeting-guide',
  proposedName: 'County Office',
  counts: { read: 3, shown: 2, byAppointment: 0, inactive: 0, refused: 1 },
  remarks: [{ where: 'row 3', reason: 'It has no name.' }],
  etag: '"1"',
  lastModified: null,
  contentHash: 'bytes:settings',
}

describe('the canonical address', () => {
  it.each([
    'https://example.org/meetings',
    'HTTPS://Example.ORG:443/meetings/',
    'https://example.org/meetings#today',
    ' https://example.org./x/../meetings ',
    'https://user:secret@example.org/meetings?',
    'webcal://example.org/meetings',
  ])('%s is one and the same', (address) => {
    expect(canonicalWebAddress(address)).toBe('https://example.org/meetings')
  })

  it('keeps what may name another list', () => {
    const addresses = [
      'https://example.org/',
      'https://example.org/Meetings',
      'https://example.org/meetings?day=1',
      'https://example.org/meetings?action=meetings&key=1',
      'https://example.org:8443/meetings',
      'http://example.org/meetings',
    ]
    expect(new Set(addresses.map(canonicalWebAddress)).size).toBe(addresses.length)
    expect(canonicalWebAddress('https://example.org')).toBe('https://example.org/')
    expect(canonicalWebAddress('https://münchen.example/ä b')).toBe(
      'https://xn--mnchen-3ya.example/%C3%A4%20b',
    )
  })

  it('refuses what is no web address', () => {
    for (const address of ['file:///etc/passwd', 'ftp://example.org/x', 'javascript:1', 'meetings', '']) {
      expect(canonicalWebAddress(address)).toBeNull()
    }
  })

  it('of a file is its real path', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'lists'))
    const file = join(folder, 'lists', 'a b.json')
    writeFileSync(file, '[]')
    symlinkSync(file, join(folder, 'link.json'))
    expect(canonicalFileAddress(join(folder, 'link.json'))).toBe(canonicalFileAddress(file))
    expect(canonicalFileAddress(join(folder, 'lists', '..', 'gone.json'))).toBe(
      pathToFileURL(join(folder, 'gone.json')).href,
    )
  })
})

describe('the list of feeds', () => {
  it('holds an address once, whatever its spelling', () => {
    const { feeds } = open()
    expect(feeds.add(web('HTTPS://EXAMPLE.org/meetings.json#x'))).toMatchObject({
      ok: false,
      code: 'already_listed',
    })
    expect(feeds.add(web('gopher://example.org'))).toMatchObject({ ok: false, code: 'address_not_allowed' })
    expect(feeds.list()).toHaveLength(1)
  })

  it('names a feed after its host until the feed has a name of its own; a name by staff stays', () => {
    const { feeds, feedId } = open()
    expect(feeds.findView(feedId)?.name).toBe('example.org')
    feeds.endRun(feedId, feeds.startRun(feedId), applied, emptyTally, 0)
    expect(feeds.findView(feedId)?.name).toBe('County Office')
    const named = feeds.add(web('https://example.org/other.json', { name: 'Our county' }))
    if (!named.ok) throw new Error(named.code)
    feeds.endRun(named.value.feedId, feeds.startRun(named.value.feedId), applied, emptyTally, 0)
    expect(feeds.findView(named.value.feedId)?.name).toBe('Our county')
  })

  it('shows a run while it runs, then its outcome', () => {
    const { feeds, feedId, clock } = open()
    const runId = feeds.startRun(feedId)
    expect(feeds.findView(feedId)).toMatchObject({ running: true, format: null, counts: null })
    clock.advance(5000)
    feeds.endRun(feedId, runId, applied, { ...emptyTally, read: 3 }, 0)
    expect(feeds.findView(feedId)).toMatchObject({
      running: false,
      format: 'meeting-guide',
      counts: { read: 3, shown: 2, byAppointment: 0, inactive: 0, refused: 1 },
      remarks: [{ where: 'row 3', reason: 'It has no name.' }],
      lastGoodRunAtMs: clock.now(),
      problem: null,
    })
    expect(feeds.listRuns(feedId)).toMatchObject([{ outcome: 'applied', read: 3 }])
  })

  it('keeps 200 remarks and says how many more there were', () => {
    const { feeds, feedId } = open()
    const remarks = Array.from({ length: 750 }, (_, n) => ({ where: `row ${n}`, reason: 'No day.' }))
    feeds.endRun(feedId, feeds.startRun(feedId), { ...applied, remarks }, emptyTally, 0)
    const kept = feeds.findView(feedId)?.remarks ?? []
    expect(kept).toHaveLength(201)
    expect(kept.at(-1)).toEqual({ where: '+550', reason: '550 more remarks are not kept.' })
  })
})

describe('when a feed is due', () => {
  it('at once when new, then every six hours with a spread', () => {
    const { feeds, feedId, clock } = open()
    expect(feeds.due()).toEqual([feedId])
    feeds.endRun(feedId, feeds.startRun(feedId), applied, emptyTally, 1)
    expect(feeds.find(feedId)?.nextRunAtMs).toBe(clock.now() + 396 * 60_000)
    clock.advance(395 * 60_000)
    expect(feeds.due()).toEqual([])
    clock.advance(60_000)
    expect(feeds.due()).toEqual([feedId])
  })

  it('also when its time lies further ahead than any wait: the clock was put back', () => {
    const { feeds, feedId, clock } = open()
    clock.set('2031-01-01T00:00:00Z')
    feeds.endRun(feedId, feeds.startRun(feedId), applied, emptyTally, 0)
    expect(feeds.due()).toEqual([])
    clock.set('2026-11-24T12:00:00Z')
    expect(feeds.due()).toEqual([feedId])
  })
})

describe('a run that is cut off', () => {
  it('is closed at the next start, its feed is due, and what was decided on its list is remembered', () => {
    const { feeds, feedId } = open()
    feeds.endRun(feedId, feeds.startRun(feedId), applied, emptyTally, 0)
    const runId = feeds.startRun(feedId)
    feeds.startApplying(feedId, runId, 'new:settings')
    // The meetings are of two lists now: neither etag nor hash may end the next run early.
    expect(feeds.find(feedId)).toMatchObject({ contentHash: null, source: { etag: null } })
    expect(feeds.closeCutOffRuns()).toBe(1)
    expect(feeds.closeCutOffRuns()).toBe(0)
    expect(feeds.findView(feedId)).toMatchObject({ running: false, problem: 'interrupted' })
    expect(feeds.due()).toEqual([feedId])
    expect(feeds.cutOffContent(feedId)).toBe('new:settings')
    const repeat = feeds.startRun(feedId)
    feeds.startApplying(feedId, repeat, 'new:settings')
    feeds.endRun(feedId, repeat, { ...applied, contentHash: 'new:settings' }, emptyTally, 0)
    expect(feeds.cutOffContent(feedId)).toBeNull()
  })

  it('before anything was applied leaves the feed as it was', () => {
    const { feeds, feedId } = open()
    feeds.endRun(feedId, feeds.startRun(feedId), applied, emptyTally, 0)
    feeds.startRun(feedId)
    feeds.closeCutOffRuns()
    expect(feeds.findView(feedId)?.problem).toBeNull()
    expect(feeds.find(feedId)?.contentHash).toBe('bytes:settings')
  })
})
