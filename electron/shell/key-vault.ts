import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { VaultStrength } from '../contract/models.ts'
import type { KeyVault } from '../ports.ts'
import { createFileKeyVault } from './file-key-vault.ts'
import { createOsKeyVault, osVaultStrength } from './os-key-vault.ts'

/**
 * The vault of this machine: the system's key store where it is real, else a file. A key that was kept
 * in the key store once is asked of it for ever: a bare session without one must not make a second key. And a
 * key that began in a file stays there when a key store appears later: without it the records would not open.
 * It has lain on the disk in plain form, so wrapping it then would only look safe.
 * SECURITY: in a packaged build a file is no protection, so its strength is `none` (SEC-07).
 */
export function chooseKeyVault(folder: string, databaseFile: string, isPackaged: boolean): KeyVault {
  const wrapped = join(folder, 'key.wrapped')
  const plain = join(folder, 'key')
  if (existsSync(wrapped) || (osVaultStrength() === 'os' && !existsSync(plain)))
    return createOsKeyVault(wrapped, databaseFile)
  const inFile = createFileKeyVault(plain, [databaseFile])
  const strength: VaultStrength = isPackaged ? 'none' : 'file'
  return { ...inFile, strength: () => strength }
}
