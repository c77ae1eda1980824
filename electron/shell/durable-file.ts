import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file for its owner only, whole or not at all, and returns when it is on disk under its name: a
 * database must never be made with a key that a power cut takes away.
 */
export function writeDurably(file: string, bytes: Uint8Array): void {
  const folder = dirname(file)
  const draft = `${file}.new`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  rmSync(draft, { force: true })
  const fd = openSync(draft, 'wx', 0o600)
  try {
    let written = 0
    while (written < bytes.length) written += writeSync(fd, bytes, written)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(draft, file)
  // Windows cannot open a folder; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const folderFd = openSync(folder, 'r')
  try {
    fsyncSync(folderFd)
  } finally {
    closeSync(folderFd)
  }
}
