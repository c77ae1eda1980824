import { safeStorage } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import type { VaultStrength } from '../contract/models.ts'
import type { KeyVault } from '../ports.ts'
import { writeDurably } from './durable-file.ts'
import { KeyVaultError } from './key-vault-error.ts'

/**
 * Keeps the database key wrapped by the system's key store (DPAPI, Keychain, Secret Service).
 * SECURITY: on Linux without a key store Electron says `basic_text` and wraps with a password that is
 * public: that is `none` (SEC-07).
 */
export function createOsKeyVault(file: string, databaseFile: string): KeyVault {
  return {
    strength: osVaultStrength,
    exists: () => existsSync(file) || existsSync(databaseFile),
    openOrCreate() {
      if (existsSync(file)) return unwrap(readFileSync(file))
      // A database without its key: a new key would only make the loss final.
      if (existsSync(databaseFile)) throw new KeyVaultError('The kept key is gone.')
      const key = randomBytes(32)
      writeDurably(file, safeStorage.encryptString(key.toString('base64')))
      return new Uint8Array(key)
    },
  }
}

function unwrap(wrapped: Buffer): Uint8Array {
  let text: string
  try {
    text = safeStorage.decryptString(wrapped)
  } catch {
    throw new KeyVaultError('The kept key cannot be unwrapped by the key store of this account.')
  }
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new KeyVaultError('The kept key has the wrong length.')
  return new Uint8Array(key)
}

/** `os` with a real key store, else `none`. */
export function osVaultStrength(): VaultStrength {
  if (!safeStorage.isEncryptionAvailable()) return 'none'
  if (process.platform !== 'linux') return 'os'
  const backend = safeStorage.getSelectedStorageBackend()
  return backend === 'basic_text' || backend === 'unknown' ? 'none' : 'os'
}
