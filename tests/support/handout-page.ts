import type { Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HandoutDocument, HandoutShown } from '../../electron/contract/handout-document.ts'
import { openBuiltSite, type BuiltSite } from './built-site.ts'

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
  readonly #site: BuiltSite
  readonly page: Page
  /** Refusals of the content security policy and uncaught errors; must stay empty. */
  readonly complaints: string[] = []
  #count = 0

  private constructor(site: BuiltSite, page: Page) {
    this.#site = site
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  static async open(): Promise<HandoutPage> {
    const site = await openBuiltSite('handout')
    const opened = new HandoutPage(site, await site.browser.newPage())
    await opened.page.goto(site.address)
    return opened
  }

  async show(document: HandoutDocument): Promise<HandoutShown> {
    return this.page.evaluate((given) => window.openChairHandout.show(given), document)
  }

  /** Shows the document and makes the PDF with the options that the product uses. */
  async print(document: HandoutDocument): Promise<PrintedSheet> {
    const shown = await this.show(document)
    const pdf = await this.page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
    const file = join(this.#site.folder, `sheet-${(this.#count += 1)}.pdf`)
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
    await this.#site.close()
  }
}

declare global {
  interface Window {
    openChairHandout: { show(document: HandoutDocument): Promise<HandoutShown> }
  }
}
