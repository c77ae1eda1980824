import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchLab, type Lab } from './support/lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await launchLab()
})
afterAll(() => lab.close())

/** Opens a page that wants to go away, with the shell refusing (or not); tells what the shell heard. */
const leave = (code: string, prevent = true): Promise<{ heard: string[]; url: string; title: string }> =>
  lab.run(
    async ({ lab: it }, arg) => {
      // One window for all that stay; one that is allowed to leave has its own.
      it.staying ??= await it.load('open-chair://lab/index.html')
      const window = arg.prevent ? it.staying : await it.load('open-chair://lab/index.html')
      const { webContents } = window
      const heard: string[] = []
      webContents.removeAllListeners('will-navigate')
      webContents.on('will-navigate', (event: { url: string; preventDefault(): void }) => {
        heard.push(event.url)
        if (arg.prevent) event.preventDefault()
      })
      await webContents.executeJavaScript(`${arg.code}; 0`)
      await it.pause(350)
      const url = webContents.getURL()
      const title = await webContents.executeJavaScript('document.title')
      if (!arg.prevent) window.destroy()
      return { heard, url, title }
    },
    { code, prevent },
  )

const home = { url: 'open-chair://lab/index.html', title: 'Lab' }
const click = (html: string): string =>
  `document.body.innerHTML = ${JSON.stringify(html)}; document.querySelector('a, button').click()`

describe('leaving a page', () => {
  it.each([
    ['by location', "location = 'https://evil.example/'", 'https://evil.example/'],
    ['by a link', click('<a href="https://evil.example/a">x</a>'), 'https://evil.example/a'],
    [
      'by a form',
      click('<form action="https://evil.example/f" method="post"><button>x</button></form>'),
      'https://evil.example/f',
    ],
    ['by reloading', 'location.reload()', 'open-chair://lab/index.html'],
    ['to a blank page', "location = 'about:blank'", 'about:blank'],
    [
      'to its own scheme spelt out',
      "location = 'open-chair://other/index.html'",
      'open-chair://other/index.html',
    ],
    ['to another program', "location = 'mailto:x@example.org'", 'mailto:x@example.org'],
  ])('%s is asked for and really stops', async (_how, code, address) => {
    expect(await leave(code)).toEqual({ heard: [address], ...home })
  })

  it('to a file stops in the page already, as in every browser', async () => {
    expect(await leave("location = 'file:///etc/passwd'")).toEqual({ heard: [], ...home })
  })

  it('to a blob is asked for and really stops', async () => {
    const { heard, ...stayed } = await leave(
      "location = URL.createObjectURL(new Blob(['<title>Blob</title>'], { type: 'text/html' }))",
    )
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatch(/^blob:/)
    expect(stayed).toEqual(home)
  })

  it('goes on when the shell does not prevent it', async () => {
    expect(await leave("location = 'https://other.open-chair.localhost/index.html'", false)).toEqual({
      heard: ['open-chair://other/index.html'],
      url: 'open-chair://other/index.html',
      title: 'Other',
    })
    expect((await leave("location = 'open-chair://other/index.html'", false)).title).toBe('Other')
  })

  it('within the document is not a navigation to prevent', async () => {
    const { heard, url } = await leave("location.hash = 'x'; history.pushState(0, '', '/y')")
    expect([heard, url]).toEqual([[], 'open-chair://lab/y'])
    await leave("history.pushState(0, '', '/index.html')")
  })

  it('by a redirect is asked for, and stops', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      it.page('lab/go', () => Response.redirect('open-chair://other/index.html', 302))
      const window = await it.load('open-chair://lab/index.html')
      const { webContents } = window
      const heard: string[] = []
      webContents.on('will-redirect', (event: { url: string; preventDefault(): void }) => {
        heard.push(event.url)
        event.preventDefault()
      })
      const failed = await window
        .loadURL('open-chair://lab/go')
        .catch((cause: { code: string }) => cause.code)
      const url = webContents.getURL()
      window.destroy()
      return [heard, failed, url]
    })
    expect(outcome).toEqual([['open-chair://other/index.html'], 'ERR_ABORTED', home.url])
  })
})

