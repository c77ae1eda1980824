// @ts-check
import { run } from './child.mjs'
import { commandOf, pinnedNode, root, say } from './project.mjs'

/** @typedef {import('./sums.mjs').Sums} Sums */

/** One line each: what it is called, and what runs. */
const checks = () => [
  { name: 'types', args: [commandOf('typescript', 'tsc'), '-b'] },
  {
    name: 'lint',
    args: [commandOf('oxlint', 'oxlint'), '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', args: [commandOf('oxfmt', 'oxfmt'), '--check'] },
  {
    name: 'unused code',
    args: [commandOf('knip', 'knip'), '--no-progress', '--no-config-hints'],
  },
  { name: 'catalogs', args: ['tests/commands/check-catalogs.mjs'] },
]

/** Runs every check, also after one has failed: all of what is wrong is wanted at once. @returns {Promise<Sums>} */
export async function runChecks() {
  const sums = { passed: 0, failed: 0, skipped: 0, notes: /** @type {string[]} */ ([]) }
  for (const { name, args } of checks()) {
    const { code } = await run(pinnedNode(), args, { quiet: true, cwd: root })
    if (code === 0) sums.passed += 1
    else {
      sums.failed += 1
      sums.notes.push(`check failed: ${name}.`)
    }
    say(`check ${name}: ${code === 0 ? 'passed' : 'FAILED'}`)
  }
  return sums
}
