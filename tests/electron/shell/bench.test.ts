import { describe, expect, it } from 'vitest'
import { readBench } from '../../../electron/shell/bench.ts'

const text = JSON.stringify({
  now: '2026-11-24T15:00:00Z',
  zone: 'America/New_York',
  profile: '/tmp/profile',
})

describe('the test bench', () => {
  it('sets clock, zone and profile of an unpackaged run', () => {
    const bench = readBench(text, false)
    expect(bench.clock).toEqual({ nowMs: Date.parse('2026-11-24T15:00:00Z'), runs: false })
    expect(bench.zone).toBe('America/New_York')
    expect(bench.profile).toBe('/tmp/profile')
  })

  it('is ignored by a packaged build, whatever it says (KSK-44)', () => {
    expect(readBench(text, true)).toEqual(readBench(undefined, false))
    expect(readBench('not JSON', true).clock).toBeNull()
  })

  it('refuses a typing error instead of running on the real clock', () => {
    expect(() => readBench('{"nwo":"2026-11-24T15:00:00Z"}', false)).toThrow()
    expect(() => readBench('{"now":"yesterday"}', false)).toThrow()
    expect(() => readBench('{"profile":"relative"}', false)).toThrow()
  })
})
