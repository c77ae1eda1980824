import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileKeyVault } from '../../../electron/shell/file-key-vault.ts'
import { temporaryFolder } from '../../support/temporary-database.ts'

describe('the key in a file', () => {
  it('makes 32 random bytes on first use, for its owner only, and gives the same ones again', () => {
    const file = join(temporaryFolder(), 'vault', 'key')
    const vault = createFileKeyVault(file)
    expect(vault.exists()).toBe(false)
    const key = vault.openOrCreate()
    expect(key).toHaveLength(32)
    expect(new Set(key).size).toBeGreaterThan(8)
    expect(vault.exists()).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.new`)).toBe(false)
    expect(createFileKeyVault(file).openOrCreate()).toEqual(key)
    expect(createFileKeyVault(join(temporaryFolder(), 'key')).openOrCreate()).not.toEqual(key)
  })

  it('says that it is only a file (SEC-07)', () => {
    expect(createFileKeyVault(join(temporaryFolder(), 'key')).strength()).toBe('file')
  })

  it.each([0, 31, 33])('refuses a key of %d bytes and leaves it there', (length) => {
    const file = join(temporaryFolder(), 'key')
    writeFileSync(file, Buffer.alloc(length, 1), { mode: 0o600 })
    expect(() => createFileKeyVault(file).openOrCreate()).toThrow('wrong length')
    expect(readFileSync(file)).toHaveLength(length)
  })

  it('closes a key file that others could read', () => {
    const file = join(temporaryFolder(), 'key')
    const key = createFileKeyVault(file).openOrCreate()
    chmodSync(file, 0o644)
    expect(createFileKeyVault(file).openOrCreate()).toEqual(key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('makes no new key when the database is there and its key is gone', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'key')
    const database = join(folder, 'kiosk.db')
    const vault = createFileKeyVault(file, [database])
    vault.openOrCreate()
    writeFileSync(database, 'x')
    rmSync(file)
    expect(vault.exists()).toBe(true)
    expect(() => vault.openOrCreate()).toThrow('gone')
    expect(existsSync(file)).toBe(false)
  })

  it('starts over a draft that a power cut left behind', () => {
    const file = join(temporaryFolder(), 'key')
    writeFileSync(`${file}.new`, 'half')
    expect(createFileKeyVault(file).openOrCreate()).toHaveLength(32)
    expect(existsSync(`${file}.new`)).toBe(false)
  })
})
