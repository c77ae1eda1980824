import { describe, expect, it } from 'vitest'
import type { KeptMeeting } from '../../../electron/db/kept-store.ts'
import type { ReadMeeting } from '../../../electron/sync/feeds/reader.ts'
import { readFeed } from '../../../electron/sync/feeds/readers.ts'
import { contentsOf, planRun } from '../../../electron/sync/plan.ts'
import { guideList, guideRow, must } from './shop.ts'

const address = 'https://example.org/list'

/** Makes the n-th meeting of a walk anew each time, as a reader does, and knows how many are alive. */
class Walks implements Iterable<ReadMeeting> {
  walks = 0
  readonly #made: ReadMeeting
  readonly #count: number
  readonly #keyOf: (n: number, walk: number) => string

  constructor(count: number, keyOf: (n: number, walk: number) => string = (n) => `m${n}`) {
    const reading = must(
      readFeed(new TextEncoder().encode(guideList([guideRow('m')])), {
        kind: 'peer',
        fellowship: 'aa',
        zone: 'America/Los_Angeles',
      }),
    )
    const [made] = reading.meetings
    if (made === undefined) throw new Error('The row was refused.')
    this.#made = made
    this.#count = count
    this.#keyOf = keyOf
  }

  *[Symbol.iterator](): Generator<ReadMeeting> {
    this.walks += 1
    const walk = this.walks
    for (let n = 0; n < this.#count; n += 1)
      yield { ...this.#made, key: this.#keyOf(n, walk), name: `Group ${n}` }
  }
}

async function plan(meetings: Iterable<ReadMeeting>, kept: ReadonlyMap<string, KeptMeeting> = new Map()) {
  const planned = await planRun({
    feedId: 'feed',
    canonicalAddress: address,
    meetings,
    kept,
    findKept: () => undefined,
  })
  if (planned === null) throw new Error('Nobody stopped it.')
  return planned
}

describe('a plan', () => {
  it('of a large list keeps what can be compared, and nothing of what it says', async () => {
    const walks = new Walks(2001)
    const { writes, held } = await plan(walks)
    expect(walks.walks).toBe(1)
    expect(held).toBeNull()
    expect(Object.keys(writes[0] ?? {}).toSorted()).toEqual([
      'carriesOn',
      'contentHash',
      'fingerprint',
      'id',
      'part',
      'position',
    ])
  })

  it('does not read again what a few changes say', async () => {
    const walks = new Walks(2000)
    const few = await plan(walks)
    const contents = [...contentsOf(few, address, walks)]
    expect(contents).toHaveLength(2000)
    for (const { write, content } of contents) expect(content.name).toBe(`Group ${write.position}`)
    expect(walks.walks).toBe(1)
  })

  it('takes what is written from a second walk, each with its own content', async () => {
    const walks = new Walks(9000)
    const all = await plan(walks)
    // Two thirds are stored as they are; only every third is written.
    const kept = new Map(
      all.writes
        .filter((write) => write.position % 3 !== 1)
        .map(({ id, contentHash, fingerprint }) => [
          id,
          {
            id,
            contentHash,
            fingerprint,
            state: 'active',
            attendance: 'in_person',
            fellowship: 'aa',
            feedId: 'feed',
          } as const,
        ]),
    )
    const some = await plan(walks, kept)
    expect(some).toMatchObject({ listed: 9000, added: 3000, changed: 0, withdrawals: [] })
    const contents = [...contentsOf(some, address, walks)]
    expect(contents).toHaveLength(3000)
    for (const { write, content } of contents) expect(content.name).toBe(`Group ${write.position}`)
    expect(new Set(contents.map(({ write }) => write.id)).size).toBe(3000)
    expect(walks.walks).toBe(3)
  })

  it('does not walk again when nothing is to be written', async () => {
    const walks = new Walks(0)
    expect([...contentsOf(await plan(walks), address, walks)]).toEqual([])
    expect(walks.walks).toBe(1)
  })

  it('keeps copies of one key apart in both walks', async () => {
    const walks = new Walks(2004, (n) => (n < 4 ? `m${n % 2}` : `m${n}`))
    const copies = await plan(walks)
    const contents = [...contentsOf(copies, address, walks)]
    const parts = contents.map(({ write, content }) => [write.position, content.name, content.part] as const)
    expect(parts.filter(([position]) => position < 4).toSorted(([a], [b]) => a - b)).toEqual([
      [0, 'Group 0', ''],
      [1, 'Group 1', ''],
      [2, 'Group 2', '~2'],
      [3, 'Group 3', '~2'],
    ])
  })

  it.each([
    ['other meetings', new Walks(2020, (n, walk) => (walk === 1 ? `m${n}` : `x${n}`))],
    ['another order', new Walks(2020, (n, walk) => (walk === 1 ? `m${n}` : `m${2019 - n}`))],
  ])(
    'fails rather than write one under the id of another, should a second walk give %s',
    async (_what, walks) => {
      const first = await plan(walks)
      expect(() => [...contentsOf(first, address, walks)]).toThrow('differs')
    },
  )

  it('fails when a second walk ends early', async () => {
    const first = await plan(new Walks(2020))
    expect(() => [...contentsOf(first, address, new Walks(2019))]).toThrow('differs')
  })

  it('lets the thread breathe while it compares, and ends when it is told to stop', async () => {
    const rows: number[] = []
    const compare = (stopAt: number) =>
      planRun({
        feedId: 'feed',
        canonicalAddress: address,
        meetings: new Walks(1000),
        kept: new Map(),
        findKept: () => undefined,
        takeBreath: (row) => {
          rows.push(row)
          return Promise.resolve(row >= stopAt ? 'stop' : 'go on')
        },
      })
    expect(await compare(Infinity)).toMatchObject({ listed: 1000 })
    expect(rows).toEqual([250, 500, 750, 1000])
    expect(await compare(500)).toBeNull()
    expect(rows.slice(4)).toEqual([250, 500])
  })
})
