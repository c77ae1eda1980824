import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createPlainServer, type LookupFunction } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  createFeedClient,
  defaultFeedLimits,
  feedUserAgent,
} from '../../../../electron/sync/feeds/feed-client.ts'
import {
  type Authority,
  createAuthority,
  openSecureSite,
  openSite,
  type Site,
} from '../../../support/local-sites.ts'

const quick = { webBytes: 200_000, overallMs: 1_500, idleMs: 300 }
const secret = 'sesame-4711'
const sites: Site[] = []

async function site(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const opened = await openSite(answer)
  sites.push(opened)
  return opened.address
}

type Options = Parameters<typeof createFeedClient>[0]

async function get(
  address: string,
  options: Options = {},
  more: { etag?: string; lastModified?: string; plain?: boolean } = {},
) {
  const client = createFeedClient({ ...options, limits: { ...quick, ...options?.limits } })
  const { etag = null, lastModified = null, plain = false } = more
  const result = await client.fetch(
    { from: 'web', address, etag, lastModified, plainHttpAllowed: plain },
    () => undefined,
  )
  if (!result.ok) {
    // PRV-20: a sharing key in an address never comes back in a message.
    expect(result.detail ?? '').not.toContain(secret)
    expect(result.detail ?? '').toMatch(/^[A-Z0-9].+\.$/)
  }
  return result
}

/** Code of a failure, or `ok`. */
async function outcome(...args: Parameters<typeof get>): Promise<string> {
  const result = await get(...args)
  return result.ok ? 'ok' : result.code
}

async function text(...args: Parameters<typeof get>): Promise<string> {
  const result = await get(...args)
  if (!result.ok || !result.value.changed) throw new Error(JSON.stringify(result))
  return Buffer.from(result.value.bytes).toString('utf8')
}

afterEach(async () => {
  await Promise.all(sites.splice(0).map((opened) => opened.close()))
})

describe('what is allowed', () => {
  test('the limits are those of the specification', () => {
    expect(defaultFeedLimits).toMatchObject({
      webBytes: 67_108_864,
      fileBytes: 268_435_456,
      redirects: 5,
      overallMs: 30_000,
    })
  })

  test.each([
    'file:///etc/passwd',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'ftp://example.org/meetings.json',
    'http://example.org/meetings.json',
    'http://10.0.0.1/meetings.json',
    'http://127.0.0.1.example.org/meetings.json',
    `https://user:${secret}@example.org/meetings.json`,
    'meetings.json',
    '',
    'https://calendar.google.com/calendar/u/0?cid=Zm9v',
    'https://calendar.google.com/calendar/embed?src=club',
  ])('does not fetch %s', async (address) => {
    expect(await outcome(address)).toBe('address_not_allowed')
  })

  test('tells how to find the calendar behind a page of a Google calendar', async () => {
    const result = await get('https://calendar.google.com/calendar/embed?src=club')
    expect(result).toMatchObject({ ok: false, detail: expect.stringContaining('basic.ics') })
  })

  test('fetches plain http from a foreign host only after staff confirmed it', async () => {
    const address = await site((_, response) => response.end('[]'))
    const lookup: LookupFunction = (_host, options, callback) =>
      options.all === true
        ? callback(null, [{ address: '127.0.0.1', family: 4 }])
        : callback(null, '127.0.0.1', 4)
    const foreign = address.replace('127.0.0.1', 'meetings.example')
    expect(await outcome(foreign, { lookup })).toBe('address_not_allowed')
    expect(await text(foreign, { lookup }, { plain: true })).toBe('[]')
  })
})