describe('new windows', () => {
  it.each([
    ['window.open', "open('https://evil.example/w')"],
    ['window.open without an opener', "open('https://evil.example/w', '_blank', 'noopener')"],
    ['a link to a new window', click('<a href="https://evil.example/w" target="_blank">x</a>')],
  ])('by %s are asked for and denied', async (_how, code) => {
    const outcome = await lab.run(async ({ lab: it, BrowserWindow }, source) => {
      for (const old of BrowserWindow.getAllWindows()) old.destroy()
      it.staying = undefined
      const window = await it.load('open-chair://lab/index.html')
      const asked: string[] = []
      window.webContents.setWindowOpenHandler(({ url }: { url: string }) => {
        asked.push(url)
        return { action: 'deny' }
      })
      await window.webContents.executeJavaScript(`${source}; 0`, true)
      await it.pause(400)
      const count = BrowserWindow.getAllWindows().length
      const focusable = await window.webContents.executeJavaScript('document.title')
      window.destroy()
      return [asked, count, focusable]
    }, code)
    expect(outcome).toEqual([['https://evil.example/w'], 1, 'Lab'])
  })
})

describe('the network', () => {
  const fetched = (code: string): Promise<string> =>
    lab.run(async ({ lab: it }, source) => {
      const policy = "default-src * 'unsafe-inline'; connect-src *"
      it.page(
        'lab/net.html',
        () =>
          new Response('<title>Net</title>', {
            headers: { 'content-type': 'text/html', 'content-security-policy': policy },
          }),
      )
      it.page('lab/data.json', (request: Request) =>
        Response.json(
          { url: request.url, method: request.method },
          { status: 201, headers: { 'x-own': '1' } },
        ),
      )
      it.page('lab/post', async (request: Request) => new Response((await request.text()).toUpperCase()))
      it.page(
        'lab/stream',
        () =>
          new Response(
            new ReadableStream({
              start(to) {
                to.enqueue(new TextEncoder().encode('flow'))
                to.close()
              },
            }),
          ),
      )
      it.page('lab/broken', () => {
        throw new Error('the handler broke')
      })
      const window = await it.load('open-chair://lab/net.html')
      const outcome = await window.webContents.executeJavaScript(
        `(async () => { try { return await (${source}) } catch (e) { return e.name } })()`,
      )
      window.destroy()
      return it.inspect(outcome, { breakLength: Infinity })
    }, code)

  it('is not there, by name or by number', async () => {
    for (const address of [
      'https://example.org/',
      'http://127.0.0.1:9/',
      'https://unknown.localhost/',
      'ws://127.0.0.1:9',
    ]) {
      expect(await fetched(`fetch('${address.replace('ws:', 'http:')}').then(() => 'reached')`)).toBe(
        "'TypeError'",
      )
    }
  })

  it('answers by the scheme handler: status, headers, bodies in and out, streams', async () => {
    expect(
      await fetched(
        "fetch('/data.json').then(async (r) => [r.status, r.headers.get('x-own'), (await r.json()).url])",
      ),
    ).toBe("[ 201, '1', 'open-chair://lab/data.json' ]")
    expect(await fetched("fetch('/post', { method: 'POST', body: 'quiet' }).then((r) => r.text())")).toBe(
      "'QUIET'",
    )
    expect(await fetched("fetch('/stream').then((r) => r.text())")).toBe("'flow'")
    expect(await fetched("fetch('/missing').then((r) => r.status)")).toBe('404')
  })

  it('fails a request whose handler throws', async () => {
    expect(await fetched("fetch('/broken').then(() => 'reached')")).toBe("'TypeError'")
  })

  it('may be cut off by webRequest', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      const own = it.session('watched')
      const urls: string[] = []
      own.webRequest.onBeforeRequest((details: { url: string }, callback: (verdict: object) => void) => {
        urls.push(details.url)
        callback({ cancel: details.url.endsWith('.json') })
      })
      it.page('lab/x.json', '{}')
      const window = await it.load('open-chair://lab/index.html', { partition: 'watched' })
      const outcome = await window.webContents.executeJavaScript("fetch('/x.json').catch((e) => e.name)")
      window.destroy()
      return [outcome, urls]
    })
    expect(outcome).toEqual(['TypeError', ['open-chair://lab/index.html', 'open-chair://lab/x.json']])
  })

  it('enforces the content security policy of a header, also where it names the own scheme', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      it.page('lab/own.js', 'window.own = 1')
      it.page(
        'lab/csp.html',
        () =>
          new Response('<script>window.inline = 1</script><script src="/own.js"></script>', {
            headers: {
              'content-type': 'text/html',
              'content-security-policy': "default-src 'none'; script-src open-chair://lab",
            },
          }),
      )
      const window = it.open()
      const said: string[] = []
      window.webContents.on('console-message', (event: { message: string }) => said.push(event.message))
      await window.loadURL('open-chair://lab/csp.html')
      const outcome = await window.webContents.executeJavaScript('[typeof inline, typeof own]')
      window.destroy()
      return [outcome, said.some((line) => /Content Security Policy/.test(line))]
    })
    expect(outcome).toEqual([['undefined', 'number'], true])
  })
})

