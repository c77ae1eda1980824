import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import type { KeyVault } from '../ports.ts'
import { writeDurably } from './durable-file.ts'
import { KeyVaultError } from './key-vault-error.ts'

/**
 * Keeps the database key as 32 bytes in a file that only its owner can read: for test machines, under a
 * permanent banner (SEC-07). A packaged build does not take names with it.
 * `traces` are files that exist only when a key was made before, such as the database: with one of them there
 * and the key gone, no new key is made.
 * SECURITY: a file that others could read or write is closed to them again, if it is ours.
 */
export function createFileKeyVault(file: string, traces: readonly string[] = []): KeyVault {
  const exists = () => existsSync(file) || traces.some((trace) => existsSync(trace))
  return {
    strength: () => 'file',
    exists,
    openOrCreate() {
      if (existsSync(file)) return readKey(file)
      if (exists()) throw new KeyVaultError('The key file is gone.')
      return makeKey(file)
    },
  }
}

function readKey(file: string): Uint8Array {
  const about = statSync(file)
  if (!about.isFile()) throw new KeyVaultError('The key is not a plain file.')
  if (process.platform !== 'win32' && (about.mode & 0o077) !== 0) {
    // Fails for a file of somebody else: then somebody else chose the key.
    try {
      chmodSync(file, 0o600)
    } catch (cause) {
      throw new KeyVaultError('Others can read the key file, and it is not ours to close.', { cause })
    }
  }
  const key = readFileSync(file)
  if (key.length !== 32) throw new KeyVaultError('The key file has the wrong length.')
  return new Uint8Array(key)
}

function makeKey(file: string): Uint8Array {
  const key = randomBytes(32)
  writeDurably(file, key)
  return new Uint8Array(key)
}
