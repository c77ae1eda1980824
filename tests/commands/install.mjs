// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, run } from './child.mjs'
import { pinnedNode, pinnedNodeVersion, root, say } from './project.mjs'

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * What is to be done before anything can run. Contents are compared, not dates: a copied or checked-out
 * folder has dates that say nothing.
 * @param {string} folder
 * @returns {'packages' | 'node' | 'nothing'}
 */
export function missing(folder) {
  const wanted = locked(join(folder, 'package-lock.json'))
  if (wanted === null) throw new Error('package-lock.json is missing or damaged')
  const present = locked(join(folder, 'node_modules/.package-lock.json'))
  if (present === null) return 'packages'
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages are for other systems, the entry '' is the project itself.
    if (path === '' || entry.optional === true || entry.link === true) continue
    if (present[path]?.version !== entry.version) return 'packages'
    if (!existsSync(join(folder, path))) return 'packages'
  }
  return existsSync(pinnedNode(folder)) ? 'nothing' : 'node'
}

/** @param {string} file @returns {Record<string, LockedPackage> | null} */
function locked(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** Installs packages and the pinned Node where they are missing. False after one sentence when it failed. */
export async function ensurePackages() {
  let state = missing(root)
  if (state === 'packages') {
    say('installing the packages of package-lock.json (npm ci); this takes a minute or two ...')
    // The one script that is needed runs below. Another would compile the database driver, which brings its
    // binaries along: older versions of npm would run it and ask for a compiler.
    const { code } = await run(
      npm,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { quiet: true },
    )
    if (code !== 0) {
      say('npm ci failed, see above. Is there a network? Then start again.')
      return false
    }
    state = missing(root)
  }
  if (state === 'node') {
    say(`installing Node ${pinnedNodeVersion()} inside the project ...`)
    const home = join(root, 'node_modules/node')
    await run(process.execPath, ['installArchSpecificPackage.js'], { quiet: true, cwd: home })
    state = missing(root)
  }
  if (state !== 'nothing') {
    say(`something is still missing after installing (${state}). Remove node_modules and start again.`)
    return false
  }
  return true
}

/** Says so when the command itself was started on another Node than the pinned one. */
export function sayOtherNode() {
  const pinned = pinnedNodeVersion()
  const started = process.versions.node
  if (started === pinned) return
  say(`started on Node ${started}; all that follows runs on the project's own Node ${pinned}.`)
}
