import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')

// Some machines switch the check of certificates off for all of Node; what we test is with it on.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']

export default defineConfig({
  root,
  plugins: [react()],
  test: {
    // The calendar and the zones of the tests never depend on the machine's own zone.
    env: { TZ: 'America/New_York' },
    testTimeout: 30_000,
    setupFiles: ['tests/support/seed.ts'],
    include: [
      'tests/{electron,renderer,support,commands,bench}/**/*.test.ts',
      'tests/chromium-host/**/*.test.ts',
    ],
  },
})
