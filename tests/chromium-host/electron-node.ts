import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads from 'node:worker_threads'

/** Electron's Node is built on BoringSSL: what that lacks must not work here by accident. */
export function hideWhatElectronLacks(): void {
  for (const name of ['argon2', 'argon2Sync']) {
    if (!(name in crypto)) continue
    Object.defineProperty(crypto, name, {
      configurable: true,
      value: () => {
        throw new Error(`crypto.${name} is not available in Electron's Node`)
      },
    })
  }
  syncBuiltinESMExports()
}

/** Makes every worker of the shell start with `worker-guard.ts`. */
export function guardWorkers(): void {
  const guard = new URL('./worker-guard.ts', import.meta.url).href
  const { Worker } = workerThreads
  Object.defineProperty(workerThreads, 'Worker', {
    configurable: true,
    value: class extends Worker {
      constructor(file: string | URL, options: workerThreads.WorkerOptions = {}) {
        super(file, { ...options, execArgv: [...(options.execArgv ?? process.execArgv), '--import', guard] })
      }
    },
  })
  syncBuiltinESMExports()
}
