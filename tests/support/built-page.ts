import { chromium, type Browser, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { build } from 'vite'
import { findBrowser } from '../commands/browser.mjs'

const root = resolve(import.meta.dirname, '../..')

/** As strict as the product's own scheme (KSK-42): nothing inline, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** A page as it is built for the product, in a real browser, under the product's policy. */
export class BuiltPage {
  readonly #folder: string
  readonly #server: Server
  readonly #browser: Browser
  readonly #address: string
  readonly #fake: string
  /** Refusals of the policy and uncaught errors; must stay empty. */
  readonly complaints: string[] = []

  private constructor(folder: string, server: Server, browser: Browser, address: string, fake: string) {
    this.#folder = folder
    this.#server = server
    this.#browser = browser
    this.#address = address
    this.#fake = fake
  }

  /** `name` is a folder of `renderer/`; `fake` a file of `tests/support/` whose exports become `window.fakes`. */
  static async open(name: string, fake: string): Promise<BuiltPage> {
    const folder = await mkdtemp(join(tmpdir(), 'open-chair-page-'))
    await build({
      configFile: false,
      root: join(root, 'renderer'),
      logLevel: 'error',
      plugins: [react()],
      build: {
        outDir: folder,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: { input: join(root, 'renderer', name, 'index.html') },
      },
    })
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: {
        outDir: join(folder, 'fake'),
        lib: {
          entry: join(import.meta.dirname, fake),
          formats: ['iife'],
          name: 'fakes',
          fileName: () => 'fake.js',
        },
      },
    })
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      readFile(join(folder, path)).then(
        (bytes) => {
          response.setHeader('content-security-policy', policy)
          response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
          response.end(bytes)
        },
        // A browser asks for an icon on its own; what the page asks for must be there.
        () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
      )
    })
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening)
    })
    const executablePath = findBrowser()
    if (executablePath === null) throw new Error('there is no browser for this test')
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    })
    // SAFETY: a TCP server that listens has an address with a port.
    const { port } = server.address() as AddressInfo
    const code = await readFile(join(folder, 'fake/fake.js'), 'utf8')
    return new BuiltPage(folder, server, browser, `http://127.0.0.1:${port}/${name}/index.html`, code)
  }

  /** A fresh page in a context of its own, after `prepare` (JavaScript that sees `fakes`) has put the bridge in place. */
  async show(prepare: string, size = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: size })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    await page.addInitScript(`${this.#fake};\n${prepare}`)
    await page.goto(this.#address)
    return page
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await new Promise((closed) => {
      this.#server.close(closed)
    })
    await rm(this.#folder, { recursive: true, force: true })
  }
}
