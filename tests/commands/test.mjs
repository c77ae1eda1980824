// @ts-check
// npm test: installs what is missing, then check, unit and end-to-end. The last line has the true sums.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserVariable, ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build-state.mjs'
import { runChecks } from './checks.mjs'
import { run } from './child.mjs'
import { findElectron } from './electron-binary.mjs'
import { hostsVariable } from './hosts.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'
import { commandOf, pinnedNode, root, say } from './project.mjs'
import { add, lastLine, playwrightSums, vitestSums } from './sums.mjs'

/** @typedef {import('./sums.mjs').Sums} Sums */

/** @param {string} why @returns {Sums} */
const stopped = (why) => ({ passed: 0, failed: 1, skipped: 0, notes: [why] })

/** @param {string} folder @returns {Promise<Sums>} */
async function testAll(folder) {
  sayOtherNode()
  if (!(await ensurePackages())) return stopped('packages could not be installed.')
  const browser = await ensureBrowser()
  const env = { CI: process.env['CI'] ?? '', ...(browser === null ? {} : { [browserVariable]: browser }) }

  const checks = await runChecks()
  // Some unit tests look at the built bundles.
  const built = await ensureBuild()
  if (!built) return add([checks, stopped('the build failed.')])

  const unit = join(folder, 'unit.json')
  const vitest = await run(
    pinnedNode(),
    [
      commandOf('vitest', 'vitest'),
      'run',
      '--config=tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unit}`,
    ],
    { env },
  )
  const sums = [checks, vitestSums(textOf(unit), vitest.code)]

  if (browser === null) return add([...sums, stopped('no browser, so no end-to-end test.')])
  if ((process.env[hostsVariable] ?? '') === '' && findElectron() === null) {
    say(
      'Electron is not installed: the end-to-end tests run on the Chromium host only (npx install-electron).',
    )
  }
  const endToEnd = join(folder, 'end-to-end.json')
  const playwright = await run(
    pinnedNode(),
    [commandOf('@playwright/test', 'playwright'), 'test', '--config=tests/playwright.config.ts'],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: endToEnd } },
  )
  return add([...sums, playwrightSums(textOf(endToEnd), playwright.code)])
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const folder = mkdtempSync(join(tmpdir(), 'open-chair-test-'))
process.chdir(root)
const sums = await testAll(folder).catch((error) =>
  stopped(error instanceof Error ? error.message : 'unknown'),
)
rmSync(folder, { recursive: true, force: true })
for (const note of sums.notes) say(note)
process.exitCode = sums.failed > 0 || sums.passed === 0 ? 1 : 0
process.stdout.write(`\n${lastLine(sums)}\n`)