describe('a good answer', () => {
  test('comes with its type, validators and origin, and names the project to the site', async () => {
    const seen: IncomingMessage['headers'][] = []
    const address = await site((request, response) => {
      seen.push(request.headers)
      response.setHeader('content-type', 'application/json')
      response.setHeader('etag', '"v1"')
      response.setHeader('last-modified', 'Mon, 02 Mar 2026 10:00:00 GMT')
      response.end('[{"slug":"a"}]')
    })
    const result = await get(`${address}/feed?key=${secret}`)
    expect(result).toMatchObject({
      ok: true,
      value: {
        changed: true,
        contentType: 'application/json',
        etag: '"v1"',
        lastModified: 'Mon, 02 Mar 2026 10:00:00 GMT',
        origin: `${address}/feed`,
      },
    })
    expect(seen[0]?.['user-agent']).toBe(feedUserAgent)
    expect(feedUserAgent).toContain('OpenChair')
  })

  test('is not sent again when nothing changed', async () => {
    const address = await site((request, response) => {
      response.statusCode = request.headers['if-none-match'] === '"v1"' ? 304 : 200
      response.end(response.statusCode === 200 ? '[]' : undefined)
    })
    expect(await get(address, {}, { etag: '"v1"' })).toEqual({ ok: true, value: { changed: false } })
    expect(await text(address, {}, { etag: '"v0"' })).toBe('[]')
  })

  test('does not take "nothing changed" for an answer when it never had a list', async () => {
    const address = await site((_, response) => {
      response.statusCode = 304
      response.end()
    })
    expect(await outcome(address)).toBe('http_error')
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('is unpacked from %s', async (coding, pack) => {
    const address = await site((_, response) => {
      response.setHeader('content-encoding', coding)
      response.end(pack('[{"name":"Größe"}]'))
    })
    expect(await text(address)).toBe('[{"name":"Größe"}]')
  })

  test('is followed over five redirects, also relative ones', async () => {
    const address = await site((request, response) => {
      const step = Number(request.url?.slice(1))
      if (step === 5) response.end('here')
      else response.writeHead(302, { location: `/${step + 1}` }).end()
    })
    expect(await text(`${address}/0`)).toBe('here')
  })
})

describe('a site that misbehaves', () => {
  test('that never answers ends as a timeout', async () => {
    expect(await outcome(`${await site(() => undefined)}/?key=${secret}`)).toBe('timeout')
  })

  test('that falls silent in the middle ends as a timeout', async () => {
    const address = await site((_, response) => {
      response.write('[{"slug":')
    })
    expect(await outcome(address)).toBe('timeout')
  })

  test('that trickles for ever ends with the time for the whole', async () => {
    const timers: NodeJS.Timeout[] = []
    const address = await site((_, response) => {
      timers.push(setInterval(() => response.write(' '), 50))
    })
    const started = performance.now()
    expect(await outcome(address, { limits: { overallMs: 700, idleMs: 300 } })).toBe('timeout')
    expect(performance.now() - started).toBeLessThan(2_000)
    timers.forEach((timer) => clearInterval(timer))
  })

  test('that redirects for ever is given up after five', async () => {
    let asked = 0
    const address = await site((_, response) => {
      asked += 1
      response.writeHead(302, { location: `/?again=${secret}` }).end()
    })
    expect(await outcome(address)).toBe('too_many_redirects')
    expect(asked).toBe(6)
  })

  test.each([
    'file:///etc/passwd',
    'data:,x',
    'javascript:1',
    'http://example.org/',
    `https://u:${secret}@example.org/`,
  ])('is not followed to %s', async (location) => {
    const address = await site((_, response) => response.writeHead(302, { location }).end())
    expect(await outcome(address)).toBe('address_not_allowed')
  })

  test.each([
    'http://127.0.0.2:9/',
    'http://localhost:9/',
    'https://192.168.1.1/',
    'https://[::1]:9/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://router.example/',
  ])('may not lead on to %s, which is inside and which nobody typed', async (location) => {
    const address = await site((_, response) => response.writeHead(302, { location }).end())
    const asked: string[] = []
    const lookup: LookupFunction = (host, options, callback) => {
      asked.push(host)
      if (options.all === true) callback(null, [{ address: '192.168.1.1', family: 4 }])
      else callback(null, '192.168.1.1', 4)
    }
    const result = await get(address, { lookup })
    expect(result).toMatchObject({ ok: false, code: 'address_not_allowed' })
    expect(result).toMatchObject({ detail: expect.stringContaining('inside this network') })
    expect(asked.filter((host) => host !== 'router.example' && host !== 'localhost')).toEqual([])
  })

  test('that changes its number between two requests is connected to where it was checked', async () => {
    let requests = 0
    const address = await site((request, response) => {
      requests += 1
      if (request.url === '/first') response.writeHead(302, { location: '/second' }).end()
      else response.end('[]')
    })
    // One answer for each connection, and no second question between the check and the connection.
    let asked = 0
    const lookup: LookupFunction = (_host, options, callback) => {
      asked += 1
      if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
    }
    const foreign = `${address.replace('127.0.0.1', 'meetings.example')}/first`
    expect(await text(foreign, { lookup }, { plain: true })).toBe('[]')
    expect([requests, asked]).toEqual([2, 2])
  })

  test('that refuses is named', async () => {
    const opened = await openSite(() => undefined)
    await opened.close()
    expect(await outcome(opened.address)).toBe('connection_refused')
  })

  test('that does not exist is named', async () => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 0)
    expect(await outcome('https://nowhere.example/', { lookup })).toBe('host_not_found')
  })

  test('a machine without a network is told apart from a wrong name', async () => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error('no'), { code: 'EAI_AGAIN' }), '', 0)
    expect(await outcome('https://nowhere.example/', { lookup })).toBe('no_network')
  })

  test('that resets the connection midway gives no half list', async () => {
    const address = await site((_, response) => {
      response.write('[{"slug":"a"},')
      setTimeout(() => response.socket?.resetAndDestroy(), 50)
    })
    expect(await outcome(address)).toBe('interrupted')
  })

  test('that sends less than it announced gives no half list', async () => {
    const address = await site((_, response) => {
      response.setHeader('content-length', '1000')
      response.write('[]')
      setTimeout(() => response.socket?.end(), 50)
    })
    expect(await outcome(address)).toBe('interrupted')
  })

  test('that cuts a compressed list gives no half list', async () => {
    const packed = gzipSync(JSON.stringify(Array.from({ length: 999 }, (_, id) => ({ id }))))
    const address = await site((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(packed.subarray(0, packed.length - 20))
    })
    expect(await outcome(address)).toBe('interrupted')
  })

  test('that sends rubbish as gzip is an error, and so is an unknown coding', async () => {
    const rubbish = await site((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end('this is no gzip at all')
    })
    expect(await outcome(rubbish)).toBe('http_error')
    const unknown = await site((_, response) => {
      response.setHeader('content-encoding', 'constructor')
      response.end('[]')
    })
    expect(await outcome(unknown)).toBe('http_error')
  })

  test('that is no web site is an error', async () => {
    const server = createPlainServer((socket) => socket.end('220 mail.example.org ESMTP\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number } // It listens on a port.
    expect(await outcome(`http://127.0.0.1:${port}/`)).toBe('http_error')
    server.close()
  })

  test('a small bomb is stopped at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    let largest = 0
    const address = await site((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(bomb)
    })
    const client = createFeedClient({ limits: quick })
    const source = { from: 'web', address, etag: null, lastModified: null, plainHttpAllowed: false } as const
    const result = await client.fetch(source, (bytes) => {
      largest = bytes
    })
    expect(result).toMatchObject({ ok: false, code: 'too_large' })
    expect(largest).toBeLessThanOrEqual(quick.webBytes)
  })

  test('a gigabyte announced is refused before a byte of it is read', async () => {
    let closed = false
    const address = await site((_, response) => {
      response.setHeader('content-length', String(2 ** 30))
      response.on('close', () => {
        closed = true
      })
      response.write(Buffer.alloc(1000))
    })
    expect(await outcome(address)).toBe('too_large')
    await expect.poll(() => closed).toBe(true)
  })

  test('a gigabyte that comes without a length is stopped at the limit', async () => {
    const piece = Buffer.alloc(65_536)
    let sent = 0
    const address = await site((_, response) => {
      const more = (): void => {
        while (sent < 2 ** 30 && response.writable) {
          sent += piece.length
          if (!response.write(piece)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    expect(await outcome(address)).toBe('too_large')
    expect(sent).toBeLessThan(2 ** 26)
  })
})

describe('statuses', () => {
  const page =
    '<html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script></html>'
  test.each([
    [401, '{"error":"HTTP/1.1 401 Unauthorized"}', {}, 'needs_key'],
    [403, '{"code":"feed_restricted"}', { 'content-type': 'application/json' }, 'needs_key'],
    [403, '<html>Forbidden</html>', { 'content-type': 'text/html' }, 'needs_key'],
    [403, page, { 'content-type': 'text/html' }, 'challenge_page'],
    [503, page, { 'content-type': 'text/html; charset=utf-8' }, 'challenge_page'],
    [403, '', { 'cf-mitigated': 'challenge' }, 'challenge_page'],
    [200, page, { 'cf-mitigated': 'challenge' }, 'challenge_page'],
    [404, 'gone', {}, 'not_found'],
    [410, 'gone', {}, 'not_found'],
    [500, 'oops', {}, 'http_error'],
    [503, 'busy', {}, 'http_error'],
    [206, 'part', {}, 'http_error'],
    [301, 'nowhere', {}, 'http_error'],
  ] as const)('%i with %s is told in plain words', async (status, body, headers, code) => {
    const address = await site((_, response) => response.writeHead(status, headers).end(body))
    const result = await get(`${address}/?key=${secret}`)
    expect(result).toMatchObject({ ok: false, code })
    if (code === 'http_error')
      expect(result).toMatchObject({ detail: expect.stringContaining(String(status)) })
  })

  test.each([
    [503, { 'retry-after': '7200' }, 7_200_000],
    [429, { 'retry-after': '60' }, 60_000],
    [
      503,
      { date: 'Tue, 24 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' },
      3_600_000,
    ],
    [503, { 'retry-after': 'soon' }, null],
    [503, { 'retry-after': '-5' }, null],
    [503, {}, null],
    [404, { 'retry-after': '60' }, null],
  ] as const)('%i with %o asks to be left alone for %s ms', async (status, headers, expected) => {
    const address = await site((_, response) => response.writeHead(status, headers).end('busy'))
    let asked: number | null = null
    await createFeedClient({ limits: quick }).fetch(
      { from: 'web', address, etag: null, lastModified: null, plainHttpAllowed: false },
      () => undefined,
      (ms) => {
        asked = ms
      },
    )
    expect(asked).toBe(expected)
  })

  test('a sign-in page with status 200 is left to the reader', async () => {
    const address = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
    )
    expect(await text(address)).toBe('<!doctype html>')
  })
})

describe('https', () => {
  let authority: Authority
  beforeAll(() => {
    authority = createAuthority()
  })
  afterAll(() => authority.remove())

  const lookup: LookupFunction = (_host, options, callback) =>
    options.all === true
      ? callback(null, [{ address: '127.0.0.1', family: 4 }])
      : callback(null, '127.0.0.1', 4)

  async function secure(host: string, answer: (request: IncomingMessage, response: ServerResponse) => void) {
    const opened = await openSecureSite(authority, host, answer)
    sites.push(opened)
    return `https://${host}:${opened.port}`
  }

  test('is fetched from a site whose certificate is good', async () => {
    const address = await secure('meetings.example', (_, response) => response.end('[]'))
    expect(await text(`${address}/feed`, { lookup, trustedCa: authority.ca })).toBe('[]')
    const webcal = `${address.replace('https:', 'webcal:')}/club.ics`
    expect(await text(webcal, { lookup, trustedCa: authority.ca })).toBe('[]')
  })

  test('is not fetched with a certificate of an unknown authority, whatever the environment says', async () => {
    const address = await secure('meetings.example', (_, response) => response.end('[]'))
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect(await outcome(address, { lookup })).toBe('certificate')
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    }
  })

  test('is not fetched with a certificate of another site', async () => {
    const address = await secure('other.example', (_, response) => response.end('[]'))
    const asked = address.replace('other.example', 'meetings.example')
    expect(await outcome(asked, { lookup, trustedCa: authority.ca })).toBe('certificate')
  })

  test('on a port that speaks plain http says so', async () => {
    const address = await site((_, response) => response.end('[]'))
    expect(await outcome(address.replace('http:', 'https:'))).toBe('certificate')
  })
})
