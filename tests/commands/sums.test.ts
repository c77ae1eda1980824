import { describe, expect, it } from 'vitest'
import { add, lastLine, playwrightSums, skipLine, vitestSums } from './sums.mjs'

const unit = (files: object[]) => JSON.stringify({ testResults: files })
const file = (...statuses: string[]) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
})

describe('the sums of npm test', () => {
  it('counts what vitest reports, test by test', () => {
    const text = unit([file('passed', 'passed', 'pending'), file('failed', 'todo')])
    expect(vitestSums(text, 1)).toEqual({ passed: 2, failed: 1, skipped: 2, notes: [] })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const text = unit([file('passed'), { name: 'b.test.ts', status: 'failed', assertionResults: [] }])
    expect(vitestSums(text, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      notes: ['b.test.ts could not run.'],
    })
  })

  it('counts an error outside of any test as a failure', () => {
    expect(vitestSums(unit([file('passed')]), 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  it.each([null, '', '{"testRes', '{}', '[]'])(
    'counts a missing or damaged report as a failure: %s',
    (text) => {
      expect(vitestSums(text, 0)).toMatchObject({ passed: 0, failed: 1 })
      expect(playwrightSums(text, 0)).toMatchObject({ passed: 0, failed: 1 })
    },
  )

  it('counts a runner that ran nothing as a failure, also when it was content', () => {
    expect(vitestSums(unit([]), 0).failed).toBe(1)
    const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 3 }
    expect(playwrightSums(JSON.stringify({ stats }), 0)).toMatchObject({ failed: 1, skipped: 3 })
  })

  it('counts a flaky end-to-end test as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }
    expect(playwrightSums(JSON.stringify({ stats }), 1)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
      notes: [],
    })
  })

  it('counts a crash of Playwright after tests that all passed', () => {
    const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }
    expect(playwrightSums(JSON.stringify({ stats }), null)).toMatchObject({ passed: 4, failed: 1 })
  })

  it('ends with the sums of all runners, skips only where there are some', () => {
    const all = add([vitestSums(unit([file('passed')]), 0), vitestSums(unit([file('failed', 'skipped')]), 1)])
    expect([skipLine(all), lastLine(all)]).toEqual(['1 skipped\n', '1 passed, 1 failed'])
    expect(lastLine({ passed: 3, failed: 0, skipped: 0, notes: [] })).toBe('3 passed, 0 failed')
  })
})
