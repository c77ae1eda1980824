/**
 * `node tests/chromium-host/run.ts [app folder]`: runs the built application of that folder (or of this
 * repository) unchanged, with an installed Chromium in the place of Electron's windows.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from './app.ts'
import { guardWorkers, hideWhatElectronLacks } from './electron-node.ts'
import { installTestHooks } from './test-hooks.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(`The Chromium host needs Node 24; this is ${process.version}.\n`)
  process.exit(2)
}

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..'))
const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string }
const electron = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common') {
      return { url: electron, format: 'module-typescript', shortCircuit: true }
    }
    return next(specifier, context)
  },
})
hideWhatElectronLacks()
guardWorkers()
Object.defineProperties(process, {
  type: { value: 'browser', enumerable: true },
  defaultApp: { value: app.isPackaged ? undefined : true, enumerable: true },
  resourcesPath: {
    value: process.env['OPEN_CHAIR_HOST_RESOURCES'] ?? join(folder, 'resources'),
    enumerable: true,
  },
})

app._open(folder)
installTestHooks()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  let asked = false
  process.on(signal, () => {
    if (asked) app.exit(1)
    asked = true
    app.quit()
  })
}
process.on('uncaughtException', (cause) => {
  process.stderr.write(`[host] uncaught in the main process: ${cause.stack ?? String(cause)}\n`)
  app.exit(1)
})
process.on('unhandledRejection', (cause) => {
  process.stderr.write(
    `[host] unhandled rejection in the main process: ${(cause as Error)?.stack ?? String(cause)}\n`,
  )
})

const port = process.env['OPEN_CHAIR_HOST_PORT']
try {
  await import(pathToFileURL(join(folder, main)).href)
  await app._start(port === undefined || port === '' ? null : Number(port))
} catch (cause) {
  process.stderr.write(`[host] ${(cause as Error).stack ?? String(cause)}\n`)
  app.exit(1)
}
