// @ts-check
import { posix } from 'node:path'

const electronModule = /^electron(?:\/|$)/
const database = /^better-sqlite3(?:\/|$)/
const postgres = /^(?:pg|postgres)(?:\/|$|-)/
const nodeModules = /^node:/
const outside = (/** @type {RegExp[]} */ ...parts) => new RegExp(parts.map((part) => part.source).join('|'))
const anyNode = outside(nodeModules, electronModule, database, postgres)

/**
 * Who may import whom (docs/architecture.md, "Dependency rule"). A folder sees itself and what is listed;
 * of packages all but `refused`. The first entry that holds the file counts.
 *
 * @type {readonly {
 *   readonly folder: string,
 *   readonly sees: readonly string[],
 *   readonly refused: RegExp,
 *   readonly never?: readonly string[],
 * }[]}
 */
const folders = [
  { folder: 'electron/contract', sees: [], refused: /^(?!zod$)/ },
  { folder: 'electron/domain', sees: ['electron/contract', 'resources'], refused: anyNode },
  {
    folder: 'electron/db',
    sees: ['electron/contract', 'electron/domain', 'electron/ports.ts'],
    refused: outside(electronModule, postgres),
  },
  // The import thread is an entry of its own: it makes its clock from what main hands over.
  ...['electron/sync/import-worker.ts', 'electron/sync/worker-protocol.ts'].map((folder) => ({
    folder,
    sees: [
      'electron/contract',
      'electron/domain',
      'electron/db',
      'electron/sync',
      'electron/ports.ts',
      'electron/system.ts',
    ],
    refused: outside(electronModule, database, postgres),
  })),
  {
    folder: 'electron/sync/hub',
    sees: ['electron/contract', 'electron/domain', 'electron/db', 'electron/sync', 'electron/ports.ts'],
    refused: outside(electronModule, database),
  },
  {
    folder: 'electron/sync',
    sees: ['electron/contract', 'electron/domain', 'electron/db', 'electron/ports.ts', 'resources'],
    refused: outside(electronModule, database, postgres),
  },
  {
    folder: 'electron/print',
    sees: ['electron/contract', 'electron/domain', 'electron/db', 'electron/ports.ts', 'resources'],
    refused: outside(electronModule, database, postgres),
  },
  {
    folder: 'electron/handlers',
    sees: [
      'electron/contract',
      'electron/domain',
      'electron/db',
      'electron/sync',
      'electron/print',
      'electron/ports.ts',
      'resources',
    ],
    refused: outside(electronModule, database, postgres),
  },
  {
    folder: 'electron/shell',
    sees: ['electron/contract', 'electron/ports.ts', 'electron/system.ts'],
    refused: outside(database, postgres),
  },
  { folder: 'electron/ports.ts', sees: ['electron/contract'], refused: /^/ },
  {
    folder: 'electron/system.ts',
    sees: ['electron/contract', 'electron/ports.ts'],
    refused: outside(electronModule, database, postgres),
  },
  { folder: 'electron/main.ts', sees: ['electron', 'resources'], refused: outside(database, postgres) },
  ...['electron/kiosk-preload.ts', 'electron/desk-preload.ts'].map((folder) => ({
    folder,
    sees: ['electron/contract', 'electron/shell'],
    // A sandbox's `require` knows 'electron' only.
    refused: /^(?!electron$)/,
  })),
  // Another entry (a worker's) joins the parts as main.ts does, but outside Electron.
  {
    folder: 'electron',
    sees: ['electron', 'resources'],
    refused: outside(electronModule, database, postgres),
  },
  {
    folder: 'renderer/kiosk',
    sees: ['renderer/ui', 'electron/contract', 'electron/domain', 'resources'],
    refused: anyNode,
    // The public page cannot even name a staff call (PRV-15).
    never: ['electron/contract/desk-calls.ts'],
  },
  {
    folder: 'renderer/desk',
    sees: ['renderer/ui', 'electron/contract', 'electron/domain', 'resources'],
    refused: anyNode,
  },
  {
    folder: 'renderer/handout',
    sees: ['renderer/ui', 'electron/contract', 'electron/domain', 'resources'],
    refused: anyNode,
  },
  { folder: 'renderer/ui', sees: ['electron/contract', 'electron/domain', 'resources'], refused: anyNode },
  {
    folder: 'renderer',
    sees: ['electron/contract', 'electron/domain', 'resources'],
    refused: anyNode,
  },
]

/** @param {string} path @param {string} folder */
const within = (path, folder) => path === folder || path.startsWith(`${folder}/`)

/** @param {string} path Path of a source file from the root of the project, with `/`. */
export const ruleOf = (path) => folders.find(({ folder }) => within(path, folder))

/**
 * Why `specifier` may not be imported by `path`; null when it may.
 * @param {string} path @param {string} specifier
 */
export function refusal(path, specifier) {
  const rule = ruleOf(path)
  if (rule === undefined) return null
  // `?nodeWorker`, `?raw` and the like are instructions to the bundler.
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), bare))
    const seen = [rule.folder, ...rule.sees]
    if (rule.never?.some((folder) => within(target, folder)))
      return `${rule.folder} may not import ${target}.`
    if (seen.some((folder) => within(target, folder))) return null
    return `${rule.folder} may not import ${target}. It sees ${rule.sees.join(', ') || 'only itself'}.`
  }
  if (!rule.refused.test(bare)) return null
  return `${rule.folder} may not import '${bare}'.`
}
