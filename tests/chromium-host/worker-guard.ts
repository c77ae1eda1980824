/** Runs first in every worker of the shell: what Electron's workers do not have is missing here too. */
import { registerHooks } from 'node:module'
import { hideWhatElectronLacks } from './electron-node.ts'

hideWhatElectronLacks()
registerHooks({
  resolve(specifier, context, next) {
    if (/^electron($|\/)/.test(specifier)) {
      throw new Error(`Cannot find module '${specifier}': it is not available in a worker`)
    }
    return next(specifier, context)
  },
})
