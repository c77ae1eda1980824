import { type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { FetchStop } from './feed-client-errors.ts'

export type BodyLimits = {
  readonly maxBytes: number
  /** Called for every piece as it comes from the network. */
  readonly onPiece: () => void
  /** Called with the unpacked bytes so far. */
  readonly onProgress: (bytes: number) => void
  readonly host: string
}

/** How the name of a coding unpacks a stream (RFC 9110 8.4.1). */
const decoders: Readonly<Record<string, (pieces: AsyncIterable<Buffer>) => AsyncIterable<Buffer>>> = {
  gzip: (pieces) => through(pieces, createGunzip()),
  'x-gzip': (pieces) => through(pieces, createGunzip()),
  br: (pieces) => through(pieces, createBrotliDecompress()),
  deflate: inflated,
  identity: (pieces) => pieces,
}

export const acceptedEncodings = 'gzip, deflate, br'

/** The whole unpacked body. Stops at the limit, so that a small bomb cannot fill the memory. */
export async function readBody(response: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const announced = Number(response.headers['content-length'] ?? 0)
  if (announced > limits.maxBytes) throw tooLarge(limits)
  const codings = (response.headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '')
  let pieces: AsyncIterable<Buffer> = fromNetwork(response, limits)
  for (const coding of codings.toReversed()) {
    const decode = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
    if (decode === undefined || codings.length > 3) {
      throw new FetchStop(
        'http_error',
        `The answer of ${limits.host} is compressed in a way that is not known.`,
      )
    }
    pieces = decode(pieces)
  }
  const kept: Buffer[] = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > limits.maxBytes) throw tooLarge(limits)
    kept.push(piece)
    limits.onProgress(bytes)
  }
  return Buffer.concat(kept, bytes)
}

function tooLarge({ maxBytes, host }: BodyLimits): FetchStop {
  const size = maxBytes >= 1_048_576 ? `${Math.round(maxBytes / 1_048_576)} MiB` : `${maxBytes} bytes`
  return new FetchStop(
    'too_large',
    `The list of ${host} is larger than ${size}. Ask for a smaller one, such as one county’s.`,
  )
}

async function* fromNetwork(response: IncomingMessage, limits: BodyLimits): AsyncIterable<Buffer> {
  let bytes = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    // A response without an encoding gives buffers.
    limits.onPiece()
    bytes += piece.length
    if (bytes > limits.maxBytes) throw tooLarge(limits)
    yield piece
  }
  if (!response.complete) throw Object.assign(new Error('incomplete'), { code: 'ECONNRESET' })
}

async function* through(
  pieces: AsyncIterable<Buffer>,
  decoder: ReturnType<typeof createGunzip>,
): AsyncIterable<Buffer> {
  const fed = pipeline(Readable.from(pieces, { objectMode: false }), decoder)
  // Its failure reaches the reader of the decoder below; this promise must not be left alone with it.
  fed.catch(() => undefined)
  yield* decoder as AsyncIterable<Buffer> // A decoder without an encoding gives buffers.
  await fed
}

/** Servers send `deflate` with and without the zlib wrapper; the first byte tells. */
async function* inflated(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const source = pieces[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done === true) return
  async function* all(): AsyncIterable<Buffer> {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => source }
  }
  const wrapped = ((first.value[0] ?? 0) & 15) === 8
  yield* through(all(), wrapped ? createInflate() : createInflateRaw())
}
