import { chromium, type Browser } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { build } from 'vite'
import { findBrowser } from '../commands/browser.mjs'

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

export type BuiltSite = {
  readonly browser: Browser
  /** Of the page itself. */
  readonly address: string
  /** What is served; a test may put files of its own beside the page. */
  readonly folder: string
  close(): Promise<void>
}

/** One page of `renderer/`, built as for the product, served under the product's policy, with a real browser to see it. */
export async function openBuiltSite(name: string): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'open-chair-page-'))
  await build({
    configFile: false,
    root: rendererFolder,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: join(rendererFolder, name, 'index.html') },
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
  return {
    browser,
    folder,
    address: `http://127.0.0.1:${port}/${name}/index.html`,
    async close() {
      await browser.close()
      await new Promise((closed) => {
        server.close(closed)
      })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
