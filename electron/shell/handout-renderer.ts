import type { BrowserWindow } from 'electron'
import { z } from 'zod'
import type { HandoutDocument } from '../contract/handout-document.ts'
import { err, ok } from '../contract/result.ts'
import type { HandoutRenderer, Logger } from '../ports.ts'
import type { Pages } from './pages.ts'

const shownSchema = z.object({
  pages: z.int().min(1),
  meetings: z.int().min(0),
  clubs: z.int().min(0),
  leftOut: z.int().min(0),
})

const timeLimitMs = 20_000

/**
 * Renders hand-outs one after the other in one hidden window without a bridge. The document goes in as
 * JSON through `executeJavaScript`, so the page can neither ask for data nor keep any: it is loaded
 * afresh for each hand-out.
 */
export function createHandoutRenderer(
  openWindow: () => BrowserWindow,
  pages: Pages,
  log: Logger,
): HandoutRenderer & { window(): BrowserWindow | null; close(): void } {
  let window: BrowserWindow | null = null
  let last: Promise<unknown> = Promise.resolve()

  const renderNow = async (document: HandoutDocument) => {
    if (window === null || window.isDestroyed() || window.webContents.isCrashed()) window = openWindow()
    const contents = window.webContents
    await contents.loadURL(pages.urlOf('handout'))
    // U+2028 and U+2029 are line ends to a JavaScript parser of old; escaped, the JSON is a literal.
    const literal = JSON.stringify(document).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
    const answer: unknown = await contents.executeJavaScript(`window.openChairHandout.show(${literal})`)
    const shown = shownSchema.parse(answer)
    const pdf = await contents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
    })
    return { ...shown, pdf: new Uint8Array(pdf) }
  }

  return {
    async render(document) {
      const turn = last.then(() => withTimeLimit(renderNow(document)))
      last = turn.catch(() => {})
      try {
        return ok(await turn)
      } catch (cause) {
        log.error('handout.render_failed', { error: cause instanceof Error ? cause.name : 'unknown' })
        window?.destroy()
        window = null
        return err('render_failed')
      }
    },
    window: () => window,
    close() {
      window?.destroy()
      window = null
    },
  }
}

async function withTimeLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The hand-out took too long.'))
    }, timeLimitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
