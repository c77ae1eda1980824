import { chromium, type Browser, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { build } from 'vite'
import type { HandoutDocument, HandoutShown } from '../../electron/contract/handout-document.ts'

const rendererFolder = resolve(import.meta.dirname, '../../renderer')

/** As strict as the product's own scheme (KSK-42): nothing inline, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

export type PrintedSheet = {
  readonly shown: HandoutShown
  readonly file: string
  readonly pdf: Uint8Array
  /** Text of each page as `pdftotext -layout` reads it. */
  readonly pages: readonly string[]
  /** What `pdfinfo` says, by name. */
  readonly facts: Readonly<Record<string, string>>
}

/** The hand-out page as it is built for the product, in a real browser under the product's policy. */
export class HandoutPage {
  readonly #folder: string
  readonly #server: Server
  readonly #browser: Browser
  readonly page: Page
  /** Refusals of the content security policy and uncaught errors; must stay empty. */
  readonly complaints: string[] = []
  #count = 0

  constructor(folder: string, server: Server, browser: Browser, page: Page) {
    this.#folder = folder
    this.#server = server
    this.#browser = browser
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  static async open(): Promise<HandoutPage> {
    const folder = await mkdtemp(join(tmpdir(), 'handout-page-'))
    await build({
      configFile: false,
      root: rendererFolder,
      logLevel: 'error',
      plugins: [react()],
      build: {
        outDir: join(folder, 'built'),
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: { input: resolve(rendererFolder, 'handout/index.html') },
      },
    })
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      readFile(join(folder, 'built', path)).then(
        (bytes) => {
          response.setHeader('content-security-policy', policy)
          response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
          response.end(bytes)
        },
        // A browser asks for an icon on its own; what the page asks for must be there.
        () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
      )
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    })
    const opened = new HandoutPage(folder, server, browser, await browser.newPage())
    const { port } = server.address() as AddressInfo
    await opened.page.goto(`http://127.0.0.1:${port}/handout/index.html`)
    return opened
  }

  async show(document: HandoutDocument): Promise<HandoutShown> {
    return this.page.evaluate((given) => window.openChairHandout.show(given), document)
  }

  /** Shows the document and makes the PDF with the options that the product uses. */
  async print(document: HandoutDocument): Promise<PrintedSheet> {
    const shown = await this.show(document)
    const pdf = await this.page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
    const file = join(this.#folder, `sheet-${(this.#count += 1)}.pdf`)
    await writeFile(file, pdf)
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
    return {
      shown,
      file,
      pdf,
      pages: text.split('\f').slice(0, -1),
      facts: Object.fromEntries(
        info.split('\n').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]),
      ),
    }
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await new Promise((closed) => this.#server.close(closed))
    await rm(this.#folder, { recursive: true, force: true })
  }
}

declare global {
  interface Window {
    openChairHandout: { show(document: HandoutDocument): Promise<HandoutShown> }
  }
}
