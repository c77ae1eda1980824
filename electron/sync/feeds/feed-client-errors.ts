import type { FeedProblem } from '../../contract/models.ts'
import { err, type Result } from '../../contract/result.ts'

/** Thrown inside the client to end a fetch; never leaves it. */
export class FetchStop extends Error {
  override readonly name = 'FetchStop'
  readonly result: Result<never, FeedProblem>
  constructor(code: FeedProblem, detail: string) {
    super(code)
    this.result = err(code, detail)
  }
}

/**
 * What went wrong on the way, in plain words. Only the host is named: path and query of an address may hold
 * a sharing key, and so may the text of an exception.
 */
export function problemOf(error: unknown, host: string): Result<never, FeedProblem> {
  if (error instanceof FetchStop) return error.result
  const code = codeOf(error)
  const known = byCode[code]
  if (known !== undefined) return err(known[0], known[1](host))
  if (/^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|HOSTNAME_|INVALID_|ERROR_IN_CERT)/.test(code)) {
    return err(
      'certificate',
      `The certificate of ${host} cannot be trusted. Check the date and time of this machine, then ask the site’s webmaster.`,
    )
  }
  if (/^(?:ERR_SSL_|EPROTO)/.test(code)) {
    return err('certificate', `${host} does not speak https. Check the address with the site’s webmaster.`)
  }
  if (code.startsWith('HPE_')) {
    return err('http_error', `${host} does not answer as a web site. Check the address.`)
  }
  if (/^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)/.test(code)) {
    return err(
      'http_error',
      `The answer of ${host} is compressed in a way that cannot be read. Try again later.`,
    )
  }
  return err('internal', `The list could not be fetched from ${host}. Try again later.`)
}

const broken = (host: string): string =>
  `The connection to ${host} broke off before the whole list had come. It is tried again later.`
const network = (): string => 'This machine has no network. Check its cable or wireless connection.'

const byCode: Readonly<Record<string, readonly [FeedProblem, (host: string) => string]>> = {
  ENOTFOUND: ['host_not_found', (host) => `There is no site ${host}. Check the address for a slip.`],
  EAI_AGAIN: ['no_network', network],
  ENETUNREACH: ['no_network', network],
  ENETDOWN: ['no_network', network],
  EHOSTUNREACH: ['no_network', (host) => `${host} cannot be reached. Check this machine’s network.`],
  EADDRNOTAVAIL: ['no_network', network],
  ECONNREFUSED: [
    'connection_refused',
    (host) => `${host} refuses the connection. Check the address, or try again later.`,
  ],
  ETIMEDOUT: ['timeout', (host) => `${host} does not answer. It is tried again later.`],
  ECONNRESET: ['interrupted', broken],
  ECONNABORTED: ['interrupted', broken],
  EPIPE: ['interrupted', broken],
  ERR_STREAM_PREMATURE_CLOSE: ['interrupted', broken],
  // A compressed body whose end is missing.
  Z_BUF_ERROR: ['interrupted', broken],
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0])
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
