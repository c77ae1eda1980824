// @ts-check
// npm run check: types, lint, format, unused code, catalogs.
import { runChecks } from './checks.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'
import { lastLine } from './sums.mjs'

sayOtherNode()
if (await ensurePackages()) {
  const sums = await runChecks()
  process.exitCode = sums.failed > 0 ? 1 : 0
  process.stdout.write(`${lastLine(sums)}\n`)
} else process.exitCode = 1
