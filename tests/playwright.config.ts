import { defineConfig } from '@playwright/test'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { endToEndHosts } from './commands/hosts.mjs'

/** Set by `npm test`, which takes its sums from this file. */
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME']

/** The same specs on each host; a spec asks `testInfo.project.name` only where the hosts differ by design. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: resolve(import.meta.dirname, '../test-results'),
  // Each test starts a whole application: two at once need the cores for it.
  workers: availableParallelism() >= 4 ? 2 : 1,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  retries: 0,
  forbidOnly: (process.env['CI'] ?? '') !== '',
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  projects: endToEndHosts().map((name) => ({ name })),
})
