import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Site = { readonly port: number; readonly address: string; close(): Promise<void> }

/** A real server on this machine. `address` ends without a slash. */
export async function openSite(listener: RequestListener): Promise<Site> {
  return listening(createServer(listener), 'http')
}

export async function openSecureSite(
  authority: Authority,
  host: string,
  listener: RequestListener,
): Promise<Site> {
  return listening(createSecureServer(authority.certify(host), listener), 'https')
}

async function listening(server: Server, scheme: string): Promise<Site> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo; a text is for pipes.
  const { port } = server.address() as AddressInfo
  return {
    port,
    address: `${scheme}://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export type Authority = {
  /** The authority's own certificate, PEM. */
  readonly ca: string
  certify(host: string): { readonly key: string; readonly cert: string }
  remove(): void
}

/** A certificate authority of a few minutes' life, made by openssl in a temporary folder. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-ca-'))
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '1',
    '-subj',
    '/CN=Test authority',
  )
  return {
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    certify: (host) => {
      const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`
      writeFileSync(join(folder, 'names.ext'), `subjectAltName=${name}\n`)
      openssl('req', ...key, '-keyout', 'site.key', '-out', 'site.csr', '-subj', `/CN=${host}`)
      const signed = [
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '1',
        '-extfile',
        'names.ext',
      ]
      openssl('x509', '-req', '-in', 'site.csr', '-out', 'site.pem', ...signed)
      return {
        key: readFileSync(join(folder, 'site.key'), 'utf8'),
        cert: readFileSync(join(folder, 'site.pem'), 'utf8'),
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
