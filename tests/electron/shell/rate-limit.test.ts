import { expect, it } from 'vitest'
import { createRateLimit } from '../../../electron/shell/rate-limit.ts'

it('slows a touch storm down and lets a visitor through again a moment later', () => {
  let elapsedMs = 0
  const limit = createRateLimit({ burst: 5, perSecond: 10, elapsedMs: () => elapsedMs })
  const taken = Array.from({ length: 8 }, () => limit.take())
  expect(taken.filter(Boolean)).toHaveLength(5)
  elapsedMs += 100
  expect(limit.take()).toBe(true)
  expect(limit.take()).toBe(false)
  elapsedMs += 60_000
  expect(Array.from({ length: 8 }, () => limit.take()).filter(Boolean)).toHaveLength(5)
})
