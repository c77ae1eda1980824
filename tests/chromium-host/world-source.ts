import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { awaitBridge, createBridgeEnd } from './bridge.ts'
import { codecSource } from './encoding.ts'
import { runPreloadWorld, type PreloadSettings } from './preload-world.ts'

const parameters = 'require, process, Buffer, global, setImmediate, clearImmediate, exports, module'

/** The two scripts of a window that run before any of the page's, and the names that tie them together. */
export type WorldSource = {
  readonly worldName: string
  readonly binding: string
  readonly receiver: string
  /** Runs in the page's world; null without a preload: then there is nothing to bridge. */
  readonly pageScript: string | null
  readonly preloadScript: string
  /** Why the preload cannot run at all: unreadable, or not JavaScript. */
  readonly problem: Error | null
}

export function createWorldSource(preloadPath: string | null): WorldSource {
  // SECURITY: the handshake's name cannot be guessed, in case a script of the page came first after all.
  const random = (): string => `_${randomBytes(16).toString('hex')}`
  const settings: PreloadSettings = {
    binding: random(),
    secret: random(),
    receiver: random(),
    process: {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: process.platform,
      arch: process.arch,
      versions: { ...process.versions },
      env: {},
      argv: [],
      isMainFrame: true,
    },
  }
  let preload = 'null'
  let problem: Error | null = null
  if (preloadPath !== null) {
    try {
      const source = readFileSync(preloadPath, 'utf8')
      const wrapped = `(function (${parameters}) {${source}\n})`
      // A syntax error would silence the whole script in the page, so it is looked for here.
      new Script(wrapped, { filename: preloadPath })
      preload = wrapped
    } catch (cause) {
      problem = cause as Error
    }
  }
  const run =
    `if (window === window.top) (${runPreloadWorld.toString()})(${codecSource}, ` +
    `(${createBridgeEnd.toString()}), ${JSON.stringify(settings)}, ${preload})`
  return {
    worldName: `preload${random()}`,
    binding: settings.binding,
    receiver: settings.receiver,
    pageScript:
      preload === 'null'
        ? null
        : `(${awaitBridge.toString()})((${createBridgeEnd.toString()}), ${JSON.stringify(settings.secret)})`,
    preloadScript: run,
    problem,
  }
}
