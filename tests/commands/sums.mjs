// @ts-check
// The sums of `npm test` come from what the runners write as JSON, never from what they print.

/** @typedef {{ passed: number, failed: number, skipped: number, notes: readonly string[] }} Sums */

/** @param {readonly Sums[]} all @returns {Sums} */
export const add = (all) => ({
  passed: all.reduce((sum, each) => sum + each.passed, 0),
  failed: all.reduce((sum, each) => sum + each.failed, 0),
  skipped: all.reduce((sum, each) => sum + each.skipped, 0),
  notes: all.flatMap((each) => each.notes),
})

/** The last line of `npm test`: always of the same form, so that other programs can read it. @param {Sums} sums */
export const lastLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`

/** The line before it, if any: what was skipped is never silent. @param {Sums} sums */
export const skipLine = ({ skipped }) => (skipped > 0 ? `${skipped} skipped\n` : '')

/** A runner that broke, or ran nothing, is a failure that no count of it shows. @param {string} why @returns {Sums} */
const broken = (why) => ({ passed: 0, failed: 1, skipped: 0, notes: [why] })

/**
 * @param {string} name @param {Sums} sums @param {number | null} code Exit code of the runner.
 * @returns {Sums}
 */
function judged(name, sums, code) {
  if (sums.passed + sums.failed === 0) return add([sums, broken(`${name} ran no test.`)])
  // A crash beside tests that all passed: an error in a set-up, an unhandled rejection, a signal.
  if (code !== 0 && sums.failed === 0) return add([sums, broken(`${name} ended with ${code ?? 'a signal'}.`)])
  return sums
}

/**
 * Vitest's JSON report. A file that could not be loaded has no tests but a message.
 * @param {string | null} text @param {number | null} code @returns {Sums}
 */
export function vitestSums(text, code) {
  const report = parsed(text)
  if (report === null || !Array.isArray(report.testResults)) return broken('vitest wrote no report.')
  const sums = { passed: 0, failed: 0, skipped: 0, notes: /** @type {string[]} */ ([]) }
  for (const file of report.testResults) {
    const tests = file.assertionResults ?? []
    for (const { status } of tests) {
      if (status === 'passed') sums.passed += 1
      else if (status === 'failed') sums.failed += 1
      else sums.skipped += 1
    }
    if (file.status === 'failed' && !tests.some((/** @type {any} */ { status }) => status === 'failed')) {
      sums.failed += 1
      sums.notes.push(`${file.name} could not run.`)
    }
  }
  return judged('vitest', sums, code)
}

/**
 * Playwright's JSON report. A test that passed only on a second try is a failure here.
 * @param {string | null} text @param {number | null} code @returns {Sums}
 */
export function playwrightSums(text, code) {
  const stats = parsed(text)?.stats
  const numbers = [stats?.expected, stats?.unexpected, stats?.flaky, stats?.skipped]
  if (!numbers.every((number) => Number.isInteger(number))) return broken('playwright wrote no report.')
  const sums = {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    notes: /** @type {string[]} */ ([]),
  }
  return judged('playwright', sums, code)
}

/** @param {string | null} text @returns {any} */
function parsed(text) {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
