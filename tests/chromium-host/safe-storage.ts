import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from './app.ts'
import { absent, strict } from './strict.ts'

/**
 * Plays each of Electron's key stores. The encryption is real (AES-256-GCM under a key file in the profile,
 * so that a second start can decrypt); the strength is only said, never there.
 */
const stores = [
  'gnome_libsecret',
  'kwallet',
  'kwallet5',
  'kwallet6',
  'basic_text',
  'dpapi',
  'keychain',
  'unavailable',
]

function store(): string {
  const name = process.env['OPEN_CHAIR_HOST_KEYSTORE'] ?? 'gnome_libsecret'
  if (!stores.includes(name)) throw new Error(`OPEN_CHAIR_HOST_KEYSTORE is none of ${stores.join(', ')}`)
  return name
}

function key(): Buffer {
  const path = join(app.getPath('userData'), 'host-keystore')
  try {
    return readFileSync(path)
  } catch {
    const made = randomBytes(32)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' })
    return made
  }
}

const mark = Buffer.from('v10')

export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: (): boolean => app.isReady() && store() !== 'unavailable',
  getSelectedStorageBackend: (): string => {
    const name = store()
    // Linux only; the others answer so elsewhere, and where no store was found.
    return !app.isReady() || name === 'dpapi' || name === 'keychain' || name === 'unavailable'
      ? 'unknown'
      : name
  },
  /** With `basic_text` Electron encrypts under a password everybody knows, unless told to use plain text. */
  setUsePlainTextEncryption: absent('safeStorage.setUsePlainTextEncryption'),
  encryptString: (text: string): Buffer => {
    if (typeof text !== 'string') throw new TypeError('Error while encrypting the text: not a string')
    if (!safeStorage.isEncryptionAvailable()) {
      throw new Error(
        'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
      )
    }
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key(), nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([mark, nonce, cipher.getAuthTag(), sealed])
  },
  decryptString: (sealed: Buffer): string => {
    if (!safeStorage.isEncryptionAvailable()) {
      throw new Error(
        'Error while decrypting the ciphertext provided to safeStorage.decryptString. Decryption is not available.',
      )
    }
    try {
      const bytes = Buffer.from(sealed)
      if (!bytes.subarray(0, 3).equals(mark)) throw new Error('no mark')
      const cipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(3, 15))
      cipher.setAuthTag(bytes.subarray(15, 31))
      return Buffer.concat([cipher.update(bytes.subarray(31)), cipher.final()]).toString('utf8')
    } catch (cause) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', {
        cause,
      })
    }
  },
})
