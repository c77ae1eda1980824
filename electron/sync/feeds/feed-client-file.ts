import { type FileHandle, open, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FeedProblem } from '../../contract/models.ts'
import { err, ok, type Result } from '../../contract/result.ts'

const pieceBytes = 1_048_576

/**
 * A whole file, refused by its size before anything is read (a sparse file of a gigabyte costs nothing to
 * make). Only regular files: a pipe or a device could block or never end.
 */
export async function readFeedFile(
  path: string,
  maxBytes: number,
  onProgress: (bytes: number) => void,
): Promise<Result<Uint8Array, FeedProblem>> {
  let file: FileHandle | null = null
  try {
    const place = /^file:\/\//i.test(path) ? fileURLToPath(path) : path
    const seen = await stat(place)
    if (seen.isDirectory())
      return err('file_unreadable', 'This is a folder, not a file. Choose the file in it.')
    if (!seen.isFile()) return err('file_unreadable', 'This is not an ordinary file. Choose another one.')
    if (seen.size > maxBytes) return tooLarge(maxBytes)
    file = await open(place, 'r')
    const before = await file.stat()
    if (!before.isFile() || before.size > maxBytes) return tooLarge(maxBytes)
    const bytes = Buffer.allocUnsafeSlow(before.size)
    let length = 0
    while (length < bytes.length) {
      const wanted = Math.min(pieceBytes, bytes.length - length)
      const { bytesRead } = await file.read(bytes, length, wanted, length)
      if (bytesRead === 0) break
      length += bytesRead
      onProgress(length)
    }
    const after = await file.stat()
    if (length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      return err('file_unreadable', 'The file changed while it was read. Try again when it is complete.')
    }
    return ok(bytes)
  } catch (error) {
    return fileProblem(error)
  } finally {
    await file?.close()
  }
}

function tooLarge(maxBytes: number): Result<never, FeedProblem> {
  const size = maxBytes >= 1_048_576 ? `${Math.round(maxBytes / 1_048_576)} MiB` : `${maxBytes} bytes`
  return err('too_large', `The file is larger than ${size}. Choose a smaller list.`)
}

function fileProblem(error: unknown): Result<never, FeedProblem> {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ERR_INVALID_FILE_URL_PATH':
    case 'ERR_INVALID_FILE_URL_HOST':
      return err('file_not_found', 'There is no such file. Check that its disk is connected.')
    case 'EACCES':
    case 'EPERM':
      return err('file_unreadable', 'The file may not be read by this program. Change its permissions.')
    case 'EISDIR':
      return err('file_unreadable', 'This is a folder, not a file. Choose the file in it.')
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return err('file_not_found', 'This is not the name of a file.')
    default:
      return err('file_unreadable', 'The file cannot be read. Its disk may be damaged or gone.')
  }
}