it('gives pages a secure origin with storage of its own', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = await it.load('open-chair://lab/index.html', { partition: 'stored' })
    const seen = await window.webContents.executeJavaScript(
      "(localStorage.setItem('a', 'b'), [isSecureContext, localStorage.a, typeof crypto.subtle])",
    )
    const other = await it.load('open-chair://other/index.html', { partition: 'stored' })
    seen.push(await other.webContents.executeJavaScript('localStorage.a === undefined'))
    await window.webContents.session.clearStorageData()
    seen.push(await window.webContents.executeJavaScript('localStorage.length'))
    window.destroy()
    other.destroy()
    return seen
  })
  expect(outcome).toEqual([true, 'b', 'object', true, 0])
})

it('denies permissions that the shell does not grant, and grants those it does', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const query = "navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state)"
    const asked: string[] = []
    const denied = await it.load('open-chair://lab/index.html', { partition: 'strict' })
    const open = it.session('open')
    open.setPermissionRequestHandler(
      (_contents: unknown, permission: string, callback: (ok: boolean) => void) => {
        asked.push(permission)
        callback(permission === 'geolocation')
      },
    )
    const granted = await it.load('open-chair://lab/index.html', { partition: 'open' })
    const states = [
      await denied.webContents.executeJavaScript(query),
      await granted.webContents.executeJavaScript(query),
    ]
    states.push(await granted.webContents.executeJavaScript('Notification.requestPermission()'))
    denied.destroy()
    granted.destroy()
    return [states, asked.includes('media')]
  })
  expect(outcome).toEqual([['denied', 'granted', 'denied'], true])
})

it('tells the session of a download, which never happens', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const own = it.session('downloads')
    it.page(
      'lab/file.bin',
      () => new Response('x', { headers: { 'content-disposition': 'attachment; filename="f.bin"' } }),
    )
    const window = await it.load('open-chair://lab/index.html', { partition: 'downloads' })
    const download = it.next(own, 'will-download')
    own.on('will-download', (event: { preventDefault(): void }) => event.preventDefault())
    await window.webContents.executeJavaScript(
      "{ const a = document.createElement('a'); a.href = '/file.bin'; a.download = ''; document.body.append(a); a.click() }; 0",
      true,
    )
    const [, item, contents] = await download
    const told = [item.getURL(), item.getFilename(), contents === window.webContents]
    window.destroy()
    return told
  })
  expect(outcome).toEqual(['open-chair://lab/file.bin', 'f.bin', true])
})

it('rejects a load that fails, with the code of the failure', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = it.open()
    const failed = it.next(window.webContents, 'did-fail-load')
    const error = await window
      .loadURL('https://example.org/')
      .catch((cause: { code: string; errno: number; message: string }) => cause)
    const [, number, text, url] = await failed
    window.destroy()
    return [error.code, error.errno, error.message, number, text, url]
  })
  expect(outcome).toEqual([
    'ERR_NAME_NOT_RESOLVED',
    -105,
    "ERR_NAME_NOT_RESOLVED (-105) loading 'https://example.org/'",
    -105,
    'ERR_NAME_NOT_RESOLVED',
    'https://example.org/',
  ])
})

it('tells of a load in the order Electron tells it', async () => {
  const heard = await lab.run(async ({ lab: it }) => {
    const window = it.open()
    const heard: string[] = []
    for (const event of [
      'did-start-navigation',
      'did-navigate',
      'dom-ready',
      'did-finish-load',
      'did-stop-loading',
    ]) {
      window.webContents.on(event, () => heard.push(event))
    }
    await window.loadURL('open-chair://lab/index.html')
    await it.pause(100)
    window.destroy()
    return heard
  })
  expect(heard).toEqual([
    'did-start-navigation',
    'did-navigate',
    'dom-ready',
    'did-finish-load',
    'did-stop-loading',
  ])
})
