// @ts-check
// npm test: installs what is missing, then check, unit and end-to-end. The last line has the true sums.
import { browserVariable, ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build-state.mjs'
import { runChecks } from './checks.mjs'
import { run } from './child.mjs'
import { findElectron } from './electron-binary.mjs'
import { hostsVariable } from './hosts.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'
import { ensureTestPrograms } from './programs.mjs'
import { commandOf, pinnedNode, root, say } from './project.mjs'
import { add, lastLine, playwrightSums, skipLine } from './sums.mjs'
import { runUnits, textOf, withReport } from './units.mjs'

/** @typedef {import('./sums.mjs').Sums} Sums */

/** @param {string} why @returns {Sums} */
const stopped = (why) => ({ passed: 0, failed: 1, skipped: 0, notes: [why] })

/** @returns {Promise<Sums>} */
async function testAll() {
  sayOtherNode()
  if (!(await ensurePackages())) return stopped('packages could not be installed.')
  await ensureTestPrograms()
  const browser = await ensureBrowser()
  const env = { CI: process.env['CI'] ?? '', ...(browser === null ? {} : { [browserVariable]: browser }) }

  const checks = await timed('checks', runChecks())
  // Some unit tests look at the built bundles.
  if (!(await ensureBuild())) return add([checks, stopped('the build failed.')])
  const units = await timed('unit tests', runUnits([], env))
  const sums = [checks, units]
  if (browser === null) return add([...sums, stopped('no browser, so no end-to-end test.')])
  if ((process.env[hostsVariable] ?? '') === '' && findElectron() === null) {
    say(
      'Electron is not installed: the end-to-end tests run on the Chromium host only (npx install-electron).',
    )
  }
  return add([...sums, await timed('end-to-end tests', runEndToEnd(env))])
}

/** @param {Record<string, string>} env */
function runEndToEnd(env) {
  return withReport('end-to-end.json', async (report) => {
    const args = [commandOf('@playwright/test', 'playwright'), 'test', '--config=tests/playwright.config.ts']
    const { code } = await run(pinnedNode(), args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } })
    return playwrightSums(textOf(report), code)
  })
}

/** Says how long a part took and how it ended. @param {string} part @param {Promise<Sums>} running */
async function timed(part, running) {
  const startedAt = performance.now()
  const sums = await running
  say(`${part}: ${lastLine(sums)}, in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  return sums
}

process.chdir(root)
const sums = await testAll().catch((error) => stopped(error instanceof Error ? error.message : 'unknown'))
for (const note of sums.notes) say(note)
process.exitCode = sums.failed > 0 || sums.passed === 0 ? 1 : 0
process.stdout.write(`\n${skipLine(sums)}${lastLine(sums)}\n`)
