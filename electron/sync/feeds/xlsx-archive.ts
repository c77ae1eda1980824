import { Unzip, UnzipInflate } from 'fflate'
import type { FeedProblem } from '../../contract/models.ts'

/** Ends the reading of a workbook from anywhere inside of it. `message` is the sentence for staff. */
export class WorkbookRefused extends Error {
  readonly problem: FeedProblem
  constructor(problem: FeedProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

/** What a hostile archive may cost. */
export const limits = {
  /** Unpacked bytes of all parts that are read. A table of 50,000 meetings has some 40 MiB. */
  unpackedBytes: 64 * 1024 * 1024,
  entries: 2000,
  cells: 3_000_000,
  sharedStrings: 1_000_000,
  /** Sheets that are looked through for a header. */
  sheets: 40,
} as const

/** Packed bytes at a time: deflate makes at most a thousand times as many of them, then the limit is asked. */
const pieceBytes = 4096

export type Piece = { readonly name: string; readonly bytes: Uint8Array; readonly isLast: boolean }

/**
 * Unpacks the wanted entries of a ZIP archive in their order, piece by piece: nothing of them is held, and what
 * is not wanted is never unpacked. Throws `WorkbookRefused` for a damaged, huge or locked archive.
 */
export function* unpacked(bytes: Uint8Array, isWanted: (name: string) => boolean): Generator<Piece> {
  let pieces: Piece[] = []
  let [entries, total] = [0, 0]
  const unzip = new Unzip((file) => {
    entries += 1
    if (entries > limits.entries) throw tooManyParts
    if (!isWanted(file.name)) return
    file.ondata = (error, data, isLast) => {
      // What is thrown here comes back as the error of a second call.
      if (error !== null) throw error
      total += data.length
      if (total > limits.unpackedBytes) throw tooLarge
      pieces.push({ name: file.name, bytes: data, isLast })
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    try {
      unzip.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length)
    } catch (error) {
      throw error instanceof WorkbookRefused ? error : damaged
    }
    yield* pieces
    pieces = []
  }
}

/** Names of all entries. The whole archive is looked through, and the parts of a workbook are unpacked once. */
export function entriesOf(bytes: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>()
  const started = new Set<string>()
  const ended = new Set<string>()
  const isPart = (name: string): boolean => {
    names.add(name)
    return /\.(?:xml|rels)$/i.test(name)
  }
  for (const { name, isLast } of unpacked(bytes, isPart)) {
    started.add(name)
    if (isLast) ended.add(name)
  }
  if (ended.size < started.size) throw damaged
  return names
}

const damaged = new WorkbookRefused(
  'wrong_encoding',
  'This is an Excel workbook or another ZIP archive, but it is damaged or cut off. Fetch or save it again.',
)

const tooLarge = new WorkbookRefused(
  'too_large',
  `This workbook unpacks to more than ${limits.unpackedBytes / 1024 / 1024} MiB. A list of meetings is far smaller: save only the sheet with the meetings, or export it as CSV.`,
)

const tooManyParts = new WorkbookRefused(
  'too_large',
  `This workbook or ZIP archive has more than ${limits.entries} parts. Save only the sheet with the meetings in a new workbook.`,
)
