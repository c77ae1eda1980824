import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { openBuiltSite, type BuiltSite } from './built-site.ts'

const root = resolve(import.meta.dirname, '../..')

/** A page as it is built for the product, in a real browser, under the product's policy. */
export class BuiltPage {
  readonly #site: BuiltSite
  readonly #fake: string
  /** Refusals of the policy and uncaught errors; must stay empty. */
  readonly complaints: string[] = []

  private constructor(site: BuiltSite, fake: string) {
    this.#site = site
    this.#fake = fake
  }

  /** `name` is a folder of `renderer/`; `fake` a file of `tests/support/` whose exports become `window.fakes`. */
  static async open(name: string, fake: string): Promise<BuiltPage> {
    const site = await openBuiltSite(name)
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: {
        outDir: join(site.folder, 'fake'),
        lib: {
          entry: join(import.meta.dirname, fake),
          formats: ['iife'],
          name: 'fakes',
          fileName: () => 'fake.js',
        },
      },
    })
    return new BuiltPage(site, await readFile(join(site.folder, 'fake/fake.js'), 'utf8'))
  }

  /** A fresh page in a context of its own, after `prepare` (JavaScript that sees `fakes`) has put the bridge in place. */
  async show(prepare: string, size = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.#site.browser.newContext({ viewport: size })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    await page.addInitScript(`${this.#fake};\n${prepare}`)
    await page.goto(this.#site.address)
    return page
  }

  async close(): Promise<void> {
    await this.#site.close()
  }
}
