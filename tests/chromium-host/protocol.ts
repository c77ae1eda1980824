import { addScheme } from './url-map.ts'

export type SchemeHandler = (request: Request) => Response | Promise<Response>

const state = { ready: false, registered: false }

export function schemesAreFixed(): void {
  state.ready = true
}

const knownPrivileges = [
  'standard',
  'secure',
  'bypassCSP',
  'allowServiceWorkers',
  'supportFetchAPI',
  'corsEnabled',
  'stream',
  'codeCache',
]

/** As Electron's: before `ready`, once. Only standard, secure schemes can be played here. */
export function registerSchemesAsPrivileged(
  schemes: readonly { scheme: string; privileges?: Record<string, boolean> }[],
): void {
  if (state.ready)
    throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  if (state.registered) throw new Error('protocol.registerSchemesAsPrivileged should be called only once')
  for (const { scheme, privileges = {} } of schemes) {
    const unknown = Object.keys(privileges).find((name) => !knownPrivileges.includes(name))
    if (unknown !== undefined) throw new Error(`Unknown privilege ${unknown} of the scheme ${scheme}`)
    if (privileges['standard'] !== true || privileges['secure'] !== true) {
      throw new Error(`The Chromium host can play standard, secure schemes only, and ${scheme} is not`)
    }
    for (const refused of ['bypassCSP', 'allowServiceWorkers']) {
      if (privileges[refused] === true) {
        throw new Error(`The privilege ${refused} of ${scheme} is not implemented by the Chromium host`)
      }
    }
    addScheme(scheme)
  }
  state.registered = true
}

/** The schemes one session answers for. */
export class SchemeTable {
  readonly #handlers = new Map<string, SchemeHandler>()

  handle = (scheme: string, handler: SchemeHandler): void => {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.#handlers.set(scheme, handler)
  }

  unhandle = (scheme: string): void => {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  }

  isProtocolHandled = (scheme: string): boolean => this.#handlers.has(scheme)

  find(scheme: string): SchemeHandler | undefined {
    return this.#handlers.get(scheme)
  }
}
