/** A kept key that cannot be read: never replaced, since the database would be lost with it. */
export class KeyVaultError extends Error {
  override readonly name = 'KeyVaultError'
}
