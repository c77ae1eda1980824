import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * Reads the first page of a database without SQLite, so that a file which is refused is never touched: not
 * written, not locked, no log beside it played back. The format is SQLCipher 4: pages of 4,096 bytes that end
 * in a 16-byte vector and an HMAC-SHA512 over content, vector and page number; the first 16 bytes of the file
 * are the salt; the key of the HMAC comes from the key and that salt. A write-ahead log holds the same pages.
 *
 * Only for a file that this process has not open: on POSIX, closing any descriptor of a file drops all locks
 * of the process on it, SQLite's too.
 */
const pageSize = 4096
const reserved = 80
const content = pageSize - reserved
const saltLength = 16
const logHeader = 32
const frameHeader = 24

export type PageProof =
  | { readonly key: 'right'; readonly userVersion: number; readonly cutShort: boolean }
  /** Another page answers to the key, so the key is right and the first page is broken. */
  | { readonly key: 'right_but_damaged' }
  | { readonly key: 'wrong' }
  /** Too short, or the header of an unencrypted database. */
  | { readonly key: 'not_encrypted' }

function readAt(fd: number, position: number, length: number): Uint8Array | null {
  const bytes = new Uint8Array(length)
  return readSync(fd, bytes, 0, length, position) === length ? bytes : null
}

function withFile<Value>(file: string, read: (fd: number, size: number) => Value): Value {
  const fd = openSync(file, 'r')
  try {
    return read(fd, fstatSync(fd).size)
  } finally {
    closeSync(fd)
  }
}

type PageReader = {
  answers(page: Uint8Array, number: number): boolean
  /** Big-endian number at `offset` of a decrypted first page. */
  headerField(page: Uint8Array, offset: number): number
}

function pageReader(key: Uint8Array, salt: Uint8Array): PageReader {
  const macSalt = salt.map((byte) => byte ^ 0x3a)
  const macKey = pbkdf2Sync(key, macSalt, 2, 32, 'sha512')
  return {
    answers(page, number) {
      const counter = new Uint8Array(4)
      new DataView(counter.buffer).setUint32(0, number, true)
      const from = number === 1 ? saltLength : 0
      const mac = createHmac('sha512', macKey)
        .update(page.subarray(from, content + 16))
        .update(counter)
        .digest()
      return timingSafeEqual(mac, page.subarray(content + 16, pageSize))
    },
    headerField(page, offset) {
      const cipher = createDecipheriv('aes-256-cbc', key, page.subarray(content, content + 16))
      cipher.setAutoPadding(false)
      const plain = cipher.update(page.subarray(saltLength, content))
      return plain.readUInt32BE(offset - saltLength)
    },
  }
}

/** `user_version` of the newest committed first page in the write-ahead log, or null when it has none. */
function loggedVersion(log: string, pages: PageReader): number | null {
  if (!existsSync(log)) return null
  return withFile(log, (fd, size) => {
    const header = readAt(fd, 0, logHeader)
    if (header === null) return null
    let committed: number | null = null
    let pending: number | null = null
    for (let at = logHeader; at + frameHeader + pageSize <= size; at += frameHeader + pageSize) {
      const frame = readAt(fd, at, frameHeader)
      // Frames after the first with another salt are left over from an earlier round of the log.
      if (frame === null || !equal(frame.subarray(8, 16), header.subarray(16, 24))) break
      const view = new DataView(frame.buffer)
      if (view.getUint32(0) === 1) {
        const page = readAt(fd, at + frameHeader, pageSize)
        if (page === null || !pages.answers(page, 1)) break
        pending = pages.headerField(page, 60)
      }
      // The size of the database stands in the last frame of a transaction only.
      if (view.getUint32(4) !== 0) committed = pending
    }
    return committed
  })
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Says whether `key` opens `file` and how new its schema is. Throws what the file system throws. */
export function provePage(file: string, key: Uint8Array): PageProof {
  const log = `${file}-wal`
  return withFile(file, (fd, size) => {
    const first = readAt(fd, 0, pageSize)
    if (first === null || Buffer.from(first.subarray(0, 15)).toString('latin1') === 'SQLite format 3') {
      return { key: 'not_encrypted' }
    }
    const pages = pageReader(key, first.subarray(0, saltLength))
    const logged = loggedVersion(log, pages)
    if (pages.answers(first, 1)) {
      const written = pages.headerField(first, 60)
      const pageCount = pages.headerField(first, 28)
      return {
        key: 'right',
        userVersion: logged ?? written,
        // A log may hold the pages that the file lacks; without one they are gone.
        cutShort: logged === null && size < pageCount * pageSize,
      }
    }
    // Power lost while the log was being moved into the file: the log still has the page.
    if (logged !== null) return { key: 'right', userVersion: logged, cutShort: false }
    for (const number of [2, 3, 4]) {
      const page = readAt(fd, (number - 1) * pageSize, pageSize)
      if (page !== null && pages.answers(page, number)) return { key: 'right_but_damaged' }
    }
    return { key: 'wrong' }
  })
}
