// @ts-check
import { findElectron } from './electron-binary.mjs'
import { hasDisplay } from './project.mjs'

/** Names the hosts that must run, separated by commas; then an absent one is a failure, not a shorter list. */
export const hostsVariable = 'OPEN_CHAIR_HOSTS'

/** @typedef {'chromium-host' | 'electron'} Host */
/** @type {readonly Host[]} */
const all = ['chromium-host', 'electron']

/**
 * Where the end-to-end tests run: always the Chromium host, Electron where its executable and a display are.
 * @param {NodeJS.ProcessEnv} [env] @param {boolean} [electronRuns]
 * @returns {readonly Host[]}
 */
export function endToEndHosts(env = process.env, electronRuns = findElectron() !== null && hasDisplay()) {
  const asked = (env[hostsVariable] ?? '').split(',').filter((name) => name !== '')
  const unknown = asked.filter((name) => !all.some((host) => host === name))
  if (unknown.length > 0)
    throw new Error(`${hostsVariable} names ${unknown.join(', ')}; there are ${all.join(', ')}`)
  if (asked.includes('electron') && !electronRuns) {
    throw new Error(`${hostsVariable} asks for Electron, but its executable or a display is missing`)
  }
  return all.filter((host) => (asked.length > 0 ? asked.includes(host) : host !== 'electron' || electronRuns))
}
