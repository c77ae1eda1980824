// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { commandOf, pinnedNode, root, say } from './project.mjs'

const sources = [
  'electron',
  'renderer',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.json',
]
const outputs = ['out/main/main.js', 'out/preload/kiosk.cjs', 'out/preload/desk.cjs']

/**
 * A hash over everything that the build reads. Contents, not dates: a fresh clone and a switched branch have
 * dates that say nothing.
 * @param {string} folder
 */
export function hashOfSources(folder) {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesIn(folder, source))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} folder @param {string} path @returns {string[]} */
function filesIn(folder, path) {
  if (path.endsWith('.tsbuildinfo')) return []
  const full = join(folder, path)
  if (!existsSync(full)) return []
  try {
    const names = readdirSync(full).sort()
    return names.flatMap((name) => filesIn(folder, `${path}/${name}`))
  } catch {
    return [path]
  }
}

/** @param {string} folder */
const stampFile = (folder) => join(folder, 'out/sources.sha256')

/** Whether `out/` is missing, incomplete or made from other sources. @param {string} folder */
export function isBuildNeeded(folder) {
  if (!outputs.every((path) => existsSync(join(folder, path)))) return true
  try {
    return readFileSync(stampFile(folder), 'utf8') !== hashOfSources(folder)
  } catch {
    return true
  }
}

/** Builds into `out/`. False after one sentence when it failed. */
export async function build() {
  say('building ...')
  // Taken before: what changes meanwhile makes the next start build again.
  const hash = hashOfSources(root)
  const args = [commandOf('electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn']
  const { code } = await run(pinnedNode(), args, { quiet: true })
  if (code !== 0) {
    say('the build failed, see above.')
    return false
  }
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stampFile(root), hash)
  return true
}

export async function ensureBuild() {
  return isBuildNeeded(root) ? build() : true
}
