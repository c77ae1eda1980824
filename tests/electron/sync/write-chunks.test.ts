import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeInChunks, type ChunkOptions, type Step } from '../../../electron/sync/write-chunks.ts'
import { openTestShop, type TestShop } from './shop.ts'

let shop: TestShop
beforeEach(() => {
  shop = openTestShop('2026-11-24T20:00:00Z')
})
afterEach(() => shop.close())

/** Steps that take next to no time: a chunk takes all of a few. */
const steps = (count: number, step: (n: number) => void = () => undefined): Step[] =>
  Array.from({ length: count }, (_, n) => () => step(n))

function run(work: readonly Step[], more: Partial<ChunkOptions>) {
  return writeInChunks(work, { db: shop.db, stopping: () => false, pause: () => Promise.resolve(), ...more })
}

describe('an import gives way', () => {
  it('to whoever says that they wait: at the next step, and until they are through', async () => {
    let waits = 0
    const pauses: number[] = []
    const report = await run(
      // Somebody comes at the second step and is through after three looks.
      steps(4, (n) => {
        if (n === 1) waits = 3
      }),
      {
        isWaitedFor: () => waits > 0,
        pause: (ms) => {
          pauses.push(ms)
          if (ms > 0) waits -= 1
          return Promise.resolve()
        },
      },
    )
    expect(report).toMatchObject({ outcome: 'done', steps: 4, chunks: 2 })
    expect(pauses).toEqual([0, 1, 1, 1, 0])
  })

  it('but not for ever to one that never gets through', async () => {
    let pausedMs = 0
    const pause = (ms: number) => {
      pausedMs += ms
      return Promise.resolve()
    }
    expect(await run(steps(5), { isWaitedFor: () => true, pause })).toMatchObject({ steps: 5, chunks: 5 })
    expect(pausedMs).toBe(5 * 40)
  })

  it('without a pause of its own when nobody waits, and with one when nobody could say so', async () => {
    const pauses: number[] = []
    const pause = (ms: number) => {
      pauses.push(ms)
      return Promise.resolve()
    }
    await run(steps(4), { isWaitedFor: () => false, pause })
    await run(steps(4), { pause })
    expect(pauses).toEqual([0, 6])
  })
})

it('a write of another connection that was announced is seen while it waits and holds the lock, no longer', () => {
  const writers = new Int32Array(new SharedArrayBuffer(4))
  shop.main.announceWrites(writers)
  const seen: number[] = []
  shop.main.transaction(() => {
    seen.push(Atomics.load(writers, 0))
    // One inside of another is still one.
    shop.main.transaction(() => seen.push(Atomics.load(writers, 0)))
  })
  expect(() =>
    shop.main.transaction(() => {
      throw new Error('undone')
    }),
  ).toThrow('undone')
  shop.feeds.makeDueByCenter()
  expect(seen).toEqual([1, 1])
  expect(Atomics.load(writers, 0)).toBe(0)
})
