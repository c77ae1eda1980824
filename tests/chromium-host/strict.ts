/**
 * Whatever Electron has and this host lacks must be heard of: reading an unknown member throws with its
 * name. A silent `undefined` would let a test pass here that fails in the product.
 */

/** Members that the language, Node's inspection or a promise check reads from any object. */
const askedByEveryone = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'inspect',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'default',
  'domain',
])

export class NotImplementedError extends Error {
  constructor(name: string) {
    super(`${name} is not implemented by the Chromium host`)
    this.name = 'NotImplementedError'
  }
}

/** Wraps `target` so that reading or setting a member it does not have throws with `name.member`. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(from, key, receiver) {
      if (typeof key === 'symbol' || key in from || askedByEveryone.has(key)) {
        return Reflect.get(from, key, receiver)
      }
      throw new NotImplementedError(`${name}.${key}`)
    },
    set(from, key, value, receiver) {
      if (typeof key === 'symbol' || key in from || key.startsWith('_')) {
        return Reflect.set(from, key, value, receiver)
      }
      throw new NotImplementedError(`setting ${name}.${key}`)
    },
  })
}

/** A member that exists in Electron and always throws here. */
export function absent(name: string): () => never {
  return () => {
    throw new NotImplementedError(name)
  }
}

/** A module of which nothing is implemented: each use names the call. */
export function absentModule(name: string): Record<string, never> {
  return strict<Record<string, never>>(name, {})
}

/** Refuses options the host does not know, so that none is ignored. */
export function checkOptions(what: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key) && (options as Record<string, unknown>)[key] !== undefined) {
      throw new NotImplementedError(`option ${key} of ${what}`)
    }
  }
}
