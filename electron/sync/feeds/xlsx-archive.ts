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
  /** Unpacked bytes of all parts in XML. A table of 20,000 meetings has some 20 MiB. */
  unpackedBytes: 32 * 1024 * 1024,
  /** Elements of one part: the XML parser needs a second for some 500,000. */
  elements: 1_500_000,
  entries: 2000,
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

/**
 * Names of all entries, by the directory at the archive's end: an archive without it is cut off. What the directory
 * says of sizes refuses an honest giant at once; one that lies meets the limit of `unpacked` before any XML is read.
 */
export function entriesOf(bytes: Uint8Array): ReadonlySet<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = directoryEnd(view)
  if (end === null) throw damaged
  const count = view.getUint16(end + 10, true)
  if (count > limits.entries) throw tooManyParts
  const names = new Set<string>()
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== entryMark) throw damaged
    const isLocked = (view.getUint16(at + 8, true) & 1) === 1
    if (isLocked) throw locked
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    names.add(name)
    if (isXml(name)) total += view.getUint32(at + 24, true)
    if (total > limits.unpackedBytes) throw tooLarge
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  for (const { bytes: piece } of unpacked(bytes, isXml)) void piece
  return names
}

const [endMark, entryMark] = [0x06054b50, 0x02014b50]

/** The record that ends the directory; a comment of at most 64 KiB may follow it. */
function directoryEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endMark) return at
  }
  return null
}

function isXml(name: string): boolean {
  return /\.(?:xml|rels)$/i.test(name)
}

const locked = new WorkbookRefused(
  'wrong_encoding',
  'This archive is protected by a password. Save the list without one, or export it as CSV.',
)

const damaged = new WorkbookRefused(
  'wrong_encoding',
  'This is an Excel workbook or another ZIP archive, but it is damaged or cut off. Fetch or save it again.',
)

const tooLarge = new WorkbookRefused(
  'too_large',
  `This workbook unpacks to more than ${limits.unpackedBytes / 1024 / 1024} MiB. Save only the sheet with the meetings, or export it as CSV.`,
)

export const tooManyCells = new WorkbookRefused(
  'too_large',
  'This workbook has more cells than any list of meetings. Save only the sheet with the meetings, or export it as CSV.',
)

const tooManyParts = new WorkbookRefused(
  'too_large',
  `This workbook or ZIP archive has more than ${limits.entries} parts. Save only the sheet with the meetings in a new workbook.`,
)
