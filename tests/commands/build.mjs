// @ts-check
// npm run build: builds into out/, whether needed or not.
import { build } from './build-state.mjs'
import { ensurePackages, sayOtherNode } from './install.mjs'

sayOtherNode()
process.exitCode = (await ensurePackages()) && (await build()) ? 0 : 1
